/* How the search goes: a live line on a terminal, or a line for every gain. */
#ifndef IOPSCHED_CLI_PROGRESS_H
#define IOPSCHED_CLI_PROGRESS_H

#include <stdbool.h>

#include "iopsched/plan.h"

enum progress_style {
  PROGRESS_NONE,
  PROGRESS_LIVE, /* one line, drawn again and again, where standard error is a terminal */
  PROGRESS_LINES /* a line whenever the cost falls, and of the bound's gains one a second */
};

struct progress {
  enum progress_style style;
  bool drawn;          /* a live line stands there now */
  double next;         /* seconds of the search before which nothing is told again, gains in cost
                          apart */
  int64_t cost, bound; /* as last told in a line of its own */
};

void progress_begin(struct progress *progress, enum progress_style style);
/* For plan_options.progress; data is a struct progress. */
void progress_draw(void *data, const struct plan_progress *now);
/* Takes the live line away. */
void progress_end(struct progress *progress);

#endif
