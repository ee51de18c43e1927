/* Who is missing in a week that has begun, beside what the clinic's files say. */
#ifndef IOPSCHED_ABSENCE_H
#define IOPSCHED_ABSENCE_H

#include "iopsched/clinic.h"
#include "iopsched/roster.h"

struct absence {
  enum roster_kind kind;
  int who;            /* index by kind */
  struct window when; /* minutes of the week */
};

/* What a repaired plan was made for. {0}: nothing of the kind. */
struct absences {
  struct absence *list; /* [n] */
  int n;
  int from_min; /* what starts before is past, and stays; 0: nothing was past */
};

/* True if there is anything in it. */
bool absences_say_anything(const struct absences *absences);
/* Adds those of the other that are not there yet; the list is then the arena's. */
void absences_add(struct absences *absences, const struct absences *more, struct arena *arena);
/* The patient, therapist or room of that id, whatever the case; false if there is none. `when` is
 * left alone. */
bool absence_find(const struct clinic *clinic, const char *id, struct absence *absence);
/* "T03" */
const char *absence_id(const struct clinic *clinic, const struct absence *absence);

#endif
