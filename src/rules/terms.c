#include "iopsched/roster.h"
#include "iopsched/rules.h"

#define TERM_INFO(symbol, name, weight, care) [TERM_##symbol] = {"weight_" #name, weight, care},
const struct term_info term_infos[N_TERMS] = {TERMS(TERM_INFO)};
#undef TERM_INFO

static int64_t sum_of(const struct cost *cost, bool is_care) {
  int64_t sum = 0;
  for (int term = 0; term < N_TERMS; term++)
    if (term_infos[term].is_care == is_care) sum += cost->cost[term];
  return sum;
}

int64_t cost_care(const struct cost *cost) {
  return sum_of(cost, true);
}

int64_t cost_quality(const struct cost *cost) {
  return sum_of(cost, false);
}

static int64_t sum_over_patients(const struct cost_term *term, const struct clinic *clinic,
                                 const struct schedule *schedule) {
  int64_t sum = 0;
  struct roster roster;
  roster_init(&roster, ROSTER_PATIENTS, clinic, schedule);
  for (int p = 0; p < roster.n; p++) sum += term->of_patient(clinic, schedule, p, &roster.of[p]);
  roster_release(&roster);
  return sum;
}

int64_t cost_term_amount(const struct cost_term *term, const struct clinic *clinic,
                         const struct schedule *schedule, const struct previous *previous) {
  return term->of_patient ? sum_over_patients(term, clinic, schedule)
                          : term->amount(clinic, schedule, previous);
}
