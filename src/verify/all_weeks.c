/* All weeks of a patient, day by day: beginnings that count alike are one, and those that cannot
 * lead to a cheap enough week are left. */
#include <stdlib.h>
#include <string.h>

#include "priced_week.h"

/* Beginnings of weeks after which the search is given up. */
enum { PATIENCE = 3000000, ROWS_MAX = 64 };

/* The days so far: what they add, and the cheapest way to it. */
struct state {
  int64_t cost;
  int slots, days;
  uint8_t counts[ROWS_MAX]; /* beyond a minimum without a maximum nobody counts */
};

struct states {
  struct state *list; /* [n], heap */
  int n;
  size_t capacity;
};

/* 0 for states that are alike. */
static int compare_so_far(const struct state *x, const struct state *y) {
  if (x->slots != y->slots) return x->slots < y->slots ? -1 : 1;
  if (x->days != y->days) return x->days < y->days ? -1 : 1;
  return memcmp(x->counts, y->counts, sizeof x->counts);
}

static int compare_states(const void *a, const void *b) {
  const struct state *x = a, *y = b;
  int order = compare_so_far(x, y);
  return order != 0 ? order : (x->cost > y->cost) - (x->cost < y->cost);
}

/* Of the states that are alike the cheapest stays. */
static void merge(struct states *states) {
  if (states->n > 1) qsort(states->list, (size_t)states->n, sizeof *states->list, compare_states);
  int n = 0;
  for (int i = 0; i < states->n; i++)
    if (n == 0 || compare_so_far(&states->list[n - 1], &states->list[i]) != 0)
      states->list[n++] = states->list[i];
  states->n = n;
}

/* Adds a day to the state; false if that exceeds a maximum. */
static bool add_day(const struct week *week, struct state *state, const struct kind *kind) {
  state->cost += kind->cost;
  state->slots += kind_slots(week, kind);
  state->days++;
  if (state->slots > week->most_slots || state->days > week->most_days) return false;
  for (int r = 0; r < week->n_rows; r++) {
    const struct row *row = &week->rows[r];
    int count = state->counts[r] + kind->counts[r];
    if (count > row->most) return false;
    if (row->most == UNLIMITED && count > row->least) count = row->least;
    state->counts[r] = (uint8_t)count;
  }
  return true;
}

/* The least that a week costs whose days before `day` are the state's. */
static int64_t least_of(const struct week *week, int day, const struct state *state) {
  int64_t least = week->constant + state->cost + *week_rest(week, day, state->slots, state->days);
  for (int r = 0; r < week->n_rows; r++) least -= week->worth[r] * state->counts[r];
  return least;
}

static int64_t whole_cost(const struct week *week, const struct state *state) {
  int64_t cost = state->cost + week_totals(week, state->slots, state->days);
  for (int r = 0; r < week->n_rows; r++)
    cost += week->row_short * larger(0, week->rows[r].least - state->counts[r]);
  return cost;
}

/* Adds a state to those of `day` if it may lead to a week that costs less than `below`. */
static void add_state(struct week *week, struct states *states, int day, const struct state *state,
                      int64_t below) {
  if (least_of(week, day, state) >= below) return;
  week->patience--;
  states->list =
      mem_room_for_one(states->list, (size_t)states->n, &states->capacity, sizeof *states->list);
  states->list[states->n++] = *state;
}

/* Sets week->best to the least cost of a week, or `below` if none costs less. False if that takes
 * too long. */
static bool all_below(struct week *week, int64_t below) {
  struct states now = {0}, next = {0};
  add_state(week, &now, 0, &(struct state){0}, below);
  for (int day = 0; day < N_DAYS && week->patience > 0; day++) {
    next.n = 0;
    for (int i = 0; i < now.n && week->patience > 0; i++) {
      add_state(week, &next, day + 1, &now.list[i], below);
      for (int k = 0; k < week->days[day].n; k++) {
        struct state more = now.list[i];
        if (add_day(week, &more, &week->days[day].list[k]))
          add_state(week, &next, day + 1, &more, below);
      }
    }
    merge(&next);
    struct states swap = now;
    now = next;
    next = swap;
  }
  week->best = below;
  for (int i = 0; i < now.n && week->patience > 0; i++) {
    int64_t cost = whole_cost(week, &now.list[i]);
    if (cost < week->best) week->best = cost;
  }
  free(now.list);
  free(next.list);
  return week->patience > 0;
}

int64_t week_least(struct week *week, int64_t bound) {
  int64_t known = week->best;
  if (known <= bound || week->n_rows > ROWS_MAX) return bound;
  week->patience = PATIENCE;
  for (int64_t more = COST_ONE / 64;; more *= 2) {
    int64_t below = bound + more < known ? bound + more : known;
    if (!all_below(week, below)) return bound;
    if (week->best < below || below == known) return week->best;
    bound = below;
  }
}
