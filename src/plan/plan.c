#include "iopsched/plan.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bound.h"
#include "crew.h"
#include "search.h"

/* Several searches run side by side and share their best plan after every round. Their number does
 * not depend on the threads: so neither does the plan. */
enum { N_SEARCHES = 2, FIXED_ATTEMPTS = 20, FIXED_PATIENCE = 400 };
enum { TASK_BOUND = N_SEARCHES, N_TASKS };

struct run {
  const struct clinic *clinic;
  const struct plan_options *options;
  struct timespec began;
  struct grid grid;
  struct lattices lattices;
  struct search searches[N_SEARCHES];
  struct bound *bound;
  int round, steps_per_round, rounds_per_cycle;
  int64_t steps, last_gain; /* steps when the best plan was last bettered */
  volatile bool stopped;    /* by the clock or a signal */
};

static double seconds_since(const struct timespec *began) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)(now.tv_sec - began->tv_sec) + 1e-9 * (double)(now.tv_nsec - began->tv_nsec);
}

static bool out_of_time(struct run *run) {
  const struct plan_options *options = run->options;
  if (options->stop && *options->stop) run->stopped = true;
  if (options->time_limit > 0 && seconds_since(&run->began) >= options->time_limit)
    run->stopped = true;
  return run->stopped;
}

static const struct search *best_search(const struct run *run) {
  const struct search *best = &run->searches[0];
  for (int i = 1; i < N_SEARCHES; i++)
    if (run->searches[i].best_cost < best->best_cost) best = &run->searches[i];
  return best;
}

static void tell(const struct run *run) {
  if (!run->options->progress) return;
  int64_t cost = best_search(run)->best_cost;
  struct plan_progress progress = {seconds_since(&run->began), cost, bound_value(run->bound),
                                   cost < INT64_MAX};
  run->options->progress(run->options->progress_data, &progress);
}

static bool gap_closed(const struct run *run) {
  int64_t cost = best_search(run)->best_cost, bound = bound_value(run->bound);
  return cost < INT64_MAX && (double)(cost - bound) <= run->options->gap * (double)cost;
}

/* ---- a round ---- */

/* How much worse than the current plan the next may be: cools down over a cycle of rounds. */
static int64_t heat(const struct run *run) {
  int left = run->rounds_per_cycle - run->round % run->rounds_per_cycle;
  return COST_ONE * 3 / 2 * left / run->rounds_per_cycle;
}

static void do_task(void *data, int task) {
  struct run *run = data;
  if (task == TASK_BOUND) {
    if (!bound_is_stuck(run->bound) && !out_of_time(run))
      bound_step(run->bound, best_search(run)->best_cost);
    return;
  }
  for (int i = 0; i < run->steps_per_round && !out_of_time(run); i++)
    search_step(&run->searches[task], heat(run));
}

static void share_best(struct run *run, int64_t cost_before) {
  const struct search *best = best_search(run);
  run->steps += N_SEARCHES * run->steps_per_round;
  if (best->best_cost < cost_before) run->last_gain = run->steps;
  run->round++;
  bool new_cycle = run->round % run->rounds_per_cycle == 0;
  for (int i = 0; i < N_SEARCHES; i++)
    if (new_cycle || run->searches[i].current_cost > best->best_cost + heat(run))
      search_adopt(&run->searches[i], best);
}

/* No gain for so long that none is to be expected. */
static bool is_stuck(const struct run *run) {
  int64_t patience = 4000 + 200 * (int64_t)run->clinic->n_patients;
  return run->steps - run->last_gain > patience && bound_is_stuck(run->bound);
}

static bool is_done(struct run *run) {
  const struct plan_options *options = run->options;
  if (out_of_time(run) || gap_closed(run) || is_stuck(run)) return true;
  if (best_search(run)->best_cost == INT64_MAX && run->steps > FIXED_PATIENCE) return true;
  return options->work > 0 && run->steps >= options->work;
}

static void improve(struct run *run) {
  run->steps_per_round = 16 + run->clinic->n_patients / 8;
  run->rounds_per_cycle = 40;
  while (!is_done(run)) {
    int64_t cost_before = best_search(run)->best_cost;
    crew_do(N_TASKS, run->options->threads, do_task, run);
    share_best(run, cost_before);
    tell(run);
  }
}

/* ---- beginning and end ---- */

/* Fixed sessions may ask for the same few therapists and rooms: several orders are tried. */
static bool begin(struct run *run, int *stuck) {
  uint64_t seed = run->options->seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
  bool ready = false;
  for (int i = 0; i < FIXED_ATTEMPTS && !ready; i++)
    ready = search_init(&run->searches[0], &run->grid, &run->lattices, seed + (uint64_t)i, stuck);
  if (!ready) return false;
  for (int i = 1; i < N_SEARCHES; i++)
    search_init_copy(&run->searches[i], &run->searches[0], seed + 1000 * (uint64_t)i);
  run->bound = bound_new(&run->grid, &run->lattices);
  search_construct(&run->searches[0]);
  for (int i = 1; i < N_SEARCHES; i++) search_adopt_current(&run->searches[i], &run->searches[0]);
  tell(run);
  return true;
}

static void note_stuck(struct plan_result *result, int fixed) {
  int *list = mem_resize(result->fixed_stuck.list, (size_t)result->fixed_stuck.n + 1, sizeof *list);
  list[result->fixed_stuck.n++] = fixed;
  result->fixed_stuck.list = list;
}

/* The fixed sessions that the best attempt left short of patients. */
static void note_incomplete(const struct run *run, struct plan_result *result) {
  const struct board *board = &run->searches[0].current;
  for (int f = 0; f < run->clinic->n_fixed; f++)
    if (board_fixed_defects(board, f) > 0) note_stuck(result, f);
}

static void finish(const struct run *run, struct plan_result *result) {
  const struct search *best = best_search(run);
  if (best->best_cost == INT64_MAX) {
    note_incomplete(run, result);
    return;
  }
  result->schedule = board_schedule(&best->best);
  result->bound = bound_value(run->bound);
  if (result->bound > best->best_cost) die_internal("the bound exceeds the cost");
  result->status = best->best_cost == result->bound ? PLAN_OPTIMAL : PLAN_FEASIBLE;
}

void plan_search(const struct clinic *clinic, const struct plan_options *options,
                 struct plan_result *result) {
  *result = (struct plan_result){.status = PLAN_FIXED_IMPOSSIBLE};
  struct run *run = mem_new(1, sizeof *run);
  *run = (struct run){.clinic = clinic, .options = options};
  clock_gettime(CLOCK_MONOTONIC, &run->began);
  grid_init(&run->grid, clinic, options->previous);
  lattices_init(&run->lattices, &run->grid);
  int stuck = NONE;
  if (begin(run, &stuck)) {
    improve(run);
    finish(run, result);
    for (int i = 0; i < N_SEARCHES; i++) search_release(&run->searches[i]);
  } else {
    note_stuck(result, stuck);
  }
  bound_free(run->bound);
  result->cut_short = run->stopped;
  result->seconds = seconds_since(&run->began);
  lattices_release(&run->lattices);
  grid_release(&run->grid);
  free(run);
}

void plan_result_release(struct plan_result *result) {
  schedule_free(result->schedule);
  free(result->fixed_stuck.list);
  *result = (struct plan_result){0};
}
