/* weight_session_short: sessions below the minimum of a requirement, of a service or of a category.
 *
 *   sum over patients p who take part, needs n of p of
 *     (min_sessions_n - |{s of p: service_s in n}|)+ x priority_p
 *
 * In the integer program, for every need n with a minimum: sessions_short[n] >= 0,
 *
 *   sum of attends[p, v, d] over d and the v of n  +  sessions_short[n]  >=  min_sessions_n */
#include "iopsched/ilp_model.h"
#include "modules.h"
#include "steps.h"
#include "units.h"

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

static void add_need(struct ilp *ilp, int patient, const struct need *need) {
  const struct ilp_labels *labels = &ilp->model->labels;
  const char *who = labels->patients[patient], *kind = need->service != NONE ? "" : "category.";
  const char *what =
      need->service != NONE ? labels->services[need->service] : labels->categories[need->category];
  int column =
      ilp_column(ilp, 0, need->min_sessions, false, "sessions_short(%s,%s%s)", who, kind, what);
  ilp_cost(ilp, column, TERM_SESSION_SHORT,
           UNITS_PER_PRIORITY_MILLI * ilp->clinic->patients[patient].priority_milli);
  ilp_row(ilp, "sessions(%s,%s%s)", who, kind, what);
  ilp_week_sessions(ilp, patient, need->service, need->category);
  ilp_add(ilp, column, 1);
  ilp_at_least(ilp, need->min_sessions);
}

static void rows(struct ilp *ilp) {
  for (int p = 0; p < ilp->clinic->n_patients; p++) {
    const struct patient *who = &ilp->clinic->patients[p];
    for (int i = 0; i < who->n_needs && who->takes_part; i++)
      if (who->needs[i].min_sessions > 0) add_need(ilp, p, &who->needs[i]);
  }
}

const struct cost_term term_session_short = {
    .term = TERM_SESSION_SHORT,
    .title = "sessions below the requirements' minima, times the patients' priority",
    .of_patient = of_patient,
    .step = step_of_prioritised_things,
    .rows = rows,
};
