/* weight_not_primary: individual and family sessions not led by the patient's primary therapist,
 * where that therapist could.
 *
 *   sum over sessions s, patients p of s with primary_counts[p, service_s] of
 *     1 if primary_p is not among leaders_s
 *
 *   primary_counts: an individual or family service of which the primary therapist holds a
 *   credential, and the two are not kept apart.
 *
 * In the integer program: the cost of x[p, o], given back by the pairings of p with primary_p
 * (src/ilp/pairings.c). */
#include "iopsched/ilp_model.h"
#include "modules.h"
#include "steps.h"

static int64_t amount(const struct clinic *clinic, const struct schedule *schedule,
                      const struct previous *previous) {
  (void)previous;
  int64_t n = 0;
  for (int s = 0; s < schedule->n_sessions; s++) {
    const struct session *session = &schedule->sessions[s];
    for (int i = 0; i < session->patients.n; i++) {
      int patient = session->patients.list[i];
      if (clinic_primary_counts(clinic, patient, session->service) &&
          !ints_contain_unsorted(&session->leaders, clinic->patients[patient].primary))
        n++;
    }
  }
  return n * AMOUNT_ONE;
}

static void rows(struct ilp *ilp) {
  for (int i = 0; i < ilp->model->n_offerings; i++) {
    const struct ilp_offering *offering = &ilp->model->offerings[i];
    for (int k = 0; k < offering->n_seats; k++)
      if (clinic_primary_counts(ilp->clinic, offering->seats[k].patient, offering->service))
        ilp_cost(ilp, offering->seats[k].column, TERM_NOT_PRIMARY, AMOUNT_ONE);
    for (int k = 0; k < offering->n_pairings; k++) {
      const struct ilp_pairing *pairing = &offering->pairings[k];
      if (pairing->therapist == ilp->clinic->patients[pairing->patient].primary &&
          clinic_primary_counts(ilp->clinic, pairing->patient, offering->service))
        ilp_cost(ilp, pairing->column, TERM_NOT_PRIMARY, -AMOUNT_ONE);
    }
  }
}

const struct cost_term term_not_primary = {
    .term = TERM_NOT_PRIMARY,
    .title = "individual and family sessions not led by the primary therapist",
    .amount = amount,
    .step = step_of_things,
    .rows = rows,
};
