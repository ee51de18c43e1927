/* Rules about when people and rooms are taken: H1, H3, H9, H12. */
#include "rule_cases.h"
#include "unit.h"

static void p1_mornings(struct clinic *clinic) {
  patient_of(clinic, "P1")->available = windows_of(clinic, "Mon 08:00-12:00,Tue 08:00-12:00");
}

static void p1_in_treatment_to_tuesday(struct clinic *clinic) {
  patient_of(clinic, "P1")->last_day = 1;
  patient_of(clinic, "P1")->available = windows_of(clinic, "Mon 08:00-21:00,Tue 08:00-20:00");
}

static void p1_absent(struct clinic *clinic) {
  patient_of(clinic, "P1")->takes_part = false;
}

static const struct rule_case patient_cases[] = {
    {"kept: one after the other",
     "H1",
     p1_mornings,
     "REL Mon 09:00 R1 T1 P1,P2;PRO Mon 10:00 R1 T1 P1;REL Mon 20:00 R1 T1 P2",
     {0},
     false,
     NULL},
    {"overlap once",
     "H1",
     NULL,
     "REL Mon 09:00 R1 T1 P1;PRO Mon 09:30 R2 T2 P1,P2",
     {"patient 'P1' is in the session of 'REL' on Mon at 09:00 until 10:00 and in the session of "
      "'PRO' on Mon at 09:30 from 09:30"},
     false,
     NULL},
    {"three in one hour clash twice, another day once",
     "H1",
     NULL,
     "REL Mon 09:00 R1 T1 P1;PRO Mon 09:00 R2 T2 P1;IND Mon 09:30 R3 T3 P1;"
     "REL Tue 09:00 R1 T1 P2;PRO Tue 09:10 R2 T2 P2",
     {"patient 'P1' is in the session of 'REL' on Mon at 09:00 until 10:00 and in the session of "
      "'PRO' on Mon at 09:00 from 09:00",
      "patient 'P1' is in the session of 'REL' on Mon at 09:00 until 10:00 and in the session of "
      "'IND' on Mon at 09:30 from 09:30",
      "patient 'P2' is in the session of 'REL' on Tue at 09:00 until 10:00 and in the session of "
      "'PRO' on Tue at 09:10 from 09:10"},
     false,
     "0 1;0 2;3 4"},
    {"not available",
     "H1",
     p1_mornings,
     "REL Mon 11:30 R1 T1 P1,P2",
     {"the session of 'REL' on Mon at 11:30: patient 'P1' is not available on Mon 11:30-12:30"},
     false,
     NULL},
    {"not available three times",
     "H1",
     p1_mornings,
     "REL Mon 07:30 R1 T1 P1;REL Mon 12:00 R1 T1 P1;REL Wed 09:00 R1 T1 P1;PRO Tue 11:30 R1 T1 "
     "P1,P2",
     {"the session of 'REL' on Mon at 07:30: Mon 07:30-08:30 is outside opening hours",
      "the session of 'REL' on Mon at 12:00: patient 'P1' is not available on Mon 12:00-13:00",
      "the session of 'PRO' on Tue at 11:30: patient 'P1' is not available on Tue 11:30-12:30",
      "the session of 'REL' on Wed at 09:00: patient 'P1' is not available on Wed 09:00-10:00"},
     false,
     NULL},
    {"after discharge",
     "H1",
     p1_in_treatment_to_tuesday,
     "REL Wed 09:00 R1 T1 P1",
     {"the session of 'REL' on Wed at 09:00: patient 'P1' is not in treatment on Wed "
      "09:00-10:00"},
     false,
     NULL},
    {"unavailable on the last day of treatment",
     "H1",
     p1_in_treatment_to_tuesday,
     "REL Tue 20:00 R1 T1 P1;REL Tue 07:30 R1 T1 P2;PRO Tue 14:00 R1 T1 P1",
     {"the session of 'REL' on Tue at 07:30: Tue 07:30-08:30 is outside opening hours",
      "the session of 'REL' on Tue at 20:00: patient 'P1' is not available on Tue 20:00-21:00"},
     false,
     NULL},
    {"takes no part",
     "H1",
     p1_absent,
     "REL Mon 09:00 R1 T1 P1,P2",
     {"the session of 'REL' on Mon at 09:00: patient 'P1' is not in treatment on Mon "
      "09:00-10:00"},
     false,
     NULL},
    {"open late, once for all patients",
     "H1",
     NULL,
     "REL Fri 20:30 R1 T1 P1,P2,P3",
     {"the session of 'REL' on Fri at 20:30: Fri 20:30-21:30 is outside opening hours"},
     false,
     NULL},
    {"listed three times",
     "H1",
     NULL,
     "REL Mon 09:00 R1 T1 P1,P2,P1,P1",
     {"the session of 'REL' on Mon at 09:00: patient 'P1' is listed more than once",
      "the session of 'REL' on Mon at 09:00: patient 'P1' is listed more than once"},
     false,
     NULL},
};

static void patients_time(void **state) {
  (void)state;
  run_rule_cases(patient_cases, COUNT(patient_cases));
}

static void r1_small(struct clinic *clinic) {
  room_of(clinic, "R1")->capacity = 2;
  room_of(clinic, "R1")->available = windows_of(clinic, "Mon 08:00-21:00,Tue 08:00-12:00");
  clinic_set_room_fits(clinic, "PRO", "R1", false);
}

static void rooms(void **state) {
  (void)state;
  static const struct rule_case cases[] = {
      {"kept",
       "H3",
       r1_small,
       "REL Mon 09:00 R1 T1 P1,P2;REL Mon 10:00 R1 T1 P1;PRO Mon 09:00 R2 T2 P3;TEL Mon 09:00 - T3 "
       "P4;REL Tue 11:00 R1 T1 P1,P2,P1",
       {0},
       false,
       NULL},
      {"no room",
       "H3",
       NULL,
       "REL Mon 09:00 - T1 P1",
       {"the session of 'REL' on Mon at 09:00: has no room"},
       true,
       NULL},
      {"telehealth in a room",
       "H3",
       NULL,
       "TEL Mon 09:00 R2 T1 P1",
       {"the session of 'TEL' on Mon at 09:00: a telehealth session has no room, but 'R2' is "
        "given"},
       false,
       NULL},
      {"feature, capacity and hours",
       "H3",
       r1_small,
       "PRO Mon 09:00 R1 T1 P1;REL Mon 10:00 R1 T1 P1,P2,P3;REL Tue 11:30 R1 T1 P1,P2",
       {"the session of 'PRO' on Mon at 09:00: room 'R1' lacks a feature of service 'PRO'",
        "the session of 'REL' on Mon at 10:00: 3 patients in room 'R1', which holds 2",
        "the session of 'REL' on Tue at 11:30: room 'R1' is not available on Tue 11:30-12:30"},
       false,
       NULL},
      {"one room, three at once",
       "H3",
       NULL,
       "REL Mon 09:00 R1 T1 P1;PRO Mon 09:00 R1 T2 P2;IND Mon 09:30 R1 T3 P3;REL Mon 10:30 R1 T1 "
       "P1;PRO Mon 11:00 R1 T1 P1",
       {"room 'R1' holds the session of 'REL' on Mon at 09:00 until 10:00 and the session of 'PRO' "
        "on Mon at 09:00 from 09:00",
        "room 'R1' holds the session of 'REL' on Mon at 09:00 until 10:00 and the session of 'IND' "
        "on Mon at 09:30 from 09:30",
        "room 'R1' holds the session of 'REL' on Mon at 10:30 until 11:30 and the session of 'PRO' "
        "on Mon at 11:00 from 11:00"},
       false,
       "0 1;0 2;3 4"},
  };
  run_rule_cases(cases, COUNT(cases));
}

static void long_breaks(struct clinic *clinic) {
  clinic->break_after_minutes = 180;
  clinic->break_minutes = 20 * 60;
}

static void travel(struct clinic *clinic) {
  clinic->travel_minutes = 60;
}

static const struct rule_case break_cases[] = {
    {"kept: no rule",
     "H9",
     NULL,
     "REL Mon 09:00 R1 T1 P1;PRO Mon 10:00 R1 T1 P1;IND Mon 11:00 R1 T1 P1",
     {0},
     false,
     NULL},
    {"kept: two hours, half an hour, two hours; notes are no session",
     "H9",
     breaks_of_30,
     "REL Mon 09:00 R1 T1 P1;PRO Mon 10:00 R1 T1 P1;REL Mon 11:30 R1 T1 P1;PRO Mon 12:30 R1 T1 "
     "P1;UDS Mon 18:00 R1 T1 P1",
     {0},
     false,
     NULL},
    {"patient and therapist",
     "H9",
     breaks_of_30,
     "REL Mon 09:00 R1 T1 P1;PRO Mon 10:00 R1 T1 P1;UDS Mon 11:00 R1 T1 P1",
     {"patient 'P1' on Mon: 150 minutes in session within 150 minutes from 09:00, at most 120 "
      "allowed",
      "therapist 'T1' on Mon: 150 minutes in session within 150 minutes from 09:00, at most 120 "
      "allowed"},
     false,
     NULL},
    {"short rests do not add up to a break",
     "H9",
     breaks_of_30,
     "REL Mon 08:00 R1 T1 P1;REL Tue 09:00 R1 T1 P1;PRO Tue 10:10 R1 T2 P1;IND Tue 11:20 R1 T3 "
     "P1",
     {"patient 'P1' on Tue: 130 minutes in session within 150 minutes from 09:00, at most 120 "
      "allowed"},
     false,
     NULL},
    {"a stretch as long as the day",
     "H9",
     long_breaks,
     "REL Mon 08:00 R1 T1 P1;PRO Mon 12:00 R1 T2 P1;IND Mon 16:00 R1 T3 P1;UDS Mon 20:00 R1 T1 "
     "P1;REL Tue 08:00 R1 T1 P1",
     {"patient 'P1' on Mon: 210 minutes in session within 1380 minutes from 08:00, at most 180 "
      "allowed"},
     false,
     "0 1 2 3"},
    {"kept: an hour to travel, or another day",
     "H9",
     travel,
     "REL Mon 09:00 R1 T1 P1;TEL Mon 11:00 - T1 P1;PRO Mon 13:00 R1 T1 P1;TEL Tue 09:00 - T1 P1",
     {0},
     false,
     NULL},
    {"travel three times",
     "H9",
     travel,
     "REL Mon 09:00 R1 T1 P1;TEL Mon 10:30 - T1 P1;PRO Mon 12:00 R1 T1 P1,P2;TEL Mon 13:00 - T2 "
     "P2",
     {"patient 'P1' has 30 minutes between the session of 'REL' on Mon at 09:00 and the session "
      "of 'TEL' on Mon at 10:30 (telehealth), at least 60 needed to travel",
      "patient 'P1' has 30 minutes between the session of 'TEL' on Mon at 10:30 and the session "
      "of 'PRO' on Mon at 12:00 (on site), at least 60 needed to travel",
      "patient 'P2' has 0 minutes between the session of 'PRO' on Mon at 12:00 and the session "
      "of 'TEL' on Mon at 13:00 (telehealth), at least 60 needed to travel"},
     false,
     "0 1;1 2;2 3"},
};

static void breaks(void **state) {
  (void)state;
  run_rule_cases(break_cases, COUNT(break_cases));
}

static void rel_starts(struct clinic *clinic) {
  static struct start_rule starts[] = {{NONE, 9 * 60}, {3, 18 * 60}};
  service_of(clinic, "REL")->starts = starts;
  service_of(clinic, "REL")->n_starts = 2;
  service_of(clinic, "PRO")->sessions_max = 2;
}

static void starts(void **state) {
  (void)state;
  static const struct rule_case cases[] = {
      {"kept",
       "H12",
       rel_starts,
       "REL Mon 09:00 R1 T1 P1;REL Thu 18:00 R1 T1 P1;PRO Mon 11:30 R1 T1 P1;PRO Tue 12:00 R1 T1 "
       "P1",
       {0},
       false,
       NULL},
      {"not among the starts, off the grid, closed day",
       "H12",
       rel_starts,
       "REL Fri 18:00 R1 T1 P1;REL Thu 18:10 R1 T1 P1;PRO Sat 09:00 R1 T1 P1",
       {"the session of 'REL' on Fri at 18:00: Fri at 18:00 is not among the starts of service "
        "'REL'",
        "the session of 'REL' on Thu at 18:10: starts at 18:10, off the grid of 30 minutes",
        "the session of 'PRO' on Sat at 09:00: Sat is not a day of operation"},
       false,
       "0;1;2"},
      {"one session too many",
       "H12",
       rel_starts,
       "PRO Mon 09:00 R1 T1 P1;PRO Mon 09:00 R2 T2 P2;PRO Tue 09:00 R1 T1 P1",
       {"service 'PRO' has 3 sessions in the week, at most 2 allowed"},
       false,
       "0 1 2"},
  };
  run_rule_cases(cases, COUNT(cases));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(patients_time),
      cmocka_unit_test(rooms),
      cmocka_unit_test(breaks),
      cmocka_unit_test(starts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
