/* The primal search: a first plan by seating everyone, then large neighbourhoods: some sessions are
 * dissolved, the patients concerned are seated anew, and the plan is kept if it is not much worse.
 * Counts work, not seconds, so that equal runs give equal plans. */
#ifndef IOPSCHED_PLAN_SEARCH_H
#define IOPSCHED_PLAN_SEARCH_H

#include "board.h"
#include "seating.h"

struct search {
  const struct grid *grid;
  const struct lattices *lattices;
  struct week_solver *solver;
  struct seating seating;
  struct board best, current, trial;
  int64_t best_cost, current_cost; /* INT64_MAX: no whole plan yet */
  uint64_t random;
  int64_t iterations;
  int *chosen; /* [n_patients]: scratch, patients to be seated anew */
  bool *is_chosen;
  int n_chosen;
};

/* False if the fixed sessions find no leaders or rooms; *stuck is then the one. */
bool search_init(struct search *search, const struct grid *grid, const struct lattices *lattices,
                 uint64_t seed, int *stuck);
void search_release(struct search *search);

/* Seats everyone on the empty board. */
void search_construct(struct search *search);
/* One neighbourhood; `heat` is how much worse a plan may become, in units of 1/COST_ONE. */
void search_step(struct search *search, int64_t heat);
/* Goes on from the best plan. */
void search_return_to_best(struct search *search);

static inline int64_t search_work(const struct search *search) {
  return week_solver_work(search->solver);
}

#endif
