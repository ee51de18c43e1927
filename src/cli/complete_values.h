/* What may stand where the help says WEEK, OUT or WHO. */
#ifndef IOPSCHED_CLI_COMPLETE_VALUES_H
#define IOPSCHED_CLI_COMPLETE_VALUES_H

#include <stdbool.h>
#include <stdio.h>
#include <time.h>

/* The word to complete. */
struct asked {
  const char *word;
  const char *value;  /* the end of `word` that is the value: behind the '=' of --option= */
  const char *clinic; /* the clinic's folder, where the words before name one, else NULL */
  time_t now;
};

/* `name` is what the help calls the value: lines as complete() writes them. */
void offer_values(const char *name, const struct asked *asked, FILE *to);

#endif
