/* Unannounced sessions: their days are left to chance, and nothing else changes. */

#include "clinic_builder.h"
#include "iopsched/outcome.h"
#include "iopsched/plan.h"
#include "iopsched/roster.h"
#include "iopsched/surprise.h"
#include "iopsched/verify.h"
#include "judged.h"
#include "random_clinics.h"
#include "unit.h"

/* What chance alone passes once in a thousand times, by degrees of freedom. */
#define CHI_SQUARE_3 16.27
#define CHI_SQUARE_9 27.88
#define CHI_SQUARE_11 31.26
#define CHI_SQUARE_15 37.70

enum { N_SEEDS = 800 };

/* A group every morning, and drug tests that the nurse N1 takes on every day but Wednesday. */
static struct clinic *clinic_with_tests(void) {
  struct clinic *clinic =
      clinic_build(&(struct clinic_shape){"GRP UDS", "P1 P2 P3", "T1 N1", "G1 L1"});
  clinic_make_individual(clinic, "UDS");
  struct service *test = service_of(clinic, "UDS");
  test->minutes = 30;
  test->counts_hours = false;
  test->surprise = true;
  clinic_set_qualified(clinic, "UDS", 0, "T1", false);
  clinic_set_room_fits(clinic, "UDS", "G1", false);
  therapist_of(clinic, "N1")->available =
      windows_of(clinic, "Mon 09:00-13:00, Tue 09:00-13:00, Thu 09:00-13:00, Fri 09:00-13:00");
  for (int p = 0; p < clinic->n_patients; p++)
    clinic_set_weekly_max(clinic, clinic->patients[p].id, "UDS", 5);
  return clinic;
}

#define GROUPS                                                                    \
  "GRP Mon 09:00 G1 T1 P1,P2; GRP Tue 09:00 G1 T1 P1,P2; GRP Wed 09:00 G1 T1 P1;" \
  "GRP Thu 09:00 G1 T1 P1,P2; GRP Fri 09:00 G1 T1 P1,P2"

/* The days, bit by bit, on which a patient has a service. */
static unsigned days_of(const struct clinic *clinic, const struct schedule *schedule,
                        const char *patient, const char *service) {
  unsigned days = 0;
  for (int s = 0; s < schedule->n_sessions; s++) {
    const struct session *session = &schedule->sessions[s];
    if (session->service == clinic_find_service(clinic, service) &&
        ints_contain(&session->patients, clinic_find_patient(clinic, patient)))
      days |= 1U << session_day(session);
  }
  return days;
}

static int draw(const struct clinic *clinic, struct schedule *schedule,
                const struct previous *drawn, uint64_t seed) {
  int n = surprise_draw(clinic, schedule, drawn, seed);
  assert_valid(clinic, schedule);
  return n;
}

/* How far counts[n] are from even: sum of (count - expected)^2 / expected. */
static double chi_square(const int *counts, int n, double total) {
  double sum = 0, expected = total / n;
  for (int i = 0; i < n; i++)
    sum += ((double)counts[i] - expected) * ((double)counts[i] - expected) / expected;
  return sum;
}

/* ---- every possible day is equally likely ---- */

static void test_even_over_seeds(void **state) {
  (void)state;
  struct clinic *clinic = clinic_with_tests();
  int own[N_DAYS] = {0}, together[16] = {0};
  static const int place[N_DAYS] = {0, 1, NONE, 2, 3, NONE, NONE};
  for (uint64_t seed = 0; seed < N_SEEDS; seed++) {
    struct schedule *schedule =
        schedule_of(clinic, GROUPS "; UDS Mon 10:00 L1 N1 P1; UDS Mon 10:30 L1 N1 P2");
    assert_int_equal(draw(clinic, schedule, NULL, seed), 2);
    int first = __builtin_ctz(days_of(clinic, schedule, "P1", "UDS"));
    int second = __builtin_ctz(days_of(clinic, schedule, "P2", "UDS"));
    own[first]++;
    assert_true(place[first] != NONE && place[second] != NONE);
    together[4 * place[first] + place[second]]++;
    schedule_free(schedule);
  }
  int counts[] = {own[0], own[1], own[3], own[4]};
  assert_int_equal(own[2], 0); /* the nurse is away */
  assert_true(chi_square(counts, 4, N_SEEDS) < CHI_SQUARE_3);
  /* Nothing of one patient's day follows from another's. */
  assert_true(chi_square(together, 16, N_SEEDS) < CHI_SQUARE_15);
  clinic_free(clinic);
}

/* With one seed for good, as cron would have it, the weeks still differ by chance alone. */
static void test_even_over_weeks(void **state) {
  (void)state;
  struct clinic *clinic = clinic_with_tests();
  int counts[N_DAYS] = {0}, again[2] = {0}, last = NONE, monday = clinic->monday;
  for (int week = 0; week < N_SEEDS; week++) {
    clinic->monday = monday + N_DAYS * week;
    struct schedule *schedule = schedule_of(clinic, GROUPS "; UDS Mon 10:00 L1 N1 P1");
    draw(clinic, schedule, NULL, 1);
    int day = __builtin_ctz(days_of(clinic, schedule, "P1", "UDS"));
    counts[day]++;
    again[day == last]++;
    last = day;
    schedule_free(schedule);
  }
  int possible[] = {counts[0], counts[1], counts[3], counts[4]};
  assert_true(chi_square(possible, 4, N_SEEDS) < CHI_SQUARE_3);
  /* One week in four is like the one before: of 799, 200 with a deviation of 12. */
  assert_in_range(again[1], 200 - 4 * 12, 200 + 4 * 12);
  clinic_free(clinic);
}

/* Two tests a week: every pair of days is equally likely. */
static void test_even_over_pairs(void **state) {
  (void)state;
  struct clinic *clinic = clinic_with_tests();
  therapist_of(clinic, "N1")->available = clinic->opening;
  int counts[1 << N_DAYS] = {0}, pairs[10], n = 0;
  for (uint64_t seed = 0; seed < N_SEEDS; seed++) {
    struct schedule *schedule =
        schedule_of(clinic, GROUPS "; UDS Mon 10:00 L1 N1 P1; UDS Tue 10:00 L1 N1 P1");
    assert_int_equal(draw(clinic, schedule, NULL, seed), 2);
    counts[days_of(clinic, schedule, "P1", "UDS")]++;
    schedule_free(schedule);
  }
  for (unsigned days = 0; days < 1U << 5; days++)
    if (__builtin_popcount(days) == 2) pairs[n++] = counts[days];
  assert_int_equal(n, 10);
  assert_true(chi_square(pairs, 10, N_SEEDS) < CHI_SQUARE_9);
  clinic_free(clinic);
}

/* In a group: among the days on which one takes place and has a seat. */
#define OTHERS                                                                 \
  "UDS Tue 10:00 L1 N1 P2; UDS Wed 10:00 L1 N1 P2,P3; UDS Thu 10:00 L1 N1 P3;" \
  "UDS Fri 10:00 L1 N1 P2"

static void test_even_over_groups(void **state) {
  (void)state;
  struct clinic *clinic = clinic_with_tests();
  struct service *test = service_of(clinic, "UDS");
  test->format = FORMAT_GROUP;
  test->max_size = 2;
  therapist_of(clinic, "N1")->available = clinic->opening;
  struct previous *others = previous_of(clinic, OTHERS "; UDS Mon 10:00 L1 N1 P3");
  others->monday = clinic->monday;
  int counts[N_DAYS] = {0};
  for (uint64_t seed = 0; seed < N_SEEDS; seed++) {
    struct schedule *schedule = schedule_of(clinic, GROUPS "; UDS Mon 10:00 L1 N1 P1,P3; " OTHERS);
    assert_int_equal(draw(clinic, schedule, others, seed), 1);
    counts[__builtin_ctz(days_of(clinic, schedule, "P1", "UDS"))]++;
    schedule_free(schedule);
  }
  int possible[] = {counts[0], counts[1], counts[3], counts[4]};
  assert_int_equal(counts[2], 0);
  assert_true(chi_square(possible, 4, N_SEEDS) < CHI_SQUARE_3);
  previous_free(others);
  clinic_free(clinic);
}

/* ---- what stays, and what moves ---- */

static void fix_the_test(struct clinic *clinic) {
  clinic_add_fixed(clinic, "UDS Tue 10:00 - - P1", "2");
}
static void close_the_group(struct clinic *clinic) {
  service_of(clinic, "UDS")->closed = true;
}
static void announce(struct clinic *clinic) {
  service_of(clinic, "UDS")->surprise = false;
}
static void ask_for_all_days(struct clinic *clinic) {
  patient_of(clinic, "P1")->min_days = 5;
}
static void ask_for_long_visits(struct clinic *clinic) {
  service_of(clinic, "UDS")->counts_hours = true;
  clinic->visit_min_minutes = 90; /* with the test the group is just that long */
}
static void nurse_on_tuesdays(struct clinic *clinic) {
  therapist_of(clinic, "N1")->available = windows_of(clinic, "Tue 09:00-13:00");
}
static void nurse_with_half_an_hour(struct clinic *clinic) {
  therapist_of(clinic, "N1")->max_minutes_week = 30;
}
static void need_breaks(struct clinic *clinic) {
  clinic->break_after_minutes = 60;
  clinic->break_minutes = 30;
}

#define TEST "UDS Tue 10:00 L1 N1 P1"
#define TEST_LATER "UDS Tue 10:30 L1 N1 P1"
#define FOUR_DAYS                                   \
  "GRP Mon 09:00 G1 T1 P1; GRP Wed 09:00 G1 T1 P1;" \
  "GRP Thu 09:00 G1 T1 P1; GRP Fri 09:00 G1 T1 P1"

static const struct {
  const char *name;
  void (*change)(struct clinic *clinic);
  const char *sessions;
  bool moves; /* P1's test, now and then, from Tuesday to another day */
} weeks[] = {
    {"nothing in the way", NULL, GROUPS ";" TEST, true},
    {"not a surprise", announce, GROUPS ";" TEST, false},
    {"named by fixed.csv", fix_the_test, GROUPS ";" TEST, false},
    {"of a closed group", close_the_group, GROUPS ";" TEST, false},
    {"the only one of a day that is not owed", NULL, FOUR_DAYS ";" TEST, true},
    {"the only one of a day that is owed", ask_for_all_days, FOUR_DAYS ";" TEST, false},
    {"makes the visit long enough", ask_for_long_visits, "GRP Tue 09:00 G1 T1 P1;" TEST, false},
    {"no other day is attended", NULL, "GRP Tue 09:00 G1 T1 P1;" TEST, false},
    {"the nurse is there on no other day", nurse_on_tuesdays, GROUPS ";" TEST, false},
    {"the nurse's week is full, but for this", nurse_with_half_an_hour, GROUPS ";" TEST, true},
    {"breaks are kept", need_breaks, GROUPS ";" TEST_LATER, true},
};

static bool ever_moves(const struct clinic *clinic, const char *sessions) {
  bool moves = false;
  for (uint64_t seed = 1; seed <= 30; seed++) {
    struct schedule *schedule = schedule_of(clinic, sessions);
    for (int s = 0; s < schedule->n_sessions; s++)
      schedule->sessions[s].fixed = clinic->n_fixed > 0 && schedule->sessions[s].service == 1;
    draw(clinic, schedule, NULL, seed);
    moves |= days_of(clinic, schedule, "P1", "UDS") != 1U << 1;
    schedule_free(schedule);
  }
  return moves;
}

static void test_what_moves(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(weeks); i++) {
    struct clinic *clinic = clinic_with_tests();
    if (weeks[i].change) weeks[i].change(clinic);
    bool moves = ever_moves(clinic, weeks[i].sessions);
    if (moves != weeks[i].moves) fail_msg("%s: %s", weeks[i].name, moves ? "moves" : "stays");
    clinic_free(clinic);
  }
}

/* What was drawn in an earlier plan of the week stands; last week's is no guide. */
static void test_drawn_once(void **state) {
  (void)state;
  struct clinic *clinic = clinic_with_tests();
  struct previous *previous = previous_of(clinic, TEST);
  for (int earlier = 0; earlier < 2; earlier++) {
    int n_moved = 0;
    previous->monday = clinic->monday - N_DAYS * earlier;
    for (uint64_t seed = 1; seed <= 30; seed++) {
      struct schedule *schedule = schedule_of(clinic, GROUPS ";" TEST);
      assert_int_equal(draw(clinic, schedule, previous, seed), earlier);
      n_moved += days_of(clinic, schedule, "P1", "UDS") != 1U << 1;
      schedule_free(schedule);
    }
    assert_int_equal(n_moved > 0, earlier);
  }
  previous_free(previous);
  clinic_free(clinic);
}

/* One nurse who has time for one test a day: all ways of sharing the days are equally likely. */
static void test_scarce_nurse(void **state) {
  (void)state;
  struct clinic *clinic = clinic_with_tests();
  therapist_of(clinic, "N1")->available =
      windows_of(clinic, "Mon 10:00-10:30, Tue 10:00-10:30, Thu 10:00-10:30, Fri 10:00-10:30");
  int counts[16] = {0};
  static const int place[N_DAYS] = {0, 1, NONE, 2, 3, NONE, NONE};
  for (uint64_t seed = 0; seed < N_SEEDS; seed++) {
    struct schedule *schedule =
        schedule_of(clinic, GROUPS "; UDS Mon 10:00 L1 N1 P1; UDS Tue 10:00 L1 N1 P2");
    assert_int_equal(draw(clinic, schedule, NULL, seed), 2);
    counts[4 * place[__builtin_ctz(days_of(clinic, schedule, "P1", "UDS"))] +
           place[__builtin_ctz(days_of(clinic, schedule, "P2", "UDS"))]]++;
    schedule_free(schedule);
  }
  int apart[12], n = 0;
  for (int i = 0; i < 16; i++)
    if (i % 5 != 0) apart[n++] = counts[i];
  for (int i = 0; i < 16; i += 5) assert_int_equal(counts[i], 0);
  assert_true(chi_square(apart, n, N_SEEDS) < CHI_SQUARE_11);
  clinic_free(clinic);
}

/* ---- weeks as the search makes them ---- */

static void assert_same_care(const struct clinic *clinic, const struct schedule *a,
                             const struct schedule *b) {
  struct cost x = verify_cost(clinic, a, NULL), y = verify_cost(clinic, b, NULL);
  assert_int_equal(cost_care(&x), cost_care(&y));
  struct outcome of_a, of_b;
  outcome_init(&of_a, clinic, a);
  outcome_init(&of_b, clinic, b);
  assert_int_equal(of_a.n_unmet, of_b.n_unmet);
  for (int p = 0; p < clinic->n_patients; p++)
    assert_int_equal(of_a.patients[p].minutes, of_b.patients[p].minutes);
  outcome_release(&of_a);
  outcome_release(&of_b);
}

static int count_moved(const struct clinic *clinic, const struct schedule *before,
                       const struct schedule *after) {
  int n = 0;
  for (int service = 0; service < clinic->n_services; service++)
    for (int p = 0; p < clinic->n_patients; p++) {
      const char *patient = clinic->patients[p].id, *id = clinic->services[service].id;
      bool moved = days_of(clinic, before, patient, id) != days_of(clinic, after, patient, id);
      assert_true(!moved || clinic->services[service].surprise);
      n += moved;
    }
  return n;
}

static void test_any_week(void **state) {
  (void)state;
  int n_moved = 0;
  for (uint64_t seed = 1; seed <= 12; seed++) {
    struct clinic *clinic = random_clinic(seed);
    for (int s = 0; s < clinic->n_services; s++) clinic->services[s].surprise = s % 2 == 1;
    struct plan_options options = {.seed = seed, .threads = 1, .work = 60};
    struct plan_result result;
    plan_search(clinic, &options, &result);
    for (uint64_t i = 0; result.schedule && i < 4; i++) {
      struct schedule *drawn = schedule_copy(result.schedule);
      draw(clinic, drawn, NULL, seed + i);
      n_moved += count_moved(clinic, result.schedule, drawn);
      assert_same_care(clinic, result.schedule, drawn);
      schedule_free(drawn);
    }
    plan_result_release(&result);
    clinic_free(clinic);
  }
  assert_true(n_moved > 20);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_even_over_seeds), cmocka_unit_test(test_even_over_weeks),
      cmocka_unit_test(test_even_over_pairs), cmocka_unit_test(test_even_over_groups),
      cmocka_unit_test(test_what_moves),      cmocka_unit_test(test_drawn_once),
      cmocka_unit_test(test_scarce_nurse),    cmocka_unit_test(test_any_week),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
