/* weight_hour_short: hours below the minimum.
 *
 *   sum over patients p who take part of (min_minutes_p - counted_p)+ / 60 x priority_p
 *
 * In the integer program: short[p] of src/ilp/hours.c. */
#include "iopsched/divisor.h"
#include "iopsched/ilp_model.h"
#include "iopsched/roster.h"
#include "modules.h"
#include "steps.h"

static int64_t of_patient(const struct clinic *clinic, const struct schedule *schedule, int patient,
                          const struct ints *sessions) {
  const struct patient *who = &clinic->patients[patient];
  int missing = who->min_minutes - attended_week_of(clinic, schedule, sessions).counted_minutes;
  if (!who->takes_part || missing <= 0) return 0;
  return (int64_t)missing * who->priority_milli;
}

static int64_t step(const struct clinic *clinic) {
  int64_t step = 0, minutes = clinic->slot_minutes;
  for (int p = 0; p < clinic->n_patients; p++) {
    const struct patient *who = &clinic->patients[p];
    step = common_divisor(step, common_divisor(minutes, who->min_minutes) * who->priority_milli);
  }
  return step;
}

static void rows(struct ilp *ilp) {
  for (int p = 0; p < ilp->clinic->n_patients; p++) {
    int column = ilp_hours_short(ilp, p);
    if (column != NONE)
      ilp_cost(ilp, column, TERM_HOUR_SHORT,
               (int64_t)ilp->model->hour_unit_min * ilp->clinic->patients[p].priority_milli);
  }
}

const struct cost_term term_hour_short = {
    .term = TERM_HOUR_SHORT,
    .title = "hours below the patients' minimum, times their priority",
    .of_patient = of_patient,
    .step = step,
    .rows = rows,
};
