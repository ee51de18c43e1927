#include "iopsched/schedule.h"

#include <stdlib.h>

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

int attendance_key_compare(const void *a, const void *b) {
  const struct attendance_key *x = a, *y = b;
  int order = COMPARE(x->patient, y->patient);
  if (order == 0) order = COMPARE(x->service, y->service);
  return order ? order : COMPARE(x->start_min, y->start_min);
}

bool previous_has(const struct previous *previous, int patient, int service, int start_min) {
  if (!previous || previous->n == 0) return false;
  struct attendance_key key = {patient, service, start_min};
  return bsearch(&key, previous->attendances, (size_t)previous->n, sizeof key,
                 attendance_key_compare) != NULL;
}

struct previous *previous_from_schedule(const struct schedule *schedule, int n_patients,
                                        int monday) {
  struct previous *previous = mem_new(1, sizeof *previous);
  int n = 0;
  for (int s = 0; s < schedule->n_sessions; s++) n += schedule->sessions[s].patients.n;
  previous->monday = monday;
  previous->schedule = schedule_copy(schedule);
  previous->was_in = arena_alloc(&previous->arena, (size_t)n_patients, sizeof(bool));
  previous->attendances = arena_alloc(&previous->arena, (size_t)n, sizeof *previous->attendances);
  for (int s = 0; s < schedule->n_sessions; s++) {
    const struct session *session = &schedule->sessions[s];
    for (int i = 0; i < session->patients.n; i++) {
      int patient = session->patients.list[i];
      previous->was_in[patient] = true;
      previous->attendances[previous->n++] =
          (struct attendance_key){patient, session->service, session->start_min};
    }
  }
  if (n > 1)
    qsort(previous->attendances, (size_t)n, sizeof *previous->attendances, attendance_key_compare);
  return previous;
}

void previous_free(struct previous *previous) {
  if (!previous) return;
  schedule_free(previous->schedule);
  arena_free(&previous->arena);
  free(previous);
}

static int first_of(const struct ints *ints) {
  return ints->n > 0 ? ints->list[0] : NONE;
}

static int compare_sessions(const void *a, const void *b) {
  const struct session *x = a, *y = b;
  int order = COMPARE(x->start_min, y->start_min);
  if (order == 0) order = COMPARE(x->service, y->service);
  if (order == 0) order = COMPARE(x->room, y->room);
  if (order == 0) order = COMPARE(first_of(&x->leaders), first_of(&y->leaders));
  return order ? order : COMPARE(first_of(&x->patients), first_of(&y->patients));
}

void schedule_sort(struct schedule *schedule) {
  for (int i = 0; i < schedule->n_sessions; i++) {
    struct ints *patients = &schedule->sessions[i].patients;
    ints_sort(patients->list, patients->n);
  }
  if (schedule->n_sessions > 1)
    qsort(schedule->sessions, (size_t)schedule->n_sessions, sizeof *schedule->sessions,
          compare_sessions);
}

void schedule_name_sessions(const struct clinic *clinic, struct schedule *schedule) {
  for (int i = 0; i < schedule->n_sessions; i++) {
    struct session *session = &schedule->sessions[i];
    int leader = first_of(&session->leaders);
    const char *place = session->room != NONE ? clinic->rooms[session->room].id
                        : leader != NONE      ? clinic->therapists[leader].id
                                              : "none";
    int minute = session->start_min % DAY_MIN;
    session->id =
        arena_printf(&schedule->arena, "%s-%s-%02d%02d-%s", clinic->services[session->service].id,
                     day_names[day_of(session->start_min)], minute / 60, minute % 60, place);
  }
}

static struct ints copy_ints(struct arena *arena, const struct ints *from) {
  return (struct ints){arena_copy(arena, from->list, (size_t)from->n, sizeof *from->list), from->n};
}

struct schedule *schedule_copy(const struct schedule *schedule) {
  struct schedule *copy = mem_new(1, sizeof *copy);
  copy->n_sessions = schedule->n_sessions;
  copy->sessions = arena_copy(&copy->arena, schedule->sessions, (size_t)schedule->n_sessions,
                              sizeof *copy->sessions);
  for (int i = 0; i < copy->n_sessions; i++) {
    struct session *session = &copy->sessions[i];
    if (session->id) session->id = arena_strdup(&copy->arena, session->id);
    session->leaders = copy_ints(&copy->arena, &session->leaders);
    session->patients = copy_ints(&copy->arena, &session->patients);
  }
  return copy;
}

void schedule_free(struct schedule *schedule) {
  if (!schedule) return;
  arena_free(&schedule->arena);
  free(schedule);
}

static bool has_all(const struct ints *list, const struct ints *named) {
  for (int i = 0; i < named->n; i++)
    if (!ints_contain_unsorted(list, named->list[i])) return false;
  return true;
}

bool session_carries_out(const struct session *session, const struct fixed_session *fixed) {
  return session->service == fixed->service && session->start_min == fixed->start_min &&
         (fixed->room == NONE || fixed->room == session->room) &&
         has_all(&session->leaders, &fixed->therapists) &&
         has_all(&session->patients, &fixed->patients);
}
