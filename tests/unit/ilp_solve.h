/* The week's integer program given whole to GLPK, for tests with clinics so small that it can. */
#ifndef IOPSCHED_TESTS_ILP_SOLVE_H
#define IOPSCHED_TESTS_ILP_SOLVE_H

#include "iopsched/ilp.h"

struct ilp_answer {
  bool feasible;
  int64_t cost;   /* of the optimum, rounded to units of 1/COST_ONE */
  double *values; /* [n_columns], or NULL; the caller frees */
};
struct ilp_answer ilp_solve(const struct ilp *ilp);
/* The same from what ilp_write_lp() writes, read by GLPK; no values. */
struct ilp_answer ilp_solve_written(const struct ilp *ilp);
/* Value of the linear relaxation in cost, not in units; the program must be feasible. */
double ilp_relaxation(const struct ilp *ilp);

#endif
