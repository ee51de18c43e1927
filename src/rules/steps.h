/* What the amounts of cost terms are multiples of, in units of 1/AMOUNT_ONE. */
#ifndef IOPSCHED_RULES_STEPS_H
#define IOPSCHED_RULES_STEPS_H

#include "iopsched/clinic.h"

/* Of whole numbers of things. */
int64_t step_of_things(const struct clinic *clinic);
/* The same times the patients' priorities. */
int64_t step_of_prioritised_things(const struct clinic *clinic);
/* Of times that begin and end on the grid. */
int64_t step_of_time(const struct clinic *clinic);

#endif
