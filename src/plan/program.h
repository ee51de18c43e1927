/* The one door to GLPK. A program is solved in a process of its own: if GLPK aborts, hangs or runs
 * out of memory, that costs this answer and nothing else. */
#ifndef IOPSCHED_PLAN_PROGRAM_H
#define IOPSCHED_PLAN_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>

#include "halt.h"

/* min cost x subject to rows and bounds, all columns >= 0. Indices count from 0. */
struct program_column {
  double cost, upper; /* upper: INFINITY for none */
  double lower;
  bool integer;
};
struct program_row {
  double lower, upper; /* -INFINITY, INFINITY: none */
  int first, n;        /* its terms: [first, first + n) */
};
struct program_term {
  int column;
  double coefficient;
};
struct program {
  const struct program_column *columns; /* [n_columns] */
  int n_columns;
  const struct program_row *rows; /* [n_rows] */
  int n_rows;
  const struct program_term *terms;
};

enum program_status {
  PROGRAM_OPTIMAL,    /* values are an optimal solution */
  PROGRAM_FEASIBLE,   /* out of nodes: values are a solution, not proven to be the best */
  PROGRAM_INFEASIBLE, /* proven: there is no solution */
  PROGRAM_UNSOLVED    /* out of time, or of nodes without a solution, or the solver failed */
};

/* True if there are values. */
static inline bool program_answered(enum program_status status) {
  return status == PROGRAM_OPTIMAL || status == PROGRAM_FEASIBLE;
}

struct program_limits {
  double seconds;    /* a watchdog: the process is then killed */
  int nodes;         /* of the search tree, or iterations of program_relax(); 0: no limit */
  bool cuts;         /* worth it for hard, small programs */
  struct halt *halt; /* ends it too; or NULL */
};

/* values: [n_columns], set if it answered; then they keep to all rows and
 * bounds, and the integers are exact. That nothing is better is the solver's word. */
enum program_status program_solve(const struct program *program,
                                  const struct program_limits *limits, double *values);

/* The same without whole numbers, for what each row's limit is worth: prices: [n_rows], set if
 * PROGRAM_OPTIMAL: by how much the least cost grows with a row's limit. They are the solver's word
 * alone, but numbers. */
enum program_status program_relax(const struct program *program,
                                  const struct program_limits *limits, double *prices);

#endif
