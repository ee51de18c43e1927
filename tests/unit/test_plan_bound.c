/* Lower bounds of patients whose days have too many kinds to be listed all. */
#include "../../src/plan/bound.h"
#include "clinic_builder.h"
#include "unit.h"

/* Everybody needs one session of each of many services and can attend them all: the optimum costs
 * the leaders' hours only. */
static struct clinic *many_services(int n_patients, int day_max_minutes) {
  struct clinic *clinic = clinic_build(&(struct clinic_shape){"S1 S2 S3 S4 S5 S6 S7 S8 S9 SA SB SC",
                                                              n_patients == 1 ? "P1" : "P1 P2 P3",
                                                              "T1 T2 T3", "R1 R2 R3"});
  clinic->day_max_minutes = day_max_minutes;
  for (int p = 0; p < clinic->n_patients; p++) {
    struct patient *who = &clinic->patients[p];
    who->min_minutes = 12 * 60;
    who->max_minutes = 40 * 60;
    who->min_days = who->max_days = 1; /* all of it on one day */
    for (int s = 0; s < clinic->n_services; s++)
      clinic_add_need(clinic, who->id, clinic->services[s].id, 1, 1);
  }
  return clinic;
}

static void assert_bound_between(const struct clinic *clinic, int64_t least, int64_t cost) {
  struct grid grid;
  struct lattices lattices = {0};
  grid_init(&grid, clinic, NULL);
  lattices_init(&lattices, &grid);
  struct bound *bound = bound_new(&grid, &lattices);
  for (int i = 0; i < 20; i++) bound_step(bound, 100 * COST_ONE);
  assert_true(bound_value(bound) >= least && bound_value(bound) <= cost);
  bound_free(bound);
  lattices_release(&lattices);
  grid_release(&grid);
}

/* The cost of the best plan is known: twelve sessions on one day, led once, nobody short. */
static void test_many_kinds(void **state) {
  (void)state;
  for (int n_patients = 1; n_patients <= 3; n_patients += 2) {
    struct clinic *clinic = many_services(n_patients, 12 * 60);
    assert_bound_between(clinic, 0, 12 * COST_ONE);
    clinic_free(clinic);
  }
}

/* More sessions a day than a pattern lists: its cost counts nevertheless. */
static void test_long_day(void **state) {
  (void)state;
  struct clinic *clinic = clinic_build(
      &(struct clinic_shape){"S1 S2 S3 S4 S5 S6 S7 S8 S9 SA SB SC SD SE SF SG", "P1", "T1", "R1"});
  clinic->day_max_minutes = 16 * 30;
  for (int s = 0; s < clinic->n_services; s++) clinic->services[s].minutes = 30;
  struct patient *who = &clinic->patients[0];
  who->min_minutes = 16 * 30;
  who->min_days = who->max_days = 1;
  assert_bound_between(clinic, 7 * COST_ONE, 8 * COST_ONE);
  clinic_free(clinic);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_many_kinds),
      cmocka_unit_test(test_long_day),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
