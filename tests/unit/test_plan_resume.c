/* A search that sets out from a schedule: what is valid stands as it was, and what is not makes no
 * plan invalid. */

#include "../../src/plan/search.h"
#include "clinic_builder.h"
#include "iopsched/plan.h"
#include "iopsched/verify.h"
#include "judged.h"
#include "micro_clinics.h"
#include "random_clinics.h"
#include "unit.h"

enum { N_MICRO_SEEDS = 6, N_RANDOM_SEEDS = 4 };

/* Sessions of `a` that are not in `b` just as they are. */
static int n_missing(const struct schedule *a, const struct schedule *b) {
  int missing = a->n_sessions;
  for (int i = 0; i < a->n_sessions; i++)
    for (int j = 0; j < b->n_sessions; j++) {
      const struct session *x = &a->sessions[i], *y = &b->sessions[j];
      if (x->service != y->service || x->start_min != y->start_min || x->room != y->room ||
          !ints_equal(&x->leaders, &y->leaders) || !ints_equal(&x->patients, &y->patients))
        continue;
      missing--;
      break;
    }
  return missing;
}

/* The plan that stands after resuming; NULL if none is valid. The caller frees. */
static struct schedule *resumed(const struct clinic *clinic, const struct previous *previous,
                                const struct schedule *start, uint64_t seed) {
  struct grid grid;
  struct lattices lattices = {0};
  struct search search;
  int stuck;
  grid_init(&grid, clinic, previous);
  lattices_init(&lattices, &grid, LATTICE_SEAT_NODES, NULL);
  struct schedule *schedule = NULL;
  if (search_init(&search, &grid, &lattices, seed, &stuck)) {
    search_resume(&search, start);
    if (search.best_cost < INT64_MAX) {
      schedule = board_schedule(&search.best);
      assert_int_equal(verify_cost(clinic, schedule, previous).total, search.best_cost);
    }
    search_release(&search);
  }
  lattices_release(&lattices);
  grid_release(&grid);
  return schedule;
}

static struct schedule *planned(const struct clinic *clinic, const struct previous *previous,
                                const struct schedule *start, int64_t work) {
  struct plan_options options = {
      .seed = 1, .threads = 2, .work = work, .previous = previous, .start = start};
  struct plan_result result;
  plan_search(clinic, &options, &result);
  struct schedule *schedule = result.schedule;
  result.schedule = NULL;
  plan_result_release(&result);
  return schedule;
}

/* A valid schedule stands again to the last leader and room. */
static int n_same;
static void check_same_again(const struct clinic *clinic, const struct previous *previous) {
  struct schedule *plan = planned(clinic, previous, NULL, 200);
  if (!plan) return;
  for (uint64_t seed = 1; seed <= 3; seed++) {
    struct schedule *again = resumed(clinic, previous, plan, seed);
    assert_non_null(again);
    int64_t was = verify_cost(clinic, plan, previous).total;
    int64_t now = verify_cost(clinic, again, previous).total;
    assert_true(now <= was); /* those who have nothing may find a seat */
    if (now == was) {
      assert_int_equal(n_missing(plan, again), 0);
      assert_int_equal(again->n_sessions, plan->n_sessions);
    }
    n_same += now == was;
    schedule_free(again);
  }
  schedule_free(plan);
}

static void test_same_again(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= N_MICRO_SEEDS; seed++)
    for (int style = 0; style < N_MICRO_STYLES; style++) {
      struct micro micro = micro_clinic((enum micro_style)style, seed);
      check_same_again(micro.clinic, micro.previous);
      micro_release(&micro);
    }
  for (uint64_t seed = 1; seed <= N_RANDOM_SEEDS; seed++) {
    struct clinic *clinic = random_clinic(seed);
    check_same_again(clinic, NULL);
    clinic_free(clinic);
  }
  print_message("%d stand just as they were\n", n_same);
  assert_true(n_same > 100);
}

/* The plan of one clinic as the start of another, where little of it is valid. */
static void test_start_of_another_clinic(void **state) {
  (void)state;
  int n = 0;
  for (uint64_t seed = 1; seed <= N_RANDOM_SEEDS; seed++) {
    struct clinic *easy = easy_clinic(seed, 12), *clinic = easy_clinic(seed, 12);
    struct schedule *plan = planned(easy, NULL, NULL, 200);
    clinic->therapists[0].available = windows_of(clinic, "Mon 09:00-12:00");
    clinic->rooms[0].available = windows_of(clinic, "Tue 09:00-12:00, Thu 09:00-18:00");
    clinic->patients[1].available = windows_of(clinic, "Mon 09:00-18:00, Fri 09:00-18:00");
    clinic->patients[2].takes_part = false;
    clinic->patients[3].max_minutes = 120;
    clinic->patients[3].min_minutes = 60;
    struct schedule *other = resumed(clinic, NULL, plan, seed);
    assert_non_null(other);
    assert_valid(clinic, other);
    n += n_missing(plan, other) > 0 && n_missing(plan, other) < plan->n_sessions;
    schedule_free(other);
    schedule_free(plan);
    clinic_free(clinic);
    clinic_free(easy);
  }
  assert_true(n > N_RANDOM_SEEDS / 2);
}

static void test_nonsense(void **state) {
  (void)state;
  struct clinic *clinic = clinic_build(&(struct clinic_shape){"REL", "P1 P2", "T1", "R1"});
  static const char *const starts[] = {
      "REL Mon 09:10 R1 T1 P1",                         /* off the grid */
      "REL Mon 05:00 R1 T1 P1",                         /* before opening */
      "REL Sun 09:00 R1 T1 P1",                         /* closed */
      "REL Mon 09:00 - - P1,P2",                        /* no leader, no room */
      "REL Mon 09:00 R1 T1 P1; REL Mon 09:30 R1 T1 P1", /* all at once */
      "REL Mon 09:00 R1 T1 P1; REL Mon 12:00 R1 T1 P1", /* twice a day */
      "REL Mon 09:00 R1 T1,T1 P1,P1",                   /* told twice */
      "REL Mon 09:00 R1 T1 -",
      "",
  };
  for (size_t i = 0; i < COUNT(starts); i++) {
    struct schedule *start = schedule_of(clinic, starts[i]);
    struct schedule *plan = resumed(clinic, NULL, start, i);
    assert_non_null(plan);
    assert_valid(clinic, plan);
    schedule_free(plan);
    schedule_free(start);
  }
  clinic_free(clinic);
}

/* Planned again from what it gave, nothing moves: what the search finds must be cheaper. */
static void test_never_dearer(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= 3; seed++) {
    struct clinic *clinic = random_clinic(seed);
    struct schedule *plan = planned(clinic, NULL, NULL, 400);
    struct schedule *again = planned(clinic, NULL, plan, 200);
    assert_valid(clinic, again);
    int64_t was = verify_cost(clinic, plan, NULL).total,
            now = verify_cost(clinic, again, NULL).total;
    assert_true(now <= was);
    if (now == was) assert_int_equal(n_missing(plan, again), 0);
    schedule_free(again);
    schedule_free(plan);
    clinic_free(clinic);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_same_again),
      cmocka_unit_test(test_start_of_another_clinic),
      cmocka_unit_test(test_nonsense),
      cmocka_unit_test(test_never_dearer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
