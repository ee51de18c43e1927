/* What the prices of therapists' time, rooms and services charge a session for what it takes up,
 * and what all that the clinic has of it is worth: the part of a bound's proof that is neither a
 * patient's nor a place's. */
#ifndef IOPSCHED_VERIFY_CHARGES_H
#define IOPSCHED_VERIFY_CHARGES_H

#include "iopsched/clinic.h"
#include "iopsched/duals.h"

struct charges {
  const struct clinic *clinic;
  int slots;       /* of the week */
  int64_t *time;   /* [n_therapists * slots] */
  int64_t *day;    /* [n_therapists * N_DAYS]: of a slot in session */
  int64_t *week;   /* [n_therapists]: of a slot in session */
  int64_t *room;   /* [n_rooms * slots] */
  int64_t *of_one; /* [n_services]: of holding one session more; below 0: a reward */
  int64_t worth;   /* of all there is, less what the rewards are for */
  int64_t *list;   /* scratch [n_therapists + n_rooms] */
};

void charges_init(struct charges *charges, const struct clinic *clinic, const struct duals *duals);
void charges_release(struct charges *charges);

/* The least that the leaders of n sessions of the service at one start (minute of the week) are
 * charged together. Who is not qualified or not there does not lead; where too few could, those who
 * lack are free. */
int64_t charge_of_leaders(const struct charges *charges, int service, int start, int n);
int64_t charge_of_therapist(const struct charges *charges, int therapist, int service, int start);
/* The same of n rooms, and of one. */
int64_t charge_of_rooms(const struct charges *charges, int service, int start, int n);
int64_t charge_of_room(const struct charges *charges, int room, int service, int start);

#endif
