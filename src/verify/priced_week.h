/* A patient's week at given prices: what the search for the cheapest one knows of it. Days stand as
 * kinds, the rows are the requirements and maxima, which pay for sessions (worth) so that the days
 * can be looked at one by one. Costs in units of 1/COST_ONE. */
#ifndef IOPSCHED_VERIFY_PRICED_WEEK_H
#define IOPSCHED_VERIFY_PRICED_WEEK_H

#include "cheapest_week.h"

/* A requirement or a maximum: of one service, or of the services of a category. */
struct row {
  int service, category; /* one of them NONE */
  int least, most;       /* most: UNLIMITED where it cannot bind */
};

/* Days that count alike, by the cheapest of them. */
struct kind {
  int64_t cost;
  int64_t reduced; /* less what the rows pay */
  int minutes;
  const uint8_t *counts; /* [n_rows]: sessions that the day adds */
};

struct day_kinds {
  struct kind *list; /* [n] */
  int n;
};

struct week {
  const struct clinic *clinic;
  const struct patient *who;
  struct arena arena;
  struct row *rows; /* [n_rows] */
  int n_rows;
  int64_t *worth; /* [n_rows]: paid for a session more; above 0 where it is short, below where
                     there are too many */
  struct day_kinds days[N_DAYS];
  int most_slots, most_days;
  int64_t row_short, minute_short, day_short;
  int64_t *rest; /* [N_DAYS + 1][most_slots + 1][N_DAYS + 1]: least reduced cost of the days left */
  int64_t constant; /* that the rows cost whatever the week holds */
  int64_t best;     /* of the weeks seen so far */
  int *count;       /* [n_rows] of the week at hand */
  int64_t patience;
};

static inline int64_t larger(int64_t a, int64_t b) {
  return a > b ? a : b;
}

static inline int kind_slots(const struct week *week, const struct kind *kind) {
  return kind->minutes / week->clinic->slot_minutes;
}

/* Hours and days short, and days beyond the minimum. */
static inline int64_t week_totals(const struct week *week, int slots, int days) {
  const struct patient *who = week->who;
  int64_t minutes = (int64_t)slots * week->clinic->slot_minutes;
  return week->minute_short * larger(0, who->min_minutes - minutes) +
         week->day_short * larger(0, who->min_days - days) +
         week->clinic->weight_milli[TERM_EXTRA_DAY] * AMOUNT_ONE * larger(0, days - who->min_days);
}

static inline int64_t *week_rest(const struct week *week, int day, int slots, int days) {
  return &week->rest[(day * (week->most_slots + 1) + slots) * (N_DAYS + 1) + days];
}

/* The least value of any week, or less if the search would take too long: as much as it proved by
 * looking below ever higher costs. bound: what is proven already; worth and rest are those of it.
 */
int64_t week_least(struct week *week, int64_t bound);

#endif
