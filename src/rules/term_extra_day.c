/* weight_extra_day: days attended beyond the minimum.
 *
 *   sum over patients p of (days_p - min_days_p)+
 *
 * In the integer program: more_days[p] >= 0, sum over d of day[p, d] - more_days[p] <= min_days_p.
 */
#include "iopsched/ilp_model.h"
#include "iopsched/roster.h"
#include "modules.h"
#include "steps.h"

static int64_t of_patient(const struct clinic *clinic, const struct schedule *schedule, int patient,
                          const struct ints *sessions) {
  int extra =
      attended_week_of(clinic, schedule, sessions).n_days - clinic->patients[patient].min_days;
  return extra > 0 ? extra * AMOUNT_ONE : 0;
}

static void rows(struct ilp *ilp) {
  const struct ilp_model *model = ilp->model;
  for (int p = 0; p < ilp->clinic->n_patients; p++) {
    int n_days = model->first_day[p + 1] - model->first_day[p];
    int most = n_days - ilp->clinic->patients[p].min_days;
    if (most <= 0) continue;
    int column = ilp_column(ilp, 0, most, false, "more_days(%s)", model->labels.patients[p]);
    ilp_cost(ilp, column, TERM_EXTRA_DAY, AMOUNT_ONE);
    ilp_row(ilp, "days.more(%s)", model->labels.patients[p]);
    ilp_week_days(ilp, p);
    ilp_add(ilp, column, -1);
    ilp_at_most(ilp, ilp->clinic->patients[p].min_days);
  }
}

const struct cost_term term_extra_day = {
    .term = TERM_EXTRA_DAY,
    .title = "days attended beyond the patients' minimum",
    .of_patient = of_patient,
    .step = step_of_things,
    .rows = rows,
};
