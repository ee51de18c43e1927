/* Lists of whole numbers. */
#include <limits.h>
#include <string.h>

#include "iopsched/ints.h"
#include "unit.h"

#define LIST(...) \
  { (int[]){__VA_ARGS__}, (int)(sizeof((int[]){__VA_ARGS__}) / sizeof(int)) }

static const struct ints none = {NULL, 0};

static void containing(void **state) {
  (void)state;
  struct ints ascending = LIST(-3, 0, 4, 7), mixed = LIST(7, -3, 7, 0, 4);
  for (int value = -4; value <= 8; value++) {
    bool in = value == -3 || value == 0 || value == 4 || value == 7;
    assert_int_equal(ints_contain(&ascending, value), in);
    assert_int_equal(ints_contain_unsorted(&mixed, value), in);
    assert_false(ints_contain(&none, value) || ints_contain_unsorted(&none, value));
  }
  struct ints some = LIST(7, 0), more = LIST(0, 1);
  assert_true(ints_contain_all(&ascending, &some) && ints_contain_all(&none, &none));
  assert_true(ints_contain_all(&ascending, &none));
  assert_false(ints_contain_all(&ascending, &more) || ints_contain_all(&none, &some));
}

static void equality(void **state) {
  (void)state;
  struct ints a = LIST(1, 2), same = LIST(1, 2), turned = LIST(2, 1), longer = LIST(1, 2, 3);
  assert_true(ints_equal(&a, &same) && ints_equal(&none, &none));
  assert_false(ints_equal(&a, &turned) || ints_equal(&a, &longer) || ints_equal(&a, &none));
}

static void sorting(void **state) {
  (void)state;
  struct ints list = LIST(3, INT_MAX, INT_MIN, 3, -1, INT_MIN);
  struct ints all = LIST(INT_MIN, INT_MIN, -1, 3, 3, INT_MAX);
  struct ints once = LIST(INT_MIN, -1, 3, INT_MAX);
  ints_sort(list.list, list.n);
  assert_true(ints_equal(&list, &all));
  list.n = ints_sort_unique(list.list, list.n);
  assert_true(ints_equal(&list, &once));
  assert_int_equal(ints_sort_unique(NULL, 0), 0);
}

static void one_more(void **state) {
  (void)state;
  struct arena arena = {0};
  struct ints list = LIST(1, 5), first = LIST(0, 1, 5), between = LIST(1, 3, 5);
  struct ints last = LIST(1, 5, 9), alone = LIST(2);
  struct ints got[] = {ints_with(&arena, &list, 0), ints_with(&arena, &list, 3),
                       ints_with(&arena, &list, 9), ints_with(&arena, &list, 5),
                       ints_with(&arena, &none, 2)};
  const struct ints *expected[] = {&first, &between, &last, &list, &alone};
  for (size_t i = 0; i < COUNT(got); i++) assert_true(ints_equal(&got[i], expected[i]));
  arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(containing), cmocka_unit_test(equality),
                                     cmocka_unit_test(sorting), cmocka_unit_test(one_more)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
