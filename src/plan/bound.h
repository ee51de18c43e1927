/* A lower bound on the cost of every valid schedule, by Lagrangian relaxation.
 *
 * Two sides each have their own copy of who attends what: the patients, each of whom picks a best
 * week, and the group sessions, each of which is opened for the patients who pay most. They must
 * agree; a price mu[p, o] for patient p attending offer o makes them. For any prices at all, the
 * sum over the patients of their cheapest week plus the sum over the offers of their cheapest
 * opening, with what supply.h charges for staff and rooms, is a lower bound (Geoffrion 1974);
 * volume.h looks for good prices. Everything that is added up is a whole number, and each minimum
 * is exact or itself a lower bound, so the bound rests on no tolerance. */
#ifndef IOPSCHED_PLAN_BOUND_H
#define IOPSCHED_PLAN_BOUND_H

#include "grid.h"
#include "halt.h"
#include "iopsched/duals.h"
#include "week.h"

struct bound;

struct bound *bound_new(const struct grid *grid);
void bound_free(struct bound *bound);
/* From now on a step that `halt` falls into is broken off. */
void bound_heed(struct bound *bound, struct halt *halt);

/* One evaluation of the prices and one step towards better ones; target is the cost of the best
 * plan known. */
void bound_step(struct bound *bound, int64_t target);
/* Steps, or a part of one that the next call goes on with, for this much of week_solver_work(). */
void bound_work(struct bound *bound, int64_t target, int64_t work);
/* The best bound proven so far, >= 0, in units of 1/COST_ONE. */
int64_t bound_value(const struct bound *bound);
/* The prices that prove it, and the bound itself; adds to `duals`. */
void bound_duals(const struct bound *bound, struct duals *duals);
/* True while it is worth more time than otherwise. */
bool bound_is_rising(const struct bound *bound);
/* True once further steps gain nothing worth their time. */
bool bound_is_stuck(const struct bound *bound);

#endif
