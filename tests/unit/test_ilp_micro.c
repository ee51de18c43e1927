/* The optimum of the integer program against all schedules of micro clinics, tried one by one. */
#include <stdio.h>
#include <stdlib.h>

#include "all_schedules.h"
#include "ilp_solve.h"
#include "iopsched/verify.h"
#include "judged.h"
#include "micro_clinics.h"
#include "unit.h"

enum { MOST_SCHEDULES = 4000, N_SEEDS = 40 };

/* The optimum read back is valid and costs what it should. */
static void check_read_back(const struct micro *micro, const struct ilp *ilp,
                            const struct ilp_answer *answer) {
  struct schedule *schedule = ilp_read_back(ilp, answer->values);
  assert_valid(micro->clinic, schedule);
  assert_int_equal(verify_cost(micro->clinic, schedule, micro->previous).total, answer->cost);
  schedule_free(schedule);
}

/* True if the clinic was small enough to try. */
static bool check_clinic_of(enum micro_style style, uint64_t seed) {
  struct micro micro = micro_clinic(style, seed);
  struct all_answer all = all_schedules(micro.clinic, micro.previous, MOST_SCHEDULES);
  if (!all.too_many) {
    struct ilp *ilp = ilp_build(micro.clinic, micro.previous);
    struct ilp_answer answer = ilp_solve(ilp);
    if (answer.feasible != all.feasible || (all.feasible && answer.cost != all.cost))
      print_error("style %d seed %d: tried %d: %s %.4f, program: %s %.4f\n", (int)style, (int)seed,
                  all.n, all.feasible ? "best" : "none", (double)all.cost / (double)COST_ONE,
                  answer.feasible ? "best" : "none", (double)answer.cost / (double)COST_ONE);
    assert_int_equal(answer.feasible, all.feasible);
    if (all.feasible) assert_int_equal(answer.cost, all.cost);
    if (all.feasible) check_read_back(&micro, ilp, &answer);
    free(answer.values);
    ilp_free(ilp);
  }
  micro_release(&micro);
  return !all.too_many;
}

static void check_style(enum micro_style style) {
  int n = 0;
  const char *seeds = getenv("MICRO_SEEDS"); /* more by hand */
  int n_seeds = seeds ? atoi(seeds) : N_SEEDS;
  for (uint64_t seed = 1; seed <= (uint64_t)n_seeds; seed++) n += check_clinic_of(style, seed);
  if (seeds) print_message("style %d: %d of %d\n", (int)style, n, n_seeds);
  assert_true(n >= n_seeds / 2);
}

static void test_parallel(void **state) {
  (void)state;
  check_style(MICRO_PARALLEL);
}
static void test_apart(void **state) {
  (void)state;
  check_style(MICRO_APART);
}
static void test_fixed(void **state) {
  (void)state;
  check_style(MICRO_FIXED);
}
static void test_long_day(void **state) {
  (void)state;
  check_style(MICRO_LONG_DAY);
}
static void test_individual(void **state) {
  (void)state;
  check_style(MICRO_INDIVIDUAL);
}
static void test_week(void **state) {
  (void)state;
  check_style(MICRO_WEEK);
}
static void test_mixed(void **state) {
  (void)state;
  check_style(MICRO_MIXED);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_parallel),   cmocka_unit_test(test_apart),
      cmocka_unit_test(test_fixed),      cmocka_unit_test(test_long_day),
      cmocka_unit_test(test_individual), cmocka_unit_test(test_week),
      cmocka_unit_test(test_mixed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
