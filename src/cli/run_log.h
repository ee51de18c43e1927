/* What a run that nobody watches leaves behind, as cron wants it: a line in the log, one line on
 * standard error if not all is well, and the text of a mail. */
#ifndef IOPSCHED_CLI_RUN_LOG_H
#define IOPSCHED_CLI_RUN_LOG_H

#include <stdbool.h>
#include <time.h>

#include "exit_status.h"
#include "iopsched/text.h"
#include "iopsched/write.h"
#include "options.h"

struct run_log {
  const struct options *options; /* borrowed, as is the command's name */
  const char *command;
  time_t began;
  int log; /* the file of --log; -1: none */

  bool has_week; /* monday is known */
  int monday;

  /* Of the weeks written so far, together. */
  int n_weeks, n_unmet, revision; /* revision: the first week's */
  int64_t cost, bound, milliseconds;
  bool has_bound;
  struct text program; /* its name */
  struct text mail;    /* the weeks in sentences, each after the other */
};

/* Opens the log, before anything else: 73, and said, if it cannot be. run_log_end() ends it in any
 * case. */
enum exit_status run_log_begin(struct run_log *log, const struct options *options,
                               const char *command, time_t now);
/* The week that the run is about, once it is known. */
void run_log_week(struct run_log *log, int monday);
/* The plan of a week was written, the first week's first; it stands in `folder`. */
void run_log_plan(struct run_log *log, const struct report *report, bool cut_short,
                  const char *folder);
/* Writes log, mail and, where the run is quiet, the line of standard error. Returns the run's exit
 * status: the one given, or 74 where one of them cannot be written. */
enum exit_status run_log_end(struct run_log *log, enum exit_status status);

#endif
