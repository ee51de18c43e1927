/* Errors of fixed rows that break a hard rule in a way that nothing added could mend, and no error
 * where something could. */
#include "check_cases.h"
#include "unit.h"

#define REL_AT_9 "the session of 'REL' on Mon at 09:00"

static void sound_rows(struct clinic *clinic) {
  clinic->visit_min_minutes = 120;
  service_of(clinic, "REL")->min_size = 3;
  clinic_set_leaders(clinic, "PRO", 2);
  clinic_add_fixed(clinic, "REL Mon 09:00 R1 T1 P1,P2", "2 3");
  clinic_add_fixed(clinic, "IND Mon 09:00 - - P3", "4");
  clinic_add_fixed(clinic, "PRO Mon 10:00 - T1 P1", "5");
  clinic_add_fixed(clinic, "TEL Tue 09:00 - - -", "6");
}

static void same_time(struct clinic *clinic) {
  clinic_add_fixed(clinic, "REL Mon 09:00 R1 T1 P1,P2", "2 3");
  clinic_add_fixed(clinic, "IND Mon 09:30 R1 T1 P2", "7");
}

static void one_too_many(struct clinic *clinic) {
  service_of(clinic, "REL")->max_size = 2;
  room_of(clinic, "R2")->capacity = 1;
  clinic_add_fixed(clinic, "REL Mon 09:00 R1 T1 P1,P2,P3", "2 3 4");
  clinic_add_fixed(clinic, "PRO Tue 09:00 R2 T1,T2 P1,P2", "5");
}

static void wrong_people(struct clinic *clinic) {
  nobody_may_lead(clinic, "REL");
  clinic_set_qualified(clinic, "REL", 0, "T2", true);
  clinic_set_eligible(clinic, "P1", "REL", false);
  patient_of(clinic, "P2")->available = windows_of(clinic, "Mon 10:00-21:00");
  clinic_keep_apart(clinic, "P3", "P4");
  clinic_add_fixed(clinic, "REL Mon 09:00 R1 T1 P1", "2");
  clinic_add_fixed(clinic, "PRO Mon 09:30 R2 T2 P2,P3,P4", "3");
}

static void too_much(struct clinic *clinic) {
  patient_of(clinic, "P1")->max_minutes = 120;
  patient_of(clinic, "P1")->max_days = 2;
  clinic_set_weekly_max(clinic, "P1", "REL", 2);
  service_of(clinic, "REL")->sessions_max = 2;
  therapist_of(clinic, "T1")->max_minutes_week = 120;
  clinic_add_fixed(clinic, "REL Mon 09:00 R1 T1 P1", "2");
  clinic_add_fixed(clinic, "REL Tue 09:00 R1 T1 P1", "3");
  clinic_add_fixed(clinic, "REL Wed 09:00 R1 T1 P1", "4");
}

static void wrong_places(struct clinic *clinic) {
  static struct start_rule at_nine = {NONE, 9 * 60};
  service_of(clinic, "REL")->starts = &at_nine;
  service_of(clinic, "REL")->n_starts = 1;
  clinic->travel_minutes = 60;
  clinic->break_after_minutes = 60;
  clinic->break_minutes = 60;
  clinic_add_fixed(clinic, "REL Mon 10:00 R1 T1 P1", "2");
  clinic_add_fixed(clinic, "TEL Mon 11:30 R2 T2 P1", "3");
  clinic_add_fixed(clinic, "PRO Mon 20:30 R2 T3 P2", "4");
}

static void by_the_rules(void **state) {
  (void)state;
  static const struct check_case cases[] = {
      {"to be completed", sound_rows, ""},
      {"one patient, therapist and room at once", same_time,
       "fixed.csv:2: error: breaks rule H1 with lines 3 and 7: patient 'P2' is in " REL_AT_9
       " until 10:00 and in the session of 'IND' on Mon at 09:30 from 09:30\n"
       "fixed.csv:2: error: breaks rule H2 with lines 3 and 7: therapist 'T1' is busy "
       "with " REL_AT_9 " until 10:00 and leads the session of 'IND' on Mon at 09:30 from 09:30\n"
       "fixed.csv:2: error: breaks rule H3 with lines 3 and 7: room 'R1' holds " REL_AT_9
       " until 10:00 and the session of 'IND' on Mon at 09:30 from 09:30\n"},
      {"too many people", one_too_many,
       "fixed.csv:2: error: breaks rule H4 with lines 3 and 4: " REL_AT_9
       ": 3 patients, at most 2 allowed\n"
       "fixed.csv:5: error: breaks rule H2: the session of 'PRO' on Tue at 09:00: 2 leaders, 1 "
       "needed\n"
       "fixed.csv:5: error: breaks rule H3: the session of 'PRO' on Tue at 09:00: 2 patients in "
       "room 'R2', which holds 1\n"},
      {"wrong people", wrong_people,
       "fixed.csv:2: error: breaks rule H2: " REL_AT_9
       ": therapist 'T1' has no credential of service 'REL'\n"
       "fixed.csv:2: error: breaks rule H8: " REL_AT_9
       ": patient 'P1' is not eligible for service 'REL': has none of the tags the service asks "
       "for\n"
       "fixed.csv:3: error: breaks rule H1: the session of 'PRO' on Mon at 09:30: patient 'P2' is "
       "not available on Mon 09:30-10:30\n"
       "fixed.csv:3: error: breaks rule H10: the session of 'PRO' on Mon at 09:30: patients 'P3' "
       "and 'P4' are to be kept apart\n"},
      {"above maxima", too_much,
       "fixed.csv:2: error: breaks rule H2 with lines 3 and 4: therapist 'T1' leads 3 hours in the "
       "week, at most 2 hours allowed\n"
       "fixed.csv:2: error: breaks rule H5 with lines 3 and 4: patient 'P1' has 3 hours in the "
       "week, at most 2 hours allowed\n"
       "fixed.csv:2: error: breaks rule H5 with lines 3 and 4: patient 'P1' attends on 3 days, at "
       "most 2 allowed\n"
       "fixed.csv:2: error: breaks rule H7 with lines 3 and 4: patient 'P1' has 3 sessions of "
       "service 'REL' in the week, at most 2 allowed\n"
       "fixed.csv:2: error: breaks rule H12 with lines 3 and 4: service 'REL' has 3 sessions in "
       "the week, at most 2 allowed\n"},
      {"wrong places and times", wrong_places,
       "fixed.csv:2: error: breaks rule H9 with line 3: patient 'P1' on Mon: 90 minutes in session "
       "within 120 minutes from 10:00, at most 60 allowed\n"
       "fixed.csv:2: error: breaks rule H9 with line 3: patient 'P1' has 30 minutes between the "
       "session of 'REL' on Mon at 10:00 and the session of 'TEL' on Mon at 11:30 (telehealth), at "
       "least 60 needed to travel\n"
       "fixed.csv:2: error: breaks rule H12: the session of 'REL' on Mon at 10:00: Mon at 10:00 is "
       "not among the starts of service 'REL'\n"
       "fixed.csv:3: error: breaks rule H3: the session of 'TEL' on Mon at 11:30: a telehealth "
       "session has no room, but 'R2' is given\n"
       "fixed.csv:4: error: breaks rule H1: the session of 'PRO' on Mon at 20:30: Mon 20:30-21:30 "
       "is outside opening hours\n"
       "fixed.csv:4: error: breaks rule H2: the session of 'PRO' on Mon at 20:30: therapist 'T3' "
       "is "
       "not available on Mon 20:30-21:30\n"
       "fixed.csv:4: error: breaks rule H3: the session of 'PRO' on Mon at 20:30: room 'R2' is not "
       "available on Mon 20:30-21:30\n"},
  };
  run_check_cases(cases, COUNT(cases));
}

static void closed_sound(struct clinic *clinic) {
  service_of(clinic, "REL")->closed = true;
  clinic_add_fixed(clinic, "REL Mon 09:00 R1 T1 P1", "2");
  clinic_add_fixed(clinic, "REL Wed 09:00 R1 T1 P2", "3");
}

static void closed_absent(struct clinic *clinic) {
  closed_sound(clinic);
  patient_of(clinic, "P1")->available = windows_of(clinic, "Mon 08:00-21:00");
}

static void closed_too_many(struct clinic *clinic) {
  closed_sound(clinic);
  service_of(clinic, "REL")->max_size = 1;
}

static void closed_twice_a_day(struct clinic *clinic) {
  service_of(clinic, "REL")->closed = true;
  clinic_add_fixed(clinic, "REL Mon 09:00 - - -", "2");
  clinic_add_fixed(clinic, "REL Mon 10:00 - - -", "3");
}

/* Two closed services: the patients of one are none of the other's. */
static void two_closed(struct clinic *clinic) {
  service_of(clinic, "REL")->closed = service_of(clinic, "PRO")->closed = true;
  clinic_add_fixed(clinic, "PRO Mon 09:00 R2 - P2", "2");
  clinic_add_fixed(clinic, "REL Mon 09:00 R1 T1,T2 P1", "3");
  clinic_add_fixed(clinic, "REL Tue 09:00 R1 T1 P1", "4");
}

static void closed_twice_with_patients(struct clinic *clinic) {
  service_of(clinic, "REL")->closed = true;
  clinic_add_fixed(clinic, "REL Mon 09:00 R1 - P1", "2");
  clinic_add_fixed(clinic, "REL Mon 09:30 R2 - P2", "3");
}

static void closed(void **state) {
  (void)state;
  static const struct check_case cases[] = {
      {"both may come to both", closed_sound, ""},
      {"one cannot come to the other", closed_absent,
       "fixed.csv:2: error: breaks rule H1 with line 3: the session of 'REL' on Wed at 09:00: "
       "patient 'P1' is not available on Wed 09:00-10:00\n"},
      {"both are too many", closed_too_many,
       "fixed.csv:2: error: breaks rule H4 with line 3: " REL_AT_9
       ": 2 patients, at most 1 allowed\n"
       "fixed.csv:2: error: breaks rule H4 with line 3: the session of 'REL' on Wed at 09:00: 2 "
       "patients, at most 1 allowed\n"},
      {"two services", two_closed,
       "fixed.csv:3: error: breaks rule H2 with line 4: " REL_AT_9 ": 2 leaders, 1 needed\n"},
      {"twice on a day, once for each patient named", closed_twice_with_patients,
       "fixed.csv:2: error: breaks rule H8 with line 3: service 'REL' has closed membership: its "
       "patients would attend twice on Mon\n"},
      {"twice on a day", closed_twice_a_day,
       "fixed.csv:2: error: breaks rule H8 with line 3: service 'REL' has closed membership: its "
       "patients would attend twice on Mon\n"},
  };
  run_check_cases(cases, COUNT(cases));
}

static void no_room_left(struct clinic *clinic) {
  clinic_set_room_fits(clinic, "REL", "R1", false);
  room_of(clinic, "R2")->capacity = 2;
  clinic_add_fixed(clinic, "REL Mon 09:00 - T1 P1,P2,P3", "2");
  clinic_add_fixed(clinic, "PRO Mon 09:30 R3 T2 P4", "3");
}

static void rooms_for_two_of_three(struct clinic *clinic) {
  room_of(clinic, "R3")->available = windows_of(clinic, "Tue 08:00-21:00");
  clinic_add_fixed(clinic, "REL Mon 09:00 - T1 P1", "2");
  clinic_add_fixed(clinic, "IND Mon 09:30 - T2 P2", "3");
  clinic_add_fixed(clinic, "PRO Mon 09:30 - T3 P3", "4");
  clinic_add_fixed(clinic, "PRO Mon 10:30 - T3 P4", "5");
}

static void leaders_for_two_of_three(struct clinic *clinic) {
  therapist_of(clinic, "T3")->available = windows_of(clinic, "Tue 08:00-21:00");
  clinic_add_fixed(clinic, "REL Mon 09:00 R1 - P1", "2");
  clinic_add_fixed(clinic, "IND Mon 09:00 R2 T2 P2", "3");
  clinic_add_fixed(clinic, "PRO Mon 09:30 R3 - P3", "4");
}

/* T1 stays for notes until 10:30; T2 and T3 cannot lead PRO. */
static void leader_writes_notes(struct clinic *clinic) {
  service_of(clinic, "REL")->notes_minutes = 30;
  nobody_may_lead(clinic, "PRO");
  clinic_set_qualified(clinic, "PRO", 0, "T1", true);
  clinic_add_fixed(clinic, "REL Mon 09:00 R1 T1 P1", "2");
  clinic_add_fixed(clinic, "PRO Mon 10:00 R1 - P2", "3");
}

static void leader_kept_apart(struct clinic *clinic) {
  for (int t = 0; t < 3; t++) clinic_keep_apart(clinic, "P1", clinic->therapists[t].id);
  clinic_add_fixed(clinic, "REL Mon 09:00 R1 - P1", "2");
}

static void patients_not_to_be_had(struct clinic *clinic) {
  service_of(clinic, "REL")->min_size = 4;
  clinic_keep_apart(clinic, "P1", "P3");
  patient_of(clinic, "P4")->takes_part = false;
  patient_of(clinic, "P5")->available = windows_of(clinic, "Mon 08:00-09:30");
  clinic_add_fixed(clinic, "REL Mon 09:00 R1 - P1", "2");
  clinic_add_fixed(clinic, "IND Mon 09:00 R2 - P6", "3");
}

/* One of P2 and P3 may not meet the leader, the other sits elsewhere; P4 to P6 are away. */
static void patients_apart_or_busy(struct clinic *clinic) {
  service_of(clinic, "REL")->min_size = 2;
  clinic_keep_apart(clinic, "P2", "T1");
  for (int p = 3; p < 6; p++) clinic->patients[p].available = windows_of(clinic, "");
  clinic_add_fixed(clinic, "REL Mon 09:00 R1 T1 P1", "2");
  clinic_add_fixed(clinic, "IND Mon 09:30 R2 - P3", "3");
}

/* T2 and T3 have gone by 10:30, when T1's notes are written. */
static void nobody_stays_for_notes(struct clinic *clinic) {
  service_of(clinic, "PRO")->notes_minutes = 30;
  for (int t = 0; t < 3; t++)
    clinic->therapists[t].available =
        windows_of(clinic, t == 0 ? "Mon 10:00-21:00" : "Mon 09:00-10:00");
  clinic_add_fixed(clinic, "PRO Mon 09:00 R1 - P1", "2");
  clinic_add_fixed(clinic, "PRO Mon 19:30 R1 - P1", "3");
  clinic_set_weekly_max(clinic, "P1", "PRO", 5);
  clinic->fixed[1].patients.list[0] = 1;
}

static void enough_for_a_visit(struct clinic *clinic) {
  clinic->visit_min_minutes = 120;
  patient_of(clinic, "P1")->available = windows_of(clinic, "Mon 09:00-11:30");
  patient_of(clinic, "P1")->max_minutes = 120;
  clinic_add_fixed(clinic, "UDS Mon 09:00 R1 - P1", "2");
  clinic_add_fixed(clinic, "REL Tue 09:00 R1 - P2", "3");
  clinic_add_fixed(clinic, "PRO Tue 10:00 R1 - P2", "4");
  patient_of(clinic, "P2")->available = windows_of(clinic, "Tue 09:00-11:00");
}

static void short_visit(struct clinic *clinic) {
  clinic->visit_min_minutes = 120;
  patient_of(clinic, "P1")->available = windows_of(clinic, "Mon 09:00-11:00,Tue 09:00-21:00");
  patient_of(clinic, "P2")->max_minutes = 3 * 60;
  clinic_add_fixed(clinic, "UDS Mon 09:00 R1 - P1", "2");
  clinic_add_fixed(clinic, "UDS Mon 10:00 R1 - P2", "3");
  clinic_add_fixed(clinic, "UDS Tue 09:00 R1 - P1,P2", "4 5");
}

static void completion(void **state) {
  (void)state;
  static const struct check_case cases[] = {
      {"no room is left", no_room_left,
       "fixed.csv:2: error: breaks rule H3: there is no free room that fits, large enough, "
       "for " REL_AT_9 "\n"},
      {"two rooms for three", rooms_for_two_of_three,
       "fixed.csv:2: error: breaks rule H3 with lines 3 and 4: there is no free room that fits, "
       "large enough, for the 3 fixed sessions that go on at one time from Mon 09:00\n"},
      {"two leaders for three", leaders_for_two_of_three,
       "fixed.csv:2: error: breaks rule H2 with lines 3 and 4: there are not enough therapists who "
       "may lead, available and free, for the 3 fixed sessions that go on at one time from Mon "
       "09:00\n"},
      {"notes", leader_writes_notes,
       "fixed.csv:3: error: breaks rule H2: there are not enough therapists who may lead, "
       "available "
       "and free, for the session of 'PRO' on Mon at 10:00\n"},
      {"kept apart from all leaders", leader_kept_apart,
       "fixed.csv:2: error: breaks rule H2: there are not enough therapists who may lead, "
       "available "
       "and free, for " REL_AT_9 "\n"},
      {"patients", patients_not_to_be_had,
       "fixed.csv:2: error: breaks rule H4: " REL_AT_9 ": 2 patients could be in it, 4 needed\n"},
      {"patients apart or busy", patients_apart_or_busy,
       "fixed.csv:2: error: breaks rule H4: " REL_AT_9 ": 1 patient could be in it, 2 needed\n"},
      {"nobody stays for the notes", nobody_stays_for_notes,
       "fixed.csv:2: error: breaks rule H2: there are not enough therapists who may lead, "
       "available "
       "and free, for the session of 'PRO' on Mon at 09:00\n"},
      {"visits of just enough", enough_for_a_visit, ""},
      {"visits", short_visit,
       "fixed.csv:2: error: breaks rule H6: patient 'P1' comes on site on Mon and can have 1.5 "
       "counted hours that day, visit_min_hours is 2\n"
       "fixed.csv:3: error: breaks rule H6 with lines 4 and 5: patient 'P2' comes on days that "
       "take "
       "4 hours with visit_min_hours 2, max_hours is 3\n"},
  };
  run_check_cases(cases, COUNT(cases));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(by_the_rules),
      cmocka_unit_test(closed),
      cmocka_unit_test(completion),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
