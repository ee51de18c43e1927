#include "iopsched/changes.h"

#include <stdlib.h>

#include "iopsched/memory.h"

const char *const change_names[] = {
    [CHANGE_ADDED] = "added", [CHANGE_REMOVED] = "removed", [CHANGE_MOVED] = "moved"};

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

/* Somebody at a session: when, and which one it is (NONE: not known). */
struct attended {
  struct attendance_key key; /* .patient: the person, whatever they are */
  int session;
};
struct attended_list {
  struct attended *list; /* [n], by person, service, start */
  int n;
};

static const struct ints *people_of(const struct session *session, enum roster_kind people) {
  return people == ROSTER_PATIENTS ? &session->patients : &session->leaders;
}

/* The caller frees the list. */
static struct attended_list list_schedule(const struct schedule *schedule,
                                          enum roster_kind people) {
  struct attended_list all = {0};
  for (int s = 0; s < schedule->n_sessions; s++)
    all.n += people_of(&schedule->sessions[s], people)->n;
  all.list = mem_new((size_t)all.n, sizeof *all.list);
  struct attended *next = all.list;
  for (int s = 0; s < schedule->n_sessions; s++) {
    const struct session *session = &schedule->sessions[s];
    const struct ints *there = people_of(session, people);
    for (int i = 0; i < there->n; i++)
      *next++ = (struct attended){{there->list[i], session->service, session->start_min}, s};
  }
  /* The key stands first in struct attended. */
  if (all.n > 1) qsort(all.list, (size_t)all.n, sizeof *all.list, attendance_key_compare);
  return all;
}

static struct attended_list list_previous(const struct previous *previous,
                                          enum roster_kind people) {
  if (previous->schedule) return list_schedule(previous->schedule, people);
  struct attended_list all = {0};
  if (people != ROSTER_PATIENTS) return all;
  all.n = previous->n;
  all.list = mem_new((size_t)all.n, sizeof *all.list);
  for (int i = 0; i < all.n; i++) all.list[i] = (struct attended){previous->attendances[i], NONE};
  return all;
}

static bool same_pair(const struct attendance_key *a, const struct attendance_key *b) {
  return a->patient == b->patient && a->service == b->service;
}

static int start_of(const struct change *change, const struct schedule *schedule) {
  return change->session == NONE ? change->was_min : schedule->sessions[change->session].start_min;
}

static int compare_changes(const void *a, const void *b, void *schedule) {
  const struct change *x = a, *y = b;
  int order = COMPARE(x->person, y->person);
  if (order == 0) order = COMPARE(start_of(x, schedule), start_of(y, schedule));
  if (order == 0) order = COMPARE(x->service, y->service);
  return order ? order : COMPARE(x->kind, y->kind);
}

/* Turns the removed at `removed` and the added of the same person and service, both by start, into
 * pairs. The list holds first all removed of the pair, then all added: [first, middle), [middle,
 * end). Those left without a partner stay. */
static void pair_up(struct change *list, int first, int middle, int end) {
  for (int old = first, now = middle; old < middle && now < end; old++, now++) {
    list[now].kind = CHANGE_MOVED;
    list[now].was_min = list[old].was_min;
    list[now].was_session = list[old].was_session;
    list[old].person = NONE; /* taken */
  }
}

static void drop_taken(struct changes *changes) {
  int kept = 0;
  for (int i = 0; i < changes->n; i++)
    if (changes->list[i].person != NONE) changes->list[kept++] = changes->list[i];
  changes->n = kept;
}

static bool has_start(const struct attended *list, int n, int start_min) {
  for (int i = 0; i < n; i++)
    if (list[i].key.start_min == start_min) return true;
  return false;
}

/* The differences of one person and service: old[0 .. n_old) and now[0 .. n_now). */
static void compare_pair(struct changes *changes, const struct attended *old, int n_old,
                         const struct attended *now, int n_now) {
  int first = changes->n;
  for (int i = 0; i < n_old; i++)
    if (!has_start(now, n_now, old[i].key.start_min))
      changes->list[changes->n++] =
          (struct change){CHANGE_REMOVED,       old[i].key.patient, old[i].key.service,
                          old[i].key.start_min, old[i].session,     NONE};
  int middle = changes->n;
  for (int j = 0; j < n_now; j++)
    if (!has_start(old, n_old, now[j].key.start_min))
      changes->list[changes->n++] = (struct change){
          CHANGE_ADDED, now[j].key.patient, now[j].key.service, NONE, NONE, now[j].session};
  pair_up(changes->list, first, middle, changes->n);
}

void changes_init(struct changes *changes, enum roster_kind people, const struct clinic *clinic,
                  const struct schedule *schedule, const struct previous *previous) {
  struct attended_list now = list_schedule(schedule, people), old = list_previous(previous, people);
  changes->list = mem_new((size_t)now.n + (size_t)old.n, sizeof *changes->list);
  changes->n = 0;
  int i = 0, j = 0;
  while (i < old.n || j < now.n) {
    bool from_old =
        j == now.n || (i < old.n && attendance_key_compare(&old.list[i].key, &now.list[j].key) < 0);
    struct attendance_key key = from_old ? old.list[i].key : now.list[j].key;
    int first_old = i, first_now = j;
    while (i < old.n && same_pair(&old.list[i].key, &key)) i++;
    while (j < now.n && same_pair(&now.list[j].key, &key)) j++;
    if (people != ROSTER_PATIENTS || clinic->patients[key.patient].takes_part)
      compare_pair(changes, old.list + first_old, i - first_old, now.list + first_now,
                   j - first_now);
  }
  drop_taken(changes);
  if (changes->n > 1)
    qsort_r(changes->list, (size_t)changes->n, sizeof *changes->list, compare_changes,
            (void *)(uintptr_t)schedule);
  free(now.list);
  free(old.list);
}

void changes_release(struct changes *changes) {
  free(changes->list);
  *changes = (struct changes){0};
}
