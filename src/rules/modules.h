/* The list of rules: to add one, write its file and name it here. */
#ifndef IOPSCHED_RULES_MODULES_H
#define IOPSCHED_RULES_MODULES_H

#include "iopsched/rules.h"

/* In the order of their ids; each is defined in the file of its name in this folder. */
#define RULES(RULE)        \
  RULE(h01_patient_time)   \
  RULE(h02_leaders)        \
  RULE(h03_rooms)          \
  RULE(h04_group_size)     \
  RULE(h05_patient_maxima) \
  RULE(h06_visit_min)      \
  RULE(h07_session_maxima) \
  RULE(h08_membership)     \
  RULE(h09_breaks)         \
  RULE(h10_apart)          \
  RULE(h11_fixed)          \
  RULE(h12_starts)

#define RULE_DECLARED(name) extern const struct rule name;
RULES(RULE_DECLARED)
#undef RULE_DECLARED

extern const struct cost_term term_hour_short, term_day_short, term_session_short, term_offer_short,
    term_staff_hour, term_idle_hour, term_staff_idle_hour, term_stranded_day, term_extra_day,
    term_not_primary, term_not_preferred_hour, term_change, term_cushion;

#endif
