/* What is seen before solving: every line that check_clinic() prints, and no other. */
#include "check_cases.h"
#include "unit.h"

static void unheld_but_unwanted(struct clinic *clinic) {
  nobody_may_lead(clinic, "REL");
  clinic_add_need(clinic, "P1", "REL", 0, 3);
  for (int r = 0; r < clinic->n_rooms; r++)
    clinic_set_room_fits(clinic, "PRO", clinic->rooms[r].id, false);
}

/* Nobody could attend REL in any case, and in another week there is somebody to lead PRO. */
static void unheld_and_not_on_offer(struct clinic *clinic) {
  nobody_may_lead(clinic, "REL");
  service_of(clinic, "REL")->sessions_max = 0;
  nobody_may_lead(clinic, "PRO");
  clinic_set_qualified(clinic, "PRO", 0, "T1", true);
  therapist_of(clinic, "T1")->available = windows_of(clinic, "");
}

static void closed_all_week(struct clinic *clinic) {
  clinic->opening = windows_of(clinic, "");
  nobody_may_lead(clinic, "REL");
  patient_of(clinic, "P1")->min_minutes = 60;
}

static void nobody_leads(struct clinic *clinic) {
  nobody_may_lead(clinic, "REL");
  clinic_add_need(clinic, "P1", "REL", 1, UNLIMITED);
  clinic_add_need(clinic, "P2", "REL", 1, UNLIMITED);
}

static void two_leaders_one_able(struct clinic *clinic) {
  nobody_may_lead(clinic, "REL");
  clinic_set_qualified(clinic, "REL", 0, "T2", true);
  clinic_set_leaders(clinic, "REL", 2);
  for (int t = 0; t < clinic->n_therapists; t++)
    clinic_set_qualified(clinic, "REL", 1, clinic->therapists[t].id, t == 1);
  service_of(clinic, "REL")->sessions_min = 1;
}

static void leader_away(struct clinic *clinic) {
  nobody_may_lead(clinic, "REL");
  clinic_set_qualified(clinic, "REL", 0, "T1", true);
  therapist_of(clinic, "T1")->available = windows_of(clinic, "Mon 09:00-10:00,Tue 20:30-22:00");
  service_of(clinic, "REL")->notes_minutes = 30;
  service_of(clinic, "REL")->sessions_min = 1;
}

static void no_room(struct clinic *clinic) {
  for (int r = 0; r < clinic->n_rooms; r++)
    clinic_set_room_fits(clinic, "REL", clinic->rooms[r].id, false);
  service_of(clinic, "REL")->sessions_min = 1;
  service_of(clinic, "PRO")->sessions_min = 1;
  service_of(clinic, "PRO")->min_size = 5;
  for (int r = 0; r < clinic->n_rooms; r++) clinic->rooms[r].capacity = 3 + r % 2;
  service_of(clinic, "UDS")->sessions_min = 1;
  static struct start_rule at_nine = {0, 9 * 60};
  service_of(clinic, "UDS")->starts = &at_nine;
  service_of(clinic, "UDS")->n_starts = 1;
  for (int r = 0; r < clinic->n_rooms; r++)
    clinic->rooms[r].available = windows_of(clinic, "Mon 10:00-21:00,Tue 08:00-21:00");
}

static void no_start(struct clinic *clinic) {
  static struct start_rule late = {NONE, 20 * 60 + 30};
  service_of(clinic, "REL")->starts = &late;
  service_of(clinic, "REL")->n_starts = 1;
  service_of(clinic, "REL")->sessions_min = 1;
  service_of(clinic, "PRO")->minutes = 14 * 60;
  service_of(clinic, "PRO")->sessions_min = 1;
}

static void never_together(struct clinic *clinic) {
  for (int r = 0; r < clinic->n_rooms; r++)
    clinic->rooms[r].available = windows_of(clinic, "Mon 08:00-12:00");
  for (int t = 0; t < clinic->n_therapists; t++)
    clinic->therapists[t].available = windows_of(clinic, "Mon 11:30-21:00");
  service_of(clinic, "REL")->sessions_min = 1;
}

static void three_days_of_room(struct clinic *clinic) {
  for (int r = 0; r < clinic->n_rooms; r++)
    clinic->rooms[r].available =
        windows_of(clinic, "Mon 08:00-12:00,Tue 08:00-09:00,Tue 10:00-11:00,Fri 12:00-13:00");
  for (int p = 0; p < clinic->n_patients; p++)
    clinic_add_need(clinic, clinic->patients[p].id, "IND", p, UNLIMITED);
}

static void too_few_eligible(struct clinic *clinic) {
  service_of(clinic, "REL")->min_size = 3;
  service_of(clinic, "REL")->sessions_min = 1;
  patient_of(clinic, "P1")->takes_part = false;
  for (int p = 2; p < 5; p++) clinic_set_eligible(clinic, clinic->patients[p].id, "REL", false);
}

/* The rooms hold the least group exactly. */
static void just_large_enough(struct clinic *clinic) {
  service_of(clinic, "REL")->min_size = 3;
  service_of(clinic, "REL")->sessions_min = 3;
  for (int r = 0; r < clinic->n_rooms; r++) clinic->rooms[r].capacity = 3;
}

static void category_unheld(struct clinic *clinic) {
  clinic_set_category(clinic, "PRO", "process");
  clinic_set_category(clinic, "TEL", "skills");
  nobody_may_lead(clinic, "PRO");
  nobody_may_lead(clinic, "TEL");
  nobody_may_lead(clinic, "UDS");
  clinic_add_need(clinic, "P3", "category:process", 2, UNLIMITED);
}

static void services(void **state) {
  (void)state;
  static const struct check_case cases[] = {
      {"nothing is wrong", NULL, ""},
      {"not wanted, and never to be had", unheld_but_unwanted,
       "services.csv:2: credentials: warning: service 'REL' cannot be held: no therapist holds a "
       "credential for it\n"
       "services.csv:3: room_features: warning: service 'PRO' cannot be held: no room has all its "
       "features\n"},
      {"not wanted, and not to be had this week", unheld_and_not_on_offer, ""},
      {"closed all week", closed_all_week,
       "warning: the program is closed all week: no session can take place\n"},
      {"nobody is qualified", nobody_leads,
       "services.csv:2: credentials: warning: service 'REL' cannot be held: no therapist holds a "
       "credential for it\n"},
      {"one therapist of two", two_leaders_one_able,
       "services.csv:2: leaders: warning: service 'REL' cannot be held: it takes 2 leaders, and 1 "
       "therapist holds a credential for it\n"},
      {"never long enough", leader_away,
       "services.csv:2: credentials: warning: service 'REL' cannot be held: no therapist with a "
       "credential for it is available for 90 minutes (30 of them for notes) at a possible "
       "start\n"},
      {"no room", no_room,
       "services.csv:2: room_features: warning: service 'REL' cannot be held: no room has all its "
       "features\n"
       "services.csv:3: min_size: warning: service 'PRO' cannot be held: min_size is 5, the "
       "largest room with its features holds 4\n"
       "services.csv:6: room_features: warning: service 'UDS' cannot be held: no room with its "
       "features is available for 30 minutes at a possible start\n"},
      {"no start", no_start,
       "services.csv:2: starts: warning: service 'REL' cannot be held: none of its starts leaves "
       "60 "
       "minutes within opening hours\n"
       "services.csv:3: minutes: warning: service 'PRO' cannot be held: no start on the grid "
       "leaves "
       "840 minutes within opening hours\n"},
      {"room and leader at different times", never_together,
       "services.csv:2: warning: service 'REL' cannot be held: its rooms and its leaders are never "
       "available at the same time\n"},
      {"fewer days than sessions", three_days_of_room,
       "services.csv:4: warning: service 'IND' can be held on 3 days, and a patient who attends "
       "once a day needs 5 sessions\n"},
      {"rooms as large as the least group", just_large_enough, ""},
      {"a category that is asked for", category_unheld,
       "services.csv:3: credentials: warning: service 'PRO' cannot be held: no therapist holds a "
       "credential for it\n"
       "services.csv:5: credentials: warning: service 'TEL' cannot be held: no therapist holds a "
       "credential for it\n"
       "services.csv:6: credentials: warning: service 'UDS' cannot be held: no therapist holds a "
       "credential for it\n"},
      {"too few patients", too_few_eligible,
       "services.csv:2: min_size: warning: service 'REL' cannot be held: min_size is 3, 2 patients "
       "may attend it\n"},
  };
  run_check_cases(cases, COUNT(cases));
}

static void short_windows(struct clinic *clinic) {
  struct patient *who = patient_of(clinic, "P1");
  who->min_minutes = 9 * 60;
  who->available = windows_of(clinic,
                              "Mon 08:00-16:00,Tue 10:00-11:30,Tue 20:00-20:30,Wed 17:00-18:00,"
                              "Thu 08:00-08:30");
  who->min_days = 4;
  for (int v = 0; v < clinic->n_services; v++) clinic->services[v].minutes = 60;
}

static void maxima_clash(struct clinic *clinic) {
  patient_of(clinic, "P2")->min_minutes = 12 * 60;
  patient_of(clinic, "P2")->max_days = 2;
}

static void dear_visits(struct clinic *clinic) {
  clinic->visit_min_minutes = 180;
  for (int p = 0; p < 2; p++) {
    clinic->patients[p].min_days = 4;
    clinic->patients[p].max_minutes = 9 * 60;
  }
  clinic_set_eligible(clinic, "P1", "TEL", false);
}

static void thin_curriculum(struct clinic *clinic) {
  patient_of(clinic, "P3")->min_minutes = 9 * 60;
  clinic_set_weekly_max(clinic, "P3", "REL", 3);
  clinic_set_weekly_max(clinic, "P3", "PRO", 2);
  clinic_set_weekly_max(clinic, "P3", "IND", 0);
  clinic_set_weekly_max(clinic, "P3", "TEL", 1);
}

static void needs_out_of_reach(struct clinic *clinic) {
  static struct start_rule mornings = {NONE, 9 * 60};
  service_of(clinic, "REL")->starts = &mornings;
  service_of(clinic, "REL")->n_starts = 1;
  clinic_set_category(clinic, "REL", "skills");
  patient_of(clinic, "P1")->available = windows_of(clinic, "Mon 08:00-12:00,Tue 09:30-21:00");
  clinic_add_need(clinic, "P1", "REL", 2, UNLIMITED);
  clinic_add_need(clinic, "P1", "category:skills", 3, UNLIMITED);
}

static void needs_of_many_hours(struct clinic *clinic) {
  patient_of(clinic, "P1")->max_minutes = 6 * 60;
  clinic_add_need(clinic, "P1", "REL", 4, UNLIMITED);
  clinic_add_need(clinic, "P1", "PRO", 3, UNLIMITED);
  clinic_add_need(clinic, "P1", "UDS", 3, UNLIMITED);
}

static void absent_patient(struct clinic *clinic) {
  short_windows(clinic);
  patient_of(clinic, "P1")->takes_part = false;
}

/* Everything is just enough. */
static void to_the_brim(struct clinic *clinic) {
  struct patient *who = patient_of(clinic, "P1");
  who->available = windows_of(clinic, "Mon 08:00-09:00,Mon 18:00-19:00,Tue 09:00-10:30");
  who->min_minutes = 210;
  who->min_days = who->max_days = 2;
  clinic_set_category(clinic, "REL", "skills");
  clinic_add_need(clinic, "P1", "REL", 2, 2);
  clinic_add_need(clinic, "P1", "category:skills", 2, 2);
  patient_of(clinic, "P2")->available = windows_of(clinic, "");
}

static void after_an_absent_one(struct clinic *clinic) {
  patient_of(clinic, "P1")->takes_part = false;
  maxima_clash(clinic);
}

static void nothing_open(struct clinic *clinic) {
  patient_of(clinic, "P1")->min_minutes = 60;
  for (int v = 0; v < clinic->n_services; v++)
    clinic_set_eligible(clinic, "P1", clinic->services[v].id, false);
}

static void patients(void **state) {
  (void)state;
  static const struct check_case cases[] = {
      {"windows", short_windows,
       "patients.csv:2: min_days: warning: patient 'P1' needs 4 days, and is available on 3 for 60 "
       "minutes or more\n"
       "patients.csv:2: min_hours: warning: patient 'P1' needs 9 hours, and is available for at "
       "most 7.5 on 3 days with day_max_hours 5\n"},
      {"not here this week", absent_patient, ""},
      {"maxima", maxima_clash,
       "patients.csv:3: min_hours: warning: patient 'P2' needs 12 hours, and max_days 2 x "
       "day_max_hours 5 allow 10\n"},
      {"visits, but not of whom telehealth may serve", dear_visits,
       "patients.csv:2: max_hours: warning: patient 'P1' needs 4 days, and 4 visits of "
       "visit_min_hours 3 are more than max_hours 9\n"},
      {"just enough", to_the_brim, ""},
      {"after one who is absent", after_an_absent_one,
       "patients.csv:3: min_hours: warning: patient 'P2' needs 12 hours, and max_days 2 x "
       "day_max_hours 5 allow 10\n"},
      {"curriculum", thin_curriculum,
       "patients.csv:4: min_hours: warning: patient 'P3' needs 9 hours, and the sessions open to "
       "them in the week hold at most 6\n"},
      {"requirements", needs_out_of_reach,
       "patients.csv:2: warning: patient 'P1' needs 2 sessions of service 'REL', and can attend it "
       "on 1 day\n"
       "patients.csv:2: warning: patient 'P1' needs 3 sessions of category 'skills', and can "
       "attend "
       "at most 1 in the week\n"},
      {"requirements above max_hours", needs_of_many_hours,
       "patients.csv:2: max_hours: warning: patient 'P1' has requirements of 7 hours in all, and "
       "max_hours is 6\n"},
      {"no service", nothing_open, "patients.csv:2: warning: patient 'P1' may attend no service\n"},
  };
  run_check_cases(cases, COUNT(cases));
}

/* 6 patients x 5 individual hours are asked of T1 alone, who has 20. */
static void one_able(struct clinic *clinic) {
  nobody_may_lead(clinic, "IND");
  clinic_set_qualified(clinic, "IND", 0, "T1", true);
  therapist_of(clinic, "T1")->max_minutes_week = 20 * 60;
  for (int p = 0; p < clinic->n_patients; p++)
    clinic_add_need(clinic, clinic->patients[p].id, "IND", 5, UNLIMITED);
}

/* 10 group and 30 individual hours; three therapists of 12 hours have 36. */
static void all_short(struct clinic *clinic) {
  for (int t = 0; t < clinic->n_therapists; t++) clinic->therapists[t].max_minutes_week = 12 * 60;
  for (int p = 0; p < clinic->n_patients; p++)
    clinic_add_need(clinic, clinic->patients[p].id, "IND", 5, UNLIMITED);
  service_of(clinic, "TEL")->sessions_min = 10;
}

/* Enough for the sessions required: 30 individual ones. Two more hours a patient, two to a group,
 * take 6 therapist hours and 6 room hours (telehealth aside). */
static void extra_hours(struct clinic *clinic) {
  for (int t = 0; t < clinic->n_therapists; t++) clinic->therapists[t].max_minutes_week = 11 * 60;
  for (int p = 0; p < clinic->n_patients; p++) {
    clinic_add_need(clinic, clinic->patients[p].id, "IND", 5, UNLIMITED);
    clinic->patients[p].min_minutes = 7 * 60;
  }
  for (int v = 0; v < clinic->n_services; v++)
    if (clinic->services[v].format == FORMAT_GROUP) clinic->services[v].max_size = 2;
}

/* T1 alone may lead IND and be the peer of PRO, T1 and T2 may lead REL. T1 has 8 hours for 9, the
 * two have 18 for 18. */
static void nested_sets(struct clinic *clinic) {
  nobody_may_lead(clinic, "IND");
  nobody_may_lead(clinic, "REL");
  clinic_set_leaders(clinic, "PRO", 2);
  clinic_set_qualified(clinic, "PRO", 1, "T2", false);
  clinic_set_qualified(clinic, "PRO", 1, "T3", false);
  clinic_set_qualified(clinic, "IND", 0, "T1", true);
  clinic_set_qualified(clinic, "REL", 0, "T1", true);
  clinic_set_qualified(clinic, "REL", 0, "T2", true);
  therapist_of(clinic, "T1")->max_minutes_week = 8 * 60;
  therapist_of(clinic, "T2")->max_minutes_week = 10 * 60;
  service_of(clinic, "IND")->sessions_min = 5;
  service_of(clinic, "PRO")->sessions_min = 4;
  service_of(clinic, "REL")->sessions_min = 9;
}

static void nested_sets_short(struct clinic *clinic) {
  nested_sets(clinic);
  service_of(clinic, "REL")->sessions_min = 10;
}

/* All three may lead everything, and the services ask for more than they have. */
static void many_names(struct clinic *clinic) {
  for (int v = 0; v < clinic->n_services; v++) clinic->services[v].sessions_min = 10;
  for (int t = 0; t < clinic->n_therapists; t++) clinic->therapists[t].max_minutes_week = 12 * 60;
}

/* 6 patients' 125 minutes at 12 to two leaders, or at 8 to one: the latter is the most, and takes
 * 94 of the leaders' 90 minutes. Drug tests hold no hours. */
static void best_group(struct clinic *clinic) {
  for (int v = 0; v < clinic->n_services; v++) clinic->services[v].max_size = 4;
  service_of(clinic, "UDS")->max_size = 12;
  service_of(clinic, "PRO")->max_size = 12;
  clinic_set_leaders(clinic, "PRO", 2);
  service_of(clinic, "TEL")->max_size = 8;
  for (int t = 0; t < clinic->n_therapists; t++) clinic->therapists[t].max_minutes_week = 30;
  for (int p = 0; p < clinic->n_patients; p++) clinic->patients[p].min_minutes = 125;
}

static void rooms_short(struct clinic *clinic) {
  all_short(clinic);
  for (int t = 0; t < clinic->n_therapists; t++) clinic->therapists[t].max_minutes_week = 20 * 60;
  for (int r = 0; r < clinic->n_rooms; r++)
    clinic->rooms[r].available = windows_of(clinic,
                                            "Mon 08:00-09:30,Tue 08:00-09:30,Wed 08:00-09:30,"
                                            "Thu 08:00-09:30,Fri 08:00-09:30,Sat 08:00-20:00");
}

static void one_room_short(struct clinic *clinic) {
  clinic_set_room_fits(clinic, "REL", "R1", false);
  clinic_set_room_fits(clinic, "REL", "R2", false);
  room_of(clinic, "R3")->available = windows_of(clinic, "Mon 08:00-12:00");
  service_of(clinic, "REL")->sessions_min = 5;
}

static void supply(void **state) {
  (void)state;
  static const struct check_case cases[] = {
      {"one credential", one_able,
       "services.csv:4: credentials: warning: service 'IND' takes at least 30 hours of therapist "
       "'T1' in the week, more than their 20\n"},
      {"all therapists", all_short,
       "therapists.csv: warning: the patients' needs take at least 40 therapist hours in the week, "
       "and the 3 therapists have 36\n"},
      {"hours beyond the requirements", extra_hours,
       "therapists.csv: warning: the patients' needs take at least 36 therapist hours in the week, "
       "and the 3 therapists have 33\n"},
      {"sets within sets", nested_sets,
       "services.csv:3: credentials: warning: services 'PRO', 'IND' take at least 9 hours of "
       "therapist 'T1' in the week, more than their 8\n"},
      {"sets within sets, both short", nested_sets_short,
       "services.csv:2: credentials: warning: services 'REL', 'PRO', 'IND' take at least 19 hours "
       "of therapists 'T1', 'T2' in the week, more than their 18\n"
       "services.csv:3: credentials: warning: services 'PRO', 'IND' take at least 9 hours of "
       "therapist 'T1' in the week, more than their 8\n"},
      {"everybody, said once", many_names,
       "therapists.csv: warning: the patients' needs take at least 45 therapist hours in the week, "
       "and the 3 therapists have 36\n"},
      {"groups with the most seats to a leader", best_group,
       "therapists.csv: warning: the patients' needs take at least 1.57 therapist hours in the "
       "week, and the 3 therapists have 1.5\n"},
      {"rooms", rooms_short,
       "rooms.csv: warning: the patients' needs take at least 30 room hours in the week, and the 3 "
       "rooms have 22.5\n"},
      {"one room", one_room_short,
       "services.csv:2: room_features: warning: service 'REL' takes at least 5 hours of room 'R3' "
       "in the week, more than their 4\n"},
  };
  run_check_cases(cases, COUNT(cases));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(services),
      cmocka_unit_test(patients),
      cmocka_unit_test(supply),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
