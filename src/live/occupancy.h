/* Who is where when in a finished schedule, on the grid. */
#ifndef IOPSCHED_LIVE_OCCUPANCY_H
#define IOPSCHED_LIVE_OCCUPANCY_H

#include <stdbool.h>

#include "iopsched/clinic.h"
#include "iopsched/roster.h"
#include "iopsched/schedule.h"

struct occupancy {
  const struct clinic *clinic;
  const struct schedule *schedule;
  int n_slots;            /* in the week */
  bool *patient_busy;     /* [n_patients * n_slots] */
  bool *therapist_busy;   /* [n_therapists * n_slots], notes time included */
  bool *room_busy;        /* [n_rooms * n_slots] */
  int *therapist_minutes; /* [n_therapists * N_DAYS], in session */
  struct roster patients;
  struct attended_week *weeks; /* [n_patients] */
  int trials_left;             /* so often may the verifier still be asked about a whole week */
};

void occupancy_init(struct occupancy *occupancy, const struct clinic *clinic,
                    const struct schedule *schedule);
void occupancy_release(struct occupancy *occupancy);

/* Makes the people and the room of a session busy, or free again (of a week without overlaps).
 * `patients` and `weeks` stay as they were. */
void occupancy_set(struct occupancy *occupancy, const struct session *session, bool taken);

bool patient_is_free(const struct occupancy *occupancy, int patient, int start_min, int end_min);
bool therapist_is_free(const struct occupancy *occupancy, int therapist, int start_min,
                       int end_min);
bool room_is_free(const struct occupancy *occupancy, int room, int start_min, int end_min);
int therapist_week_minutes(const struct occupancy *occupancy, int therapist);
/* Available, free with the notes after it, and within the maxima of the day and the week. */
bool therapist_can_lead(const struct occupancy *occupancy, int therapist, int service,
                        int start_min);
bool room_can_hold(const struct occupancy *occupancy, int room, int service, int start_min);
/* True if the patient attends the service on that day. */
bool patient_has_on_day(const struct occupancy *occupancy, int patient, int service, int day);
int sessions_offered(const struct occupancy *occupancy, int service);
int patient_sessions_of(const struct occupancy *occupancy, int patient, int service);

#endif
