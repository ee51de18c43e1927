/* Weeks asked for before. A step of the search takes little apart, so that many patients are asked
 * for the very week that they were asked for some steps ago, at the same prices. */
#ifndef IOPSCHED_PLAN_WEEK_MEMORY_H
#define IOPSCHED_PLAN_WEEK_MEMORY_H

#include "week.h"

struct week_memory {
  struct remembered *list; /* [places]; of the weeks that share a place the last one stays */
};

struct week_key { /* of what was asked: two questions with one key would be a chance in 2^100 */
  uint64_t high, low;
};

void week_memory_init(struct week_memory *memory);
void week_memory_release(struct week_memory *memory);

/* price: as for week_solve(). */
struct week_key week_key_of(const struct grid *grid, int patient, const int64_t *price);
/* The answer to the question with this key, or NULL. */
const struct week *week_memory_find(const struct week_memory *memory, struct week_key key);
void week_memory_keep(struct week_memory *memory, struct week_key key, const struct week *week);

#endif
