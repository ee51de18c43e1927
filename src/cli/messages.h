/* What the program says on standard error. */
#ifndef IOPSCHED_CLI_MESSAGES_H
#define IOPSCHED_CLI_MESSAGES_H

#include <stdbool.h>

#include "exit_status.h"
#include "iopsched/diagnostics.h"
#include "iopsched/folder.h"
#include "iopsched/load.h"

/* "iopsched: " and the text, as one line. */
__attribute__((format(printf, 1, 2))) void complain(const char *format, ...);
/* What was found in the input: all of it, or when quiet the errors alone. */
void print_diagnostics(const struct diagnostics *diagnostics, bool quiet);

enum exit_status exit_of_load(enum load_status status);
/* Also says what failed. */
enum exit_status exit_of_folder(enum folder_status status, const struct folder *folder);
/* Ends what was printed to standard output: false, and said, if some of it could not be written. */
bool finish_output(void);

#endif
