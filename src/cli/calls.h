/* Whom to call after a plan was changed. */
#ifndef IOPSCHED_CLI_CALLS_H
#define IOPSCHED_CLI_CALLS_H

#include "iopsched/changes.h"

/* Prints to standard output, person by person (ids), what each patient attends and each therapist
 * leads that is not as it was. */
void calls_print(const struct clinic *clinic, const struct schedule *schedule,
                 const struct previous *previous);

#endif
