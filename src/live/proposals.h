/* What would have to change for one more session of a need to take place: looked for start by start
 * in a finished week that stays as it is otherwise. */
#ifndef IOPSCHED_LIVE_PROPOSALS_H
#define IOPSCHED_LIVE_PROPOSALS_H

#include "iopsched/outcome.h"
#include "iopsched/remedy.h"
#include "occupancy.h"

struct proposal {
  struct remedy remedy; /* n == 0: nothing would have to */
  int effort;
  int service, start_min;
};

/* By effort, then remedy, start and service. {0} is an empty list; proposals_release() frees. */
struct proposals {
  struct proposal *list; /* [n] */
  int n;
  size_t capacity;
};
/* Each start is looked at by itself: rules about a whole day (visits, breaks, travel) are not. */
void proposals_find(struct proposals *proposals, const struct occupancy *occupancy,
                    const struct unmet *need);
void proposals_release(struct proposals *proposals);

/* True if sessions of the service count for the need, and the patient may have more of them. */
bool serves_need(const struct occupancy *occupancy, const struct unmet *need, int service);

#endif
