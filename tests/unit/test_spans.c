/* Stretches of the week, held against a week of minutes that are on or off. */
#include <string.h>

#include "../../src/load/spans.h"
#include "unit.h"

enum { SHORT_WEEK = 300, ROUNDS = 2000 };

typedef bool minutes[SHORT_WEEK];

static unsigned draw(uint64_t *seed, unsigned below) {
  *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (unsigned)(*seed >> 33) % below;
}

static struct spans draw_spans(uint64_t *seed, minutes on) {
  struct spans spans = {0};
  memset(on, 0, sizeof(minutes));
  for (unsigned n = draw(seed, 12); n > 0; n--) {
    int start = (int)draw(seed, SHORT_WEEK), end = (int)draw(seed, SHORT_WEEK);
    spans_add(&spans, start, end);
    for (int minute = start; minute < end; minute++) on[minute] = true;
  }
  spans_join(&spans);
  return spans;
}

/* Fails unless the windows are those of the minutes: sorted, disjoint, not touching. */
static void check(const struct window *list, int n, const minutes on) {
  int next = 0;
  for (int start = 0; start < SHORT_WEEK; start++) {
    if (!on[start]) continue;
    int end = start;
    while (end < SHORT_WEEK && on[end]) end++;
    assert_true(next < n);
    assert_int_equal(list[next].start_min, start);
    assert_int_equal(list[next].end_min, end);
    next++;
    start = end;
  }
  assert_int_equal(next, n);
}

/* Only whole slots of which every minute is on. */
static void shrink(const minutes on, int slot, minutes shrunk) {
  memset(shrunk, 0, sizeof(minutes));
  for (int start = 0; start < SHORT_WEEK; start += slot) {
    bool is_whole = true;
    for (int i = 0; i < slot; i++) is_whole &= on[start + i];
    for (int i = 0; i < slot; i++) shrunk[start + i] = is_whole;
  }
}

static void spans_are_sets_of_minutes(void **state) {
  (void)state;
  uint64_t seed = 1;
  struct arena arena = {0};
  for (int round = 0; round < ROUNDS; round++) {
    minutes on_a, on_b, both_on, without_on, shrunk;
    struct spans a = draw_spans(&seed, on_a), b = draw_spans(&seed, on_b);
    for (int i = 0; i < SHORT_WEEK; i++) {
      both_on[i] = on_a[i] && on_b[i];
      without_on[i] = on_a[i] && !on_b[i];
    }
    struct spans both = spans_both(&a, &b), without = spans_without(&a, &b);
    struct windows grid = spans_on_grid(&without, 15, &arena);
    shrink(without_on, 15, shrunk);
    check(a.list, a.n, on_a);
    check(both.list, both.n, both_on);
    check(without.list, without.n, without_on);
    check(grid.list, grid.n, shrunk);
    spans_free(&a);
    spans_free(&b);
    spans_free(&both);
    spans_free(&without);
  }
  arena_free(&arena);
}

static void nothing_is_added_for_nothing(void **state) {
  (void)state;
  struct spans spans = {0};
  spans_add(&spans, 10, 10);
  spans_add(&spans, 20, 10);
  spans_join(&spans);
  assert_int_equal(spans.n, 0);
  spans_free(&spans);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(spans_are_sets_of_minutes),
      cmocka_unit_test(nothing_is_added_for_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
