#include "side_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "messages.h"

enum exit_status side_file_open(const char *path, FILE **file) {
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  struct stat at;
  if (fd >= 0 && fstat(fd, &at) == 0 && S_ISREG(at.st_mode) && fchmod(fd, 0600) != 0) {
    close(fd); /* it would show patients' ids to others: an older file may have been open to them */
    fd = -1;
  }
  *file = fd < 0 ? NULL : fdopen(fd, "w");
  if (*file) return EXIT_DONE;
  complain("cannot write '%s': %s", path, strerror(errno));
  if (fd >= 0) close(fd);
  return EXIT_CANNOT_WRITE;
}

/* A device stays where it is. */
static void remove_if_regular(const char *path) {
  struct stat at;
  if (lstat(path, &at) == 0 && S_ISREG(at.st_mode)) unlink(path);
}

enum exit_status side_file_close(const char *path, FILE *file, bool written) {
  if (!file) return EXIT_DONE;
  int reason = errno;
  bool closed = fclose(file) == 0;
  if (written && closed) return EXIT_DONE;
  complain("cannot write '%s': %s", path, strerror(written ? errno : reason));
  remove_if_regular(path);
  return EXIT_READ_WRITE_FAILED;
}

void side_file_drop(const char *path, FILE *file) {
  if (!file) return;
  (void)fclose(file);
  remove_if_regular(path);
}
