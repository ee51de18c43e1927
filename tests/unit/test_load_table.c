/* What holds for every file: headers, faults that others would follow from, and what is never
 * shown. */
#include <stdlib.h>
#include <string.h>

#include "clinic_files.h"
#include "iopsched/text.h"
#include "unit.h"

#define LIMITS "min_hours,max_hours,min_days,max_days"

static void faults_of_headers(void **state) {
  (void)state;
  static const struct fault_case cases[] = {
      {"# my services\n\nservice_id,credental,x_note,X_other,minuts,zebra\nG,LCSW,,,60,\n",
       "3: credental: error: no such column 'credental': did you mean 'credentials'?\n"
       "3: minuts: error: no such column 'minuts': did you mean 'minutes'?\n"
       "3: zebra: error: no such column 'zebra' (a column of your own starts with 'x_')\n"},
      {" SERVICE_ID , Minutes \nG,90\n", ""},
      {"service_id,minutes,minutes,x_a,X_A\nG,60,90,,\n",
       "1: error: columns 2 and 3 have the same name\n"
       "1: error: columns 4 and 5 have the same name\n"},
      {"name,minutes\nGroup,60\n",
       "1: service_id: error: no column 'service_id', which is required\n"},
      {"serviceid,minutes\nG,50\n",
       "1: serviceid: error: no such column 'serviceid': did you mean 'service_id'?\n"
       "2: minutes: error: '50' is not a multiple of slot_minutes (30)\n"},
      {"", "error: the file is empty: its first line must name the columns\n"},
      {"# nothing\n\n;;\n", "error: the file is empty: its first line must name the columns\n"},
      {"service_id\n", ""},
      {"G,group,Jane Doe\nH,group,John Doe\n",
       "1: error: this line must name the columns (service_id, name, format, category, minutes, "
       "min_size, max_size, leaders, notes_minutes, credentials, room_features, mode, tags, "
       "membership, counts_hours, surprise, weekly_max, sessions_min, sessions_max, starts)\n"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    enum load_status status;
    /* Nobody else is blamed where the services cannot be read. */
    char *faults =
        faults_of_texts((const file_text[]){{"services.csv", cases[i].text},
                                            {"requirements.csv", "applies_to,service\nall,G\n"},
                                            {NULL, NULL}},
                        &status);
    struct text expected = {0};
    for (const char *line = cases[i].printed; *line; line = strchr(line, '\n') + 1) {
      text_printf(&expected, "services.csv:%s", line[0] == 'e' ? " " : "");
      text_add_bytes(&expected, line, (size_t)(strchr(line, '\n') + 1 - line));
    }
    if (i == 7)
      text_add(&expected, "requirements.csv:2: service: error: no service 'G' in services.csv\n");
    assert_string_equal(faults, expected.data ? expected.data : "");
    free(faults);
    text_free(&expected);
  }
}

/* Files that name a patient, service, therapist, room, payer and phase called X. */
#define NAMING_X                                                                  \
  {"requirements.csv", "applies_to,service\nX,Grp\n"},                            \
      {"availability.csv", "kind,id,day,start,end\npatient,X,Mon,09:00,10:00\n"}, \
      {"exceptions.csv", "kind,id,date\npatient,X,2026-12-01\n"},                 \
      {"apart.csv", "patient_id,apart_from\nX,T1\nX,X2\nX2,X\n"}, {               \
    "fixed.csv", "service_id,day,start,patient_id\nGrp,Mon,09:00,X\n"             \
  }

static void one_fault_is_reported_once(void **state) {
  (void)state;
  static const struct {
    const char *patients, *printed;
  } cases[] = {
      {"patient_id," LIMITS "\nX,9,20,3\nX2,9,20,3,5\n",
       "patients.csv:2: error: 4 cells where the header names 5 columns (an empty cell needs its "
       "separator too)\n"},
      {"patient_id," LIMITS "\nX2,9,20,3,5\nX,9,20,3,\"5\nP1,9,20,3,5\n",
       "patients.csv:3: error: a quote that is never closed: the rest of the file was not read\n"},
      {"patient_id," LIMITS "\nX2,9,20,3,5\nX,nine,20,3,5\n",
       "patients.csv:3: min_hours: error: 'nine' is not a number of hours from 0 to 168, in "
       "quarter "
       "hours\n"},
      {"patientid," LIMITS "\nX,9,20,3,5\nX2,9,20,3,5\n",
       "patients.csv:1: patientid: error: no such column 'patientid': did you mean "
       "'patient_id'?\n"},
      {"patient_id," LIMITS "\nX2,9,20,3,5\nX,9,20,3,5\nX,9,20,3,5\n",
       "patients.csv:4: patient_id: error: 'X' is already on line 3\n"},
      {"patient_id," LIMITS "\nX2,9,20,3,5\nX,9,20,3,\xff\n",
       "patients.csv:3: error: bytes that are not UTF-8: save the file as 'CSV UTF-8'\n"},
      {"X,9,20,3,5\nX2,9,20,3,5\n",
       "patients.csv:1: error: this line must name the columns (patient_id, name, min_hours, "
       "max_hours, min_days, max_days, phase, admitted, discharged, tags, primary_therapist, "
       "telehealth, payer, priority)\n"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    enum load_status status;
    char *faults = faults_of_texts(
        (const file_text[]){{"patients.csv", cases[i].patients}, NAMING_X, {NULL, NULL}}, &status);
    assert_string_equal(faults, cases[i].printed);
    assert_int_equal(status, LOAD_FAULTY);
    free(faults);
  }
}

static void all_files_are_read_in_one_run(void **state) {
  (void)state;
  enum load_status status;
  char *faults = faults_of_texts(
      (const file_text[]){
          {"program.csv", "setting,value\nslot_minutes,7\nopen,9\n"},
          {"services.csv", "service_id,minutes\nGrp,50\nBad id,60\n"},
          {"patients.csv", "patient_id," LIMITS ",payer\nP1,9,8,3,5,A\nP2,9,20,3,5,Z\nP3,9,20\n"},
          {"payers.csv", "payer,day_min_hours\nA,x\n"},
          {"requirements.csv", "applies_to,service\nP1,Gpr\nP3,Grp\nP4,Bad id\n"},
          {"fixed.csv", "service_id,day,start\nGrp,Mon,09:10\nNone,Mon,09:00\n"},
          {NULL, NULL}},
      &status);
  assert_string_equal(
      faults,
      "fixed.csv:3: service_id: error: no service 'None' in services.csv\n"
      "patients.csv:2: max_hours: error: '8' is below min_hours '9'\n"
      "patients.csv:3: payer: error: no payer 'Z' in payers.csv\n"
      "patients.csv:4: error: 3 cells where the header names 6 columns (an empty cell needs its "
      "separator too)\n"
      "payers.csv:2: day_min_hours: error: 'x' is not a number of hours from 0 to 24, in whole "
      "minutes\n"
      "program.csv:2: value: error: slot_minutes '7' is not 5, 10, 15, 20, 30 or 60\n"
      "program.csv:3: value: error: open '9' is not a time of day from 00:00 to 24:00\n"
      "requirements.csv:2: service: error: no service 'Gpr' in services.csv: did you mean 'Grp'?\n"
      "requirements.csv:4: applies_to: error: no patient 'P4' in patients.csv: did you mean 'P1'?\n"
      "services.csv:3: service_id: error: 'Bad id' is not an id (letters, digits, '.', '_' and "
      "'-', a "
      "letter or digit first, at most 64)\n");
  assert_int_equal(status, LOAD_FAULTY);
  free(faults);
}

/* However a file of patients is spoilt, what stands in the column `name` is never shown. */
static void names_are_never_shown(void **state) {
  (void)state;
  static const char *const spoilt[] = {
      "patient_id,name," LIMITS "\nP1,Canary,x,y,z,w,v\n",
      "patient_id,name," LIMITS "\nP1,Canary, Jane,9,20,3,5\n",
      "patient_id,name," LIMITS "\nP1,Canary,9\n",
      "patient_id,name," LIMITS "\nP1,\"Canary,9,20,3,5\n",
      "patient_id,name," LIMITS "\nP1,\"Canary\"\",9,20,3,5\n",
      "patient_id,name," LIMITS "\nP1,Canary\xff,9,20,3,5\n",
      "patient_id,nmae," LIMITS "\nP1,Canary,9,20,3,5\n",
      "patient_id,," LIMITS "\nP1,Canary,9,20,3,5\n",
      "P1,Canary,9,20,3,5\nP2,Canary,9,20,3,5\n",
      "Canary,Canary,9,20,3,5\n",
      "patient_id;name;" LIMITS "\nP1;Canary,9,20,3,5\n",
  };
  for (size_t i = 0; i < COUNT(spoilt); i++) {
    enum load_status status;
    char *faults =
        faults_of_texts((const file_text[]){{"patients.csv", spoilt[i]}, {NULL, NULL}}, &status);
    assert_int_equal(status, LOAD_FAULTY);
    if (strstr(faults, "Canary")) fail_msg("%s", faults);
    free(faults);
  }
}

static void shown_values_are_safe_to_print(void **state) {
  (void)state;
  static const struct fault_case cases[] = {
      {"room_id,capacity\nR,\"a\n\x1b[31mb\"\n",
       "2: capacity: error: 'a??[31mb' is not a whole number from 1 to 100000\n"},
      {"room_id,capacity\nR,"
       "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
       "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
       "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4x\xc3\xa4\xc3\xa4"
       "\n",
       "2: capacity: error: '"
       "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
       "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
       "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4x...' is not a "
       "whole "
       "number from 1 to 100000\n"},
  };
  check_faults("rooms.csv", cases, COUNT(cases));
}

static void semicolons_bring_decimal_commas_and_quoted_lists(void **state) {
  (void)state;
  struct clinic *clinic = clinic_from_texts((const file_text[]){
      {"patients.csv",
       "\xef\xbb\xbfpatient_id;min_hours;max_hours;min_days;max_days;tags;priority;admitted\r\n"
       "P1;9,5;12.25;3;5;\"women;dual\";0,5;24.12.2025\r\nP2;9;10;3;5;women|dual;1;\r\n"},
      {NULL, NULL}});
  assert_int_equal(clinic->patients[0].min_minutes, 570);
  assert_int_equal(clinic->patients[0].max_minutes, 735);
  assert_int_equal(clinic->patients[0].priority_milli, 500);
  for (int i = 0; i < 2; i++) assert_int_equal(clinic->patients[i].tags.n, 2);
  clinic_free(clinic);
}

static void nobody_at_all_is_a_clinic_too(void **state) {
  (void)state;
  struct clinic *clinic =
      clinic_from_texts((const file_text[]){{"services.csv", "service_id\n"},
                                            {"patients.csv", "patient_id\n"},
                                            {"therapists.csv", "therapist_id\n"},
                                            {"rooms.csv", "room_id,capacity\n"},
                                            {NULL, NULL}});
  assert_int_equal(clinic->n_patients + clinic->n_services + clinic->n_rooms, 0);
  assert_int_equal(clinic->max_leaders, 1);
  clinic_free(clinic);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(faults_of_headers),
      cmocka_unit_test(one_fault_is_reported_once),
      cmocka_unit_test(all_files_are_read_in_one_run),
      cmocka_unit_test(names_are_never_shown),
      cmocka_unit_test(shown_values_are_safe_to_print),
      cmocka_unit_test(semicolons_bring_decimal_commas_and_quoted_lists),
      cmocka_unit_test(nobody_at_all_is_a_clinic_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
