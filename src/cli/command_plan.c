/* The main job, start to end: load, check, plan, verify, write. */
#include <stdio.h>

#include "account.h"
#include "clinic_input.h"
#include "command.h"
#include "integer_program.h"
#include "iopsched/load.h"
#include "iopsched/plan.h"
#include "iopsched/surprise.h"
#include "iopsched/verify.h"
#include "messages.h"
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
  struct cost cost;
  struct outcome outcome;
  struct changes changes;
};

static enum exit_status load(struct plan_run *run, time_t now) {
  const struct options *options = run->options;
  int n_warnings, monday = wanted_week(options, run->clinic_folder, now);
  enum exit_status status =
      read_clinic(run->clinic_folder, monday, true, options->quiet, &run->clinic, &n_warnings);
  if (status != EXIT_DONE || !options->previous) return status;
  struct diagnostics diagnostics = {0};
  enum load_status loaded =
      previous_load(run->clinic, options->previous, &diagnostics, &run->previous);
  print_diagnostics(&diagnostics, options->quiet);
  diagnostics_free(&diagnostics);
  return exit_of_load(loaded);
}

/* Before the search: nobody should wait for a plan that cannot be written. */
static enum exit_status open_output(struct plan_run *run) {
  enum folder_status status = folder_open(run->options->output, plan_contents(), &run->folder);
  return exit_of_folder(status, run->folder);
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
  print_diagnostics(&diagnostics, run->options->quiet);
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

/* The verifier shares nothing with the search: what it refuses is never written. */
static enum exit_status verify(struct plan_run *run) {
  struct breaches breaches = {0};
  bool valid = verify_rules(run->clinic, run->result.schedule, &breaches);
  for (int i = 0; i < breaches.n; i++)
    complain("internal error: the plan breaks %s: %s", breaches.list[i].rule,
             breaches.list[i].text);
  breaches_free(&breaches);
  run->cost = verify_cost(run->clinic, run->result.schedule, run->previous);
  if (run->result.bound > run->cost.total) {
    complain("internal error: the bound lies above the plan's cost");
    valid = false;
  }
  if (!valid) complain("nothing is written");
  return valid ? EXIT_DONE : EXIT_INTERNAL_ERROR;
}

static enum exit_status write_out(struct plan_run *run) {
  const struct options *options = run->options;
  const char *earlier[] = {options->output, options->previous}, *same[2];
  int n_same = plans_of_week(run->clinic->monday, earlier, 2, same);
  outcome_init(&run->outcome, run->clinic, run->result.schedule);
  if (run->previous) changes_init(&run->changes, run->clinic, run->result.schedule, run->previous);
  struct report report = {
      .clinic = run->clinic,
      .schedule = run->result.schedule,
      .previous = run->previous,
      .changes = run->previous ? &run->changes : NULL,
      .outcome = &run->outcome,
      .cost = &run->cost,
      .has_bound = true,
      .bound = run->result.bound,
      .milliseconds = (int64_t)(run->result.seconds * 1000),
      .seed = options->seed,
      .revision = next_revision(run->clinic->monday, earlier, 2),
      .profile = options->profile,
      .with_names = options->names,
      .with_bom = options->bom,
      .earlier = same,
      .n_earlier = n_same,
  };
  write_plan(&report, options->formats, options->n_formats, run->folder);
  enum exit_status status = exit_of_folder(folder_commit(run->folder), run->folder);
  if (status != EXIT_DONE) return status;
  if (!options->quiet)
    account_print(&report, run->result.cut_short, options->verbose, options->output);
  return run->outcome.n_unmet > 0 ? EXIT_UNMET : EXIT_DONE;
}

static void release(struct plan_run *run) {
  changes_release(&run->changes);
  outcome_release(&run->outcome);
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
  enum exit_status status = load(&run, now);
  if (status == EXIT_DONE) status = open_output(&run);
  if (status == EXIT_DONE) status = write_program(&run);
  if (status == EXIT_DONE) status = search(&run);
  if (status == EXIT_DONE) status = verify(&run);
  if (status == EXIT_DONE) status = write_out(&run);
  release(&run);
  return status;
}

static const enum option_id takes[] = {
    OPTION_OUTPUT, OPTION_WEEK,    OPTION_PREVIOUS, OPTION_TIME_LIMIT, OPTION_GAP,
    OPTION_SEED,   OPTION_THREADS, OPTION_WORK,     OPTION_FORMATS,    OPTION_PROFILE,
    OPTION_NAMES,  OPTION_BOM,     OPTION_WRITE_LP};

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
