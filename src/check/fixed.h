/* The fixed rows as a schedule of their own: session i stands for fixed session i, with the people
 * and the room that its rows name. Patients named in one session of a closed service are in all of
 * its fixed sessions. */
#ifndef IOPSCHED_CHECK_FIXED_H
#define IOPSCHED_CHECK_FIXED_H

#include "iopsched/rules.h"
#include "parts.h"

struct fixed_week {
  const struct clinic *clinic;
  struct schedule *schedule;
  bool *faulty; /* [n_fixed]: an error names its rows */
  struct diagnostics *diagnostics;
};

/* Reports an error of the rows of these fixed sessions [n], and marks them faulty. */
__attribute__((format(printf, 5, 6))) void fixed_error(struct fixed_week *week, const int *fixed,
                                                       int n, const char *rule, const char *format,
                                                       ...);

/* Errors of fixed sessions that no room, no leaders or no patients could complete. */
void check_completion(struct fixed_week *week);

#endif
