/* plan_search() as its callers see it: sameness, limits, fixed sessions that cannot be completed.
 */
#include <pthread.h>

#include "../../src/plan/halt.h"
#include "all_schedules.h"
#include "clinic_builder.h"
#include "iopsched/plan.h"
#include "iopsched/verify.h"
#include "judged.h"
#include "micro_clinics.h"
#include "random_clinics.h"
#include "unit.h"

/* A plan is valid, and its cost not below the bound; returns the cost. */
static int64_t check_plan(const struct clinic *clinic, const struct previous *previous,
                          const struct plan_result *result) {
  assert_valid(clinic, result->schedule);
  int64_t cost = verify_cost(clinic, result->schedule, previous).total;
  assert_true(result->bound >= 0 && result->bound <= cost);
  assert_int_equal(result->status == PLAN_OPTIMAL, result->bound == cost);
  return cost;
}

static void assert_same_plan(const struct plan_result *a, const struct plan_result *b) {
  assert_int_equal(a->status, b->status);
  assert_int_equal(a->bound, b->bound);
  assert_int_equal(a->schedule->n_sessions, b->schedule->n_sessions);
  for (int i = 0; i < a->schedule->n_sessions; i++) {
    const struct session *x = &a->schedule->sessions[i], *y = &b->schedule->sessions[i];
    assert_string_equal(x->id, y->id);
    assert_true(x->service == y->service && x->start_min == y->start_min && x->room == y->room);
    assert_true(ints_equal(&x->leaders, &y->leaders) && ints_equal(&x->patients, &y->patients));
  }
}

#ifdef __SANITIZE_ADDRESS__
enum { TRIES = 6 };
#else
enum { TRIES = 1 };
#endif

/* Unlike the C library's, the sanitizer's allocator may be locked by another thread when a process
 * forks: the solver's process then hangs until its watchdog ends it, and the plan lacks what it
 * would have found. A plan that took so long is made again. */
static void plan_unhindered(const struct clinic *clinic, const struct plan_options *options,
                            struct plan_result *result) {
  const double watchdog_seconds = 10;
  plan_search(clinic, options, result);
  for (int i = 1; i < TRIES && result->seconds >= watchdog_seconds; i++) {
    plan_result_release(result);
    plan_search(clinic, options, result);
  }
}

static void test_threads(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= 3; seed++) {
    struct clinic *clinic = random_clinic(seed);
    struct plan_result results[3];
    static const int threads[] = {1, 2, 8};
    for (int i = 0; i < 3; i++) {
      struct plan_options options = {.seed = seed, .threads = threads[i], .work = 160};
      plan_unhindered(clinic, &options, &results[i]);
      check_plan(clinic, NULL, &results[i]);
      assert_same_plan(&results[0], &results[i]);
    }
    for (int i = 0; i < 3; i++) plan_result_release(&results[i]);
    clinic_free(clinic);
  }
}

/* Without a bound, and with less work than a round usually is. */
static void test_without_bound(void **state) {
  (void)state;
  struct clinic *clinic = random_clinic(4);
  struct plan_options options = {.seed = 4, .threads = 2, .work = 10, .without_bound = true};
  struct plan_result quick, longer;
  plan_search(clinic, &options, &quick);
  options.work = 200;
  plan_search(clinic, &options, &longer);
  assert_true(quick.bound == 0 && longer.bound == 0);
  assert_true(check_plan(clinic, NULL, &longer) <= check_plan(clinic, NULL, &quick));
  plan_result_release(&quick);
  plan_result_release(&longer);
  clinic_free(clinic);
}

/* Small clinics are solved to the end. */
static void test_optimal(void **state) {
  (void)state;
  int n = 0;
  for (uint64_t seed = 101; seed <= 106; seed++)
    for (int style = 0; style < N_MICRO_STYLES; style++) {
      struct micro micro = micro_clinic((enum micro_style)style, seed);
      struct all_answer all = all_schedules(micro.clinic, micro.previous, 2000);
      if (!all.too_many) {
        struct plan_options options = {
            .seed = 1, .threads = 2, .work = 400, .previous = micro.previous};
        struct plan_result result;
        plan_search(micro.clinic, &options, &result);
        if (all.feasible != (result.status != PLAN_FIXED_IMPOSSIBLE))
          print_error("style %d seed %d\n", style, (int)seed);
        assert_int_equal(all.feasible, result.status != PLAN_FIXED_IMPOSSIBLE);
        if (all.feasible) {
          assert_int_equal(check_plan(micro.clinic, micro.previous, &result), all.cost);
          assert_int_equal(result.status, PLAN_OPTIMAL);
        } else {
          assert_null(result.schedule);
          assert_true(result.fixed_stuck.n > 0);
        }
        plan_result_release(&result);
        n++;
      }
      micro_release(&micro);
    }
  assert_true(n >= 18);
}

/* Fixed sessions that nothing completes: why, and which of them are to be named. */
static void test_fixed_impossible(void **state) {
  (void)state;
  static const struct {
    const char *rows[3];
    int n_stuck, stuck; /* the only one, or NONE: any */
  } cases[] = {
      /* Two want the only leader of their service. */
      {{"S1 Mon 09:00 - - P1", "S1 Mon 09:00 - - P2"}, 1, NONE},
      /* Four patients at least, and three there are. */
      {{"S2 Mon 09:00 - - P1", "S3 Tue 09:00 - - P2"}, 1, 0},
      {{"S3 Mon 09:00 - - P1", "S2 Tue 09:00 - - -", "S3 Wed 09:00 R1 - P2"}, 1, 1},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct clinic *clinic =
        clinic_build(&(struct clinic_shape){"S1 S2 S3", "P1 P2 P3", "T1 T2 T3", "R1 R2"});
    clinic_set_qualified(clinic, "S1", 0, "T2", false);
    clinic_set_qualified(clinic, "S1", 0, "T3", false);
    service_of(clinic, "S2")->min_size = 4;
    for (int row = 0; row < 3 && cases[i].rows[row]; row++)
      clinic_add_fixed(clinic, cases[i].rows[row], "2");
    struct plan_options options = {.seed = 1, .threads = 2, .work = 2000};
    struct plan_result result;
    plan_search(clinic, &options, &result);
    assert_int_equal(result.status, PLAN_FIXED_IMPOSSIBLE);
    assert_null(result.schedule);
    assert_int_equal(result.fixed_stuck.n, cases[i].n_stuck);
    if (cases[i].stuck != NONE) assert_int_equal(result.fixed_stuck.list[0], cases[i].stuck);
    plan_result_release(&result);
    clinic_free(clinic);
  }
}

static void *stop_soon(void *stop) {
  nanosleep(&(struct timespec){0, 300 * 1000 * 1000}, NULL);
  *(volatile sig_atomic_t *)stop = 1;
  return NULL;
}

static void test_stop(void **state) {
  (void)state;
  static const int n_patients[] = {6, 40};
  for (size_t i = 0; i < COUNT(n_patients); i++) {
    struct clinic *clinic = easy_clinic(1, n_patients[i]);
    volatile sig_atomic_t stop = 0;
    pthread_t thread;
    struct plan_options options = {.seed = 1, .threads = 2, .stop = &stop};
    struct plan_result result;
    double began = halt_clock();
    assert_int_equal(pthread_create(&thread, NULL, stop_soon, (void *)&stop), 0);
    plan_search(clinic, &options, &result);
    assert_true(halt_clock() - began < 1.3);
    pthread_join(thread, NULL);
    if (result.status == PLAN_FEASIBLE) assert_true(result.cut_short);
    check_plan(clinic, NULL, &result);
    plan_result_release(&result);
    clinic_free(clinic);
  }
}

static void test_time_limit(void **state) {
  (void)state;
  struct clinic *clinic = easy_clinic(2, 40);
  struct plan_options options = {.seed = 1, .threads = 2, .time_limit = 0.5};
  struct plan_result result;
  plan_search(clinic, &options, &result);
  assert_true(result.seconds < 1.5);
  check_plan(clinic, NULL, &result);
  plan_result_release(&result);
  clinic_free(clinic);
}

/* There is a plan from the first moment on: without fixed sessions an empty week at least. */
static void test_no_time(void **state) {
  (void)state;
  int n_missing = 0;
  for (uint64_t seed = 1; seed <= 30; seed++) {
    struct clinic *clinic = random_clinic(seed);
    for (int s = 0; s < 2; s++) {
      clinic->services[s].closed = clinic->services[s].format == FORMAT_GROUP;
      if (seed % 3 == 0) clinic->services[s].sessions_min = 2;
    }
    struct plan_options options = {.seed = seed, .threads = 1, .time_limit = 1e-9};
    struct plan_result result;
    plan_search(clinic, &options, &result);
    n_missing += result.schedule == NULL;
    if (result.schedule)
      check_plan(clinic, NULL, &result);
    else
      print_error("random clinic %d: no plan\n", (int)seed);
    plan_result_release(&result);
    clinic_free(clinic);
  }
  assert_int_equal(n_missing, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_threads), cmocka_unit_test(test_without_bound),
      cmocka_unit_test(test_optimal), cmocka_unit_test(test_fixed_impossible),
      cmocka_unit_test(test_stop),    cmocka_unit_test(test_time_limit),
      cmocka_unit_test(test_no_time),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
