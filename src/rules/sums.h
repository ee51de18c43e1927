/* Sums that cost terms are made of, in units of 1/AMOUNT_ONE. */
#ifndef IOPSCHED_RULES_SUMS_H
#define IOPSCHED_RULES_SUMS_H

#include "iopsched/roster.h"
#include "iopsched/terms.h"

/* A minute without a priority; a day or a session times a priority in thousandths. */
#define UNITS_PER_MINUTE (AMOUNT_ONE / 60)
#define UNITS_PER_PRIORITY_MILLI (AMOUNT_ONE / 1000)

/* Adds up what a term measures of each patient; sessions: of the patient, by start, each once. */
int64_t sum_over_patients(const struct clinic *clinic, const struct schedule *schedule,
                          int64_t (*of_patient)(const struct clinic *clinic,
                                                const struct schedule *schedule, int patient,
                                                const struct ints *sessions));

#endif
