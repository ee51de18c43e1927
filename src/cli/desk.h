/* A plan that stands, changed by a search that somebody waits for, at a desk or a telephone. */
#ifndef IOPSCHED_CLI_DESK_H
#define IOPSCHED_CLI_DESK_H

#include "exit_status.h"
#include "iopsched/absence.h"
#include "iopsched/clinic.h"
#include "iopsched/folder.h"
#include "iopsched/plan.h"
#include "iopsched/schedule.h"
#include "options.h"
#include "progress.h"

/* What one run has in hand; begins with its options and all else zero, desk_release() in any case.
 * The operands are the clinic's folder and the plan's. */
struct desk {
  const struct options *options;
  struct clinic *files;  /* as its files say */
  struct clinic *clinic; /* the same without who was absent when the plan was repaired, if it was */
  struct previous *plan;
  struct arena arena;
  struct absences absences; /* that the plan was repaired for; and what is to be written of them */
  struct folder *folder;    /* to be written */
  struct plan_result result;
  struct progress progress;
};

/* Loads clinic and plan. */
enum exit_status desk_read(struct desk *desk);
/* Takes the folder to write; the process can write nothing else from then on. */
enum exit_status desk_open(struct desk *desk);

/* What the search is asked for, by the command's options: 4 s for 60 patients, 15 for 400, unless a
 * limit is given. */
struct plan_options desk_begin_search(struct desk *desk);
/* Ends what that began: 65 if the result has no schedule, of a clinic that may differ from the
 * desk's by what the command was told. */
enum exit_status desk_end_search(struct desk *desk, const struct clinic *clinic);

/* Writes the schedule of a clinic, as write_output() does. `reasons`: see struct plan_output. */
enum exit_status desk_write(const struct desk *desk, const struct clinic *clinic,
                            const struct clinic *reasons);
/* True if the plan was written and there is more to say of it. */
bool desk_may_tell(const struct desk *desk, enum exit_status status);
void desk_release(struct desk *desk);

#endif
