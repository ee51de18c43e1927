#include "iopsched/difference.h"

#include <stdlib.h>

const char *const session_change_names[] = {[SESSION_ADDED] = "added",
                                            [SESSION_REMOVED] = "removed",
                                            [SESSION_MOVED] = "moved",
                                            [SESSION_CHANGED] = "changed"};

/* Which session of the other plan a session is: [n_sessions] of each plan, or NONE. */
struct pairing {
  const struct difference *difference;
  int *partner[2];
};

/* ---- pairs ---- */

static int n_common(const struct ints *a, const struct ints *b) {
  int n = 0;
  for (int i = 0; i < a->n; i++) n += ints_contain(b, a->list[i]);
  return n;
}

/* How much two sessions at one time are the same: place first, then who comes. */
static int likeness(const struct session *was, const struct session *now) {
  bool same_place = was->room != NONE
                        ? was->room == now->room
                        : now->room == NONE && ints_equal(&was->leaders, &now->leaders);
  return (same_place ? 100000 : 0) + n_common(&was->patients, &now->patients);
}

static void pair(const struct pairing *pairing, int was, int now) {
  pairing->partner[0][was] = now;
  pairing->partner[1][now] = was;
}

/* Pairs sessions of one service and start, those most alike first. */
static void pair_at_same_time(const struct pairing *pairing, int was) {
  const struct schedule *const *plans = pairing->difference->plans;
  const struct session *session = &plans[0]->sessions[was];
  int best = NONE, most = -1;
  for (int now = 0; now < plans[1]->n_sessions; now++) {
    const struct session *other = &plans[1]->sessions[now];
    if (other->start_min > session->start_min) break; /* by start */
    if (other->start_min < session->start_min || other->service != session->service) continue;
    if (pairing->partner[1][now] != NONE) continue;
    int alike = likeness(session, other);
    if (alike <= most) continue;
    most = alike;
    best = now;
  }
  if (best != NONE) pair(pairing, was, best);
}

/* First those of the same place, so that a parallel session does not take them. */
static bool has_place_of(const struct pairing *pairing, int was) {
  const struct schedule *const *plans = pairing->difference->plans;
  const struct session *session = &plans[0]->sessions[was];
  for (int now = 0; now < plans[1]->n_sessions; now++) {
    const struct session *other = &plans[1]->sessions[now];
    if (other->start_min == session->start_min && other->service == session->service &&
        likeness(session, other) >= 100000)
      return true;
  }
  return false;
}

static void pair_moved(const struct pairing *pairing) {
  const struct schedule *const *plans = pairing->difference->plans;
  for (int was = 0; was < plans[0]->n_sessions; was++)
    for (int now = 0; pairing->partner[0][was] == NONE && now < plans[1]->n_sessions; now++)
      if (pairing->partner[1][now] == NONE &&
          plans[0]->sessions[was].service == plans[1]->sessions[now].service)
        pair(pairing, was, now);
}

static void pair_all(const struct pairing *pairing) {
  int n = pairing->difference->plans[0]->n_sessions;
  for (int was = 0; was < n; was++)
    if (has_place_of(pairing, was)) pair_at_same_time(pairing, was);
  for (int was = 0; was < n; was++)
    if (pairing->partner[0][was] == NONE) pair_at_same_time(pairing, was);
  pair_moved(pairing);
}

/* ---- changes of sessions ---- */

/* Those of `a` who are not in `b` (NULL: nobody is). */
static struct ints without(struct arena *arena, const struct session *a, const struct session *b) {
  struct ints left = {arena_alloc(arena, a ? (size_t)a->patients.n : 0, sizeof(int)), 0};
  for (int i = 0; a && i < a->patients.n; i++)
    if (!b || !ints_contain(&b->patients, a->patients.list[i]))
      left.list[left.n++] = a->patients.list[i];
  return left;
}

static void add_session(struct difference *difference, int was, int now) {
  const struct session *a = was == NONE ? NULL : &difference->plans[0]->sessions[was];
  const struct session *b = now == NONE ? NULL : &difference->plans[1]->sessions[now];
  struct session_change change = {SESSION_CHANGED, was, now, without(&difference->arena, b, a),
                                  without(&difference->arena, a, b)};
  if (!a) change.kind = SESSION_ADDED;
  if (!b) change.kind = SESSION_REMOVED;
  if (a && b && a->start_min != b->start_min) change.kind = SESSION_MOVED;
  if (change.kind == SESSION_CHANGED && a->room == b->room &&
      ints_equal(&a->leaders, &b->leaders) && change.gained.n + change.lost.n == 0)
    return;
  difference->sessions[difference->n_sessions++] = change;
}

static const struct session *shown(const struct difference *difference,
                                   const struct session_change *change) {
  return change->now != NONE ? &difference->plans[1]->sessions[change->now]
                             : &difference->plans[0]->sessions[change->was];
}

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

static int compare_changes(const void *a, const void *b, void *data) {
  const struct difference *difference = data;
  const struct session_change *x = a, *y = b;
  const struct session *s = shown(difference, x), *t = shown(difference, y);
  int order = COMPARE(s->start_min, t->start_min);
  if (order == 0) order = COMPARE(s->service, t->service);
  if (order == 0) order = COMPARE(x->now, y->now);
  return order ? order : COMPARE(x->was, y->was);
}

static void compare_sessions(struct difference *difference) {
  struct pairing pairing = {.difference = difference};
  for (int i = 0; i < 2; i++) {
    size_t n = (size_t)difference->plans[i]->n_sessions;
    pairing.partner[i] = mem_new(n, sizeof *pairing.partner[i]);
    for (size_t s = 0; s < n; s++) pairing.partner[i][s] = NONE;
  }
  pair_all(&pairing);
  size_t most = (size_t)difference->plans[0]->n_sessions + (size_t)difference->plans[1]->n_sessions;
  difference->sessions = arena_alloc(&difference->arena, most, sizeof *difference->sessions);
  for (int was = 0; was < difference->plans[0]->n_sessions; was++)
    add_session(difference, was, pairing.partner[0][was]);
  for (int now = 0; now < difference->plans[1]->n_sessions; now++)
    if (pairing.partner[1][now] == NONE) add_session(difference, NONE, now);
  if (difference->n_sessions > 1)
    qsort_r(difference->sessions, (size_t)difference->n_sessions, sizeof *difference->sessions,
            compare_changes, difference);
  for (int i = 0; i < 2; i++) free(pairing.partner[i]);
}

/* ---- the whole ---- */

void difference_init(struct difference *difference) {
  const struct clinic *clinic = difference->clinic;
  difference->before =
      (struct previous){.monday = difference->mondays[0],
                        .schedule = (struct schedule *)(uintptr_t)difference->plans[0]};
  changes_init(&difference->patients, ROSTER_PATIENTS, clinic, difference->plans[1],
               &difference->before);
  changes_init(&difference->therapists, ROSTER_THERAPISTS, clinic, difference->plans[1],
               &difference->before);
  compare_sessions(difference);
}

bool difference_is_none(const struct difference *difference) {
  const struct summary_costs *was = &difference->costs[0], *now = &difference->costs[1];
  if (difference->n_sessions + difference->patients.n + difference->therapists.n > 0) return false;
  if (difference->mondays[0] != difference->mondays[1]) return false;
  if (!was->known || !now->known) return was->known == now->known;
  for (int t = 0; t < N_TERMS; t++)
    if (was->term[t] != now->term[t]) return false;
  return was->total == now->total;
}

void difference_release(struct difference *difference) {
  changes_release(&difference->patients);
  changes_release(&difference->therapists);
  arena_free(&difference->arena);
}
