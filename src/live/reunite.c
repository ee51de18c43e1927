/* Patients stay with those who led them, and therapists in the rooms they had. Where sessions of a
 * service run side by side, the search does not care who is in which; people do. */
#include <stdlib.h>

#include "iopsched/verify.h"
#include "repair_parts.h"

enum { MOST_EXCHANGES = 400 };

struct reunion {
  const struct clinic *clinic;
  const struct schedule *was;
  struct schedule *now;
  int exchanges_left;
};

static bool same_time(const struct session *a, const struct session *b) {
  return a->service == b->service && a->start_min == b->start_min;
}

/* The session of before in which the patient was at that time, or NULL. */
static const struct session *home_of(const struct reunion *reunion, int patient,
                                     const struct session *session) {
  for (int s = 0; s < reunion->was->n_sessions; s++) {
    const struct session *was = &reunion->was->sessions[s];
    if (same_time(was, session) && ints_contain(&was->patients, patient)) return was;
  }
  return NULL;
}

static bool same_leaders(const struct session *a, const struct session *b) {
  int n = 0;
  for (int i = 0; i < a->leaders.n; i++)
    for (int j = 0; j < b->leaders.n; j++) n += a->leaders.list[i] == b->leaders.list[j];
  return a->leaders.n == b->leaders.n && n == a->leaders.n;
}

static bool is_at_home(const struct reunion *reunion, int patient, const struct session *session) {
  const struct session *home = home_of(reunion, patient, session);
  return home && same_leaders(home, session);
}

static void replace(struct session *session, int patient, int by) {
  struct ints *patients = &session->patients;
  for (int i = 0; i < patients->n; i++)
    if (patients->list[i] == patient) patients->list[i] = by;
  ints_sort(patients->list, patients->n);
}

static void exchange(struct session *a, int of_a, struct session *b, int of_b) {
  replace(a, of_a, of_b);
  replace(b, of_b, of_a);
}

/* Exchanges the patient with somebody who has no home in `target`; true if that can be. */
static bool bring_home(struct reunion *reunion, struct session *from, int patient,
                       struct session *target) {
  for (int i = 0; i < target->patients.n && reunion->exchanges_left > 0; i++) {
    int other = target->patients.list[i];
    if (is_at_home(reunion, other, target)) continue;
    reunion->exchanges_left--;
    exchange(from, patient, target, other);
    if (verify_is_valid(reunion->clinic, reunion->now)) return true;
    exchange(from, other, target, patient);
  }
  return false;
}

static void reunite_one(struct reunion *reunion, struct session *session, int patient) {
  const struct session *home = home_of(reunion, patient, session);
  if (!home || same_leaders(home, session)) return;
  for (int s = 0; s < reunion->now->n_sessions; s++) {
    struct session *target = &reunion->now->sessions[s];
    if (target != session && same_time(target, session) && same_leaders(target, home) &&
        bring_home(reunion, session, patient, target))
      return;
  }
}

/* ---- rooms ---- */

/* The session of before with the same leaders at the same time, or NULL. */
static const struct session *same_before(const struct reunion *reunion,
                                         const struct session *session) {
  for (int s = 0; s < reunion->was->n_sessions; s++) {
    const struct session *was = &reunion->was->sessions[s];
    if (same_time(was, session) && same_leaders(was, session)) return was;
  }
  return NULL;
}

static void exchange_rooms(struct session *a, struct session *b) {
  int room = a->room;
  a->room = b->room;
  b->room = room;
}

static void return_to_room(struct reunion *reunion, struct session *session) {
  const struct session *was = same_before(reunion, session);
  if (!was || was->room == session->room || was->room == NONE) return;
  for (int s = 0; s < reunion->now->n_sessions && reunion->exchanges_left > 0; s++) {
    struct session *other = &reunion->now->sessions[s];
    if (!same_time(other, session) || other->room != was->room) continue;
    const struct session *of_other = same_before(reunion, other);
    if (of_other && of_other->room == other->room) return;
    reunion->exchanges_left--;
    exchange_rooms(session, other);
    if (!verify_is_valid(reunion->clinic, reunion->now)) exchange_rooms(session, other);
    return;
  }
}

/* ---- the whole ---- */

void reunite(const struct clinic *clinic, const struct schedule *was, struct schedule *now) {
  struct reunion reunion = {clinic, was, now, MOST_EXCHANGES};
  for (int s = 0; s < now->n_sessions; s++) {
    struct session *session = &now->sessions[s];
    /* The list changes under the loop: go over who was in it. */
    struct ints there = {mem_new((size_t)session->patients.n, sizeof(int)), session->patients.n};
    for (int i = 0; i < there.n; i++) there.list[i] = session->patients.list[i];
    for (int i = 0; i < there.n; i++) reunite_one(&reunion, session, there.list[i]);
    free(there.list);
  }
  for (int s = 0; s < now->n_sessions; s++) return_to_room(&reunion, &now->sessions[s]);
}
