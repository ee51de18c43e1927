#include "exact.h"

#include <math.h>
#include <stdlib.h>

#include "iopsched/divisor.h"
#include "iopsched/ilp.h"
#include "iopsched/verify.h"
#include "program.h"

/* A clinic whose program is larger is left to the search. */
enum { MAX_COLUMNS = 6000, MAX_NODES = 200000, WATCHDOG_SECONDS = 3600 };

static double finite_or_infinite(int64_t value) {
  return value == ILP_INFINITY ? INFINITY : value == -ILP_INFINITY ? -INFINITY : (double)value;
}

/* Every cost is a multiple of this. */
static int64_t column_cost_step(const struct ilp *ilp) {
  int64_t step = 0;
  for (int i = 0; i < ilp->n_columns; i++) step = common_divisor(step, ilp->columns[i].cost);
  return step > 0 ? step : 1;
}

struct translated {
  struct program_column *columns;
  struct program_row *rows;
  struct program_term *terms;
};

/* A row that asks for less than the cost known would seem to help; measured, it costs five times
 * what it saves: the objective is dense. */
static void translate(const struct ilp *ilp, struct translated *translated) {
  size_t n_columns = (size_t)ilp->n_columns, n_rows = (size_t)ilp->n_rows;
  translated->columns = mem_new(n_columns, sizeof *translated->columns);
  translated->rows = mem_new(n_rows, sizeof *translated->rows);
  translated->terms = mem_new(ilp->n_terms, sizeof *translated->terms);
  int64_t step = column_cost_step(ilp);
  for (size_t i = 0; i < n_columns; i++) {
    const struct ilp_column *column = &ilp->columns[i];
    translated->columns[i] = (struct program_column){
        (double)(int64_t)(column->cost / step), finite_or_infinite(column->upper),
        finite_or_infinite(column->lower), column->integer};
  }
  for (int i = 0; i < ilp->n_rows; i++)
    translated->rows[i] = (struct program_row){finite_or_infinite(ilp->rows[i].lower),
                                               finite_or_infinite(ilp->rows[i].upper),
                                               (int)ilp->rows[i].first, ilp->rows[i].n};
  for (size_t i = 0; i < ilp->n_terms; i++)
    translated->terms[i] = (struct program_term){ilp->terms[i].column, ilp->terms[i].coefficient};
}

static void translated_release(struct translated *translated) {
  free(translated->columns);
  free(translated->rows);
  free(translated->terms);
}

/* The solver's answer counts only as far as the rules confirm it. */
static enum exact_status judge(const struct ilp *ilp, const double *values, int64_t cost,
                               struct schedule **schedule) {
  *schedule = ilp_read_back(ilp, values);
  struct breaches breaches = {0};
  bool valid = verify_rules(ilp->clinic, *schedule, &breaches);
  int64_t total = verify_cost(ilp->clinic, *schedule, ilp->previous).total;
  breaches_free(&breaches);
  if (valid && total < cost) return EXACT_BETTER;
  schedule_free(*schedule);
  *schedule = NULL;
  return valid && total == cost ? EXACT_BEST : EXACT_UNKNOWN;
}

static enum exact_status solve(const struct ilp *ilp, int64_t cost, struct halt *halt,
                               struct schedule **schedule) {
  struct translated translated;
  translate(ilp, &translated);
  struct program program = {translated.columns, ilp->n_columns, translated.rows, ilp->n_rows,
                            translated.terms};
  struct program_limits limits = {WATCHDOG_SECONDS, MAX_NODES, true, halt};
  double *values = mem_new((size_t)ilp->n_columns, sizeof *values);
  enum program_status status = program_solve(&program, &limits, values);
  enum exact_status result = EXACT_UNKNOWN;
  if (status == PROGRAM_INFEASIBLE && cost == INT64_MAX) result = EXACT_BEST;
  if (status == PROGRAM_OPTIMAL) result = judge(ilp, values, cost, schedule);
  free(values);
  translated_release(&translated);
  return result;
}

enum exact_status exact_solve(const struct clinic *clinic, const struct previous *previous,
                              int64_t cost, struct halt *halt, struct schedule **schedule) {
  *schedule = NULL;
  struct ilp *ilp = ilp_build(clinic, previous);
  enum exact_status status = EXACT_UNKNOWN;
  if (ilp->n_columns <= MAX_COLUMNS && ilp->n_terms < INT32_MAX / 2)
    status = solve(ilp, cost, halt, schedule);
  ilp_free(ilp);
  return status;
}
