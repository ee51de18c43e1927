/* The clinic with more people or rooms like those that are there. */
#ifndef IOPSCHED_LIVE_CLONES_H
#define IOPSCHED_LIVE_CLONES_H

#include "iopsched/clinic.h"

/* With copies of patients like[n] as the last ones: with no primary therapist, kept apart from
 * nobody, of priority 1. clinic_free() ends it; the clinic must outlive it, here and below. */
struct clinic *with_patients_like(const struct clinic *clinic, const int *like, int n);
/* With one more therapist, the last one, there in the windows given, for so many minutes a week,
 * who may lead what qualified says: [n_services * max_leaders]. */
struct clinic *with_therapist(const struct clinic *clinic, const bool *qualified,
                              struct windows windows, int most_minutes);
/* With one more room, the last one, like another but there in the windows given. */
struct clinic *with_room_like(const struct clinic *clinic, int like, struct windows windows);

#endif
