/* Newcomers, seated in a week that stands. */
#include <stdio.h>

#include "clinic_input.h"
#include "command.h"
#include "desk.h"
#include "figures.h"
#include "iopsched/admit.h"
#include "iopsched/surprise.h"
#include "messages.h"
#include "plan_output.h"

extern const struct command admit_command;

/* What one run of `admit` has in hand. */
struct admit_run {
  const struct options *options;
  const char *clinic_folder, *plan_folder;
  struct clinic *clinic;
  struct previous *plan;
  struct folder *folder;
  struct admission admission;
  struct plan_result result;
};

static enum exit_status search(struct admit_run *run, struct diagnostics *diagnostics) {
  const struct options *options = run->options;
  struct progress progress;
  struct plan_options wanted = desk_search(options, run->clinic->n_patients, &progress);
  admission_search(&run->admission, wanted, options->move, diagnostics, &run->result);
  progress_end(&progress);
  if (!run->result.schedule) return EXIT_FAULTY_INPUT;
  surprise_draw(run->clinic, run->result.schedule, run->plan, (uint64_t)options->seed);
  return EXIT_DONE;
}

static enum exit_status seat(struct admit_run *run) {
  struct diagnostics diagnostics = {0};
  bool stands = admission_init(&run->admission, run->clinic, run->plan, &diagnostics);
  enum exit_status status = stands ? search(run, &diagnostics) : EXIT_FAULTY_INPUT;
  print_diagnostics(&diagnostics, run->options->quiet);
  diagnostics_free(&diagnostics);
  return status;
}

/* ---- telling ---- */

/* "  P061: 12 hours on 3 days" or "  P062: 9 hours on 3 days, unmet: session:IND" */
static void add_newcomer(struct text *text, const struct admit_run *run,
                         const struct outcome *outcome, int patient) {
  struct arena arena = {0};
  const struct patient_outcome *has = &outcome->patients[patient];
  text_printf(text, "  %s: ", run->clinic->patients[patient].id);
  add_hours(text, has->minutes);
  text_add(text, " on ");
  add_count(text, has->days, "day", "days");
  for (int i = 0, n = 0; i < outcome->n_unmet; i++)
    if (outcome->unmet[i].patient == patient)
      text_printf(text, "%s %s", n++ == 0 ? "; unmet:" : ",",
                  need_name(run->clinic, &outcome->unmet[i], &arena));
  text_add(text, "\n");
  arena_free(&arena);
}

static void add_moves(struct text *text, const struct admission *admission) {
  if (admission->n_moved == 0) {
    text_add(text, "nobody is moved\n");
    return;
  }
  add_count(text, admission->n_moved, "attendance", "attendances");
  text_add(text, " of others changed: see changes.csv\n");
}

static void print_newcomers(const struct admit_run *run) {
  const struct admission *admission = &run->admission;
  struct text text = {0};
  struct outcome outcome;
  outcome_init(&outcome, run->clinic, run->result.schedule);
  int n_seated = admission->n_new - admission->n_unseated;
  text_printf(&text, "seated with all needs met: %d of ", n_seated);
  add_count(&text, admission->n_new, "newcomer", "newcomers");
  text_add(&text, "\n");
  for (int p = 0; p < run->clinic->n_patients; p++)
    if (admission->is_new[p]) add_newcomer(&text, run, &outcome, p);
  add_moves(&text, admission);
  if (admission->n_unseated > 0)
    text_printf(&text, "the rest was not found with %s%s\n",
                run->options->move > 0 ? "so few moves" : "nobody moved",
                run->options->move > 0 ? "" : ": --move N looks for what N moves would give");
  fputs(text.data, stdout);
  outcome_release(&outcome);
  text_free(&text);
}

static enum exit_status write_out(const struct admit_run *run) {
  struct plan_output output = {.options = run->options,
                               .clinic = run->clinic,
                               .schedule = run->result.schedule,
                               .previous = run->plan,
                               .previous_folder = run->plan_folder,
                               .seconds = run->result.seconds,
                               .cut_short = run->result.cut_short};
  enum exit_status status = write_output(&output, run->folder);
  bool written = status == EXIT_DONE || status == EXIT_UNMET;
  if (!written || run->options->quiet) return status;
  print_newcomers(run);
  return finish_output() ? status : EXIT_READ_WRITE_FAILED;
}

static void release(struct admit_run *run) {
  plan_result_release(&run->result);
  admission_release(&run->admission);
  folder_close(run->folder);
  previous_free(run->plan);
  clinic_free(run->clinic);
}

static enum exit_status run_admit(const struct options *options, time_t now) {
  struct admit_run run = {.options = options,
                          .clinic_folder = options->operands[0],
                          .plan_folder = options->operands[1]};
  (void)now;
  if (!options->output) {
    complain("'admit' needs a folder to write: -o OUT2");
    command_point_to_help(&admit_command);
    return EXIT_USAGE;
  }
  enum exit_status status = read_clinic_and_plan(run.clinic_folder, run.plan_folder, options->quiet,
                                                 &run.clinic, &run.plan);
  if (status == EXIT_DONE) status = open_output(options, &run.folder);
  if (status == EXIT_DONE) folder_confine(run.folder);
  if (status == EXIT_DONE) status = seat(&run);
  if (status == EXIT_DONE) status = write_out(&run);
  release(&run);
  return status;
}

static const enum option_id takes[] = {
    OPTION_OUTPUT,  OPTION_MOVE,    OPTION_TIME_LIMIT, OPTION_SEED, OPTION_THREADS, OPTION_WORK,
    OPTION_FORMATS, OPTION_PROFILE, OPTION_NAMES,      OPTION_BOM,  OPTION_KEEP};

const struct command admit_command = {
    .name = "admit",
    .operands = "CLINIC OUT -o OUT2",
    .n_operands = 2,
    .summary = "Seat the patients who have nothing in the plan in OUT, moving nobody",
    .details =
        "Every session of the plan stays with all who are in it. Changes are counted\n"
        "against OUT. --time-limit is that of each search: by default a few seconds.\n\n"
        "Exit status: 0 every need met, 2 written with some need unmet, 65 faulty input,\n"
        "66 no such input, 73 cannot write, 74 read or write failed, 75 another run is\n"
        "writing the same folder.\n",
    COMMAND_OPTIONS(takes),
    .run = run_admit};
