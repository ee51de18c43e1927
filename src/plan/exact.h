/* Small clinics solved to the end: the whole week as one integer program, by branch and cut. */
#ifndef IOPSCHED_PLAN_EXACT_H
#define IOPSCHED_PLAN_EXACT_H

#include "halt.h"
#include "iopsched/clinic.h"
#include "iopsched/schedule.h"

enum exact_status {
  EXACT_BETTER, /* an optimal schedule, which costs less than the one given */
  EXACT_BEST,   /* proven: nothing costs less than the one given (or nothing is valid at all) */
  EXACT_UNKNOWN /* too large, or not solved in time */
};

/* Looks for a schedule of lower cost than `cost` (INT64_MAX: any). *schedule is set if
 * EXACT_BETTER; schedule_free() ends it. `halt` may end the attempt. */
enum exact_status exact_solve(const struct clinic *clinic, const struct previous *previous,
                              int64_t cost, struct halt *halt, struct schedule **schedule);

#endif
