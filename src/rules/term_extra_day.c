/* weight_extra_day: days attended beyond the minimum.
 *
 *   sum over patients p of (days_p - min_days_p)+ */
#include "modules.h"
#include "sums.h"

static int64_t of_patient(const struct clinic *clinic, const struct schedule *schedule, int patient,
                          const struct ints *sessions) {
  int extra =
      attended_week_of(clinic, schedule, sessions).n_days - clinic->patients[patient].min_days;
  return extra > 0 ? extra * AMOUNT_ONE : 0;
}

static int64_t amount(const struct clinic *clinic, const struct schedule *schedule,
                      const struct previous *previous) {
  (void)previous;
  return sum_over_patients(clinic, schedule, of_patient);
}

const struct cost_term term_extra_day = {
    .term = TERM_EXTRA_DAY,
    .title = "days attended beyond the patients' minimum",
    .amount = amount,
};
