/* What the command line says. */
#ifndef IOPSCHED_CLI_OPTIONS_H
#define IOPSCHED_CLI_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "iopsched/profile.h"

struct command;

enum { MOST_FORMATS = 8, MOST_OPERANDS = 8, MOST_ABSENCES = 256, WHY_WORDS = 4 };

/* Of --absent T03:Tue:09:00-12:00. */
struct absent_option {
  const char *id; /* [id_length], not ended by NUL */
  int id_length;
  bool all_week;
  int day;                /* if not all week */
  int start_min, end_min; /* of that day */
};

enum output_format { OUTPUT_TEXT, OUTPUT_CSV, OUTPUT_JSON, N_OUTPUT_FORMATS };
extern const char *const output_format_names[N_OUTPUT_FORMATS]; /* "text", "csv", "json" */

/* Defaults filled in; strings are borrowed from argv. */
struct options {
  const char *output; /* NULL: not given */
  bool has_week;
  int monday;           /* of --week */
  int weeks;            /* to plan, one after another */
  int move;             /* attendances of others that admit may change */
  const char *previous; /* NULL: not given */
  bool has_time_limit;
  int64_t time_limit_ms; /* 0: none */
  int64_t gap_millionths;
  int64_t seed;
  int threads;
  int64_t work;                      /* 0: the clock alone decides */
  const char *formats[MOST_FORMATS]; /* [n_formats] */
  int n_formats;
  enum profile profile;
  bool names, bom, keep;
  const char *write_lp;    /* NULL: not given */
  const char *write_duals; /* NULL: not given */
  const char *bound;       /* the file of --bound; NULL: not given */
  const char *log;         /* NULL: not given */
  bool mail_summary;
  struct absent_option absent[MOST_ABSENCES]; /* [n_absent] */
  int n_absent;
  int from_day;                  /* 0: Monday, and the default */
  const char *patient, *service; /* ids; NULL: not given */
  const char *why[WHY_WORDS];    /* [n_why]: patient, service, day, time; all or none */
  int n_why;
  enum output_format format; /* of what is told on standard output */
  bool quiet, verbose, help, version;

  char expected[96];                   /* what a faulty value should have been */
  const char *operands[MOST_OPERANDS]; /* [n_operands], the command's name not among them */
  int n_operands;
};

/* The command's name: the first word that is no option nor the value of one; NULL if there is
 * none. */
const char *options_find_command(int argc, char **argv);
/* Reads the options and operands of a command (NULL: of the program without one). On a fault says
 * so on standard error and returns false. */
bool options_parse(const struct command *command, int argc, char **argv, struct options *options);
/* The lines of the command's help about its options. */
void options_describe(const struct command *command, FILE *to);

#endif
