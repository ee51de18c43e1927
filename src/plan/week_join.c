#include "week_join.h"

#include <stdlib.h>

#include "tally.h"

/* Beginnings of weeks looked at before it is given up; far fewer nearly always. With 8,000 an
 * evaluation of a bound takes two thirds of the time, but proves half a percent less where there
 * are many services and starts. */
enum { MOST_BEGINNINGS = 30000, INDEX_SIZE = 1 << 16 };
/* Weeks are looked for that cost at most this much more than the relaxation says, then ever more:
 * most best weeks cost hardly more, and what costs more than they do only takes up room. */
#define FIRST_MORE (COST_ONE / 64)
enum { MORE_FACTOR = 4 };

/* The first days of a week. */
struct beginning {
  int64_t least;   /* of any week that begins so */
  uint64_t counts; /* sessions, as a tally */
  int32_t counted; /* slots */
  int8_t day;      /* the next to be decided */
  int8_t days;     /* attended */
  int32_t before;  /* the beginning with a day less, or NONE */
  int32_t pattern; /* of its last day, or NONE: at home */
};

/* A pattern, of which this is all that the search looks at again and again. */
struct way {
  int64_t reduced;
  uint64_t counts;
  int32_t counted, pattern;
};

struct ways {       /* to spend a day */
  struct way *list; /* [n], by reduced cost */
  int n;
  size_t capacity;
  int64_t least_rest[N_DAYS + 1]; /* by days attended before: of any rest of the week after it */
};

struct join {
  struct beginning *list; /* [n] */
  int n;
  int32_t *heap; /* [n_heap]: beginnings to go on from, the most promising first */
  int n_heap;
  int32_t *index; /* [INDEX_SIZE]: the cheapest of beginnings that are alike, open addressing; or
                     NONE */
  int32_t *taken; /* [n_taken]: places of the index that are not NONE */
  int n_taken;
  /* Of the patient at hand: */
  struct tally tally;
  struct ways ways[N_DAYS];
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
  for (int day = 0; day < N_DAYS; day++) free(join->ways[day].list);
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

/* ---- ways to spend a day ---- */

static bool tally_patient(struct week_solver *solver) {
  int most_a_day[TALLY_BITS] = {0};
  if (solver->n_rows > TALLY_BITS) return false;
  for (int day = 0; day < N_DAYS; day++)
    for (int i = 0; i < solver->days[day].n; i++) {
      const uint8_t *rows = pattern_rows(solver, &solver->days[day].list[i]);
      for (int r = 0; r < solver->n_rows; r++)
        if (rows[r] > most_a_day[r]) most_a_day[r] = rows[r];
    }
  return tally_init(&solver->join->tally, solver->rows, solver->n_rows, most_a_day);
}

static int compare_ways(const void *a, const void *b) {
  const struct way *x = a, *y = b;
  if (x->reduced != y->reduced) return x->reduced < y->reduced ? -1 : 1;
  return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

static int64_t least_rest(struct week_solver *solver, int day, int days) {
  int64_t least = INT64_MAX;
  for (int counted = 0; counted <= solver->reach[day]; counted++) {
    int64_t rest = *suffix_at(solver, day, counted, days);
    if (rest < least) least = rest;
  }
  return least;
}

static void list_ways(struct week_solver *solver, int day) {
  const struct day_patterns *patterns = &solver->days[day];
  struct ways *ways = &solver->join->ways[day];
  ways->n = 0;
  for (int i = 0; i < patterns->n; i++) {
    const struct pattern *pattern = &patterns->list[i];
    ways->list = mem_room_for_one(ways->list, (size_t)ways->n, &ways->capacity, sizeof *ways->list);
    ways->list[ways->n++] = (struct way){
        pattern->reduced, tally_of_day(&solver->join->tally, pattern_rows(solver, pattern)),
        pattern->counted, i};
  }
  if (ways->n > 1) qsort(ways->list, (size_t)ways->n, sizeof *ways->list, compare_ways);
  for (int days = 0; days <= day && days < solver->most_days; days++)
    ways->least_rest[days] = least_rest(solver, day + 1, days + 1);
}

/* ---- beginnings ---- */

static bool are_alike(const struct beginning *a, const struct beginning *b) {
  return a->counts == b->counts && a->counted == b->counted && a->day == b->day &&
         a->days == b->days;
}

static int32_t *place_of(const struct join *join, const struct beginning *beginning) {
  uint64_t rest =
      ((uint64_t)beginning->counted * (N_DAYS + 1) + (uint64_t)beginning->days) * (N_DAYS + 1) +
      (uint64_t)beginning->day;
  uint64_t hash = (beginning->counts + (rest << 40 | rest)) * UINT64_C(0xD6E8FEB86659FD93);
  size_t i = (size_t)(hash ^ (hash >> 32)) & (INDEX_SIZE - 1);
  while (join->index[i] != NONE && !are_alike(&join->list[join->index[i]], beginning))
    i = (i + 1) & (INDEX_SIZE - 1);
  return &join->index[i];
}

/* Unless another that is alike is as cheap. False if there is no room. */
static bool add(struct join *join, const struct beginning *beginning) {
  int32_t *place = place_of(join, beginning);
  if (*place != NONE && join->list[*place].least <= beginning->least) return true;
  if (join->n == MOST_BEGINNINGS) return false;
  if (*place == NONE) join->taken[join->n_taken++] = (int32_t)(place - join->index);
  *place = join->n++;
  join->list[*place] = *beginning;
  push(join, *place);
  return true;
}

/* By how much a whole week with these sessions costs more than the relaxation says. */
static int64_t relaxed_by(const struct week_solver *solver, const int64_t *worth, uint64_t counts) {
  int64_t more = 0;
  for (int r = 0; r < solver->n_rows; r++) {
    const struct need *row = &solver->rows[r];
    int count = tally_count(&solver->join->tally, counts, r);
    int asked = worth[r] > 0 ? row->min_sessions : row->max_sessions;
    more += solver->row_short[r] * max64(0, row->min_sessions - count);
    if (worth[r] != 0) more -= worth[r] * (asked - count);
  }
  return more;
}

/* Goes on to a beginning that would cost next->least by the relaxation, but for sessions that do
 * not count. False if there is no room. */
static bool go_on(struct week_solver *solver, const int64_t *worth, struct beginning *next) {
  struct join *join = solver->join;
  if (next->counts & join->tally.limits) return true;
  next->least += tally_cut(&join->tally, &next->counts, worth);
  if (next->least >= solver->best) return true;
  if (next->day == N_DAYS) next->least += relaxed_by(solver, worth, next->counts);
  return next->least >= solver->best || add(join, next);
}

/* False if there is no room for all. */
static bool go_on_with_all(struct week_solver *solver, const int64_t *worth, int32_t from) {
  const struct beginning at = solver->join->list[from]; /* a copy: the list changes */
  const struct ways *ways = &solver->join->ways[at.day];
  const int64_t so_far = at.least - *suffix_at(solver, at.day, at.counted, at.days);
  struct beginning next = {.counts = at.counts,
                           .counted = at.counted,
                           .day = (int8_t)(at.day + 1),
                           .days = at.days,
                           .before = from,
                           .pattern = NONE};
  next.least = so_far + *suffix_at(solver, next.day, next.counted, next.days);
  if (!go_on(solver, worth, &next)) return false;
  if (at.days == solver->most_days) return true;
  next.days++;
  int i = 0;
  for (; i < ways->n; i++) {
    const struct way *way = &ways->list[i];
    if (so_far + way->reduced + ways->least_rest[at.days] >= solver->best) break;
    next.counted = at.counted + way->counted;
    if (next.counted > solver->most_counted) continue;
    next.least = so_far + way->reduced + *suffix_at(solver, next.day, next.counted, next.days);
    if (next.least >= solver->best) continue;
    next.counts = at.counts + way->counts;
    next.pattern = way->pattern;
    if (!go_on(solver, worth, &next)) return false;
  }
  solver->work += i;
  return true;
}

static void keep_week(struct week_solver *solver, int32_t whole) {
  const struct beginning *list = solver->join->list;
  solver->best = list[whole].least;
  for (int32_t at = whole; list[at].before != NONE; at = list[at].before)
    solver->best_chosen[list[at].day - 1] = list[at].pattern;
}

/* No week costs less than that. */
static int64_t relaxation(struct week_solver *solver) {
  return solver->constant + *suffix_at(solver, 0, 0, 0);
}

/* Looks for a week that costs less than solver->best. What is returned is less than that if one is
 * found, and kept, or if there is no room; no week costs less than what is returned. */
static int64_t join_below_best(struct week_solver *solver, const int64_t *worth) {
  struct join *join = solver->join;
  forget(join);
  add(join, &(struct beginning){.least = relaxation(solver),
                                .counts = join->tally.none,
                                .before = NONE,
                                .pattern = NONE});
  while (join->n_heap > 0) {
    int32_t first = pop(join);
    const struct beginning *beginning = &join->list[first];
    if (*place_of(join, beginning) != first) continue; /* a cheaper one came after it */
    int64_t least = beginning->least;
    if (beginning->day == N_DAYS) {
      keep_week(solver, first);
      return least;
    }
    if (!go_on_with_all(solver, worth, first)) return least;
  }
  return solver->best;
}

int64_t week_join(struct week_solver *solver, const int64_t *worth) {
  int64_t bound = relaxation(solver);
  if (!solver->join) solver->join = join_new();
  if (!tally_patient(solver)) return bound;
  for (int day = 0; day < N_DAYS; day++) list_ways(solver, day);
  const int64_t known = solver->best;
  for (int64_t more = FIRST_MORE;; more *= MORE_FACTOR) {
    const int64_t below = known - bound > more ? bound + more : known;
    solver->best = below;
    int64_t least = join_below_best(solver, worth);
    if (solver->best < below || below == known) return least;
    if (least < below) { /* no room */
      solver->best = known;
      return max64(bound, least);
    }
    bound = below;
  }
}
