/* Every task is done once, whatever the number of threads. */
#include <stdatomic.h>

#include "../../src/plan/crew.h"
#include "unit.h"

enum { MOST_TASKS = 500 };

static void count(void *data, int task) {
  atomic_int *done = data;
  atomic_fetch_add(&done[task], 1);
}

static void test_each_once(void **state) {
  (void)state;
  static const int tasks[] = {0, 1, 2, 5, MOST_TASKS}, threads[] = {0, 1, 2, 3, 8, 200};
  for (size_t i = 0; i < COUNT(tasks); i++)
    for (size_t k = 0; k < COUNT(threads); k++) {
      atomic_int done[MOST_TASKS];
      for (int t = 0; t < MOST_TASKS; t++) atomic_init(&done[t], 0);
      crew_do(tasks[i], threads[k], count, done);
      for (int t = 0; t < MOST_TASKS; t++) assert_int_equal(atomic_load(&done[t]), t < tasks[i]);
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_each_once)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
