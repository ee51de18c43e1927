/* Why a need is unmet, in words. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clinic_builder.h"
#include "iopsched/outcome.h"
#include "unit.h"

/* Patients P1 and P2, both with a need for SKL; one room of its own for each service. */
static struct clinic *small_clinic(void) {
  struct clinic *clinic =
      clinic_build(&(struct clinic_shape){"SKL IND", "P1 P2 P3", "T1 T2", "G1 C1"});
  clinic_make_individual(clinic, "IND");
  clinic_set_room_fits(clinic, "SKL", "C1", false);
  clinic_set_room_fits(clinic, "IND", "G1", false);
  service_of(clinic, "SKL")->min_size = 2;
  return clinic;
}

static void need_skills(struct clinic *clinic) {
  clinic_add_need(clinic, "P1", "SKL", 1, 5);
}
static void need_individual(struct clinic *clinic) {
  clinic_add_need(clinic, "P1", "IND", 1, 1);
}
static void need_hours(struct clinic *clinic) {
  patient_of(clinic, "P1")->min_minutes = 9 * 60;
}
static void need_days(struct clinic *clinic) {
  patient_of(clinic, "P1")->min_days = 3;
}

static void p1_for_two_hours(struct clinic *clinic) {
  patient_of(clinic, "P1")->available = windows_of(clinic, "Mon 09:00-10:00, Tue 09:00-10:00");
}
static void start_on_thursday(struct clinic *clinic) {
  static struct start_rule starts[] = {{3, 18 * 60}};
  service_of(clinic, "SKL")->starts = starts;
  service_of(clinic, "SKL")->n_starts = 1;
  patient_of(clinic, "P1")->available = windows_of(clinic, "Mon 09:00-12:00");
}
static void p1_for_half_an_hour(struct clinic *clinic) {
  patient_of(clinic, "P1")->available = windows_of(clinic, "Mon 09:00-09:30");
}
static void p1_on_monday_at_nine(struct clinic *clinic) {
  patient_of(clinic, "P1")->available = windows_of(clinic, "Mon 09:00-10:00");
}
static void nobody_for_individual(struct clinic *clinic) {
  clinic_set_qualified(clinic, "IND", 0, "T1", false);
  clinic_set_qualified(clinic, "IND", 0, "T2", false);
}
static void t1_alone_busy(struct clinic *clinic) {
  p1_on_monday_at_nine(clinic);
  clinic_set_qualified(clinic, "IND", 0, "T2", false);
}
static void t1_has_no_hour_left(struct clinic *clinic) {
  t1_alone_busy(clinic);
  therapist_of(clinic, "T1")->max_minutes_week = 60;
}
static void no_room_fits(struct clinic *clinic) {
  clinic_set_room_fits(clinic, "IND", "C1", false);
}
static void too_few_skilled(struct clinic *clinic) {
  service_of(clinic, "SKL")->min_size = 3;
  clinic_set_eligible(clinic, "P3", "SKL", false);
}
static void small_room(struct clinic *clinic) {
  p1_on_monday_at_nine(clinic);
  room_of(clinic, "G1")->capacity = 2;
}
static void kept_apart(struct clinic *clinic) {
  p1_on_monday_at_nine(clinic);
  clinic_keep_apart(clinic, "P1", "P2");
  clinic_keep_apart(clinic, "P1", "T2");
}
static void offered_once(struct clinic *clinic) {
  service_of(clinic, "IND")->sessions_max = 1;
}
static void closed_group(struct clinic *clinic) {
  service_of(clinic, "SKL")->closed = true;
  patient_of(clinic, "P1")->available = windows_of(clinic, "Mon 09:00-12:00");
}
static void hardly_any_service(struct clinic *clinic) {
  clinic_set_weekly_max(clinic, "P1", "SKL", 3);
  clinic_set_weekly_max(clinic, "P1", "IND", 1);
}
static void full_week(struct clinic *clinic) {
  patient_of(clinic, "P1")->max_minutes = 60;
}
static void one_day(struct clinic *clinic) {
  patient_of(clinic, "P1")->max_days = 1;
  patient_of(clinic, "P1")->available = windows_of(clinic, "Mon 09:00-10:00, Tue 09:00-12:00");
}
static void short_days(struct clinic *clinic) {
  clinic->day_max_minutes = 60;
  p1_for_two_hours(clinic);
  patient_of(clinic, "P1")->available = windows_of(clinic, "Mon 09:00-12:00");
}
static void offers(struct clinic *clinic) {
  service_of(clinic, "IND")->sessions_min = 2;
}
static void wants_visits_of_two_hours(struct clinic *clinic) {
  clinic->visit_min_minutes = 120;
  p1_on_monday_at_nine(clinic);
}

static void indifferent_care(struct clinic *clinic) {
  p1_on_monday_at_nine(clinic);
  clinic->weight_milli[TERM_SESSION_SHORT] = 0;
}
static void two_leaders_at_once(struct clinic *clinic) {
  p1_on_monday_at_nine(clinic);
  clinic_set_leaders(clinic, "IND", 2);
}

struct reason_case {
  void (*need)(struct clinic *clinic);
  void (*narrow)(struct clinic *clinic); /* or NULL */
  const char *sessions;
  const char *expected;
};

static const struct reason_case cases[] = {
    {need_hours, p1_for_two_hours, "",
     "available for only 2 hours this week: Mon 09:00-10:00, Tue 09:00-10:00"},
    {need_hours, hardly_any_service, "",
     "the services open to the patient add up to at most 4 hours a week"},
    {need_hours, full_week, "SKL Mon 09:00 G1 T1 P1,P2",
     "'SKL' would take the patient from 1 hour past max_hours 1"},
    {need_days, p1_for_two_hours, "", "available on only 2 days (Mon, Tue)"},
    {need_skills, start_on_thursday, "",
     "'SKL' starts only at Thu 18:00, when the patient is not available"},
    {need_individual, p1_for_half_an_hour, "",
     "no 60 minutes for 'IND' fit into the patient's hours: Mon 09:00-09:30"},
    {need_skills, p1_on_monday_at_nine, "IND Mon 09:00 C1 T1 P1",
     "wherever 'SKL' would fit into the patient's hours (Mon 09:00) they are in another session"},
    {need_individual, one_day, "SKL Mon 09:00 G1 T1 P1,P2",
     "wherever 'IND' would fit into the patient's hours (Mon 09:00) they are in another session"},
    {need_individual, short_days, "SKL Mon 09:00 G1 T1 P1,P2",
     "'IND' would pass day_max_hours 1 on each day on which the patient could come"},
    {need_individual, nobody_for_individual, "", "nobody is qualified to lead 'IND'"},
    {need_individual, t1_alone_busy, "SKL Mon 09:00 G1 T1 P2,P3",
     "of those who may lead 'IND' ('T1') nobody is free at Mon 09:00, when the patient could come"},
    {need_individual, t1_has_no_hour_left, "SKL Tue 09:00 G1 T1 P2,P3",
     "of those who may lead 'IND' ('T1') nobody is free at Mon 09:00, when the patient could come"},
    {need_individual, no_room_fits, "", "no room has what 'IND' needs"},
    {need_individual, p1_on_monday_at_nine, "IND Mon 09:00 C1 T1 P2",
     "no room for 'IND' ('C1') is free at Mon 09:00, when the patient could come"},
    {need_skills, too_few_skilled, "",
     "'SKL' needs 3 patients, and at most 2 who may still take it are free together (Mon 08:00)"},
    {need_skills, small_room, "SKL Mon 09:00 G1 T1 P2,P3",
     "all 2 seats of 'SKL' are taken at Mon 09:00, when the patient could come"},
    {need_skills, kept_apart, "SKL Mon 09:00 G1 T1 P2,P3",
     "in the sessions of 'SKL' at Mon 09:00 is somebody kept apart from the patient"},
    {need_skills, kept_apart, "SKL Mon 09:00 G1 T2 P3",
     "in the sessions of 'SKL' at Mon 09:00 is somebody kept apart from the patient"},
    {need_individual, offered_once, "IND Mon 09:00 C1 T1 P2",
     "'IND' is offered as often as its sessions_max, 1, allows"},
    {need_skills, closed_group, "SKL Mon 09:00 G1 T1 P2,P3; SKL Tue 09:00 G1 T1 P2,P3",
     "'SKL' is closed, all of its sessions or none, and at Tue 09:00 the patient is not available"},
    {need_skills, wants_visits_of_two_hours, "SKL Mon 09:00 G1 T1 P2,P3",
     "'SKL' would be possible at Mon 09:00, but then patient 'P1' comes on site on Mon for "
     "1 hour, at least 2 hours needed"},
    {need_skills, p1_on_monday_at_nine, "SKL Mon 09:00 G1 T1 P2,P3",
     "'SKL' would be possible at Mon 09:00: a longer search may find it"},
    {need_skills, indifferent_care, "SKL Mon 09:00 G1 T1 P2,P3",
     "'SKL' would be possible at Mon 09:00, but would cost more than it brings"},
    {need_individual, p1_on_monday_at_nine, "SKL Mon 10:00 G1 T1 P2,P3",
     "'IND' would be possible at Mon 09:00: a longer search may find it"},
    {need_skills, p1_on_monday_at_nine, "",
     "'SKL' would be possible at Mon 09:00: a longer search may find it"},
    {need_individual, two_leaders_at_once, "SKL Mon 09:00 G1 T1 P2,P3",
     "of those who may lead 'IND' ('T1', 'T2') too few are free at Mon 09:00, when the patient "
     "could come"},
    {offers, nobody_for_individual, "", "nobody is qualified to lead 'IND'"},
};

static void every_reason(void **state) {
  (void)state;
  int n_failed = 0;
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct clinic *clinic = small_clinic();
    cases[i].need(clinic);
    if (cases[i].narrow) cases[i].narrow(clinic);
    struct schedule *schedule = schedule_of(clinic, cases[i].sessions);
    struct outcome outcome;
    outcome_init(&outcome, clinic, schedule);
    assert_true(outcome.n_unmet >= 1);
    const char *reason = outcome.unmet[0].reason;
    if (strcmp(reason, cases[i].expected) != 0) {
      n_failed++;
      print_error("case %zu\n  expected: %s\n  found:    %s\n", i, cases[i].expected, reason);
    }
    assert_int_equal(outcome.unmet[0].reason_tells_ids, strstr(reason, "'P1'") != NULL);
    outcome_release(&outcome);
    schedule_free(schedule);
    clinic_free(clinic);
  }
  assert_int_equal(n_failed, 0);
}

static void needs_in_order_with_their_amounts(void **state) {
  (void)state;
  struct clinic *clinic = small_clinic();
  clinic_set_category(clinic, "SKL", "skills");
  need_hours(clinic);
  need_days(clinic);
  need_individual(clinic);
  clinic_add_need(clinic, "P1", "category:skills", 2, UNLIMITED);
  clinic_add_need(clinic, "P2", "SKL", 1, 5);
  patient_of(clinic, "P3")->min_days = 5;
  patient_of(clinic, "P3")->takes_part = false;
  service_of(clinic, "SKL")->sessions_min = 3;
  struct schedule *schedule = schedule_of(clinic, "SKL Mon 09:00 G1 T1 P1,P2");
  struct outcome outcome;
  outcome_init(&outcome, clinic, schedule);
  static const struct {
    const char *name;
    int patient, required, planned;
  } expected[] = {{"hours", 0, 540, 60},
                  {"days", 0, 3, 1},
                  {"session:IND", 0, 1, 0},
                  {"category:skills", 0, 2, 1},
                  {"offer:SKL", NONE, 3, 1}};
  assert_int_equal(outcome.n_unmet, COUNT(expected));
  for (size_t i = 0; i < COUNT(expected); i++) {
    const struct unmet *unmet = &outcome.unmet[i];
    assert_string_equal(need_name(clinic, unmet, &outcome.arena), expected[i].name);
    assert_int_equal(unmet->patient, expected[i].patient);
    assert_int_equal(unmet->required, expected[i].required);
    assert_int_equal(unmet->planned, expected[i].planned);
  }
  assert_int_equal(outcome.required_minutes, 540);
  assert_int_equal(outcome.cared_minutes, 60);
  assert_false(outcome.patients[0].met);
  assert_true(outcome.patients[1].met);
  assert_int_equal(outcome.patients[1].minutes, 60);
  outcome_release(&outcome);
  schedule_free(schedule);
  clinic_free(clinic);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_reason),
      cmocka_unit_test(needs_in_order_with_their_amounts),
  };
  return cmocka_run_group_tests_name("reasons", tests, NULL, NULL);
}
