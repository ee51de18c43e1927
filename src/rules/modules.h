/* The rule and term modules of this folder, for the lists. */
#ifndef IOPSCHED_RULES_MODULES_H
#define IOPSCHED_RULES_MODULES_H

#include "iopsched/rules.h"

#define RULE(name) extern const struct rule name;
#include "rules.def"
#undef RULE

extern const struct cost_term term_hour_short, term_day_short, term_session_short, term_offer_short,
    term_staff_hour, term_idle_hour, term_staff_idle_hour, term_stranded_day, term_extra_day,
    term_not_primary, term_not_preferred_hour, term_change, term_cushion;

#endif
