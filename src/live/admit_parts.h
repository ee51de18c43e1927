/* The parts of an admission. */
#ifndef IOPSCHED_LIVE_ADMIT_PARTS_H
#define IOPSCHED_LIVE_ADMIT_PARTS_H

#include "iopsched/admit.h"

/* The clinic in which the plan's sessions stand as they are and only those who are new have time
 * for more. is_new: [n_patients]. clinic_free() ends it; the clinic must outlive it. */
struct clinic *held_clinic(const struct clinic *clinic, const struct schedule *plan,
                           const bool *is_new);

/* ---- admit_moves.c ---- */

/* Attendances of those who are not new that were added, lost or moved. */
int count_moved(const struct admission *admission, const struct schedule *schedule);
/* Puts a better schedule in the place of result->schedule, if one is found that meets more of the
 * newcomers' needs, moves at most so many attendances, and costs nobody else care. */
void move_some(const struct admission *admission, const struct plan_options *options, int max_moves,
               struct plan_result *result);

#endif
