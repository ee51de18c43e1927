/* Largest matchings, against all ways to pair small sets. */
#include <stdlib.h>

#include "iopsched/matching.h"
#include "unit.h"

enum { MOST = 5 };

struct grid {
  bool fits[MOST][MOST];
};

static bool fits(const void *data, int left, int right) {
  return ((const struct grid *)data)->fits[left][right];
}

/* Most pairs of left ... n_left - 1 with the rights not in `used`. */
static int most_pairs(const struct grid *grid, int left, int n_left, int n_right, unsigned used) {
  if (left == n_left) return 0;
  int most = most_pairs(grid, left + 1, n_left, n_right, used);
  for (int right = 0; right < n_right; right++) {
    if (!grid->fits[left][right] || (used & (1u << right))) continue;
    int pairs = 1 + most_pairs(grid, left + 1, n_left, n_right, used | (1u << right));
    if (pairs > most) most = pairs;
  }
  return most;
}

static void matchings_are_largest(void **state) {
  (void)state;
  unsigned random = 1;
  for (int trial = 0; trial < 3000; trial++) {
    struct grid grid;
    int n_left = trial % (MOST + 1), n_right = trial / 7 % (MOST + 1), right_of[MOST];
    for (int i = 0; i < MOST * MOST; i++) {
      random = random * 1664525u + 1013904223u;
      grid.fits[i / MOST][i % MOST] = (random >> 16) % 100 < 20u + (unsigned)trial % 50;
    }
    struct matching matching = {n_left, n_right, fits, &grid};
    int n = matching_solve(&matching, right_of), n_paired = 0;
    unsigned used = 0;
    assert_int_equal(n, most_pairs(&grid, 0, n_left, n_right, 0));
    for (int left = 0; left < n_left; left++) {
      if (right_of[left] < 0) continue;
      n_paired++;
      assert_true(grid.fits[left][right_of[left]]);
      assert_false(used & (1u << right_of[left]));
      used |= 1u << right_of[left];
    }
    assert_int_equal(n_paired, n);
  }
}

static bool all_fit(const void *data, int left, int right) {
  (void)data;
  return left >= 0 && right >= 0;
}

static void many_alike_are_no_burden(void **state) {
  (void)state;
  enum { N = 3000 };
  int *right_of = calloc(N, sizeof *right_of);
  assert_int_equal(matching_solve(&(struct matching){N, N - 1, all_fit, NULL}, right_of), N - 1);
  free(right_of);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(matchings_are_largest),
      cmocka_unit_test(many_alike_are_no_burden),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
