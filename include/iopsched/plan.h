/* The planner: a near-optimal valid schedule, and a proven lower bound on the cost of every valid
 * one. */
#ifndef IOPSCHED_PLAN_H
#define IOPSCHED_PLAN_H

#include <signal.h>
#include <stdbool.h>

#include "iopsched/clinic.h"
#include "iopsched/duals.h"
#include "iopsched/schedule.h"

/* What the search tells while it runs; costs in units of 1/COST_ONE. */
struct plan_progress {
  double seconds;      /* since the search began */
  int64_t cost, bound; /* bound 0 while nothing better is proven */
  bool has_plan;
};

struct plan_options {
  double time_limit;  /* seconds; <= 0: none */
  double gap;         /* stop when (cost - bound) / cost is at most this */
  uint64_t seed;
  int threads;        /* >= 1; has no influence on the result */
  int64_t work;       /* units of search work; 0: the clock alone decides */
  const struct previous *previous;    /* or NULL */
  /* A schedule of this clinic to set out from, valid in it or not, or NULL: then the previous one's,
   * if there is one. What of it is valid stands at first, and goes only for something cheaper. */
  const struct schedule *start;
  bool without_bound; /* none is worked out, which takes time: the result's is 0 */
  /* Above 0: repair the previous plan. Each of its attendances that is lost costs this weight (in
   * thousandths, like the clinic's), and so does each patient whose times change at all. A bound
   * does not count with that. */
  int64_t hold_milli;
  const volatile sig_atomic_t *stop;  /* set from outside: write the best so far. Or NULL */
  void (*progress)(void *data, const struct plan_progress *progress); /* or NULL */
  void *progress_data;
  bool verbose;       /* the solver's own lines to standard error */
};

enum plan_status {
  PLAN_OPTIMAL,  /* cost == bound */
  PLAN_FEASIBLE,
  PLAN_FIXED_IMPOSSIBLE /* no completion of the fixed rows was found; no schedule */
};

struct plan_result {
  enum plan_status status;
  struct schedule *schedule; /* named and sorted; schedule_free(); NULL if fixed impossible */
  int64_t bound;             /* units of 1/COST_ONE, >= 0 */
  double seconds;
  struct duals duals;        /* the prices that prove a bound, as far as prices do; duals.bound may
                                be less than `bound` where it was found by trying everything */
  bool cut_short;            /* the clock or a signal ended the search */
  struct ints fixed_stuck;   /* fixed sessions that could not be completed together (heap) */
};

void plan_search(const struct clinic *clinic, const struct plan_options *options,
                 struct plan_result *result);
void plan_result_release(struct plan_result *result);

#endif
