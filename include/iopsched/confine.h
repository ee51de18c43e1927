/* What the process gives up because it needs it no more: a fault that somebody could use in what it
 * reads then finds little to do. Whatever the kernel cannot take away stays, and nobody is told. */
#ifndef IOPSCHED_CONFINE_H
#define IOPSCHED_CONFINE_H

#include <stdbool.h>
#include <stddef.h>

/* For good, for this process and all that it makes: no core file, no memory shown to the user's
 * other processes; no network and no other program (seccomp, if the program was built with
 * libseccomp). True if that last part is in force. */
bool confine_process(void);

/* A folder in which something may change yet. */
struct confine_grant {
  int folder;        /* a descriptor, borrowed */
  bool only_entries; /* folders below it may be made, renamed and removed, and files removed; none
                        is made or written */
};

/* For good, for the calling thread and those it starts: the file system stays as it is except in
 * the folders granted [n], and no program is run (Landlock). Files that are open already can still
 * be written. True if that is in force. */
bool confine_writing(const struct confine_grant *grants, size_t n);

#endif
