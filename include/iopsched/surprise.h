/* Unannounced sessions: on which of the days that a patient attends anyway they take place is left
 * to chance, so that neither the search's habits nor the patient can tell. */
#ifndef IOPSCHED_SURPRISE_H
#define IOPSCHED_SURPRISE_H

#include <stdint.h>

#include "iopsched/clinic.h"
#include "iopsched/schedule.h"

/* Draws the days of all sessions of services with `surprise`, of a valid schedule, anew; it stays
 * valid, named and sorted. For each patient and service every set of days is equally likely on
 * which the sessions can be held: days with another session of the patient's, where nobody and
 * nothing else has to give way. On a day drawn the start is the one that costs the patient's day
 * least.
 *
 * Left where they are: sessions that fixed.csv names for the patient, those of closed groups, those
 * without which a group would fall below min_size, and attendances that `drawn` has, if that is of
 * the same week: drawn in an earlier plan of it. drawn may be NULL.
 *
 * What is drawn depends on the seed, the week and the ids of patient and service, not on who else
 * is there, as far as people and rooms suffice. Returns how many sessions were drawn. */
int surprise_draw(const struct clinic *clinic, struct schedule *schedule,
                  const struct previous *drawn, uint64_t seed);

#endif
