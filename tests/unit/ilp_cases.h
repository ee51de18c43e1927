/* Cases for the week's integer program: a clinic whose optimum is known. */
#ifndef IOPSCHED_TESTS_ILP_CASES_H
#define IOPSCHED_TESTS_ILP_CASES_H

#include "clinic_builder.h"
#include "iopsched/ilp.h"

struct ilp_case {
  const char *name;
  void (*narrow)(struct clinic *clinic); /* changes small_clinic() */
  const char *without;                   /* a rule, or a term's setting */
  double cost, cost_without;             /* of the optimum, with it and without */
  const char *previous;                  /* as previous_of() reads it, or NULL */
  double relaxation;                     /* costs at least this; 0: not asked for */
};
/* Runs each case; fails the cmocka test at the first that differs, naming it. */
void run_ilp_cases(const struct ilp_case *cases, size_t n);

/* Services S1 ... S3, patients P1 P2, therapists T1 T2, rooms R1 R2. Nobody needs anything, and
 * days cost nothing. */
struct clinic *small_clinic(void);
/* Everybody and every room is available in all of it. */
void set_opening(struct clinic *clinic, const char *windows);
/* P1 needs S1 and S2, once each. */
void two_needs(struct clinic *clinic, const char *windows);
/* P1 needs S1 and P2 S2 in the same hour, and only T1 is there. */
void one_leader(struct clinic *clinic);

/* The program's optimum is that, and its schedule is valid and costs it, read back and written. */
void check_optimum(const char *name, const struct ilp *ilp, double cost);
void check_schedule(const char *name, const struct ilp *ilp);

#endif
