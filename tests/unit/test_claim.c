/* Sessions that are fixed to make sure of a need: which, as rows, and in the clinic. */
#include <stdlib.h>

#include "clinic_builder.h"
#include "iopsched/claim.h"
#include "iopsched/verify.h"
#include "unit.h"

static struct clinic *clinic_with_rows(void) {
  struct clinic *clinic = clinic_build(&(struct clinic_shape){"GRP IND UDS", "P1 P2", "T1", "R1"});
  clinic_make_individual(clinic, "IND");
  clinic_set_category(clinic, "GRP", "skills");
  service_of(clinic, "UDS")->counts_hours = false;
  clinic->monday = 20787; /* 30 November 2026 */
  clinic_add_fixed(clinic, "GRP Tue 09:00 R1 T1 P2", "2");
  clinic_add_fixed(clinic, "GRP Wed 09:00 - - P1", "3");
  return clinic;
}

static const char *const week_text =
    "UDS Mon 09:00 R1 T1 P1; IND Mon 10:00 R1 T1 P1; GRP Tue 09:00 R1 T1 P1,P2;"
    "IND Tue 10:00 R1 T1 P1; GRP Wed 09:00 R1 T1 P1";

/* service, start and row that is joined, of each claim */
static void expect(const struct claims *claims, const struct clinic *clinic, const char *expected) {
  struct text text = {0};
  for (int i = 0; i < claims->n; i++) {
    const struct claim *claim = &claims->list[i];
    text_printf(&text, "%s%s %s %02d:%02d %d", i > 0 ? "; " : "",
                clinic->services[claim->service].id, day_names[claim->start_min / DAY_MIN],
                claim->start_min % DAY_MIN / 60, claim->start_min % 60, claim->row);
  }
  assert_string_equal(text.data ? text.data : "", expected);
  text_free(&text);
}

static void as_many_sessions_as_the_need_asks_for(void **state) {
  (void)state;
  static const struct {
    enum need_kind kind;
    int patient, service, category, required;
    bool found;
    const char *claims;
  } cases[] = {
      {NEED_SERVICE, 0, 1, NONE, 1, true, "IND Mon 10:00 -1"},
      {NEED_SERVICE, 0, 1, NONE, 2, true, "IND Mon 10:00 -1; IND Tue 10:00 -1"},
      {NEED_SERVICE, 0, 1, NONE, 3, false, "IND Mon 10:00 -1; IND Tue 10:00 -1"},
      {NEED_CATEGORY, 0, NONE, 0, 1, true, "GRP Tue 09:00 0"},
      {NEED_CATEGORY, 0, NONE, 0, 2, true, "GRP Tue 09:00 0"}, /* Wednesday's is fixed */
      {NEED_HOURS, 0, NONE, NONE, 90, true, "IND Mon 10:00 -1; GRP Tue 09:00 0"},
      {NEED_DAYS, 0, NONE, NONE, 3, true, "UDS Mon 09:00 -1; GRP Tue 09:00 0"},
      {NEED_OFFER, NONE, 1, NONE, 2, true, "IND Mon 10:00 -1; IND Tue 10:00 -1"},
      {NEED_OFFER, NONE, 0, NONE, 2, false, ""}, /* both are fixed: there is nothing to add */
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct clinic *clinic = clinic_with_rows();
    struct schedule *week = schedule_of(clinic, week_text);
    struct arena arena = {0};
    struct unmet need = {.kind = cases[i].kind,
                         .patient = cases[i].patient,
                         .service = cases[i].service,
                         .category = cases[i].category,
                         .required = cases[i].required};
    struct claims claims;
    assert_int_equal(claims_find(&claims, clinic, week, &need, &arena), cases[i].found);
    expect(&claims, clinic, cases[i].claims);
    arena_free(&arena);
    schedule_free(week);
    clinic_free(clinic);
  }
}

static void two_sessions_at_one_start_that_name_nobody_are_one(void **state) {
  (void)state;
  struct clinic *clinic = clinic_build(&(struct clinic_shape){"GRP", "P1 P2", "T1 T2", "R1 R2"});
  struct schedule *week = schedule_of(clinic, "GRP Mon 09:00 R1 T1 P1; GRP Mon 09:00 R2 T2 P2");
  struct arena arena = {0};
  struct unmet need = {.kind = NEED_OFFER, .patient = NONE, .category = NONE, .required = 2};
  struct claims claims;
  assert_false(claims_find(&claims, clinic, week, &need, &arena));
  arena_free(&arena);
  schedule_free(week);
  clinic_free(clinic);
}

static char *row_text(const struct clinic *clinic, const struct claim *claim) {
  struct arena arena = {0};
  struct edit_row row = claim_as_row(clinic, claim, &arena);
  struct text text = {0};
  text_printf(&text, "%s:", row.file);
  for (int i = 0; i < row.n; i++)
    text_printf(&text, " %s=%s", row.cells[i].column, row.cells[i].value);
  arena_free(&arena);
  assert_int_equal(row.n_keys, 0);
  return text.data;
}

static void rows_join_the_session_that_is_there(void **state) {
  (void)state;
  struct clinic *clinic = clinic_with_rows();
  struct claim own = {0, 1, minute_of("Mon 10:00"), NONE};
  struct claim joins = {0, 0, minute_of("Tue 09:00"), 0};
  char *alone = row_text(clinic, &own), *joined = row_text(clinic, &joins);
  assert_string_equal(alone,
                      "fixed.csv: service_id=IND day=Mon start=10:00 therapist_id= room_id= "
                      "patient_id=P1 week=2026-W49");
  assert_string_equal(joined,
                      "fixed.csv: service_id=GRP day=Tue start=09:00 therapist_id=T1 room_id=R1 "
                      "patient_id=P1 week=2026-W49");
  free(alone);
  free(joined);
  clinic_free(clinic);
}

static void claims_hold_in_a_clinic_of_its_own(void **state) {
  (void)state;
  struct clinic *clinic = clinic_with_rows();
  struct claim list[] = {{0, 1, minute_of("Mon 10:00"), NONE}, {0, 0, minute_of("Tue 09:00"), 0}};
  struct claims claims = {list, 2};
  struct remedy none = {0};
  struct clinic *changed = remedy_apply(clinic, &none);
  claims_apply(changed, &claims);
  assert_int_equal(changed->n_fixed, 3);
  assert_int_equal(changed->fixed[0].service, 1);
  assert_int_equal(changed->fixed[1].patients.n, 2);
  struct schedule *with = schedule_of(changed, week_text);
  struct schedule *without = schedule_of(
      changed, "GRP Tue 09:00 R1 T1 P2; IND Tue 10:00 R1 T1 P1; GRP Wed 09:00 R1 T1 P1");
  struct breaches breaches = {0};
  assert_true(verify_rules(changed, with, &breaches));
  assert_false(verify_rules(changed, without, &breaches));
  assert_int_equal(breaches.n, 2); /* H11: of both */
  breaches_free(&breaches);
  schedule_free(with);
  schedule_free(without);
  clinic_free(changed);
  assert_int_equal(clinic->n_fixed, 2);
  assert_int_equal(clinic->fixed[0].patients.n, 1);
  clinic_free(clinic);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(as_many_sessions_as_the_need_asks_for),
      cmocka_unit_test(two_sessions_at_one_start_that_name_nobody_are_one),
      cmocka_unit_test(rows_join_the_session_that_is_there),
      cmocka_unit_test(claims_hold_in_a_clinic_of_its_own),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
