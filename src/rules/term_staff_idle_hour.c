/* weight_staff_idle_hour: therapists' hours between sessions, not writing notes.
 *
 *   sum over therapists t, days d of
 *     (last end_td - first start_td - time in session or writing notes in between_td) / 60 */
#include "modules.h"
#include "sums.h"

static int64_t amount(const struct clinic *clinic, const struct schedule *schedule,
                      const struct previous *previous) {
  (void)previous;
  int64_t minutes = 0;
  struct roster roster;
  roster_init(&roster, ROSTER_THERAPISTS, clinic, schedule);
  for (int t = 0; t < roster.n; t++) minutes += idle_minutes(clinic, schedule, &roster.of[t], true);
  roster_release(&roster);
  return minutes * UNITS_PER_MINUTE;
}

const struct cost_term term_staff_idle_hour = {
    .term = TERM_STAFF_IDLE_HOUR,
    .title = "therapists' hours between sessions",
    .amount = amount,
};
