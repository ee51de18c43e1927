/* The terms of the cost: named once, here. Costs and amounts are exact integers.
 *
 * An amount is counted in units of 1/AMOUNT_ONE: one hour, one day, one session or one attendance,
 * times a priority where the term has one, is AMOUNT_ONE units. Minutes x priority_milli and
 * 60 x count x priority_milli are therefore whole. A cost is weight_milli x amount, so COST_ONE
 * units are a cost of 1. */
#ifndef IOPSCHED_TERMS_H
#define IOPSCHED_TERMS_H

#include <stdbool.h>
#include <stdint.h>

/* TERM(symbol, name, default weight in thousandths, is care). The name NAME is that of the setting
 * weight_NAME, and of the module term_NAME in src/rules/term_NAME.c. */
#define TERMS(TERM)                                         \
  TERM(HOUR_SHORT, hour_short, 100000, true)                \
  TERM(DAY_SHORT, day_short, 100000, true)                  \
  TERM(SESSION_SHORT, session_short, 100000, true)          \
  TERM(OFFER_SHORT, offer_short, 100000, true)              \
  TERM(STAFF_HOUR, staff_hour, 1000, false)                 \
  TERM(IDLE_HOUR, idle_hour, 2000, false)                   \
  TERM(STAFF_IDLE_HOUR, staff_idle_hour, 0, false)          \
  TERM(STRANDED_DAY, stranded_day, 20000, false)            \
  TERM(EXTRA_DAY, extra_day, 1000, false)                   \
  TERM(NOT_PRIMARY, not_primary, 3000, false)               \
  TERM(NOT_PREFERRED_HOUR, not_preferred_hour, 1000, false) \
  TERM(CHANGE, change, 2000, false)                         \
  TERM(CUSHION, cushion, 0, false)

#define TERM_SYMBOL(symbol, name, weight, care) TERM_##symbol,
enum term { TERMS(TERM_SYMBOL) N_TERMS };
#undef TERM_SYMBOL

#define AMOUNT_ONE INT64_C(60000)    /* minutes per hour x thousandths of a priority */
#define COST_ONE INT64_C(60000000)   /* AMOUNT_ONE x thousandths of a weight */

struct term_info {
  const char *setting; /* the weight's name in program.csv and summary.json */
  int64_t default_milli;
  bool is_care; /* else quality */
};
extern const struct term_info term_infos[N_TERMS];

/* The cost of one schedule, term by term. cost[t] = weight_milli[t] x amount[t]; total is their
 * sum. */
struct cost {
  int64_t amount[N_TERMS];
  int64_t cost[N_TERMS];
  int64_t total;
};

/* Care and quality parts of a cost. */
int64_t cost_care(const struct cost *cost);
int64_t cost_quality(const struct cost *cost);

#endif
