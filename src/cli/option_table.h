/* The options of all commands: each stands here, in the table, and in the list of the commands that
 * take it. */
#ifndef IOPSCHED_CLI_OPTION_TABLE_H
#define IOPSCHED_CLI_OPTION_TABLE_H

#include "options.h"

enum option_id {
  OPTION_OUTPUT,
  OPTION_WEEK,
  OPTION_WEEKS,
  OPTION_PREVIOUS,
  OPTION_TIME_LIMIT,
  OPTION_GAP,
  OPTION_SEED,
  OPTION_THREADS,
  OPTION_WORK,
  OPTION_FORMATS,
  OPTION_PROFILE,
  OPTION_NAMES,
  OPTION_BOM,
  OPTION_KEEP,
  OPTION_WRITE_LP,
  OPTION_WRITE_DUALS,
  OPTION_BOUND,
  OPTION_LOG,
  OPTION_MAIL_SUMMARY,
  OPTION_ABSENT,
  OPTION_FROM,
  OPTION_PATIENT,
  OPTION_SERVICE,
  OPTION_WHY,
  OPTION_FORMAT,
  OPTION_MOVE,
  FIRST_COMMON_OPTION, /* from here on every command takes them */
  OPTION_QUIET = FIRST_COMMON_OPTION,
  OPTION_VERBOSE,
  OPTION_HELP,
  OPTION_VERSION,
  N_OPTIONS
};

struct option_info {
  const char *name;
  char letter; /* 0: none */
  /* What the help calls it, a word for each that the option takes; NULL: none. */
  const char *value;
  const char *help; /* lines separated by line feeds */
  /* Sets the option; NULL, or what was expected instead of `value`. Called for each of its words.
   */
  const char *(*set)(struct options *options, const char *value);
};
extern const struct option_info option_infos[N_OPTIONS];

/* How many words the option takes beyond the first. */
int option_more_words(const struct option_info *info);

void options_set_defaults(struct options *options);

#endif
