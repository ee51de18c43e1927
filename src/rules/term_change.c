/* weight_change: attendances, of patients who are in the previous plan, that it does not have.
 *
 *   sum over patients p in the previous plan, s of p of
 *     1 if (p, service_s, day and start_s) is not in the previous plan
 *
 * In the integer program: the cost of x[p, o]. */
#include "iopsched/ilp_model.h"
#include "iopsched/roster.h"
#include "modules.h"
#include "steps.h"

static int64_t amount(const struct clinic *clinic, const struct schedule *schedule,
                      const struct previous *previous) {
  int64_t n = 0;
  if (!previous) return 0;
  struct roster roster;
  roster_init(&roster, ROSTER_PATIENTS, clinic, schedule);
  for (int p = 0; p < roster.n; p++)
    for (int i = 0; i < roster.of[p].n && previous->was_in[p]; i++) {
      const struct session *session = &schedule->sessions[roster.of[p].list[i]];
      if (!previous_has(previous, p, session->service, session->start_min)) n++;
    }
  roster_release(&roster);
  return n * AMOUNT_ONE;
}

static void rows(struct ilp *ilp) {
  if (!ilp->previous) return;
  for (int i = 0; i < ilp->model->n_offerings; i++) {
    const struct ilp_offering *offering = &ilp->model->offerings[i];
    for (int k = 0; k < offering->n_seats; k++) {
      int patient = offering->seats[k].patient;
      if (ilp->previous->was_in[patient] &&
          !previous_has(ilp->previous, patient, offering->service, offering->start_min))
        ilp_cost(ilp, offering->seats[k].column, TERM_CHANGE, AMOUNT_ONE);
    }
  }
}

const struct cost_term term_change = {
    .term = TERM_CHANGE,
    .title = "attendances that the previous plan does not have",
    .amount = amount,
    .step = step_of_things,
    .rows = rows,
};
