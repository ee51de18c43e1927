/* weight_offer_short: sessions below what a service is to offer in the week.
 *
 *   sum over services v of (sessions_min_v - |{s: service_s = v}|)+
 *
 * In the integer program: offers_short[v] >= 0,
 *
 *   sum over offerings o of v of n[o]  +  offers_short[v]  >=  sessions_min_v */
#include <stdlib.h>

#include "iopsched/ilp_model.h"
#include "modules.h"
#include "steps.h"

static int64_t amount(const struct clinic *clinic, const struct schedule *schedule,
                      const struct previous *previous) {
  (void)previous;
  int64_t missing = 0;
  int *n_sessions = mem_new((size_t)clinic->n_services, sizeof *n_sessions);
  for (int s = 0; s < schedule->n_sessions; s++) n_sessions[schedule->sessions[s].service]++;
  for (int v = 0; v < clinic->n_services; v++)
    if (n_sessions[v] < clinic->services[v].sessions_min)
      missing += clinic->services[v].sessions_min - n_sessions[v];
  free(n_sessions);
  return missing * AMOUNT_ONE;
}

static void rows(struct ilp *ilp) {
  const struct clinic *clinic = ilp->clinic;
  for (int v = 0; v < clinic->n_services; v++) {
    const struct ints *offerings = &ilp->model->offerings_of[v];
    const char *label = ilp->model->labels.services[v];
    int least = clinic->services[v].sessions_min;
    if (least <= 0) continue;
    int column = ilp_column(ilp, 0, least, false, "offers_short(%s)", label);
    ilp_cost(ilp, column, TERM_OFFER_SHORT, AMOUNT_ONE);
    ilp_row(ilp, "offers(%s)", label);
    for (int i = 0; i < offerings->n; i++)
      ilp_add(ilp, ilp->model->offerings[offerings->list[i]].sessions, 1);
    ilp_add(ilp, column, 1);
    ilp_at_least(ilp, least);
  }
}

const struct cost_term term_offer_short = {
    .term = TERM_OFFER_SHORT,
    .title = "sessions below what the services are to offer",
    .amount = amount,
    .step = step_of_things,
    .rows = rows,
};
