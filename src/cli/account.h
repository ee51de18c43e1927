/* The short account of a plan for whoever waits for it. */
#ifndef IOPSCHED_CLI_ACCOUNT_H
#define IOPSCHED_CLI_ACCOUNT_H

#include "iopsched/write.h"

/* To standard error. Patients are counted, never named, unless `verbose`: it may end up in a log.
 */
void account_print(const struct report *report, bool cut_short, bool verbose, const char *output);

#endif
