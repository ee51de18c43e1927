/* weight_session_short: sessions below the minimum of a requirement, of a service or of a category.
 *
 *   sum over patients p who take part, needs n of p of
 *     (min_sessions_n - |{s of p: service_s in n}|)+ x priority_p */
#include "modules.h"
#include "sums.h"

static bool meets(const struct clinic *clinic, const struct need *need, int service) {
  if (need->service != NONE) return need->service == service;
  return clinic->services[service].category == need->category;
}

static int64_t of_patient(const struct clinic *clinic, const struct schedule *schedule, int patient,
                          const struct ints *sessions) {
  const struct patient *who = &clinic->patients[patient];
  int64_t missing = 0;
  if (!who->takes_part) return 0;
  for (int i = 0; i < who->n_needs; i++) {
    int had = 0;
    for (int j = 0; j < sessions->n; j++)
      had += meets(clinic, &who->needs[i], schedule->sessions[sessions->list[j]].service);
    if (had < who->needs[i].min_sessions) missing += who->needs[i].min_sessions - had;
  }
  return missing * UNITS_PER_PRIORITY_MILLI * who->priority_milli;
}

static int64_t amount(const struct clinic *clinic, const struct schedule *schedule,
                      const struct previous *previous) {
  (void)previous;
  return sum_over_patients(clinic, schedule, of_patient);
}

const struct cost_term term_session_short = {
    .term = TERM_SESSION_SHORT,
    .title = "sessions below the requirements' minima, times the patients' priority",
    .amount = amount,
};
