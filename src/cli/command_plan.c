/* The main job, start to end: load, check, plan, verify, write. */
#include <stdio.h>

#include "clinic_input.h"
#include "command.h"
#include "integer_program.h"
#include "iopsched/load.h"
#include "iopsched/plan.h"
#include "iopsched/surprise.h"
#include "messages.h"
#include "plan_output.h"
#include "progress.h"
#include "stop.h"

extern const struct command plan_command;

/* What one run of `plan` has in hand. */
struct plan_run {
  const struct options *options;
  const char *clinic_folder;
  struct clinic *clinic;
  struct previous *previous; /* NULL without --previous */
  struct folder *folder;
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

/* The fixed rows that could not be completed together, as faults of the input. */
static enum exit_status tell_stuck(const struct plan_run *run) {
  struct diagnostics diagnostics = {0};
  const struct ints *stuck = &run->result.fixed_stuck;
  for (int i = 0; i < stuck->n; i++) {
    const struct ints *lines = &run->clinic->fixed[stuck->list[i]].lines;
    for (int j = 0; j < lines->n; j++)
      diagnose(&diagnostics, SEVERITY_ERROR, "fixed.csv", lines->list[j], NULL,
               "no plan was found that completes this row%s",
               stuck->n > 1 ? " together with the others named" : "");
  }
  if (diagnostics.n == 0)
    diagnose(&diagnostics, SEVERITY_ERROR, "fixed.csv", 0, NULL,
             "no plan was found that completes the fixed rows");
  print_diagnostics(&diagnostics, telling_of(run->options));
  diagnostics_free(&diagnostics);
  return EXIT_FAULTY_INPUT;
}

static enum exit_status search(struct plan_run *run) {
  const struct options *options = run->options;
  struct progress progress;
  progress_begin(&progress, options->quiet     ? PROGRESS_NONE
                            : options->verbose ? PROGRESS_LINES
                                               : PROGRESS_LIVE);
  struct plan_options wanted = {
      .time_limit = (double)options->time_limit_ms / 1000,
      .gap = (double)options->gap_millionths / 1e6,
      .seed = (uint64_t)options->seed,
      .threads = options->threads,
      .work = options->work,
      .previous = run->previous,
      .stop = stop_on_signals(),
      .progress = progress_draw,
      .progress_data = &progress,
      .verbose = options->verbose,
  };
  plan_search(run->clinic, &wanted, &run->result);
  progress_end(&progress);
  if (run->result.status == PLAN_FIXED_IMPOSSIBLE) return tell_stuck(run);
  surprise_draw(run->clinic, run->result.schedule, run->previous, (uint64_t)options->seed);
  return EXIT_DONE;
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
  if (!options->output) {
    complain("'plan' needs a folder to write: -o OUT");
    command_point_to_help(&plan_command);
    return EXIT_USAGE;
  }
  enum exit_status status = run_log_begin(&run.log, options, "plan", now);
  if (status == EXIT_DONE) status = load(&run, now);
  if (status == EXIT_DONE) status = open_output(run.options, &run.folder);
  if (status == EXIT_DONE) status = write_program(&run);
  if (status == EXIT_DONE) status = search(&run);
  if (status == EXIT_DONE) status = write_out(&run);
  status = run_log_end(&run.log, status);
  release(&run);
  return status;
}

static const enum option_id takes[] = {
    OPTION_OUTPUT, OPTION_WEEK,    OPTION_PREVIOUS, OPTION_TIME_LIMIT, OPTION_GAP,
    OPTION_SEED,   OPTION_THREADS, OPTION_WORK,     OPTION_FORMATS,    OPTION_PROFILE,
    OPTION_NAMES,  OPTION_BOM,     OPTION_WRITE_LP, OPTION_LOG,        OPTION_MAIL_SUMMARY};

const struct command plan_command = {
    .name = "plan",
    .operands = "CLINIC -o OUT",
    .n_operands = 1,
    .summary = "Plan the clinic's week and write it to a folder",
    .details =
        "Interrupted (Ctrl-C, SIGTERM, SIGHUP), it writes the best plan found so far; the\n"
        "second time it is gone at once and what was there stays.\n\n"
        "Exit status: 0 every need met, 2 written with some need unmet, 65 faulty input,\n"
        "66 no such input, 73 cannot write, 74 read or write failed, 75 another run is\n"
        "writing the same folder.\n",
    COMMAND_OPTIONS(takes),
    .run = run_plan};
