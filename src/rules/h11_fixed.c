/* H11: what is decided already takes place.
 *
 *   there is a one-to-one map from the fixed sessions into the sessions with, for f -> s:
 *     service_s = service_f, start_s = start_f, room_s = room_f where one is named,
 *     therapists_f within leaders_s, patients_f within patients_s
 *
 * Parallel fixed sessions of one service and start make a map necessary.
 *
 * In the integer program the fixed sessions F of an offering ask for n[o] >= |F|, and
 *
 *   where they name nothing that must meet in one session:   x, room, leads >= 1 for what is named
 *   in parallel groups told apart, with carries[f, place] (f is carried out there), binary:
 *     sum over places of carries = 1,  sum over f of carries <= open,
 *     in[p], sum over g of runs[g, t] >= carries[f] for what f names
 *   in individual sessions the patient is the place: pairings[p, t] >= 1; where f names leaders but
 *   no patient, carries[f, p] as above with x and pairings.
 *
 * A place of a room that another fixed session names is not for f. A telehealth place is as good as
 * any other, so the i-th fixed session has the i-th. The rooms of individual sessions can be dealt
 * to them at will. */
#include <stdlib.h>

#include "iopsched/ilp_model.h"
#include "iopsched/matching.h"
#include "iopsched/text.h"
#include "judge.h"
#include "modules.h"

struct keyed_session {
  int start_min, service, session;
};

/* Fixed sessions [n] and sessions [n] of one service and start. */
struct group {
  const struct clinic *clinic;
  const struct schedule *schedule;
  const struct fixed_session *fixed;
  const struct keyed_session *sessions;
};

static int compare_places(const void *a, const void *b) {
  const struct keyed_session *x = a, *y = b;
  if (x->start_min != y->start_min) return x->start_min < y->start_min ? -1 : 1;
  return (x->service > y->service) - (x->service < y->service);
}

static int compare_keyed(const void *a, const void *b) {
  const struct keyed_session *x = a, *y = b;
  int order = compare_places(a, b);
  return order ? order : (x->session > y->session) - (x->session < y->session);
}

static bool carries_out(const void *data, int fixed_index, int session_index) {
  const struct group *group = data;
  int session = group->sessions[session_index].session;
  return session_carries_out(&group->schedule->sessions[session], &group->fixed[fixed_index]);
}

/* "service 'REL' on Mon at 09:00 with therapist 'T1', room 'G1', patients 'P1', 'P2'" */
static void add_missing(const struct judge *judge, const struct fixed_session *fixed) {
  const struct clinic *clinic = judge->clinic;
  struct session at = {.start_min = fixed->start_min};
  struct text named = {0};
  for (int i = 0; i < fixed->therapists.n; i++)
    text_printf(&named, ", therapist '%s'", clinic->therapists[fixed->therapists.list[i]].id);
  if (fixed->room != NONE) text_printf(&named, ", room '%s'", clinic->rooms[fixed->room].id);
  for (int i = 0; i < fixed->patients.n; i++)
    text_printf(&named, ", patient '%s'", clinic->patients[fixed->patients.list[i]].id);
  struct breach *breach =
      judge_add(judge, "fixed.csv:%d: service '%s' on %s at %s%s%s is not in the schedule",
                fixed->lines.n > 0 ? fixed->lines.list[0] : 0, clinic->services[fixed->service].id,
                day_names[session_day(&at)], clock_words(judge, fixed->start_min),
                named.length > 0 ? " with " : "", named.length > 0 ? named.data + 2 : "");
  breach->service = fixed->service;
  breach->mendable = true;
  text_free(&named);
}

static void check_group(const struct judge *judge, const struct group *group, int n_fixed,
                        int n_sessions) {
  int *session_of = mem_new((size_t)n_fixed, sizeof *session_of);
  struct matching matching = {n_fixed, n_sessions, carries_out, group};
  matching_solve(&matching, session_of);
  for (int f = 0; f < n_fixed; f++)
    if (session_of[f] < 0) add_missing(judge, &group->fixed[f]);
  free(session_of);
}

/* The sessions of the place of `fixed`: where they begin in the sorted list, and how many. */
static const struct keyed_session *find_place(const struct keyed_session *keyed, int n,
                                              const struct fixed_session *fixed, int *n_found) {
  struct keyed_session key = {fixed->start_min, fixed->service, 0};
  int low = 0, high = n;
  while (low < high) {
    int middle = low + (high - low) / 2;
    if (compare_places(&keyed[middle], &key) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  for (*n_found = 0; low + *n_found < n; ++*n_found)
    if (compare_places(&keyed[low + *n_found], &key) != 0) break;
  return keyed + low;
}

static struct keyed_session *by_place(const struct schedule *schedule) {
  struct keyed_session *keyed = mem_new((size_t)schedule->n_sessions, sizeof *keyed);
  for (int s = 0; s < schedule->n_sessions; s++)
    keyed[s] =
        (struct keyed_session){schedule->sessions[s].start_min, schedule->sessions[s].service, s};
  if (schedule->n_sessions > 1)
    qsort(keyed, (size_t)schedule->n_sessions, sizeof *keyed, compare_keyed);
  return keyed;
}

static void check(const struct clinic *clinic, const struct schedule *schedule,
                  struct breaches *breaches) {
  struct judge judge = {"H11", clinic, schedule, breaches};
  struct keyed_session *keyed = by_place(schedule);
  for (int from = 0, to; from < clinic->n_fixed; from = to) {
    const struct fixed_session *first = &clinic->fixed[from];
    for (to = from; to < clinic->n_fixed; to++)
      if (clinic->fixed[to].start_min != first->start_min ||
          clinic->fixed[to].service != first->service)
        break;
    int n_sessions;
    struct group group = {clinic, schedule, first,
                          find_place(keyed, schedule->n_sessions, first, &n_sessions)};
    check_group(&judge, &group, to - from, n_sessions);
  }
  free(keyed);
}

/* An offering and the fixed sessions that ask for it. */
struct wanted {
  const struct ilp_offering *offering;
  const struct fixed_session *fixed; /* [n] */
  int n;
  const char *label, *time; /* for names */
};

static void want_patient(struct ilp *ilp, const struct wanted *wanted, int f, int patient) {
  int column = ilp_attendance(wanted->offering, patient);
  ilp_row(ilp, "H11.x(%s,%s,%s,%d)", ilp->model->labels.patients[patient], wanted->label,
          wanted->time, f + 1);
  if (column != NONE) ilp_add(ilp, column, 1);
  ilp_at_least(ilp, 1);
}

static void want_therapist(struct ilp *ilp, const struct wanted *wanted, int f, int therapist) {
  ilp_row(ilp, "H11.leads(%s,%s,%s,%d)", ilp->model->labels.therapists[therapist], wanted->label,
          wanted->time, f + 1);
  for (int i = 0; i < wanted->offering->n_leads; i++)
    if (wanted->offering->leads[i].therapist == therapist)
      ilp_add(ilp, wanted->offering->leads[i].column, 1);
  ilp_at_least(ilp, 1);
}

static void want_room(struct ilp *ilp, const struct wanted *wanted, int f) {
  int room = wanted->fixed[f].room;
  if (room == NONE) return;
  ilp_row(ilp, "H11.room(%s,%s,%d)", wanted->label, wanted->time, f + 1);
  for (int i = 0; i < wanted->offering->n_rooms; i++)
    if (wanted->offering->rooms[i].room_class == ilp->model->class_of_room[room])
      ilp_add(ilp, wanted->offering->rooms[i].column, 1);
  ilp_at_least(ilp, 1);
}

/* Each thing named by itself. */
static void want_apart(struct ilp *ilp, const struct wanted *wanted, int f) {
  const struct fixed_session *fixed = &wanted->fixed[f];
  for (int i = 0; i < fixed->patients.n; i++) want_patient(ilp, wanted, f, fixed->patients.list[i]);
  for (int i = 0; i < fixed->therapists.n; i++)
    want_therapist(ilp, wanted, f, fixed->therapists.list[i]);
  want_room(ilp, wanted, f);
}

/* True if the place may carry out the fixed session. */
static bool place_suits(const struct ilp *ilp, const struct wanted *wanted, int f, int place) {
  const struct ilp_place *it = &wanted->offering->places[place];
  const int *class_of = ilp->model->class_of_room;
  if (it->room_class == NONE) return place == f;
  if (wanted->fixed[f].room != NONE) return class_of[wanted->fixed[f].room] == it->room_class;
  for (int i = 0; i < wanted->n; i++)
    if (wanted->fixed[i].room != NONE && class_of[wanted->fixed[i].room] == it->room_class)
      return false;
  return true;
}

static void carry_out_there(struct ilp *ilp, const struct wanted *wanted, int f,
                            const struct ilp_place *place, int carries) {
  const struct fixed_session *fixed = &wanted->fixed[f];
  const struct ilp_labels *labels = &ilp->model->labels;
  for (int i = 0; i < fixed->patients.n; i++) {
    int in = ilp_named_column(place, fixed->patients.list[i]);
    ilp_row(ilp, "H11.in(%s,%s,%s,%s,%d)", labels->patients[fixed->patients.list[i]], wanted->label,
            wanted->time, place->label, f + 1);
    if (in != NONE) ilp_add(ilp, in, 1);
    ilp_add(ilp, carries, -1);
    ilp_at_least(ilp, 0);
  }
  for (int i = 0; i < fixed->therapists.n; i++) {
    ilp_row(ilp, "H11.runs(%s,%s,%s,%s,%d)", labels->therapists[fixed->therapists.list[i]],
            wanted->label, wanted->time, place->label, f + 1);
    for (int k = 0; k < place->n_leads; k++)
      if (place->leads[k].therapist == fixed->therapists.list[i])
        ilp_add(ilp, place->leads[k].column, 1);
    ilp_add(ilp, carries, -1);
    ilp_at_least(ilp, 0);
  }
}

/* sum over its choices of carries[f] = 1; f_carries: [n_choices], NONE where it has not that one.
 */
static void choose_one(struct ilp *ilp, const struct wanted *wanted, int f, const int *f_carries,
                       int n_choices) {
  ilp_row(ilp, "H11(%s,%s,%d)", wanted->label, wanted->time, f + 1);
  for (int i = 0; i < n_choices; i++)
    if (f_carries[i] != NONE) ilp_add(ilp, f_carries[i], 1);
  ilp_equal(ilp, 1);
}

/* sum over f of carries[f, choice] <= column_of[choice]; carries: [n * n_choices]. */
static void choose_apart(struct ilp *ilp, const struct wanted *wanted, const int *carries,
                         const int *column_of, int n_choices) {
  for (int i = 0; i < n_choices; i++) {
    ilp_row(ilp, "H11.one(%s,%s,%d)", wanted->label, wanted->time, i + 1);
    for (int f = 0; f < wanted->n; f++)
      if (carries[f * n_choices + i] != NONE) ilp_add(ilp, carries[f * n_choices + i], 1);
    ilp_add(ilp, column_of[i], -1);
    ilp_at_most(ilp, 0);
  }
}

static void want_places(struct ilp *ilp, const struct wanted *wanted) {
  int n_places = wanted->offering->n_places;
  int *carries = mem_new((size_t)wanted->n * (size_t)n_places, sizeof *carries);
  int *open = mem_new((size_t)n_places, sizeof *open);
  for (int k = 0; k < n_places; k++) open[k] = wanted->offering->places[k].open;
  for (int f = 0; f < wanted->n; f++)
    for (int k = 0; k < n_places; k++) {
      int *column = &carries[f * n_places + k];
      *column = NONE;
      if (!place_suits(ilp, wanted, f, k)) continue;
      *column = ilp_column(ilp, 0, 1, true, "carries(%d,%s,%s,%s)", f + 1, wanted->label,
                           wanted->time, wanted->offering->places[k].label);
      carry_out_there(ilp, wanted, f, &wanted->offering->places[k], *column);
    }
  for (int f = 0; f < wanted->n; f++)
    choose_one(ilp, wanted, f, carries + (ptrdiff_t)f * n_places, n_places);
  choose_apart(ilp, wanted, carries, open, n_places);
  free(carries);
  free(open);
}

/* Therapist leads the seat's own session: at least `carries`, or at least 1 where that is NONE. */
static void want_pairing(struct ilp *ilp, const struct wanted *wanted, int f, int patient,
                         int therapist, int carries) {
  const struct ilp_offering *offering = wanted->offering;
  ilp_row(ilp, "H11.sees(%s,%s,%s,%s,%d)", ilp->model->labels.therapists[therapist],
          ilp->model->labels.patients[patient], wanted->label, wanted->time, f + 1);
  for (int i = 0; i < offering->n_pairings; i++)
    if (offering->pairings[i].patient == patient && offering->pairings[i].therapist == therapist)
      ilp_add(ilp, offering->pairings[i].column, 1);
  if (carries != NONE) ilp_add(ilp, carries, -1);
  ilp_at_least(ilp, carries == NONE);
}

static bool named_by_any(const struct wanted *wanted, int patient) {
  for (int f = 0; f < wanted->n; f++)
    if (ints_contain(&wanted->fixed[f].patients, patient)) return true;
  return false;
}

/* A fixed session that names leaders but no patient may be that of any who is not named. */
static void want_someone(struct ilp *ilp, const struct wanted *wanted, int f, int *carries) {
  const struct ilp_offering *offering = wanted->offering;
  const struct ints *therapists = &wanted->fixed[f].therapists;
  for (int i = 0; i < offering->n_seats; i++) {
    int patient = offering->seats[i].patient;
    if (named_by_any(wanted, patient)) continue;
    carries[i] = ilp_column(ilp, 0, 1, true, "carries(%d,%s,%s,%s)", f + 1, wanted->label,
                            wanted->time, ilp->model->labels.patients[patient]);
    for (int k = 0; k < therapists->n; k++)
      want_pairing(ilp, wanted, f, patient, therapists->list[k], carries[i]);
  }
  choose_one(ilp, wanted, f, carries, offering->n_seats);
}

static void want_own_sessions(struct ilp *ilp, const struct wanted *wanted) {
  const struct ilp_offering *offering = wanted->offering;
  size_t n_seats = (size_t)offering->n_seats;
  int *carries = mem_new((size_t)wanted->n * n_seats, sizeof *carries);
  int *attends = mem_new(n_seats, sizeof *attends);
  for (size_t i = 0; i < (size_t)wanted->n * n_seats; i++) carries[i] = NONE;
  for (size_t i = 0; i < n_seats; i++) attends[i] = offering->seats[i].column;
  for (int f = 0; f < wanted->n; f++) {
    const struct fixed_session *fixed = &wanted->fixed[f];
    if (ilp_fixed_is_loose(ilp, offering, fixed)) {
      want_room(ilp, wanted, f);
      want_someone(ilp, wanted, f, carries + (size_t)f * n_seats);
      continue;
    }
    want_apart(ilp, wanted, f);
    for (int i = 0; i < fixed->patients.n; i++)
      for (int k = 0; k < fixed->therapists.n; k++)
        want_pairing(ilp, wanted, f, fixed->patients.list[i], fixed->therapists.list[k], NONE);
  }
  choose_apart(ilp, wanted, carries, attends, offering->n_seats);
  free(carries);
  free(attends);
}

static bool name_the_same(const struct fixed_session *a, const struct fixed_session *b) {
  bool same = a->room != NONE && a->room == b->room;
  for (int i = 0; i < a->therapists.n; i++)
    same |= ints_contain(&b->therapists, a->therapists.list[i]);
  for (int i = 0; i < a->patients.n; i++) same |= ints_contain(&b->patients, a->patients.list[i]);
  return same;
}

/* Nobody, and no room, is in two sessions at once. */
static void refuse_twice(struct ilp *ilp, const struct wanted *wanted) {
  for (int f = 0; f < wanted->n; f++)
    for (int other = 0; other < f; other++)
      if (name_the_same(&wanted->fixed[f], &wanted->fixed[other]))
        ilp_impossible(ilp, "H11.twice(%s,%s,%d,%d)", wanted->label, wanted->time, other + 1,
                       f + 1);
}

static void want(struct ilp *ilp, const struct wanted *wanted) {
  refuse_twice(ilp, wanted);
  ilp_row(ilp, "H11.n(%s,%s)", wanted->label, wanted->time);
  ilp_add(ilp, wanted->offering->sessions, 1);
  ilp_at_least(ilp, wanted->n);
  if (ilp_service(ilp, wanted->offering)->format != FORMAT_GROUP)
    want_own_sessions(ilp, wanted);
  else if (wanted->offering->n_places > 0)
    want_places(ilp, wanted);
  else
    for (int f = 0; f < wanted->n; f++) want_apart(ilp, wanted, f);
}

static void rows(struct ilp *ilp) {
  const struct clinic *clinic = ilp->clinic;
  for (int next = 0; next < clinic->n_fixed;) {
    int service = clinic->fixed[next].service, start = clinic->fixed[next].start_min, first;
    int n = ilp_fixed(ilp, service, start, &first);
    struct wanted wanted = {ilp_find_offering(ilp, service, start), &clinic->fixed[first], n,
                            ilp->model->labels.services[service], ilp_time(ilp, start)};
    next = first + n;
    if (wanted.offering)
      want(ilp, &wanted);
    else
      ilp_impossible(ilp, "H11(%s,%s)", wanted.label, wanted.time);
  }
}

const struct rule h11_fixed = {
    .id = "H11",
    .title = "decided already",
    .check = check,
    .rows = rows,
};
