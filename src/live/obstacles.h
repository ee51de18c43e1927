/* The rules that bind, in words: every start of every service that would help is looked at, and
 * what stands in the way there is counted. */
#ifndef IOPSCHED_LIVE_OBSTACLES_H
#define IOPSCHED_LIVE_OBSTACLES_H

#include "iopsched/explain.h"
#include "occupancy.h"

/* [*n] in the arena, the hurdle nearest to the goal first. */
struct obstacle *obstacles_of_need(const struct occupancy *occupancy, const struct unmet *need,
                                   struct arena *arena, int *n);
/* The same of one service at one start. */
struct obstacle *obstacles_of_start(const struct occupancy *occupancy, int patient, int service,
                                    int start_min, struct arena *arena, int *n);

#endif
