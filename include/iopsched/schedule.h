/* A schedule: the sessions of one week with their leaders, rooms and patients, by index into the
 * clinic it was made for. It may be anything, also invalid: the verifier judges it. */
#ifndef IOPSCHED_SCHEDULE_H
#define IOPSCHED_SCHEDULE_H

#include "iopsched/clinic.h"
#include "iopsched/memory.h"

struct session {
  const char *id; /* session_id; NULL until schedule_name_sessions() or a reader set it */
  int service;
  int start_min;        /* minutes from Monday 00:00; it covers [start_min, start_min + minutes) */
  int room;             /* NONE: none */
  struct ints leaders;  /* in the order of the service's roles, where the writer knew them */
  struct ints patients; /* ascending */
  bool fixed;           /* stands for a row of fixed.csv */
};

struct schedule {
  struct arena arena;
  struct session *sessions; /* [n_sessions], in the order of schedule_sort() */
  int n_sessions;
};

/* What the patients had before: attendances of an earlier plan that this clinic still knows. */
struct previous {
  struct arena arena;
  int monday;   /* date of the Monday of that plan's week */
  bool *was_in; /* [n_patients]: had an attendance in that plan */
  struct attendance_key {
    int patient, service, start_min;
  } * attendances; /* [n], sorted by patient, service, start */
  int n;
  int n_left_out; /* rows about patients and services that this clinic does not have */
  /* Its sessions, as far as this clinic knows them: without services, leaders (all, where one of
   * them is gone), rooms and patients that it does not have. Or NULL. */
  struct schedule *schedule;
};

/* For qsort() and bsearch(): by patient, service, start. */
int attendance_key_compare(const void *a, const void *b);
/* True if the previous plan has this attendance. previous may be NULL (then false). */
bool previous_has(const struct previous *previous, int patient, int service, int start_min);
void previous_free(struct previous *previous);
/* A schedule as what the patients had before, for a clinic with the same patients and services.
 * monday: of the schedule's week. previous_free() frees. */
struct previous *previous_from_schedule(const struct schedule *schedule, int n_patients,
                                        int monday);

/* Orders sessions by start, service, room, first leader, and patients within each session. */
void schedule_sort(struct schedule *schedule);
/* Gives every session its stable id: SERVICE-Mon-0900-PLACE, where PLACE is the room, or the first
 * leader of a telehealth session. */
void schedule_name_sessions(const struct clinic *clinic, struct schedule *schedule);
/* A deep copy. */
struct schedule *schedule_copy(const struct schedule *schedule);
void schedule_free(struct schedule *schedule);

/* True if the session can stand for a row of fixed.csv: its service and start, and all who are
 * named there. */
bool session_carries_out(const struct session *session, const struct fixed_session *fixed);

static inline int session_end(const struct clinic *clinic, const struct session *session) {
  return session->start_min + clinic->services[session->service].minutes;
}

/* NULL: the session has none. */
static inline const char *session_room_id(const struct clinic *clinic,
                                          const struct session *session) {
  return session->room == NONE ? NULL : clinic->rooms[session->room].id;
}

#endif
