#include "steps.h"

#include "iopsched/divisor.h"
#include "iopsched/rules.h"
#include "units.h"

int64_t step_of_things(const struct clinic *clinic) {
  (void)clinic;
  return AMOUNT_ONE;
}

int64_t step_of_prioritised_things(const struct clinic *clinic) {
  int64_t step = 0;
  for (int p = 0; p < clinic->n_patients; p++)
    step = common_divisor(step, clinic->patients[p].priority_milli);
  return step * UNITS_PER_PRIORITY_MILLI;
}

int64_t step_of_time(const struct clinic *clinic) {
  return clinic->slot_minutes * UNITS_PER_MINUTE;
}

int64_t cost_step(const struct clinic *clinic) {
  int64_t step = 0;
  for (int t = 0; t < N_TERMS; t++) {
    const struct cost_term *term = cost_terms[t];
    int64_t cost;
    if (__builtin_mul_overflow(clinic->weight_milli[t], term->step ? term->step(clinic) : 1, &cost))
      return 1;
    step = common_divisor(step, cost);
  }
  return step > 0 ? step : 1;
}
