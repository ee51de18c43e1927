/* The commands: each is one file command_NAME.c and one line in the table of commands.c. */
#ifndef IOPSCHED_CLI_COMMAND_H
#define IOPSCHED_CLI_COMMAND_H

#include <time.h>

#include "exit_status.h"
#include "option_table.h"

struct command {
  const char *name;
  const char *operands; /* as the usage shows them: "CLINIC OUT" */
  int n_operands;
  const char *summary;           /* one line, without a full stop */
  const char *details;           /* more lines for the command's own help, or NULL */
  const enum option_id *options; /* [n_options], those of every command not among them */
  int n_options;
  const char *must_write; /* the usage's name of the folder that -o must give; NULL: it need not */
  bool writes_operand;    /* an operand names a folder that is written, without any -o */
  enum exit_status (*run)(const struct options *options, time_t now);
};

#define COMMAND_OPTIONS(list) .options = (list), .n_options = (int)(sizeof(list) / sizeof *(list))

extern const struct command *const commands[]; /* [n_commands] */
extern const int n_commands;

/* NULL if there is no such command. */
const struct command *command_find(const char *name);
/* command NULL: the program without a command. */
bool command_takes(const struct command *command, enum option_id option);
/* True if it may write a folder; all others change nothing on the disk. */
bool command_writes(const struct command *command);
void command_help(const struct command *command, FILE *to);
/* One line on standard error. */
void command_point_to_help(const struct command *command);
/* Says on standard error that there is no such command (NULL: that there must be one). */
void command_complain_of_name(const char *name);

#endif
