/* Talks that are held once find times at which everybody can come to all of theirs, and whatever
 * else they meet, the plan stays valid and gets no dearer. */

#include <stdio.h>
#include <stdlib.h>

#include "../../src/plan/disturb.h"
#include "../../src/plan/timetable.h"
#include "clinic_builder.h"
#include "iopsched/random.h"
#include "iopsched/verify.h"
#include "judged.h"
#include "random_clinics.h"
#include "unit.h"

enum { N_TALKS = 26, N_PATIENTS = 14, N_LEADERS = 6, N_ROOMS = 3, N_HOURS = 10, N_WANTED = 6 };
enum { N_HIDDEN_SEEDS = 8, N_RANDOM_SEEDS = 60 };

struct bench {
  struct grid grid;
  struct lattices lattices;
  struct search search;
};

/* False if there is no plan to begin with. */
static bool bench_init(struct bench *bench, const struct clinic *clinic, uint64_t seed) {
  int stuck;
  grid_init(&bench->grid, clinic, NULL);
  lattices_init(&bench->lattices, &bench->grid, LATTICE_SEAT_NODES, NULL);
  if (!search_init(&bench->search, &bench->grid, &bench->lattices, seed, &stuck)) return false;
  search_construct(&bench->search, 1);
  return bench->search.best_cost < INT64_MAX;
}

static void bench_release(struct bench *bench) {
  if (bench->search.solver) search_release(&bench->search);
  lattices_release(&bench->lattices);
  grid_release(&bench->grid);
}

static void check_board(const struct clinic *clinic, const struct board *board, int64_t cost) {
  struct schedule *schedule = board_schedule(board);
  assert_true(check_valid(clinic, schedule));
  assert_int_equal(verify_cost(clinic, schedule, NULL).total, cost);
  schedule_free(schedule);
}

/* ---- a week in which everything fits ---- */

/* Two hours a day, at which some talks of the hidden week take place: never more than there are
 * rooms, each with a leader of its own; everybody wants one talk of some of the hours. */
static struct clinic *clinic_of_talks(uint64_t seed) {
  char id[2][16];
  struct clinic *clinic = plain_clinic(N_TALKS, N_PATIENTS, N_LEADERS, N_ROOMS);
  static struct start_rule starts[] = {{NONE, 9 * 60}, {NONE, 10 * 60}};
  uint64_t random = seed;
  for (int s = 0; s < N_TALKS; s++) {
    clinic->services[s].sessions_max = 1;
    clinic->services[s].starts = starts;
    clinic->services[s].n_starts = 2;
    for (int k = 0; k < N_LEADERS; k++) {
      sprintf(id[0], "S%d", s + 1);
      sprintf(id[1], "T%d", k + 1);
      clinic_set_qualified(clinic, id[0], 0, id[1], k == s / N_HOURS * 2 + s % 2);
    }
  }
  for (int p = 0; p < N_PATIENTS; p++)
    for (int n = 0, hour = random_below(&random, N_HOURS); n < N_WANTED;
         n++, hour = (hour + 3) % N_HOURS) {
      int in_hour = N_TALKS / N_HOURS + (hour < N_TALKS % N_HOURS);
      sprintf(id[0], "P%d", p + 1);
      sprintf(id[1], "S%d", hour + N_HOURS * random_below(&random, in_hour) + 1);
      clinic_add_need(clinic, id[0], id[1], 1, 1);
    }
  return clinic;
}

static void test_everybody_comes_to_all(void **state) {
  (void)state;
  int n_short_before = 0;
  for (uint64_t seed = 1; seed <= N_HIDDEN_SEEDS; seed++) {
    struct clinic *clinic = clinic_of_talks(seed);
    struct bench bench = {0};
    assert_true(bench_init(&bench, clinic, seed));
    n_short_before += anybody_short(&bench.search.current);
    search_retime_talks(&bench.search, NULL);
    assert_false(anybody_short(&bench.search.best));
    check_board(clinic, &bench.search.best, bench.search.best_cost);
    bench_release(&bench);
    clinic_free(clinic);
  }
  assert_true(n_short_before >= N_HIDDEN_SEEDS / 2); /* seating alone does not find it */
}

/* ---- whatever else there is ---- */

/* Every group is held once at most, and many need it. */
static struct clinic *random_talks(uint64_t seed) {
  struct clinic *clinic = random_clinic(seed);
  for (int s = 0; s < clinic->n_services; s++)
    if (clinic->services[s].format == FORMAT_GROUP)
      clinic->services[s].sessions_max = clinic->services[s].sessions_min = 1;
  return clinic;
}

static void test_valid_and_no_dearer(void **state) {
  (void)state;
  int n_tried = 0, n_bettered = 0;
  for (uint64_t seed = 1; seed <= N_RANDOM_SEEDS; seed++) {
    struct clinic *clinic = random_talks(seed);
    struct bench bench = {0};
    if (bench_init(&bench, clinic, seed)) {
      int64_t before = bench.search.best_cost;
      struct timetable *timetable = timetable_new(&bench.search.current);
      n_tried += timetable != NULL;
      timetable_free(timetable);
      search_retime_talks(&bench.search, NULL);
      assert_true(bench.search.best_cost <= before);
      n_bettered += bench.search.best_cost < before;
      check_board(clinic, &bench.search.best, bench.search.best_cost);
    }
    bench_release(&bench);
    clinic_free(clinic);
  }
  print_message("%d clinics with talks that somebody lacks, %d bettered\n", n_tried, n_bettered);
  assert_true(n_tried >= N_RANDOM_SEEDS / 4);
  assert_true(n_bettered > 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_everybody_comes_to_all),
      cmocka_unit_test(test_valid_and_no_dearer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
