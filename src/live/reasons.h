/* Why a need is unmet: a sentence that a person can act on. */
#ifndef IOPSCHED_LIVE_REASONS_H
#define IOPSCHED_LIVE_REASONS_H

#include "iopsched/outcome.h"
#include "occupancy.h"

/* Sets unmet->reason, in the arena, and reason_tells_ids. May use up trials. */
void set_reason(struct occupancy *occupancy, struct unmet *unmet, struct arena *arena);

#endif
