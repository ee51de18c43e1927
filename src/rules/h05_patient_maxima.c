/* H5: a patient's counted hours stay within the maximum of the week and of a day, and the days
 * attended within theirs.
 *
 *   for every patient p:         counted_p <= max_minutes_p
 *   for every patient p, day d:  counted_pd <= day_max_minutes
 *   for every patient p:         |{d: p has a session on d, counted or not}| <= max_days_p
 *
 * In the integer program, with minutes of what counts and the day's maximum rounded down to what
 * the minutes of that day can add up to:
 *
 *   sum of minutes * attends over the week  <=  max_minutes_p
 *   sum of minutes * attends over d  <=  day_max_minutes * day[p, d]
 *   sum over d of day[p, d]  <=  max_days_p */
#include <stdlib.h>

#include "iopsched/ilp_model.h"
#include "judge.h"
#include "modules.h"

static void check_week(const struct judge *judge, int patient, const struct ints *sessions,
                       const struct attended_week *week) {
  const struct patient *who = &judge->clinic->patients[patient];
  struct breach *breach;
  if (week->counted_minutes > who->max_minutes) {
    breach =
        judge_add(judge, "patient '%s' has %s in the week, at most %s allowed", who->id,
                  hours_words(judge, week->counted_minutes), hours_words(judge, who->max_minutes));
    breach->patient = patient;
    judge_involve_all(judge, breach, sessions);
  }
  if (week->n_days > who->max_days) {
    breach = judge_add(judge, "patient '%s' attends on %s, at most %d allowed", who->id,
                       count_words(judge, week->n_days, "day"), who->max_days);
    breach->patient = patient;
    judge_involve_all(judge, breach, sessions);
  }
}

static void check_days(const struct judge *judge, int patient, const struct ints *sessions,
                       const struct attended_week *week) {
  for (int day = 0; day < N_DAYS; day++) {
    int minutes = week->days[day].counted_minutes;
    if (minutes <= judge->clinic->day_max_minutes) continue;
    struct breach *breach =
        judge_add(judge, "patient '%s' has %s on %s, at most %s allowed",
                  judge->clinic->patients[patient].id, hours_words(judge, minutes), day_names[day],
                  hours_words(judge, judge->clinic->day_max_minutes));
    breach->patient = patient;
    judge_involve_day(judge, breach, sessions, day);
  }
}

static void check(const struct clinic *clinic, const struct schedule *schedule,
                  struct breaches *breaches) {
  struct judge judge = {"H5", clinic, schedule, breaches};
  struct roster roster;
  roster_init(&roster, ROSTER_PATIENTS, clinic, schedule);
  for (int p = 0; p < roster.n; p++) {
    struct attended_week week = attended_week_of(clinic, schedule, &roster.of[p]);
    check_days(&judge, p, &roster.of[p], &week);
    /* Who takes no part is H1's; their maxima mean nothing. */
    if (clinic->patients[p].takes_part) check_week(&judge, p, &roster.of[p], &week);
  }
  roster_release(&roster);
}

static void add_day_row(struct ilp *ilp, const struct ilp_day *day) {
  int most = ilp->clinic->day_max_minutes,
      in_week = ilp->clinic->patients[day->patient].max_minutes;
  struct ilp_span *spans = ilp_spans(ilp, &day->visits, false);
  int possible = ilp_covered(spans, day->visits.n, 0, INT_MAX);
  free(spans);
  if (in_week < most) most = in_week;
  if (possible <= most) return;
  ilp_row(ilp, "H5.day(%s,%s)", ilp->model->labels.patients[day->patient], day_names[day->day]);
  int step = ilp_day_minutes(ilp, day);
  if (step > 0) ilp_add(ilp, day->attended, -(most - most % step));
  ilp_at_most(ilp, 0);
}

static void rows(struct ilp *ilp) {
  const struct ilp_model *model = ilp->model;
  for (int d = 0; d < model->n_days; d++) add_day_row(ilp, &model->days[d]);
  for (int p = 0; p < ilp->clinic->n_patients; p++) {
    ilp_row(ilp, "H5.week(%s)", model->labels.patients[p]);
    ilp_week_minutes(ilp, p);
    ilp_at_most(ilp, ilp->clinic->patients[p].max_minutes);
    ilp_row(ilp, "H5.days(%s)", model->labels.patients[p]);
    ilp_week_days(ilp, p);
    ilp_at_most(ilp, ilp->clinic->patients[p].max_days);
  }
}

const struct rule h05_patient_maxima = {
    .id = "H5",
    .title = "a patient's most hours and days",
    .check = check,
    .rows = rows,
};
