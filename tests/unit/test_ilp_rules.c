/* The rules' rows: each matters where nothing else forbids. */
#include "ilp_cases.h"
#include "unit.h"

/* Both patients need S1, of which nine o'clock on Monday is the only start. */
static void two_patients(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  clinic_add_need(clinic, "P1", "S1", 1, UNLIMITED);
  clinic_add_need(clinic, "P2", "S1", 1, UNLIMITED);
}

static void h1_time(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-10:00");
}

/* Round the clock: S1 lasts beyond midnight, into S2. */
static void h1_midnight(struct clinic *clinic) {
  two_needs(clinic, "Mon 23:00-24:00");
  clinic->opening.list[0].end_min += 60;
  service_of(clinic, "S1")->minutes = 120;
  service_of(clinic, "S2")->starts = arena_alloc(&clinic->arena, 1, sizeof(struct start_rule));
  service_of(clinic, "S2")->starts[0] = (struct start_rule){1, 0};
  service_of(clinic, "S2")->n_starts = 1;
}

static void h2_notes(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-11:00");
  therapist_of(clinic, "T2")->available.n = 0;
  service_of(clinic, "S1")->notes_minutes = service_of(clinic, "S2")->notes_minutes = 30;
  clinic->therapists[0].available = windows_of(clinic, "Mon 09:00-11:30");
}

static void h2_day_hours(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-11:00");
  therapist_of(clinic, "T2")->available.n = 0;
  therapist_of(clinic, "T1")->max_minutes_day = 90;
}

static void h2_week_hours(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-10:00, Tue 09:00-10:00");
  therapist_of(clinic, "T2")->available.n = 0;
  therapist_of(clinic, "T1")->max_minutes_week = 90;
}

/* S1 takes both leaders, and only T1 could be its first. */
static void h2_roles(struct clinic *clinic) {
  one_leader(clinic);
  therapist_of(clinic, "T2")->available = clinic->opening;
  clinic_set_leaders(clinic, "S1", 2);
  service_of(clinic, "S1")->roles_named = true;
  clinic_set_qualified(clinic, "S1", 0, "T2", false);
}

static void h3_one_room(struct clinic *clinic) {
  one_leader(clinic);
  therapist_of(clinic, "T2")->available = clinic->opening;
  room_of(clinic, "R2")->available.n = 0;
}

static void h3_capacity(struct clinic *clinic) {
  two_patients(clinic);
  room_of(clinic, "R1")->capacity = room_of(clinic, "R2")->capacity = 1;
}

static void h4_least(struct clinic *clinic) {
  two_patients(clinic);
  clinic->patients[1].n_needs = 0;
  service_of(clinic, "S1")->min_size = 2;
  patient_of(clinic, "P2")->preferred = windows_of(clinic, "Mon 08:00-09:00");
}

static void h4_most_by_telehealth(struct clinic *clinic) {
  two_patients(clinic);
  clinic_make_telehealth(clinic, "S1");
  service_of(clinic, "S1")->max_size = 1;
}

static void h5_week(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-10:00, Tue 09:00-10:00");
  patient_of(clinic, "P1")->max_minutes = 90;
}

static void h5_day(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-11:00");
  clinic->day_max_minutes = 90;
}

static void h5_days(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-10:00, Tue 09:00-10:00");
  patient_of(clinic, "P1")->max_days = 1;
}

static void h6_visit(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-11:00");
  clinic->patients[0].n_needs = 1;
  clinic->visit_min_minutes = 90;
}

/* The visit is long enough by telehealth from home, at a travel time that permits it. */
static void h6_telehealth_counts(struct clinic *clinic) {
  h6_visit(clinic);
  clinic_make_telehealth(clinic, "S2");
  service_of(clinic, "S3")->sessions_max = 0;
}

static void h7_category(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-11:00");
  clinic_set_category(clinic, "S1", "skills");
  clinic_set_category(clinic, "S2", "skills");
  clinic_add_need(clinic, "P1", "category:skills", 0, 1);
}

static void h7_week(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00, Tue 09:00-10:00");
  clinic_add_need(clinic, "P1", "S1", 2, UNLIMITED);
  clinic_set_weekly_max(clinic, "P1", "S1", 1);
}

static void h8_closed(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00, Tue 09:00-10:00");
  service_of(clinic, "S1")->closed = true;
  service_of(clinic, "S1")->sessions_min = 2;
  patient_of(clinic, "P1")->available.n = 1;
  patient_of(clinic, "P2")->available = windows_of(clinic, "Tue 09:00-10:00");
}

static void h9_break(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-11:00");
  clinic->break_after_minutes = 90;
  clinic->break_minutes = 30;
}

/* Two patients, one after the other, with one leader. */
static void h9_leader_break(struct clinic *clinic) {
  one_leader(clinic);
  set_opening(clinic, "Mon 09:00-11:00");
  therapist_of(clinic, "T2")->available.n = 0;
  clinic->break_after_minutes = 90;
  clinic->break_minutes = 30;
}

static void h9_travel(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-11:30");
  clinic_make_telehealth(clinic, "S2");
  clinic->travel_minutes = 60;
}

static void h10_patients(struct clinic *clinic) {
  two_patients(clinic);
  clinic_keep_apart(clinic, "P1", "P2");
}

/* Whoever one may not have, the other may: two sessions, told apart. */
static void h10_leaders(struct clinic *clinic) {
  two_patients(clinic);
  clinic_keep_apart(clinic, "P1", "T1");
  clinic_keep_apart(clinic, "P2", "T2");
}

static void h10_leaders_one_room(struct clinic *clinic) {
  h10_leaders(clinic);
  room_of(clinic, "R2")->available.n = 0;
}

static void h11_fixed(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  clinic_add_fixed(clinic, "S1 Mon 09:00 R2 T2 P1", "2");
}

/* Two sessions side by side, one with P1 and T2, the other in R1 with P2. */
static void h11_parallel(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  clinic_add_fixed(clinic, "S1 Mon 09:00 - T2 P1", "2");
  clinic_add_fixed(clinic, "S1 Mon 09:00 R1 - P2", "3");
}

static void h12_most(struct clinic *clinic) {
  two_patients(clinic);
  set_opening(clinic, "Mon 09:00-11:00");
  service_of(clinic, "S1")->max_size = 1;
  service_of(clinic, "S1")->sessions_max = 1;
}

static const struct ilp_case cases[] = {
    {"H1: two at once", h1_time, "H1", 101, 2, NULL, 0},
    {"H1: beyond midnight", h1_midnight, "H1", 101, 3, NULL, 0},
    {"H2: two at once", one_leader, "H2", 101, 2, NULL, 0},
    {"H2: notes", h2_notes, "H2", 101, 2, NULL, 0},
    {"H2: hours of a day", h2_day_hours, "H2", 101, 2, NULL, 0},
    {"H2: hours of the week", h2_week_hours, "H2", 101, 2, NULL, 0},
    {"H2: roles", h2_roles, "H2", 101, 3, NULL, 0},
    {"H3: one room", h3_one_room, "H3", 101, 2, NULL, 0},
    {"H3: capacity", h3_capacity, "H3", 2, 1, NULL, 0},
    {"H4: least size", h4_least, "H4", 2, 1, NULL, 0},
    {"H4: most by telehealth", h4_most_by_telehealth, "H4", 2, 0, NULL, 0},
    {"H5: hours of the week", h5_week, "H5", 101, 2, NULL, 0},
    {"H5: hours of a day", h5_day, "H5", 101, 2, NULL, 0},
    {"H5: days", h5_days, "H5", 101, 2, NULL, 0},
    {"H6: a visit for one hour", h6_visit, "H6", 2, 1, NULL, 2},
    {"H6: telehealth counts", h6_telehealth_counts, "H6", 2, 1, NULL, 0},
    {"H7: of a category", h7_category, "H7", 101, 2, NULL, 0},
    {"H7: in the week", h7_week, "H7", 101, 2, NULL, 0},
    {"H8: all or none", h8_closed, "H8", 101, 2, NULL, 0},
    {"H9: break", h9_break, "H9", 101, 2, NULL, 0},
    {"H9: a leader's break", h9_leader_break, "H9", 101, 2, NULL, 0},
    {"H9: travel", h9_travel, "H9", 101, 2, NULL, 0},
    {"H10: patients", h10_patients, "H10", 2, 1, NULL, 0},
    {"H10: leaders", h10_leaders, "H10", 2, 1, NULL, 0},
    {"H10: leaders in one room", h10_leaders_one_room, "H10", 101, 1, NULL, 0},
    {"H11: all named", h11_fixed, "H11", 1, 0, NULL, 0},
    {"H11: side by side", h11_parallel, "H11", 2, 0, NULL, 0},
    {"H12: most", h12_most, "H12", 101, 2, NULL, 0},
};

static void rules_bind(void **state) {
  (void)state;
  run_ilp_cases(cases, COUNT(cases));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(rules_bind)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
