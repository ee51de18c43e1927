/* What somebody who is absent, or a past that is over, leaves of the hours of a clinic. */
#include "clinic_builder.h"
#include "iopsched/variant.h"
#include "unit.h"

static void expect_windows(const struct windows *found, const struct windows *wanted) {
  assert_int_equal(found->n, wanted->n);
  for (int i = 0; i < found->n; i++) {
    assert_int_equal(found->list[i].start_min, wanted->list[i].start_min);
    assert_int_equal(found->list[i].end_min, wanted->list[i].end_min);
  }
}

static void test_cut(void **state) {
  (void)state;
  struct clinic *clinic = clinic_build(&(struct clinic_shape){"REL", "P1", "T1", "R1"});
  static const struct {
    const char *had, *cut, *left;
  } cases[] = {
      {"Mon 09:00-12:00", "Mon 10:00-11:00", "Mon 09:00-10:00, Mon 11:00-12:00"},
      {"Mon 09:00-12:00", "Mon 08:00-13:00", ""},
      {"Mon 09:00-12:00", "Mon 12:00-13:00", "Mon 09:00-12:00"},
      {"Mon 09:00-12:00", "Mon 10:10-10:50", "Mon 09:00-10:00, Mon 11:00-12:00"},
      {"Mon 09:00-12:00, Tue 09:00-12:00", "Mon 11:00-21:00", "Mon 09:00-11:00, Tue 09:00-12:00"},
      {"", "Mon 11:00-21:00", ""},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct clinic *variant = clinic_variant(clinic);
    struct windows had = windows_of(clinic, cases[i].had);
    struct windows cut = windows_of(clinic, cases[i].cut), left = windows_of(clinic, cases[i].left);
    variant_cut(variant, &had, cut.list[0]);
    expect_windows(&had, &left);
    clinic_free(variant);
  }
  clinic_free(clinic);
}

static void test_keep_before(void **state) {
  (void)state;
  struct clinic *clinic = clinic_build(&(struct clinic_shape){"REL", "P1", "T1", "R1"});
  struct windows had = windows_of(clinic, "Mon 09:00-17:00, Tue 09:00-17:00, Wed 09:00-17:00");
  struct windows kept = windows_of(clinic, "Mon 11:00-12:00, Tue 13:00-14:00, Tue 15:00-16:00");
  struct windows left =
      windows_of(clinic, "Mon 11:00-12:00, Tue 13:00-14:00, Tue 15:00-16:00, Wed 09:00-17:00");
  struct window backwards[] = {kept.list[2], kept.list[0], kept.list[1]};
  variant_keep_before(clinic, &had, minute_of("Wed 00:00"), backwards, 3);
  expect_windows(&had, &left);
  clinic_free(clinic);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_cut),
      cmocka_unit_test(test_keep_before),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
