/* The short account of a plan for whoever waits for it. */
#ifndef IOPSCHED_CLI_ACCOUNT_H
#define IOPSCHED_CLI_ACCOUNT_H

#include "iopsched/text.h"
#include "iopsched/write.h"

enum account_depth {
  ACCOUNT_BRIEF,  /* without the cost of each term */
  ACCOUNT_FULL,   /* patients are counted: it may end up in a log */
  ACCOUNT_VERBOSE /* each unmet need by the patient's id */
};
void account_add(struct text *text, const struct report *report, bool cut_short,
                 enum account_depth depth, const char *output);
/* To standard error. Patients are counted, never named, unless `verbose`: it may end up in a log.
 */
void account_print(const struct report *report, bool cut_short, bool verbose, const char *output);

#endif
