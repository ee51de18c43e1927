/* The rule and term modules of this folder, for the list. */
#ifndef IOPSCHED_RULES_MODULES_H
#define IOPSCHED_RULES_MODULES_H

#include "iopsched/rules.h"

extern const struct rule h01_patient_time, h02_leaders, h03_rooms, h04_group_size,
    h05_patient_maxima, h06_visit_min, h07_session_maxima, h08_membership, h09_breaks, h10_apart,
    h11_fixed, h12_starts;

extern const struct cost_term term_hour_short, term_day_short, term_session_short, term_offer_short,
    term_staff_hour, term_idle_hour, term_staff_idle_hour, term_stranded_day, term_extra_day,
    term_not_primary, term_not_preferred_hour, term_change, term_cushion;

#endif
