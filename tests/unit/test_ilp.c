/* The week's integer program as a whole: its written form says the same, it is there for a clinic
 * without anything too, and its names are fit for every reader. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ilp_cases.h"
#include "ilp_solve.h"
#include "micro_clinics.h"
#include "unit.h"

/* The written program says the same as the one in memory. */
static void test_written(void **state) {
  (void)state;
  for (int style = 0; style < N_MICRO_STYLES; style++)
    for (uint64_t seed = 1001; seed <= 1010; seed++) {
      struct micro micro = micro_clinic((enum micro_style)style, seed);
      struct ilp *ilp = ilp_build(micro.clinic, micro.previous);
      struct ilp_answer answer = ilp_solve(ilp), written = ilp_solve_written(ilp);
      assert_int_equal(answer.feasible, written.feasible);
      assert_int_equal(answer.cost, written.cost);
      free(answer.values);
      ilp_free(ilp);
      micro_release(&micro);
    }
}

/* Costs whose decimals do not end are written with enough of them. */
static void test_endless_decimals(void **state) {
  (void)state;
  struct clinic *clinic = small_clinic();
  set_opening(clinic, "Mon 09:00-10:00");
  clinic_add_need(clinic, "P1", "S1", 2, UNLIMITED);
  clinic->slot_minutes = 10;
  service_of(clinic, "S1")->minutes = 50;
  clinic->weight_milli[TERM_STAFF_HOUR] = 1001;
  struct ilp *ilp = ilp_build(clinic, NULL);
  struct ilp_answer written = ilp_solve_written(ilp);
  assert_int_equal(written.cost, 100 * COST_ONE + INT64_C(1001) * 50 * 1000);
  ilp_free(ilp);
  clinic_free(clinic);
}

/* A clinic without patients, or where nothing can be, is a program too. */
static void test_empty(void **state) {
  (void)state;
  for (int nobody = 0; nobody < 2; nobody++) {
    struct clinic *clinic = small_clinic();
    set_opening(clinic, nobody ? "Mon 09:00-10:00" : "Mon 09:00-09:30");
    if (nobody) clinic->n_patients = 0;
    struct ilp *ilp = ilp_build(clinic, NULL);
    check_optimum("empty", ilp, 0);
    check_schedule("empty", ilp);
    ilp_free(ilp);
    clinic_free(clinic);
  }
}

/* Fixed sessions that cannot be leave no schedule, and the written program says so too. */
static void test_impossible(void **state) {
  static const char *const fixed[][2] = {{"S1 Tue 09:00 - - P1", NULL},
                                         {"S1 Mon 09:00 - T1 P1", "S1 Mon 09:00 - T2 P1"},
                                         {"S1 Mon 09:00 R1 T1 P1", "S2 Mon 09:00 R1 T2 P2"},
                                         {"S3 Mon 09:00 R1 - P1", "S3 Mon 09:00 R1 T1 P2"},
                                         {"S3 Mon 09:00 - T1 -", "S3 Mon 09:00 - T1 P2"}};
  (void)state;
  for (size_t i = 0; i < COUNT(fixed); i++) {
    struct clinic *clinic = small_clinic();
    set_opening(clinic, "Mon 09:00-10:00");
    clinic_make_individual(clinic, "S3");
    clinic_add_fixed(clinic, fixed[i][0], "2");
    if (fixed[i][1]) clinic_add_fixed(clinic, fixed[i][1], "3");
    struct ilp *ilp = ilp_build(clinic, NULL);
    assert_false(ilp_solve(ilp).feasible);
    assert_false(ilp_solve_written(ilp).feasible);
    ilp_free(ilp);
    clinic_free(clinic);
  }
}

static int compare_names(const void *a, const void *b) {
  return strcasecmp(*(const char *const *)a, *(const char *const *)b);
}

static void check_names(const char **names, int n) {
  qsort(names, (size_t)n, sizeof *names, compare_names);
  for (int i = 0; i < n; i++) {
    assert_true(strlen(names[i]) <= ILP_NAME_MAX);
    assert_true(isalpha((unsigned char)names[i][0]) && tolower(names[i][0]) != 'e');
    assert_int_equal(strspn(names[i],
                            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                            "0123456789_.,()"),
                     strlen(names[i]));
    if (i > 0 && strcasecmp(names[i - 1], names[i]) == 0) fail_msg("twice: %s", names[i]);
  }
}

static void check_all_names(const struct ilp *ilp) {
  int most = ilp->n_columns > ilp->n_rows ? ilp->n_columns : ilp->n_rows;
  const char **names = calloc((size_t)most + 1, sizeof *names);
  for (int i = 0; i < ilp->n_columns; i++) names[i] = ilp->columns[i].name;
  check_names(names, ilp->n_columns);
  for (int i = 0; i < ilp->n_rows; i++) names[i] = ilp->rows[i].name;
  check_names(names, ilp->n_rows);
  free(names);
}

/* Ids that differ only where names do not, or late. */
static void test_names(void **state) {
  static const char *const ids[] = {
      "A-1", "A_1", "A_1.2", "a.very-long-id-that-goes-on-and-on-and-on-and-on-and-on-and-on-1",
      "a.very-long-id-that-goes-on-and-on-and-on-and-on-and-on-and-on-2"};
  (void)state;
  for (int style = 0; style < N_MICRO_STYLES; style++)
    for (uint64_t seed = 1; seed <= 60; seed++) {
      struct micro micro = micro_clinic((enum micro_style)style, seed);
      struct clinic *clinic = micro.clinic;
      for (int i = 0; i < clinic->n_services; i++) clinic->services[i].id = ids[4 - i];
      for (int i = 0; i < clinic->n_patients; i++) clinic->patients[i].id = ids[4 - i];
      for (int i = 0; i < clinic->n_therapists; i++) clinic->therapists[i].id = ids[i];
      for (int i = 0; i < clinic->n_rooms; i++) clinic->rooms[i].id = ids[4 - i];
      struct ilp *ilp = ilp_build(clinic, micro.previous);
      check_all_names(ilp);
      ilp_free(ilp);
      micro_release(&micro);
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_written), cmocka_unit_test(test_endless_decimals),
      cmocka_unit_test(test_empty),   cmocka_unit_test(test_impossible),
      cmocka_unit_test(test_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
