/* A search that somebody waits for, at a desk or a telephone. */
#ifndef IOPSCHED_CLI_DESK_H
#define IOPSCHED_CLI_DESK_H

#include "iopsched/plan.h"
#include "options.h"
#include "progress.h"

/* What such a search is asked for, by the command's options: 4 s for 60 patients, 15 for 400,
 * unless a limit is given. Begins the progress, which the caller ends. */
struct plan_options desk_search(const struct options *options, int n_patients,
                                struct progress *progress);

#endif
