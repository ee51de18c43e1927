/* The main job, start to end: load, check, plan, verify, write. */
#include <errno.h>
#include <stdio.h>

#include "clinic_input.h"
#include "command.h"
#include "integer_program.h"
#include "iopsched/load.h"
#include "iopsched/plan.h"
#include "iopsched/write.h"
#include "messages.h"
#include "plan_output.h"
#include "plan_weeks.h"
#include "search_week.h"
#include "side_file.h"

/* What one run of `plan` has in hand. */
struct plan_run {
  const struct options *options;
  const char *clinic_folder;
  struct clinic *clinic;
  struct previous *previous; /* NULL without --previous */
  struct folder *folder;
  FILE *duals; /* NULL without --write-duals */
  struct plan_result result;
  struct run_log log;
};

static enum exit_status load(struct plan_run *run, time_t now) {
  const struct options *options = run->options;
  enum telling telling = telling_of(options);
  int n_warnings, monday = wanted_week(options, run->clinic_folder, now);
  run_log_week(&run->log, monday);
  enum exit_status status =
      read_clinic(run->clinic_folder, monday, true, telling, &run->clinic, &n_warnings);
  if (status != EXIT_DONE || !options->previous) return status;
  struct diagnostics diagnostics = {0};
  enum load_status loaded =
      previous_load(run->clinic, options->previous, &diagnostics, &run->previous);
  print_diagnostics(&diagnostics, telling);
  diagnostics_free(&diagnostics);
  return exit_of_load(loaded);
}

/* Before the search, as the output folder is. */
static enum exit_status open_duals(struct plan_run *run) {
  const char *path = run->options->write_duals;
  return path ? side_file_open(path, &run->duals) : EXIT_DONE;
}

/* After the plan, which stands whatever becomes of this file. */
static enum exit_status close_duals(struct plan_run *run, enum exit_status status) {
  const char *path = run->options->write_duals;
  if (!run->duals) return status;
  if (status != EXIT_DONE && status != EXIT_UNMET) {
    side_file_drop(path, run->duals);
    return status;
  }
  errno = 0;
  bool written = write_duals(run->clinic, &run->result.duals, run->duals);
  enum exit_status closed = side_file_close(path, run->duals, written);
  return closed == EXIT_DONE ? status : closed;
}

static enum exit_status write_out(struct plan_run *run) {
  struct plan_output output = {
      .options = run->options,
      .clinic = run->clinic,
      .schedule = run->result.schedule,
      .previous = run->previous,
      .previous_folder = run->options->previous,
      .has_bound = true,
      .bound = run->result.bound,
      .seconds = run->result.seconds,
      .cut_short = run->result.cut_short,
      .log = &run->log,
  };
  return write_output(&output, run->folder);
}

static void release(struct plan_run *run) {
  plan_result_release(&run->result);
  folder_close(run->folder);
  previous_free(run->previous);
  clinic_free(run->clinic);
}

static enum exit_status write_program(const struct plan_run *run) {
  const char *path = run->options->write_lp;
  return path ? write_integer_program(path, run->clinic, run->previous) : EXIT_DONE;
}

static enum exit_status run_plan(const struct options *options, time_t now) {
  struct plan_run run = {.options = options, .clinic_folder = options->operands[0]};
  enum exit_status status = run_log_begin(&run.log, options, "plan", now);
  if (status == EXIT_DONE && options->weeks > 1)
    return run_log_end(&run.log, plan_weeks(options, run.clinic_folder, now, &run.log));
  if (status == EXIT_DONE) status = load(&run, now);
  if (status == EXIT_DONE) status = open_output(run.options, &run.folder);
  if (status == EXIT_DONE) status = write_program(&run);
  if (status == EXIT_DONE) status = open_duals(&run);
  if (status == EXIT_DONE) folder_confine(run.folder); /* all is read and open that need be */
  if (status == EXIT_DONE) status = search_week(options, run.clinic, run.previous, &run.result);
  if (status == EXIT_DONE) status = write_out(&run);
  status = close_duals(&run, status);
  status = run_log_end(&run.log, status);
  release(&run);
  return status;
}

static const enum option_id takes[] = {
    OPTION_OUTPUT,      OPTION_WEEK,  OPTION_WEEKS,       OPTION_PREVIOUS, OPTION_TIME_LIMIT,
    OPTION_GAP,         OPTION_SEED,  OPTION_THREADS,     OPTION_WORK,     OPTION_FORMATS,
    OPTION_PROFILE,     OPTION_NAMES, OPTION_BOM,         OPTION_KEEP,     OPTION_WRITE_LP,
    OPTION_WRITE_DUALS, OPTION_LOG,   OPTION_MAIL_SUMMARY};

const struct command plan_command = {
    .name = "plan",
    .operands = "CLINIC -o OUT",
    .n_operands = 1,
    .must_write = "OUT",
    .summary = "Plan the clinic's week and write it to a folder",
    .details =
        "Interrupted (Ctrl-C, SIGTERM, SIGHUP), it writes the best plan found so far; the\n"
        "second time it is gone at once and what was there stays.\n\n"
        "Exit status: 0 every need met, 2 written with some need unmet, 65 faulty input,\n"
        "66 no such input, 73 cannot write, 74 read or write failed, 75 another run is\n"
        "writing the same folder.\n",
    COMMAND_OPTIONS(takes),
    .run = run_plan};
