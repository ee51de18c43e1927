/* A single file that a command writes beside its results, where its user said. */
#ifndef IOPSCHED_CLI_SIDE_FILE_H
#define IOPSCHED_CLI_SIDE_FILE_H

#include <stdbool.h>
#include <stdio.h>

#include "exit_status.h"

/* Opens it for its owner alone, emptied; 73, and said, if it cannot be. */
enum exit_status side_file_open(const char *path, FILE **file);
/* Closes it; `written`: nothing failed so far (else errno tells what did). On failure says so and
 * takes it away: half of it is worse than none. NULL is fine. */
enum exit_status side_file_close(const char *path, FILE *file, bool written);
/* Closes it and takes it away: what was to stand in it never came about. NULL is fine. */
void side_file_drop(const char *path, FILE *file);

#endif
