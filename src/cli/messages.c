#include "messages.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "iopsched/memory.h"

void complain(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("iopsched: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
}

bool is_brief(const struct options *options) {
  return options->quiet && options->log;
}

enum telling telling_of(const struct options *options) {
  if (!options->quiet) return TELL_ALL;
  return is_brief(options) ? TELL_ONE_ERROR : TELL_ERRORS;
}

/* Leaves the first of the errors that was found, with the number of the others in its text. */
static void keep_first(struct diagnostics *errors) {
  struct diagnostic *first = &errors->list[0];
  if (errors->n < 2) return;
  first->text = arena_printf(&errors->arena, "%s (and %d more: 'iopsched check' tells them)",
                             first->text, errors->n - 1);
  errors->n = 1;
}

void print_diagnostics(const struct diagnostics *diagnostics, enum telling telling) {
  struct diagnostics shown = {.list = mem_new((size_t)diagnostics->n, sizeof *shown.list)};
  for (int i = 0; i < diagnostics->n; i++)
    if (telling == TELL_ALL || diagnostics->list[i].severity == SEVERITY_ERROR)
      shown.list[shown.n++] = diagnostics->list[i];
  if (telling == TELL_ONE_ERROR) keep_first(&shown);
  diagnostics_print(&shown, stderr);
  free(shown.list);
  arena_free(&shown.arena);
}

enum exit_status exit_of_load(enum load_status status) {
  static const enum exit_status exits[] = {[LOAD_OK] = EXIT_DONE,
                                           [LOAD_FAULTY] = EXIT_FAULTY_INPUT,
                                           [LOAD_NO_INPUT] = EXIT_NO_INPUT,
                                           [LOAD_READ_FAILED] = EXIT_READ_WRITE_FAILED};
  return exits[status];
}

enum exit_status exit_of_folder(enum folder_status status, const struct folder *folder) {
  static const enum exit_status exits[] = {[FOLDER_OK] = EXIT_DONE,
                                           [FOLDER_BUSY] = EXIT_HELD,
                                           [FOLDER_CANNOT] = EXIT_CANNOT_WRITE,
                                           [FOLDER_WRITE_FAILED] = EXIT_READ_WRITE_FAILED};
  if (status != FOLDER_OK) complain("%s", folder_error(folder));
  return exits[status];
}

bool finish_output(void) {
  bool failed = ferror(stdout) != 0;
  if (fflush(stdout) != 0) failed = true;
  if (failed) complain("cannot write to standard output: %s", strerror(errno));
  return !failed;
}
