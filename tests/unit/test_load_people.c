/* patients.csv with phases and payers, therapists.csv and rooms.csv. */
#include <stdlib.h>
#include <string.h>

#include "clinic_files.h"
#include "iopsched/text.h"
#include "unit.h"

#define LIMITS "min_hours,max_hours,min_days,max_days"

static void every_column_is_read(void **state) {
  (void)state;
  struct clinic *clinic = clinic_from_texts((const file_text[]){
      {"patients.csv",
       "patient_id,name,min_hours,max_hours,min_days,max_days,phase,admitted,discharged,tags,"
       "primary_therapist,telehealth,payer,priority\n"
       "P1,Ann,9.25,12.5,3,4,,2026-11-01,12/24/2026,women;dual;women,T2,Only,Aetna HMO,2.5\n"
       "P2,,9,9,3,3,,,,,,n,,10\n"},
      {"payers.csv",
       "payer,name,day_min_hours,day_min_services,citation\n"
       "Aetna HMO,,3,2,\"Policy 12, page 3\"\nSelf,Own purse,,,\n"},
      {"therapists.csv",
       "therapist_id,name,credentials,max_hours_day,max_hours_week\n"
       "T1,,,,\nT2,Bo,LCSW,6.5,30\n"},
      {"rooms.csv", "room_id,name,capacity,features\nR1,Blue room,8,sofa\n"},
      {NULL, NULL}});
  const struct patient *patient = &clinic->patients[0], *other = &clinic->patients[1];
  assert_string_equal(patient->name, "Ann");
  assert_int_equal(patient->min_minutes, 555);
  assert_int_equal(patient->max_minutes, 750);
  assert_int_equal(patient->min_days, 3);
  assert_int_equal(patient->max_days, 4);
  assert_int_equal(patient->tags.n, 2);
  assert_string_equal(clinic->tags[patient->tags.list[0]], "women");
  assert_string_equal(clinic->tags[patient->tags.list[1]], "dual");
  assert_int_equal(clinic->n_tags, 2);
  assert_int_equal(patient->primary, 1);
  assert_int_equal(patient->telehealth, TELEHEALTH_ONLY);
  assert_int_equal(patient->payer, 0);
  assert_int_equal(patient->priority_milli, 2500);
  assert_null(other->name);
  assert_int_equal(other->telehealth, TELEHEALTH_NO);
  assert_int_equal(other->payer, NONE);
  assert_int_equal(other->priority_milli, 10000);
  const struct payer *payer = &clinic->payers[0];
  assert_int_equal(clinic->n_payers, 2);
  assert_string_equal(payer->id, "Aetna HMO");
  assert_string_equal(payer->name, "Aetna HMO");
  assert_int_equal(payer->day_min_minutes, 180);
  assert_int_equal(payer->day_min_services, 2);
  assert_string_equal(payer->citation, "Policy 12, page 3");
  assert_string_equal(clinic->payers[1].name, "Own purse");
  assert_int_equal(clinic->payers[1].day_min_minutes, 0);
  assert_string_equal(clinic->therapists[0].name, "T1");
  assert_string_equal(clinic->therapists[1].name, "Bo");
  assert_int_equal(clinic->therapists[1].max_minutes_day, 390);
  assert_int_equal(clinic->therapists[1].max_minutes_week, 1800);
  assert_string_equal(clinic->rooms[0].name, "Blue room");
  assert_int_equal(clinic->rooms[0].capacity, 8);
  clinic_free(clinic);
}

static const char phases[] =
    "phase,from_week,to_week," LIMITS "\nPHP,1,2,18,20,5,5\nIOP,3,8,12,15,4,5\nStep,10,,9,9,3,3\n";

/* The planned week's Monday is 2026-11-30. */
static void a_phase_follows_the_week_of_treatment(void **state) {
  (void)state;
  static const struct {
    const char *cells; /* min_hours ... max_days, phase, admitted */
    int min_minutes, max_minutes, min_days, max_days;
  } cases[] = {
      {",,,,,2026-11-30", 1080, 1200, 5, 5}, /* week 1 */
      {",,,,,2026-11-17", 1080, 1200, 5, 5}, /* week 2: its 14th day */
      {",,,,,2026-11-16", 720, 900, 4, 5},   /* week 3: its first day */
      {",,,,,2026-12-04", 210, 1200, 1, 5},  /* later: week 1, and 1/5 of the minimum */
      {",,,,,2026-09-28", 540, 540, 3, 3},   /* week 10 */
      {",,,,,2020-01-01", 540, 540, 3, 3},
      {",,,,IOP,2026-11-30", 720, 900, 4, 5}, /* the named one wins */
      {",,,,Step,", 540, 540, 3, 3},
      {"10,,,4,IOP,", 600, 900, 4, 4}, /* cell by cell */
      {"9,9,3,3,,2026-11-30", 540, 540, 3, 3},
      {"9,9,3,3,,2026-10-05", 540, 540, 3, 3}, /* week 9 has no phase */
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct text text = {0};
    text_printf(&text, "patient_id," LIMITS ",phase,admitted\nP,%s\n", cases[i].cells);
    struct clinic *clinic = clinic_from_texts(
        (const file_text[]){{"patients.csv", text.data}, {"phases.csv", phases}, {NULL, NULL}});
    const struct patient *patient = &clinic->patients[0];
    if (patient->min_minutes != cases[i].min_minutes ||
        patient->max_minutes != cases[i].max_minutes || patient->min_days != cases[i].min_days ||
        patient->max_days != cases[i].max_days)
      fail_msg("%s: %d %d %d %d", cases[i].cells, patient->min_minutes, patient->max_minutes,
               patient->min_days, patient->max_days);
    clinic_free(clinic);
    text_free(&text);
  }
}

static void part_of_a_week_owes_a_share(void **state) {
  (void)state;
  static const struct {
    const char *days, *admitted, *discharged;
    bool takes_part;
    int first_day, last_day, min_minutes, min_days;
  } cases[] = {
      /* of 10.25 h and 4 days */
      {"Mon;Tue;Wed;Thu;Fri", "", "", true, 0, 6, 615, 4},
      {"Mon;Tue;Wed;Thu;Fri", "2026-12-02", "", true, 2, 6, 360, 2},
      {"Mon;Tue;Wed;Thu;Fri", "", "2026-12-01", true, 0, 1, 240, 1},
      {"Mon;Tue;Wed;Thu;Fri", "2026-12-01", "2026-12-04", true, 1, 4, 480, 3},
      {"Mon;Tue;Wed;Thu;Fri", "2026-11-30", "2026-12-05", true, 0, 5, 615, 4},
      {"Mon;Tue;Wed;Thu;Fri", "2026-12-05", "", false, 0, -1, 0, 0},
      {"Mon;Tue;Wed;Thu;Fri", "", "2026-11-29", false, 0, -1, 0, 0},
      {"Mon;Tue;Wed;Thu;Fri", "2027-01-01", "", false, 0, -1, 0, 0},
      {"Mon;Wed;Sat", "2026-12-05", "", true, 5, 6, 195, 1},
      {"Mon;Wed;Sat", "2026-12-01", "2026-12-02", true, 1, 2, 195, 1},
      {"Mon;Wed;Sat", "2026-12-01", "2026-12-01", false, 0, -1, 0, 0},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct text patients = {0}, program = {0};
    text_printf(&program, "setting,value\ndays,%s\n", cases[i].days);
    text_printf(&patients, "patient_id," LIMITS ",admitted,discharged\nP,10.25,12,4,4,%s,%s\n",
                cases[i].admitted, cases[i].discharged);
    struct clinic *clinic = clinic_from_texts(
        (const file_text[]){{"patients.csv", patients.data},
                            {"program.csv", program.data},
                            {"requirements.csv", "applies_to,service,min_sessions\nall,Grp,4\n"},
                            /* a closed day counts in both n and N */
                            {"exceptions.csv", "kind,id,date\nprogram,,2026-12-02\n"},
                            {NULL, NULL}});
    const struct patient *patient = &clinic->patients[0];
    if (patient->takes_part != cases[i].takes_part || patient->first_day != cases[i].first_day ||
        patient->last_day != cases[i].last_day || patient->min_minutes != cases[i].min_minutes ||
        patient->min_days != cases[i].min_days)
      fail_msg("case %zu: %d %d %d %d %d", i, patient->takes_part, patient->first_day,
               patient->last_day, patient->min_minutes, patient->min_days);
    assert_int_equal(patient->n_needs, patient->takes_part);
    if (patient->takes_part) assert_int_equal(patient->needs[0].min_sessions, patient->min_days);
    if (!patient->takes_part) assert_int_equal(patient->available.n, 0);
    clinic_free(clinic);
    text_free(&patients);
    text_free(&program);
  }
}

static void who_takes_no_part_needs_no_limits(void **state) {
  (void)state;
  static const struct fault_case cases[] = {
      {"patient_id," LIMITS ",discharged\nP,,,,,2026-11-01\n", ""},
      {"patient_id," LIMITS ",discharged\nP,8,,,,2026-11-01\n",
       "2: min_hours: error: '8' is below hours_floor '9' (if it is meant, set hours_floor to 8 or "
       "less in program.csv)\n"},
  };
  check_faults("patients.csv", cases, COUNT(cases));
}

static const struct fault_case patient_faults[] = {
    {"patient_id," LIMITS "\nT1,9,20,3,5\nr1,9,20,3,5\nP,9,20,3,5\nP,9,20,3,5\n",
     "2: patient_id: error: 'T1' is already the id of a therapist (therapists.csv, line 2)\n"
     "3: patient_id: error: 'r1' is already the id of a room (rooms.csv, line 2)\n"
     "5: patient_id: error: 'P' is already on line 4\n"},
    {"patient_id," LIMITS "\nP,nine,169,1.5,8\n",
     "2: min_hours: error: 'nine' is not a number of hours from 0 to 168, in quarter hours\n"
     "2: max_hours: error: '169' is not a number of hours from 0 to 168, in quarter hours\n"
     "2: min_days: error: '1.5' is not a whole number from 0 to 7\n"
     "2: max_days: error: '8' is not a whole number from 0 to 7\n"},
    {"patient_id," LIMITS "\nP,9.1,12.125,3,5\n",
     "2: min_hours: error: '9.1' is not a number of hours from 0 to 168, in quarter hours\n"
     "2: max_hours: error: '12.125' is not a number of hours from 0 to 168, in quarter hours\n"},
    {"patient_id," LIMITS "\nP,9,8,4,3\n",
     "2: max_hours: error: '8' is below min_hours '9'\n"
     "2: max_days: error: '3' is below min_days '4'\n"},
    {"patient_id," LIMITS "\nP,8,21,2,6\nQ,8.75,8.75,2,2\n",
     "2: min_hours: error: '8' is below hours_floor '9' (if it is meant, set hours_floor to 8 or "
     "less in program.csv)\n"
     "2: max_hours: error: '21' is above hours_ceiling '20' (if it is meant, set hours_ceiling "
     "to "
     "21 or more in program.csv)\n"
     "2: min_days: error: '2' is below days_floor '3' (if it is meant, set days_floor to 2 or "
     "less in program.csv)\n"
     "2: max_days: error: '6' is above days_ceiling '5' (if it is meant, set days_ceiling to 6 "
     "or more in program.csv)\n"
     "3: min_hours: error: '8.75' is below hours_floor '9' (if it is meant, set hours_floor to "
     "8.75 or less in program.csv)\n"
     "3: max_hours: error: '8.75' is below hours_floor '9' (if it is meant, set hours_floor to "
     "8.75 or less in program.csv)\n"
     "3: min_days: error: '2' is below days_floor '3' (if it is meant, set days_floor to 2 or "
     "less in program.csv)\n"
     "3: max_days: error: '2' is below days_floor '3' (if it is meant, set days_floor to 2 or "
     "less in program.csv)\n"},
    {"patient_id," LIMITS "\nP,9,20,,5\n",
     "2: min_days: error: an empty cell: a value is required\n"},
    {"patient_id,min_hours\nP,9\n",
     "2: max_hours: error: an empty cell: a value is required\n"
     "2: min_days: error: an empty cell: a value is required\n"
     "2: max_days: error: an empty cell: a value is required\n"},
    {"patient_id," LIMITS ",admitted,discharged\nP,9,20,3,5,2026-13-01,tomorrow\n"
     "Q,9,20,3,5,2026-12-02,2026-12-01\n",
     "2: admitted: error: '2026-13-01' is not a date such as 2026-11-30\n"
     "2: discharged: error: 'tomorrow' is not a date such as 2026-11-30\n"
     "3: discharged: error: '2026-12-01' is before admitted '2026-12-02'\n"},
    {"patient_id," LIMITS ",primary_therapist,payer,phase,telehealth,priority\n"
     "P,9,20,3,5,T3,Aetna,PHP,perhaps,0.05\nQ,9,20,3,5,t1,,,,11\nR,9,20,3,5,R1,,,,1.0001\n",
     "2: primary_therapist: error: no therapist 'T3' in therapists.csv: did you mean 'T1'?\n"
     "2: payer: error: no payer 'Aetna' in payers.csv\n"
     "2: phase: error: no phase 'PHP' in phases.csv\n"
     "2: telehealth: error: 'perhaps' is not 'yes', 'no' or 'only'\n"
     "2: priority: error: '0.05' is not a number from 0.1 to 10 with at most three decimals\n"
     "3: primary_therapist: error: 't1' is written 'T1' in therapists.csv\n"
     "3: priority: error: '11' is not a number from 0.1 to 10 with at most three decimals\n"
     "4: primary_therapist: error: 'R1' is a room, not a therapist\n"
     "4: priority: error: '1.0001' is not a number from 0.1 to 10 with at most three decimals\n"},
    {"patient_id," LIMITS ",tags\nP,9,20,3,5,"
     "ok;01234567890123456789012345678901234567890123456789012345678901234\n",
     "2: tags: error: '012345678901234567890123456789012345678901234567890123456789...' is "
     "longer "
     "than 64 bytes\n"},
};

static void faults_of_patients(void **state) {
  (void)state;
  check_faults("patients.csv", patient_faults, COUNT(patient_faults));
}

/* Patients' limits held against those of their phase. */
static void faults_between_patient_and_phase(void **state) {
  (void)state;
  static const char patients[] =
      "patient_id," LIMITS
      ",phase,admitted\n"
      "A,,11,,3,IOP,\nB,16,,,,IOP,\nC,,,,,,2026-10-05\nD,,,,,,\nE,,,,,Bare,\nF,,,,,IPO,\n"
      "G,,,,,,bad\nH,,,,,IOP,\n";
  static const char *const lines[] = {
      "patients.csv:2: max_hours: error: '11' is below min_hours '12' of phase 'IOP'\n",
      "patients.csv:2: max_days: error: '3' is below min_days '4' of phase 'IOP'\n",
      "patients.csv:3: min_hours: error: '16' is above max_hours '15' of phase 'IOP'\n",
      ("patients.csv:4: min_hours: error: an empty cell, and no phase of phases.csv covers week 9 "
       "of treatment\n"),
      ("patients.csv:5: max_days: error: an empty cell: a value, a phase or an admission date is "
       "required\n"),
      "patients.csv:6: min_days: error: an empty cell, and phase 'Bare' gives no min_days\n",
      "patients.csv:7: phase: error: no phase 'IPO' in phases.csv: did you mean 'IOP'?\n",
      "patients.csv:8: admitted: error: 'bad' is not a date such as 2026-11-30\n",
  };
  struct text text = {0};
  text_printf(&text, "%sBare,100,200,,,,\n",
              "phase,from_week,to_week," LIMITS
              "\n"
              "PHP,1,2,18,20,5,5\nIOP,3,8,12,15,4,5\n");
  enum load_status status;
  char *faults = faults_of_texts(
      (const file_text[]){{"patients.csv", patients}, {"phases.csv", text.data}, {NULL, NULL}},
      &status);
  for (size_t i = 0; i < COUNT(lines); i++)
    if (!strstr(faults, lines[i])) fail_msg("no\n%sin\n%s", lines[i], faults);
  size_t n = 0;
  for (const char *c = faults; *c; c++) n += *c == '\n';
  assert_int_equal(n, 2 + 1 + 4 + 4 + 4 + 1 + 1);
  free(faults);
  text_free(&text);
}

static void faults_of_phases(void **state) {
  (void)state;
  static const struct fault_case cases[] = {
      {"phase,from_week,to_week," LIMITS "\nA,1,4,,,,\nB,4,6,,,,\nC,5,,,,,\nD,1,1,,,,\n",
       "3: from_week: error: '4' is a week of phase 'A' (line 2) too: phases must not overlap\n"
       "4: from_week: error: '5' is a week of phase 'B' (line 3) too: phases must not overlap\n"
       "5: from_week: error: '1' is a week of phase 'A' (line 2) too: phases must not overlap\n"},
      {"phase,from_week,to_week\nA,3,2\nB,0,x\nC,5001,\nD,,\na,9,9\n",
       "2: to_week: error: '2' is below from_week '3'\n"
       "3: from_week: error: '0' is not a whole number from 1 to 5000\n"
       "3: to_week: error: 'x' is not a whole number from 1 to 5000\n"
       "4: from_week: error: '5001' is not a whole number from 1 to 5000\n"
       "5: from_week: error: an empty cell: a value is required\n"
       "6: phase: error: 'a' is already on line 2 as 'A': case does not tell them apart\n"},
      {"phase,from_week,to_week," LIMITS "\nA,1,8,8,25,,\nB,9,,12,10,5,4\n",
       "2: min_hours: error: '8' is below hours_floor '9' (if it is meant, set hours_floor to 8 or "
       "less in program.csv)\n"
       "2: max_hours: error: '25' is above hours_ceiling '20' (if it is meant, set hours_ceiling "
       "to "
       "25 or more in program.csv)\n"
       "3: max_hours: error: '10' is below min_hours '12'\n"
       "3: max_days: error: '4' is below min_days '5'\n"},
  };
  check_faults("phases.csv", cases, COUNT(cases));
}

static void faults_of_payers_therapists_and_rooms(void **state) {
  (void)state;
  static const struct fault_case payers[] = {
      {"payer,day_min_hours,day_min_services\nA,25,-1\n,0,0\nA,,\n",
       "2: day_min_hours: error: '25' is not a number of hours from 0 to 24, in whole minutes\n"
       "2: day_min_services: error: '-1' is not a whole number from 0 to 1000\n"
       "3: payer: error: an empty cell: a value is required\n"
       "4: payer: error: 'A' is already on line 2\n"},
  };
  static const struct fault_case therapists[] = {
      {"therapist_id,credentials,max_hours_day,max_hours_week\nT,A+B,24.5,169\nT,,8,40\n",
       "2: credentials: error: 'A+B' holds a '+', which joins the roles of a service\n"
       "2: max_hours_day: error: '24.5' is not a number of hours from 0 to 24, in whole minutes\n"
       "2: max_hours_week: error: '169' is not a number of hours from 0 to 168, in whole minutes\n"
       "3: therapist_id: error: 'T' is already on line 2\n"},
  };
  static const struct fault_case rooms[] = {
      {"room_id,capacity\nA,0\nB,2000000000\nC,\nT1,5\nD,5.5\n",
       "2: capacity: error: '0' is not a whole number from 1 to 100000\n"
       "3: capacity: error: '2000000000' is not a whole number from 1 to 100000\n"
       "4: capacity: error: an empty cell: a value is required\n"
       "5: room_id: error: 'T1' is already the id of a therapist (therapists.csv, line 2)\n"
       "6: capacity: error: '5.5' is not a whole number from 1 to 100000\n"},
      {"room_id\nA\n", "1: capacity: error: no column 'capacity', which is required\n"},
  };
  check_faults("payers.csv", payers, COUNT(payers));
  check_faults("therapists.csv", therapists, COUNT(therapists));
  check_faults("rooms.csv", rooms, COUNT(rooms));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_column_is_read),
      cmocka_unit_test(a_phase_follows_the_week_of_treatment),
      cmocka_unit_test(part_of_a_week_owes_a_share),
      cmocka_unit_test(who_takes_no_part_needs_no_limits),
      cmocka_unit_test(faults_of_patients),
      cmocka_unit_test(faults_between_patient_and_phase),
      cmocka_unit_test(faults_of_phases),
      cmocka_unit_test(faults_of_payers_therapists_and_rooms),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
