/* What a week costs at least: its days chosen by hours and days alone, with the requirements paid
 * for by multipliers, which are moved until that is as much as it can be (Held & Karp 1971). */
#include <string.h>

#include "iopsched/memory.h"
#include "week_solver.h"

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

int64_t week_constant(const struct week_solver *solver, const int64_t *worth) {
  int64_t constant = 0;
  for (int r = 0; r < solver->n_rows; r++) {
    const struct need *row = &solver->rows[r];
    constant += worth[r] * (worth[r] > 0 ? row->min_sessions : row->max_sessions);
  }
  return constant;
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
  solver->constant = week_constant(solver, m->worth);
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

/* Such as attain suffix(0, 0, 0). */
void week_relaxed(struct week_solver *solver, int *chosen) {
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

int64_t week_relax(struct week_solver *solver, struct multipliers *m, int steps) {
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
    week_relaxed(solver, chosen);
    week_keep_if_better(solver, chosen);
    if (value > bound) {
      bound = value;
      memcpy(m->kept, m->worth, bytes);
    }
    if (i == steps || solver->best <= bound) break;
    week_count_rows(solver, chosen);
    step(solver, m);
  }
  if (value == bound) return bound;
  memcpy(m->worth, m->kept, bytes);
  set_reduced_costs(solver, m);
  fill_suffix(solver);
  return bound;
}
