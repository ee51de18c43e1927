/* What is wrong with the input, collected and printed once: `file:line: column: error: text`.
 * Messages are lower case, without a full stop, names in single quotes. They never quote a `name`
 * column. Only the command layer prints them. */
#ifndef IOPSCHED_DIAGNOSTICS_H
#define IOPSCHED_DIAGNOSTICS_H

#include <stdio.h>

#include "iopsched/memory.h"

enum severity { SEVERITY_ERROR, SEVERITY_WARNING };

struct diagnostic {
  enum severity severity;
  const char *file;   /* "patients.csv", or NULL: of the clinic as a whole */
  int line;           /* 1-based physical line of the file; 0: of the file as a whole */
  const char *column; /* as the contract spells it, or NULL */
  const char *text;
};

struct diagnostics {
  struct arena arena;
  struct diagnostic *list; /* [n], in the order they were found */
  int n, n_errors;
  size_t capacity;
};

/* file and column may be NULL; they and the text are copied. */
__attribute__((format(printf, 6, 7))) void diagnose(struct diagnostics *diagnostics,
                                                    enum severity severity, const char *file,
                                                    int line, const char *column,
                                                    const char *format, ...);
/* Prints all, errors and warnings, ordered by file, line and column of the file. */
void diagnostics_print(const struct diagnostics *diagnostics, FILE *to);
void diagnostics_free(struct diagnostics *diagnostics);

#endif
