/* The parts of a measure of capacity. */
#ifndef IOPSCHED_LIVE_CAPACITY_PARTS_H
#define IOPSCHED_LIVE_CAPACITY_PARTS_H

#include <time.h>

#include "iopsched/capacity.h"
#include "iopsched/outcome.h"
#include "iopsched/plan.h"

/* What is in hand while capacity is measured. */
struct measuring {
  struct capacity *capacity;
  const struct clinic *clinic;
  const struct capacity_options *options;
  struct timespec began;
  double until;           /* seconds since then at which the part at hand is to end; <= 0: none */
  struct schedule *base;  /* a plan of the clinic as it is */
  struct outcome outcome; /* of it */
  struct clinic *full; /* the clinic with all who fit together, and the waiting list after them */
  struct schedule *full_week; /* a plan of it */
};

/* ---- capacity.c ---- */

bool time_is_over(struct measuring *measuring);
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

/* Sets n_more of each kind. */
void count_each(struct measuring *measuring);
/* Sets n_together, and measuring->full with its plan. */
void count_together(struct measuring *measuring);

/* ---- worth.c ---- */

void measure_worth(struct measuring *measuring);
void find_bottleneck(struct measuring *measuring);

#endif
