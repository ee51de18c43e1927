/* What a week solver keeps, which the files that find a week share: week.c, week_relax.c,
 * week_join.c and week_search.c, in the order in which they take their turns. */
#ifndef IOPSCHED_PLAN_WEEK_SOLVER_H
#define IOPSCHED_PLAN_WEEK_SOLVER_H

#include "day.h"
#include "day_patterns.h"
#include "week.h"

struct join;
struct outlook;

/* What one more session of a requirement is worth to the patient: positive where its minimum asks
 * for more, negative where its maximum keeps sessions out. */
struct multipliers {
  int64_t *worth;  /* [n_rows]; NULL: never set */
  int64_t *length; /* [n_rows]: of the next step */
  int64_t *kept;   /* [n_rows]: the best of this relaxation */
  int8_t *moved;   /* [n_rows]: direction of the last step */
};

struct week_solver {
  const struct grid *grid;
  const struct lattices *lattices;
  struct day_solver desks[N_DAYS]; /* [n_desks]: one for all days, or one for each */
  int n_desks, n_threads;
  int max_nodes, max_kinds; /* of the lattices */
  struct day_patterns days[N_DAYS];
  struct multipliers *multipliers; /* [n_patients], kept from call to call */
  struct outlook *outlook;         /* of a week that is bounded; NULL: not needed yet */
  int64_t *slack;    /* [n_patients]: how far above what the outlook says their week is looked for;
                        0: not known yet */
  struct join *join; /* NULL: not needed yet */
  int64_t *suffix;   /* [(N_DAYS + 1) * (N_DAYS + 1) * (hours + 1)] */
  size_t suffix_size;
  int reach[N_DAYS + 1]; /* the most slots that can be counted before a day */
  int *kinds;            /* [n_kinds]: those of the week's patterns, each once */
  int n_kinds;
  bool *kind_listed;   /* [max_kinds]: it is among them */
  int64_t *kind_worth; /* [max_kinds]: of those, what the multipliers pay for such a day */
  int64_t *row_short;  /* cost of one session short */
  int *row_count;
  int64_t work;

  /* The patient at hand. */
  const struct patient *who;
  const struct lattice *lattice;
  const struct need *rows;
  int n_rows, most_counted, most_days;
  int64_t hour_short_minute, day_short; /* cost of one minute, one day short */
  int64_t constant;                     /* what the multipliers pay whatever the week is */
  int64_t best;
  int chosen[N_DAYS], best_chosen[N_DAYS];
  int nodes_left;
  bool left_out; /* some days of the week's were not listed */
};

/* Shortfall of hours and days, and extra days. */
static inline int64_t totals_cost(const struct week_solver *solver, int counted, int days) {
  const struct patient *who = solver->who;
  int64_t minutes = (int64_t)counted * solver->grid->clinic->slot_minutes;
  return solver->hour_short_minute * max64(0, who->min_minutes - minutes) +
         solver->day_short * max64(0, who->min_days - days) +
         solver->grid->extra_day * max64(0, days - who->min_days);
}

static inline const uint8_t *kind_rows(const struct week_solver *solver, int kind) {
  return solver->lattice->kind_rows + (size_t)kind * (size_t)solver->n_rows;
}

static inline const uint8_t *pattern_rows(const struct week_solver *solver,
                                          const struct pattern *pattern) {
  return kind_rows(solver, pattern->kind);
}

/* suffix(day, counted, days): least reduced cost of the days from `day` on; those of one day and
 * number of days stand side by side. */
static inline int64_t *suffix_at(struct week_solver *solver, int day, int counted, int days) {
  size_t width = (size_t)solver->most_counted + 1;
  return &solver->suffix[((size_t)day * (N_DAYS + 1) + (size_t)days) * width + (size_t)counted];
}

/* Sets row_count to what the patterns of a choice hold. chosen: [N_DAYS], NONE: at home. */
void week_count_rows(struct week_solver *solver, const int *chosen);

/* A choice that exceeds no maximum and costs less than solver->best is the best from now on. */
void week_keep_if_better(struct week_solver *solver, const int *chosen);

/* What the multipliers pay whatever the week is. worth: [n_rows]. */
int64_t week_constant(const struct week_solver *solver, const int64_t *worth);

/* Relaxes the requirements: moves the multipliers by so many steps at most, and leaves reduced
 * costs and suffix of the best ones. Returns the bound. */
int64_t week_relax(struct week_solver *solver, struct multipliers *m, int steps);

/* The choice that is best at the multipliers that week_relax() left, until the patterns are sorted.
 * chosen: [N_DAYS]. */
void week_relaxed(struct week_solver *solver, int *chosen);

/* Looks for a week that costs less than solver->best, from the cheapest days on, in so many nodes
 * at most; it has looked everywhere if solver->nodes_left is positive then. */
void week_search(struct week_solver *solver, int nodes);

#endif
