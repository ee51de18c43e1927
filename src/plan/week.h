/* The best week of one patient when every offer has a price: the heart of the planner. It is used
 * with real prices to seat a patient in a plan, and with dual prices to prove a bound.
 *
 * A day is a chain of sessions found by a dynamic program over (time, lattice node). The week joins
 * the days by depth-first search over what they contribute to hours, days and requirements, guided
 * by a Lagrangian relaxation of the requirements, whose value is a lower bound by itself. */
#ifndef IOPSCHED_PLAN_WEEK_H
#define IOPSCHED_PLAN_WEEK_H

#include "grid.h"
#include "lattice.h"

#define PRICE_NEVER INT64_MAX
/* A session that must be attended: better than any other cost can outweigh. */
#define PRICE_FORCED (-(INT64_C(1) << 54))

enum { MAX_WEEK_SESSIONS = N_DAYS * MAX_DAY_SESSIONS };

struct week {
  int n;
  int offers[MAX_WEEK_SESSIONS]; /* by start */
  int64_t value; /* prices + idle, preference-free own costs and shortfalls; INT64_MAX: none found,
                    and the offers of a bound, if any, are those of a relaxed week as cheap as
                    `lower`, which may hold too few or too many of a requirement's sessions */
  int64_t lower; /* no valid week has a lower value */
};

enum week_purpose {
  WEEK_SEAT, /* every rule of the patient's own kept; `value` is what counts */
  WEEK_BOUND /* breaks relaxed; `lower` is what counts */
};

struct week_solver;

struct week_solver *week_solver_new(const struct grid *grid, const struct lattices *lattices);
void week_solver_free(struct week_solver *solver);

/* From now on the days of a week are worked out side by side, on up to so many threads; that shows
 * in nothing but the time it takes. */
void week_solver_spread(struct week_solver *solver, int n_threads);

/* price: [grid.n_offers], read only for the patient's own services; PRICE_NEVER keeps an offer out.
 * The empty week is always an answer unless an offer is forced. */
void week_solve(struct week_solver *solver, int patient, const int64_t *price,
                enum week_purpose purpose, struct week *best);

/* No week has a lower value at these prices, whatever it holds. */
int64_t week_price_floor(const struct grid *grid, int patient, const int64_t *price);

/* What a patient's week costs by itself: shortfalls, idle time, stranded and extra days,
 * preferences, changes, cushion. offers: [n], by start. */
int64_t week_own_cost(const struct grid *grid, int patient, const int *offers, int n);

/* True if the week keeps every rule of the patient's own: nothing at once, travel, breaks, hours
 * and days, visits worth coming for, maxima. offers: [n], by start. */
bool week_is_valid(const struct grid *grid, const struct lattices *lattices, int patient,
                   const int *offers, int n);

/* Units of work done by the solver since it was made: a measure of time that is the same on every
 * machine. */
int64_t week_solver_work(const struct week_solver *solver);

static inline int64_t max64(int64_t a, int64_t b) {
  return a > b ? a : b;
}

#endif
