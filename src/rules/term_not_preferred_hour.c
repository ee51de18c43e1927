/* weight_not_preferred_hour: hours attended outside preferred windows, of patients that have any.
 *
 *   sum over patients p with preferred windows, s of p of
 *     minutes of [start_s, end_s) outside preferred_p / 60
 *
 * In the integer program: the cost of x[p, o]. */
#include "iopsched/ilp_model.h"
#include "modules.h"
#include "steps.h"
#include "units.h"

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

static void rows(struct ilp *ilp) {
  for (int i = 0; i < ilp->model->n_offerings; i++) {
    const struct ilp_offering *offering = &ilp->model->offerings[i];
    int end = ilp_end(ilp, offering);
    for (int k = 0; k < offering->n_seats; k++) {
      const struct windows *preferred =
          &ilp->clinic->patients[offering->seats[k].patient].preferred;
      if (preferred->n == 0) continue;
      int outside =
          end - offering->start_min - windows_overlap(preferred, offering->start_min, end);
      ilp_cost(ilp, offering->seats[k].column, TERM_NOT_PREFERRED_HOUR, UNITS_PER_MINUTE * outside);
    }
  }
}

const struct cost_term term_not_preferred_hour = {
    .term = TERM_NOT_PREFERRED_HOUR,
    .title = "hours attended outside preferred windows",
    .of_patient = of_patient,
    .step = step_of_time,
    .rows = rows,
};
