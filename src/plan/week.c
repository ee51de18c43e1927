#include "week.h"

#include <stdlib.h>
#include <string.h>

#include "crew.h"
#include "week_join.h"
#include "week_solver.h"

/* Search effort for one week: steps of the multipliers, nodes of the search. */
enum { SEAT_STEPS = 14, BOUND_STEPS = 14, SEAT_NODES = 3000, BOUND_NODES = 1500 };

static void add_desk(struct week_solver *solver) {
  day_solver_init(&solver->desks[solver->n_desks++], solver->grid, solver->max_nodes);
}

static void remove_desk(struct week_solver *solver) {
  struct day_solver *desk = &solver->desks[--solver->n_desks];
  solver->work += desk->work;
  day_solver_release(desk);
}

void week_solver_spread(struct week_solver *solver, int n_threads) {
  solver->n_threads = n_threads;
  while (n_threads > 1 && solver->n_desks < N_DAYS) add_desk(solver);
  while (n_threads <= 1 && solver->n_desks > 1) remove_desk(solver);
}

struct week_solver *week_solver_new(const struct grid *grid, const struct lattices *lattices) {
  struct week_solver *solver = mem_new(1, sizeof *solver);
  solver->grid = grid;
  solver->lattices = lattices;
  solver->max_nodes = solver->max_kinds = 1;
  int rows = 1;
  for (int i = 0; i < lattices->n; i++) {
    const struct lattice *lattice = &lattices->list[i];
    if (lattice->n_nodes > solver->max_nodes) solver->max_nodes = lattice->n_nodes;
    if (lattice->n_kinds > solver->max_kinds) solver->max_kinds = lattice->n_kinds;
    if (lattice->n_rows > rows) rows = lattice->n_rows;
  }
  add_desk(solver);
  solver->multipliers = mem_new((size_t)grid->clinic->n_patients, sizeof *solver->multipliers);
  size_t kinds = (size_t)solver->max_kinds;
  solver->kinds = mem_new(kinds, sizeof *solver->kinds);
  solver->kind_listed = mem_new(kinds, sizeof *solver->kind_listed);
  solver->kind_worth = mem_new(kinds, sizeof *solver->kind_worth);
  solver->row_short = mem_new((size_t)rows, sizeof *solver->row_short);
  solver->row_count = mem_new((size_t)rows, sizeof *solver->row_count);
  for (int day = 0; day < N_DAYS; day++)
    day_patterns_init(&solver->days[day], grid, solver->max_kinds);
  return solver;
}

void week_solver_free(struct week_solver *solver) {
  if (!solver) return;
  while (solver->n_desks > 0) remove_desk(solver);
  for (int day = 0; day < N_DAYS; day++) day_patterns_release(&solver->days[day]);
  for (int p = 0; p < solver->grid->clinic->n_patients; p++) {
    free(solver->multipliers[p].worth);
    free(solver->multipliers[p].length);
    free(solver->multipliers[p].kept);
    free(solver->multipliers[p].moved);
  }
  free(solver->multipliers);
  week_join_free(solver->join);
  free(solver->suffix);
  free(solver->kinds);
  free(solver->kind_listed);
  free(solver->kind_worth);
  free(solver->row_short);
  free(solver->row_count);
  free(solver);
}

int64_t week_solver_work(const struct week_solver *solver) {
  int64_t work = solver->work;
  for (int i = 0; i < solver->n_desks; i++) work += solver->desks[i].work;
  return work;
}

/* ---- the week's own costs ---- */

static void count_rows(struct week_solver *solver, const int *chosen) {
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
  count_rows(solver, chosen);
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

static void keep_if_better(struct week_solver *solver, const int *chosen) {
  int64_t value = choice_value(solver, chosen);
  if (value >= solver->best) return;
  solver->best = value;
  memcpy(solver->best_chosen, chosen, sizeof solver->best_chosen);
}

/* ---- relaxation of the requirements ---- */

/* Days of a kind stand in several days of the week. */
static void list_kinds(struct week_solver *solver) {
  for (int i = 0; i < solver->n_kinds; i++) solver->kind_listed[solver->kinds[i]] = false;
  solver->n_kinds = 0;
  for (int day = 0; day < N_DAYS; day++) {
    const struct day_patterns *patterns = &solver->days[day];
    for (int i = 0; i < patterns->n; i++) {
      int kind = patterns->list[i].kind;
      if (solver->kind_listed[kind]) continue;
      solver->kind_listed[kind] = true;
      solver->kinds[solver->n_kinds++] = kind;
    }
  }
}

static void price_kinds(struct week_solver *solver, const struct multipliers *m) {
  for (int i = 0; i < solver->n_kinds; i++) {
    int kind = solver->kinds[i];
    const uint8_t *rows = kind_rows(solver, kind);
    int64_t worth = 0;
    for (int r = 0; r < solver->n_rows; r++) worth += m->worth[r] * rows[r];
    solver->kind_worth[kind] = worth;
  }
}

static void set_reduced_costs(struct week_solver *solver, const struct multipliers *m) {
  price_kinds(solver, m);
  for (int day = 0; day < N_DAYS; day++) {
    struct day_patterns *patterns = &solver->days[day];
    for (int level = 1; level < patterns->n_levels; level++)
      patterns->levels[level].reduced = INT64_MAX;
    for (int i = 0; i < patterns->n; i++) {
      struct pattern *pattern = &patterns->list[i];
      pattern->reduced = pattern->cost - solver->kind_worth[pattern->kind];
      struct level *level = &patterns->levels[pattern->level];
      if (pattern->reduced >= level->reduced) continue;
      level->pattern = i;
      level->reduced = pattern->reduced;
    }
    solver->work += patterns->n;
  }
  solver->constant = 0;
  for (int r = 0; r < solver->n_rows; r++) {
    const struct need *row = &solver->rows[r];
    solver->constant += m->worth[r] * (m->worth[r] > 0 ? row->min_sessions : row->max_sessions);
  }
}

/* Sets reach[day] to the most slots that can be counted before each day. */
static void find_reach(struct week_solver *solver) {
  int *reach = solver->reach;
  reach[0] = 0;
  for (int day = 0; day < N_DAYS; day++) {
    const struct day_patterns *patterns = &solver->days[day];
    int longest = 0;
    for (int i = 1; i < patterns->n_levels; i++)
      if (patterns->levels[i].counted > longest) longest = patterns->levels[i].counted;
    reach[day + 1] = reach[day] + longest;
    if (reach[day + 1] > solver->most_counted) reach[day + 1] = solver->most_counted;
  }
}

/* What stays the same while the multipliers move: what can be reached, and the end of the week. */
static void begin_suffix(struct week_solver *solver) {
  size_t size = (N_DAYS + 1) * ((size_t)solver->most_counted + 1) * (N_DAYS + 1);
  if (size > solver->suffix_size) {
    solver->suffix = mem_resize(solver->suffix, size, sizeof(int64_t));
    solver->suffix_size = size;
  }
  find_reach(solver);
  for (int counted = 0; counted <= solver->reach[N_DAYS]; counted++)
    for (int days = 0; days <= solver->most_days; days++)
      *suffix_at(solver, N_DAYS, counted, days) = totals_cost(solver, counted, days);
}

/* Betters `here` [n] by what it would be with a day of that level, `then` being what follows. */
static void better_suffix(int64_t *restrict here, const int64_t *restrict then, int n,
                          int64_t reduced) {
  for (int counted = 0; counted < n; counted++) {
    int64_t value = reduced + then[counted];
    here[counted] = value < here[counted] ? value : here[counted];
  }
}

/* Of one number of days attended before: the day is spent at home or as one of its levels. */
static void fill_suffix_after(struct week_solver *solver, int day, int days) {
  const struct day_patterns *patterns = &solver->days[day];
  int n = solver->reach[day] + 1;
  int64_t *here = suffix_at(solver, day, 0, days);
  memcpy(here, suffix_at(solver, day + 1, 0, days), (size_t)n * sizeof *here);
  if (days == solver->most_days) return;
  for (int i = 1; i < patterns->n_levels; i++) {
    const struct level *level = &patterns->levels[i];
    int may = solver->most_counted - level->counted + 1;
    if (may <= 0) continue;
    better_suffix(here, suffix_at(solver, day + 1, level->counted, days + 1), may < n ? may : n,
                  level->reduced);
  }
}

/* suffix(day, counted, days): least reduced cost of the days from `day` on; of what can be reached
 * alone. */
static void fill_suffix(struct week_solver *solver) {
  for (int day = N_DAYS - 1; day >= 0; day--)
    for (int days = 0; days <= solver->most_days && days <= day; days++)
      fill_suffix_after(solver, day, days);
  solver->work += ((int64_t)solver->most_counted + 1) * 8;
}

/* The patterns of a week that attains suffix(0, 0, 0). */
static void trace_suffix(struct week_solver *solver, int *chosen) {
  int counted = 0, days = 0;
  for (int day = 0; day < N_DAYS; day++) {
    const struct day_patterns *patterns = &solver->days[day];
    int64_t value = *suffix_at(solver, day, counted, days);
    chosen[day] = NONE;
    if (value == *suffix_at(solver, day + 1, counted, days)) continue;
    for (int i = 1; i < patterns->n_levels; i++) {
      const struct level *level = &patterns->levels[i];
      if (counted + level->counted > solver->most_counted || days == solver->most_days) continue;
      if (value != level->reduced + *suffix_at(solver, day + 1, counted + level->counted, days + 1))
        continue;
      chosen[day] = level->pattern;
      counted += level->counted;
      days++;
      break;
    }
  }
}

/* Which way a row's worth should go after a relaxed week with the counts in row_count. */
static int slope(const struct week_solver *solver, const struct multipliers *m, int r) {
  const struct need *row = &solver->rows[r];
  int count = solver->row_count[r];
  if (count < row->min_sessions) return 1;
  if (count > row->max_sessions) return -1;
  if (m->worth[r] > 0 && count > row->min_sessions) return -1;
  if (m->worth[r] < 0 && count < row->max_sessions) return 1;
  return 0;
}

/* A step of each worth by its own length, which grows while the direction stays and shrinks when it
 * turns (Riedmiller & Braun 1993): rows hardly influence each other. */
static void step(const struct week_solver *solver, struct multipliers *m) {
  for (int r = 0; r < solver->n_rows; r++) {
    int way = slope(solver, m, r);
    if (way == 0) continue;
    if (m->moved[r] == way)
      m->length[r] += m->length[r] / 2;
    else if (m->moved[r] == -way)
      m->length[r] = m->length[r] * 2 / 5;
    m->moved[r] = (int8_t)way;
    int64_t before = m->worth[r], least = -(INT64_C(1) << 50);
    int64_t after = before + way * m->length[r];
    if (before != 0 && (before > 0) != (after > 0)) after = 0; /* the slope changes there */
    if (solver->rows[r].max_sessions == UNLIMITED || after < least)
      after = max64(after, solver->rows[r].max_sessions == UNLIMITED ? 0 : least);
    m->worth[r] = after < solver->row_short[r] ? after : solver->row_short[r];
  }
}

static void begin_steps(const struct week_solver *solver, struct multipliers *m) {
  for (int r = 0; r < solver->n_rows; r++) {
    int64_t size = m->worth[r] < 0 ? -m->worth[r] : m->worth[r];
    m->length[r] = max64(size / 4, COST_ONE / 8);
    m->moved[r] = 0;
  }
}

/* Moves the multipliers; leaves reduced costs and suffix of the best ones. Returns the bound. */
static int64_t relax(struct week_solver *solver, struct multipliers *m, int steps) {
  int chosen[N_DAYS];
  size_t bytes = (size_t)solver->n_rows * sizeof(int64_t);
  int64_t bound = INT64_MIN, value = 0;
  list_kinds(solver);
  begin_suffix(solver);
  begin_steps(solver, m);
  for (int i = 0;; i++) {
    set_reduced_costs(solver, m);
    fill_suffix(solver);
    value = *suffix_at(solver, 0, 0, 0) + solver->constant;
    trace_suffix(solver, chosen);
    keep_if_better(solver, chosen);
    if (value > bound) {
      bound = value;
      memcpy(m->kept, m->worth, bytes);
    }
    if (i == steps || solver->best <= bound) break;
    count_rows(solver, chosen);
    step(solver, m);
  }
  if (value == bound) return bound;
  memcpy(m->worth, m->kept, bytes);
  set_reduced_costs(solver, m);
  fill_suffix(solver);
  return bound;
}

/* ---- search ---- */

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
    keep_if_better(solver, solver->chosen); /* leaves row_count as it is */
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

static void search_week(struct week_solver *solver, int nodes) {
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

/* ---- the whole ---- */

static void set_patient(struct week_solver *solver, int patient) {
  const struct clinic *clinic = solver->grid->clinic;
  const struct patient *who = &clinic->patients[patient];
  solver->who = who;
  solver->lattice = &solver->lattices->list[solver->lattices->of_patient[patient]];
  solver->rows = solver->lattice->rows;
  solver->n_rows = solver->lattice->n_rows;
  int64_t session_short = grid_session_short(solver->grid, who);
  for (int r = 0; r < solver->n_rows; r++)
    solver->row_short[r] = solver->rows[r].min_sessions > 0 ? session_short : 0;
  solver->hour_short_minute = clinic->weight_milli[TERM_HOUR_SHORT] * who->priority_milli;
  solver->day_short =
      clinic->weight_milli[TERM_DAY_SHORT] * (AMOUNT_ONE / 1000) * who->priority_milli;
  solver->most_counted = who->max_minutes / clinic->slot_minutes;
  solver->most_days = who->max_days < N_DAYS ? who->max_days : N_DAYS;
  struct multipliers *m = &solver->multipliers[patient];
  if (m->worth) return;
  size_t n = (size_t)solver->n_rows;
  m->worth = mem_new(n, sizeof *m->worth);
  m->length = mem_new(n, sizeof *m->length);
  m->kept = mem_new(n, sizeof *m->kept);
  m->moved = mem_new(n, sizeof *m->moved);
  for (size_t r = 0; r < n; r++)
    m->worth[r] = solver->row_short[r] < COST_ONE ? solver->row_short[r] : COST_ONE;
}

struct listing {
  struct week_solver *solver;
  const int64_t *price;
  enum week_purpose purpose;
};

static void list_patterns_of(void *data, int day) {
  const struct listing *listing = data;
  struct week_solver *solver = listing->solver;
  struct day_solver *desk = &solver->desks[solver->n_desks > 1 ? day : 0];
  day_patterns_clear(&solver->days[day]);
  if (day < solver->who->first_day || day > solver->who->last_day) return;
  day_solve(desk, solver->lattice, day, listing->price, listing->purpose == WEEK_SEAT);
  day_patterns_list(&solver->days[day], desk, solver->who);
  desk->work += desk->n_labels;
}

static void list_all_patterns(struct week_solver *solver, const int64_t *price,
                              enum week_purpose purpose) {
  struct listing listing = {solver, price, purpose};
  if (solver->n_desks > 1)
    crew_do(N_DAYS, solver->n_threads, list_patterns_of, &listing);
  else
    for (int day = 0; day < N_DAYS; day++) list_patterns_of(&listing, day);
  solver->left_out = solver->lattice->partial;
  for (int day = 0; day < N_DAYS; day++)
    solver->left_out = solver->left_out || solver->days[day].left_out;
}

void week_solve(struct week_solver *solver, int patient, const int64_t *price,
                enum week_purpose purpose, struct week *best) {
  *best = (struct week){.value = INT64_MAX};
  set_patient(solver, patient);
  if (purpose == WEEK_BOUND && solver->lattice->partial) {
    best->lower = week_price_floor(solver->grid, patient, price);
    solver->work += solver->grid->n_offers;
    return;
  }
  list_all_patterns(solver, price, purpose);
  solver->best = INT64_MAX;
  for (int day = 0; day < N_DAYS; day++) solver->chosen[day] = solver->best_chosen[day] = NONE;
  keep_if_better(solver, solver->chosen); /* the empty week */

  struct multipliers *m = &solver->multipliers[patient];
  int64_t bound = relax(solver, m, purpose == WEEK_SEAT ? SEAT_STEPS : BOUND_STEPS);
  bool proven = solver->best <= bound;
  if (!proven && purpose == WEEK_BOUND && !solver->left_out) {
    bound = week_join(solver, m->worth);
    proven = solver->best <= bound;
  }
  if (!proven) {
    search_week(solver, purpose == WEEK_SEAT ? SEAT_NODES : BOUND_NODES);
    proven = solver->nodes_left > 0;
  }
  best->value = solver->best;
  best->lower = solver->left_out ? week_price_floor(solver->grid, patient, price)
                : proven         ? solver->best
                                 : bound;
  if (best->value == INT64_MAX) return;
  for (int day = 0; day < N_DAYS; day++) {
    if (solver->best_chosen[day] == NONE) continue;
    const struct pattern *pattern = &solver->days[day].list[solver->best_chosen[day]];
    memcpy(best->offers + best->n, pattern->offers, (size_t)pattern->n * sizeof(int));
    best->n += pattern->n;
  }
}
