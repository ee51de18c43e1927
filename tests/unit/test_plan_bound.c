/* Lower bounds of patients whose days have too many kinds to be listed all. */
#include "../../src/plan/bound.h"
#include "../../src/plan/first_prices.h"
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

static void assert_bound_after(int steps, const struct clinic *clinic, int64_t least,
                               int64_t cost) {
  struct grid grid;
  grid_init(&grid, clinic, NULL);
  struct bound *bound = bound_new(&grid);
  for (int i = 0; i < steps; i++) bound_step(bound, 100 * COST_ONE);
  assert_true(bound_value(bound) >= least && bound_value(bound) <= cost);
  bound_free(bound);
  grid_release(&grid);
}

static void assert_bound_between(const struct clinic *clinic, int64_t least, int64_t cost) {
  assert_bound_after(20, clinic, least, cost);
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

/* One therapist has one hour for three patients: the first prices know. */
static void test_scarce_hours(void **state) {
  (void)state;
  struct clinic *clinic = clinic_build(&(struct clinic_shape){"IND", "P1 P2 P3", "T1", "R1"});
  clinic_make_individual(clinic, "IND");
  therapist_of(clinic, "T1")->max_minutes_week = 60;
  clinic_add_need(clinic, "P1", "IND", 1, 1);
  clinic_add_need(clinic, "P2", "IND", 1, 1);
  clinic_add_need(clinic, "P3", "IND", 1, 1);
  assert_bound_after(1, clinic, 201 * COST_ONE, 201 * COST_ONE);
  clinic_free(clinic);
}

/* Ten patients, of whom half can come in the morning and half in the evening: two sessions of a
 * group that would seat twelve. */
static void test_who_is_there(void **state) {
  (void)state;
  struct clinic *clinic =
      clinic_build(&(struct clinic_shape){"REL", "P1 P2 P3 P4 P5 P6 P7 P8 P9 PA", "T1 T2", "R1"});
  for (int p = 0; p < clinic->n_patients; p++) {
    clinic->patients[p].available =
        windows_of(clinic, p < 5 ? "Mon 08:00-12:00" : "Mon 17:00-21:00");
    clinic->patients[p].min_days = 1;
    clinic_add_need(clinic, clinic->patients[p].id, "REL", 1, 1);
  }
  assert_bound_after(1, clinic, 2 * COST_ONE, 2 * COST_ONE);
  clinic_free(clinic);
}

/* What the patients together would pay for a place on the day. */
static int64_t paid_on(const struct first_prices *prices, const struct clinic *clinic, int day) {
  int64_t sum = 0;
  for (int p = 0; p < clinic->n_patients; p++) sum += prices->place[p * N_DAYS + day];
  return sum;
}

/* Everybody needs two sessions of a group, which nobody attends twice a day: half can come on
 * Monday and Tuesday, half on Monday and Wednesday. It has to be held on three days, and not twice
 * on Monday: prices by the day pay for all three. */
static void test_on_which_days(void **state) {
  (void)state;
  struct clinic *clinic =
      clinic_build(&(struct clinic_shape){"REL", "P1 P2 P3 P4 P5 P6 P7 P8 P9 PA", "T1 T2", "R1"});
  for (int p = 0; p < clinic->n_patients; p++) {
    clinic->patients[p].available = windows_of(
        clinic, p < 5 ? "Mon 08:00-12:00, Tue 08:00-12:00" : "Mon 08:00-12:00, Wed 08:00-12:00");
    clinic->patients[p].min_days = 2;
    clinic_add_need(clinic, clinic->patients[p].id, "REL", 2, 2);
  }
  struct grid grid;
  grid_init(&grid, clinic, NULL);
  struct first_prices prices;
  assert_true(first_prices_find_by_day(&prices, &grid, NULL));
  assert_int_equal(prices.n_periods, N_DAYS);
  for (int day = 0; day < N_DAYS; day++)
    assert_in_range(paid_on(&prices, clinic, day) + 10, day < 3 ? COST_ONE : 0,
                    day < 3 ? COST_ONE + 20 : 20); /* each is rounded down */
  first_prices_release(&prices);
  grid_release(&grid);
  assert_bound_after(2, clinic, 3 * COST_ONE, 3 * COST_ONE);
  clinic_free(clinic);
}

/* Whoever is told to stop proves nothing, and does not set out first. */
static void test_halted(void **state) {
  (void)state;
  struct clinic *clinic = many_services(1, 12 * 60);
  volatile sig_atomic_t stop = 1;
  struct halt halt;
  halt_init(&halt, &stop, 0);
  struct grid grid;
  grid_init(&grid, clinic, NULL);
  struct lattices lattices = {0};
  assert_false(lattices_init(&lattices, &grid, LATTICE_BOUND_NODES, &halt));
  assert_int_equal(lattices.n, 0);
  lattices_release(&lattices);
  struct bound *bound = bound_new(&grid);
  bound_heed(bound, &halt);
  bound_work(bound, 100 * COST_ONE, INT64_MAX / 2);
  bound_step(bound, 100 * COST_ONE);
  assert_int_equal(bound_value(bound), 0);
  bound_free(bound);
  grid_release(&grid);
  clinic_free(clinic);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_many_kinds),    cmocka_unit_test(test_long_day),
      cmocka_unit_test(test_scarce_hours),  cmocka_unit_test(test_who_is_there),
      cmocka_unit_test(test_on_which_days), cmocka_unit_test(test_halted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
