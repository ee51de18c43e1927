/* weight_offer_short: sessions below what a service is to offer in the week.
 *
 *   sum over services v of (sessions_min_v - |{s: service_s = v}|)+ */
#include <stdlib.h>

#include "modules.h"

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

const struct cost_term term_offer_short = {
    .term = TERM_OFFER_SHORT,
    .title = "sessions below what the services are to offer",
    .amount = amount,
};
