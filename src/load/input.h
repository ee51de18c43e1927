/* A file of a folder, read whole. */
#ifndef IOPSCHED_LOAD_INPUT_H
#define IOPSCHED_LOAD_INPUT_H

#include <stddef.h>
#include <stdint.h>

enum input_status {
  INPUT_READ,
  INPUT_ABSENT,
  INPUT_NOT_A_FILE, /* a folder, a pipe, a device: reading it might never end */
  INPUT_TOO_LONG,   /* more than max_bytes */
  INPUT_REFUSED     /* errno says why */
};

/* Reads folder/name. *bytes [*length] is on the heap, for the caller to free(); NULL unless
 * INPUT_READ. */
enum input_status input_read(const char *folder, const char *name, int64_t max_bytes,
                             unsigned char **bytes, size_t *length);

#endif
