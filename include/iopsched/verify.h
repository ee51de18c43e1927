/* The verifier: judges a schedule by the rules alone. It shares nothing with the planner but the
 * clinic. */
#ifndef IOPSCHED_VERIFY_H
#define IOPSCHED_VERIFY_H

#include "iopsched/duals.h"
#include "iopsched/rules.h"

/* Adds every breach of every hard rule. True if there is none. */
bool verify_rules(const struct clinic *clinic, const struct schedule *schedule,
                  struct breaches *breaches);
/* The same, without the breaches. */
bool verify_is_valid(const struct clinic *clinic, const struct schedule *schedule);
/* The cost of a schedule (valid or not). previous may be NULL. */
struct cost verify_cost(const struct clinic *clinic, const struct schedule *schedule,
                        const struct previous *previous);
/* A lower bound on the cost of every valid schedule, from prices alone (which are sorted); >= 0,
 * units of 1/COST_ONE. Whatever they are it holds; good ones make it high. previous may be NULL. */
int64_t verify_bound(const struct clinic *clinic, const struct previous *previous,
                     struct duals *duals);

#endif
