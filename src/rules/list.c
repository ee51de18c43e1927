/* The lists of rules and of cost terms. */
#include "modules.h"

#define RULE(name) &(name),
const struct rule *const rules[] = {
#include "rules.def"
};
#undef RULE
const int n_rules = sizeof rules / sizeof *rules;

const struct cost_term *const cost_terms[N_TERMS] = {
    [TERM_HOUR_SHORT] = &term_hour_short,
    [TERM_DAY_SHORT] = &term_day_short,
    [TERM_SESSION_SHORT] = &term_session_short,
    [TERM_OFFER_SHORT] = &term_offer_short,
    [TERM_STAFF_HOUR] = &term_staff_hour,
    [TERM_IDLE_HOUR] = &term_idle_hour,
    [TERM_STAFF_IDLE_HOUR] = &term_staff_idle_hour,
    [TERM_STRANDED_DAY] = &term_stranded_day,
    [TERM_EXTRA_DAY] = &term_extra_day,
    [TERM_NOT_PRIMARY] = &term_not_primary,
    [TERM_NOT_PREFERRED_HOUR] = &term_not_preferred_hour,
    [TERM_CHANGE] = &term_change,
    [TERM_CUSHION] = &term_cushion,
};
