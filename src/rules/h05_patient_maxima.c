/* H5: a patient's counted hours stay within the maximum of the week and of a day, and the days
 * attended within theirs.
 *
 *   for every patient p:         counted_p <= max_minutes_p
 *   for every patient p, day d:  counted_pd <= day_max_minutes
 *   for every patient p:         |{d: p has a session on d, counted or not}| <= max_days_p */
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

const struct rule h05_patient_maxima = {
    .id = "H5",
    .title = "a patient's most hours and days",
    .check = check,
};
