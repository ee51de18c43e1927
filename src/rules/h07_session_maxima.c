/* H7: a patient has a service at most once a day, and no more sessions of a service or a category
 * in the week than the patient's maxima.
 *
 *   for every patient p, service v, day d:  |{s of p: service_s = v, day_s = d}| <= 1
 *   for every patient p, service v:         |{s of p: service_s = v}| <= weekly_max[p, v]
 *   for every patient p, category need n:   |{s of p: category of service_s = n}| <= max_n
 *
 * weekly_max[p, v] is the maximum of p's requirement of v, or else the service's weekly_max.
 *
 * In the integer program attends[p, v, d] is binary and the sum of its attendances, so once a day
 * is enough. Beside it:
 *
 *   attends[p, v, d]  <=  day[p, d], or onsite[p, d] where v is on site
 *   sum over d of attends[p, v, d]  <=  weekly_max[p, v]
 *   sum of attends[p, v, d] over d and the v of a category  <=  max_n */
#include <stdlib.h>

#include "iopsched/ilp_model.h"
#include "judge.h"
#include "modules.h"

/* Tallies of one patient at a time, by service. */
struct tally {
  int *in_week; /* [n_services] */
  int *days;    /* [n_services]: bit d: had on day d */
};

static void add_twice_a_day(const struct judge *judge, int patient, const struct ints *sessions,
                            int again) {
  const struct session *session = judged_session(judge, again);
  struct breach *breach =
      judge_add(judge, "patient '%s' has service '%s' more than once on %s (again at %s)",
                judge->clinic->patients[patient].id, judged_service(judge, again)->id,
                day_names[session_day(session)], clock_words(judge, session->start_min));
  breach->patient = patient;
  breach->service = session->service;
  for (int i = 0; i < sessions->n; i++) {
    const struct session *first = judged_session(judge, sessions->list[i]);
    if (first->service != session->service || session_day(first) != session_day(session)) continue;
    judge_involve(judge, breach, sessions->list[i]);
    break;
  }
  judge_involve(judge, breach, again);
}

static void check_once_a_day(const struct judge *judge, int patient, const struct ints *sessions,
                             struct tally *tally) {
  for (int i = 0; i < sessions->n; i++) {
    const struct session *session = judged_session(judge, sessions->list[i]);
    int day_bit = 1 << session_day(session);
    if (tally->days[session->service] & day_bit)
      add_twice_a_day(judge, patient, sessions, sessions->list[i]);
    tally->days[session->service] |= day_bit;
    tally->in_week[session->service]++;
  }
}

static void check_weekly_max(const struct judge *judge, int patient, const struct ints *sessions,
                             int service, int n) {
  int most = clinic_weekly_max(judge->clinic, patient, service);
  /* Who is not eligible at all is H8's. */
  if (n <= most || !clinic_eligible(judge->clinic, patient, service)) return;
  struct breach *breach =
      judge_add(judge, "patient '%s' has %s of service '%s' in the week, at most %d allowed",
                judge->clinic->patients[patient].id, count_words(judge, n, "session"),
                judge->clinic->services[service].id, most);
  breach->patient = patient;
  breach->service = service;
  for (int i = 0; i < sessions->n; i++)
    if (judged_session(judge, sessions->list[i])->service == service)
      judge_involve(judge, breach, sessions->list[i]);
}

/* Checks each service of the tally once and clears it. */
static void check_services(const struct judge *judge, int patient, const struct ints *sessions,
                           struct tally *tally) {
  for (int i = 0; i < sessions->n; i++) {
    int v = judged_session(judge, sessions->list[i])->service;
    check_weekly_max(judge, patient, sessions, v, tally->in_week[v]);
    tally->in_week[v] = 0;
    tally->days[v] = 0;
  }
}

static void check_category(const struct judge *judge, int patient, const struct ints *sessions,
                           const struct need *need) {
  int n = 0;
  for (int i = 0; i < sessions->n; i++)
    n += judged_service(judge, sessions->list[i])->category == need->category;
  if (n <= need->max_sessions) return;
  struct breach *breach =
      judge_add(judge, "patient '%s' has %s of category '%s' in the week, at most %d allowed",
                judge->clinic->patients[patient].id, count_words(judge, n, "session"),
                judge->clinic->categories[need->category], need->max_sessions);
  breach->patient = patient;
  for (int i = 0; i < sessions->n; i++)
    if (judged_service(judge, sessions->list[i])->category == need->category)
      judge_involve(judge, breach, sessions->list[i]);
}

static void check(const struct clinic *clinic, const struct schedule *schedule,
                  struct breaches *breaches) {
  struct judge judge = {"H7", clinic, schedule, breaches};
  size_t n_services = (size_t)clinic->n_services;
  struct tally tally = {mem_new(n_services, sizeof(int)), mem_new(n_services, sizeof(int))};
  struct roster roster;
  roster_init(&roster, ROSTER_PATIENTS, clinic, schedule);
  for (int p = 0; p < roster.n; p++) {
    check_once_a_day(&judge, p, &roster.of[p], &tally);
    check_services(&judge, p, &roster.of[p], &tally);
    const struct patient *who = &clinic->patients[p];
    for (int i = 0; i < who->n_needs; i++)
      if (who->needs[i].category != NONE) check_category(&judge, p, &roster.of[p], &who->needs[i]);
  }
  roster_release(&roster);
  free(tally.in_week);
  free(tally.days);
}

static void add_once_a_day(struct ilp *ilp, const struct ilp_day *day) {
  for (int i = 0; i < day->n_courses; i++) {
    const struct ilp_course *course = &day->courses[i];
    bool telehealth = ilp->clinic->services[course->service].telehealth;
    if (course->n_starts == 1) continue; /* H1 and H6 have it */
    ilp_row(ilp, "H7.once(%s,%s,%s)", ilp->model->labels.patients[day->patient],
            ilp->model->labels.services[course->service], day_names[day->day]);
    ilp_add(ilp, course->column, 1);
    ilp_add(ilp, telehealth || day->onsite == NONE ? day->attended : day->onsite, -1);
    ilp_at_most(ilp, 0);
  }
}

static void add_weekly_max(struct ilp *ilp, int patient, int service) {
  const struct ilp_model *model = ilp->model;
  ilp_row(ilp, "H7(%s,%s)", model->labels.patients[patient], model->labels.services[service]);
  ilp_week_sessions(ilp, patient, service, NONE);
  ilp_at_most(ilp, clinic_weekly_max(ilp->clinic, patient, service));
}

static void rows(struct ilp *ilp) {
  const struct clinic *clinic = ilp->clinic;
  const struct ilp_model *model = ilp->model;
  for (int d = 0; d < model->n_days; d++) add_once_a_day(ilp, &model->days[d]);
  for (int p = 0; p < clinic->n_patients; p++) {
    for (int v = 0; v < clinic->n_services; v++)
      if (clinic_weekly_max(clinic, p, v) < N_DAYS) add_weekly_max(ilp, p, v);
    for (int i = 0; i < clinic->patients[p].n_needs; i++) {
      const struct need *need = &clinic->patients[p].needs[i];
      if (need->category == NONE || need->max_sessions == UNLIMITED) continue;
      ilp_row(ilp, "H7.category(%s,%s)", model->labels.patients[p],
              model->labels.categories[need->category]);
      ilp_week_sessions(ilp, p, NONE, need->category);
      ilp_at_most(ilp, need->max_sessions);
    }
  }
}

const struct rule h07_session_maxima = {
    .id = "H7",
    .title = "most sessions of a service",
    .check = check,
    .rows = rows,
};
