/* What each cost term measures, and what the verifier makes of it. */
#include <stdlib.h>
#include <string.h>

#include "iopsched/verify.h"
#include "rule_cases.h"
#include "unit.h"

struct term_case {
  enum term term;
  void (*narrow)(struct clinic *clinic);
  const char *schedule, *previous; /* previous: NULL, none */
  double amount;                   /* in hours, days, sessions: exact in units of 1/AMOUNT_ONE */
};

static void minima(struct clinic *clinic) {
  patient_of(clinic, "P1")->min_minutes = 180;
  patient_of(clinic, "P1")->min_days = 2;
  patient_of(clinic, "P1")->priority_milli = 2500;
  patient_of(clinic, "P2")->min_minutes = 75;
  patient_of(clinic, "P2")->min_days = 1;
  patient_of(clinic, "P3")->min_minutes = 600;
  patient_of(clinic, "P3")->min_days = 5;
  patient_of(clinic, "P3")->takes_part = false;
}

static void needs(struct clinic *clinic) {
  clinic_set_category(clinic, "REL", "skills");
  clinic_set_category(clinic, "PRO", "skills");
  clinic_add_need(clinic, "P1", "REL", 2, UNLIMITED);
  clinic_add_need(clinic, "P1", "category:skills", 3, UNLIMITED);
  patient_of(clinic, "P1")->priority_milli = 500;
  clinic_add_need(clinic, "P2", "UDS", 1, UNLIMITED);
}

static void offers(struct clinic *clinic) {
  service_of(clinic, "REL")->sessions_min = 2;
  service_of(clinic, "TEL")->sessions_min = 1;
}

static void notes(struct clinic *clinic) {
  service_of(clinic, "REL")->notes_minutes = 30;
}

static void payers(struct clinic *clinic) {
  clinic->payers[0] = (struct payer){.id = "MCO", .day_min_minutes = 120, .day_min_services = 2};
  clinic->n_payers = 1;
  patient_of(clinic, "P1")->payer = 0;
}

static void extra_days(struct clinic *clinic) {
  patient_of(clinic, "P1")->min_days = 1;
  patient_of(clinic, "P2")->min_days = 4;
}

static void primaries(struct clinic *clinic) {
  for (int p = 0; p < 4; p++) clinic->patients[p].primary = 0;
  clinic_keep_apart(clinic, "P3", "T1");
}

static void primary_unqualified(struct clinic *clinic) {
  primaries(clinic);
  clinic_set_qualified(clinic, "IND", 0, "T1", false);
}

static void preferences(struct clinic *clinic) {
  patient_of(clinic, "P1")->preferred = windows_of(clinic, "Mon 09:00-10:30,Tue 09:00-12:00");
}

static void cushions(struct clinic *clinic) {
  clinic->cushion_sessions = 2;
  service_of(clinic, "PRO")->minutes = 90;
  patient_of(clinic, "P1")->min_minutes = 180;
  patient_of(clinic, "P1")->priority_milli = 3000;
}

static void one_cushion(struct clinic *clinic) {
  cushions(clinic);
  clinic->cushion_sessions = 1;
}

static const struct term_case cases[] = {
    {TERM_HOUR_SHORT, minima, "", NULL, 3 * 2.5 + 1.25},
    {TERM_HOUR_SHORT, minima, "REL Mon 09:00 R1 T1 P1,P2,P1;UDS Mon 10:00 R1 T1 P1,P2", NULL,
     2 * 2.5 + 0.25},
    {TERM_HOUR_SHORT, minima,
     "REL Mon 09:00 R1 T1 P1,P2;PRO Mon 10:00 R1 T1 P1,P2;TEL Mon 11:00 - T1 P1;IND Mon 12:00 R1 "
     "T1 P1",
     NULL, 0},
    {TERM_DAY_SHORT, minima, "", NULL, 2 * 2.5 + 1},
    {TERM_DAY_SHORT, minima, "UDS Mon 09:00 R1 T1 P1;REL Mon 10:00 R1 T1 P1,P2", NULL, 2.5},
    {TERM_DAY_SHORT, minima,
     "UDS Mon 09:00 R1 T1 P1,P2;REL Tue 10:00 R1 T1 P1;REL Wed 10:00 R1 T1 P1", NULL, 0},
    {TERM_SESSION_SHORT, needs, "", NULL, 0.5 * (2 + 3) + 1},
    {TERM_SESSION_SHORT, needs, "PRO Mon 09:00 R1 T1 P1,P2;UDS Mon 10:00 R1 T1 P2", NULL,
     0.5 * (2 + 2)},
    {TERM_SESSION_SHORT, needs,
     "REL Mon 09:00 R1 T1 P1;REL Tue 09:00 R1 T1 P1;PRO Mon 10:00 R1 T1 P1;PRO Tue 10:00 R1 T1 P1;"
     "UDS Mon 10:00 R1 T1 P2",
     NULL, 0},
    {TERM_OFFER_SHORT, offers, "", NULL, 3},
    {TERM_OFFER_SHORT, offers, "REL Mon 09:00 R1 T1 P1;PRO Mon 09:00 R2 T2 P2", NULL, 2},
    {TERM_OFFER_SHORT, offers,
     "REL Mon 09:00 R1 T1 P1;REL Tue 09:00 R1 T1 P1;REL Wed 09:00 R1 T1 P1;TEL Mon 09:00 - T1 P1",
     NULL, 0},
    {TERM_STAFF_HOUR, NULL, "", NULL, 0},
    {TERM_STAFF_HOUR, notes, "REL Mon 09:00 R1 T1,T2 P1;UDS Tue 09:00 R1 T1 P1", NULL, 2.5},
    {TERM_IDLE_HOUR, NULL,
     "REL Mon 09:00 R1 T1 P1,P2;PRO Mon 10:00 R1 T1 P1;REL Tue 09:00 R1 T1 P1", NULL, 0},
    {TERM_IDLE_HOUR, NULL,
     "REL Mon 09:00 R1 T1 P1,P2;PRO Mon 11:30 R1 T1 P1,P2;UDS Mon 13:30 R1 T1 P1", NULL,
     1.5 + 1.5 + 1},
    {TERM_IDLE_HOUR, NULL, "REL Mon 09:00 R1 T1 P1;PRO Mon 09:10 R2 T1 P1;UDS Mon 10:10 R1 T1 P1",
     NULL, 0},
    {TERM_STAFF_IDLE_HOUR, notes, "REL Mon 09:00 R1 T1 P1;PRO Mon 10:30 R1 T1 P1", NULL, 0},
    {TERM_STAFF_IDLE_HOUR, notes,
     "PRO Mon 09:00 R1 T1,T2 P1;REL Mon 11:00 R1 T1 P1;PRO Mon 13:00 R1 T1,T2 P1;REL Tue 09:00 R1 "
     "T1 P1",
     NULL, 1 + 0.5 + 3},
    {TERM_STRANDED_DAY, payers, "REL Mon 09:00 R1 T1 P1;PRO Mon 10:00 R1 T1 P1,P2", NULL, 0},
    {TERM_STRANDED_DAY, payers, "UDS Mon 09:00 R1 T1 P1;REL Tue 09:00 R1 T1 P2", NULL, 0},
    {TERM_STRANDED_DAY, payers,
     "REL Mon 09:00 R1 T1 P1;REL Tue 09:00 R1 T1 P1;REL Tue 10:00 R1 T1 P1;UDS Tue 11:00 R1 T1 P1;"
     "IND Wed 09:00 R1 T1 P1;UDS Wed 10:00 R1 T1 P1",
     NULL, 3},
    {TERM_STRANDED_DAY, payers,
     "REL Mon 09:00 R1 T1 P1;PRO Mon 10:00 R1 T1 P1;REL Tue 09:00 R1 T1 P1;PRO Tue 10:00 R1 T1 P1",
     NULL, 0},
    {TERM_EXTRA_DAY, extra_days, "REL Mon 09:00 R1 T1 P1,P2", NULL, 0},
    {TERM_EXTRA_DAY, extra_days,
     "REL Mon 09:00 R1 T1 P1,P2;UDS Tue 09:00 R1 T1 P1,P2;REL Wed 09:00 R1 T1 P1,P2", NULL, 2},
    {TERM_NOT_PRIMARY, primaries, "IND Mon 09:00 R1 T1 P1;IND Tue 09:00 R1 T2,T1 P2", NULL, 0},
    {TERM_NOT_PRIMARY, primaries,
     "IND Mon 09:00 R1 T2 P1;IND Tue 09:00 R1 T3 P2;IND Mon 10:00 R1 T2 P3;REL Mon 11:00 R1 T2 "
     "P1;IND Wed 09:00 R1 T2 P4;IND Mon 12:00 R1 T2 P5",
     NULL, 3},
    {TERM_NOT_PRIMARY, primary_unqualified, "IND Mon 09:00 R1 T2 P1", NULL, 0},
    {TERM_NOT_PREFERRED_HOUR, preferences, "REL Mon 09:00 R1 T1 P1;REL Wed 09:00 R1 T1 P2", NULL,
     0},
    {TERM_NOT_PREFERRED_HOUR, preferences,
     "REL Mon 10:00 R1 T1 P1;PRO Tue 12:00 R1 T1 P1;UDS Wed 09:00 R1 T1 P1", NULL, 0.5 + 1 + 0.5},
    {TERM_CHANGE, NULL, "REL Mon 09:00 R1 T1 P1", NULL, 0},
    {TERM_CHANGE, NULL, "REL Mon 09:00 R2 T2 P1,P3", "REL Mon 09:00 R1 T1 P1,P2", 0},
    {TERM_CHANGE, NULL,
     "REL Mon 10:00 R2 T2 P1,P2,P3;PRO Mon 09:00 R1 T1 P1;PRO Tue 09:00 R1 T1 P2",
     "REL Mon 09:00 R1 T1 P1,P2;PRO Tue 09:00 R2 T2 P2", 3},
    {TERM_CUSHION, cushions, "", NULL, 0},
    {TERM_CUSHION, cushions,
     "REL Mon 09:00 R1 T1 P1;PRO Tue 09:00 R1 T1 P1;UDS Tue 11:00 R1 T1 P1;IND Wed 09:00 R1 T1 P1",
     NULL, 2},
    {TERM_CUSHION, one_cushion,
     "REL Mon 09:00 R1 T1 P1;PRO Tue 09:00 R1 T1 P1;UDS Tue 11:00 R1 T1 P1;IND Wed 09:00 R1 T1 P1",
     NULL, 1},
    {TERM_CUSHION, cushions, "REL Mon 09:00 R1 T1 P1,P2;IND Wed 09:00 R1 T1 P1", NULL, 1},
};

static void amounts(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct clinic *clinic = cases_clinic();
    if (cases[i].narrow) cases[i].narrow(clinic);
    struct schedule *schedule = schedule_of(clinic, cases[i].schedule);
    struct previous *previous = cases[i].previous ? previous_of(clinic, cases[i].previous) : NULL;
    int64_t expected = (int64_t)(cases[i].amount * (double)AMOUNT_ONE + 0.5);
    int64_t amount = cost_term_amount(cost_terms[cases[i].term], clinic, schedule, previous);
    if (amount != expected)
      fail_msg("case %zu, %s: %lld instead of %lld", i, term_infos[cases[i].term].setting,
               (long long)amount, (long long)expected);
    assert_int_equal(amount % cost_terms[cases[i].term]->step(clinic), 0);
    previous_free(previous);
    schedule_free(schedule);
    clinic_free(clinic);
  }
}

static void every_term_has_cases(void **state) {
  (void)state;
  for (int term = 0; term < N_TERMS; term++) {
    int none = 0, some = 0;
    for (size_t i = 0; i < COUNT(cases); i++)
      if ((int)cases[i].term == term) ++*(cases[i].amount > 0 ? &some : &none);
    if (none == 0 || some == 0) fail_msg("%s lacks cases", term_infos[term].setting);
    assert_int_equal(cost_terms[term]->term, term);
    assert_non_null(cost_terms[term]->title);
  }
}

static void cost_is_the_weighted_sum(void **state) {
  (void)state;
  struct clinic *clinic = cases_clinic();
  minima(clinic);
  struct schedule *schedule = schedule_of(clinic, "REL Mon 09:00 R1 T1 P1,P2");
  struct cost cost = verify_cost(clinic, schedule, NULL);
  /* Hours short 2 x 2.5 + 0.25 and days short 1 x 2.5, at 100; a staff hour at 1. */
  assert_int_equal(cost.cost[TERM_HOUR_SHORT], 525 * COST_ONE);
  assert_int_equal(cost.cost[TERM_DAY_SHORT], 250 * COST_ONE);
  assert_int_equal(cost.total, 776 * COST_ONE);
  assert_int_equal(cost_care(&cost), 775 * COST_ONE);
  assert_int_equal(cost_quality(&cost), COST_ONE);
  clinic->weight_milli[TERM_HOUR_SHORT] = INT64_MAX / 2;
  assert_int_equal(verify_cost(clinic, schedule, NULL).total, INT64_MAX);
  schedule_free(schedule);
  clinic_free(clinic);
}

/* Whatever a hand edit makes of a plan is judged, not trusted. */
static void odd_schedules_are_judged(void **state) {
  (void)state;
  static const int starts[] = {-30,           -WEEK_MIN, DAY_MIN - 10,    5 * DAY_MIN + 1,
                               WEEK_MIN - 10, WEEK_MIN,  2 * WEEK_MIN + 7};
  for (size_t i = 0; i < COUNT(starts); i++) {
    struct clinic *clinic = cases_clinic();
    struct breaches breaches = {0};
    struct schedule *schedule =
        schedule_of(clinic, "REL Mon 09:00 R1 T1,T1 P2,P1,P2;IND Mon 09:00 - - -");
    clinic->break_after_minutes = clinic->break_minutes = clinic->travel_minutes = 60;
    schedule->sessions[0].start_min = schedule->sessions[1].start_min = starts[i];
    assert_false(verify_rules(clinic, schedule, &breaches));
    bool found = false;
    for (int b = 0; b < breaches.n; b++) {
      const struct breach *breach = &breaches.list[b];
      found |= strcmp(breach->rule, "H12") == 0 && breach->session == 0;
    }
    assert_true(found);
    assert_true(verify_cost(clinic, schedule, NULL).total > 0);
    breaches_free(&breaches);
    schedule_free(schedule);
    clinic_free(clinic);
  }
}

static void rules_are_listed_in_order(void **state) {
  (void)state;
  for (int i = 0; i < n_rules; i++) {
    assert_int_equal(rules[i]->id[0], 'H');
    char *end;
    assert_int_equal(strtol(rules[i]->id + 1, &end, 10), i + 1);
    assert_string_equal(end, "");
  }
}

static int breaches_of(const struct breaches *breaches, const char *rule) {
  int n = 0;
  for (int b = 0; b < breaches->n; b++) n += strcmp(breaches->list[b].rule, rule) == 0;
  return n;
}

/* The verifier tells what each rule tells by itself, and here as good as every rule has something
 * to tell. */
static void verifying_asks_every_rule(void **state) {
  (void)state;
  struct clinic *clinic = cases_clinic();
  clinic->visit_min_minutes = 120;
  clinic_keep_apart(clinic, "P1", "P2");
  clinic_set_eligible(clinic, "P1", "PRO", false);
  clinic->break_after_minutes = 60;
  clinic->break_minutes = 60;
  clinic_add_fixed(clinic, "IND Fri 09:00 - - -", "2");
  patient_of(clinic, "P1")->max_days = 0;
  struct schedule *schedule = schedule_of(
      clinic,
      "PRO Mon 09:10 - - P1,P2;REL Mon 09:30 - T1 P1;REL Mon 10:30 R1 T1 P1;IND Mon 10:30 R1 T1 -");
  struct breaches breaches = {0};
  assert_false(verify_rules(clinic, schedule, &breaches));
  int n_broken = 0;
  for (int i = 0; i < n_rules; i++) {
    struct breaches alone = {0};
    rules[i]->check(clinic, schedule, &alone);
    assert_int_equal(breaches_of(&breaches, rules[i]->id), alone.n);
    n_broken += alone.n > 0;
    breaches_free(&alone);
  }
  assert_true(n_broken >= 12);
  breaches_free(&breaches);
  schedule_free(schedule);
  clinic->n_fixed = 0;
  schedule = schedule_of(clinic, "");
  assert_true(verify_rules(clinic, schedule, &breaches));
  schedule_free(schedule);
  clinic_free(clinic);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(amounts),
      cmocka_unit_test(every_term_has_cases),
      cmocka_unit_test(cost_is_the_weighted_sum),
      cmocka_unit_test(rules_are_listed_in_order),
      cmocka_unit_test(odd_schedules_are_judged),
      cmocka_unit_test(verifying_asks_every_rule),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
