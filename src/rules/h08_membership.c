/* H8: services are for those whom their tags and telehealth let in; who attends one session of a
 * closed service attends every session of it in the week.
 *
 *   for every session s, p of s:            eligible[p, service_s]
 *   for every closed service v, patient p:  |{s of p: service_s = v}| is 0 or |{s: service_s = v}|
 *
 * Two sessions of a closed service on one day therefore break H7 for whoever is in it.
 *
 * In the integer program, for a closed service v, held[v, d] (there is a session on d: never two,
 * since whoever is in one is in all, and has v once a day) and member[p, v]:
 *
 *   sum over offerings o of v on d of n[o]  =  held[v, d],  binary
 *   held[v, d] + member[p, v] - 1  <=  attends[p, v, d]  <=  member[p, v]
 *
 * Who is not eligible has no columns. */
#include <stdlib.h>

#include "iopsched/ilp_model.h"
#include "judge.h"
#include "modules.h"

static const char *reason_kept_out(const struct patient *who, const struct service *service) {
  if (who->telehealth == TELEHEALTH_NO && service->telehealth) return "never has telehealth";
  if (who->telehealth == TELEHEALTH_ONLY && !service->telehealth) return "never comes on site";
  return "has none of the tags the service asks for";
}

static void check_eligible(const struct judge *judge, int patient, const struct ints *sessions) {
  const struct patient *who = &judge->clinic->patients[patient];
  for (int i = 0; i < sessions->n; i++) {
    int s = sessions->list[i];
    if (clinic_eligible(judge->clinic, patient, judged_session(judge, s)->service)) continue;
    judge_session(judge, s, "patient '%s' is not eligible for service '%s': %s", who->id,
                  judged_service(judge, s)->id, reason_kept_out(who, judged_service(judge, s)))
        ->patient = patient;
  }
}

static void add_part_attended(const struct judge *judge, int patient, const struct ints *sessions,
                              int service, int n_attended, int n_sessions) {
  struct breach *breach =
      judge_add(judge, "patient '%s' attends %d of the %d sessions of closed service '%s'",
                judge->clinic->patients[patient].id, n_attended, n_sessions,
                judge->clinic->services[service].id);
  breach->patient = patient;
  breach->service = service;
  breach->mendable = true;
  for (int i = 0; i < sessions->n; i++)
    if (judged_session(judge, sessions->list[i])->service == service)
      judge_involve(judge, breach, sessions->list[i]);
}

/* n_sessions: [n_services] in the schedule. n_attended: [n_services], zero before and after. */
static void check_closed(const struct judge *judge, int patient, const struct ints *sessions,
                         const int *n_sessions, int *n_attended) {
  for (int i = 0; i < sessions->n; i++)
    n_attended[judged_session(judge, sessions->list[i])->service]++;
  for (int i = 0; i < sessions->n; i++) {
    int v = judged_session(judge, sessions->list[i])->service;
    if (judge->clinic->services[v].closed && n_attended[v] > 0 && n_attended[v] < n_sessions[v])
      add_part_attended(judge, patient, sessions, v, n_attended[v], n_sessions[v]);
    n_attended[v] = 0;
  }
}

static void check(const struct clinic *clinic, const struct schedule *schedule,
                  struct breaches *breaches) {
  struct judge judge = {"H8", clinic, schedule, breaches};
  int *n_sessions = mem_new((size_t)clinic->n_services, sizeof *n_sessions);
  int *n_attended = mem_new((size_t)clinic->n_services, sizeof *n_attended);
  for (int s = 0; s < schedule->n_sessions; s++) n_sessions[schedule->sessions[s].service]++;
  struct roster roster;
  roster_init(&roster, ROSTER_PATIENTS, clinic, schedule);
  for (int p = 0; p < roster.n; p++) {
    check_eligible(&judge, p, &roster.of[p]);
    check_closed(&judge, p, &roster.of[p], n_sessions, n_attended);
  }
  roster_release(&roster);
  free(n_sessions);
  free(n_attended);
}

static int course_column(const struct ilp *ilp, int patient, int service, int weekday) {
  const struct ilp_model *model = ilp->model;
  for (int d = model->first_day[patient]; d < model->first_day[patient + 1]; d++)
    for (int i = 0; i < model->days[d].n_courses && model->days[d].day == weekday; i++)
      if (model->days[d].courses[i].service == service) return model->days[d].courses[i].column;
  return NONE;
}

/* held[v, d] for each day; NONE where there is nothing. */
static void add_held(struct ilp *ilp, int service, int held[N_DAYS]) {
  const struct ints *offerings = &ilp->model->offerings_of[service];
  const char *label = ilp->model->labels.services[service];
  for (int day = 0; day < N_DAYS; day++) held[day] = NONE;
  for (int from = 0, to; from < offerings->n; from = to) {
    const struct ilp_offering *all = ilp->model->offerings;
    int day = day_of(all[offerings->list[from]].start_min);
    held[day] = ilp_column(ilp, 0, 1, true, "held(%s,%s)", label, day_names[day]);
    ilp_row(ilp, "H8.day(%s,%s)", label, day_names[day]);
    for (to = from; to < offerings->n; to++) {
      if (day_of(all[offerings->list[to]].start_min) != day) break;
      ilp_add(ilp, all[offerings->list[to]].sessions, 1);
    }
    ilp_add(ilp, held[day], -1);
    ilp_equal(ilp, 0);
  }
}

static void add_membership(struct ilp *ilp, int patient, int service, const int held[N_DAYS]) {
  const char *who = ilp->model->labels.patients[patient];
  const char *label = ilp->model->labels.services[service];
  int member = ilp_column(ilp, 0, 1, true, "member(%s,%s)", who, label);
  for (int day = 0; day < N_DAYS; day++) {
    if (held[day] == NONE) continue;
    int attends = course_column(ilp, patient, service, day);
    ilp_row(ilp, "H8.all(%s,%s,%s)", who, label, day_names[day]);
    ilp_add(ilp, held[day], 1);
    ilp_add(ilp, member, 1);
    if (attends != NONE) ilp_add(ilp, attends, -1);
    ilp_at_most(ilp, 1);
    if (attends == NONE) continue;
    ilp_row(ilp, "H8.none(%s,%s,%s)", who, label, day_names[day]);
    ilp_add(ilp, attends, 1);
    ilp_add(ilp, member, -1);
    ilp_at_most(ilp, 0);
  }
}

static void rows(struct ilp *ilp) {
  const struct clinic *clinic = ilp->clinic;
  for (int v = 0; v < clinic->n_services; v++) {
    int held[N_DAYS];
    if (!clinic->services[v].closed || ilp->model->offerings_of[v].n == 0) continue;
    add_held(ilp, v, held);
    for (int p = 0; p < clinic->n_patients; p++)
      for (int day = 0; day < N_DAYS; day++)
        if (course_column(ilp, p, v, day) != NONE) {
          add_membership(ilp, p, v, held);
          break;
        }
  }
}

const struct rule h08_membership = {
    .id = "H8",
    .title = "tags, telehealth and closed membership",
    .check = check,
    .rows = rows,
};
