#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "iopsched/memory.h"
#include "iopsched/text.h"

/* Reads until the end or until one byte more than max_bytes: a file may grow while it is read. */
static enum input_status read_all(int file, int64_t max_bytes, unsigned char **bytes,
                                  size_t *length) {
  size_t capacity = 0;
  for (;;) {
    if (*length == capacity) {
      capacity = capacity ? capacity * 2 : (size_t)64 * 1024;
      *bytes = mem_resize(*bytes, capacity, 1);
    }
    ssize_t n = read(file, *bytes + *length, capacity - *length);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return INPUT_REFUSED;
    if (n == 0) return INPUT_READ;
    *length += (size_t)n;
    if ((int64_t)*length > max_bytes) return INPUT_TOO_LONG;
  }
}

static enum input_status read_opened(int file, int64_t max_bytes, unsigned char **bytes,
                                     size_t *length) {
  struct stat about;
  if (fstat(file, &about) != 0) return INPUT_REFUSED;
  if (!S_ISREG(about.st_mode)) return INPUT_NOT_A_FILE;
  if (about.st_size > max_bytes) return INPUT_TOO_LONG;
  return read_all(file, max_bytes, bytes, length);
}

enum input_status input_read(const char *folder, const char *name, int64_t max_bytes,
                             unsigned char **bytes, size_t *length) {
  *bytes = NULL;
  *length = 0;
  struct text path = {0};
  text_printf(&path, "%s/%s", folder, name);
  /* Without O_NONBLOCK, opening a pipe waits for someone to write into it. */
  int file = open(path.data, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  text_free(&path);
  if (file < 0) return errno == ENOENT || errno == ENOTDIR ? INPUT_ABSENT : INPUT_REFUSED;
  enum input_status status = read_opened(file, max_bytes, bytes, length);
  int reason = errno;
  close(file);
  errno = reason;
  if (status == INPUT_READ) return status;
  free(*bytes);
  *bytes = NULL;
  *length = 0;
  return status;
}
