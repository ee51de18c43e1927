/* Cases for the checks of rules: a clinic, a schedule and every message it must give. */
#ifndef IOPSCHED_TESTS_RULE_CASES_H
#define IOPSCHED_TESTS_RULE_CASES_H

#include "clinic_builder.h"
#include "iopsched/rules.h"

enum { MOST_MESSAGES = 6 };

struct rule_case {
  const char *name;
  const char *rule;                      /* "H4" */
  void (*narrow)(struct clinic *clinic); /* makes the clinic what the case needs, or NULL */
  const char *schedule;                  /* as schedule_of() reads it */
  const char *messages[MOST_MESSAGES];   /* in the order of the breaches; ends with NULL */
  bool mendable;                         /* of all of them */
  const char *involved; /* sessions of each breach, "0 1;2" by place in the schedule; or NULL */
};

/* A clinic_build() clinic with services REL, PRO (groups), IND (individual), TEL (telehealth
 * group), UDS (30 minutes, not counted), patients P1 ... P6, therapists T1 ... T3, rooms R1 ... R3.
 */
struct clinic *cases_clinic(void);
const struct rule *rule_named(const char *id);
/* Runs each case; fails the cmocka test at the first that differs, naming it. */
void run_rule_cases(const struct rule_case *cases, size_t n);

/* At most 120 minutes in session in any 150; REL's leaders write notes after it. */
void breaks_of_30(struct clinic *clinic);

#endif
