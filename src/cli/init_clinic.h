/* The small clinic that `init` writes: every file, every column, each explained in comment rows. */
#ifndef IOPSCHED_CLI_INIT_CLINIC_H
#define IOPSCHED_CLI_INIT_CLINIC_H

struct init_file {
  const char *name;
  const char *const *lines; /* ends with NULL; without line ends */
};
extern const struct init_file init_files[]; /* [n_init_files] */
extern const int n_init_files;

#endif
