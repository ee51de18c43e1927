/* Profiles: what each may show, written out once more as the manual says it. */
#include "iopsched/profile.h"
#include "unit.h"

static void test_find(void **state) {
  enum profile profile = PROFILE_DIRECTOR;
  (void)state;
  assert_true(profile_find("Door", &profile));
  assert_int_equal(profile, PROFILE_DOOR);
  assert_true(profile_find("patient", &profile));
  assert_int_equal(profile, PROFILE_PATIENT);
  assert_false(profile_find("doors", &profile));
  assert_false(profile_find("", &profile));
}

static void test_views(void **state) {
  static const struct {
    enum profile profile;
    const char *has, *tells; /* letters of the views: p r t P(atient) */
    bool account;
  } rows[] = {{PROFILE_DIRECTOR, "prtP", "prt", true},
              {PROFILE_THERAPIST, "prt", "t", false},
              {PROFILE_DOOR, "pr", "", false},
              {PROFILE_PATIENT, "P", "", false}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    for (int view = 0; view < N_VIEWS; view++) {
      char letter = "prtP"[view];
      bool has = false, tells = false;
      for (const char *c = rows[i].has; *c; c++) has = has || *c == letter;
      for (const char *c = rows[i].tells; *c; c++) tells = tells || *c == letter;
      assert_int_equal(profile_has_view(rows[i].profile, (enum view)view), has);
      assert_int_equal(profile_tells_patients(rows[i].profile, (enum view)view), tells);
    }
    assert_int_equal(profile_tells_account(rows[i].profile), rows[i].account);
  }
}

static void test_door_tells_no_seats(void **state) {
  (void)state;
  for (int view = 0; view < N_VIEWS; view++)
    assert_false(profile_tells_seats(PROFILE_DOOR, (enum view)view));
  assert_true(profile_tells_seats(PROFILE_THERAPIST, VIEW_ROOM));
  for (int profile = 0; profile < N_PROFILES; profile++)
    assert_false(profile_tells_seats((enum profile)profile, VIEW_PATIENT));
}

static void test_surprise(void **state) {
  struct service surprise = {.surprise = true}, plain = {.surprise = false};
  (void)state;
  assert_false(view_has_service(VIEW_PATIENT, &surprise));
  assert_true(view_has_service(VIEW_PATIENT, &plain));
  assert_true(view_has_service(VIEW_THERAPIST, &surprise));
  assert_true(view_has_service(VIEW_PROGRAM, &surprise));
}

static void test_label(void **state) {
  struct patient named = {.id = "P1", .name = "Ada"}, nameless = {.id = "P2"};
  (void)state;
  assert_string_equal(patient_label(&named, false), "P1");
  assert_string_equal(patient_label(&named, true), "Ada");
  assert_string_equal(patient_label(&nameless, true), "P2");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_find), cmocka_unit_test(test_views),
                                     cmocka_unit_test(test_door_tells_no_seats),
                                     cmocka_unit_test(test_surprise), cmocka_unit_test(test_label)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
