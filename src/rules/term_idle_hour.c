/* weight_idle_hour: patients' hours between sessions.
 *
 *   sum over patients p, days d of (last end_pd - first start_pd - time in session_pd) / 60 */
#include "modules.h"
#include "sums.h"

static int64_t of_patient(const struct clinic *clinic, const struct schedule *schedule, int patient,
                          const struct ints *sessions) {
  (void)patient;
  return idle_minutes(clinic, schedule, sessions, false) * UNITS_PER_MINUTE;
}

static int64_t amount(const struct clinic *clinic, const struct schedule *schedule,
                      const struct previous *previous) {
  (void)previous;
  return sum_over_patients(clinic, schedule, of_patient);
}

const struct cost_term term_idle_hour = {
    .term = TERM_IDLE_HOUR,
    .title = "patients' hours between sessions",
    .amount = amount,
};
