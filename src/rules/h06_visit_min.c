/* H6: nobody comes on site for too little.
 *
 *   for every patient p, day d with an on-site session of p (counted or not):
 *     counted_pd >= visit_min_minutes, telehealth included
 *
 * visit_min_minutes 0: no rule.
 *
 * In the integer program, with visit_min_minutes rounded up to what the minutes of the day can add
 * up to, for every piece m:
 *
 *   sum of minutes * attends over d, of what counts  >=  visit_min_minutes * onsite[p, d]
 *   sits[p, m]  <=  onsite[p, d]
 *
 * where onsite is day[p, d] if nothing of the day is by telehealth; then the latter is H1's. */
#include "iopsched/ilp_model.h"
#include "judge.h"
#include "modules.h"

static void check_patient(const struct judge *judge, int patient, const struct ints *sessions) {
  struct attended_week week = attended_week_of(judge->clinic, judge->schedule, sessions);
  for (int day = 0; day < N_DAYS; day++) {
    const struct attended_day *attended = &week.days[day];
    if (attended->n_onsite == 0 || attended->counted_minutes >= judge->clinic->visit_min_minutes)
      continue;
    struct breach *breach =
        judge_add(judge, "patient '%s' comes on site on %s for %s, at least %s needed",
                  judge->clinic->patients[patient].id, day_names[day],
                  hours_words(judge, attended->counted_minutes),
                  hours_words(judge, judge->clinic->visit_min_minutes));
    breach->patient = patient;
    breach->mendable = true;
    judge_involve_day(judge, breach, sessions, day);
  }
}

static void check(const struct clinic *clinic, const struct schedule *schedule,
                  struct breaches *breaches) {
  struct judge judge = {"H6", clinic, schedule, breaches};
  struct roster roster;
  roster_init(&roster, ROSTER_PATIENTS, clinic, schedule);
  for (int p = 0; p < roster.n; p++) check_patient(&judge, p, &roster.of[p]);
  roster_release(&roster);
}

static void add_day_rows(struct ilp *ilp, const struct ilp_day *day) {
  const char *label = ilp->model->labels.patients[day->patient];
  int least = ilp->clinic->visit_min_minutes;
  ilp_row(ilp, "H6.visit(%s,%s)", label, day_names[day->day]);
  int step = ilp_day_minutes(ilp, day);
  if (step > 0) least = (least + step - 1) / step * step;
  ilp_add(ilp, day->onsite, -least);
  ilp_at_least(ilp, 0);
  if (day->onsite == day->attended) return;
  for (int i = 0; i < day->n_pieces; i++) {
    if (day->pieces[i].sits == NONE) continue;
    ilp_row(ilp, "H6(%s,%s)", label, ilp_time(ilp, day->pieces[i].start_min));
    ilp_add(ilp, day->pieces[i].sits, 1);
    ilp_add(ilp, day->onsite, -1);
    ilp_at_most(ilp, 0);
  }
}

static void rows(struct ilp *ilp) {
  if (ilp->clinic->visit_min_minutes == 0) return;
  for (int d = 0; d < ilp->model->n_days; d++)
    if (ilp->model->days[d].onsite != NONE) add_day_rows(ilp, &ilp->model->days[d]);
}

const struct rule h06_visit_min = {
    .id = "H6",
    .title = "shortest visit",
    .check = check,
    .rows = rows,
};
