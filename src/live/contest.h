/* Whose is what a remedy adds? Found by trying to let the need go without it. */
#ifndef IOPSCHED_LIVE_CONTEST_H
#define IOPSCHED_LIVE_CONTEST_H

#include "tries.h"

/* Plans with the remedy as anybody would who made it in the files, and once with the need weighing
 * a little less. If a week leaves the need unmet, or `rival` does (or NULL), the remedy is
 * contested, and gets the sessions to fix that make it the patient's, tried as well. `own` is the
 * week that meets the need. False if no such sessions were found, or the time is over: then the
 * remedy is not sure to do. */
bool contest_settle(struct tries *tries, struct proven_remedy *proven, const struct unmet *need,
                    const struct replanned *own, const struct replanned *rival,
                    struct arena *arena);

#endif
