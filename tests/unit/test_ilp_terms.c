/* The cost terms' rows: each matters where nothing else costs. */
#include "ilp_cases.h"
#include "unit.h"

static void start_at(struct clinic *clinic, const char *service, int hour) {
  struct service *it = service_of(clinic, service);
  it->starts = arena_alloc(&clinic->arena, 1, sizeof *it->starts);
  it->starts[0] = (struct start_rule){NONE, hour * 60};
  it->n_starts = 1;
}

static void hour_short(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  patient_of(clinic, "P1")->min_minutes = 75;
  patient_of(clinic, "P1")->priority_milli = 2500;
}

static void day_short(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  patient_of(clinic, "P1")->min_days = 2;
}

static void session_short(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  clinic_add_need(clinic, "P1", "S1", 2, UNLIMITED);
}

static void offer_short(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  service_of(clinic, "S1")->sessions_min = 3;
}

static void staff_hour(struct clinic *clinic) {
  session_short(clinic);
  clinic_set_leaders(clinic, "S1", 2);
}

/* S3 between the two costs less than two hours of waiting. */
static void idle_hour(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-13:00");
  start_at(clinic, "S1", 9);
  start_at(clinic, "S2", 12);
}

/* Whoever leads one after the other has an hour between; the patients have none. */
static void staff_idle_hour(struct clinic *clinic) {
  one_leader(clinic);
  set_opening(clinic, "Mon 09:00-12:00");
  therapist_of(clinic, "T2")->available.n = 0;
  start_at(clinic, "S1", 9);
  start_at(clinic, "S2", 11);
  service_of(clinic, "S1")->notes_minutes = 30;
  clinic->weight_milli[TERM_STAFF_IDLE_HOUR] = 3000;
}

static void stranded(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  clinic_add_need(clinic, "P1", "S1", 1, UNLIMITED);
  clinic->payers[0] = (struct payer){.id = "MCO", .day_min_minutes = 90};
  clinic->n_payers = 1;
  patient_of(clinic, "P1")->payer = 0;
}

static void stranded_services(struct clinic *clinic) {
  stranded(clinic);
  clinic->payers[0] = (struct payer){.id = "MCO", .day_min_services = 2};
  set_opening(clinic, "Mon 09:00-11:00");
}

static void extra_day(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-10:00, Tue 09:00-10:00");
  patient_of(clinic, "P1")->min_days = 1;
  clinic->weight_milli[TERM_EXTRA_DAY] = 1000;
}

/* One hour, one leader who is not the primary. */
static void not_primary(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  clinic_make_individual(clinic, "S1");
  clinic_add_need(clinic, "P1", "S1", 1, UNLIMITED);
  patient_of(clinic, "P1")->primary = 1;
  therapist_of(clinic, "T2")->available.n = 0;
}

static void not_preferred(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  clinic_add_need(clinic, "P1", "S1", 1, UNLIMITED);
  patient_of(clinic, "P1")->preferred = windows_of(clinic, "Mon 08:00-09:30");
}

static void change(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  clinic_add_need(clinic, "P1", "S1", 1, UNLIMITED);
}

/* A third hour costs less than falling below two. */
static void cushion(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-12:00");
  patient_of(clinic, "P1")->min_minutes = 120;
  clinic->cushion_sessions = 1;
  clinic->weight_milli[TERM_CUSHION] = 10000;
}

/* To be short already is cheaper than to have no cushion; the program must not pretend to be. */
static void cushion_above_hours(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-11:00");
  patient_of(clinic, "P1")->min_minutes = 120;
  clinic->cushion_sessions = 1;
  clinic->weight_milli[TERM_CUSHION] = 10000;
  clinic->weight_milli[TERM_HOUR_SHORT] = 1500;
}

static const struct ilp_case cases[] = {
    {"hours", hour_short, "weight_hour_short", 63.5, 0, NULL, 63.5},
    {"days", day_short, "weight_day_short", 101, 0, NULL, 0},
    {"sessions", session_short, "weight_session_short", 101, 0, NULL, 0},
    {"offers", offer_short, "weight_offer_short", 102, 0, NULL, 0},
    {"staff", staff_hour, "weight_staff_hour", 102, 100, NULL, 0},
    {"idle", idle_hour, "weight_idle_hour", 5, 2, NULL, 5},
    {"staff idle", staff_idle_hour, "weight_staff_idle_hour", 3.5, 2, NULL, 0},
    {"stranded by hours", stranded, "weight_stranded_day", 21, 1, NULL, 0},
    {"two services are paid", stranded_services, "weight_stranded_day", 2, 1, NULL, 2},
    {"extra day", extra_day, "weight_extra_day", 3, 2, NULL, 0},
    {"not primary", not_primary, "weight_not_primary", 4, 1, NULL, 0},
    {"not preferred", not_preferred, "weight_not_preferred_hour", 1.5, 1, NULL, 0},
    {"change", change, "weight_change", 3, 1, "S1 Tue 09:00 R1 T1 P1", 0},
    {"cushion", cushion, "weight_cushion", 3, 2, NULL, 0},
    {"cushion above hours", cushion_above_hours, "weight_cushion", 3, 2, NULL, 0},
};

static void terms_cost(void **state) {
  (void)state;
  run_ilp_cases(cases, COUNT(cases));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(terms_cost)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
