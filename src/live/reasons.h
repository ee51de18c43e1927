/* Why a need is unmet: a sentence that a person can act on. */
#ifndef IOPSCHED_LIVE_REASONS_H
#define IOPSCHED_LIVE_REASONS_H

#include "iopsched/outcome.h"
#include "occupancy.h"

/* In the arena; never NULL. */
const char *reason_of(const struct occupancy *occupancy, const struct unmet *unmet,
                      struct arena *arena);

#endif
