/* The search for prices, on a bound that is known. */
#include "../../src/plan/volume.h"
#include "iopsched/clinic.h"
#include "unit.h"

/* Somebody takes the cheapest of some starts that are alike, and a session at each is sold for this
 * much: all prices have to be that, to prove it. */
enum { STARTS = 16, SOLD_FOR = 1000, TARGET = 1200 };

static int64_t evaluate(struct volume *volume) {
  int cheapest = 0;
  for (int i = 1; i < STARTS; i++)
    if (volume->prices[i].now < volume->prices[cheapest].now) cheapest = i;
  int64_t value = volume->prices[cheapest].now;
  for (int i = 0; i < STARTS; i++) {
    struct price *price = &volume->prices[i];
    bool sold = price->now > SOLD_FOR;
    price->excess = (i == cheapest) - sold;
    if (sold) value -= price->now - SOLD_FOR;
  }
  return value;
}

static int64_t best_after(int steps, bool are_kin, int64_t from) {
  static const int32_t clan_of[] = {0};
  struct volume volume;
  volume_init(&volume, STARTS);
  for (int i = 0; i < STARTS; i++) {
    price_set(&volume.prices[i], from);
    if (are_kin) volume.prices[i].kin = 0;
  }
  if (are_kin) volume_heed_kin(&volume, clan_of, 1, 1);
  for (int i = 0; i < steps; i++) volume_step(&volume, evaluate(&volume), TARGET);
  int64_t best = volume.best;
  for (int i = 0; i < STARTS; i++) volume.prices[i].now = volume.prices[i].best;
  assert_int_equal(best, best > 0 ? evaluate(&volume) : 0);
  volume_release(&volume);
  return best;
}

static void test_kin_go_together(void **state) {
  (void)state;
  int64_t kin = best_after(60, true, 0), alone = best_after(60, false, 0);
  assert_in_range(kin, SOLD_FOR * 9 / 10, SOLD_FOR);
  assert_true(alone < kin);
}

static void test_what_was_proven_stays(void **state) {
  (void)state;
  for (int steps = 1; steps <= 200; steps++)
    assert_int_equal(best_after(steps, steps % 2, SOLD_FOR), SOLD_FOR);
}

/* Neither kin nor aims lead above what can be proven. */
static void test_comes_to_rest_below_the_optimum(void **state) {
  (void)state;
  assert_in_range(best_after(1000, true, SOLD_FOR / 2), SOLD_FOR * 99 / 100, SOLD_FOR);
  assert_in_range(best_after(1000, false, SOLD_FOR / 2), SOLD_FOR * 3 / 4, SOLD_FOR);
}

/* What other prices prove counts if it is more; the steps go on as if nobody had told. */
static void test_other_prices_are_noted(void **state) {
  (void)state;
  struct volume told, untold;
  volume_init(&told, STARTS);
  volume_init(&untold, STARTS);
  for (int step = 0; step < 30; step++) {
    volume_step(&told, evaluate(&told), TARGET);
    volume_step(&untold, evaluate(&untold), TARGET);
    if (step > 0) continue;
    int64_t now = told.prices[0].now;
    volume_note(&told, SOLD_FOR - 1);
    told.prices[0].now = SOLD_FOR;
    volume_note(&told, SOLD_FOR);
    told.prices[0].now = 0;
    volume_note(&told, SOLD_FOR - 1);
    told.prices[0].now = now;
  }
  assert_int_equal(told.best, SOLD_FOR);
  assert_int_equal(told.prices[0].best, SOLD_FOR);
  assert_true(untold.best < SOLD_FOR);
  for (int i = 0; i < STARTS; i++) assert_true(told.prices[i].center < SOLD_FOR);
  volume_release(&told);
  volume_release(&untold);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_kin_go_together),
      cmocka_unit_test(test_what_was_proven_stays),
      cmocka_unit_test(test_comes_to_rest_below_the_optimum),
      cmocka_unit_test(test_other_prices_are_noted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
