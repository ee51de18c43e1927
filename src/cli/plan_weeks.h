/* plan --weeks: the coming weeks, one after another. */
#ifndef IOPSCHED_CLI_PLAN_WEEKS_H
#define IOPSCHED_CLI_PLAN_WEEKS_H

#include <time.h>

#include "exit_status.h"
#include "options.h"
#include "run_log.h"

/* The log is told of the first of them. */
enum exit_status plan_weeks(const struct options *options, const char *clinic_folder, time_t now,
                            struct run_log *log);

#endif
