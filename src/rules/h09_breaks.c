/* H9: breaks, and time to travel.
 *
 *   for every patient or therapist x, every day, every stretch [m, m + L) of it with
 *   L = break_after + break:      minutes of the stretch in session <= break_after
 *   for every patient, two sessions of a day, one on site and one by telehealth:
 *                                 the later start - the earlier end >= travel_minutes
 *
 * Where the day is shorter than L the stretch is the whole day; a stretch that reaches past the
 * day's last session amounts to the same. Time in session grows and shrinks at starts and ends
 * alone, so a stretch with the most of it begins at some session's start. Notes are no session. */
#include <stdlib.h>

#include "judge.h"
#include "modules.h"

/* Minutes in session in [sessions[0].start, + length), where sessions are of one day by start;
 * sessions that lie over each other count once. */
static int minutes_in_stretch(const struct clinic *clinic, const struct busy_session *sessions,
                              int n, int length) {
  int stretch_end = sessions[0].start_min + length, minutes = 0, counted_to = 0;
  for (int i = 0; i < n && sessions[i].start_min < stretch_end; i++) {
    int from = sessions[i].start_min, to = from + clinic->services[sessions[i].service].minutes;
    if (i > 0 && from < counted_to) from = counted_to;
    if (to > stretch_end) to = stretch_end;
    if (to <= from) continue;
    minutes += to - from;
    counted_to = to;
  }
  return minutes;
}

/* The first session of a stretch with too much in session, or NONE; sessions of one day by start.
 */
static int first_without_break(const struct clinic *clinic, const struct busy_session *sessions,
                               int n, int *minutes) {
  int length = clinic->break_after_minutes + clinic->break_minutes;
  if (clinic->break_after_minutes == 0 || clinic->break_minutes == 0) return NONE;
  for (int i = 0; i < n; i++) {
    *minutes = minutes_in_stretch(clinic, sessions + i, n - i, length);
    if (*minutes > clinic->break_after_minutes) return i;
  }
  return NONE;
}

static bool therapist_day_allowed(const struct clinic *clinic, int therapist,
                                  const struct busy_session *sessions, int n) {
  int minutes;
  (void)therapist;
  return first_without_break(clinic, sessions, n, &minutes) == NONE;
}

/* One breach for a person's day; sessions: indices [n] into the schedule, of one day by start. */
static void check_day_breaks(const struct judge *judge, int patient, int therapist,
                             const int *sessions, const struct busy_session *busy, int n) {
  int minutes, first = first_without_break(judge->clinic, busy, n, &minutes);
  if (first == NONE) return;
  int after = judge->clinic->break_after_minutes, length = after + judge->clinic->break_minutes;
  struct breach *breach = judge_add(
      judge, "%s '%s' on %s: %d minutes in session within %d minutes from %s, at most %d allowed",
      patient != NONE ? "patient" : "therapist",
      patient != NONE ? judge->clinic->patients[patient].id
                      : judge->clinic->therapists[therapist].id,
      day_names[session_day(judged_session(judge, sessions[first]))], minutes, length,
      clock_words(judge, busy[first].start_min), after);
  breach->patient = patient;
  breach->therapist = therapist;
  for (int i = first; i < n && busy[i].start_min < busy[first].start_min + length; i++)
    judge_involve(judge, breach, sessions[i]);
}

static void check_breaks(const struct judge *judge, int patient, int therapist,
                         const struct ints *sessions, struct busy_session *busy) {
  for (int i = 0; i < sessions->n; i++) {
    const struct session *session = judged_session(judge, sessions->list[i]);
    busy[i] = (struct busy_session){session->service, session->start_min};
  }
  for (int from = 0, to; from < sessions->n; from = to) {
    int day = session_day(judged_session(judge, sessions->list[from]));
    for (to = from; to < sessions->n; to++)
      if (session_day(judged_session(judge, sessions->list[to])) != day) break;
    check_day_breaks(judge, patient, therapist, sessions->list + from, busy + from, to - from);
  }
}

/* Of sessions that do not lie over each other, two neighbours of different mode have the smallest
 * gap, so neighbours are enough. */
static void check_travel(const struct judge *judge, int patient, const struct ints *sessions) {
  int needed = judge->clinic->travel_minutes;
  for (int i = 1; i < sessions->n && needed > 0; i++) {
    int before = sessions->list[i - 1], after = sessions->list[i];
    if (session_day(judged_session(judge, before)) != session_day(judged_session(judge, after)))
      continue;
    if (judged_service(judge, before)->telehealth == judged_service(judge, after)->telehealth)
      continue;
    int gap = judged_session(judge, after)->start_min - judged_end(judge, before);
    if (gap >= needed) continue;
    struct breach *breach = judge_add(
        judge, "patient '%s' has %d minutes between %s and %s (%s), at least %d needed to travel",
        judge->clinic->patients[patient].id, gap < 0 ? 0 : gap, session_words(judge, before),
        session_words(judge, after),
        judged_service(judge, after)->telehealth ? "telehealth" : "on site", needed);
    breach->patient = patient;
    judge_involve(judge, breach, before);
    judge_involve(judge, breach, after);
  }
}

static void check(const struct clinic *clinic, const struct schedule *schedule,
                  struct breaches *breaches) {
  struct judge judge = {"H9", clinic, schedule, breaches};
  struct busy_session *busy = mem_new((size_t)schedule->n_sessions, sizeof *busy);
  struct roster roster;
  roster_init(&roster, ROSTER_PATIENTS, clinic, schedule);
  for (int p = 0; p < roster.n; p++) {
    check_breaks(&judge, p, NONE, &roster.of[p], busy);
    check_travel(&judge, p, &roster.of[p]);
  }
  roster_release(&roster);
  roster_init(&roster, ROSTER_THERAPISTS, clinic, schedule);
  for (int t = 0; t < roster.n; t++) check_breaks(&judge, NONE, t, &roster.of[t], busy);
  roster_release(&roster);
  free(busy);
}

const struct rule h09_breaks = {
    .id = "H9",
    .title = "breaks and travel time",
    .check = check,
    .therapist_day_allowed = therapist_day_allowed,
};
