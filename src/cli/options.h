/* What the command line says. */
#ifndef IOPSCHED_CLI_OPTIONS_H
#define IOPSCHED_CLI_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "iopsched/profile.h"

struct command;

enum { MOST_FORMATS = 8, MOST_OPERANDS = 8 };

/* Defaults filled in; strings are borrowed from argv. */
struct options {
  const char *output; /* NULL: not given */
  bool has_week;
  int monday;            /* of --week */
  const char *previous;  /* NULL: not given */
  int64_t time_limit_ms; /* 0: none */
  int64_t gap_millionths;
  int64_t seed;
  int threads;
  int64_t work;                      /* 0: the clock alone decides */
  const char *formats[MOST_FORMATS]; /* [n_formats] */
  int n_formats;
  enum profile profile;
  bool names, bom;
  const char *write_lp; /* NULL: not given */
  const char *log;      /* NULL: not given */
  bool mail_summary;
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
