#include "integer_program.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "iopsched/ilp.h"
#include "messages.h"

/* NULL, and said, if it cannot be created. */
static FILE *create(const char *path) {
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  struct stat at;
  if (fd >= 0 && fstat(fd, &at) == 0 && S_ISREG(at.st_mode) && fchmod(fd, 0600) != 0) {
    close(fd); /* it would show patients' ids to others: an older file may have been open to them */
    fd = -1;
  }
  FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
  if (!file) {
    complain("cannot write '%s': %s", path, strerror(errno));
    if (fd >= 0) close(fd);
  }
  return file;
}

/* Half a program is worse than none; a device stays where it is. */
static void remove_if_regular(const char *path) {
  struct stat at;
  if (lstat(path, &at) == 0 && S_ISREG(at.st_mode)) unlink(path);
}

enum exit_status write_integer_program(const char *path, const struct clinic *clinic,
                                       const struct previous *previous) {
  FILE *file = create(path);
  if (!file) return EXIT_CANNOT_WRITE;
  struct ilp *ilp = ilp_build(clinic, previous);
  errno = 0;
  bool written = ilp_write_lp(ilp, file);
  int reason = errno;
  ilp_free(ilp);
  bool closed = fclose(file) == 0;
  if (written && closed) return EXIT_DONE;
  complain("cannot write '%s': %s", path, strerror(written ? errno : reason));
  remove_if_regular(path);
  return EXIT_READ_WRITE_FAILED;
}
