/* What the beginning of a patient's day can still come to: the least that any week with it costs.
 * Most chains of sessions that a day can begin with are part of no week worth having, which shows
 * long before all of it is worked out.
 *
 * It is found beforehand, on a relaxation that knows of a day the time and the hours counted so far
 * and nothing else (a service may come again; modes, breaks and visits do not matter), with the
 * sessions of requirements paid for by the multipliers at hand: forwards what the other days cost
 * at least, then backwards through each day what a chain leads to. */
#ifndef IOPSCHED_PLAN_OUTLOOK_H
#define IOPSCHED_PLAN_OUTLOOK_H

#include <stdbool.h>

#include "grid.h"
#include "lattice.h"

struct outlook;
struct week_solver;

/* Of one day. To the least costs comes the chain's own, less what the multipliers pay for it. */
struct day_outlook {
  int64_t *least;  /* [(day_slots + 1) * width]: of any week with a chain that ends at a slot with
                      so many slots counted */
  int64_t *longer; /* the same of weeks in which the chain goes on, by the slot it waits from */
  int64_t *worth;  /* [n_kinds]: what the multipliers pay for a chain of that kind */
  int64_t below;   /* weeks that cost as much are of no interest */
  int width;       /* more than the slots that can be counted on a day */
};

struct outlook *outlook_new(const struct grid *grid, int max_kinds);
void outlook_free(struct outlook *outlook);

/* Finds it for the solver's patient, at prices as for week_solve() and multipliers worth: [n_rows]
 * for a session of each requirement. Returns what no week costs less than. */
int64_t outlook_find(struct outlook *outlook, struct week_solver *solver, const int64_t *worth,
                     const int64_t *price);

/* The day's, for weeks of less than `below`; good until the next outlook_find(). */
const struct day_outlook *outlook_of_day(struct outlook *outlook, int day, int64_t below);

/* True if no week of interest holds a chain of that cost. table: `least` or `longer`. */
static inline bool outlook_is_vain(const struct day_outlook *outlook, const int64_t *table,
                                   const struct lattice *lattice, int slot, int node,
                                   int64_t cost) {
  int kind = lattice->nodes[node].kind;
  int64_t rest = table[(ptrdiff_t)slot * outlook->width + lattice->kind_counted[kind]];
  return cost - outlook->worth[kind] + rest >= outlook->below;
}

#endif
