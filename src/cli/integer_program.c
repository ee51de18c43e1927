#include "integer_program.h"

#include <errno.h>

#include "iopsched/ilp.h"
#include "side_file.h"

enum exit_status write_integer_program(const char *path, const struct clinic *clinic,
                                       const struct previous *previous) {
  FILE *file;
  enum exit_status status = side_file_open(path, &file);
  if (status != EXIT_DONE) return status;
  struct ilp *ilp = ilp_build(clinic, previous);
  errno = 0;
  bool written = ilp_write_lp(ilp, file);
  int reason = errno;
  ilp_free(ilp);
  errno = reason;
  return side_file_close(path, file, written);
}
