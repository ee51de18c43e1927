/* The end of every command that plans: a schedule is judged, reported and written. */
#ifndef IOPSCHED_CLI_PLAN_OUTPUT_H
#define IOPSCHED_CLI_PLAN_OUTPUT_H

#include "exit_status.h"
#include "iopsched/clinic.h"
#include "iopsched/folder.h"
#include "iopsched/schedule.h"
#include "iopsched/write.h"
#include "options.h"
#include "run_log.h"

/* A schedule on its way to its folder; all borrowed. */
struct plan_output {
  const struct options *options;
  const struct clinic *clinic;
  const struct clinic *reasons; /* whose hours count in the reasons of unmet needs (those that are
                                   past do not); NULL: the clinic's */
  const struct schedule *schedule;
  const struct previous *previous; /* to count changes against, or NULL */
  const struct absences *absences; /* that it was repaired for, or NULL */
  const char *previous_folder;     /* where it was read, or NULL */
  const char *path;                /* where the plan will stand; NULL: options->output */
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

/* The same in steps, for whoever writes more than one plan. A plan that the verifier accepted, with
 * all that is to be reported of it; borrows from the output. */
struct sound_plan {
  struct cost cost;
  struct outcome outcome;
  struct changes changes;
  const char *same[2];
  struct report report;
};
/* `folder` will take it. False, and said, if the verifier refuses it. sound_plan_release() in any
 * case. */
bool sound_plan_init(struct sound_plan *plan, const struct plan_output *output,
                     struct folder *folder);
void sound_plan_release(struct sound_plan *plan);

#endif
