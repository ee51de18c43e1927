/* H11: what is decided already takes place.
 *
 *   there is a one-to-one map from the fixed sessions into the sessions with, for f -> s:
 *     service_s = service_f, start_s = start_f, room_s = room_f where one is named,
 *     therapists_f within leaders_s, patients_f within patients_s
 *
 * Parallel fixed sessions of one service and start make a map necessary. */
#include <stdlib.h>

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

static bool list_has(const struct ints *any_order, int value) {
  for (int i = 0; i < any_order->n; i++)
    if (any_order->list[i] == value) return true;
  return false;
}

static bool list_has_all(const struct ints *any_order, const struct ints *named) {
  for (int i = 0; i < named->n; i++)
    if (!list_has(any_order, named->list[i])) return false;
  return true;
}

static bool carries_out(const void *data, int fixed_index, int session_index) {
  const struct group *group = data;
  const struct fixed_session *fixed = &group->fixed[fixed_index];
  const struct session *session =
      &group->schedule->sessions[group->sessions[session_index].session];
  return (fixed->room == NONE || fixed->room == session->room) &&
         list_has_all(&session->leaders, &fixed->therapists) &&
         list_has_all(&session->patients, &fixed->patients);
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

const struct rule h11_fixed = {
    .id = "H11",
    .title = "decided already",
    .check = check,
};
