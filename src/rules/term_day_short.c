/* weight_day_short: days below the minimum.
 *
 *   sum over patients p who take part of (min_days_p - days_p)+ x priority_p
 *
 *   A day is attended with any session, counted or not.
 *
 * In the integer program: days_short[p] >= 0, sum over d of day[p, d] + days_short[p] >=
 * min_days_p. */
#include "iopsched/ilp_model.h"
#include "iopsched/roster.h"
#include "modules.h"
#include "steps.h"
#include "units.h"

static int64_t of_patient(const struct clinic *clinic, const struct schedule *schedule, int patient,
                          const struct ints *sessions) {
  const struct patient *who = &clinic->patients[patient];
  int missing = who->min_days - attended_week_of(clinic, schedule, sessions).n_days;
  if (!who->takes_part || missing <= 0) return 0;
  return missing * UNITS_PER_PRIORITY_MILLI * who->priority_milli;
}

static void rows(struct ilp *ilp) {
  const struct ilp_model *model = ilp->model;
  for (int p = 0; p < ilp->clinic->n_patients; p++) {
    const struct patient *who = &ilp->clinic->patients[p];
    if (!who->takes_part || who->min_days <= 0) continue;
    int column =
        ilp_column(ilp, 0, who->min_days, false, "days_short(%s)", model->labels.patients[p]);
    ilp_cost(ilp, column, TERM_DAY_SHORT, UNITS_PER_PRIORITY_MILLI * who->priority_milli);
    ilp_row(ilp, "days(%s)", model->labels.patients[p]);
    ilp_week_days(ilp, p);
    ilp_add(ilp, column, 1);
    ilp_at_least(ilp, who->min_days);
  }
}

const struct cost_term term_day_short = {
    .term = TERM_DAY_SHORT,
    .title = "days below the patients' minimum, times their priority",
    .of_patient = of_patient,
    .step = step_of_prioritised_things,
    .rows = rows,
};
