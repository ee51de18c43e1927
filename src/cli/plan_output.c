#include "plan_output.h"

#include "account.h"
#include "iopsched/verify.h"
#include "iopsched/write.h"
#include "messages.h"

enum exit_status open_output(const struct options *options, struct folder **folder) {
  enum folder_status status = folder_open(options->output, plan_contents(), folder);
  return exit_of_folder(status, *folder);
}

static bool is_sound(const struct plan_output *output, const struct cost *cost) {
  struct breaches breaches = {0};
  bool sound = verify_rules(output->clinic, output->schedule, &breaches);
  for (int i = 0; i < breaches.n; i++)
    complain("internal error: the plan breaks %s: %s", breaches.list[i].rule,
             breaches.list[i].text);
  breaches_free(&breaches);
  if (output->has_bound && output->bound > cost->total) {
    complain("internal error: the bound lies above the plan's cost");
    sound = false;
  }
  if (!sound) complain("nothing is written");
  return sound;
}

static enum exit_status write_report(const struct plan_output *output, struct report *report,
                                     struct folder *folder) {
  const struct options *options = output->options;
  const char *earlier[] = {options->output, output->previous_folder}, *same[2];
  report->n_earlier = plans_of_week(output->clinic->monday, earlier, 2, same);
  report->earlier = same;
  report->revision = next_revision(output->clinic->monday, earlier, 2);
  write_plan(report, options->formats, options->n_formats, folder);
  enum exit_status status = exit_of_folder(folder_commit(folder), folder);
  if (status == EXIT_DONE && output->log) run_log_plan(output->log, report, output->cut_short);
  if (status == EXIT_DONE && !options->quiet)
    account_print(report, output->cut_short, options->verbose, options->output);
  return status;
}

enum exit_status write_output(const struct plan_output *output, struct folder *folder) {
  const struct options *options = output->options;
  struct cost cost = verify_cost(output->clinic, output->schedule, output->previous);
  if (!is_sound(output, &cost)) return EXIT_INTERNAL_ERROR;
  struct outcome outcome;
  struct changes changes = {0};
  outcome_init(&outcome, output->clinic, output->schedule);
  if (output->previous) changes_init(&changes, ROSTER_PATIENTS, output->clinic, output->schedule, output->previous);
  struct report report = {
      .clinic = output->clinic,
      .schedule = output->schedule,
      .previous = output->previous,
      .changes = output->previous ? &changes : NULL,
      .outcome = &outcome,
      .cost = &cost,
      .has_bound = output->has_bound,
      .bound = output->bound,
      .milliseconds = (int64_t)(output->seconds * 1000),
      .seed = options->seed,
      .profile = options->profile,
      .with_names = options->names,
      .with_bom = options->bom,
  };
  enum exit_status status = write_report(output, &report, folder);
  if (status == EXIT_DONE && outcome.n_unmet > 0) status = EXIT_UNMET;
  changes_release(&changes);
  outcome_release(&outcome);
  return status;
}
