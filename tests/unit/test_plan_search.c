/* Plans of the search are valid and cost what the search says; bounds stay below every plan. */

#include "../../src/plan/bound.h"
#include "../../src/plan/exact.h"
#include "../../src/plan/search.h"
#include "clinic_builder.h"
#include "iopsched/verify.h"
#include "judged.h"
#include "micro_clinics.h"
#include "random_clinics.h"
#include "unit.h"

enum { N_MICRO_SEEDS = 24, N_RANDOM_SEEDS = 12, STEPS = 40, BOUND_STEPS = 12 };

struct plan { /* a clinic, its best plan by a short search, and a bound */
  const struct clinic *clinic;
  const struct previous *previous;
  bool can_begin;
  bool sound;    /* every plan looked at is valid and costs what the search says */
  int64_t cost;  /* INT64_MAX: no plan found */
  int64_t bound; /* 0 if not asked for */
};

static void check_board(struct plan *plan, const struct board *board, int64_t cost) {
  struct schedule *schedule = board_schedule(board);
  plan->sound &= check_valid(plan->clinic, schedule);
  plan->sound &= verify_cost(plan->clinic, schedule, plan->previous).total == cost;
  schedule_free(schedule);
}

static void make_plan(struct plan *plan, uint64_t seed, int steps) {
  struct grid grid;
  struct lattices lattices = {0};
  struct search search;
  int stuck;
  grid_init(&grid, plan->clinic, plan->previous);
  lattices_init(&lattices, &grid, LATTICE_SEAT_NODES, NULL);
  plan->cost = INT64_MAX;
  plan->sound = true;
  plan->can_begin = search_init(&search, &grid, &lattices, seed, &stuck);
  if (plan->can_begin) {
    search_construct(&search, 2);
    search_go(&search, COST_ONE, INT64_MAX, steps / 2);
    search_go(&search, 0, INT64_MAX, steps - steps / 2);
    plan->cost = search.best_cost;
    if (plan->cost < INT64_MAX) check_board(plan, &search.best, plan->cost);
    if (search.current_cost < DEFECT_COST) check_board(plan, &search.current, search.current_cost);
    search_release(&search);
  }
  struct bound *bound = bound_new(&grid);
  for (int i = 0; i < BOUND_STEPS; i++) bound_step(bound, plan->cost);
  plan->bound = bound_value(bound);
  bound_free(bound);
  lattices_release(&lattices);
  grid_release(&grid);
}

/* The optimum lies between bound and plan; where there is one, the search finds a plan. */
static void test_micro_clinics(void **state) {
  (void)state;
  int n_exact = 0, n_wrong = 0, n_best = 0, n_missed = 0;
  for (uint64_t seed = 1; seed <= N_MICRO_SEEDS; seed++)
    for (int style = 0; style < N_MICRO_STYLES; style++) {
      struct micro micro = micro_clinic((enum micro_style)style, seed);
      struct plan plan = {.clinic = micro.clinic, .previous = micro.previous};
      make_plan(&plan, seed, STEPS);
      struct schedule *schedule;
      struct halt halt;
      halt_init(&halt, NULL, 20);
      enum exact_status status =
          exact_solve(micro.clinic, micro.previous, INT64_MAX, &halt, &schedule);
      assert_int_not_equal(status, EXACT_UNKNOWN);
      if (status == EXACT_BETTER) {
        int64_t optimum = verify_cost(micro.clinic, schedule, micro.previous).total;
        bool wrong = !plan.sound || plan.bound > optimum || plan.cost < optimum;
        n_wrong += wrong;
        if (wrong)
          print_error("style %d seed %d: bound %.4f optimum %.4f plan %.4f\n", style, (int)seed,
                      (double)plan.bound / COST_ONE, (double)optimum / COST_ONE,
                      (double)plan.cost / COST_ONE);
        n_exact++;
        n_best += plan.cost == optimum;
        n_missed += plan.cost == INT64_MAX;
        if (plan.cost == INT64_MAX) print_message("style %d seed %d: missed\n", style, (int)seed);
      } else {
        n_wrong += plan.cost < INT64_MAX;
      }
      schedule_free(schedule);
      micro_release(&micro);
    }
  print_message("%d clinics, %d with the best plan\n", n_exact, n_best);
  assert_int_equal(n_missed, 0);
  assert_int_equal(n_wrong, 0);
  assert_true(n_exact > 40);
}

/* A fixed session of one patient that names nobody is somebody's. */
static void test_fixed_for_anyone(void **state) {
  (void)state;
  struct clinic *clinic = easy_clinic(1, 6);
  clinic_add_fixed(clinic, "S4 Mon 09:00 - - -", "2");
  clinic_add_fixed(clinic, "S4 Mon 09:00 R1 T2 -", "3");
  clinic_add_fixed(clinic, "S4 Tue 10:30 - T1 P3", "4");
  struct plan plan = {.clinic = clinic};
  make_plan(&plan, 1, STEPS);
  assert_true(plan.can_begin && plan.sound);
  assert_true(plan.cost < INT64_MAX);
  clinic_free(clinic);
}

static void test_random_clinics(void **state) {
  (void)state;
  int n_wrong = 0;
  for (uint64_t seed = 1; seed <= N_RANDOM_SEEDS; seed++) {
    struct clinic *clinic = random_clinic(seed);
    struct plan plan = {.clinic = clinic};
    make_plan(&plan, seed, STEPS);
    bool right = plan.can_begin && plan.sound && plan.cost < INT64_MAX && plan.bound <= plan.cost;
    if (!right) print_error("random clinic %d\n", (int)seed);
    n_wrong += !right;
    clinic_free(clinic);
  }
  assert_int_equal(n_wrong, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_micro_clinics),
      cmocka_unit_test(test_fixed_for_anyone),
      cmocka_unit_test(test_random_clinics),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
