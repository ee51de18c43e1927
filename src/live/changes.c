#include "iopsched/changes.h"

#include <stdlib.h>

#include "iopsched/memory.h"

const char *const change_names[] = {
    [CHANGE_ADDED] = "added", [CHANGE_REMOVED] = "removed", [CHANGE_MOVED] = "moved"};

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

/* An attendance of the schedule: the earlier plan's key, and where it is. */
struct attended {
  struct attendance_key key;
  int session;
};

static int compare_keys(const void *a, const void *b) {
  const struct attendance_key *x = a, *y = b;
  int order = COMPARE(x->patient, y->patient);
  if (order == 0) order = COMPARE(x->service, y->service);
  return order ? order : COMPARE(x->start_min, y->start_min);
}

/* Every attendance of the schedule, by patient, service, start; the caller frees. */
static struct attended *attendances_of(const struct schedule *schedule, int *n) {
  *n = 0;
  for (int s = 0; s < schedule->n_sessions; s++) *n += schedule->sessions[s].patients.n;
  struct attended *list = mem_new((size_t)*n, sizeof *list);
  struct attended *next = list;
  for (int s = 0; s < schedule->n_sessions; s++) {
    const struct session *session = &schedule->sessions[s];
    for (int i = 0; i < session->patients.n; i++)
      *next++ =
          (struct attended){{session->patients.list[i], session->service, session->start_min}, s};
  }
  /* The key stands first in struct attended. */
  if (*n > 1) qsort(list, (size_t)*n, sizeof *list, compare_keys);
  return list;
}

static bool same_pair(const struct attendance_key *a, const struct attendance_key *b) {
  return a->patient == b->patient && a->service == b->service;
}

static int start_of(const struct change *change, const struct schedule *schedule) {
  return change->session == NONE ? change->was_min : schedule->sessions[change->session].start_min;
}

static int compare_changes(const void *a, const void *b, void *schedule) {
  const struct change *x = a, *y = b;
  int order = COMPARE(x->patient, y->patient);
  if (order == 0) order = COMPARE(start_of(x, schedule), start_of(y, schedule));
  if (order == 0) order = COMPARE(x->service, y->service);
  return order ? order : COMPARE(x->kind, y->kind);
}

/* Turns the removed at `removed` and the added of the same patient and service, both by start, into
 * pairs. The list holds first all removed of the pair, then all added: [first, middle), [middle,
 * end). Those left without a partner stay. */
static void pair_up(struct change *list, int first, int middle, int end) {
  for (; first < middle && middle < end; first++, middle++) {
    list[middle].kind = CHANGE_MOVED;
    list[middle].was_min = list[first].was_min;
    list[first].patient = NONE; /* taken */
  }
}

static void drop_taken(struct changes *changes) {
  int kept = 0;
  for (int i = 0; i < changes->n; i++)
    if (changes->list[i].patient != NONE) changes->list[kept++] = changes->list[i];
  changes->n = kept;
}

/* The differences of one patient and service: old[0 .. n_old) and now[0 .. n_now). */
static void compare_pair(struct changes *changes, const struct attendance_key *old, int n_old,
                         const struct attended *now, int n_now) {
  int first = changes->n;
  for (int i = 0; i < n_old; i++) {
    bool stays = false;
    for (int j = 0; j < n_now; j++) stays |= now[j].key.start_min == old[i].start_min;
    if (!stays)
      changes->list[changes->n++] =
          (struct change){CHANGE_REMOVED, old[i].patient, old[i].service, old[i].start_min, NONE};
  }
  int middle = changes->n;
  for (int j = 0; j < n_now; j++) {
    bool was = false;
    for (int i = 0; i < n_old; i++) was |= now[j].key.start_min == old[i].start_min;
    if (!was)
      changes->list[changes->n++] = (struct change){CHANGE_ADDED, now[j].key.patient,
                                                    now[j].key.service, NONE, now[j].session};
  }
  pair_up(changes->list, first, middle, changes->n);
}

void changes_init(struct changes *changes, const struct clinic *clinic,
                  const struct schedule *schedule, const struct previous *previous) {
  int n_now;
  struct attended *now = attendances_of(schedule, &n_now);
  changes->list = mem_new((size_t)n_now + (size_t)previous->n, sizeof *changes->list);
  changes->n = 0;
  const struct attendance_key *old = previous->attendances;
  int i = 0, j = 0;
  while (i < previous->n || j < n_now) {
    bool from_old = j == n_now || (i < previous->n && compare_keys(&old[i], &now[j].key) < 0);
    struct attendance_key key = from_old ? old[i] : now[j].key;
    int first_old = i, first_now = j;
    while (i < previous->n && same_pair(&old[i], &key)) i++;
    while (j < n_now && same_pair(&now[j].key, &key)) j++;
    if (clinic->patients[key.patient].takes_part)
      compare_pair(changes, old + first_old, i - first_old, now + first_now, j - first_now);
  }
  drop_taken(changes);
  if (changes->n > 1)
    qsort_r(changes->list, (size_t)changes->n, sizeof *changes->list, compare_changes,
            (void *)(uintptr_t)schedule);
  free(now);
}

void changes_release(struct changes *changes) {
  free(changes->list);
  *changes = (struct changes){0};
}
