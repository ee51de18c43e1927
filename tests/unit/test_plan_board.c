/* The board after random openings, seatings and closings: its books agree with the rules' own. */

#include "../../src/plan/board.h"
#include "../../src/plan/staffing.h"
#include "clinic_builder.h"
#include "iopsched/random.h"
#include "iopsched/verify.h"
#include "micro_clinics.h"
#include "random_clinics.h"
#include "unit.h"

enum { N_RANDOM_SEEDS = 10, N_MICRO_SEEDS = 15, MOVES = 120 };

struct bench {
  struct clinic *clinic;
  struct previous *previous;
  struct grid grid;
  struct lattices lattices;
  struct board board;
  uint64_t random;
};

static bool bench_init(struct bench *bench, struct clinic *clinic, struct previous *previous,
                       uint64_t seed) {
  *bench = (struct bench){.clinic = clinic, .previous = previous, .random = seed};
  grid_init(&bench->grid, clinic, previous);
  lattices_init(&bench->lattices, &bench->grid, LATTICE_SEAT_NODES, NULL);
  int stuck;
  return board_init(&bench->board, &bench->grid, &bench->random, &stuck);
}

static void bench_release(struct bench *bench) {
  board_release(&bench->board);
  lattices_release(&bench->lattices);
  grid_release(&bench->grid);
}

/* True if the patient may take up the offer besides all that they attend. */
static bool fits_week(const struct bench *bench, int patient, int offer) {
  const struct grid *grid = &bench->grid;
  const struct board *board = &bench->board;
  int offers[MAX_WEEK_SESSIONS + 1], n = 0, extra = offer;
  for (int i = 0; i < board->patient_n[patient]; i++) {
    int other = board->sessions[board_week(board, patient)[i]].offer;
    if (extra != NONE && grid->offers[extra].start < grid->offers[other].start) {
      offers[n++] = extra;
      extra = NONE;
    }
    offers[n++] = other;
  }
  if (extra != NONE) offers[n++] = extra;
  return ints_contain(&grid->patient_services[patient], grid->offers[offer].service) &&
         week_is_valid(grid, &bench->lattices, patient, offers, n);
}

static void seat_somebody(struct bench *bench, int offer) {
  struct board *board = &bench->board;
  int patient = random_below(&bench->random, bench->clinic->n_patients);
  if (!bench->clinic->patients[patient].takes_part || !fits_week(bench, patient, offer)) return;
  int session = board_find_seat(board, patient, offer);
  bool alone = bench->clinic->services[bench->grid.offers[offer].service].format != FORMAT_GROUP;
  if (session == NONE && alone) session = board_open(board, offer, patient, &bench->random);
  if (session == NONE) return;
  board_join(board, patient, session);
  board_settle_patient(board, patient);
}

static void close_session(struct bench *bench, int session) {
  struct board *board = &bench->board;
  board_close(board, session);
  for (int p = 0; p < bench->clinic->n_patients; p++)
    if (bench->clinic->patients[p].takes_part) board_settle_patient(board, p);
}

static int some_session(struct bench *bench) {
  int n = bench->board.totals->high_water;
  int session = n > 0 ? random_below(&bench->random, n) : NONE;
  return session == NONE || bench->board.sessions[session].offer == NONE ? NONE : session;
}

static void move(struct bench *bench) {
  struct board *board = &bench->board;
  if (bench->grid.n_offers == 0) return;
  int offer = random_below(&bench->random, bench->grid.n_offers);
  int what = random_below(&bench->random, 10), session = some_session(bench);
  bool group = bench->clinic->services[bench->grid.offers[offer].service].format == FORMAT_GROUP;
  if (what < 2 && group) {
    board_open(board, offer, NONE, &bench->random);
  } else if (what < 8) {
    seat_somebody(bench, session != NONE && what < 6 ? board->sessions[session].offer : offer);
  } else if (session == NONE) {
    return;
  } else if (what == 8) {
    board_relead(board, session, NONE, &bench->random);
  } else if (board->sessions[session].fixed == NONE) {
    if (random_below(&bench->random, 2) == 0) close_session(bench, session);
    int patient = random_below(&bench->random, bench->clinic->n_patients);
    if (!bench->clinic->patients[patient].takes_part) return;
    board_clear_patient(board, patient);
    board_settle_patient(board, patient);
  }
}

/* ---- what must hold ---- */

static int sessions_over(const struct board *board, int therapist, int room, int slot) {
  int n = 0;
  for (int i = 0; i < board->totals->high_water; i++) {
    if (board->sessions[i].offer == NONE) continue;
    const struct offer *offer = &board->grid->offers[board->sessions[i].offer];
    if (slot < offer->start || slot >= (room == NONE ? offer->busy_until : offer->end)) continue;
    n += room == NONE ? board_leads(board, therapist, i) : board->sessions[i].room == room;
  }
  return n;
}

static bool bit_at(const word *words, int n_words, int slot, int index) {
  return words[slot * n_words + index / WORD_BITS] >> (index % WORD_BITS) & 1;
}

static void check_bits(const struct bench *bench) {
  const struct board *board = &bench->board;
  const struct grid *grid = &bench->grid;
  for (int slot = 0; slot < grid->n_slots; slot++) {
    for (int k = 0; k < bench->clinic->n_therapists; k++) {
      int n = sessions_over(board, k, NONE, slot);
      bool there = bit_at(grid->therapist_there, grid->therapist_words, slot, k);
      assert_true(n == 0 || (n == 1 && there));
      assert_int_equal(bit_at(board->therapist_free, grid->therapist_words, slot, k),
                       there && n == 0);
      assert_int_equal(board->therapist_at[k * grid->n_slots + slot] != NONE, n);
    }
    for (int room = 0; room < bench->clinic->n_rooms; room++) {
      int n = sessions_over(board, NONE, room, slot);
      bool there = bit_at(grid->room_there, grid->room_words, slot, room);
      assert_true(n == 0 || (n == 1 && there));
      assert_int_equal(bit_at(board->room_free, grid->room_words, slot, room), there && n == 0);
    }
  }
}

/* Cost as the terms measure it; a valid plan exactly when there are no defects. */
static bool check_schedule(const struct bench *bench) {
  struct schedule *schedule = board_schedule(&bench->board);
  struct breaches breaches = {0};
  bool valid = verify_rules(bench->clinic, schedule, &breaches);
  bool sound = board_defects(&bench->board) == 0;
  int64_t cost = verify_cost(bench->clinic, schedule, bench->previous).total;
  for (int i = 0; i < breaches.n && sound; i++)
    print_error("%s: %s\n", breaches.list[i].rule, breaches.list[i].text);
  assert_int_equal(valid, sound);
  assert_int_equal(board_cost(&bench->board), cost);
  breaches_free(&breaches);
  schedule_free(schedule);
  return valid;
}

/* A copy that goes its own way leaves the board as it was, and can be gone back to. */
static void check_copy(struct bench *bench) {
  struct board kept;
  board_init_copy(&kept, &bench->board);
  int64_t cost = board_cost(&bench->board);
  for (int i = 0; i < 10; i++) move(bench);
  assert_int_equal(board_cost(&kept), cost);
  board_copy(&bench->board, &kept);
  assert_int_equal(board_cost(&bench->board), cost);
  assert_memory_equal(bench->board.block, kept.block, kept.bytes);
  board_release(&kept);
}

/* Returns how often the board was a valid plan. */
static int play(struct clinic *clinic, struct previous *previous, uint64_t seed) {
  struct bench bench;
  int n_valid = 0;
  if (bench_init(&bench, clinic, previous, seed)) {
    for (int i = 0; i < MOVES; i++) {
      move(&bench);
      n_valid += check_schedule(&bench);
      if (i % 10 == 0) check_bits(&bench);
      if (i % 40 == 0) check_copy(&bench);
    }
    check_schedule(&bench);
  }
  bench_release(&bench);
  return n_valid;
}

static void test_micro_clinics(void **state) {
  (void)state;
  int n_valid = 0;
  for (uint64_t seed = 1; seed <= N_MICRO_SEEDS; seed++)
    for (int style = 0; style < N_MICRO_STYLES; style++) {
      struct micro micro = micro_clinic((enum micro_style)style, seed);
      n_valid += play(micro.clinic, micro.previous, seed);
      micro_release(&micro);
    }
  assert_true(n_valid > 1000);
}

static void test_random_clinics(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= N_RANDOM_SEEDS; seed++) {
    struct clinic *clinic = random_clinic(seed);
    play(clinic, NULL, seed);
    clinic_free(clinic);
  }
}

/* Named rooms and therapists are not taken by sessions that may choose. */
static void test_fixed_names(void **state) {
  (void)state;
  static const char *const rows[][3] = {
      {"S1 Mon 09:00 - T1,T2 P1", "S1 Mon 09:00 R1 - P2", NULL},
      {"S1 Mon 09:00 - T1,T2 P1", "S2 Mon 09:00 R2 - P2", "S2 Mon 09:30 R1 - P3"},
      {"S2 Mon 09:00 R1 - P1", "S2 Mon 09:00 - T1 P2", "S2 Mon 09:30 - T2 P3"},
      {"S2 Mon 09:00 R2 - P1", "S2 Mon 08:30 R1 T3 P2", "S1 Mon 10:00 - T1,T3 P3"},
  };
  for (size_t i = 0; i < COUNT(rows); i++)
    for (uint64_t seed = 1; seed <= 5; seed++) {
      struct clinic *clinic =
          clinic_build(&(struct clinic_shape){"S1 S2", "P1 P2 P3", "T1 T2 T3 T4", "R1 R2 R3"});
      clinic_set_leaders(clinic, "S1", 2);
      for (size_t row = 0; row < 3 && rows[i][row]; row++)
        clinic_add_fixed(clinic, rows[i][row], "2");
      struct bench bench;
      assert_true(bench_init(&bench, clinic, NULL, seed));
      for (int f = 0; f < clinic->n_fixed; f++)
        for (int k = 0; k < clinic->fixed[f].patients.n; k++) {
          board_join(&bench.board, clinic->fixed[f].patients.list[k], bench.board.fixed_session[f]);
          board_settle_patient(&bench.board, clinic->fixed[f].patients.list[k]);
        }
      check_bits(&bench);
      assert_true(check_schedule(&bench));
      bench_release(&bench);
      clinic_free(clinic);
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_micro_clinics),
      cmocka_unit_test(test_random_clinics),
      cmocka_unit_test(test_fixed_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
