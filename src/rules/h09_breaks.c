/* H9: breaks, and time to travel.
 *
 *   for every patient or therapist x, every day, every stretch [m, m + L) of it with
 *   L = break_after + break:      minutes of the stretch in session <= break_after
 *   for every patient, two sessions of a day, one on site and one by telehealth:
 *                                 the later start - the earlier end >= travel_minutes
 *
 * Where the day is shorter than L the stretch is the whole day; a stretch that reaches past the
 * day's last session amounts to the same. Time in session grows and shrinks at starts and ends
 * alone, so a stretch with the most of it begins at some session's start. Notes are no session.
 *
 * In the integer program, for every start m of what x may be in on day d, with L as above:
 *
 *   sum over s of (minutes of s in [m, m + L)) * x[s]  <=  break_after (* day[p, d] for a patient)
 *
 * and for travel, with T = travel_minutes in slots and l slots in the shortest session, for every
 * slot m, every delta in T, T - (2l - 1), T - 2(2l - 1), ... > 0, and on site and telehealth in
 * either order:
 *
 *   sum of x over what is on site in slot m  +  sum of x over telehealth in slot m + delta
 *     <=  day[p, d]
 *
 * Any two with less than T slots between them are in such slots at once: with g slots between, they
 * are in slots that lie g + 1 to g + 2l - 1 apart, and one delta is among these. */
#include <stdlib.h>

#include "iopsched/ilp_model.h"
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

/* One person's sessions of one day: at most break_after in a stretch from any start. on: the column
 * of the day, or NONE. */
static void add_break_rows(struct ilp *ilp, const struct ilp_span *spans, int n, const char *label,
                           int on) {
  int after = ilp->clinic->break_after_minutes, length = after + ilp->clinic->break_minutes;
  if (after == 0 || length == after) return;
  for (int i = 0, from = 0; i < n; i++) {
    int start = spans[i].start_min, end = start + length;
    if (i > 0 && spans[i - 1].start_min == start) continue;
    while (spans[from].end_min <= start) from++;
    if (ilp_covered(spans + from, n - from, start, end) <= after) continue;
    ilp_row(ilp, "H9(%s,%s)", label, ilp_time(ilp, start));
    for (int k = from; k < n && spans[k].start_min < end; k++) {
      int first = spans[k].start_min > start ? spans[k].start_min : start;
      int last = spans[k].end_min < end ? spans[k].end_min : end;
      if (last > first) ilp_add(ilp, spans[k].column, last - first);
    }
    if (on != NONE) ilp_add(ilp, on, -after);
    ilp_at_most(ilp, on == NONE ? after : 0);
  }
}

/* Adds what lies over the slot to the open row; true if there is any. *starts: something begins. */
static bool add_slot(struct ilp *ilp, const struct ilp_day *day, bool telehealth, int slot_min,
                     bool *starts) {
  bool any = false;
  for (int i = 0; i < day->visits.n; i++) {
    const struct ilp_offering *offering = &ilp->model->offerings[day->visits.list[i].offering];
    if (offering->start_min > slot_min) break;
    if (ilp_service(ilp, offering)->telehealth != telehealth || ilp_end(ilp, offering) <= slot_min)
      continue;
    ilp_add(ilp, day->visits.list[i].column, 1);
    *starts |= offering->start_min == slot_min;
    any = true;
  }
  return any;
}

/* Of on-site sessions over one slot and telehealth over the other, one at most. A row where nothing
 * begins is part of the one before. */
static void add_travel_row(struct ilp *ilp, const struct ilp_day *day, int onsite_min,
                           int telehealth_min) {
  bool starts = false;
  ilp_row(ilp, "H9.travel(%s,%s,%s)", ilp->model->labels.patients[day->patient],
          ilp_time(ilp, onsite_min), ilp_time(ilp, telehealth_min));
  bool both = add_slot(ilp, day, false, onsite_min, &starts) &&
              add_slot(ilp, day, true, telehealth_min, &starts);
  if (both) ilp_add(ilp, day->attended, -1);
  ilp_at_most(ilp, both && starts ? 0 : ILP_INFINITY);
}

static void add_travel_rows(struct ilp *ilp, const struct ilp_day *day) {
  int slot = ilp->clinic->slot_minutes, shortest = INT_MAX;
  int travel = (ilp->clinic->travel_minutes + slot - 1) / slot;
  int first = WEEK_MIN, last = 0, n_telehealth = 0;
  for (int i = 0; i < day->visits.n; i++) {
    const struct ilp_offering *offering = &ilp->model->offerings[day->visits.list[i].offering];
    int minutes = ilp_service(ilp, offering)->minutes;
    if (minutes < shortest) shortest = minutes;
    if (offering->start_min < first) first = offering->start_min;
    if (ilp_end(ilp, offering) > last) last = ilp_end(ilp, offering);
    n_telehealth += ilp_service(ilp, offering)->telehealth;
  }
  if (n_telehealth == 0 || n_telehealth == day->visits.n) return;
  for (int apart = travel; apart > 0; apart -= 2 * (shortest / slot) - 1)
    for (int m = first; m + apart * slot < last; m += slot) {
      add_travel_row(ilp, day, m, m + apart * slot);
      add_travel_row(ilp, day, m + apart * slot, m);
    }
}

static void rows(struct ilp *ilp) {
  const struct ilp_model *model = ilp->model;
  for (int d = 0; d < model->n_days; d++) {
    const struct ilp_day *day = &model->days[d];
    struct ilp_span *spans = ilp_spans(ilp, &day->visits, false);
    add_break_rows(ilp, spans, day->visits.n, model->labels.patients[day->patient], day->attended);
    free(spans);
    add_travel_rows(ilp, day);
  }
  for (int t = 0; t < ilp->clinic->n_therapists; t++) {
    struct ilp_span *spans = ilp_spans(ilp, &model->duties[t], false);
    for (int from = 0, to; from < model->duties[t].n; from = to) {
      int day = day_of(spans[from].start_min);
      for (to = from; to < model->duties[t].n && day_of(spans[to].start_min) == day; to++) continue;
      add_break_rows(ilp, spans + from, to - from, model->labels.therapists[t], NONE);
    }
    free(spans);
  }
}

const struct rule h09_breaks = {
    .id = "H9",
    .title = "breaks and travel time",
    .check = check,
    .rows = rows,
    .therapist_day_allowed = therapist_day_allowed,
};
