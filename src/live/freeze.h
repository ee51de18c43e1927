/* Sessions that are held as they are in a variant of the clinic, so that nobody in them is moved.
 */
#ifndef IOPSCHED_LIVE_FREEZE_H
#define IOPSCHED_LIVE_FREEZE_H

#include "iopsched/clinic.h"
#include "iopsched/schedule.h"

/* The session as a fixed one, all of its people and the room named. In the arena. */
struct fixed_session fixed_as_held(struct arena *arena, const struct session *session);
/* Leaves patients of the variant, before from_min, only the times at which they are in a session of
 * the schedule. who: [n_patients], those whom it is about; NULL: all. */
void hold_patients(struct clinic *variant, const struct schedule *schedule, int from_min,
                   const bool *who);
/* Fixes what starts before from_min as it is in the schedule, sorted by start, in place of the
 * variant's rows of that time; no patient can come then for anything else. */
void hold_past(struct clinic *variant, const struct schedule *week, int from_min);
/* Marks what is fixed in the clinic, not what was fixed in a variant to be held. */
void mark_clinics_fixed(const struct clinic *clinic, struct schedule *schedule);

#endif
