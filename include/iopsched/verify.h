/* The verifier: judges a schedule by the rules alone. It shares nothing with the planner but the
 * clinic. */
#ifndef IOPSCHED_VERIFY_H
#define IOPSCHED_VERIFY_H

#include "iopsched/rules.h"

/* Adds every breach of every hard rule. True if there is none. */
bool verify_rules(const struct clinic *clinic, const struct schedule *schedule,
                  struct breaches *breaches);
/* The cost of a schedule (valid or not). previous may be NULL. */
struct cost verify_cost(const struct clinic *clinic, const struct schedule *schedule,
                        const struct previous *previous);

#endif
