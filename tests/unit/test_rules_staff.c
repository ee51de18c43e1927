/* H2, and what rules say of a therapist's day before there is a schedule. */
#include "rule_cases.h"
#include "unit.h"

static void two_leaders(struct clinic *clinic) {
  clinic_set_leaders(clinic, "REL", 2);
}

/* REL takes a counsellor (T1, T2) and a peer (T2 only): T1 and T3 have one credential or none. */
static void two_roles(struct clinic *clinic) {
  two_leaders(clinic);
  service_of(clinic, "REL")->roles_named = true;
  clinic_set_qualified(clinic, "REL", 0, "T3", false);
  clinic_set_qualified(clinic, "REL", 1, "T3", false);
  clinic_set_qualified(clinic, "REL", 1, "T1", false);
}

static void t1_narrow(struct clinic *clinic) {
  therapist_of(clinic, "T1")->available = windows_of(clinic, "Mon 09:00-12:00,Tue 09:00-21:30");
  service_of(clinic, "PRO")->notes_minutes = 30;
}

static void t1_two_hours_a_day(struct clinic *clinic) {
  therapist_of(clinic, "T1")->max_minutes_day = 120;
  therapist_of(clinic, "T1")->max_minutes_week = 300;
}

static const struct rule_case leader_cases[] = {
    {"kept: peer and counsellor in either order",
     "H2",
     two_roles,
     "REL Mon 09:00 R1 T1,T2 P1;REL Mon 10:00 R1 T2,T1 P1",
     {0},
     false,
     NULL},
    {"no leader",
     "H2",
     NULL,
     "REL Mon 09:00 R1 - P1",
     {"the session of 'REL' on Mon at 09:00: 0 leaders, 1 needed"},
     true,
     NULL},
    {"too few leaders three times",
     "H2",
     two_leaders,
     "REL Mon 09:00 R1 T1 P1;REL Tue 09:00 R1 T2 P1;REL Wed 09:00 R1 - P1",
     {"the session of 'REL' on Mon at 09:00: 1 leader, 2 needed",
      "the session of 'REL' on Tue at 09:00: 1 leader, 2 needed",
      "the session of 'REL' on Wed at 09:00: 0 leaders, 2 needed"},
     true,
     NULL},
    {"too many leaders",
     "H2",
     NULL,
     "REL Mon 09:00 R1 T1,T2 P1",
     {"the session of 'REL' on Mon at 09:00: 2 leaders, 1 needed"},
     false,
     NULL},
    {"listed more than once",
     "H2",
     two_leaders,
     "REL Mon 09:00 R1 T1,T1,T2 P1",
     {"the session of 'REL' on Mon at 09:00: therapist 'T1' is listed more than once"},
     false,
     NULL},
    {"not qualified, and roles",
     "H2",
     two_roles,
     "REL Mon 09:00 R1 T2,T3 P1;REL Tue 09:00 R1 T1,T3 P1",
     {"the session of 'REL' on Mon at 09:00: therapist 'T3' has no credential of service 'REL'",
      "the session of 'REL' on Tue at 09:00: therapist 'T3' has no credential of service 'REL'"},
     false,
     NULL},
    {"kept: available, notes after closing, other therapists free",
     "H2",
     t1_narrow,
     "PRO Mon 09:00 R1 T1 P1;PRO Mon 10:30 R1 T1 P1;PRO Tue 20:00 R1 T1 P1;REL Wed 09:00 R1 T2 "
     "P1",
     {0},
     false,
     NULL},
    {"not available three times",
     "H2",
     t1_narrow,
     "REL Mon 08:30 R1 T1 P1;REL Mon 09:30 R1 T1 P1;PRO Mon 11:00 R1 T1 P1;REL Wed 09:00 R1 T1 "
     "P1",
     {"the session of 'REL' on Mon at 08:30: therapist 'T1' is not available on Mon 08:30-09:30",
      "the session of 'PRO' on Mon at 11:00: therapist 'T1' is not available for 30 minutes of "
      "notes after Mon 11:00-12:00",
      "the session of 'REL' on Wed at 09:00: therapist 'T1' is not available on Wed "
      "09:00-10:00"},
     false,
     NULL},
    {"notes are busy time",
     "H2",
     t1_narrow,
     "PRO Mon 09:00 R1 T1 P1;REL Mon 10:00 R1 T1,T2 P2",
     {"the session of 'REL' on Mon at 10:00: 2 leaders, 1 needed",
      "therapist 'T1' is busy with the session of 'PRO' on Mon at 09:00 until 10:30 (notes "
      "included) and leads the session of 'REL' on Mon at 10:00 from 10:00"},
     false,
     "1;0 1"},
    {"overlap",
     "H2",
     NULL,
     "PRO Mon 09:00 R1 T1 P1;REL Mon 09:30 R2 T1 P2",
     {"therapist 'T1' is busy with the session of 'PRO' on Mon at 09:00 until 10:00 and leads "
      "the "
      "session of 'REL' on Mon at 09:30 from 09:30"},
     false,
     NULL},
    {"kept: hours to the brim",
     "H2",
     t1_two_hours_a_day,
     "REL Mon 09:00 R1 T1 P1;PRO Mon 10:00 R1 T1 P1;REL Tue 09:00 R1 T1 P1;PRO Tue 10:00 R1 T1 "
     "P1;REL Wed 09:00 R1 T1 P1",
     {0},
     false,
     NULL},
    {"hours of two days and of the week",
     "H2",
     t1_two_hours_a_day,
     "REL Mon 09:00 R1 T1 P1;PRO Mon 10:00 R1 T1 P1;UDS Mon 11:00 R1 T1 P1;"
     "REL Tue 09:00 R1 T1 P1;PRO Tue 10:00 R1 T1 P1;REL Tue 11:00 R1 T1 P2",
     {"therapist 'T1' leads 2.5 hours on Mon, at most 2 hours allowed",
      "therapist 'T1' leads 3 hours on Tue, at most 2 hours allowed",
      "therapist 'T1' leads 5.5 hours in the week, at most 5 hours allowed"},
     false,
     "0 1 2;3 4 5;0 1 2 3 4 5"},
};

static void leaders(void **state) {
  (void)state;
  run_rule_cases(leader_cases, COUNT(leader_cases));
}

/* T2 may only be the peer, T1 only the counsellor: two of a kind cannot lead. */
static void one_role_each(struct clinic *clinic) {
  two_leaders(clinic);
  clinic_set_qualified(clinic, "REL", 1, "T1", false);
  clinic_set_qualified(clinic, "REL", 0, "T2", false);
  clinic_set_qualified(clinic, "REL", 1, "T3", false);
}

static void leaders_fill_roles_one_each(void **state) {
  (void)state;
  static const struct rule_case cases[] = {
      {"kept",
       "H2",
       one_role_each,
       "REL Mon 09:00 R1 T2,T1 P1;REL Mon 10:00 R1 T3,T2 P1",
       {0},
       false,
       NULL},
      {"two counsellors",
       "H2",
       one_role_each,
       "REL Mon 09:00 R1 T1,T3 P1",
       {"the session of 'REL' on Mon at 09:00: the leaders cannot fill the roles of service 'REL', "
        "one each"},
       false,
       NULL},
  };
  run_rule_cases(cases, COUNT(cases));
}

/* The planner asks the same of a therapist's day before there is a schedule. */
static void therapists_days(void **state) {
  (void)state;
  static const struct {
    const char *rule;
    void (*narrow)(struct clinic *clinic);
    const char *sessions;
    bool allowed;
  } cases[] = {
      {"H2", t1_two_hours_a_day, "REL Mon 09:00 - - -;PRO Mon 10:00 - - -", true},
      {"H2", t1_two_hours_a_day, "REL Mon 09:00 - - -;PRO Mon 10:00 - - -;UDS Mon 11:00 - - -",
       false},
      {"H2", t1_narrow, "PRO Mon 09:00 - - -;REL Mon 10:30 - - -", true},
      {"H2", t1_narrow, "PRO Mon 09:00 - - -;REL Mon 10:00 - - -", false},
      {"H2", t1_narrow, "PRO Mon 11:00 - - -", false},
      {"H9", breaks_of_30, "REL Mon 09:00 - - -;PRO Mon 10:00 - - -;IND Mon 11:30 - - -", true},
      {"H9", breaks_of_30, "REL Mon 09:00 - - -;PRO Mon 10:00 - - -;IND Mon 11:00 - - -", false},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct clinic *clinic = cases_clinic();
    cases[i].narrow(clinic);
    struct schedule *schedule = schedule_of(clinic, cases[i].sessions);
    struct busy_session busy[8];
    for (int s = 0; s < schedule->n_sessions; s++)
      busy[s] =
          (struct busy_session){schedule->sessions[s].service, schedule->sessions[s].start_min};
    bool allowed =
        rule_named(cases[i].rule)->therapist_day_allowed(clinic, 0, busy, schedule->n_sessions);
    if (allowed != cases[i].allowed) fail_msg("case %zu", i);
    schedule_free(schedule);
    clinic_free(clinic);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(leaders),
      cmocka_unit_test(leaders_fill_roles_one_each),
      cmocka_unit_test(therapists_days),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
