/* What cost terms count, in units of 1/AMOUNT_ONE. */
#ifndef IOPSCHED_RULES_UNITS_H
#define IOPSCHED_RULES_UNITS_H

#include "iopsched/terms.h"

/* A minute without a priority; a day or a session times a priority in thousandths. */
#define UNITS_PER_MINUTE (AMOUNT_ONE / 60)
#define UNITS_PER_PRIORITY_MILLI (AMOUNT_ONE / 1000)

#endif
