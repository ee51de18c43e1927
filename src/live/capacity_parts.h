/* The parts of a measure of capacity. */
#ifndef IOPSCHED_LIVE_CAPACITY_PARTS_H
#define IOPSCHED_LIVE_CAPACITY_PARTS_H

#include <time.h>

#include "iopsched/capacity.h"
#include "iopsched/outcome.h"
#include "iopsched/plan.h"

enum { MOST_MORE = 60 }; /* of a kind that are looked for */

/* What is in hand while capacity is measured. */
struct measuring {
  struct capacity *capacity;
  const struct clinic *clinic;
  const struct capacity_options *options;
  struct timespec began;
  double until;            /* seconds since then at which the part at hand is to end; <= 0: none */
  bool stopped;            /* something other than a kind's count was left out for that */
  struct schedule *base;   /* a plan of the clinic as it is */
  struct outcome outcome;  /* of it */
  struct schedule **weeks; /* [n_kinds]: a plan with n_more of the kind; NULL before the counts */
  struct clinic *full; /* the clinic with all who fit together, and the waiting list after them */
  struct schedule *full_week; /* a plan of it */
};

/* ---- capacity.c ---- */

bool time_is_over(const struct measuring *measuring);
/* The same where the answer is that something is left out. */
bool stops_early(struct measuring *measuring);
/* A plan from `start`, with so much work unless the options say otherwise; NULL if none was found
 * that the verifier accepts. The caller frees. */
struct schedule *plan_from(struct measuring *measuring, const struct clinic *clinic,
                           const struct schedule *start, int64_t work);
/* True if nobody is shorter of anything than in the base plan, and those added of nothing. */
bool all_are_served(const struct measuring *measuring, const struct clinic *clinic,
                    const struct schedule *week);

/* ---- kinds.c: finds the kinds; nothing is counted yet ---- */

void find_kinds(struct capacity *capacity, const struct clinic *clinic);

/* ---- fit.c ---- */

/* A week with the copies of like[n], from one with all but the last n_new: all who are in that one
 * keep everything. NULL if none was found. */
struct schedule *fit_unmoved(struct measuring *measuring, const int *like, int n, int n_new,
                             const struct schedule *from);
/* Sets n_more of each kind, and measuring->weeks; first with nobody moved, then (after the first)
 * with everybody free to. The second takes up what the first left over for lack of time. */
void count_each_unmoved(struct measuring *measuring);
void count_each_moving(struct measuring *measuring);
/* Looks for a proof that one more of a kind does not fit. */
void prove_each(struct measuring *measuring);

/* ---- together.c ---- */

/* Sets n_together, and measuring->full with its plan. */
void count_together(struct measuring *measuring);

/* ---- worth.c ---- */

void measure_worth(struct measuring *measuring);
void find_bottleneck(struct measuring *measuring);

#endif
