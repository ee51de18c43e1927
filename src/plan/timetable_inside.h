/* What the parts of timetable.h share: talks.c knows the clinic, timetable.c anneals. */
#ifndef IOPSCHED_PLAN_TIMETABLE_INSIDE_H
#define IOPSCHED_PLAN_TIMETABLE_INSIDE_H

#include "timetable.h"

/* Something that is no talk is there. */
enum { BLOCKED = -2 };

struct spot {
  int offer; /* NONE: the talk is not held */
  int room;  /* NONE: telehealth, or not held */
};

struct talk {
  int service;
  int *people; /* [n_people]: patients, then its leaders as n_patients + therapist */
  int n_people;
  struct spot spot, best; /* now; when the timetable cost least */
};

/* A person is a patient, or n_patients + a therapist. */
struct timetable {
  const struct grid *grid;
  struct talk *talks; /* [n_talks] */
  int n_talks;
  uint16_t *busy;     /* [n_persons * n_slots]: in how many sessions; being away counts as one */
  int32_t *day_slots; /* [n_persons * N_DAYS]: in session */
  int32_t *n_days;    /* [n_persons]: with a session */
  int32_t *in_room;   /* [n_rooms * n_slots]: talk, NONE or BLOCKED */
  int64_t cost, best_cost; /* slots lost, as timetable_anneal() counts them */
  struct ints people;      /* patients who want some talk, ascending */
};

/* The person is in a session at the offer from now on (by: 1), or no longer (-1). Returns how many
 * slots are lost to that, or were. */
int64_t timetable_attend(struct timetable *timetable, int person, const struct offer *offer,
                         int by);
/* Slots that are lost to too few or too many days attended. */
int64_t timetable_days_off(const struct timetable *timetable, int patient);
/* Who is in the room then. */
void timetable_fill_room(struct timetable *timetable, struct spot spot, int with);
/* The talk, which is not held, is held there. Returns how many slots are lost to that. */
int64_t timetable_hold(struct timetable *timetable, int talk, struct spot spot);
/* A timetable whose talks stand where they are best begins from there. */
void timetable_remember(struct timetable *timetable);

#endif
