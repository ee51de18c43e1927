#include "occupancy.h"

#include <stdlib.h>

/* Marks [start_min, end_min) of row `who`; what lies off the week, in a plan edited by hand, is
 * left out. */
static void mark(const struct occupancy *occupancy, bool *busy, int who, int start_min, int end_min,
                 bool taken) {
  int slot_minutes = occupancy->clinic->slot_minutes;
  bool *row = busy + (size_t)who * (size_t)occupancy->n_slots;
  int first = start_min < 0 ? 0 : start_min / slot_minutes;
  for (int slot = first; slot < occupancy->n_slots && slot * slot_minutes < end_min; slot++)
    row[slot] = taken;
}

static bool is_free(const struct occupancy *occupancy, const bool *busy, int who, int start_min,
                    int end_min) {
  int slot_minutes = occupancy->clinic->slot_minutes;
  const bool *row = busy + (size_t)who * (size_t)occupancy->n_slots;
  for (int slot = start_min / slot_minutes;
       slot < occupancy->n_slots && slot * slot_minutes < end_min; slot++)
    if (row[slot]) return false;
  return true;
}

void occupancy_set(struct occupancy *occupancy, const struct session *session, bool taken) {
  const struct service *service = &occupancy->clinic->services[session->service];
  int start = session->start_min, end = start + service->minutes;
  for (int i = 0; i < session->patients.n; i++)
    mark(occupancy, occupancy->patient_busy, session->patients.list[i], start, end, taken);
  for (int i = 0; i < session->leaders.n; i++) {
    int therapist = session->leaders.list[i], until = end + service->notes_minutes;
    mark(occupancy, occupancy->therapist_busy, therapist, start, until, taken);
    occupancy->therapist_minutes[therapist * N_DAYS + session_day(session)] +=
        taken ? service->minutes : -service->minutes;
  }
  if (session->room != NONE)
    mark(occupancy, occupancy->room_busy, session->room, start, end, taken);
}

/* Sessions that the verifier may look at, over all trials: about a second's work. */
enum { TRIAL_SESSIONS = 100 * 1000 };

void occupancy_init(struct occupancy *occupancy, const struct clinic *clinic,
                    const struct schedule *schedule) {
  *occupancy = (struct occupancy){.clinic = clinic,
                                  .schedule = schedule,
                                  .n_slots = WEEK_MIN / clinic->slot_minutes,
                                  .trials_left = TRIAL_SESSIONS / (schedule->n_sessions + 1)};
  size_t n_slots = (size_t)occupancy->n_slots;
  occupancy->patient_busy = mem_new((size_t)clinic->n_patients * n_slots, sizeof(bool));
  occupancy->therapist_busy = mem_new((size_t)clinic->n_therapists * n_slots, sizeof(bool));
  occupancy->room_busy = mem_new((size_t)clinic->n_rooms * n_slots, sizeof(bool));
  occupancy->therapist_minutes = mem_new((size_t)clinic->n_therapists * N_DAYS, sizeof(int));
  for (int s = 0; s < schedule->n_sessions; s++)
    occupancy_set(occupancy, &schedule->sessions[s], true);
  roster_init(&occupancy->patients, ROSTER_PATIENTS, clinic, schedule);
  occupancy->weeks = mem_new((size_t)clinic->n_patients, sizeof *occupancy->weeks);
  for (int patient = 0; patient < clinic->n_patients; patient++)
    occupancy->weeks[patient] =
        attended_week_of(clinic, schedule, &occupancy->patients.of[patient]);
}

void occupancy_release(struct occupancy *occupancy) {
  free(occupancy->patient_busy);
  free(occupancy->therapist_busy);
  free(occupancy->room_busy);
  free(occupancy->therapist_minutes);
  free(occupancy->weeks);
  roster_release(&occupancy->patients);
  *occupancy = (struct occupancy){0};
}

bool patient_is_free(const struct occupancy *occupancy, int patient, int start_min, int end_min) {
  return is_free(occupancy, occupancy->patient_busy, patient, start_min, end_min);
}

bool therapist_is_free(const struct occupancy *occupancy, int therapist, int start_min,
                       int end_min) {
  return is_free(occupancy, occupancy->therapist_busy, therapist, start_min, end_min);
}

bool room_is_free(const struct occupancy *occupancy, int room, int start_min, int end_min) {
  return is_free(occupancy, occupancy->room_busy, room, start_min, end_min);
}

int therapist_week_minutes(const struct occupancy *occupancy, int therapist) {
  const int *on_day = occupancy->therapist_minutes + (size_t)therapist * N_DAYS;
  int minutes = 0;
  for (int day = 0; day < N_DAYS; day++) minutes += on_day[day];
  return minutes;
}

bool therapist_can_lead(const struct occupancy *occupancy, int therapist, int service,
                        int start_min) {
  const struct service *what = &occupancy->clinic->services[service];
  const struct therapist *who = &occupancy->clinic->therapists[therapist];
  int end = start_min + what->minutes + what->notes_minutes;
  const int *on_day = occupancy->therapist_minutes + (size_t)therapist * N_DAYS;
  return windows_cover(&who->available, start_min, end) &&
         therapist_is_free(occupancy, therapist, start_min, end) &&
         on_day[day_of(start_min)] + what->minutes <= who->max_minutes_day &&
         therapist_week_minutes(occupancy, therapist) + what->minutes <= who->max_minutes_week;
}

bool room_can_hold(const struct occupancy *occupancy, int room, int service, int start_min) {
  const struct clinic *clinic = occupancy->clinic;
  int end = start_min + clinic->services[service].minutes;
  return clinic_room_fits(clinic, service, room) &&
         windows_cover(&clinic->rooms[room].available, start_min, end) &&
         room_is_free(occupancy, room, start_min, end);
}

bool patient_has_on_day(const struct occupancy *occupancy, int patient, int service, int day) {
  const struct ints *own = &occupancy->patients.of[patient];
  for (int i = 0; i < own->n; i++) {
    const struct session *session = &occupancy->schedule->sessions[own->list[i]];
    if (session->service == service && session_day(session) == day) return true;
  }
  return false;
}

int sessions_offered(const struct occupancy *occupancy, int service) {
  int n = 0;
  for (int s = 0; s < occupancy->schedule->n_sessions; s++)
    n += occupancy->schedule->sessions[s].service == service;
  return n;
}

int patient_sessions_of(const struct occupancy *occupancy, int patient, int service) {
  const struct ints *own = &occupancy->patients.of[patient];
  int n = 0;
  for (int i = 0; i < own->n; i++)
    n += occupancy->schedule->sessions[own->list[i]].service == service;
  return n;
}
