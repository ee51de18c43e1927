/* Small files read whole. */
#ifndef IOPSCHED_FILE_H
#define IOPSCHED_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "iopsched/text.h"

/* Adds what a regular file holds to the text; path as openat() takes it with the descriptor
 * `folder` (AT_FDCWD: of the working folder). False, with errno set, if it cannot be read; EFBIG if
 * it is larger than `most` bytes. A symbolic link is not followed. */
bool file_read(int folder, const char *path, size_t most, struct text *text);

/* Whether a failure of file_read() leaves open what the file holds: not if there is none, or none
 * that could be ours. */
bool file_was_refused(int reason);

#endif
