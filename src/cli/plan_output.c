#include "plan_output.h"

#include "account.h"
#include "iopsched/verify.h"
#include "messages.h"

enum exit_status open_output(const struct options *options, struct folder **folder) {
  enum folder_status status = folder_open(options->output, plan_contents(), folder);
  if (status == FOLDER_OK && options->keep) status = folder_keep_previous(*folder);
  return exit_of_folder(status, *folder);
}

static bool is_sound(const struct plan_output *output, const struct cost *cost) {
  struct breaches breaches = {0};
  bool sound = verify_rules(output->clinic, output->schedule, &breaches);
  for (int i = 0; i < breaches.n; i++) /* the text names people: only for who asked */
    complain("internal error: the plan breaks %s%s%s", breaches.list[i].rule,
             output->options->verbose ? ": " : "",
             output->options->verbose ? breaches.list[i].text : "");
  breaches_free(&breaches);
  if (output->has_bound && output->bound > cost->total) {
    complain("internal error: the bound lies above the plan's cost");
    sound = false;
  }
  if (cost->total < INT64_MAX && cost->total % cost_step(output->clinic) != 0) {
    complain("internal error: the plan's cost lies between those that a cost can be");
    sound = false;
  }
  if (!sound) complain("nothing is written");
  return sound;
}

static void set_report(struct sound_plan *plan, const struct plan_output *output,
                       struct folder *folder) {
  const struct options *options = output->options;
  const char *path = output->path ? output->path : options->output;
  const char *earlier[] = {path, output->previous_folder};
  plan->report = (struct report){
      .clinic = output->clinic,
      .schedule = output->schedule,
      .previous = output->previous,
      .changes = output->previous ? &plan->changes : NULL,
      .outcome = &plan->outcome,
      .cost = &plan->cost,
      .absences = output->absences,
      .has_bound = output->has_bound,
      .bound = output->bound,
      .milliseconds = (int64_t)(output->seconds * 1000),
      .seed = options->seed,
      .profile = options->profile,
      .with_names = options->names,
      .with_bom = options->bom,
  };
  report_after(&plan->report, earlier, 2, plan->same, folder);
}

bool sound_plan_init(struct sound_plan *plan, const struct plan_output *output,
                     struct folder *folder) {
  *plan =
      (struct sound_plan){.cost = verify_cost(output->clinic, output->schedule, output->previous)};
  if (!is_sound(output, &plan->cost)) return false;
  outcome_init(&plan->outcome, output->reasons ? output->reasons : output->clinic,
               output->schedule);
  if (output->previous)
    changes_init(&plan->changes, ROSTER_PATIENTS, output->clinic, output->schedule,
                 output->previous);
  set_report(plan, output, folder);
  return true;
}

void sound_plan_release(struct sound_plan *plan) {
  changes_release(&plan->changes);
  outcome_release(&plan->outcome);
}

enum exit_status write_output(const struct plan_output *output, struct folder *folder) {
  const struct options *options = output->options;
  struct sound_plan plan;
  enum exit_status status = EXIT_INTERNAL_ERROR;
  if (sound_plan_init(&plan, output, folder)) {
    write_plan(&plan.report, options->formats, options->n_formats, folder);
    status = exit_of_folder(folder_commit(folder), folder);
    if (status == EXIT_DONE && output->log)
      run_log_plan(output->log, &plan.report, output->cut_short, options->output);
    if (status == EXIT_DONE && !options->quiet)
      account_print(&plan.report, output->cut_short, options->verbose, options->output);
    if (status == EXIT_DONE && plan.outcome.n_unmet > 0) status = EXIT_UNMET;
  }
  sound_plan_release(&plan);
  return status;
}
