/* The ways to spend a day that are worth a look when the days are joined to a week: of each kind of
 * day, what counts alike for hours and requirements, the cheapest. */
#ifndef IOPSCHED_PLAN_DAY_PATTERNS_H
#define IOPSCHED_PLAN_DAY_PATTERNS_H

#include "day.h"

struct pattern {     /* one way to spend a day */
  int64_t cost;      /* prices, idle time, stranded day */
  int64_t reduced;   /* cost less what the multipliers pay for requirements */
  int kind, counted; /* counted: slots */
  int level;         /* index of its level */
  int n;
  int offers[MAX_DAY_SESSIONS]; /* where only a bound is asked for, chains of services that are not
                                   told apart can be longer: these are the first, the cost is whole
                                 */
};

struct level {          /* the best pattern for a number of counted slots */
  int counted, pattern; /* NONE: stay at home */
  int64_t reduced;
};

struct chain { /* one that ends with a label of the day solver */
  int64_t cost;
  int32_t label;
};

struct day_patterns {
  struct pattern *list; /* [n]; by kind when listed */
  int n;
  size_t capacity;
  struct chain *cheapest; /* [max_kinds], scratch: of each kind, if it was found */
  word *found;            /* a bit for each kind, scratch */
  struct level *levels;   /* [n_levels]; the first: stay at home */
  int n_levels;
  bool left_out; /* days of more sessions were not listed */
};

/* max_kinds: the most kinds of a lattice. */
void day_patterns_init(struct day_patterns *patterns, const struct grid *grid, int max_kinds);
void day_patterns_release(struct day_patterns *patterns);

/* Nothing but to stay at home. */
void day_patterns_clear(struct day_patterns *patterns);
/* Lists what the day solver found for the patient, with one level for each number of counted slots;
 * which pattern is the best of a level is not known yet. */
void day_patterns_list(struct day_patterns *patterns, const struct day_solver *day,
                       const struct patient *who);

#endif
