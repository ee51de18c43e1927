/* The end of every command that plans: a schedule is judged, reported and written. */
#ifndef IOPSCHED_CLI_PLAN_OUTPUT_H
#define IOPSCHED_CLI_PLAN_OUTPUT_H

#include "exit_status.h"
#include "iopsched/clinic.h"
#include "iopsched/folder.h"
#include "iopsched/schedule.h"
#include "options.h"
#include "run_log.h"

/* A schedule on its way to its folder; all borrowed. */
struct plan_output {
  const struct options *options;
  const struct clinic *clinic;
  const struct schedule *schedule;
  const struct previous *previous; /* to count changes against, or NULL */
  const char *previous_folder;     /* where it was read, or NULL */
  bool has_bound;
  int64_t bound;       /* units of 1/COST_ONE */
  double seconds;      /* that the search took */
  bool cut_short;      /* the clock or a signal ended it */
  struct run_log *log; /* told of the plan; or NULL */
};

/* Takes options->output for writing, before the search: nobody should wait for a plan that cannot
 * be written. */
enum exit_status open_output(const struct options *options, struct folder **folder);

/* Writes the plan, and tells of it, if the verifier accepts it: 0, or 2 if some need is unmet. The
 * verifier shares nothing with the search: what it refuses is never written. */
enum exit_status write_output(const struct plan_output *output, struct folder *folder);

#endif
