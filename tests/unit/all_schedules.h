/* The best schedule of a micro clinic, found by trying all of them: no model, only the rules'
 * checks and the terms' measures. */
#ifndef IOPSCHED_TESTS_ALL_SCHEDULES_H
#define IOPSCHED_TESTS_ALL_SCHEDULES_H

#include "iopsched/clinic.h"
#include "iopsched/schedule.h"

struct all_answer {
  bool too_many; /* more than `most` schedules: the rest means nothing */
  bool feasible;
  int64_t cost; /* the least, in units of 1/COST_ONE */
  int n;        /* schedules tried */
};
struct all_answer all_schedules(const struct clinic *clinic, const struct previous *previous,
                                int most);

#endif
