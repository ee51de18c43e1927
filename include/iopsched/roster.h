/* A schedule turned round: the sessions of each patient, therapist or room, in order of time. */
#ifndef IOPSCHED_ROSTER_H
#define IOPSCHED_ROSTER_H

#include "iopsched/clinic.h"
#include "iopsched/schedule.h"

enum roster_kind { ROSTER_PATIENTS, ROSTER_THERAPISTS, ROSTER_ROOMS };

/* of[i]: the sessions of the i-th patient, therapist or room (indices into the schedule), by start;
 * each session once, however often it lists the person. roster_release() frees. */
struct roster {
  struct ints *of; /* [n] */
  int n;
  int *pool;
};
void roster_init(struct roster *roster, enum roster_kind kind, const struct clinic *clinic,
                 const struct schedule *schedule);
void roster_release(struct roster *roster);

/* What a patient attends. A day attended is one with any session, counted or not. */
struct attended_day {
  int n_sessions, n_onsite;
  int counted_minutes;
};
struct attended_week {
  struct attended_day days[N_DAYS];
  int n_days;
  int counted_minutes;
};
/* sessions: of one patient, as a roster lists them. */
struct attended_week attended_week_of(const struct clinic *clinic, const struct schedule *schedule,
                                      const struct ints *sessions);

/* Minutes between first start and last end of each day, summed over the week, that lie outside the
 * sessions and, with_notes, outside the notes time that follows them. sessions: by start. */
int idle_minutes(const struct clinic *clinic, const struct schedule *schedule,
                 const struct ints *sessions, bool with_notes);

/* What a patient's week loses if they miss the longest cushion_sessions of their group sessions. */
struct cushion {
  int missed_minutes; /* counted */
  int fall_minutes;   /* by which they fall below min_minutes, beyond those short already */
};
/* sessions: of the patient, as a roster lists them. */
struct cushion cushion_of(const struct clinic *clinic, const struct schedule *schedule, int patient,
                          const struct ints *sessions);

/* Different patients in each session; [n_sessions], the caller frees. */
int *session_sizes(const struct clinic *clinic, const struct schedule *schedule);

/* Patients that a session can hold: the service's largest size or the room's capacity, whichever is
 * less. */
int session_seats(const struct clinic *clinic, const struct session *session);

/* Minutes that count in a patient's hours. */
static inline int counted_minutes(const struct service *service) {
  return service->counts_hours ? service->minutes : 0;
}

/* The day of the start, 0 ... 6 whatever the start is. */
static inline int session_day(const struct session *session) {
  int day = day_of(session->start_min);
  return day < 0 ? 0 : day >= N_DAYS ? N_DAYS - 1 : day;
}

#endif
