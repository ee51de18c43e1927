#include "iopsched/roster.h"

#include <stdlib.h>

struct timed {
  int start_min, session;
};

static int compare_timed(const void *a, const void *b) {
  const struct timed *x = a, *y = b;
  if (x->start_min != y->start_min) return x->start_min < y->start_min ? -1 : 1;
  return (x->session > y->session) - (x->session < y->session);
}

/* Indices of all sessions by start; [n_sessions], the caller frees. */
static struct timed *by_time(const struct schedule *schedule) {
  struct timed *order = mem_new((size_t)schedule->n_sessions, sizeof *order);
  for (int s = 0; s < schedule->n_sessions; s++)
    order[s] = (struct timed){schedule->sessions[s].start_min, s};
  if (schedule->n_sessions > 1)
    qsort(order, (size_t)schedule->n_sessions, sizeof *order, compare_timed);
  return order;
}

/* Those of one kind whom the session lists; *room holds the room where that is what is asked. */
static struct ints listed(enum roster_kind kind, const struct session *session, int *room) {
  if (kind == ROSTER_PATIENTS) return session->patients;
  if (kind == ROSTER_THERAPISTS) return session->leaders;
  *room = session->room;
  return (struct ints){room, session->room == NONE ? 0 : 1};
}

static int number_of(enum roster_kind kind, const struct clinic *clinic) {
  return kind == ROSTER_PATIENTS     ? clinic->n_patients
         : kind == ROSTER_THERAPISTS ? clinic->n_therapists
                                     : clinic->n_rooms;
}

/* Gives each list its place in the pool, large enough for all that is listed. */
static void lay_out(struct roster *roster, enum roster_kind kind, const struct schedule *schedule) {
  int *n_listed = mem_new((size_t)roster->n, sizeof *n_listed);
  size_t total = 0;
  int room;
  for (int s = 0; s < schedule->n_sessions; s++) {
    struct ints all = listed(kind, &schedule->sessions[s], &room);
    for (int i = 0; i < all.n; i++) n_listed[all.list[i]]++;
    total += (size_t)all.n;
  }
  roster->pool = mem_new(total, sizeof *roster->pool);
  int *next = roster->pool;
  for (int i = 0; i < roster->n; i++) {
    roster->of[i].list = next;
    next += n_listed[i];
  }
  free(n_listed);
}

void roster_init(struct roster *roster, enum roster_kind kind, const struct clinic *clinic,
                 const struct schedule *schedule) {
  roster->n = number_of(kind, clinic);
  roster->of = mem_new((size_t)roster->n, sizeof *roster->of);
  lay_out(roster, kind, schedule);
  struct timed *order = by_time(schedule);
  int room;
  for (int k = 0; k < schedule->n_sessions; k++) {
    int session = order[k].session;
    struct ints all = listed(kind, &schedule->sessions[session], &room);
    for (int i = 0; i < all.n; i++) {
      struct ints *own = &roster->of[all.list[i]];
      if (own->n == 0 || own->list[own->n - 1] != session) own->list[own->n++] = session;
    }
  }
  free(order);
}

void roster_release(struct roster *roster) {
  free(roster->of);
  free(roster->pool);
  *roster = (struct roster){0};
}

struct attended_week attended_week_of(const struct clinic *clinic, const struct schedule *schedule,
                                      const struct ints *sessions) {
  struct attended_week week = {0};
  for (int i = 0; i < sessions->n; i++) {
    const struct session *session = &schedule->sessions[sessions->list[i]];
    const struct service *service = &clinic->services[session->service];
    struct attended_day *day = &week.days[session_day(session)];
    if (day->n_sessions++ == 0) week.n_days++;
    if (!service->telehealth) day->n_onsite++;
    day->counted_minutes += counted_minutes(service);
    week.counted_minutes += counted_minutes(service);
  }
  return week;
}

int idle_minutes(const struct clinic *clinic, const struct schedule *schedule,
                 const struct ints *sessions, bool with_notes) {
  int idle = 0, day = NONE, busy_until = 0;
  for (int i = 0; i < sessions->n; i++) {
    const struct session *session = &schedule->sessions[sessions->list[i]];
    int end = session_end(clinic, session);
    if (with_notes) end += clinic->services[session->service].notes_minutes;
    if (session_day(session) != day) {
      day = session_day(session);
      busy_until = end;
      continue;
    }
    if (session->start_min > busy_until) idle += session->start_min - busy_until;
    if (end > busy_until) busy_until = end;
  }
  return idle;
}

/* Counted minutes of the longest group sessions. */
static int minutes_missed(const struct clinic *clinic, const struct schedule *schedule,
                          const struct ints *sessions) {
  int *groups = mem_new((size_t)sessions->n, sizeof *groups);
  int n = 0, missed = 0;
  for (int i = 0; i < sessions->n; i++) {
    const struct service *service =
        &clinic->services[schedule->sessions[sessions->list[i]].service];
    if (service->format == FORMAT_GROUP) groups[n++] = counted_minutes(service);
  }
  ints_sort(groups, n);
  for (int i = 0; i < n && i < clinic->cushion_sessions; i++) missed += groups[n - 1 - i];
  free(groups);
  return missed;
}

struct cushion cushion_of(const struct clinic *clinic, const struct schedule *schedule, int patient,
                          const struct ints *sessions) {
  struct cushion cushion = {.missed_minutes = minutes_missed(clinic, schedule, sessions)};
  int missing = clinic->patients[patient].min_minutes -
                attended_week_of(clinic, schedule, sessions).counted_minutes;
  int missing_then = missing + cushion.missed_minutes;
  if (missing < 0) missing = 0;
  if (missing_then > missing) cushion.fall_minutes = missing_then - missing;
  return cushion;
}

int *session_sizes(const struct clinic *clinic, const struct schedule *schedule) {
  int *sizes = mem_new((size_t)schedule->n_sessions, sizeof *sizes);
  int *seen_in = mem_new((size_t)clinic->n_patients, sizeof *seen_in); /* session + 1 */
  for (int s = 0; s < schedule->n_sessions; s++) {
    const struct ints *patients = &schedule->sessions[s].patients;
    for (int i = 0; i < patients->n; i++) {
      if (seen_in[patients->list[i]] == s + 1) continue;
      seen_in[patients->list[i]] = s + 1;
      sizes[s]++;
    }
  }
  free(seen_in);
  return sizes;
}

int session_seats(const struct clinic *clinic, const struct session *session) {
  int most = clinic->services[session->service].max_size;
  if (session->room == NONE) return most;
  int capacity = clinic->rooms[session->room].capacity;
  return capacity < most ? capacity : most;
}
