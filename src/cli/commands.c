/* The list of commands, and what is said of all of them. */
#include "command.h"
#include "iopsched/text.h"
#include "messages.h"

extern const struct command check_command, plan_command, verify_command, render_command,
    repair_command, explain_command, admit_command, diff_command, capacity_command, init_command;

const struct command *const commands[] = {
    &init_command,   &check_command,   &plan_command,  &verify_command, &render_command,
    &repair_command, &explain_command, &admit_command, &diff_command,   &capacity_command};
enum { N_COMMANDS = sizeof commands / sizeof *commands };
const int n_commands = N_COMMANDS;

const struct command *command_find(const char *name) {
  for (int i = 0; i < N_COMMANDS; i++)
    if (text_equal_nocase(commands[i]->name, name)) return commands[i];
  return NULL;
}

bool command_takes(const struct command *command, enum option_id option) {
  if (option >= FIRST_COMMON_OPTION) return true;
  for (int i = 0; command && i < command->n_options; i++)
    if (command->options[i] == option) return true;
  return false;
}

bool command_writes(const struct command *command) {
  return command->writes_operand || command_takes(command, OPTION_OUTPUT);
}

static void program_help(FILE *to) {
  fputs(
      "Usage: iopsched COMMAND [OPTION]...\n"
      "Plan the week of an intensive outpatient program.\n\n",
      to);
  for (int i = 0; i < N_COMMANDS; i++) {
    int column = fprintf(to, "  %s %s", commands[i]->name, commands[i]->operands);
    fprintf(to, "%*s%s\n", column < 24 ? 26 - column : 2, "", commands[i]->summary);
  }
  fputc('\n', to);
  options_describe(NULL, to);
  fputs("\n'iopsched COMMAND --help' tells more of a command.\n", to);
}

void command_help(const struct command *command, FILE *to) {
  if (!command) {
    program_help(to);
    return;
  }
  fprintf(to, "Usage: iopsched %s %s [OPTION]...\n", command->name, command->operands);
  fprintf(to, "%s.\n\n", command->summary);
  options_describe(command, to);
  if (command->details) fprintf(to, "\n%s", command->details);
}

void command_point_to_help(const struct command *command) {
  if (command)
    complain("try 'iopsched %s --help'", command->name);
  else
    complain("try 'iopsched --help'");
}

void command_complain_of_name(const char *name) {
  const char *names[N_COMMANDS];
  for (int i = 0; i < N_COMMANDS; i++) names[i] = commands[i]->name;
  const char *near = name ? text_suggest(name, names, N_COMMANDS) : NULL;
  if (!name)
    complain("a command is needed");
  else if (near)
    complain("unknown command '%s': did you mean '%s'?", name, near);
  else
    complain("unknown command '%s'", name);
  command_point_to_help(NULL);
}
