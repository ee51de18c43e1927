/* A clinic's folder as a whole: defaults, what is required, the time zone on its own. */
#include <stdlib.h>
#include <string.h>

#include "clinic_files.h"
#include "unit.h"

static void check_program(const struct clinic *clinic) {
  assert_int_equal(strncmp(clinic->program_name, "iopsched-unit-", 14), 0);
  assert_null(clinic->timezone);
  assert_int_equal(clinic->monday, test_monday());
  assert_int_equal(clinic->slot_minutes, 30);
  assert_true(clinic->operates[4]);
  assert_false(clinic->operates[5]);
  assert_int_equal(clinic->opening.n, 5);
  assert_int_equal(clinic->opening.list[4].start_min, 4 * DAY_MIN + 8 * 60);
  assert_int_equal(clinic->opening.list[4].end_min, 4 * DAY_MIN + 21 * 60);
  assert_int_equal(clinic->visit_min_minutes, 120);
  assert_int_equal(clinic->day_max_minutes, 300);
  assert_int_equal(clinic->break_after_minutes, 0);
  assert_int_equal(clinic->break_minutes, 0);
  assert_int_equal(clinic->travel_minutes, 60);
  assert_int_equal(clinic->cushion_sessions, 0);
  assert_false(clinic->calendar_detail_full);
  for (int term = 0; term < N_TERMS; term++)
    assert_int_equal(clinic->weight_milli[term], term_infos[term].default_milli);
}

static void check_services(const struct clinic *clinic) {
  assert_int_equal(clinic->n_services, 2);
  const struct service *group = &clinic->services[0], *single = &clinic->services[1];
  assert_string_equal(group->name, "Grp");
  assert_int_equal(group->line, 2);
  assert_int_equal(group->category, NONE);
  assert_int_equal(group->minutes, 60);
  assert_int_equal(group->min_size, 3);
  assert_int_equal(group->max_size, 12);
  assert_int_equal(group->leaders, 1);
  assert_false(group->roles_named || group->telehealth || group->closed || group->surprise);
  assert_true(group->counts_hours);
  assert_int_equal(group->sessions_min, 0);
  assert_int_equal(group->sessions_max, UNLIMITED);
  assert_int_equal(group->n_starts, 0);
  assert_int_equal(single->format, FORMAT_INDIVIDUAL);
  assert_int_equal(single->min_size, 1);
  assert_int_equal(single->max_size, 1);
  assert_int_equal(clinic_weekly_max(clinic, 0, 0), 5);
  assert_int_equal(clinic_weekly_max(clinic, 0, 1), 0);
  assert_true(clinic_room_fits(clinic, 0, 0));
  assert_true(clinic_qualified(clinic, 1, 0, 1));
  assert_int_equal(clinic->max_leaders, 1);
}

static void check_patient(const struct patient *patient) {
  assert_string_equal(patient->id, "P3");
  assert_null(patient->name);
  assert_int_equal(patient->line, 4);
  assert_true(patient->takes_part);
  assert_int_equal(patient->first_day, 0);
  assert_int_equal(patient->last_day, 6);
  assert_int_equal(patient->min_minutes, 540);
  assert_int_equal(patient->max_minutes, 1200);
  assert_int_equal(patient->min_days, 3);
  assert_int_equal(patient->max_days, 5);
  assert_int_equal(patient->priority_milli, 1000);
  assert_int_equal(patient->primary, NONE);
  assert_int_equal(patient->payer, NONE);
  assert_int_equal(patient->telehealth, TELEHEALTH_YES);
  assert_int_equal(patient->available.n, 5);
  assert_int_equal(patient->preferred.n, 0);
  assert_int_equal(patient->n_needs, 0);
}

static void check_staff_and_rooms(const struct clinic *clinic) {
  assert_string_equal(clinic->therapists[1].name, "T2");
  assert_int_equal(clinic->therapists[1].max_minutes_day, 480);
  assert_int_equal(clinic->therapists[1].max_minutes_week, 2400);
  assert_int_equal(clinic->therapists[1].available.n, 5);
  assert_int_equal(clinic->rooms[0].capacity, 12);
  assert_int_equal(clinic->rooms[0].available.n, 5);
}

static void a_small_clinic_gets_every_default(void **state) {
  (void)state;
  struct clinic *clinic = clinic_from_texts((const file_text[]){{NULL, NULL}});
  check_program(clinic);
  check_services(clinic);
  check_patient(&clinic->patients[2]);
  check_staff_and_rooms(clinic);
  assert_int_equal(clinic->n_fixed, 0);
  clinic_free(clinic);
}

static void every_missing_file_is_named(void **state) {
  (void)state;
  char *folder = folder_from_texts(
      (const file_text[]){{"rooms.csv", "room_id,capacity\nR1,0\n"},
                          {"requirements.csv", "applies_to,service,min_sessions\nP1,Grp,x\n"},
                          {NULL, NULL}});
  struct diagnostics diagnostics = {0};
  struct clinic *clinic;
  assert_int_equal(clinic_load(folder, test_monday(), &diagnostics, &clinic), LOAD_NO_INPUT);
  assert_null(clinic);
  char *text = NULL;
  size_t size;
  FILE *memory = open_memstream(&text, &size);
  diagnostics_print(&diagnostics, memory);
  fclose(memory);
  assert_string_equal(
      text,
      "patients.csv: error: no such file in the clinic's folder, where it is required\n"
      "requirements.csv:2: min_sessions: error: 'x' is not a whole number from 0 to 1000\n"
      "rooms.csv:2: capacity: error: '0' is not a whole number from 1 to 100000\n"
      "services.csv: error: no such file in the clinic's folder, where it is required\n"
      "therapists.csv: error: no such file in the clinic's folder, where it is required\n");
  free(text);
  diagnostics_free(&diagnostics);
  folder_remove(folder);
}

static void a_missing_folder_is_named(void **state) {
  (void)state;
  struct diagnostics diagnostics = {0};
  struct clinic *clinic;
  const char *timezone;
  assert_int_equal(clinic_load("/nowhere/at/all", 0, &diagnostics, &clinic), LOAD_NO_INPUT);
  assert_int_equal(clinic_load_timezone("/dev/null", &diagnostics, &timezone), LOAD_NO_INPUT);
  assert_int_equal(diagnostics.n, 2);
  assert_string_equal(diagnostics.list[0].text, "there is no folder '/nowhere/at/all'");
  diagnostics_free(&diagnostics);
}

static void the_time_zone_is_read_on_its_own(void **state) {
  (void)state;
  static const struct {
    const char *program, *zone;
  } cases[] = {{"setting,value\ntimezone,America/New_York\nslot_minutes,7\n", "America/New_York"},
               {"setting,value\ntimezone,America/New_Yrok\n", NULL},
               {"setting,value\n", NULL}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    char *folder =
        folder_from_texts((const file_text[]){{"program.csv", cases[i].program}, {NULL, NULL}});
    struct diagnostics diagnostics = {0};
    const char *timezone;
    assert_int_equal(clinic_load_timezone(folder, &diagnostics, &timezone), LOAD_OK);
    assert_int_equal(diagnostics.n, 0);
    if (cases[i].zone)
      assert_string_equal(timezone, cases[i].zone);
    else
      assert_null(timezone);
    diagnostics_free(&diagnostics);
    folder_remove(folder);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_small_clinic_gets_every_default),
      cmocka_unit_test(every_missing_file_is_named),
      cmocka_unit_test(a_missing_folder_is_named),
      cmocka_unit_test(the_time_zone_is_read_on_its_own),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
