/* Weekly hours and exceptions, and the windows that they come to. */
#include <stdlib.h>

#include "clinic_files.h"
#include "iopsched/text.h"
#include "unit.h"

#define WEEKLY "kind,id,day,start,end,preference\n"
#define THIS_WEEK "kind,id,date,until,start,end,effect\n"

/* "Mon 09:00-12:00 Tue 08:00-21:00"; what spans days is cut at midnight. */
static char *described(const struct windows *windows) {
  struct text text = {0};
  text_add(&text, "");
  for (int i = 0; i < windows->n; i++) {
    int start = windows->list[i].start_min, end = windows->list[i].end_min;
    for (int next; start < end; start = next) {
      next = (day_of(start) + 1) * DAY_MIN < end ? (day_of(start) + 1) * DAY_MIN : end;
      char from[CLOCK_TEXT], to[CLOCK_TEXT];
      clock_format(start, false, from);
      clock_format(next, true, to);
      text_printf(&text, "%s%s %s-%s", text.length ? " " : "", day_names[day_of(start)], from, to);
    }
  }
  return text.data;
}

static void check_windows(const struct windows *windows, const char *expected) {
  char *text = described(windows);
  assert_string_equal(text, expected);
  for (int i = 1; i < windows->n; i++)
    assert_true(windows->list[i - 1].end_min < windows->list[i].start_min);
  free(text);
}

struct hours_case {
  const char *program, *weekly, *this_week;
  const char *opening, *patient, *preferred, *therapist, *room; /* P1, T1, R1; NULL: not asked */
};

static void check_hours(const struct hours_case *cases, size_t n) {
  for (size_t i = 0; i < n; i++) {
    struct text program = {0}, weekly = {0}, this_week = {0};
    text_printf(&program, "setting,value\ndays,Mon;Tue\nopen,09:00\nclose,17:00\n%s",
                cases[i].program);
    text_printf(&weekly, WEEKLY "%s", cases[i].weekly);
    text_printf(&this_week, THIS_WEEK "%s", cases[i].this_week);
    struct clinic *clinic = clinic_from_texts((const file_text[]){
        {"program.csv", program.data},
        {"availability.csv", weekly.data},
        {"exceptions.csv", this_week.data},
        {"patients.csv", "patient_id,min_hours,max_hours,min_days,max_days\nP1,9,20,3,5\n"},
        {NULL, NULL}});
    if (cases[i].opening) check_windows(&clinic->opening, cases[i].opening);
    if (cases[i].patient) check_windows(&clinic->patients[0].available, cases[i].patient);
    if (cases[i].preferred) check_windows(&clinic->patients[0].preferred, cases[i].preferred);
    if (cases[i].therapist) check_windows(&clinic->therapists[0].available, cases[i].therapist);
    if (cases[i].room) check_windows(&clinic->rooms[0].available, cases[i].room);
    clinic_free(clinic);
    text_free(&program);
    text_free(&weekly);
    text_free(&this_week);
  }
}

#define ALL_OPEN "Mon 09:00-17:00 Tue 09:00-17:00"

static void weekly_hours(void **state) {
  (void)state;
  static const struct hours_case cases[] = {
      {"", "", "", ALL_OPEN, ALL_OPEN, "", ALL_OPEN, ALL_OPEN},
      /* windows join, then shrink inward to the grid */
      {"",
       "patient,P1,Mon,10:10,11:20,\npatient,P1,Mon,11:20,12:40,\npatient,P1,Mon,13:10,13:50,\n",
       "", ALL_OPEN, "Mon 10:30-12:30", "", ALL_OPEN, ALL_OPEN},
      {"", "patient,P1,mon|Tuesday,9:00 AM,12:00:00,Available\npatient,P1,Mon,11:00,13:00,\n", "",
       NULL, "Mon 09:00-13:00 Tue 09:00-12:00", "", NULL, NULL},
      /* patients and rooms within opening hours, therapists' own hours as they are */
      {"",
       "patient,P1,all,00:00,24:00,\ntherapist,T1,Mon,08:00,18:00,\nroom,R1,Tue,08:00,10:00,\n"
       "therapist,T1,Sun,10:00,11:00,\n",
       "", ALL_OPEN, ALL_OPEN, "", "Mon 08:00-18:00 Sun 10:00-11:00", "Tue 09:00-10:00"},
      /* preferred hours are hours too, where there are others */
      {"", "patient,P1,Mon,10:00,12:00,preferred\n", "", NULL, ALL_OPEN, "Mon 10:00-12:00", NULL,
       NULL},
      {"",
       "patient,P1,Mon,10:00,12:00,preferred\npatient,P1,Tue,09:00,10:00,available\n"
       "patient,P1,Mon,11:30,13:10,preferred\ntherapist,T1,Mon,10:00,12:00,preferred\n",
       "", NULL, "Mon 10:00-13:00 Tue 09:00-10:00", "Mon 10:00-13:00", ALL_OPEN, NULL},
      /* a day of its own; the lunch break joins nothing */
      {"", "program,,Tue,10:00,12:10,\nprogram,,Tue,12:50,14:00,\n", "",
       "Mon 09:00-17:00 Tue 10:00-12:00 Tue 13:00-14:00",
       "Mon 09:00-17:00 Tue 10:00-12:00 Tue 13:00-14:00", "",
       "Mon 09:00-17:00 Tue 10:00-12:00 Tue 13:00-14:00", NULL},
      {"", "program,,all,00:00,24:00,\n", "", "Mon 00:00-24:00 Tue 00:00-24:00", NULL, NULL, NULL,
       NULL},
  };
  check_hours(cases, COUNT(cases));
}

static void exceptions(void **state) {
  (void)state;
  static const struct hours_case cases[] = {
      {"", "", "patient,P1,2026-11-30,,,,\ntherapist,T1,12/1/2026,,12:00,,off\n", ALL_OPEN,
       "Tue 09:00-17:00", "", "Mon 09:00-17:00 Tue 09:00-12:00", ALL_OPEN},
      {"", "", "room,R1,2026-11-30,2026-12-01,,10:10,\n", NULL, ALL_OPEN, "", NULL,
       "Mon 10:30-17:00 Tue 10:30-17:00"},
      /* other weeks are ignored, also in part */
      {"", "", "patient,P1,2026-11-20,2026-11-30,,,\npatient,P1,2026-12-07,2026-12-08,,,\n", NULL,
       "Tue 09:00-17:00", "", NULL, NULL},
      {"", "", "patient,P1,1900-01-01,2999-12-31,,,\n", NULL, "", "", NULL, NULL},
      /* on adds, within opening hours */
      {"", "patient,P1,Mon,09:00,10:10,\ntherapist,T1,Mon,16:00,18:00,\n",
       "patient,P1,2026-11-30,,10:10,11:00,on\npatient,P1,2026-12-01,,,,on\n"
       "therapist,T1,2026-12-01,,08:00,09:30,on\n",
       NULL, "Mon 09:00-11:00 Tue 09:00-17:00", "", "Mon 16:00-18:00 Tue 09:00-09:30", NULL},
      /* off wins over on */
      {"", "patient,P1,Mon,09:00,10:00,\n",
       "patient,P1,2026-12-01,,,,on\npatient,P1,2026-12-01,,12:00,13:00,off\n"
       "patient,P1,2026-11-30,,09:40,,OFF\n",
       NULL, "Mon 09:00-09:30 Tue 09:00-12:00 Tue 13:00-17:00", "", NULL, NULL},
      /* the program is closed: for all, but for therapists with hours of their own */
      {"", "therapist,T1,Tue,10:00,18:00,\n",
       "program,,2026-12-01,,,,\nprogram,,2026-11-30,,12:10,12:20,\npatient,P1,2026-12-01,,,,on\n",
       "Mon 09:00-12:00 Mon 12:30-17:00", "Mon 09:00-12:00 Mon 12:30-17:00", "", "Tue 10:00-18:00",
       "Mon 09:00-12:00 Mon 12:30-17:00"},
      /* a preference stays one when all of it falls out */
      {"", "patient,P1,Mon,10:00,12:00,preferred\n", "patient,P1,2026-11-30,,,,off\n", NULL,
       "Tue 09:00-17:00", "Mon 10:00-12:00", NULL, NULL},
  };
  check_hours(cases, COUNT(cases));
}

static void a_patient_is_there_from_admission_to_discharge(void **state) {
  (void)state;
  struct clinic *clinic = clinic_from_texts(
      (const file_text[]){{"program.csv", "setting,value\nopen,09:00\nclose,10:00\n"},
                          {"patients.csv",
                           "patient_id,min_hours,max_hours,min_days,max_days,admitted,discharged\n"
                           "P1,9,20,3,5,2026-12-02,2026-12-03\n"},
                          {"exceptions.csv", THIS_WEEK "patient,P1,2026-12-04,,,,on\n"},
                          {NULL, NULL}});
  check_windows(&clinic->patients[0].available, "Wed 09:00-10:00 Thu 09:00-10:00");
  clinic_free(clinic);
}

/* Within opening hours, less what another exception takes away; for patients while they are here.
 */
static void exceptions_could_add_hours_where_none_takes_them_away(void **state) {
  (void)state;
  struct clinic *clinic = clinic_from_texts((const file_text[]){
      {"program.csv", "setting,value\ndays,Mon;Tue\nopen,09:00\nclose,17:00\n"},
      {"patients.csv",
       "patient_id,min_hours,max_hours,min_days,max_days,admitted\n"
       "P1,9,20,3,5,2026-12-01\n"},
      {"availability.csv", WEEKLY "patient,P1,Tue,09:00,10:00,\ntherapist,T1,Mon,16:00,19:00,\n"},
      {"exceptions.csv", THIS_WEEK "patient,P1,2026-12-01,,16:10,,\ntherapist,T1,2026-12-01,,,,\n"
                                   "room,R1,2026-11-30,,,10:10,off\nroom,R1,2026-12-01,,,,on\n"},
      {NULL, NULL}});
  check_windows(&clinic->patients[0].addable, "Tue 09:00-16:00");
  check_windows(&clinic->therapists[0].addable, "Mon 09:00-17:00");
  check_windows(&clinic->rooms[0].addable, "Mon 10:30-17:00 Tue 09:00-17:00");
  clinic_free(clinic);
}

/* As many rows as to make the reader join them on the way. */
static void many_rows_come_to_the_same(void **state) {
  (void)state;
  struct text weekly = {0};
  text_add(&weekly, WEEKLY);
  for (int i = 0; i < 20000; i++) {
    int minute = 540 + i / 2 * 37 % 240;
    text_printf(&weekly, "patient,P%d,%s,%02d:%02d,%02d:%02d,\n", 1 + i % 2,
                i / 480 % 3 ? "Mon" : "Tue", minute / 60, minute % 60, (minute + 1) / 60,
                (minute + 1) % 60);
  }
  struct clinic *clinic =
      clinic_from_texts((const file_text[]){{"availability.csv", weekly.data}, {NULL, NULL}});
  for (int patient = 0; patient < 2; patient++)
    check_windows(&clinic->patients[patient].available, "Mon 09:00-13:00 Tue 09:00-13:00");
  clinic_free(clinic);
  text_free(&weekly);
}

static void faults_of_weekly_hours(void **state) {
  (void)state;
  static const struct fault_case cases[] = {
      {WEEKLY "pateint,P1,Mon,09:00,10:00,\n,P1,Mon,09:00,10:00,\n",
       "2: kind: error: 'pateint' is not 'patient', 'therapist', 'room' or 'program'\n"
       "3: kind: error: an empty cell: a value is required\n"},
      {WEEKLY "patient,P01,Mon,09:00,10:00,\npatient,T1,Mon,09:00,10:00,\n"
              "therapist,P1,Mon,09:00,10:00,\nroom,r1,Mon,09:00,10:00,\npatient,,Mon,09:00,10:00,\n"
              "program,P1,Mon,09:00,10:00,\n",
       "2: id: error: no patient 'P01' in patients.csv: did you mean 'P1'?\n"
       "3: id: error: 'T1' is a therapist, not a patient\n"
       "4: id: error: 'P1' is a patient, not a therapist\n"
       "5: id: error: 'r1' is written 'R1' in rooms.csv\n"
       "6: id: error: an empty cell: the id of a patient is required\n"
       "7: id: error: 'P1' is not wanted: the hours of the program are nobody's\n"},
      {WEEKLY "patient,P1,Mo,9,10:61,maybe\npatient,P1,,,,\n",
       "2: day: error: 'Mo' is not a day (Mon, Tue, Wed, Thu, Fri, Sat, Sun or all)\n"
       "2: start: error: '9' is not a time of day from 00:00 to 24:00\n"
       "2: end: error: '10:61' is not a time of day from 00:00 to 24:00\n"
       "2: preference: error: 'maybe' is not 'available' or 'preferred'\n"
       "3: day: error: an empty cell: a value is required\n"
       "3: start: error: an empty cell: a value is required\n"
       "3: end: error: an empty cell: a value is required\n"},
      {WEEKLY
       "patient,P1,Mon,10:00,09:00,\npatient,P1,Mon,24:00,00:00,\nroom,R1,all,09:00,09:00,\n",
       "2: end: error: '09:00' is not after start '10:00'\n"
       "3: end: error: '00:00' is not after start '24:00'\n"
       "4: end: error: '09:00' is not after start '09:00'\n"},
      {WEEKLY "program,,Sat,09:00,10:00,\nprogram,,Mon,09:00,10:00,preferred\n",
       "2: day: warning: Sat is no day of operation (setting 'days'): its hours are ignored\n"
       "3: preference: error: 'preferred' is not for the program\n"},
      {"day,end,id,kind,start\nMo,9,P9,patient,x\n",
       "2: day: error: 'Mo' is not a day (Mon, Tue, Wed, Thu, Fri, Sat, Sun or all)\n"
       "2: end: error: '9' is not a time of day from 00:00 to 24:00\n"
       "2: id: error: no patient 'P9' in patients.csv: did you mean 'P1'?\n"
       "2: start: error: 'x' is not a time of day from 00:00 to 24:00\n"},
  };
  check_faults("availability.csv", cases, COUNT(cases));
}

static void faults_of_exceptions(void **state) {
  (void)state;
  static const struct fault_case cases[] = {
      {THIS_WEEK "patient,P9,soon,later,x,y,gone\n",
       "2: id: error: no patient 'P9' in patients.csv: did you mean 'P1'?\n"
       "2: date: error: 'soon' is not a date such as 2026-11-30\n"
       "2: until: error: 'later' is not a date such as 2026-11-30\n"
       "2: start: error: 'x' is not a time of day from 00:00 to 24:00\n"
       "2: end: error: 'y' is not a time of day from 00:00 to 24:00\n"
       "2: effect: error: 'gone' is not 'off' or 'on'\n"},
      {THIS_WEEK "patient,P1,,,,,\npatient,P1,2026-12-01,2026-11-30,,,\n",
       "2: date: error: an empty cell: a value is required\n"
       "3: until: error: '2026-11-30' is before date '2026-12-01'\n"},
      {THIS_WEEK "patient,P1,2026-12-01,,10:00,10:00,\npatient,P1,2026-12-01,,,00:00,\n"
                 "patient,P1,2026-12-01,,24:00,,\n",
       "2: end: error: '10:00' is not after start '10:00'\n"
       "3: end: error: '00:00' is not after start '00:00'\n"
       "4: start: error: '24:00' is not before the day's end\n"},
      {THIS_WEEK "program,,2026-12-01,,,,on\nprogram,T1,2026-12-01,,,,\n",
       "2: effect: error: 'on' is not for the program: its hours are in availability.csv\n"
       "3: id: error: 'T1' is not wanted: the hours of the program are nobody's\n"},
  };
  check_faults("exceptions.csv", cases, COUNT(cases));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(weekly_hours),
      cmocka_unit_test(exceptions),
      cmocka_unit_test(a_patient_is_there_from_admission_to_discharge),
      cmocka_unit_test(exceptions_could_add_hours_where_none_takes_them_away),
      cmocka_unit_test(many_rows_come_to_the_same),
      cmocka_unit_test(faults_of_weekly_hours),
      cmocka_unit_test(faults_of_exceptions),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
