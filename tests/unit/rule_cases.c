#include "rule_cases.h"

#include <stdio.h>
#include <string.h>

#include "iopsched/text.h"
#include "unit.h"

struct clinic *cases_clinic(void) {
  struct clinic *clinic = clinic_build(
      &(struct clinic_shape){"REL PRO IND TEL UDS", "P1 P2 P3 P4 P5 P6", "T1 T2 T3", "R1 R2 R3"});
  clinic_make_individual(clinic, "IND");
  clinic_make_telehealth(clinic, "TEL");
  service_of(clinic, "UDS")->minutes = 30;
  service_of(clinic, "UDS")->counts_hours = false;
  return clinic;
}

const struct rule *rule_named(const char *id) {
  for (int i = 0; i < n_rules; i++)
    if (strcmp(rules[i]->id, id) == 0) return rules[i];
  fail_msg("no rule '%s'", id);
  return NULL;
}

static void compare(const struct rule_case *it, const struct breaches *breaches) {
  int n_expected = 0;
  while (n_expected < MOST_MESSAGES && it->messages[n_expected]) n_expected++;
  for (int i = 0; i < breaches->n && i < n_expected; i++) {
    const struct breach *breach = &breaches->list[i];
    if (strcmp(breach->text, it->messages[i]) != 0)
      fail_msg("%s: '%s' instead of '%s'", it->name, breach->text, it->messages[i]);
    if (strcmp(breach->rule, it->rule) != 0) fail_msg("%s: rule '%s'", it->name, breach->rule);
    if (breach->mendable != it->mendable) fail_msg("%s: mendable is wrong", it->name);
  }
  if (breaches->n > n_expected)
    fail_msg("%s: %d breaches instead of %d: '%s'", it->name, breaches->n, n_expected,
             breaches->list[n_expected].text);
  if (breaches->n < n_expected)
    fail_msg("%s: %d breaches instead of %d", it->name, breaches->n, n_expected);
}

/* "0 1;2" for a first breach of sessions 0 and 1 and a second of session 2. */
static void compare_involved(const struct rule_case *it, const struct breaches *breaches) {
  struct text involved = {0};
  text_add(&involved, "");
  for (int i = 0; i < breaches->n; i++) {
    const struct ints *sessions = &breaches->list[i].sessions;
    if (i > 0) text_add(&involved, ";");
    for (int j = 0; j < sessions->n; j++)
      text_printf(&involved, j > 0 ? " %d" : "%d", sessions->list[j]);
  }
  if (strcmp(involved.data, it->involved) != 0)
    fail_msg("%s: made by '%s' instead of '%s'", it->name, involved.data, it->involved);
  text_free(&involved);
}

static void run_one(const struct rule_case *it) {
  struct clinic *clinic = cases_clinic();
  if (it->narrow) it->narrow(clinic);
  struct schedule *schedule = schedule_of(clinic, it->schedule);
  struct breaches breaches = {0};
  rule_named(it->rule)->check(clinic, schedule, &breaches);
  compare(it, &breaches);
  if (it->involved) compare_involved(it, &breaches);
  breaches_free(&breaches);
  schedule_free(schedule);
  clinic_free(clinic);
}

void run_rule_cases(const struct rule_case *cases, size_t n) {
  for (size_t i = 0; i < n; i++) run_one(&cases[i]);
}

void breaks_of_30(struct clinic *clinic) {
  clinic->break_after_minutes = 120;
  clinic->break_minutes = 30;
  service_of(clinic, "REL")->notes_minutes = 30;
}
