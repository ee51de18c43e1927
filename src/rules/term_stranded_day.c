/* weight_stranded_day: stranded days: care given that nobody pays for.
 *
 *   sum over patients p with a payer of
 *     |{d: p has a counted session on d, and counted_pd < day_min_minutes or
 *          |{service_s: s of p on d, counted}| < day_min_services}|
 *
 * In the integer program, for every such p and d: stranded[p, d] and care[p, d] (there is a counted
 * session), binary, of what counts on d
 *
 *   sum of minutes * attends  >=  day_min_minutes * (care - stranded)
 *   sum of attends            >=  day_min_services * (care - stranded)
 *   sum of x at any moment    <=  care
 *
 * since a service is had once a day. care is day[p, d] where no day has uncounted sessions alone.
 */
#include <stdlib.h>

#include "iopsched/ilp_model.h"
#include "iopsched/roster.h"
#include "modules.h"
#include "steps.h"

/* Different counted services of the patient on a day; sessions: by start. */
static int services_on(const struct clinic *clinic, const struct schedule *schedule,
                       const struct ints *sessions, int day) {
  int n = 0;
  for (int i = 0; i < sessions->n; i++) {
    const struct session *session = &schedule->sessions[sessions->list[i]];
    if (session_day(session) != day || !clinic->services[session->service].counts_hours) continue;
    bool again = false;
    for (int j = 0; j < i && !again; j++) {
      const struct session *before = &schedule->sessions[sessions->list[j]];
      again = before->service == session->service && session_day(before) == day;
    }
    if (!again) n++;
  }
  return n;
}

static int64_t of_patient(const struct clinic *clinic, const struct schedule *schedule, int patient,
                          const struct ints *sessions) {
  if (clinic->patients[patient].payer == NONE) return 0;
  const struct payer *payer = &clinic->payers[clinic->patients[patient].payer];
  struct attended_week week = attended_week_of(clinic, schedule, sessions);
  int stranded = 0;
  for (int day = 0; day < N_DAYS; day++) {
    if (week.days[day].counted_minutes == 0) continue;
    if (week.days[day].counted_minutes < payer->day_min_minutes ||
        services_on(clinic, schedule, sessions, day) < payer->day_min_services)
      stranded++;
  }
  return stranded * AMOUNT_ONE;
}

/* What counts on the day; [*n], the caller frees. */
static struct ilp_span *counted_spans(const struct ilp *ilp, const struct ilp_day *day, int *n) {
  struct ilp_span *spans = ilp_spans(ilp, &day->visits, false);
  *n = 0;
  for (int i = 0; i < day->visits.n; i++)
    if (ilp_service(ilp, &ilp->model->offerings[day->visits.list[i].offering])->counts_hours)
      spans[(*n)++] = spans[i];
  return spans;
}

/* Who comes on site has the least visit in counted hours, so only telehealth can be alone. */
static bool may_be_uncounted_alone(const struct ilp *ilp, const struct ilp_day *day) {
  for (int i = 0; i < day->n_courses; i++) {
    const struct service *service = &ilp->clinic->services[day->courses[i].service];
    if (!service->counts_hours && (service->telehealth || ilp->clinic->visit_min_minutes == 0))
      return true;
  }
  return false;
}

static int care_column(struct ilp *ilp, const struct ilp_day *day) {
  const char *label = ilp->model->labels.patients[day->patient];
  int n;
  if (!may_be_uncounted_alone(ilp, day)) return day->attended;
  int care = ilp_column(ilp, 0, 1, true, "care(%s,%s)", label, day_names[day->day]);
  struct ilp_span *spans = counted_spans(ilp, day, &n);
  ilp_clique_rows(ilp, spans, n, "is.care", label, 1, care);
  free(spans);
  return care;
}

static void add_services(struct ilp *ilp, const struct ilp_day *day) {
  for (int i = 0; i < day->n_courses; i++)
    if (ilp->clinic->services[day->courses[i].service].counts_hours)
      ilp_add(ilp, day->courses[i].column, 1);
}

static void add_stranded(struct ilp *ilp, const struct ilp_day *day, const struct payer *payer) {
  const char *label = ilp->model->labels.patients[day->patient], *weekday = day_names[day->day];
  int least = payer->day_min_minutes;
  bool visit_is_enough = day->onsite == day->attended && ilp->clinic->visit_min_minutes >= least &&
                         payer->day_min_services <= 1;
  if (visit_is_enough) return;
  int care = care_column(ilp, day);
  int stranded = ilp_column(ilp, 0, 1, true, "stranded(%s,%s)", label, weekday);
  ilp_cost(ilp, stranded, TERM_STRANDED_DAY, AMOUNT_ONE);
  ilp_row(ilp, "stranded.hours(%s,%s)", label, weekday);
  int step = ilp_day_minutes(ilp, day);
  if (step > 0) least = (least + step - 1) / step * step;
  ilp_add(ilp, care, -least);
  ilp_add(ilp, stranded, least);
  ilp_at_least(ilp, 0);
  ilp_row(ilp, "stranded.services(%s,%s)", label, weekday);
  add_services(ilp, day);
  ilp_add(ilp, care, -payer->day_min_services);
  ilp_add(ilp, stranded, payer->day_min_services);
  ilp_at_least(ilp, 0);
}

static void rows(struct ilp *ilp) {
  for (int d = 0; d < ilp->model->n_days; d++) {
    const struct ilp_day *day = &ilp->model->days[d];
    int payer = ilp->clinic->patients[day->patient].payer;
    if (payer != NONE) add_stranded(ilp, day, &ilp->clinic->payers[payer]);
  }
}

const struct cost_term term_stranded_day = {
    .term = TERM_STRANDED_DAY,
    .title = "days of care that nobody pays for",
    .of_patient = of_patient,
    .step = step_of_things,
    .rows = rows,
};
