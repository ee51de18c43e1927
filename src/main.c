/* iopsched plans the week of an intensive outpatient program. The way of the data is load, check,
 * plan, verify, write: see src/cli/command_plan.c. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli/command.h"
#include "cli/complete.h"
#include "cli/messages.h"
#include "iopsched/confine.h"
#include "iopsched/version.h"

static enum exit_status run(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "--complete") == 0) {
    complete(argc - 2, argv + 2, time(NULL), stdout);
    return EXIT_DONE;
  }
  const char *name = options_find_command(argc, argv);
  const struct command *command = name ? command_find(name) : NULL;
  struct options options;
  if (name && !command) {
    command_complain_of_name(name);
    return EXIT_USAGE;
  }
  if (!options_parse(command, argc, argv, &options)) return EXIT_USAGE;
  if (options.help) {
    command_help(command, stdout);
    return EXIT_DONE;
  }
  if (options.version) {
    puts("iopsched " IOPSCHED_VERSION);
    return EXIT_DONE;
  }
  if (!command) {
    command_complain_of_name(NULL);
    return EXIT_USAGE;
  }
  if (!command_writes(command)) confine_writing(NULL, 0);
  return command->run(&options, time(NULL));
}

int main(int argc, char **argv) {
  confine_process();
  enum exit_status status = run(argc, argv);
  if (!finish_output() && status < EXIT_USAGE) status = EXIT_READ_WRITE_FAILED;
  return (int)status;
}
