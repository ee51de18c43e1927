#include "iopsched/verify.h"

bool verify_rules(const struct clinic *clinic, const struct schedule *schedule,
                  struct breaches *breaches) {
  int n_before = breaches->n;
  for (int i = 0; i < n_rules; i++) rules[i]->check(clinic, schedule, breaches);
  return breaches->n == n_before;
}

bool verify_is_valid(const struct clinic *clinic, const struct schedule *schedule) {
  struct breaches breaches = {0};
  bool valid = verify_rules(clinic, schedule, &breaches);
  breaches_free(&breaches);
  return valid;
}

/* weight x amount, no more than an int64 holds: weights may be absurd. */
static int64_t cost_of(int64_t weight_milli, int64_t amount) {
  int64_t cost;
  return __builtin_mul_overflow(weight_milli, amount, &cost) ? INT64_MAX : cost;
}

struct cost verify_cost(const struct clinic *clinic, const struct schedule *schedule,
                        const struct previous *previous) {
  struct cost cost = {0};
  for (int term = 0; term < N_TERMS; term++) {
    cost.amount[term] = cost_term_amount(cost_terms[term], clinic, schedule, previous);
    cost.cost[term] = cost_of(clinic->weight_milli[term], cost.amount[term]);
    if (__builtin_add_overflow(cost.total, cost.cost[term], &cost.total)) cost.total = INT64_MAX;
  }
  return cost;
}
