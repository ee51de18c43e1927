/* The verifier's lower bound: never above the cost of a schedule, whatever the prices; never below
 * what the planner proves with the same ones. */

#include "../../src/plan/bound.h"
#include "all_schedules.h"
#include "clinic_builder.h"
#include "iopsched/random.h"
#include "iopsched/text.h"
#include "iopsched/verify.h"
#include "micro_clinics.h"
#include "random_clinics.h"
#include "unit.h"

static struct dual place(int patient, int service, int start_min, int64_t price) {
  return (struct dual){DUAL_PLACE, patient, service, NONE, NONE, start_min, price};
}

/* Now and then a price from nothing to two. */
static void add_at_times(struct duals *duals, uint64_t *dice, struct dual dual) {
  if (random_below(dice, 4) > 0) return;
  dual.price = COST_ONE * (int64_t)random_below(dice, 200) / 100;
  duals_add(duals, dual);
}

/* Prices for some of what sessions take up. */
static void add_random_charges(const struct clinic *clinic, struct duals *duals, uint64_t *dice) {
  int slots = N_DAYS * DAY_MIN / clinic->slot_minutes;
  for (int k = 0; k < clinic->n_therapists; k++) {
    for (int slot = 0; slot < slots; slot++)
      add_at_times(duals, dice,
                   (struct dual){DUAL_TIME, NONE, NONE, k, NONE, slot * clinic->slot_minutes, 0});
    for (int day = 0; day < N_DAYS; day++)
      add_at_times(duals, dice, (struct dual){DUAL_DAY, NONE, NONE, k, NONE, day * DAY_MIN, 0});
    add_at_times(duals, dice, (struct dual){DUAL_WEEK, NONE, NONE, k, NONE, NONE, 0});
  }
  for (int r = 0; r < clinic->n_rooms; r++)
    for (int slot = 0; slot < slots; slot++)
      add_at_times(duals, dice,
                   (struct dual){DUAL_ROOM, NONE, NONE, NONE, r, slot * clinic->slot_minutes, 0});
  for (int s = 0; s < clinic->n_services; s++) {
    add_at_times(duals, dice, (struct dual){DUAL_WANTED, NONE, s, NONE, NONE, NONE, 0});
    add_at_times(duals, dice, (struct dual){DUAL_CAPPED, NONE, s, NONE, NONE, NONE, 0});
  }
}

/* Prices for some places in groups, from nothing to a little more than the leaders cost. */
static struct duals random_duals(const struct clinic *clinic, uint64_t *dice) {
  struct duals duals = {0};
  int slots = N_DAYS * DAY_MIN / clinic->slot_minutes;
  for (int p = 0; p < clinic->n_patients; p++)
    for (int s = 0; s < clinic->n_services; s++)
      for (int slot = 0; slot < slots; slot++) {
        if (clinic->services[s].format != FORMAT_GROUP || random_below(dice, 3) == 0) continue;
        int64_t price = COST_ONE * (int64_t)random_below(dice, 200) / 100;
        duals_add(&duals, place(p, s, slot * clinic->slot_minutes, price));
      }
  return duals;
}

/* Against the best of all schedules, tried one by one. */
static void test_holds_for_any_prices(void **state) {
  (void)state;
  int n_tried = 0, n_tight = 0;
  for (int style = 0; style < N_MICRO_STYLES; style++)
    for (uint64_t seed = 1; seed <= 40; seed++) {
      struct micro micro = micro_clinic((enum micro_style)style, seed);
      struct all_answer all = all_schedules(micro.clinic, micro.previous, 4000);
      uint64_t dice = seed;
      for (int i = 0; i < 5 && !all.too_many && all.feasible; i++) {
        struct duals duals = random_duals(micro.clinic, &dice);
        if (i == 0) duals.n = 0;
        if (i > 2) add_random_charges(micro.clinic, &duals, &dice);
        int64_t bound = verify_bound(micro.clinic, micro.previous, &duals);
        assert_true(bound <= all.cost);
        assert_int_equal(all.cost % cost_step(micro.clinic), 0);
        n_tried++;
        n_tight += bound == all.cost;
        duals_release(&duals);
      }
      micro_release(&micro);
    }
  assert_true(n_tried > 300);
  assert_true(n_tight > n_tried / 20); /* it does not hold by proving nothing */
}

struct proof {
  struct duals duals;
  int64_t verified;
};

static struct proof prove(const struct clinic *clinic, int steps) {
  struct proof proof = {0};
  struct grid grid;
  grid_init(&grid, clinic, NULL);
  struct bound *bound = bound_new(&grid);
  for (int i = 0; i < steps; i++) bound_step(bound, 1000 * COST_ONE);
  bound_duals(bound, &proof.duals);
  assert_int_equal(proof.duals.bound, bound_value(bound));
  proof.verified = verify_bound(clinic, NULL, &proof.duals);
  bound_free(bound);
  grid_release(&grid);
  return proof;
}

/* The planner proves that cost, in so many steps, and so does the verifier. */
static void assert_both_prove(const struct clinic *clinic, int steps, int64_t cost) {
  struct proof proof = prove(clinic, steps);
  assert_int_equal(proof.duals.bound, cost);
  assert_int_equal(proof.verified, cost);
  duals_release(&proof.duals);
}

/* Two programs that share nothing but the formula agree, or the exact one proves more. */
static void test_confirms_the_planner(void **state) {
  (void)state;
  int n_equal = 0, n_clinics = 40;
  for (int seed = 1; seed <= n_clinics; seed++) {
    struct clinic *clinic = random_clinic((uint64_t)seed);
    struct proof proof = prove(clinic, 40);
    assert_true(proof.verified >= proof.duals.bound);
    n_equal += proof.verified == proof.duals.bound;
    duals_release(&proof.duals);
    clinic_free(clinic);
  }
  assert_true(n_equal > n_clinics / 2);
}

/* Seventy services, more than days are listed of: three of them are needed by both patients, who
 * share the leaders' hours, and one that nobody can lead by one. */
static void test_very_many_services(void **state) {
  (void)state;
  struct text ids = {0};
  for (int i = 0; i < 70; i++) text_printf(&ids, "%sS%02d", i > 0 ? " " : "", i);
  struct clinic *clinic = clinic_build(&(struct clinic_shape){ids.data, "P1 P2", "T1", "R1"});
  const char *const both[] = {"S03", "S33", "S66"};
  for (int p = 0; p < clinic->n_patients; p++) {
    clinic->patients[p].min_days = 1;
    for (int i = 0; i < 3; i++) clinic_add_need(clinic, clinic->patients[p].id, both[i], 1, 1);
  }
  clinic_add_need(clinic, "P2", "S50", 1, 1);
  clinic_set_qualified(clinic, "S50", 0, "T1", false);
  assert_both_prove(clinic, 1, 103 * COST_ONE);
  clinic_free(clinic);
  text_free(&ids);
}

/* One patient, one group hour a week at one of two starts, alone in it. */
static struct clinic *one_hour(void) {
  struct clinic *clinic = clinic_build(&(struct clinic_shape){"REL", "P1", "T1", "R1"});
  clinic->patients[0].min_minutes = 60;
  clinic->patients[0].min_days = 1;
  return clinic;
}

static void add_everywhere(const struct clinic *clinic, struct duals *duals, int64_t price) {
  for (int start = 0; start < N_DAYS * DAY_MIN; start += clinic->slot_minutes)
    duals_add(duals, place(0, 0, start, price));
}

static void test_known_bounds(void **state) {
  (void)state;
  static const struct {
    int64_t price; /* hundredths of a cost */
    int64_t bound;
  } cases[] = {
      {0, 0},    /* nobody pays the leader */
      {40, 50},  /* a part of the leader's hour: no cost lies between halves */
      {50, 50},  /* the same, exactly */
      {51, 100}, /* a little more */
      {100, 100} /* the hour costs 1: exact */
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct clinic *clinic = one_hour();
    struct duals duals = {0};
    add_everywhere(clinic, &duals, cases[i].price * COST_ONE / 100);
    assert_int_equal(verify_bound(clinic, NULL, &duals), cases[i].bound * COST_ONE / 100);
    duals_release(&duals);
    clinic_free(clinic);
  }
}

/* With an odd weight every cost may be: nothing is rounded. */
static void test_odd_weights_round_nothing(void **state) {
  (void)state;
  struct clinic *clinic = one_hour();
  struct duals duals = {0};
  add_everywhere(clinic, &duals, 41 * COST_ONE / 100 + 7);
  clinic->weight_milli[TERM_EXTRA_DAY] = 3;
  assert_int_equal(cost_step(clinic), COST_ONE / 1000);
  assert_int_equal(verify_bound(clinic, NULL, &duals), 411 * COST_ONE / 1000);
  clinic->weight_milli[TERM_EXTRA_DAY] = 0;
  assert_int_equal(verify_bound(clinic, NULL, &duals), COST_ONE / 2);
  duals_release(&duals);
  clinic_free(clinic);
}

/* Prices beyond the leader's hour at every start open a session at every start: that costs more
 * than the patient pays. */
static void test_prices_too_high_prove_less(void **state) {
  (void)state;
  struct clinic *clinic = one_hour();
  struct duals duals = {0};
  add_everywhere(clinic, &duals, 2 * COST_ONE);
  assert_int_equal(verify_bound(clinic, NULL, &duals), 0);
  duals_release(&duals);
  clinic_free(clinic);
}

/* What nobody can give is proven without any price. */
static void test_unmeetable_care_is_proven(void **state) {
  (void)state;
  struct clinic *clinic = one_hour();
  clinic->patients[0].min_minutes = 10 * 60;
  clinic->patients[0].min_days = clinic->patients[0].max_days =
      2; /* one service, once a day: two hours */
  struct duals duals = {0};
  assert_int_equal(verify_bound(clinic, NULL, &duals), 8 * 100 * COST_ONE);
  clinic_free(clinic);
}

/* Two who need an hour alone at the only time at which the only therapist is there: one of them
 * goes without, and the price of that time proves it. */
static void test_lack_of_staff_is_proven(void **state) {
  (void)state;
  struct clinic *clinic = clinic_build(&(struct clinic_shape){"IND", "P1 P2", "T1", "R1 R2"});
  clinic_make_individual(clinic, "IND");
  clinic->therapists[0].available = windows_of(clinic, "Mon 09:00-10:00");
  clinic->weight_milli[TERM_EXTRA_DAY] = 0;
  for (int p = 0; p < 2; p++) {
    clinic->patients[p].min_days = 0;
    clinic_add_need(clinic, clinic->patients[p].id, "IND", 1, 1);
  }
  struct duals duals = {0};
  assert_int_equal(verify_bound(clinic, NULL, &duals), 2 * COST_ONE); /* an hour each */
  for (int slot = 0; slot < 2; slot++)
    duals_add(&duals,
              (struct dual){DUAL_TIME, NONE, NONE, 0, NONE, 9 * 60 + slot * 30, 99 * COST_ONE / 2});
  assert_int_equal(verify_bound(clinic, NULL, &duals), 101 * COST_ONE);
  duals_release(&duals);
  struct proof proof = prove(clinic, 400); /* the planner finds such prices by itself */
  assert_true(proof.duals.bound > 95 * COST_ONE);
  assert_true(proof.verified >= proof.duals.bound);
  duals_release(&proof.duals);
  clinic_free(clinic);
}

/* A service that is to be offered and that nobody can lead. */
static void test_what_nobody_holds_is_proven_short(void **state) {
  (void)state;
  struct clinic *clinic = one_hour();
  clinic->patients[0].min_minutes = clinic->patients[0].min_days = 0;
  clinic->services[0].sessions_min = 2;
  clinic_set_qualified(clinic, "REL", 0, "T1", false);
  assert_both_prove(clinic, 10, 200 * COST_ONE);
  clinic_free(clinic);
}

/* More sets of services than are listed: still a bound, if a poor one. */
static void test_too_many_services(void **state) {
  (void)state;
  struct text ids = {0};
  for (int i = 0; i < 20; i++) text_printf(&ids, "%sS%d", i > 0 ? " " : "", i);
  struct clinic *clinic = clinic_build(&(struct clinic_shape){ids.data, "P1", "T1", "R1"});
  for (int s = 0; s < clinic->n_services; s++) clinic->services[s].minutes = 30;
  clinic->day_max_minutes = 10 * 60;
  clinic->patients[0].min_minutes = 60;
  struct duals duals = {0};
  assert_int_equal(verify_bound(clinic, NULL, &duals), 0);
  duals_add(&duals, place(0, 3, 9 * 60, COST_ONE));
  assert_int_equal(verify_bound(clinic, NULL, &duals), 0);
  duals_release(&duals);
  clinic_free(clinic);
  text_free(&ids);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_holds_for_any_prices),
      cmocka_unit_test(test_confirms_the_planner),
      cmocka_unit_test(test_very_many_services),
      cmocka_unit_test(test_known_bounds),
      cmocka_unit_test(test_odd_weights_round_nothing),
      cmocka_unit_test(test_prices_too_high_prove_less),
      cmocka_unit_test(test_unmeetable_care_is_proven),
      cmocka_unit_test(test_lack_of_staff_is_proven),
      cmocka_unit_test(test_what_nobody_holds_is_proven_short),
      cmocka_unit_test(test_too_many_services),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
