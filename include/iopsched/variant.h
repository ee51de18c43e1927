/* A clinic that differs from another in what somebody asks about: somebody is absent, hours are
 * given, rows fixed. */
#ifndef IOPSCHED_VARIANT_H
#define IOPSCHED_VARIANT_H

#include "iopsched/clinic.h"

/* A copy to be changed: its tables (services, patients, therapists, rooms, fixed, eligible,
 * weekly_max, qualified, room_fits) are its own; strings and the lists inside the rows are borrowed
 * from the clinic, which must outlive it: put new ones, of the variant's arena, in their place.
 * clinic_free() ends it. */
struct clinic *clinic_variant(const struct clinic *clinic);

/* Takes [when.start_min, when.end_min), widened to the grid, away from some of the variant's
 * windows. */
void variant_cut(struct clinic *variant, struct windows *windows, struct window when);
/* Leaves of windows before `from_min` only what lies in `kept` as well, which is [n] windows in any
 * order, on the grid. */
void variant_keep_before(struct clinic *variant, struct windows *windows, int from_min,
                         const struct window *kept, int n);

#endif
