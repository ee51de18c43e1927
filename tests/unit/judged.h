/* What the verifier says of a schedule, for tests. */
#ifndef IOPSCHED_TESTS_JUDGED_H
#define IOPSCHED_TESTS_JUDGED_H

#include "iopsched/schedule.h"

/* True if it breaks no rule; else prints each breach. */
bool check_valid(const struct clinic *clinic, const struct schedule *schedule);
/* Fails the cmocka test if it breaks one. */
void assert_valid(const struct clinic *clinic, const struct schedule *schedule);

#endif
