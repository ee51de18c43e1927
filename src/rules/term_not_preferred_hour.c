/* weight_not_preferred_hour: hours attended outside preferred windows, of patients that have any.
 *
 *   sum over patients p with preferred windows, s of p of
 *     minutes of [start_s, end_s) outside preferred_p / 60 */
#include "modules.h"
#include "sums.h"

static int64_t of_patient(const struct clinic *clinic, const struct schedule *schedule, int patient,
                          const struct ints *sessions) {
  const struct windows *preferred = &clinic->patients[patient].preferred;
  int64_t minutes = 0;
  for (int i = 0; i < sessions->n && preferred->n > 0; i++) {
    const struct session *session = &schedule->sessions[sessions->list[i]];
    int end = session_end(clinic, session);
    minutes += end - session->start_min - windows_overlap(preferred, session->start_min, end);
  }
  return minutes * UNITS_PER_MINUTE;
}

static int64_t amount(const struct clinic *clinic, const struct schedule *schedule,
                      const struct previous *previous) {
  (void)previous;
  return sum_over_patients(clinic, schedule, of_patient);
}

const struct cost_term term_not_preferred_hour = {
    .term = TERM_NOT_PREFERRED_HOUR,
    .title = "hours attended outside preferred windows",
    .amount = amount,
};
