/* A group at one start, as the bound sees it: how many sessions of it could be held at once, and
 * how many they would seat. */
#ifndef IOPSCHED_PLAN_GROUP_OFFER_H
#define IOPSCHED_PLAN_GROUP_OFFER_H

#include "grid.h"
#include "iopsched/memory.h"

struct group_offer {
  int32_t offer;
  int32_t first, n; /* patients who could come: their shares are [first, first + n) */
  int32_t at_least; /* fixed sessions */
  int32_t max_open;
  int32_t *seats; /* [max_open + 1]: seats of that many sessions at most */
  int64_t cost;   /* of opening one session */
};

/* Memory of the arena. */
void group_offer_init(struct group_offer *group, const struct grid *grid, int offer, int first,
                      int n, struct arena *arena);

#endif
