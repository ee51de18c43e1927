/* --write-lp: the week for other solvers. */
#ifndef IOPSCHED_CLI_INTEGER_PROGRAM_H
#define IOPSCHED_CLI_INTEGER_PROGRAM_H

#include "exit_status.h"
#include "iopsched/clinic.h"
#include "iopsched/schedule.h"

/* Writes the week as one integer program to a file, private to its owner; previous may be NULL.
 * Says what failed. */
enum exit_status write_integer_program(const char *path, const struct clinic *clinic,
                                       const struct previous *previous);

#endif
