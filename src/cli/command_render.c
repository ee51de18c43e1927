/* A plan's calendars, pages and workbook again, from its CSV files as they are now. */
#include <stdio.h>
#include <string.h>

#include "clinic_input.h"
#include "command.h"
#include "iopsched/load.h"
#include "iopsched/text.h"
#include "iopsched/verify.h"
#include "iopsched/write.h"
#include "messages.h"

/* What one run of `render` has in hand. */
struct render_run {
  const struct options *options;
  const char *plan; /* the folder: read, and written */
  struct clinic *clinic;
  struct folder *folder;
  struct schedule *schedule;
  struct previous *previous; /* NULL without --previous */
  bool valid;
};

static enum exit_status load_clinic(struct render_run *run) {
  int monday, n_warnings;
  bool quiet = run->options->quiet;
  enum exit_status status = read_plan_week(run->plan, quiet, &monday);
  if (status != EXIT_DONE) return status;
  return read_clinic(run->options->operands[0], monday, false, quiet, &run->clinic, &n_warnings);
}

/* First the lock: what is read is then what is replaced. */
static enum exit_status open_plan(struct render_run *run) {
  enum folder_status opened = folder_open(run->plan, plan_contents(), &run->folder);
  enum exit_status status = exit_of_folder(opened, run->folder);
  if (status != EXIT_DONE) return status;
  folder_confine(run->folder);
  struct diagnostics diagnostics = {0};
  const char *previous = run->options->previous;
  enum load_status loaded = schedule_load(run->clinic, run->plan, &diagnostics, &run->schedule);
  if (loaded == LOAD_OK && previous)
    loaded = previous_load(run->clinic, previous, &diagnostics, &run->previous);
  print_diagnostics(&diagnostics, run->options->quiet);
  diagnostics_free(&diagnostics);
  return exit_of_load(loaded);
}

/* The rules broken, each once; what breaks them may tell patients' ids, which is `verify`'s to say.
 */
static void tell_breaches(const struct breaches *breaches, const struct render_run *run) {
  struct text list = {0};
  const char *last = "";
  for (int i = 0; i < breaches->n; i++) {
    const char *rule = breaches->list[i].rule;
    if (strcmp(rule, last) != 0) text_printf(&list, "%s%s", *last ? ", " : "", rule);
    last = rule;
  }
  complain("the plan in '%s' breaks %s; it is written as it stands: see 'iopsched verify %s %s'",
           run->plan, list.data, run->options->operands[0], run->plan);
  text_free(&list);
}

/* People's own decisions stand, but nobody should learn of a broken rule from a patient. */
static void judge(struct render_run *run) {
  struct breaches breaches = {0};
  run->valid = verify_rules(run->clinic, run->schedule, &breaches);
  if (!run->valid) tell_breaches(&breaches, run);
  breaches_free(&breaches);
}

static enum exit_status write_out(struct render_run *run) {
  const struct options *options = run->options;
  const char *earlier[] = {run->plan, options->previous}, *same[2];
  struct cost cost = verify_cost(run->clinic, run->schedule, run->previous);
  struct outcome outcome;
  struct changes changes = {0};
  outcome_init(&outcome, run->clinic, run->schedule);
  if (run->previous)
    changes_init(&changes, ROSTER_PATIENTS, run->clinic, run->schedule, run->previous);
  struct report report = {.clinic = run->clinic,
                          .schedule = run->schedule,
                          .previous = run->previous,
                          .changes = run->previous ? &changes : NULL,
                          .outcome = &outcome,
                          .cost = &cost,
                          .profile = options->profile,
                          .with_names = options->names};
  report_after(&report, earlier, 2, same, run->folder);
  write_rendering(&report, options->formats, options->n_formats, run->plan, run->folder);
  enum exit_status status = exit_of_folder(folder_commit(run->folder), run->folder);
  changes_release(&changes);
  outcome_release(&outcome);
  if (status == EXIT_DONE && !options->quiet)
    fprintf(stderr, "written again to '%s', revision %d\n", run->plan, report.revision);
  return status;
}

static void release(struct render_run *run) {
  previous_free(run->previous);
  schedule_free(run->schedule);
  folder_close(run->folder);
  clinic_free(run->clinic);
}

static enum exit_status run_render(const struct options *options, time_t now) {
  struct render_run run = {.options = options, .plan = options->operands[1]};
  (void)now;
  enum exit_status status = load_clinic(&run);
  if (status == EXIT_DONE) status = open_plan(&run);
  if (status == EXIT_DONE) {
    judge(&run);
    status = write_out(&run);
  }
  release(&run);
  return status == EXIT_DONE && !run.valid ? EXIT_BROKEN : status;
}

static const enum option_id takes[] = {OPTION_PREVIOUS, OPTION_FORMATS, OPTION_PROFILE,
                                       OPTION_NAMES};

const struct command render_command = {
    .name = "render",
    .operands = "CLINIC OUT",
    .writes_operand = true,
    .n_operands = 2,
    .summary = "Write the calendars, pages and workbook of the plan in OUT again",
    .details =
        "Reads sessions.csv and attendance.csv, also after edits in a spreadsheet. The CSV\n"
        "files stay as they are; what --formats leaves out is gone from OUT afterwards. A\n"
        "plan that breaks a hard rule is written as it stands, and that is said.\n\n"
        "Exit status: 0 written, 1 written but a hard rule is broken, 65 faulty, 66 no such\n"
        "input, 73 cannot write, 74 read or write failed, 75 another run is writing OUT.\n",
    COMMAND_OPTIONS(takes),
    .run = run_render};
