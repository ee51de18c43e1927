/* The live line on a terminal while the search runs. */
#ifndef IOPSCHED_CLI_PROGRESS_H
#define IOPSCHED_CLI_PROGRESS_H

#include <stdbool.h>

#include "iopsched/plan.h"

struct progress {
  bool shown;  /* standard error is a terminal and the user wants to see it */
  bool drawn;  /* a line stands there now */
  double next; /* seconds of the search before which no line is drawn again */
};

void progress_begin(struct progress *progress, bool wanted);
/* For plan_options.progress; data is a struct progress. */
void progress_draw(void *data, const struct plan_progress *now);
/* Takes the line away. */
void progress_end(struct progress *progress);

#endif
