/* weight_day_short: days below the minimum.
 *
 *   sum over patients p who take part of (min_days_p - days_p)+ x priority_p
 *
 *   A day is attended with any session, counted or not. */
#include "modules.h"
#include "sums.h"

static int64_t of_patient(const struct clinic *clinic, const struct schedule *schedule, int patient,
                          const struct ints *sessions) {
  const struct patient *who = &clinic->patients[patient];
  int missing = who->min_days - attended_week_of(clinic, schedule, sessions).n_days;
  if (!who->takes_part || missing <= 0) return 0;
  return missing * UNITS_PER_PRIORITY_MILLI * who->priority_milli;
}

static int64_t amount(const struct clinic *clinic, const struct schedule *schedule,
                      const struct previous *previous) {
  (void)previous;
  return sum_over_patients(clinic, schedule, of_patient);
}

const struct cost_term term_day_short = {
    .term = TERM_DAY_SHORT,
    .title = "days below the patients' minimum, times their priority",
    .amount = amount,
};
