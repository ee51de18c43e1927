/* Largest sets of sessions that share a moment: at most one of each may be attended, led or held.
 */
#include <stdlib.h>

#include "iopsched/ilp_model.h"

void ilp_sweep_begin(struct ilp_sweep *sweep, const struct ilp_span *spans, int n) {
  *sweep = (struct ilp_sweep){.spans = spans, .n = n};
  sweep->active = mem_new((size_t)n, sizeof *sweep->active);
}

bool ilp_sweep_next(struct ilp_sweep *sweep) {
  const struct ilp_span *spans = sweep->spans;
  while (sweep->next < sweep->n) {
    int now = spans[sweep->next].start_min, kept = 0, first_end = INT_MAX;
    for (int i = 0; i < sweep->n_active; i++)
      if (spans[sweep->active[i]].end_min > now) sweep->active[kept++] = sweep->active[i];
    while (sweep->next < sweep->n && spans[sweep->next].start_min == now)
      sweep->active[kept++] = sweep->next++;
    sweep->n_active = kept;
    sweep->at_min = now;
    for (int i = 0; i < kept; i++)
      if (spans[sweep->active[i]].end_min < first_end) first_end = spans[sweep->active[i]].end_min;
    /* If all of them last until the next start, that set holds this one. */
    if (sweep->next == sweep->n || first_end <= spans[sweep->next].start_min) return true;
  }
  return false;
}

void ilp_sweep_end(struct ilp_sweep *sweep) {
  free(sweep->active);
}

struct ilp_span *ilp_spans(const struct ilp *ilp, const struct ilp_uses *uses, bool with_notes) {
  struct ilp_span *spans = mem_new((size_t)uses->n, sizeof *spans);
  for (int i = 0; i < uses->n; i++) {
    const struct ilp_offering *offering = &ilp->model->offerings[uses->list[i].offering];
    int end = ilp_end(ilp, offering);
    if (with_notes) end += ilp_service(ilp, offering)->notes_minutes;
    spans[i] = (struct ilp_span){offering->start_min, end, uses->list[i].column};
  }
  return spans;
}

int ilp_covered(const struct ilp_span *spans, int n, int from_min, int to_min) {
  int minutes = 0, until = from_min;
  for (int i = 0; i < n && spans[i].start_min < to_min; i++) {
    int from = spans[i].start_min > until ? spans[i].start_min : until;
    int to = spans[i].end_min < to_min ? spans[i].end_min : to_min;
    if (to <= from) continue;
    minutes += to - from;
    until = to;
  }
  return minutes;
}

void ilp_clique_rows(struct ilp *ilp, const struct ilp_span *spans, int n, const char *rule,
                     const char *label, int most, int on) {
  struct ilp_sweep sweep;
  ilp_sweep_begin(&sweep, spans, n);
  while (ilp_sweep_next(&sweep)) {
    ilp_row(ilp, "%s(%s,%s)", rule, label, ilp_time(ilp, sweep.at_min));
    for (int i = 0; i < sweep.n_active; i++) ilp_add(ilp, spans[sweep.active[i]].column, 1);
    if (on != NONE) ilp_add(ilp, on, -most);
    ilp_at_most(ilp, on == NONE ? most : 0);
  }
  ilp_sweep_end(&sweep);
}
