/* Every fault of a clinic, and what is doubtful before any planning. */
#include <stdio.h>

#include "clinic_input.h"
#include "command.h"
#include "figures.h"

static void print_summary(const struct clinic *clinic, int n_warnings) {
  struct text text = {0};
  char week[WEEK_TEXT];
  int taking_part = 0;
  for (int i = 0; i < clinic->n_patients; i++) taking_part += clinic->patients[i].takes_part;
  week_format(clinic->monday, week);
  text_printf(&text, "%s, week %s: ", clinic->program_name, week);
  add_count(&text, clinic->n_patients, "patient", "patients");
  if (taking_part < clinic->n_patients) text_printf(&text, " (%d take part)", taking_part);
  text_add(&text, ", ");
  add_count(&text, clinic->n_therapists, "therapist", "therapists");
  text_add(&text, ", ");
  add_count(&text, clinic->n_rooms, "room", "rooms");
  text_add(&text, ", ");
  add_count(&text, clinic->n_services, "service", "services");
  text_add(&text, ", ");
  add_count(&text, clinic->n_fixed, "fixed session", "fixed sessions");
  text_add(&text, "; ");
  if (n_warnings > 0)
    add_count(&text, n_warnings, "warning", "warnings");
  else
    text_add(&text, "nothing wrong");
  puts(text.data);
  text_free(&text);
}

static enum exit_status run_check(const struct options *options, time_t now) {
  const char *folder = options->operands[0];
  struct clinic *clinic;
  int n_warnings;
  int monday = wanted_week(options, folder, now);
  enum exit_status status = read_clinic(folder, monday, true, options->quiet, &clinic, &n_warnings);
  if (status == EXIT_DONE && !options->quiet) print_summary(clinic, n_warnings);
  clinic_free(clinic);
  return status;
}

static const enum option_id takes[] = {OPTION_WEEK};

const struct command check_command = {
    .name = "check",
    .operands = "CLINIC",
    .n_operands = 1,
    .summary = "Read the clinic's folder and tell every fault in it",
    .details =
        "Faults go to standard error as 'file:line: column: error: ...'. Warnings tell of\n"
        "needs that arithmetic alone shows to be impossible.\n\n"
        "Exit status: 0 no error, 65 faulty, 66 no such folder or file.\n",
    COMMAND_OPTIONS(takes),
    .run = run_check};
