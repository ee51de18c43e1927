#include "week_join.h"

#include <stdlib.h>

/* Beginnings of weeks looked at before it is given up; far fewer nearly always. */
enum { MOST_BEGINNINGS = 30000, INDEX_SIZE = 1 << 16 };

/* The first days of a week. */
struct beginning {
  int64_t cost;    /* of the patterns */
  int64_t least;   /* of any week that begins so */
  uint64_t counts; /* what the days contribute, and how many are decided: one number */
  int32_t before;  /* the beginning with a day less, or NONE */
  int32_t pattern; /* of its last day, or NONE: at home */
  int32_t counted; /* slots */
  int8_t day;      /* the next to be decided */
  int8_t days;     /* attended */
};

struct join {
  struct beginning *list; /* [n] */
  int n;
  int32_t *heap; /* [n_heap]: beginnings to go on from, the most promising first */
  int n_heap;
  int32_t *index; /* [INDEX_SIZE]: the cheapest beginning by counts, open addressing; or NONE */
  int32_t *taken; /* [n_taken]: places of the index that are not NONE */
  int n_taken;
  uint64_t unit; /* of the patient at hand: how many numbers the sessions of all rows can be */
};

static struct join *join_new(void) {
  struct join *join = mem_new(1, sizeof *join);
  join->list = mem_new(MOST_BEGINNINGS, sizeof *join->list);
  join->heap = mem_new(MOST_BEGINNINGS, sizeof *join->heap);
  join->taken = mem_new(MOST_BEGINNINGS, sizeof *join->taken);
  join->index = mem_new(INDEX_SIZE, sizeof *join->index);
  for (int i = 0; i < INDEX_SIZE; i++) join->index[i] = NONE;
  return join;
}

void week_join_free(struct join *join) {
  if (!join) return;
  free(join->list);
  free(join->heap);
  free(join->taken);
  free(join->index);
  free(join);
}

static void forget(struct join *join) {
  for (int i = 0; i < join->n_taken; i++) join->index[join->taken[i]] = NONE;
  join->n = join->n_heap = join->n_taken = 0;
}

/* ---- the heap ---- */

static bool comes_first(const struct join *join, int32_t a, int32_t b) {
  const struct beginning *x = &join->list[a], *y = &join->list[b];
  if (x->least != y->least) return x->least < y->least;
  if (x->day != y->day) return x->day > y->day;
  return a < b;
}

static void push(struct join *join, int32_t beginning) {
  int at = join->n_heap++;
  for (; at > 0 && comes_first(join, beginning, join->heap[(at - 1) / 2]); at = (at - 1) / 2)
    join->heap[at] = join->heap[(at - 1) / 2];
  join->heap[at] = beginning;
}

static int32_t pop(struct join *join) {
  int32_t first = join->heap[0], last = join->heap[--join->n_heap];
  int at = 0;
  for (int child = 1; child < join->n_heap; child = 2 * at + 1) {
    if (child + 1 < join->n_heap && comes_first(join, join->heap[child + 1], join->heap[child]))
      child++;
    if (!comes_first(join, join->heap[child], last)) break;
    join->heap[at] = join->heap[child];
    at = child;
  }
  join->heap[at] = last;
  return first;
}

/* ---- beginnings ---- */

static int32_t *place_of(const struct join *join, uint64_t counts) {
  uint64_t hash = counts * UINT64_C(0xD6E8FEB86659FD93);
  size_t i = (size_t)(hash ^ (hash >> 32)) & (INDEX_SIZE - 1);
  while (join->index[i] != NONE && join->list[join->index[i]].counts != counts)
    i = (i + 1) & (INDEX_SIZE - 1);
  return &join->index[i];
}

/* Unless another that contributes alike is as cheap. False if there is no room. */
static bool add(struct join *join, const struct beginning *beginning) {
  int32_t *place = place_of(join, beginning->counts);
  if (*place != NONE && join->list[*place].cost <= beginning->cost) return true;
  if (join->n == MOST_BEGINNINGS) return false;
  if (*place == NONE) join->taken[join->n_taken++] = (int32_t)(place - join->index);
  *place = join->n++;
  join->list[*place] = *beginning;
  push(join, *place);
  return true;
}

/* Sessions beyond this count alike, or are not allowed. */
static int most_of(const struct need *row) {
  return row->max_sessions == UNLIMITED ? row->min_sessions : row->max_sessions;
}

/* 0 where what a beginning contributes does not fit one number. */
static uint64_t unit_of_days(const struct week_solver *solver) {
  uint64_t unit = 1, with_days;
  uint64_t places = ((uint64_t)solver->most_counted + 1) * (N_DAYS + 1) * (N_DAYS + 1);
  for (int r = 0; r < solver->n_rows; r++)
    if (__builtin_mul_overflow(unit, (uint64_t)most_of(&solver->rows[r]) + 1, &unit)) return 0;
  return __builtin_mul_overflow(unit, places, &with_days) ? 0 : unit;
}

/* Adds the sessions of a day, or none at all, to those of the beginning and sums up what the rows
 * pay for them and what is short. False if that exceeds a maximum. */
static bool add_rows(const struct week_solver *solver, const int64_t *worth, const uint8_t *more,
                     uint64_t *counts, int64_t *paid, int64_t *short_cost) {
  uint64_t left = *counts, unit = 1;
  *counts = 0;
  *paid = *short_cost = 0;
  for (int r = 0; r < solver->n_rows; r++) {
    const struct need *row = &solver->rows[r];
    uint64_t radix = (uint64_t)most_of(row) + 1;
    int count = (int)(left % radix) + (more ? more[r] : 0);
    left /= radix;
    if (count > most_of(row)) {
      if (row->max_sessions != UNLIMITED) return false;
      count = most_of(row);
    }
    *counts += unit * (uint64_t)count;
    unit *= radix;
    *paid += worth[r] * count;
    *short_cost += solver->row_short[r] * max64(0, row->min_sessions - count);
  }
  return true;
}

/* Goes on with a pattern of the next day, or at home (NONE). False if there is no room. */
static bool go_on(struct week_solver *solver, const int64_t *worth, int32_t from, int index) {
  struct beginning next = solver->join->list[from];
  const struct pattern *pattern = index == NONE ? NULL : &solver->days[next.day].list[index];
  uint64_t unit = solver->join->unit;
  int64_t paid, short_cost;
  next.counts %= unit;
  if (!add_rows(solver, worth, pattern ? pattern_rows(solver, pattern) : NULL, &next.counts, &paid,
                &short_cost))
    return true;
  next.before = from;
  next.pattern = index;
  next.day++;
  if (pattern) {
    next.days++;
    next.counted += pattern->counted;
    next.cost += pattern->cost;
  }
  uint64_t place = ((uint64_t)next.counted * (N_DAYS + 1) + (uint64_t)next.days) * (N_DAYS + 1);
  next.counts += unit * (place + (uint64_t)next.day);
  next.least = next.day == N_DAYS
                   ? next.cost + short_cost + totals_cost(solver, next.counted, next.days)
                   : next.cost - paid + solver->constant +
                         *suffix_at(solver, next.day, next.counted, next.days);
  return next.least >= solver->best || add(solver->join, &next);
}

/* False if there is no room for all. */
static bool go_on_with_all(struct week_solver *solver, const int64_t *worth, int32_t from) {
  const struct beginning at = solver->join->list[from]; /* a copy: the list changes */
  const struct day_patterns *patterns = &solver->days[at.day];
  int64_t so_far = at.least - *suffix_at(solver, at.day, at.counted, at.days);
  solver->work += patterns->n;
  if (!go_on(solver, worth, from, NONE)) return false;
  for (int i = 0; i < patterns->n && at.days < solver->most_days; i++) {
    int counted = at.counted + patterns->list[i].counted;
    if (counted > solver->most_counted) continue;
    int64_t rest = *suffix_at(solver, at.day + 1, counted, at.days + 1);
    if (so_far + patterns->list[i].reduced + rest >= solver->best) continue;
    if (!go_on(solver, worth, from, i)) return false;
  }
  return true;
}

static void keep_week(struct week_solver *solver, int32_t whole) {
  const struct beginning *list = solver->join->list;
  solver->best = list[whole].least;
  for (int32_t at = whole; list[at].before != NONE; at = list[at].before)
    solver->best_chosen[list[at].day - 1] = list[at].pattern;
}

int64_t week_join(struct week_solver *solver, const int64_t *worth) {
  if (!solver->join) solver->join = join_new();
  struct join *join = solver->join;
  forget(join);
  join->unit = unit_of_days(solver);
  if (join->unit == 0) return INT64_MIN;
  add(join, &(struct beginning){.least = solver->constant + *suffix_at(solver, 0, 0, 0),
                                .before = NONE,
                                .pattern = NONE});
  while (join->n_heap > 0) {
    int32_t first = pop(join);
    const struct beginning *beginning = &join->list[first];
    if (*place_of(join, beginning->counts) != first) continue; /* a cheaper one came after it */
    int64_t least = beginning->least;
    if (beginning->day == N_DAYS) {
      keep_week(solver, first);
      return least;
    }
    if (!go_on_with_all(solver, worth, first)) return least;
  }
  return solver->best; /* nothing is cheaper */
}
