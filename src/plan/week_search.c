/* A choice of one day of each, what it costs, and the search for a better one. */
#include <stdlib.h>
#include <string.h>

#include "week_solver.h"

void week_count_rows(struct week_solver *solver, const int *chosen) {
  for (int r = 0; r < solver->n_rows; r++) solver->row_count[r] = 0;
  for (int day = 0; day < N_DAYS; day++) {
    if (chosen[day] == NONE) continue;
    const uint8_t *rows = pattern_rows(solver, &solver->days[day].list[chosen[day]]);
    for (int r = 0; r < solver->n_rows; r++) solver->row_count[r] += rows[r];
  }
}

/* The value of a choice of patterns, or INT64_MAX if it exceeds a maximum. */
static int64_t choice_value(struct week_solver *solver, const int *chosen) {
  int counted = 0, days = 0;
  int64_t value = 0;
  week_count_rows(solver, chosen);
  for (int r = 0; r < solver->n_rows; r++) {
    if (solver->row_count[r] > solver->rows[r].max_sessions) return INT64_MAX;
    value += solver->row_short[r] * max64(0, solver->rows[r].min_sessions - solver->row_count[r]);
  }
  for (int day = 0; day < N_DAYS; day++) {
    if (chosen[day] == NONE) continue;
    const struct pattern *pattern = &solver->days[day].list[chosen[day]];
    value += pattern->cost;
    counted += pattern->counted;
    days++;
  }
  if (counted > solver->most_counted || days > solver->most_days) return INT64_MAX;
  return value + totals_cost(solver, counted, days);
}

void week_keep_if_better(struct week_solver *solver, const int *chosen) {
  int64_t value = choice_value(solver, chosen);
  if (value >= solver->best) return;
  solver->best = value;
  memcpy(solver->best_chosen, chosen, sizeof solver->best_chosen);
}

static int compare_patterns(const void *a, const void *b) {
  const struct pattern *x = a, *y = b;
  if (x->reduced != y->reduced) return x->reduced < y->reduced ? -1 : 1;
  return (x->kind > y->kind) - (x->kind < y->kind);
}

static bool fits_maxima(const struct week_solver *solver, const uint8_t *rows) {
  for (int r = 0; r < solver->n_rows; r++)
    if (solver->row_count[r] + rows[r] > solver->rows[r].max_sessions) return false;
  return true;
}

static void search(struct week_solver *solver, int day, int counted, int days, int64_t reduced) {
  if (solver->nodes_left-- <= 0) return;
  if (day == N_DAYS) {
    week_keep_if_better(solver, solver->chosen); /* leaves row_count as it is */
    return;
  }
  struct day_patterns *patterns = &solver->days[day];
  int64_t least = solver->best - solver->constant - reduced; /* anything from here on is no gain */
  bool may_attend = days < solver->most_days;
  for (int i = may_attend ? 0 : patterns->n; i < patterns->n; i++) {
    const struct pattern *pattern = &patterns->list[i];
    int more = counted + pattern->counted;
    if (more > solver->most_counted) continue;
    if (pattern->reduced + *suffix_at(solver, day + 1, more, days + 1) >= least) continue;
    const uint8_t *rows = pattern_rows(solver, pattern);
    if (!fits_maxima(solver, rows)) continue;
    for (int r = 0; r < solver->n_rows; r++) solver->row_count[r] += rows[r];
    solver->chosen[day] = i;
    search(solver, day + 1, more, days + 1, reduced + pattern->reduced);
    for (int r = 0; r < solver->n_rows; r++) solver->row_count[r] -= rows[r];
    solver->chosen[day] = NONE;
    least = solver->best - solver->constant - reduced;
    if (solver->nodes_left <= 0) return;
  }
  solver->chosen[day] = NONE;
  if (*suffix_at(solver, day + 1, counted, days) < least)
    search(solver, day + 1, counted, days, reduced);
}

void week_search(struct week_solver *solver, int nodes) {
  /* best_chosen speaks of the order of before: keep it by name of the pattern's kind. */
  int kinds[N_DAYS];
  for (int day = 0; day < N_DAYS; day++)
    kinds[day] = solver->best_chosen[day] == NONE
                     ? NONE
                     : solver->days[day].list[solver->best_chosen[day]].kind;
  for (int day = 0; day < N_DAYS; day++) {
    struct day_patterns *patterns = &solver->days[day];
    if (patterns->n > 1)
      qsort(patterns->list, (size_t)patterns->n, sizeof *patterns->list, compare_patterns);
    for (int i = 0; i < patterns->n; i++)
      if (patterns->list[i].kind == kinds[day]) solver->best_chosen[day] = i;
    solver->chosen[day] = NONE;
  }
  for (int r = 0; r < solver->n_rows; r++) solver->row_count[r] = 0;
  solver->nodes_left = nodes;
  search(solver, 0, 0, 0, 0);
  solver->work += (int64_t)20 * (nodes - (solver->nodes_left > 0 ? solver->nodes_left : 0));
}
