/* A plan judged: rules, cost, and the bound from its prices. */
#include <stdio.h>

#include "clinic_input.h"
#include "command.h"
#include "figures.h"
#include "iopsched/load.h"
#include "iopsched/verify.h"
#include "messages.h"

/* Everything that is judged. */
struct judged {
  struct clinic *clinic;
  struct schedule *schedule;
  struct previous *previous; /* or NULL */
};

static void print_verdict(const struct judged *judged, const struct breaches *breaches,
                          bool quiet) {
  struct text text = {0};
  for (int i = 0; i < breaches->n; i++)
    text_printf(&text, "%s: %s\n", breaches->list[i].rule, breaches->list[i].text);
  if (!quiet) {
    struct cost cost = verify_cost(judged->clinic, judged->schedule, judged->previous);
    if (breaches->n == 0) {
      text_add(&text, "valid: every hard rule is kept\n");
    } else {
      text_add(&text, "not valid: ");
      add_count(&text, breaches->n, "breach", "breaches");
      text_add(&text, " of hard rules\n");
    }
    add_cost_table(&text, judged->clinic, &cost);
  }
  if (text.data) fputs(text.data, stdout);
  text_free(&text);
}

static void print_bound(int64_t bound, int64_t claimed, const char *path) {
  struct text text = {0};
  text_add(&text, bound >= claimed ? "bound: confirmed: no plan costs less than "
                                   : "bound: not confirmed: no plan costs less than ");
  add_cost(&text, bound);
  text_printf(&text, ", by the prices in '%s'", path);
  if (bound < claimed) {
    text_add(&text, ", which claims ");
    add_cost(&text, claimed);
  }
  printf("%s\n", text.data);
  text_free(&text);
}

/* The bound proven anew from prices; and no plan may cost less. */
static enum exit_status judge_bound(const struct judged *judged, const char *path,
                                    const struct options *options) {
  struct diagnostics diagnostics = {0};
  struct duals duals;
  enum load_status status = duals_load(judged->clinic, path, &diagnostics, &duals);
  print_diagnostics(&diagnostics, telling_of(options));
  diagnostics_free(&diagnostics);
  if (status != LOAD_OK) return exit_of_load(status);
  int64_t bound = verify_bound(judged->clinic, judged->previous, &duals);
  bool confirmed = bound >= duals.bound;
  if (!options->quiet || !confirmed) print_bound(bound, duals.bound, path);
  duals_release(&duals);
  return confirmed ? EXIT_DONE : EXIT_BROKEN;
}

static enum exit_status judge(const struct judged *judged, bool quiet) {
  struct breaches breaches = {0};
  bool valid = verify_rules(judged->clinic, judged->schedule, &breaches);
  print_verdict(judged, &breaches, quiet);
  breaches_free(&breaches);
  return valid ? EXIT_DONE : EXIT_BROKEN;
}

static enum exit_status read_plan(const struct options *options, const char *folder,
                                  struct judged *judged) {
  struct diagnostics diagnostics = {0};
  enum load_status status = schedule_load(judged->clinic, folder, &diagnostics, &judged->schedule);
  if (status == LOAD_OK && options->previous)
    status = previous_load(judged->clinic, options->previous, &diagnostics, &judged->previous);
  print_diagnostics(&diagnostics, options->quiet);
  diagnostics_free(&diagnostics);
  return exit_of_load(status);
}

static enum exit_status run_verify(const struct options *options, time_t now) {
  const char *clinic = options->operands[0], *plan = options->operands[1];
  struct judged judged = {0};
  int monday, n_warnings;
  (void)now;
  enum exit_status status = read_plan_week(plan, options->quiet, &monday);
  if (status == EXIT_DONE)
    status = read_clinic(clinic, monday, false, options->quiet, &judged.clinic, &n_warnings);
  if (status == EXIT_DONE) status = read_plan(options, plan, &judged);
  if (status == EXIT_DONE) status = judge(&judged, options->quiet);
  if (status == EXIT_DONE && options->bound) status = judge_bound(&judged, options->bound, options);
  previous_free(judged.previous);
  schedule_free(judged.schedule);
  clinic_free(judged.clinic);
  return status;
}

static const enum option_id takes[] = {OPTION_PREVIOUS, OPTION_BOUND};

const struct command verify_command = {
    .name = "verify",
    .operands = "CLINIC OUT",
    .n_operands = 2,
    .summary = "Judge the plan in OUT: every broken rule, and the cost term by term",
    .details =
        "Reads sessions.csv and attendance.csv, also after edits in a spreadsheet.\n\n"
        "Exit status: 0 valid, 1 a hard rule is broken or a bound not confirmed, 65 faulty, 66 no "
        "such input.\n",
    COMMAND_OPTIONS(takes),
    .run = run_verify};
