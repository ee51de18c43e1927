/* The whole week as one exact integer linear program: for any solver through an LP file, and for
 * tiny clinics.
 *
 * Its optimum is the cost of the best valid schedule. The columns say who attends what when, how
 * many sessions of a service run in parallel, who leads and which rooms are taken; every rule and
 * every cost term adds its own rows (struct rule, struct cost_term). What is alike is counted, not
 * named: parallel sessions, leaders of equal roles and equal rooms have no identity until
 * ilp_read_back() gives them one. Only where people must be told apart between parallel sessions
 * does the program go down to the single session.
 *
 * Every coefficient is a whole number, and some optimal solution has whole values in all columns,
 * also in those not declared integer. */
#ifndef IOPSCHED_ILP_H
#define IOPSCHED_ILP_H

#include <stdio.h>

#include "iopsched/clinic.h"
#include "iopsched/schedule.h"

#define ILP_INFINITY INT64_MAX /* no upper bound; -ILP_INFINITY: no lower bound */

struct ilp_column {
  const char *name;
  int64_t cost; /* of one unit, in units of 1/COST_ONE */
  int64_t lower, upper;
  bool integer; /* declared integer */
};

struct ilp_term {
  int column, coefficient;
};

/* lower <= sum of terms <= upper. No column occurs twice in a row. */
struct ilp_row {
  const char *name;
  int64_t lower, upper;
  size_t first; /* its terms: ilp->terms[first, first + n) */
  int n;        /* at least 1 */
};

struct ilp_model;

struct ilp {
  struct arena arena;
  const struct clinic *clinic;     /* borrowed: must outlive the program */
  const struct previous *previous; /* borrowed, or NULL */
  struct ilp_column *columns;      /* [n_columns] */
  int n_columns;
  struct ilp_row *rows; /* [n_rows] */
  int n_rows;
  struct ilp_term *terms; /* [n_terms] */
  size_t n_terms;
  struct ilp_model *model; /* what the columns mean */
  struct ilp_open_row *open;
  size_t column_capacity, row_capacity, term_capacity;
};

/* The program of a clinic's week. previous may be NULL. ilp_free() ends it. */
struct ilp *ilp_build(const struct clinic *clinic, const struct previous *previous);
void ilp_free(struct ilp *ilp);

/* Writes the program in the CPLEX LP format, in the part of it that all readers share: names of
 * letters, digits and _.,(), at most ILP_NAME_MAX of them; one-sided rows; all bounds that are not
 * the default. The objective is in cost, not in units of 1/COST_ONE. False if the stream failed. */
bool ilp_write_lp(const struct ilp *ilp, FILE *to);
enum { ILP_NAME_MAX = 90 };

/* The schedule that a solution stands for: anonymous patients, leaders and rooms are given to the
 * parallel sessions. values: [n_columns]; those of declared columns are rounded. It costs what the
 * solution costs or less. Sessions are sorted, and have no id yet. schedule_free() ends it. */
struct schedule *ilp_read_back(const struct ilp *ilp, const double *values);

#endif
