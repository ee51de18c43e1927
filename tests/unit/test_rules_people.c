/* Rules about who is in which session, and how much of it: H4, H5, H6, H7, H8, H10, H11. */
#include "rule_cases.h"
#include "unit.h"

static void rel_2_to_3(struct clinic *clinic) {
  service_of(clinic, "REL")->min_size = 2;
  service_of(clinic, "REL")->max_size = 3;
}

static void group_sizes(void **state) {
  (void)state;
  static const struct rule_case cases[] = {
      {"kept",
       "H4",
       rel_2_to_3,
       "REL Mon 09:00 R1 T1 P1,P2;REL Tue 09:00 R1 T1 P1,P2,P3,P3;IND Mon 09:00 R2 T2 P4",
       {0},
       false,
       NULL},
      {"kept: listed twice among others",
       "H4",
       rel_2_to_3,
       "REL Mon 09:00 R1 T1 P1,P1,P2",
       {0},
       false,
       NULL},
      {"too few",
       "H4",
       rel_2_to_3,
       "REL Mon 09:00 R1 T1 P1,P1",
       {"the session of 'REL' on Mon at 09:00: 1 patient, at least 2 needed"},
       true,
       NULL},
      {"too few three times",
       "H4",
       rel_2_to_3,
       "REL Mon 09:00 R1 T1 P1;PRO Tue 09:00 R1 T1 -;IND Wed 09:00 R1 T1 -",
       {"the session of 'REL' on Mon at 09:00: 1 patient, at least 2 needed",
        "the session of 'PRO' on Tue at 09:00: 0 patients, at least 1 needed",
        "the session of 'IND' on Wed at 09:00: 0 patients, exactly 1 needed"},
       true,
       NULL},
      {"too many twice",
       "H4",
       rel_2_to_3,
       "REL Mon 09:00 R1 T1 P1,P2,P3,P4;IND Wed 09:00 R1 T1 P5,P6",
       {"the session of 'REL' on Mon at 09:00: 4 patients, at most 3 allowed",
        "the session of 'IND' on Wed at 09:00: 2 patients, exactly 1 needed"},
       false,
       "0;1"},
  };
  run_rule_cases(cases, COUNT(cases));
}

static void small_maxima(struct clinic *clinic) {
  clinic->day_max_minutes = 120;
  patient_of(clinic, "P1")->max_minutes = 180;
  patient_of(clinic, "P1")->max_days = 2;
}

static void patient_maxima(void **state) {
  (void)state;
  static const struct rule_case cases[] = {
      {"kept: to the brim, tests not counted",
       "H5",
       small_maxima,
       "REL Mon 09:00 R1 T1 P1;PRO Mon 10:00 R1 T1 P1;UDS Mon 11:00 R1 T1 P1;REL Tue 09:00 R1 T1 "
       "P1",
       {0},
       false,
       NULL},
      {"a day of tests is a day",
       "H5",
       small_maxima,
       "REL Mon 09:00 R1 T1 P1;REL Tue 09:00 R1 T1 P1;UDS Wed 09:00 R1 T1 P1",
       {"patient 'P1' attends on 3 days, at most 2 allowed"},
       false,
       NULL},
      {"one day among others",
       "H5",
       small_maxima,
       "REL Mon 09:00 R1 T1 P2;REL Tue 09:00 R1 T1 P2;PRO Tue 10:00 R1 T1 P2;IND Tue 11:00 R1 T1 "
       "P2",
       {"patient 'P2' has 3 hours on Tue, at most 2 hours allowed"},
       false,
       "1 2 3"},
      {"day, week and days",
       "H5",
       small_maxima,
       "REL Mon 09:00 R1 T1 P1;PRO Mon 10:00 R1 T1 P1;IND Mon 11:00 R1 T1 P1;REL Tue 09:00 R1 T1 "
       "P1;REL Wed 09:00 R1 T1 P1,P2",
       {"patient 'P1' has 3 hours on Mon, at most 2 hours allowed",
        "patient 'P1' has 5 hours in the week, at most 3 hours allowed",
        "patient 'P1' attends on 3 days, at most 2 allowed"},
       false,
       "0 1 2;0 1 2 3 4;0 1 2 3 4"},
  };
  run_rule_cases(cases, COUNT(cases));
}

static void two_hour_visits(struct clinic *clinic) {
  clinic->visit_min_minutes = 120;
}

static void visits(void **state) {
  (void)state;
  static const struct rule_case cases[] = {
      {"kept: no rule", "H6", NULL, "UDS Mon 09:00 R1 T1 P1", {0}, false, NULL},
      {"kept: telehealth counts, and alone it is no visit",
       "H6",
       two_hour_visits,
       "REL Mon 09:00 R1 T1 P1;TEL Mon 12:00 - T1 P1;TEL Tue 09:00 - T1 P1,P2",
       {0},
       false,
       NULL},
      {"a test alone",
       "H6",
       two_hour_visits,
       "UDS Mon 09:00 R1 T1 P1;TEL Mon 11:00 - T1 P1",
       {"patient 'P1' comes on site on Mon for 1 hour, at least 2 hours needed"},
       true,
       NULL},
      {"three days",
       "H6",
       two_hour_visits,
       "REL Mon 09:00 R1 T1 P1,P2;REL Tue 09:00 R1 T1 P1;UDS Tue 10:00 R1 T1 P1;PRO Mon 10:00 R1 "
       "T1 P2;UDS Wed 09:00 R1 T1 P2",
       {"patient 'P1' comes on site on Mon for 1 hour, at least 2 hours needed",
        "patient 'P1' comes on site on Tue for 1 hour, at least 2 hours needed",
        "patient 'P2' comes on site on Wed for 0 hours, at least 2 hours needed"},
       true,
       "0;1 2;4"},
  };
  run_rule_cases(cases, COUNT(cases));
}

static void most_sessions(struct clinic *clinic) {
  clinic_add_need(clinic, "P1", "REL", 0, 2);
  clinic_set_category(clinic, "REL", "skills");
  clinic_set_category(clinic, "PRO", "skills");
  clinic_add_need(clinic, "P1", "category:skills", 1, 3);
  clinic_set_weekly_max(clinic, "P2", "IND", 0);
  clinic_set_eligible(clinic, "P3", "IND", false);
}

static void session_maxima(void **state) {
  (void)state;
  static const struct rule_case cases[] = {
      {"kept: to the brim; who is not eligible is another rule's",
       "H7",
       most_sessions,
       "REL Mon 09:00 R1 T1 P1;REL Tue 09:00 R1 T1 P1;PRO Mon 10:00 R1 T1 P1;IND Mon 11:00 R1 T1 "
       "P3",
       {0},
       false,
       NULL},
      {"twice on a day",
       "H7",
       NULL,
       "REL Mon 09:00 R1 T1 P1,P2;REL Mon 10:00 R1 T1 P1",
       {"patient 'P1' has service 'REL' more than once on Mon (again at 10:00)"},
       false,
       NULL},
      {"three times on a day, twice on another",
       "H7",
       NULL,
       "REL Mon 09:00 R1 T1 P1;REL Mon 10:00 R1 T1 P1;REL Mon 11:00 R1 T1 P1;REL Wed 09:00 R1 T1 "
       "P1;REL Wed 11:00 R1 T1 P1",
       {"patient 'P1' has service 'REL' more than once on Mon (again at 10:00)",
        "patient 'P1' has service 'REL' more than once on Mon (again at 11:00)",
        "patient 'P1' has service 'REL' more than once on Wed (again at 11:00)"},
       false,
       "0 1;0 2;3 4"},
      {"service, category and weekly_max 0",
       "H7",
       most_sessions,
       "REL Mon 09:00 R1 T1 P1;REL Tue 09:00 R1 T1 P1;REL Wed 09:00 R1 T1 P1;PRO Mon 10:00 R1 T1 "
       "P1;IND Mon 11:00 R1 T1 P2",
       {"patient 'P1' has 3 sessions of service 'REL' in the week, at most 2 allowed",
        "patient 'P1' has 4 sessions of category 'skills' in the week, at most 3 allowed",
        "patient 'P2' has 1 session of service 'IND' in the week, at most 0 allowed"},
       false,
       "0 1 2;0 3 1 2;4"},
  };
  run_rule_cases(cases, COUNT(cases));
}

static void kept_out(struct clinic *clinic) {
  clinic_set_eligible(clinic, "P1", "REL", false);
  clinic_set_eligible(clinic, "P2", "TEL", false);
  patient_of(clinic, "P2")->telehealth = TELEHEALTH_NO;
  clinic_set_eligible(clinic, "P3", "PRO", false);
  patient_of(clinic, "P3")->telehealth = TELEHEALTH_ONLY;
}

static void rel_closed(struct clinic *clinic) {
  service_of(clinic, "REL")->closed = true;
}

static void eligibility(void **state) {
  (void)state;
  static const struct rule_case cases[] = {
      {"kept",
       "H8",
       kept_out,
       "REL Mon 09:00 R1 T1 P2,P4;TEL Mon 12:00 - T1 P1,P3;PRO Tue 09:00 R1 T1 P1,P2",
       {0},
       false,
       NULL},
      {"tags",
       "H8",
       kept_out,
       "REL Mon 09:00 R1 T1 P1,P4",
       {"the session of 'REL' on Mon at 09:00: patient 'P1' is not eligible for service 'REL': has "
        "none of the tags the service asks for"},
       false,
       NULL},
      {"three reasons",
       "H8",
       kept_out,
       "REL Mon 09:00 R1 T1 P1;TEL Mon 09:00 - T2 P2;PRO Mon 09:00 R3 T3 P3",
       {"the session of 'REL' on Mon at 09:00: patient 'P1' is not eligible for service 'REL': has "
        "none of the tags the service asks for",
        "the session of 'TEL' on Mon at 09:00: patient 'P2' is not eligible for service 'TEL': "
        "never has telehealth",
        "the session of 'PRO' on Mon at 09:00: patient 'P3' is not eligible for service 'PRO': "
        "never comes on site"},
       false,
       "0;1;2"},
  };
  run_rule_cases(cases, COUNT(cases));
}

static void closed_membership(void **state) {
  (void)state;
  static const struct rule_case cases[] = {
      {"kept: all or none",
       "H8",
       rel_closed,
       "REL Mon 09:00 R1 T1 P1,P2;REL Wed 09:00 R1 T1 P1,P2;PRO Mon 10:00 R1 T1 P1,P3",
       {0},
       false,
       NULL},
      {"one of two",
       "H8",
       rel_closed,
       "REL Mon 09:00 R1 T1 P1,P2;REL Wed 09:00 R1 T1 P2",
       {"patient 'P1' attends 1 of the 2 sessions of closed service 'REL'"},
       true,
       NULL},
      {"three patients",
       "H8",
       rel_closed,
       "REL Mon 09:00 R1 T1 P1,P2,P4;REL Wed 09:00 R1 T1 P2,P3,P4;REL Fri 09:00 R1 T1 P2,P4,P3",
       {"patient 'P1' attends 1 of the 3 sessions of closed service 'REL'",
        "patient 'P3' attends 2 of the 3 sessions of closed service 'REL'"},
       true,
       "0;1 2"},
  };
  run_rule_cases(cases, COUNT(cases));
}

static void three_apart(struct clinic *clinic) {
  clinic_keep_apart(clinic, "P1", "P2");
  clinic_keep_apart(clinic, "P3", "P1");
  clinic_keep_apart(clinic, "P4", "T1");
}

static void apart(void **state) {
  (void)state;
  static const struct rule_case cases[] = {
      {"kept",
       "H10",
       three_apart,
       "REL Mon 09:00 R1 T1 P1,P5;REL Mon 09:00 R2 T2 P2,P3,P4;PRO Tue 09:00 R1 T2 P1,P4",
       {0},
       false,
       NULL},
      {"the second of those apart",
       "H10",
       three_apart,
       "REL Mon 09:00 R1 T2 P1,P3",
       {"the session of 'REL' on Mon at 09:00: patients 'P1' and 'P3' are to be kept apart"},
       false,
       "0"},
      {"a pair",
       "H10",
       three_apart,
       "REL Mon 09:00 R1 T2 P1,P2,P4",
       {"the session of 'REL' on Mon at 09:00: patients 'P1' and 'P2' are to be kept apart"},
       false,
       NULL},
      {"two pairs and a leader",
       "H10",
       three_apart,
       "REL Mon 09:00 R1 T2,T1 P4,P3,P2,P1",
       {"the session of 'REL' on Mon at 09:00: patient 'P4' is to be kept apart from therapist "
        "'T1'",
        "the session of 'REL' on Mon at 09:00: patients 'P1' and 'P2' are to be kept apart",
        "the session of 'REL' on Mon at 09:00: patients 'P1' and 'P3' are to be kept apart"},
       false,
       NULL},
  };
  run_rule_cases(cases, COUNT(cases));
}

static void one_fixed(struct clinic *clinic) {
  clinic_add_fixed(clinic, "REL Mon 09:00 R1 T1,T2 P1,P2", "4 5");
}

/* Two parallel ones: one asks for a room, one for nothing; and a third at another time. */
static void parallel_fixed(struct clinic *clinic) {
  clinic_add_fixed(clinic, "IND Mon 09:00 - - -", "2");
  clinic_add_fixed(clinic, "IND Mon 09:00 R1 - P1", "3");
  clinic_add_fixed(clinic, "IND Tue 09:00 - T3 -", "4");
}

static void two_services_fixed(struct clinic *clinic) {
  clinic_add_fixed(clinic, "REL Mon 09:00 - - P1", "2");
  clinic_add_fixed(clinic, "PRO Mon 09:00 - - P2", "3");
}

static const struct rule_case fixed_cases[] = {
    {"kept: more people than named",
     "H11",
     one_fixed,
     "REL Mon 09:00 R1 T3,T2,T1 P3,P2,P1",
     {0},
     false,
     NULL},
    {"kept: the free one leaves the room to the other",
     "H11",
     parallel_fixed,
     "IND Mon 09:00 R1 T1 P1;IND Mon 09:00 R2 T2 P2;IND Tue 09:00 R1 T3 P2",
     {0},
     false,
     NULL},
    {"a patient is missing",
     "H11",
     one_fixed,
     "REL Mon 09:00 R1 T1,T2 P1,P3",
     {"fixed.csv:4: service 'REL' on Mon at 09:00 with therapist 'T1', therapist 'T2', room "
      "'R1', "
      "patient 'P1', patient 'P2' is not in the schedule"},
     true,
     NULL},
    {"another room, time or leader",
     "H11",
     one_fixed,
     "REL Mon 09:00 R2 T1,T2 P1,P2;REL Mon 10:00 R1 T1,T2 P1,P2;REL Mon 09:00 R1 T1 P1,P2",
     {"fixed.csv:4: service 'REL' on Mon at 09:00 with therapist 'T1', therapist 'T2', room "
      "'R1', "
      "patient 'P1', patient 'P2' is not in the schedule"},
     true,
     NULL},
    {"two fixed, one session",
     "H11",
     parallel_fixed,
     "IND Mon 09:00 R1 T1 P1;IND Tue 09:00 R1 T3 P2",
     {"fixed.csv:3: service 'IND' on Mon at 09:00 with room 'R1', patient 'P1' is not in the "
      "schedule"},
     true,
     NULL},
    {"kept: two services at one time",
     "H11",
     two_services_fixed,
     "PRO Mon 09:00 R2 T2 P2;REL Mon 09:00 R1 T1 P1",
     {0},
     false,
     NULL},
    {"two services at one time",
     "H11",
     two_services_fixed,
     "PRO Mon 09:00 R2 T2 P1;REL Mon 09:00 R1 T1 P2;REL Mon 08:00 R1 T1 P1",
     {"fixed.csv:2: service 'REL' on Mon at 09:00 with patient 'P1' is not in the schedule",
      "fixed.csv:3: service 'PRO' on Mon at 09:00 with patient 'P2' is not in the schedule"},
     true,
     NULL},
    {"nothing there",
     "H11",
     parallel_fixed,
     "",
     {"fixed.csv:2: service 'IND' on Mon at 09:00 is not in the schedule",
      "fixed.csv:3: service 'IND' on Mon at 09:00 with room 'R1', patient 'P1' is not in the "
      "schedule",
      "fixed.csv:4: service 'IND' on Tue at 09:00 with therapist 'T3' is not in the schedule"},
     true,
     NULL},
};

static void fixed_sessions(void **state) {
  (void)state;
  run_rule_cases(fixed_cases, COUNT(fixed_cases));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(group_sizes), cmocka_unit_test(patient_maxima),
      cmocka_unit_test(visits),      cmocka_unit_test(session_maxima),
      cmocka_unit_test(eligibility), cmocka_unit_test(closed_membership),
      cmocka_unit_test(apart),       cmocka_unit_test(fixed_sessions),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
