/* weight_idle_hour: patients' hours between sessions.
 *
 *   sum over patients p, days d of (last end_pd - first start_pd - time in session_pd) / 60
 *
 * In the integer program a patient's day is one stretch: between possible starts and ends, in piece
 * i of it, here[i] covers whatever is attended (H1), and begins once:
 *
 *   here[i] - here[i - 1]  <=  comes[i]      where something may start, else <= 0
 *   here[0] + sum over i of comes[i]  <=  day[p, d]
 *
 * Idle time is the sum of minutes_i * here[i], less the minutes of what is attended. For given
 * whole attendances the cheapest here and comes are whole too: each gap between two sessions must
 * be filled for the whole to begin but once. */
#include <stdlib.h>

#include "iopsched/ilp_model.h"
#include "iopsched/roster.h"
#include "modules.h"
#include "steps.h"
#include "units.h"

static int64_t of_patient(const struct clinic *clinic, const struct schedule *schedule, int patient,
                          const struct ints *sessions) {
  (void)patient;
  return idle_minutes(clinic, schedule, sessions, false) * UNITS_PER_MINUTE;
}

static void add_stretch(struct ilp *ilp, const struct ilp_day *day) {
  const char *label = ilp->model->labels.patients[day->patient];
  struct ilp_span *spans = ilp_spans(ilp, &day->visits, false);
  int n_comes = 0, *comes = mem_new((size_t)day->n_pieces, sizeof *comes);
  comes[n_comes++] = day->pieces[0].here;
  for (int i = 1; i < day->n_pieces; i++) {
    const char *time = ilp_time(ilp, day->pieces[i].start_min);
    bool may_come = ilp_starts_at(spans, day->visits.n, day->pieces[i].start_min);
    if (may_come) comes[n_comes] = ilp_column(ilp, 0, 1, false, "comes(%s,%s)", label, time);
    ilp_row(ilp, "is.here(%s,%s)", label, time);
    ilp_add(ilp, day->pieces[i].here, 1);
    ilp_add(ilp, day->pieces[i - 1].here, -1);
    if (may_come) ilp_add(ilp, comes[n_comes++], -1);
    ilp_at_most(ilp, 0);
  }
  ilp_row(ilp, "is.stretch(%s,%s)", label, day_names[day->day]);
  for (int i = 0; i < n_comes; i++) ilp_add(ilp, comes[i], 1);
  ilp_add(ilp, day->attended, -1);
  ilp_at_most(ilp, 0);
  free(comes);
  free(spans);
}

static void rows(struct ilp *ilp) {
  for (int d = 0; d < ilp->model->n_days; d++) {
    const struct ilp_day *day = &ilp->model->days[d];
    if (!day->idles) continue;
    add_stretch(ilp, day);
    for (int i = 0; i < day->n_pieces; i++)
      ilp_cost(ilp, day->pieces[i].here, TERM_IDLE_HOUR,
               UNITS_PER_MINUTE * (day->pieces[i].end_min - day->pieces[i].start_min));
    for (int i = 0; i < day->n_courses; i++)
      ilp_cost(ilp, day->courses[i].column, TERM_IDLE_HOUR,
               -UNITS_PER_MINUTE * ilp->clinic->services[day->courses[i].service].minutes);
  }
}

const struct cost_term term_idle_hour = {
    .term = TERM_IDLE_HOUR,
    .title = "patients' hours between sessions",
    .of_patient = of_patient,
    .step = step_of_time,
    .rows = rows,
};
