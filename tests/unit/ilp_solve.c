#include "ilp_solve.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

static int bound_kind(int64_t lower, int64_t upper) {
  bool has_lower = lower != -ILP_INFINITY, has_upper = upper != ILP_INFINITY;
  if (has_lower && has_upper) return lower == upper ? GLP_FX : GLP_DB;
  return has_lower ? GLP_LO : has_upper ? GLP_UP : GLP_FR;
}

static void put_columns(glp_prob *problem, const struct ilp *ilp) {
  if (ilp->n_columns > 0) glp_add_cols(problem, ilp->n_columns);
  for (int i = 0; i < ilp->n_columns; i++) {
    const struct ilp_column *column = &ilp->columns[i];
    glp_set_col_bnds(problem, i + 1, bound_kind(column->lower, column->upper),
                     (double)column->lower, (double)column->upper);
    glp_set_obj_coef(problem, i + 1, (double)column->cost / (double)COST_ONE);
    glp_set_col_kind(problem, i + 1, column->integer ? GLP_IV : GLP_CV);
  }
}

static void put_rows(glp_prob *problem, const struct ilp *ilp) {
  int *columns = calloc((size_t)ilp->n_columns + 1, sizeof *columns);
  double *coefficients = calloc((size_t)ilp->n_columns + 1, sizeof *coefficients);
  if (ilp->n_rows > 0) glp_add_rows(problem, ilp->n_rows);
  for (int i = 0; i < ilp->n_rows; i++) {
    const struct ilp_row *row = &ilp->rows[i];
    glp_set_row_bnds(problem, i + 1, bound_kind(row->lower, row->upper), (double)row->lower,
                     (double)row->upper);
    for (int k = 0; k < row->n; k++) {
      columns[k + 1] = ilp->terms[row->first + (size_t)k].column + 1;
      coefficients[k + 1] = ilp->terms[row->first + (size_t)k].coefficient;
    }
    glp_set_mat_row(problem, i + 1, row->n, columns, coefficients);
  }
  free(columns);
  free(coefficients);
}

static struct ilp_answer solve(glp_prob *problem) {
  glp_iocp how;
  glp_init_iocp(&how);
  how.presolve = GLP_ON;
  how.msg_lev = GLP_MSG_OFF;
  how.tol_obj = 1e-9;
  int code = glp_intopt(problem, &how);
  struct ilp_answer answer = {.feasible = code == 0 && glp_mip_status(problem) == GLP_OPT};
  bool known =
      answer.feasible || code == GLP_ENOPFS || (code == 0 && glp_mip_status(problem) == GLP_NOFEAS);
  if (!known) abort();
  if (answer.feasible) answer.cost = llround(glp_mip_obj_val(problem) * (double)COST_ONE);
  return answer;
}

struct ilp_answer ilp_solve(const struct ilp *ilp) {
  glp_term_out(GLP_OFF);
  glp_prob *problem = glp_create_prob();
  put_columns(problem, ilp);
  put_rows(problem, ilp);
  struct ilp_answer answer = solve(problem);
  if (answer.feasible) {
    answer.values = calloc((size_t)ilp->n_columns, sizeof *answer.values);
    for (int i = 0; i < ilp->n_columns; i++) answer.values[i] = glp_mip_col_val(problem, i + 1);
  }
  glp_delete_prob(problem);
  return answer;
}

struct ilp_answer ilp_solve_written(const struct ilp *ilp) {
  char path[] = "/tmp/iopsched-test-XXXXXX";
  int descriptor = mkstemp(path);
  if (descriptor < 0) abort();
  FILE *file = fdopen(descriptor, "w");
  if (!ilp_write_lp(ilp, file) || fclose(file) != 0) abort();
  glp_term_out(GLP_OFF);
  glp_prob *problem = glp_create_prob();
  if (glp_read_lp(problem, NULL, path) != 0) abort();
  if (glp_get_num_cols(problem) < ilp->n_columns) abort();
  unlink(path);
  struct ilp_answer answer = solve(problem);
  glp_delete_prob(problem);
  return answer;
}

double ilp_relaxation(const struct ilp *ilp) {
  glp_term_out(GLP_OFF);
  glp_prob *problem = glp_create_prob();
  put_columns(problem, ilp);
  put_rows(problem, ilp);
  glp_smcp how;
  glp_init_smcp(&how);
  how.msg_lev = GLP_MSG_OFF;
  how.presolve = GLP_ON;
  if (glp_simplex(problem, &how) != 0 || glp_get_status(problem) != GLP_OPT) abort();
  double value = glp_get_obj_val(problem);
  glp_delete_prob(problem);
  return value;
}
