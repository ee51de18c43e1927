/* weight_staff_idle_hour: therapists' hours between sessions, not writing notes.
 *
 *   sum over therapists t, days d of
 *     (last end_td - first start_td - time in session or writing notes in between_td) / 60
 *
 * In the integer program as for patients (weight_idle_hour), with the therapist's duties and their
 * notes: busy[i] covers whatever is led, or written, in piece i, and begins once a day. */
#include <stdlib.h>

#include "iopsched/ilp_model.h"
#include "iopsched/roster.h"
#include "modules.h"
#include "steps.h"
#include "units.h"

static int64_t amount(const struct clinic *clinic, const struct schedule *schedule,
                      const struct previous *previous) {
  (void)previous;
  int64_t minutes = 0;
  struct roster roster;
  roster_init(&roster, ROSTER_THERAPISTS, clinic, schedule);
  for (int t = 0; t < roster.n; t++) minutes += idle_minutes(clinic, schedule, &roster.of[t], true);
  roster_release(&roster);
  return minutes * UNITS_PER_MINUTE;
}

/* One day's duties, notes included: spans [n] by start. */
struct duty_day {
  const char *label; /* the therapist's */
  int day;
  const struct ilp_span *spans;
  int n;
  int *cuts; /* [n_cuts]: starts and ends, ascending, each once */
  int n_cuts;
};

/* busy of the piece from cut i: it covers what is led in it. True if something may start there. */
static bool add_busy(struct ilp *ilp, const struct duty_day *day, int i, int *busy) {
  const char *time = ilp_time(ilp, day->cuts[i]);
  bool starts = false;
  *busy = ilp_column(ilp, 0, 1, false, "busy(%s,%s)", day->label, time);
  ilp_cost(ilp, *busy, TERM_STAFF_IDLE_HOUR, UNITS_PER_MINUTE * (day->cuts[i + 1] - day->cuts[i]));
  ilp_row(ilp, "is.busy(%s,%s)", day->label, time);
  for (int k = 0; k < day->n && day->spans[k].start_min <= day->cuts[i]; k++) {
    if (day->spans[k].end_min <= day->cuts[i]) continue;
    ilp_add(ilp, day->spans[k].column, 1);
    starts |= day->spans[k].start_min == day->cuts[i];
  }
  ilp_add(ilp, *busy, -1);
  ilp_at_most(ilp, 0);
  return starts;
}

static void add_duty_day(struct ilp *ilp, struct duty_day *day) {
  if (!ilp_may_idle(day->spans, day->n)) return;
  for (int i = 0; i < day->n; i++)
    ilp_cost(ilp, day->spans[i].column, TERM_STAFF_IDLE_HOUR,
             -UNITS_PER_MINUTE * (day->spans[i].end_min - day->spans[i].start_min));
  int *begins = mem_new(2 * (size_t)day->n, sizeof *begins), n_begins = 0, before = NONE;
  day->cuts = mem_new(2 * (size_t)day->n, sizeof *day->cuts);
  day->n_cuts = ilp_cut(day->spans, day->n, day->cuts);
  for (int i = 0; i + 1 < day->n_cuts; i++) {
    const char *time = ilp_time(ilp, day->cuts[i]);
    int busy;
    bool starts = add_busy(ilp, day, i, &busy);
    if (starts) begins[n_begins] = ilp_column(ilp, 0, 1, false, "begins(%s,%s)", day->label, time);
    ilp_row(ilp, "is.staying(%s,%s)", day->label, time);
    ilp_add(ilp, busy, 1);
    if (before != NONE) ilp_add(ilp, before, -1);
    if (starts) ilp_add(ilp, begins[n_begins++], -1);
    ilp_at_most(ilp, 0);
    before = busy;
  }
  ilp_row(ilp, "is.shift(%s,%s)", day->label, day_names[day->day]);
  for (int i = 0; i < n_begins; i++) ilp_add(ilp, begins[i], 1);
  ilp_at_most(ilp, 1);
  free(begins);
  free(day->cuts);
}

static void rows(struct ilp *ilp) {
  for (int t = 0; t < ilp->clinic->n_therapists; t++) {
    const struct ilp_uses *duties = &ilp->model->duties[t];
    struct ilp_span *spans = ilp_spans(ilp, duties, true);
    for (int from = 0, to; from < duties->n; from = to) {
      struct duty_day day = {.label = ilp->model->labels.therapists[t],
                             .day = day_of(spans[from].start_min),
                             .spans = spans + from};
      for (to = from; to < duties->n && day_of(spans[to].start_min) == day.day; to++) continue;
      day.n = to - from;
      add_duty_day(ilp, &day);
    }
    free(spans);
  }
}

const struct cost_term term_staff_idle_hour = {
    .term = TERM_STAFF_IDLE_HOUR,
    .title = "therapists' hours between sessions",
    .amount = amount,
    .step = step_of_time,
    .rows = rows,
};
