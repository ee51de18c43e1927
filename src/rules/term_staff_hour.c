/* weight_staff_hour: therapists' hours in session.
 *
 *   sum over sessions s of minutes_s / 60 x |leaders_s|
 *
 * In the integer program: the cost of n[o], minutes x leaders of its service. */
#include "iopsched/ilp_model.h"
#include "modules.h"
#include "steps.h"
#include "units.h"

static int64_t amount(const struct clinic *clinic, const struct schedule *schedule,
                      const struct previous *previous) {
  (void)previous;
  int64_t minutes = 0;
  for (int s = 0; s < schedule->n_sessions; s++) {
    const struct session *session = &schedule->sessions[s];
    minutes += (int64_t)clinic->services[session->service].minutes * session->leaders.n;
  }
  return minutes * UNITS_PER_MINUTE;
}

static void rows(struct ilp *ilp) {
  for (int i = 0; i < ilp->model->n_offerings; i++) {
    const struct service *service = ilp_service(ilp, &ilp->model->offerings[i]);
    ilp_cost(ilp, ilp->model->offerings[i].sessions, TERM_STAFF_HOUR,
             UNITS_PER_MINUTE * service->minutes * service->leaders);
  }
}

const struct cost_term term_staff_hour = {
    .term = TERM_STAFF_HOUR,
    .title = "therapists' hours in session",
    .amount = amount,
    .step = step_of_time,
    .rows = rows,
};
