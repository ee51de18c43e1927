#include "iopsched/terms.h"

#define TERM_INFO(symbol, setting, weight, care) [TERM_##symbol] = {#setting, weight, care},
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
