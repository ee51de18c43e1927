/* Plans put together from the weeks of others are valid, and no dearer than any of those. */

#include <stdlib.h>

#include "../../src/plan/combine.h"
#include "../../src/plan/search.h"
#include "iopsched/verify.h"
#include "judged.h"
#include "micro_clinics.h"
#include "random_clinics.h"
#include "unit.h"

enum { N_SEARCHES = 3, N_RANDOM_SEEDS = 12, N_MICRO_SEEDS = 12, N_EASY_SEEDS = 6 };

struct bench {
  const struct clinic *clinic;
  const struct previous *previous;
  struct grid grid;
  struct lattices lattices;
  struct week_pool pool;
  struct board board; /* the last search's first plan, then what becomes of it */
  int64_t cheapest;   /* of all searches' plans; INT64_MAX: there is none */
};

/* Returns whether the search found a plan, which is then in the pool. */
static bool search_once(struct bench *bench, uint64_t seed) {
  struct search search;
  int stuck;
  bool found = search_init(&search, &bench->grid, &bench->lattices, seed, &stuck);
  if (!found) return false;
  search_construct(&search, 1);
  found = search.best_cost < INT64_MAX;
  if (found) {
    week_pool_add(&bench->pool, &search.best, search.best_cost);
    if (search.best_cost < bench->cheapest) bench->cheapest = search.best_cost;
    if (bench->board.block) board_release(&bench->board);
    board_init_copy(&bench->board, &search.best);
  }
  search_release(&search);
  return found;
}

static void bench_init(struct bench *bench, const struct clinic *clinic,
                       const struct previous *previous, uint64_t seed) {
  *bench = (struct bench){.clinic = clinic, .previous = previous, .cheapest = INT64_MAX};
  grid_init(&bench->grid, clinic, previous);
  lattices_init(&bench->lattices, &bench->grid, LATTICE_SEAT_NODES, NULL);
  week_pool_init(&bench->pool, &bench->grid);
  for (uint64_t i = 0; i < N_SEARCHES; i++) search_once(bench, seed + 100 * i);
}

static void bench_release(struct bench *bench) {
  if (bench->board.block) board_release(&bench->board);
  week_pool_release(&bench->pool);
  lattices_release(&bench->lattices);
  grid_release(&bench->grid);
}

/* Chooses anew the weeks of every `step`-th patient. False if that gives no plan. */
static bool combine_some(struct bench *bench, int step) {
  int *patients = mem_new((size_t)bench->clinic->n_patients, sizeof *patients), n = 0;
  for (int p = 0; p < bench->clinic->n_patients; p += step)
    if (bench->clinic->patients[p].takes_part) patients[n++] = p;
  bool done = combine(&bench->board, &bench->pool, patients, n, NULL);
  free(patients);
  return done && board_defects(&bench->board) == 0;
}

static void check_board(const struct bench *bench) {
  struct schedule *schedule = board_schedule(&bench->board);
  assert_true(check_valid(bench->clinic, schedule));
  assert_int_equal(verify_cost(bench->clinic, schedule, bench->previous).total,
                   board_cost(&bench->board));
  schedule_free(schedule);
}

struct tally { /* plans asked for, those made, and what they cost against the cheapest of before */
  int asked, made, cheaper, dearer;
};

/* Of all patients' weeks, and of every other one's. */
static void combine_both_ways(struct tally *tally, const struct clinic *clinic,
                              const struct previous *previous, uint64_t seed) {
  for (int step = 1; step <= 2; step++) {
    struct bench bench;
    bench_init(&bench, clinic, previous, seed);
    if (bench.cheapest < INT64_MAX) {
      tally->asked++;
      if (combine_some(&bench, step)) {
        tally->made++;
        tally->cheaper += board_cost(&bench.board) < bench.cheapest;
        tally->dearer += step == 1 && board_cost(&bench.board) > bench.cheapest;
        check_board(&bench);
      }
    }
    bench_release(&bench);
  }
}

/* The program knows nothing of some terms (therapists' idle time, a cushion), and little of rules
 * that hardly ever bind. */
static void check_tally(const struct tally *tally) {
  print_message("%d asked for, %d made, %d cheaper, %d dearer\n", tally->asked, tally->made,
                tally->cheaper, tally->dearer);
  assert_true(10 * tally->made >= 9 * tally->asked);
  assert_true(tally->cheaper > tally->dearer);
}

static void test_random_clinics(void **state) {
  (void)state;
  struct tally tally = {0};
  for (uint64_t seed = 1; seed <= N_RANDOM_SEEDS; seed++) {
    struct clinic *clinic = random_clinic(seed);
    combine_both_ways(&tally, clinic, NULL, seed);
    clinic_free(clinic);
  }
  check_tally(&tally);
}

static void test_micro_clinics(void **state) {
  (void)state;
  struct tally tally = {0};
  for (uint64_t seed = 1; seed <= N_MICRO_SEEDS; seed++)
    for (int style = 0; style < N_MICRO_STYLES; style++) {
      struct micro micro = micro_clinic((enum micro_style)style, seed);
      combine_both_ways(&tally, micro.clinic, micro.previous, seed);
      micro_release(&micro);
    }
  check_tally(&tally);
}

/* The pool holds each search's plan whole. */
static void test_no_dearer(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= N_EASY_SEEDS; seed++) {
    struct clinic *clinic = easy_clinic(seed, 14);
    struct bench bench;
    bench_init(&bench, clinic, NULL, seed);
    assert_true(bench.cheapest < INT64_MAX);
    assert_true(combine_some(&bench, 1));
    check_board(&bench);
    assert_true(board_cost(&bench.board) <= bench.cheapest);
    bench_release(&bench);
    clinic_free(clinic);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_random_clinics),
      cmocka_unit_test(test_micro_clinics),
      cmocka_unit_test(test_no_dearer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
