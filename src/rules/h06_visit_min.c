/* H6: nobody comes on site for too little.
 *
 *   for every patient p, day d with an on-site session of p (counted or not):
 *     counted_pd >= visit_min_minutes, telehealth included
 *
 * visit_min_minutes 0: no rule. */
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

const struct rule h06_visit_min = {
    .id = "H6",
    .title = "shortest visit",
    .check = check,
};
