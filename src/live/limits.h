/* The edits that set one number of a person, a room or a service. */
#ifndef IOPSCHED_LIVE_LIMITS_H
#define IOPSCHED_LIVE_LIMITS_H

#include "iopsched/remedy.h"

enum limit_owner { OWNER_PATIENT, OWNER_THERAPIST, OWNER_ROOM, OWNER_SERVICE };

struct limit {
  const char *column; /* of the owner's file; NULL: the edit is of another kind */
  enum limit_owner owner;
  size_t field; /* an int of struct patient, therapist, room or service */
  int unit;     /* 60: minutes, told in hours */
  int effort;   /* of changing it by one hour or by one */
};
extern const struct limit limits[N_EDIT_KINDS];

/* Where the number stands in the clinic. */
int *limit_place(struct clinic *clinic, const struct edit *edit);
int limit_value(const struct clinic *clinic, const struct edit *edit);

/* The need that an EDIT_MIN_SESSIONS is about. */
struct need *edited_need(const struct clinic *clinic, const struct edit *edit);
/* The days of operation on which the patient is here, of all in the week. */
void count_days_here(const struct clinic *clinic, int patient, int *here, int *all);
/* What the files must say for an EDIT_MIN_... of a patient: the minimum of a whole week whose share
 * is the edit's value. */
int minimum_in_files(const struct clinic *clinic, const struct edit *edit);
/* An id for one more room; in the arena. */
const char *new_room_id(const struct clinic *clinic, struct arena *arena);

#endif
