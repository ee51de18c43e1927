/* Newcomers, seated in a week that stands. */
#include <stdio.h>

#include "command.h"
#include "desk.h"
#include "figures.h"
#include "iopsched/admit.h"
#include "iopsched/outcome.h"
#include "messages.h"

/* What one run of `admit` has in hand. */
struct admit_run {
  struct desk desk;
  struct admission admission;
};

static enum exit_status search(struct admit_run *run, struct diagnostics *diagnostics) {
  struct desk *desk = &run->desk;
  struct plan_options wanted = desk_begin_search(desk);
  admission_search(&run->admission, wanted, desk->options->move, diagnostics, &desk->result);
  return desk_end_search(desk, desk->clinic);
}

static enum exit_status seat(struct admit_run *run) {
  const struct desk *desk = &run->desk;
  struct diagnostics diagnostics = {0};
  bool stands = admission_init(&run->admission, desk->clinic, desk->plan, &diagnostics);
  enum exit_status status = stands ? search(run, &diagnostics) : EXIT_FAULTY_INPUT;
  print_diagnostics(&diagnostics, desk->options->quiet);
  diagnostics_free(&diagnostics);
  return status;
}

/* ---- telling ---- */

/* "  P061: 12 hours on 3 days" or "  P062: 9 hours on 3 days, unmet: session:IND" */
static void add_newcomer(struct text *text, const struct clinic *clinic,
                         const struct outcome *outcome, int patient) {
  struct arena arena = {0};
  const struct patient_outcome *has = &outcome->patients[patient];
  text_printf(text, "  %s: ", clinic->patients[patient].id);
  text_add_hours(text, has->minutes);
  text_add(text, " on ");
  add_count(text, has->days, "day", "days");
  for (int i = 0, n = 0; i < outcome->n_unmet; i++)
    if (outcome->unmet[i].patient == patient)
      text_printf(text, "%s %s", n++ == 0 ? "; unmet:" : ",",
                  need_name(clinic, &outcome->unmet[i], &arena));
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
  const struct clinic *clinic = run->desk.clinic;
  bool may_move = run->desk.options->move > 0;
  struct text text = {0};
  struct outcome outcome;
  outcome_init(&outcome, clinic, run->desk.result.schedule);
  int n_seated = admission->n_new - admission->n_unseated;
  text_printf(&text, "seated with all needs met: %d of ", n_seated);
  add_count(&text, admission->n_new, "newcomer", "newcomers");
  text_add(&text, "\n");
  for (int p = 0; p < clinic->n_patients; p++)
    if (admission->is_new[p]) add_newcomer(&text, clinic, &outcome, p);
  add_moves(&text, admission);
  if (admission->n_unseated > 0)
    text_add(&text, may_move ? "the rest was not found with so few moves\n"
                             : "the rest was not found with nobody moved: --move N looks for what "
                               "N moves would give\n");
  fputs(text.data, stdout);
  outcome_release(&outcome);
  text_free(&text);
}

static enum exit_status write_out(const struct admit_run *run) {
  enum exit_status status = desk_write(&run->desk, run->desk.clinic, NULL);
  if (!desk_may_tell(&run->desk, status)) return status;
  print_newcomers(run);
  return finish_output() ? status : EXIT_READ_WRITE_FAILED;
}

static enum exit_status run_admit(const struct options *options, time_t now) {
  struct admit_run run = {.desk.options = options};
  (void)now;
  enum exit_status status = desk_read(&run.desk);
  if (status == EXIT_DONE) status = desk_open(&run.desk);
  if (status == EXIT_DONE) status = seat(&run);
  if (status == EXIT_DONE) status = write_out(&run);
  admission_release(&run.admission);
  desk_release(&run.desk);
  return status;
}

static const enum option_id takes[] = {
    OPTION_OUTPUT,  OPTION_MOVE,    OPTION_TIME_LIMIT, OPTION_SEED, OPTION_THREADS, OPTION_WORK,
    OPTION_FORMATS, OPTION_PROFILE, OPTION_NAMES,      OPTION_BOM,  OPTION_KEEP};

const struct command admit_command = {
    .name = "admit",
    .operands = "CLINIC OUT -o OUT2",
    .n_operands = 2,
    .must_write = "OUT2",
    .summary = "Seat the patients who have nothing in the plan in OUT, moving nobody",
    .details =
        "Every session of the plan stays with all who are in it. Changes are counted\n"
        "against OUT. --time-limit is that of each search: by default a few seconds.\n\n"
        "Exit status: 0 every need met, 2 written with some need unmet, 65 faulty input,\n"
        "66 no such input, 73 cannot write, 74 read or write failed, 75 another run is\n"
        "writing the same folder.\n",
    COMMAND_OPTIONS(takes),
    .run = run_admit};
