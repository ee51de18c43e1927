/* fixed.csv and apart.csv. */
#include <stdlib.h>

#include "clinic_files.h"
#include "iopsched/text.h"
#include "unit.h"

#define FIXED "service_id,day,start,therapist_id,room_id,patient_id,week\n"

static void add_ids(struct text *text, const struct ints *ints, const char *prefix) {
  for (int i = 0; i < ints->n; i++)
    text_printf(text, "%s%s%d", i ? ";" : "", prefix, ints->list[i] + 1);
  if (ints->n == 0) text_add(text, "-");
}

/* One line a fixed session: "Grp Mon 09:00 T1;T2 R1 P1;P2 (2 3)". */
static char *described(const struct clinic *clinic) {
  struct text text = {0};
  text_add(&text, "");
  for (int i = 0; i < clinic->n_fixed; i++) {
    const struct fixed_session *fixed = &clinic->fixed[i];
    char clock[CLOCK_TEXT];
    clock_format(fixed->start_min, false, clock);
    text_printf(&text, "%s %s %s ", clinic->services[fixed->service].id,
                day_names[day_of(fixed->start_min)], clock);
    add_ids(&text, &fixed->therapists, "T");
    text_add(&text, fixed->room == NONE ? " - " : " R1 ");
    add_ids(&text, &fixed->patients, "P");
    for (int line = 0; line < fixed->lines.n; line++)
      text_printf(&text, "%s%d", line ? " " : " (", fixed->lines.list[line]);
    text_add(&text, ")\n");
  }
  return text.data;
}

static void rows_make_sessions(void **state) {
  (void)state;
  static const struct {
    const char *rows, *sessions;
  } cases[] = {
      {"", ""},
      {"Grp,Mon,09:00,,,,\n", "Grp Mon 09:00 - - - (2)\n"},
      /* equal cells are one session, whatever the order of a list */
      {"Grp,Mon,09:00,T1;T2,R1,P3,\nGrp,monday,9:00 AM,T2|T1,R1,P1;P2;P1,\n",
       "Grp Mon 09:00 T1;T2 R1 P1;P2;P3 (2 3)\n"},
      /* empty equals only empty */
      {"Grp,Mon,09:00,T1,,P1,\nGrp,Mon,09:00,,,P2,\nGrp,Mon,09:00,T1,R1,,\nGrp,Mon,09:00,,,P3,\n"
       "Grp,Mon,09:00,T1;T2,,,\n",
       "Grp Mon 09:00 T1 - P1 (2)\nGrp Mon 09:00 - - P2;P3 (3 5)\nGrp Mon 09:00 T1 R1 - (4)\n"
       "Grp Mon 09:00 T1;T2 - - (6)\n"},
      /* individual sessions are one a row */
      {"Ind,Mon,09:00,T1,R1,P1,\nInd,Mon,09:00,T1,R1,P2,\n",
       "Ind Mon 09:00 T1 R1 P1 (2)\nInd Mon 09:00 T1 R1 P2 (3)\n"},
      /* by start, service, line */
      {"Ind,Tue,09:00,,,,\nGrp,Tue,09:00,,,,\nInd,Mon,10:00,,,,\nInd,Tue,08:30,,,,\n",
       "Ind Mon 10:00 - - - (4)\nInd Tue 08:30 - - - (5)\nGrp Tue 09:00 - - - (3)\n"
       "Ind Tue 09:00 - - - (2)\n"},
      /* of this week, or of every */
      {"Grp,Mon,09:00,,,P1,2026-W49\nGrp,Mon,09:00,,,P2,2026-w50\nGrp,Mon,09:00,,,P3,\n",
       "Grp Mon 09:00 - - P1;P3 (2 4)\n"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct text rows = {0};
    text_printf(&rows, FIXED "%s", cases[i].rows);
    struct clinic *clinic =
        clinic_from_texts((const file_text[]){{"fixed.csv", rows.data}, {NULL, NULL}});
    char *sessions = described(clinic);
    assert_string_equal(sessions, cases[i].sessions);
    free(sessions);
    clinic_free(clinic);
    text_free(&rows);
  }
}

static void rows_that_cannot_take_place_are_skipped(void **state) {
  (void)state;
  static const file_text files[] = {
      {"patients.csv",
       "patient_id,min_hours,max_hours,min_days,max_days,admitted,discharged\n"
       "P1,9,20,3,5,2026-12-02,\nP2,9,20,3,5,,2026-12-02\nP3,9,20,3,5,,2026-11-01\n"},
      {"exceptions.csv",
       "kind,id,date,start,end\nprogram,,2026-12-01,,\nprogram,,2026-12-03,09:00,21:00\n"},
      {"fixed.csv",
       FIXED "Grp,Sat,09:00,,,,\nGrp,Tue,09:00,,,,\nGrp,Thu,09:00,,,,\nGrp,Mon,09:00,,,P2;P1,\n"
             "Grp,Wed,09:00,,,P1;P2,\nGrp,Fri,09:00,,,P2,\nGrp,Wed,09:00,,,P3,\n"
             "Grp,Sun,09:00,,,,2026-W50\n"},
      {NULL, NULL}};
  enum load_status status;
  char *faults = faults_of_texts(files, &status);
  assert_string_equal(
      faults,
      "fixed.csv:2: day: warning: Sat is no day of operation: the row is skipped\n"
      "fixed.csv:3: day: warning: closed on Tue of this week: the row is skipped\n"
      "fixed.csv:5: patient_id: warning: patient 'P1' is not admitted on Mon of this week: the row "
      "is skipped\n"
      "fixed.csv:7: patient_id: warning: patient 'P2' is not admitted on Fri of this week: the row "
      "is skipped\n"
      "fixed.csv:8: patient_id: warning: patient 'P3' is not admitted on Wed of this week: the row "
      "is skipped\n");
  free(faults);
  struct clinic *clinic = clinic_from_texts(files);
  char *sessions = described(clinic);
  assert_string_equal(sessions, "Grp Wed 09:00 - - P1;P2 (6)\nGrp Thu 09:00 - - - (4)\n");
  free(sessions);
  clinic_free(clinic);
}

static void faults_of_fixed_rows(void **state) {
  (void)state;
  static const struct fault_case cases[] = {
      {FIXED "Gpr,Mon;Tue,noon,T9;T1;P1,R9,P1;P9,2026\n",
       "2: service_id: error: no service 'Gpr' in services.csv: did you mean 'Grp'?\n"
       "2: day: error: 'Mon;Tue' is not a day (Mon, Tue, Wed, Thu, Fri, Sat or Sun)\n"
       "2: start: error: 'noon' is not a time of day from 00:00 to 24:00\n"
       "2: therapist_id: error: no therapist 'T9' in therapists.csv: did you mean 'T1'?\n"
       "2: therapist_id: error: 'P1' is a patient, not a therapist\n"
       "2: room_id: error: no room 'R9' in rooms.csv: did you mean 'R1'?\n"
       "2: patient_id: error: no patient 'P9' in patients.csv: did you mean 'P1'?\n"
       "2: week: error: '2026' is not a week such as 2026-W49\n"},
      {FIXED ",,,,,,\nGrp,,,,,,\n,Mon,09:00,,,,\n",
       "3: day: error: an empty cell: a value is required\n"
       "3: start: error: an empty cell: a value is required\n"
       "4: service_id: error: an empty cell: a value is required\n"},
      {FIXED "Grp,Mon,09:10,,,,\nGrp,Mon,24:00,,,,\nGrp,Mon,09:10,,,,2027-W01\n",
       "2: start: error: '09:10' does not lie on the grid of slot_minutes (30) (H12)\n"
       "3: start: error: '24:00' is the end of a day: nothing can start there (H12)\n"
       "4: start: error: '09:10' does not lie on the grid of slot_minutes (30) (H12)\n"},
  };
  check_faults("fixed.csv", cases, COUNT(cases));
}

static void apart_is_kept_both_ways(void **state) {
  (void)state;
  struct clinic *clinic = clinic_from_texts((const file_text[]){
      {"apart.csv", "patient_id,apart_from\nP3,P1\nP1,P2\nP1,T2\nP2,P1\nP1,T1\nP1,T2\n"},
      {NULL, NULL}});
  static const char *const expected[] = {"P2;P3 T1;T2", "P1 -", "P1 -"};
  for (int i = 0; i < 3; i++) {
    struct text text = {0};
    add_ids(&text, &clinic->patients[i].apart_patients, "P");
    text_add(&text, " ");
    add_ids(&text, &clinic->patients[i].apart_therapists, "T");
    assert_string_equal(text.data, expected[i]);
    text_free(&text);
  }
  assert_true(clinic_apart_patients(clinic, 0, 2));
  assert_false(clinic_apart_patients(clinic, 1, 2));
  assert_true(clinic_apart_therapist(clinic, 0, 1));
  clinic_free(clinic);
}

static void faults_of_apart(void **state) {
  (void)state;
  static const struct fault_case cases[] = {
      {"patient_id,apart_from\nP9,P1\nP1,P9\nP1,R1\nP1,P1\nT1,P1\nP1,\n,P1\nP1,t1\nP1,T9\nP1,"
       "nobody\n",
       "2: patient_id: error: no patient 'P9' in patients.csv: did you mean 'P1'?\n"
       "3: apart_from: error: no patient or therapist 'P9': did you mean 'P1'?\n"
       "4: apart_from: error: 'R1' is a room, not a patient or therapist\n"
       "5: apart_from: error: 'P1' cannot be kept apart from themselves\n"
       "6: patient_id: error: 'T1' is a therapist, not a patient\n"
       "7: apart_from: error: an empty cell: a value is required\n"
       "8: patient_id: error: an empty cell: a value is required\n"
       "9: apart_from: error: 't1' is written 'T1' in therapists.csv\n"
       "10: apart_from: error: no patient or therapist 'T9': did you mean 'T1'?\n"
       "11: apart_from: error: no patient or therapist 'nobody'\n"},
  };
  check_faults("apart.csv", cases, COUNT(cases));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rows_make_sessions),
      cmocka_unit_test(rows_that_cannot_take_place_are_skipped),
      cmocka_unit_test(faults_of_fixed_rows),
      cmocka_unit_test(apart_is_kept_both_ways),
      cmocka_unit_test(faults_of_apart),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
