/* What the program says on standard error. */
#ifndef IOPSCHED_CLI_MESSAGES_H
#define IOPSCHED_CLI_MESSAGES_H

#include <stdbool.h>

#include "exit_status.h"
#include "iopsched/diagnostics.h"
#include "iopsched/folder.h"
#include "iopsched/load.h"
#include "options.h"

/* "iopsched: " and the text, as one line. */
__attribute__((format(printf, 1, 2))) void complain(const char *format, ...);
enum telling {
  TELL_ALL,
  TELL_ERRORS,   /* when quiet: the value of options->quiet will do */
  TELL_ONE_ERROR /* the first, and how many there are: the one line that cron mails */
};
/* The run is quiet and leaves a log: then one line on standard error is enough. */
bool is_brief(const struct options *options);
enum telling telling_of(const struct options *options);
/* What was found in the input. */
void print_diagnostics(const struct diagnostics *diagnostics, enum telling telling);

enum exit_status exit_of_load(enum load_status status);
/* Also says what failed. */
enum exit_status exit_of_folder(enum folder_status status, const struct folder *folder);
/* Ends what was printed to standard output: false, and said, if some of it could not be written. */
bool finish_output(void);

#endif
