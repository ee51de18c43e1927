#include "limits.h"

#include <stddef.h>

#define OF_PATIENT(member) OWNER_PATIENT, offsetof(struct patient, member)
#define OF_THERAPIST(member) OWNER_THERAPIST, offsetof(struct therapist, member)
#define OF_ROOM(member) OWNER_ROOM, offsetof(struct room, member)
#define OF_SERVICE(member) OWNER_SERVICE, offsetof(struct service, member)

const struct limit limits[N_EDIT_KINDS] = {
    [EDIT_THERAPIST_DAY] = {"max_hours_day", OF_THERAPIST(max_minutes_day), 60, 10},
    [EDIT_THERAPIST_WEEK] = {"max_hours_week", OF_THERAPIST(max_minutes_week), 60, 10},
    [EDIT_CAPACITY] = {"capacity", OF_ROOM(capacity), 1, 20},
    [EDIT_MAX_SIZE] = {"max_size", OF_SERVICE(max_size), 1, 20},
    [EDIT_MIN_SIZE] = {"min_size", OF_SERVICE(min_size), 1, 20},
    [EDIT_SESSIONS_MAX] = {"sessions_max", OF_SERVICE(sessions_max), 1, 20},
    [EDIT_PATIENT_MAX_HOURS] = {"max_hours", OF_PATIENT(max_minutes), 60, 20},
    [EDIT_PATIENT_MAX_DAYS] = {"max_days", OF_PATIENT(max_days), 1, 20},
    [EDIT_MIN_HOURS] = {"min_hours", OF_PATIENT(min_minutes), 60, 120},
    [EDIT_MIN_DAYS] = {"min_days", OF_PATIENT(min_days), 1, 120},
    [EDIT_SESSIONS_MIN] = {"sessions_min", OF_SERVICE(sessions_min), 1, 120},
};

int *limit_place(struct clinic *clinic, const struct edit *edit) {
  const struct limit *limit = &limits[edit->kind];
  char *owners[] = {[OWNER_PATIENT] = (char *)clinic->patients,
                    [OWNER_THERAPIST] = (char *)clinic->therapists,
                    [OWNER_ROOM] = (char *)clinic->rooms,
                    [OWNER_SERVICE] = (char *)clinic->services};
  static const size_t sizes[] = {[OWNER_PATIENT] = sizeof(struct patient),
                                 [OWNER_THERAPIST] = sizeof(struct therapist),
                                 [OWNER_ROOM] = sizeof(struct room),
                                 [OWNER_SERVICE] = sizeof(struct service)};
  char *row = owners[limit->owner] + (size_t)edit->who * sizes[limit->owner];
  return (int *)(void *)(row + limit->field);
}

int limit_value(const struct clinic *clinic, const struct edit *edit) {
  return *limit_place((struct clinic *)(uintptr_t)clinic, edit);
}

struct need *edited_need(const struct clinic *clinic, const struct edit *edit) {
  const struct patient *patient = &clinic->patients[edit->who];
  for (int i = 0; i < patient->n_needs; i++)
    if (patient->needs[i].service == edit->service && patient->needs[i].category == edit->category)
      return &patient->needs[i];
  die_internal("an edit of a need that nobody has");
}

void count_days_here(const struct clinic *clinic, int patient, int *here, int *all) {
  const struct patient *who = &clinic->patients[patient];
  *here = *all = 0;
  for (int day = 0; day < N_DAYS; day++) {
    *all += clinic->operates[day];
    *here += clinic->operates[day] && who->first_day <= day && day <= who->last_day;
  }
}

int minimum_in_files(const struct clinic *clinic, const struct edit *edit) {
  int here, all, step = edit->kind == EDIT_MIN_HOURS ? 15 : 1;
  count_days_here(clinic, edit->who, &here, &all);
  if (here == 0 || here >= all) return edit->value;
  /* The largest multiple of a step whose share, rounded down to a step, is the value. */
  int too_much = (edit->value / step + 1) * step * all;
  return (too_much - 1) / here / step * step;
}

const char *new_room_id(const struct clinic *clinic, struct arena *arena) {
  const char *id = "NEW";
  for (int n = 2; clinic_find_patient(clinic, id) != NONE ||
                  clinic_find_therapist(clinic, id) != NONE || clinic_find_room(clinic, id) != NONE;
       n++)
    id = arena_printf(arena, "NEW%d", n);
  return id;
}
