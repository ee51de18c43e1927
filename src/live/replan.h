/* A week planned again, shortly, in a changed clinic. */
#ifndef IOPSCHED_LIVE_REPLAN_H
#define IOPSCHED_LIVE_REPLAN_H

#include <stdint.h>
#include <time.h>

#include "iopsched/explain.h"
#include "iopsched/outcome.h"
#include "iopsched/terms.h"

/* What is left for all that is tried. */
struct budget {
  const struct explain_options *options;
  struct previous
      *previous; /* the plan that is explained: planned again, people keep their times */
  struct timespec began;
  uint64_t dice; /* added to the seed of the options */
  bool spent; /* the time is over, or a signal came */
};
struct budget budget_new(const struct explain_options *options, const struct clinic *clinic,
                         const struct schedule *plan);
void budget_release(struct budget *budget);
bool budget_is_spent(struct budget *budget);

struct replanned {
  struct schedule *week;  /* NULL: none was found */
  struct cost cost;       /* in its own clinic, without an earlier plan */
  struct outcome outcome; /* without reasons */
};
/* Sets out from `start` (NULL: from the plan that is explained); takes so many steps of the search, or as many as the options say. False if
 * no valid week was found. replanned_release() in any case. */
bool replan(struct replanned *replanned, const struct clinic *clinic, const struct schedule *start,
            int64_t work, struct budget *budget);
void replanned_release(struct replanned *replanned);

/* True if no need is shorter of care than before. */
bool nobody_is_worse(const struct outcome *before, const struct outcome *after);

#endif
