/* The search of one week, as the command line asks for it. */
#ifndef IOPSCHED_CLI_SEARCH_WEEK_H
#define IOPSCHED_CLI_SEARCH_WEEK_H

#include "exit_status.h"
#include "iopsched/plan.h"
#include "options.h"

/* Plans the week and draws its unannounced sessions, showing how it goes. Where no plan completes
 * the fixed rows, says so: 65. The result is the caller's in any case. */
enum exit_status search_week(const struct options *options, const struct clinic *clinic,
                             const struct previous *previous, struct plan_result *result);

#endif
