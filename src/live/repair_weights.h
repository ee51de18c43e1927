/* The weights of a repair: care first, then the times that people have, then quality. */
#ifndef IOPSCHED_LIVE_REPAIR_WEIGHTS_H
#define IOPSCHED_LIVE_REPAIR_WEIGHTS_H

#include "iopsched/clinic.h"

/* Sets them in the clinic. Returns the weight, in thousandths, of a change: weight_change, and what
 * plan_options.hold_milli should be. */
int64_t set_repair_weights(struct clinic *clinic);

#endif
