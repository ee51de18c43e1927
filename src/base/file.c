#include "iopsched/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool read_all(int fd, size_t most, struct text *text) {
  char piece[16384];
  struct stat at;
  if (fstat(fd, &at) != 0) return false;
  if (!S_ISREG(at.st_mode)) {
    errno = EINVAL;
    return false;
  }
  for (size_t sum = 0;;) {
    ssize_t n = read(fd, piece, sizeof piece);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return n == 0;
    sum += (size_t)n;
    if (sum > most) {
      errno = EFBIG;
      return false;
    }
    text_add_bytes(text, piece, (size_t)n);
  }
}

bool file_was_refused(int reason) {
  return reason != ENOENT && reason != ENOTDIR && reason != ELOOP && reason != EINVAL &&
         reason != EFBIG;
}

bool file_read(int folder, const char *path, size_t most, struct text *text) {
  /* Without O_NONBLOCK a pipe of that name would keep us waiting. */
  int fd = openat(folder, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return false;
  bool read = read_all(fd, most, text);
  int reason = errno;
  close(fd);
  errno = reason;
  return read;
}
