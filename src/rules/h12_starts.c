/* H12: where sessions may stand.
 *
 *   for every service v:  |{s: service_s = v}| <= sessions_max_v
 *   for every session s:  start_s is a multiple of slot_minutes, on a day of operation, and one of
 *                         the service's `starts` where it has any
 *
 * In the integer program: sum over offerings o of v of n[o] <= sessions_max_v; other starts have no
 * columns. */
#include <stdlib.h>

#include "iopsched/ilp_model.h"
#include "judge.h"
#include "modules.h"

static void check_start(const struct judge *judge, int s) {
  const struct session *session = judged_session(judge, s);
  int start = session->start_min, slot = judge->clinic->slot_minutes;
  if (start < 0 || start >= WEEK_MIN) {
    judge_session(judge, s, "does not start in the week");
    return;
  }
  if (!judge->clinic->operates[day_of(start)])
    judge_session(judge, s, "%s is not a day of operation", day_names[day_of(start)]);
  if (start % slot != 0)
    judge_session(judge, s, "starts at %s, off the grid of %d minutes", clock_words(judge, start),
                  slot);
  else if (!service_allows_start(judged_service(judge, s), start))
    judge_session(judge, s, "%s at %s is not among the starts of service '%s'",
                  day_names[day_of(start)], clock_words(judge, start),
                  judged_service(judge, s)->id);
}

static void check_most(const struct judge *judge, int service, int n) {
  const struct service *it = &judge->clinic->services[service];
  if (n <= it->sessions_max) return;
  struct breach *breach = judge_add(judge, "service '%s' has %s in the week, at most %d allowed",
                                    it->id, count_words(judge, n, "session"), it->sessions_max);
  breach->service = service;
  for (int s = 0; s < judge->schedule->n_sessions; s++)
    if (judged_session(judge, s)->service == service) judge_involve(judge, breach, s);
}

static void check(const struct clinic *clinic, const struct schedule *schedule,
                  struct breaches *breaches) {
  struct judge judge = {"H12", clinic, schedule, breaches};
  int *n_sessions = mem_new((size_t)clinic->n_services, sizeof *n_sessions);
  for (int s = 0; s < schedule->n_sessions; s++) {
    check_start(&judge, s);
    n_sessions[schedule->sessions[s].service]++;
  }
  for (int v = 0; v < clinic->n_services; v++) check_most(&judge, v, n_sessions[v]);
  free(n_sessions);
}

static void rows(struct ilp *ilp) {
  for (int v = 0; v < ilp->clinic->n_services; v++) {
    const struct ints *offerings = &ilp->model->offerings_of[v];
    if (ilp->clinic->services[v].sessions_max == UNLIMITED) continue;
    ilp_row(ilp, "H12(%s)", ilp->model->labels.services[v]);
    for (int i = 0; i < offerings->n; i++)
      ilp_add(ilp, ilp->model->offerings[offerings->list[i]].sessions, 1);
    ilp_at_most(ilp, ilp->clinic->services[v].sessions_max);
  }
}

const struct rule h12_starts = {
    .id = "H12",
    .title = "starts and number of sessions",
    .check = check,
    .rows = rows,
};
