#include "iopsched/plan.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bound.h"
#include "search.h"

struct run {
  const struct plan_options *options;
  struct timespec began;
  struct search search;
  struct bound *bound;
  bool stopped;
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

static void tell(struct run *run) {
  if (!run->options->progress) return;
  struct plan_progress progress = {seconds_since(&run->began), run->search.best_cost,
                                   bound_value(run->bound), run->search.best_cost < INT64_MAX};
  run->options->progress(run->options->progress_data, &progress);
}

static bool gap_closed(const struct run *run) {
  int64_t cost = run->search.best_cost, bound = bound_value(run->bound);
  if (cost == INT64_MAX) return false;
  return (double)(cost - bound) <= run->options->gap * (double)cost;
}

void plan_search(const struct clinic *clinic, const struct plan_options *options,
                 struct plan_result *result) {
  *result = (struct plan_result){.status = PLAN_FIXED_IMPOSSIBLE};
  struct run run = {.options = options};
  clock_gettime(CLOCK_MONOTONIC, &run.began);
  struct grid grid;
  grid_init(&grid, clinic, options->previous);
  struct lattices lattices = {0};
  lattices_init(&lattices, &grid);
  int stuck;
  if (search_init(&run.search, &grid, &lattices, options->seed + 1, &stuck)) {
    run.bound = bound_new(&grid, &lattices);
    search_construct(&run.search);
    tell(&run);
    for (int64_t i = 0; !out_of_time(&run) && !gap_closed(&run); i++) {
      int64_t cycle = i % 1500;
      if (cycle == 0) search_return_to_best(&run.search);
      search_step(&run.search, COST_ONE * (1500 - cycle) / 1000);
      if (i % 20 == 0 && !bound_is_stuck(run.bound)) bound_step(run.bound, run.search.best_cost);
      tell(&run);
      if (run.options->work > 0 && search_work(&run.search) > run.options->work) break;
    }
    if (run.search.best_cost < INT64_MAX) {
      result->schedule = board_schedule(&run.search.best);
      result->bound = bound_value(run.bound);
      result->status = run.search.best_cost == result->bound ? PLAN_OPTIMAL : PLAN_FEASIBLE;
    }
    bound_free(run.bound);
    search_release(&run.search);
  }
  result->cut_short = run.stopped;
  result->seconds = seconds_since(&run.began);
  lattices_release(&lattices);
  grid_release(&grid);
}

void plan_result_release(struct plan_result *result) {
  schedule_free(result->schedule);
  free(result->fixed_stuck.list);
}
