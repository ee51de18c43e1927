/* Who is chosen to lead: roles, people kept apart, hours, notes, breaks. */

#include "../../src/plan/board.h"
#include "../../src/plan/staffing.h"
#include "clinic_builder.h"
#include "unit.h"

struct bench {
  struct clinic *clinic;
  struct grid grid;
  struct board board;
  uint64_t random;
};

static struct clinic *small_clinic(void) {
  return clinic_build(&(struct clinic_shape){"S1 S2", "P1 P2", "T1 T2 T3", "R1 R2 R3"});
}

static void bench_init(struct bench *bench, struct clinic *clinic) {
  *bench = (struct bench){.clinic = clinic, .random = 1};
  int stuck;
  grid_init(&bench->grid, clinic, NULL);
  assert_true(board_init(&bench->board, &bench->grid, &bench->random, &stuck));
}

static void bench_release(struct bench *bench) {
  board_release(&bench->board);
  grid_release(&bench->grid);
  clinic_free(bench->clinic);
}

static int offer_of(const struct bench *bench, const char *service, const char *start) {
  int offer = grid_offer_at(&bench->grid, clinic_find_service(bench->clinic, service),
                            minute_of(start) / bench->clinic->slot_minutes);
  assert_int_not_equal(offer, NONE);
  return offer;
}

static int open_at(struct bench *bench, const char *service, const char *start) {
  return board_open(&bench->board, offer_of(bench, service, start), NONE, &bench->random);
}

/* Only T1 may fill the first role and T1 or T2 the second: T2 must take the second. */
static void test_roles(void **state) {
  (void)state;
  struct clinic *clinic = small_clinic();
  clinic_set_leaders(clinic, "S1", 2);
  service_of(clinic, "S1")->roles_named = true;
  clinic_set_qualified(clinic, "S1", 0, "T2", false);
  clinic_set_qualified(clinic, "S1", 0, "T3", false);
  clinic_set_qualified(clinic, "S1", 1, "T3", false);
  struct bench bench;
  bench_init(&bench, clinic);
  for (int i = 0; i < 20; i++) {
    int session = open_at(&bench, "S1", "Mon 09:00");
    assert_int_not_equal(session, NONE);
    assert_int_equal(board_leaders(&bench.board, session)[0], 0);
    assert_int_equal(board_leaders(&bench.board, session)[1], 1);
    assert_int_equal(open_at(&bench, "S1", "Mon 09:30"), NONE);
    board_close(&bench.board, session);
  }
  bench_release(&bench);
}

static void test_named_and_apart(void **state) {
  (void)state;
  struct clinic *clinic = small_clinic();
  clinic_set_leaders(clinic, "S1", 2);
  clinic_keep_apart(clinic, "P1", "T1");
  struct bench bench;
  bench_init(&bench, clinic);
  int patient = 0, third = 2, first = 0;
  struct ints named = {&third, 1}, enemy = {&first, 1};
  struct staffing_wish wish = {offer_of(&bench, "S1", "Mon 09:00"), &patient, 1, &named};
  for (int i = 0; i < 20; i++) {
    int32_t leaders[2];
    assert_true(staffing_leaders(&bench.board, &wish, &bench.random, leaders));
    assert_int_equal(leaders[0] + leaders[1], 1 + 2); /* T2 and T3 */
  }
  wish.named = &enemy;
  int32_t leaders[2];
  assert_false(staffing_leaders(&bench.board, &wish, &bench.random, leaders));
  bench_release(&bench);
}

/* Sessions of one hour one after another by one therapist: how many of the starts can be led. */
struct day_case {
  const char *name;
  int notes_minutes, max_day, max_week, break_after, break_minutes;
  const char *starts[5];
  bool led[5];
};
static const struct day_case day_cases[] = {
    {"free", 0, 480, 2400, 0, 0, {"Mon 09:00", "Mon 10:00", "Mon 11:00"}, {1, 1, 1}},
    {"at once", 0, 480, 2400, 0, 0, {"Mon 09:00", "Mon 09:30", "Mon 10:00"}, {1, 0, 1}},
    {"day", 0, 120, 2400, 0, 0, {"Mon 09:00", "Mon 11:00", "Mon 15:00", "Tue 15:00"}, {1, 1, 0, 1}},
    {"week", 0, 480, 120, 0, 0, {"Mon 09:00", "Tue 11:00", "Wed 15:00"}, {1, 1, 0}},
    {"notes", 30, 480, 2400, 0, 0, {"Mon 09:00", "Mon 10:00", "Mon 10:30"}, {1, 0, 1}},
    {"notes before", 30, 480, 2400, 0, 0, {"Mon 10:00", "Mon 09:00", "Mon 08:30"}, {1, 0, 1}},
    {"notes are no hours", 30, 120, 2400, 0, 0, {"Mon 09:00", "Mon 10:30"}, {1, 1}},
    {"no break",
     0,
     480,
     2400,
     120,
     30,
     {"Mon 09:00", "Mon 10:00", "Mon 11:00", "Mon 11:30"},
     {1, 1, 0, 1}},
    {"between",
     0,
     480,
     2400,
     120,
     30,
     {"Mon 09:00", "Mon 11:00", "Mon 10:00", "Mon 12:30"},
     {1, 1, 0, 1}},
};

static void test_days(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(day_cases); i++) {
    const struct day_case *day = &day_cases[i];
    struct clinic *clinic = clinic_build(&(struct clinic_shape){"S1", "P1", "T1", "R1 R2"});
    clinic_make_individual(clinic, "S1");
    clinic->services[0].notes_minutes = day->notes_minutes;
    clinic->therapists[0].max_minutes_day = day->max_day;
    clinic->therapists[0].max_minutes_week = day->max_week;
    clinic->break_after_minutes = day->break_after;
    clinic->break_minutes = day->break_minutes;
    struct bench bench;
    bench_init(&bench, clinic);
    for (int k = 0; k < 5 && day->starts[k]; k++) {
      int offer = offer_of(&bench, "S1", day->starts[k]);
      bool is_free = board_therapist_free(&bench.board, 0, offer);
      bool led = board_open(&bench.board, offer, NONE, &bench.random) != NONE;
      if (led != day->led[k]) print_error("%s: %s\n", day->name, day->starts[k]);
      assert_int_equal(led, day->led[k]);
      assert_int_equal(is_free, led);
    }
    bench_release(&bench);
  }
}

/* Of the rooms that seat everybody the one that others miss least; else the largest. */
static void test_rooms(void **state) {
  (void)state;
  struct clinic *clinic = small_clinic();
  room_of(clinic, "R1")->capacity = 3;
  room_of(clinic, "R2")->capacity = 5;
  room_of(clinic, "R3")->capacity = 4;
  service_of(clinic, "S2")->min_size = 4;
  struct bench bench;
  bench_init(&bench, clinic);
  static const int rooms[] = {1, 2}; /* R2, then R3; R1 is too small for four */
  for (size_t i = 0; i < COUNT(rooms); i++) {
    int session = open_at(&bench, "S2", "Mon 09:00");
    assert_int_not_equal(session, NONE);
    assert_int_equal(bench.board.sessions[session].room, rooms[i]);
    assert_int_equal(bench.board.sessions[session].seats, clinic->rooms[rooms[i]].capacity);
  }
  assert_int_equal(open_at(&bench, "S2", "Mon 09:30"), NONE);
  assert_int_not_equal(open_at(&bench, "S1", "Mon 09:30"), NONE);
  bench_release(&bench);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_roles),
      cmocka_unit_test(test_named_and_apart),
      cmocka_unit_test(test_days),
      cmocka_unit_test(test_rooms),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
