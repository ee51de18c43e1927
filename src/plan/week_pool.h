/* Weeks that plans held on the way, patient by patient, and who led their sessions where: the stuff
 * that combine.h makes better plans of. Of each patient's, those of the cheapest plans stay. */
#ifndef IOPSCHED_PLAN_WEEK_POOL_H
#define IOPSCHED_PLAN_WEEK_POOL_H

#include "board.h"

enum { POOL_WEEKS = 32, POOL_CASTS = 3 };
/* In place of a room: whatever session stands at the offer (of a group, or a fixed one). */
enum { ROOM_OF_GROUP = -2 };

/* A session: its offer, its room (NONE by telehealth), its leaders: [stride of the pool]. */
typedef int32_t spot;

struct pooled_week {
  int64_t cost;      /* the patient's own, and what the leaders of their sessions alone cost */
  int64_t plan_cost; /* of the cheapest plan that it was seen in */
  int n;
  spot *spots; /* [n * stride], heap; by start */
};

struct weeks_of_patient {
  struct pooled_week list[POOL_WEEKS]; /* [n] */
  int n;
};

struct casts_of_offer {
  spot *list; /* [n * stride], heap: leaders and rooms of groups there; NULL: none */
  int n, next;
};

struct week_pool {
  const struct grid *grid;
  int stride;
  struct weeks_of_patient *patients; /* [n_patients] */
  struct casts_of_offer *offers;     /* [n_offers] */
};

void week_pool_init(struct week_pool *pool, const struct grid *grid);
void week_pool_release(struct week_pool *pool);
/* Takes in what the board, a plan of that cost, holds and the pool does not. */
void week_pool_add(struct week_pool *pool, const struct board *board, int64_t plan_cost);

static inline int spot_offer(const spot *at) {
  return at[0];
}
static inline int spot_room(const spot *at) {
  return at[1];
}
static inline const int32_t *spot_leaders(const spot *at) {
  return at + 2;
}

#endif
