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
 * In the integer program, for every start m of what x may be in on day d, with L as above and in[i]
 * for being in session in piece i of the day (sits + calls of a patient, leads of a therapist):
 *
 *   sum over pieces i of (minutes of i in [m, m + L)) * in[i]  <=  break_after (* day[p, d])
 *
 * and for travel, with T = travel_minutes in slots and l slots in the shortest session, for every
 * slot m, every delta in T, T - (2l - 1), T - 2(2l - 1), ... > 0, and on site and telehealth in
 * either order:
 *
 *   sits in slot m  +  calls in slot m + delta  <=  day[p, d]
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

/* A person's day: in session in the piece from cuts[i] to cuts[i + 1] by the columns in[i], also[i]
 * (NONE: none). on: the column of the day, or NONE. */
struct line {
  const char *label;
  const int *cuts, *in, *also;
  int n_pieces, on;
};

static void add_stretch_row(struct ilp *ilp, const struct line *line, int first) {
  int after = ilp->clinic->break_after_minutes, start = line->cuts[first];
  int end = start + after + ilp->clinic->break_minutes;
  ilp_row(ilp, "H9(%s,%s)", line->label, ilp_time(ilp, start));
  for (int i = first; i < line->n_pieces && line->cuts[i] < end; i++) {
    int to = line->cuts[i + 1] < end ? line->cuts[i + 1] : end, minutes = to - line->cuts[i];
    if (line->in[i] != NONE) ilp_add(ilp, line->in[i], minutes);
    if (line->also[i] != NONE) ilp_add(ilp, line->also[i], minutes);
  }
  if (line->on != NONE) ilp_add(ilp, line->on, -after);
  ilp_at_most(ilp, line->on == NONE ? after : 0);
}

static void add_break_rows(struct ilp *ilp, const struct line *line, const struct ilp_span *spans,
                           int n) {
  int after = ilp->clinic->break_after_minutes, length = after + ilp->clinic->break_minutes;
  for (int i = 0, from = 0; i < line->n_pieces; i++) {
    int start = line->cuts[i];
    if (!ilp_starts_at(spans, n, start)) continue;
    while (spans[from].end_min <= start) from++;
    if (ilp_covered(spans + from, n - from, start, start + length) > after)
      add_stretch_row(ilp, line, i);
  }
}

static void add_patient_breaks(struct ilp *ilp, const struct ilp_day *day) {
  size_t n = (size_t)day->n_pieces;
  struct ilp_span *spans = ilp_spans(ilp, &day->visits, false);
  int *cuts = mem_new(n + 1, sizeof *cuts), *in = mem_new(n, sizeof *in);
  int *also = mem_new(n, sizeof *also);
  for (size_t i = 0; i < n; i++) {
    cuts[i] = day->pieces[i].start_min;
    cuts[i + 1] = day->pieces[i].end_min;
    in[i] = day->pieces[i].sits;
    also[i] = day->pieces[i].calls;
  }
  struct line line = {
      ilp->model->labels.patients[day->patient], cuts, in, also, day->n_pieces, day->attended};
  if (ilp_may_lack_break(ilp->clinic, spans, day->visits.n))
    add_break_rows(ilp, &line, spans, day->visits.n);
  free(spans);
  free(cuts);
  free(in);
  free(also);
}

/* spans: the therapist's duties [n] of one day. */
static void add_therapist_breaks(struct ilp *ilp, int therapist, const struct ilp_span *spans,
                                 int n) {
  if (!ilp_may_lack_break(ilp->clinic, spans, n)) return;
  const char *label = ilp->model->labels.therapists[therapist];
  int *cuts = mem_new(2 * (size_t)n, sizeof *cuts), n_cuts = ilp_cut(spans, n, cuts);
  int *in = mem_new((size_t)n_cuts, sizeof *in), *also = mem_new((size_t)n_cuts, sizeof *also);
  for (int i = 0; i < n_cuts; i++) also[i] = NONE;
  ilp_in_session(ilp, spans, n, cuts, n_cuts, "teaches", label, in);
  struct line line = {label, cuts, in, also, n_cuts - 1, NONE};
  add_break_rows(ilp, &line, spans, n);
  free(cuts);
  free(in);
  free(also);
}

/* Index of the piece of the day that holds the minute; *at is where to look first. */
static int piece_at(const struct ilp_day *day, int minute, int *at) {
  while (*at < day->n_pieces - 1 && day->pieces[*at].end_min <= minute) ++*at;
  return *at;
}

/* On site in one piece, or telehealth in the other. */
static void add_travel_row(struct ilp *ilp, const struct ilp_day *day, int sits, int calls) {
  const struct ilp_piece *onsite = &day->pieces[sits], *telehealth = &day->pieces[calls];
  if (onsite->sits == NONE || telehealth->calls == NONE) return;
  ilp_row(ilp, "H9.travel(%s,%s,%s)", ilp->model->labels.patients[day->patient],
          ilp_time(ilp, onsite->start_min), ilp_time(ilp, telehealth->start_min));
  ilp_add(ilp, onsite->sits, 1);
  ilp_add(ilp, telehealth->calls, 1);
  ilp_add(ilp, day->attended, -1);
  ilp_at_most(ilp, 0);
}

/* Rows for two slots so many minutes apart, once for every two pieces: has [n_pieces ^ 2]. */
static void add_travel_rows(struct ilp *ilp, const struct ilp_day *day, int apart_min, bool *has) {
  int end = day->pieces[day->n_pieces - 1].end_min, earlier = 0, later = 0;
  for (int m = day->pieces[0].start_min; m + apart_min < end; m += ilp->clinic->slot_minutes) {
    int i = piece_at(day, m, &earlier), k = piece_at(day, m + apart_min, &later);
    if (i == k || has[i * day->n_pieces + k]) continue;
    has[i * day->n_pieces + k] = true;
    add_travel_row(ilp, day, i, k);
    add_travel_row(ilp, day, k, i);
  }
}

static void add_travel(struct ilp *ilp, const struct ilp_day *day) {
  int slot = ilp->clinic->slot_minutes, shortest = INT_MAX;
  int travel = (ilp->clinic->travel_minutes + slot - 1) / slot;
  bool sits = false, calls = false;
  for (int i = 0; i < day->n_courses; i++) {
    const struct service *service = &ilp->clinic->services[day->courses[i].service];
    if (service->minutes < shortest) shortest = service->minutes;
    *(service->telehealth ? &calls : &sits) = true;
  }
  if (!sits || !calls) return;
  bool *has = mem_new((size_t)day->n_pieces * (size_t)day->n_pieces, sizeof *has);
  for (int apart = travel; apart > 0; apart -= 2 * (shortest / slot) - 1)
    add_travel_rows(ilp, day, apart * slot, has);
  free(has);
}

static void rows(struct ilp *ilp) {
  const struct ilp_model *model = ilp->model;
  for (int d = 0; d < model->n_days; d++) {
    add_patient_breaks(ilp, &model->days[d]);
    add_travel(ilp, &model->days[d]);
  }
  for (int t = 0; t < ilp->clinic->n_therapists; t++) {
    struct ilp_span *spans = ilp_spans(ilp, &model->duties[t], false);
    for (int from = 0, to; from < model->duties[t].n; from = to) {
      int day = day_of(spans[from].start_min);
      for (to = from; to < model->duties[t].n && day_of(spans[to].start_min) == day; to++) continue;
      add_therapist_breaks(ilp, t, spans + from, to - from);
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
