#include "ilp_cases.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ilp_solve.h"
#include "iopsched/ilp_model.h"
#include "iopsched/verify.h"
#include "unit.h"

struct clinic *small_clinic(void) {
  struct clinic *clinic =
      clinic_build(&(struct clinic_shape){"S1 S2 S3", "P1 P2", "T1 T2", "R1 R2"});
  clinic->weight_milli[TERM_EXTRA_DAY] = 0;
  return clinic;
}

void set_opening(struct clinic *clinic, const char *windows) {
  clinic->opening = windows_of(clinic, windows);
  for (int p = 0; p < clinic->n_patients; p++) clinic->patients[p].available = clinic->opening;
  for (int t = 0; t < clinic->n_therapists; t++) clinic->therapists[t].available = clinic->opening;
  for (int r = 0; r < clinic->n_rooms; r++) clinic->rooms[r].available = clinic->opening;
}

void two_needs(struct clinic *clinic, const char *windows) {
  set_opening(clinic, windows);
  clinic_add_need(clinic, "P1", "S1", 1, UNLIMITED);
  clinic_add_need(clinic, "P1", "S2", 1, UNLIMITED);
}

void one_leader(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  clinic_add_need(clinic, "P1", "S1", 1, UNLIMITED);
  clinic_add_need(clinic, "P2", "S2", 1, UNLIMITED);
  therapist_of(clinic, "T2")->available.n = 0;
}

static struct ilp *build_without(const struct clinic *clinic, const struct previous *previous,
                                 const char *left_out) {
  struct ilp *ilp = ilp_begin(clinic, previous);
  for (int i = 0; i < n_rules; i++)
    if (strcmp(rules[i]->id, left_out) != 0) rules[i]->rows(ilp);
  for (int term = 0; term < N_TERMS; term++)
    if (clinic->weight_milli[term] > 0 && strcmp(term_infos[term].setting, left_out) != 0)
      cost_terms[term]->rows(ilp);
  return ilp;
}

void check_optimum(const char *name, const struct ilp *ilp, double cost) {
  struct ilp_answer answer = ilp_solve(ilp);
  if (!answer.feasible || answer.cost != llround(cost * (double)COST_ONE))
    fail_msg("%s: %s %.4f, not %.4f", name, answer.feasible ? "costs" : "infeasible",
             (double)answer.cost / (double)COST_ONE, cost);
  free(answer.values);
}

void check_schedule(const char *name, const struct ilp *ilp) {
  struct ilp_answer answer = ilp_solve(ilp), written = ilp_solve_written(ilp);
  struct schedule *schedule = ilp_read_back(ilp, answer.values);
  struct breaches breaches = {0};
  if (!verify_rules(ilp->clinic, schedule, &breaches))
    fail_msg("%s: %s", name, breaches.list[0].text);
  assert_int_equal(verify_cost(ilp->clinic, schedule, ilp->previous).total, answer.cost);
  assert_int_equal(written.cost, answer.cost);
  breaches_free(&breaches);
  schedule_free(schedule);
  free(answer.values);
}

static void check_relaxation(const struct ilp_case *it, const struct ilp *ilp) {
  double value = ilp_relaxation(ilp);
  if (value < it->relaxation - 1e-6) fail_msg("%s: relaxed %.4f", it->name, value);
}

static void run_one(const struct ilp_case *it) {
  struct clinic *clinic = small_clinic();
  it->narrow(clinic);
  struct previous *previous = it->previous ? previous_of(clinic, it->previous) : NULL;
  struct ilp *ilp = ilp_build(clinic, previous);
  struct ilp *without = build_without(clinic, previous, it->without);
  check_optimum(it->name, ilp, it->cost);
  check_optimum(it->name, without, it->cost_without);
  check_schedule(it->name, ilp);
  if (it->relaxation > 0) check_relaxation(it, ilp);
  ilp_free(ilp);
  ilp_free(without);
  previous_free(previous);
  clinic_free(clinic);
}

void run_ilp_cases(const struct ilp_case *cases, size_t n) {
  for (size_t i = 0; i < n; i++) run_one(&cases[i]);
}
