/* Sessions counted in one word, against the same counted one by one. */
#include "../../src/plan/tally.h"
#include "iopsched/random.h"
#include "unit.h"

enum { N_TRIES = 2000, MOST_ROWS = 12, MOST_A_DAY = 4 };

struct week { /* of a patient with requirements drawn by lot */
  struct need rows[MOST_ROWS];
  int64_t worth[MOST_ROWS];
  int n, most_a_day[MOST_ROWS], counts[MOST_ROWS];
};

static void draw_week(struct week *week, uint64_t *random) {
  *week = (struct week){.n = 1 + random_below(random, MOST_ROWS)};
  for (int r = 0; r < week->n; r++) {
    int least = random_below(random, 4);
    bool limited = random_below(random, 2) == 0;
    week->rows[r] =
        (struct need){.min_sessions = least,
                      .max_sessions = limited ? least + random_below(random, 3) : UNLIMITED};
    week->most_a_day[r] = random_below(random, MOST_A_DAY + 1);
    week->worth[r] = random_below(random, 100);
  }
}

/* Adds a day one by one. False if that exceeds a maximum; *lost: paid for what does not count. */
static bool add_day(struct week *week, const uint8_t *day, int64_t *lost) {
  *lost = 0;
  for (int r = 0; r < week->n; r++) {
    const struct need *row = &week->rows[r];
    int count = week->counts[r] + day[r];
    if (count > row->max_sessions) return false;
    if (row->max_sessions == UNLIMITED && count > row->min_sessions) {
      *lost += week->worth[r] * (count - row->min_sessions);
      count = row->min_sessions;
    }
    week->counts[r] = count;
  }
  return true;
}

static void check_week(struct week *week, const struct tally *tally, uint64_t *random,
                       int *n_limits) {
  uint64_t sum = tally->none;
  for (int day = 0; day < 7; day++) {
    uint8_t sessions[MOST_ROWS];
    for (int r = 0; r < week->n; r++)
      sessions[r] = (uint8_t)random_below(random, week->most_a_day[r] + 1);
    int64_t lost;
    bool keeps = add_day(week, sessions, &lost);
    sum += tally_of_day(tally, sessions);
    assert_int_equal((sum & tally->limits) == 0, keeps);
    *n_limits += !keeps;
    if (!keeps) return;
    assert_int_equal(tally_cut(tally, &sum, week->worth), lost);
    for (int r = 0; r < week->n; r++) assert_int_equal(tally_count(tally, sum, r), week->counts[r]);
  }
}

static void test_counts(void **state) {
  (void)state;
  uint64_t random = 1;
  int n_fit = 0, n_limits = 0;
  for (int i = 0; i < N_TRIES; i++) {
    struct week week;
    struct tally tally;
    draw_week(&week, &random);
    if (!tally_init(&tally, week.rows, week.n, week.most_a_day)) continue;
    n_fit++;
    check_week(&week, &tally, &random, &n_limits);
  }
  assert_true(n_fit > N_TRIES * 9 / 10 && n_limits > 100 && n_limits < n_fit);
}

/* 32 rows of two bits each are all there is room for. */
static void test_room(void **state) {
  (void)state;
  struct need rows[33];
  int most_a_day[33];
  struct tally tally;
  for (int r = 0; r < 33; r++) {
    rows[r] = (struct need){.min_sessions = 1, .max_sessions = UNLIMITED};
    most_a_day[r] = 1;
  }
  assert_true(tally_init(&tally, rows, 32, most_a_day));
  assert_false(tally_init(&tally, rows, 33, most_a_day));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_counts),
      cmocka_unit_test(test_room),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
