#include "iopsched/plan.h"

#include <stdlib.h>
#include <string.h>

#include "bound.h"
#include "combine.h"
#include "crew.h"
#include "disturb.h"
#include "exact.h"
#include "halt.h"
#include "iopsched/random.h"
#include "iopsched/verify.h"
#include "search.h"

/* In a round, several searches set out from the same plan; what each gained is then put together.
 * Their number does not depend on the threads: so neither does the plan. */
enum { N_SEARCHES = 4, ROUNDS_PER_CYCLE = 30, IDLE_CYCLES = 2, STUCK_CYCLES = 4 };
/* In a clinic this small every change touches many others, so that little can be repeated on
 * another plan: its searches go their own ways for a whole cycle, longer and hotter, and it is
 * their weeks that are put together (combine.h). */
enum { APART_PATIENTS = 100, APART_ROUNDS_PER_CYCLE = 60, APART_HEAT = 2 };
/* Of what could still be saved, by patient: where much is lost yet, more has to be given up to win
 * it. Measured on clinics whose staff was cut. */
enum { GAP_HEAT_PERCENT = 30, APART_GAP_HEAT_PERCENT = 200 };
/* Of a search in a round, by week_solver_work(): of each patient, and within what limits. */
enum { ROUND_WORK = 70000, LEAST_ROUND_WORK = 2000000, MOST_ROUND_WORK = 10000000 };
/* Every other round, while the bound rests, programs are solved of so many patients each: in less
 * than a tenth of a second mostly. One more for every so many that there are. */
enum { COMBINE_EVERY = 2, LEAST_COMBINED = 8, MOST_COMBINED = 24, PATIENTS_A_PROGRAM = 40 };
/* Of the searches' work, once there is a good plan: while the bound rises, and otherwise. A unit of
 * its work takes a third of the time of one of theirs. */
enum { RISING_BOUND_PERCENT = 150, BOUND_PERCENT = 50 };
enum { FIXED_ATTEMPTS = 20, FIXED_PATIENCE = 400 };
enum { SMALL_PATIENTS = 12, STEPS_BEFORE_EXACT = 320, BOUND_WORK_BEFORE_EXACT = 40000000 };
enum { TASK_BOUND, FIRST_SEARCH, N_TASKS = FIRST_SEARCH + N_SEARCHES };

struct run {
  const struct clinic *clinic;
  const struct plan_options *options;
  double began;                /* by halt_clock() */
  struct halt halt, interrupt; /* the clock or a signal; a signal alone */
  struct grid grid;
  struct lattices lattices;
  struct search leader;
  struct board origin; /* where the round set out from */
  struct search searches[N_SEARCHES];
  struct bound *bound;
  struct week_pool pool; /* of the plans that the searches passed through */
  struct board combined; /* the best plan as bettered with it in this round */
  int64_t combined_cost; /* INT64_MAX: it was not tried */
  bool apart;            /* the searches follow the leader only when a cycle begins */
  int round, rounds_per_cycle;
  int64_t search_work, most_steps; /* of each search in a round; work by week_solver_work() */
  int64_t heat;                    /* of the round under way */
  int64_t cycle_best;              /* cost of the best plan when the cycle began */
  int idle_cycles;                 /* without gain, one after another */
  int64_t steps;
  int64_t last_gain_step; /* `steps` and `round` when the best plan was last bettered */
  int last_gain_round;
  bool tried_exact;
  int64_t proven;           /* by the exact solver; 0: nothing */
  struct schedule *optimal; /* found by it, better than the search's; or NULL */
};

/* Most of an earlier plan is to stay as it is. */
static bool holds_on(const struct run *run) {
  return run->options->hold_milli > 0;
}

static double seconds_so_far(const struct run *run) {
  return halt_clock() - run->began;
}

static int64_t best_bound(const struct run *run) {
  int64_t bound = run->bound ? bound_value(run->bound) : 0;
  return run->proven > bound ? run->proven : bound;
}

static void tell(const struct run *run) {
  if (!run->options->progress) return;
  int64_t cost = run->leader.best_cost;
  struct plan_progress progress = {seconds_so_far(run), cost, best_bound(run), cost < INT64_MAX};
  run->options->progress(run->options->progress_data, &progress);
}

static bool gap_closed(const struct run *run) {
  int64_t cost = run->leader.best_cost, bound = best_bound(run);
  return cost < INT64_MAX && (double)(cost - bound) <= run->options->gap * (double)cost;
}

/* ---- a round ---- */

/* The share, by patient, of what the best plan costs more than was proven. 0: nothing was, or most
 * of the plan is to stay as it is, or it is too early to tell: at first every plan costs far more.
 */
static int64_t heat_of_gap(const struct run *run) {
  int64_t cost = run->leader.best_cost, bound = best_bound(run);
  bool early = run->round < run->rounds_per_cycle;
  if (cost == INT64_MAX || bound == 0 || early || holds_on(run)) return 0;
  int percent = run->apart ? APART_GAP_HEAT_PERCENT : GAP_HEAT_PERCENT;
  return (cost - bound) / run->clinic->n_patients * percent / 100;
}

/* How much worse than the current plan the next may be: cools down over a cycle of rounds. What a
 * small clinic needs to get over would undo many gains of a large one. */
static int64_t heat(const struct run *run) {
  int64_t first = 30 * COST_ONE / (run->clinic->n_patients + 1);
  if (first > 2 * COST_ONE) first = 2 * COST_ONE;
  if (first < COST_ONE / 4) first = COST_ONE / 4;
  if (run->apart) first *= APART_HEAT;
  first = max64(first, heat_of_gap(run));
  return first * (run->rounds_per_cycle - run->round % run->rounds_per_cycle) /
         run->rounds_per_cycle;
}

/* First any bound, which is a good one if its prices were; then a good plan, then a better bound.
 */
static void raise_bound(struct run *run) {
  int64_t work = N_SEARCHES * run->search_work;
  if (run->round >= ROUNDS_PER_CYCLE)
    work = work / 100 * (bound_is_rising(run->bound) ? RISING_BOUND_PERCENT : BOUND_PERCENT);
  else if (bound_value(run->bound) > 0)
    work /= 32;
  if (!bound_is_stuck(run->bound)) bound_work(run->bound, run->leader.best_cost, work);
}

/* The program does not know what it costs to give up an earlier plan that is held on to. */
static bool is_combining_round(const struct run *run) {
  return !holds_on(run) && run->round % COMBINE_EVERY == COMBINE_EVERY - 1 &&
         run->leader.best_cost < INT64_MAX;
}

static int draw_combined(struct run *run) {
  int n_patients = run->clinic->n_patients;
  int most = smaller(n_patients, MOST_COMBINED);
  if (most <= LEAST_COMBINED) return most;
  return LEAST_COMBINED + random_below(&run->leader.random, most - LEAST_COMBINED + 1);
}

/* Some patients' weeks of the plan are chosen anew, among those that other plans held. */
static void combine_some(struct run *run) {
  struct search *leader = &run->leader; /* does nothing else in a round */
  choose_none(leader);
  choose_companions(leader, &run->combined, pick_patient(leader), draw_combined(run));
  board_copy(&leader->trial, &run->combined);
  if (!combine(&leader->trial, &run->pool, leader->chosen, leader->n_chosen, &run->halt)) return;
  int64_t cost = search_cost_of(&leader->trial);
  if (cost >= run->combined_cost) return;
  run->combined_cost = cost;
  board_copy(&run->combined, &leader->trial);
}

static void combine_weeks(struct run *run) {
  board_copy(&run->combined, &run->leader.best);
  run->combined_cost = run->leader.best_cost;
  int n = 1 + run->clinic->n_patients / PATIENTS_A_PROGRAM;
  for (int i = 0; i < n && !halt_reached(&run->halt); i++) combine_some(run);
}

static void do_task(void *data, int task) {
  struct run *run = data;
  if (task == TASK_BOUND && is_combining_round(run)) {
    combine_weeks(run);
  } else if (task != TASK_BOUND) {
    struct search *search = &run->searches[task - FIRST_SEARCH];
    if (!run->apart || run->round % run->rounds_per_cycle == 0) search_follow(search, &run->leader);
    search_go(search, run->heat, run->search_work, run->most_steps);
  } else if (run->bound) {
    raise_bound(run);
  }
}

/* Goes on from the best plan; after some cycles without gain, from a place apart from it: the
 * farther apart, the smaller the clinic is, since that takes time to pay. */
static void end_cycle(struct run *run) {
  search_return_to_best(&run->leader);
  run->idle_cycles = run->leader.best_cost < run->cycle_best ? 0 : run->idle_cycles + 1;
  run->cycle_best = run->leader.best_cost;
  if (run->idle_cycles < IDLE_CYCLES) return;
  search_shake(&run->leader, 5 + 1500 / (run->clinic->n_patients + 15));
  run->idle_cycles = 0;
}

/* The leader goes on from the best result, with what the others gained repeated on it. */
static void put_together(struct run *run) {
  int first = 0;
  for (int i = 1; i < N_SEARCHES; i++)
    if (search_result_cost(&run->searches[i]) < search_result_cost(&run->searches[first]))
      first = i;
  board_copy(&run->origin, &run->leader.current);
  search_take(&run->leader, &run->searches[first]);
  for (int i = 0; i < N_SEARCHES; i++)
    if (i != first) search_replay(&run->leader, &run->searches[i], &run->origin);
}

static void take_combined(struct run *run) {
  if (run->combined_cost < run->leader.best_cost)
    search_adopt(&run->leader, &run->combined, run->combined_cost);
  run->combined_cost = INT64_MAX;
}

static void gather_weeks(struct run *run) {
  struct search *leader = &run->leader;
  if (holds_on(run)) return; /* they would never be combined */
  for (int i = 0; i < N_SEARCHES; i++)
    week_pool_add(&run->pool, &run->searches[i].current, run->searches[i].current_cost);
  if (leader->best_cost < INT64_MAX) week_pool_add(&run->pool, &leader->best, leader->best_cost);
}

static void end_round(struct run *run) {
  int64_t best_before = run->leader.best_cost;
  bool ends_cycle = ++run->round % run->rounds_per_cycle == 0;
  if (!run->apart || ends_cycle) put_together(run);
  for (int i = 0; i < N_SEARCHES; i++) {
    search_keep_best_of(&run->leader, &run->searches[i]);
    run->steps += run->searches[i].steps;
  }
  take_combined(run);
  gather_weeks(run);
  if (run->leader.best_cost < best_before) {
    run->last_gain_step = run->steps;
    run->last_gain_round = run->round;
  }
  if (ends_cycle) end_cycle(run);
}

/* No gain for so long that none is to be expected. */
static bool search_is_stuck(const struct run *run) {
  int64_t n_patients = run->clinic->n_patients;
  int64_t patience = 4000 + 200 * n_patients;
  if (holds_on(run)) patience = 5000 + 40 * n_patients; /* most of it stands */
  return run->steps - run->last_gain_step > patience;
}

/* Who asks for a bound has time to give, and most gains come when a cycle has cooled down: some
 * are waited for, one of them from another place. */
static bool is_stuck(const struct run *run) {
  if (!search_is_stuck(run)) return false;
  if (!run->bound) return true;
  return bound_is_stuck(run->bound) &&
         run->round - run->last_gain_round > STUCK_CYCLES * run->rounds_per_cycle;
}

static bool is_done(struct run *run) {
  const struct plan_options *options = run->options;
  if (halt_reached(&run->halt) || gap_closed(run) || is_stuck(run)) return true;
  if (run->leader.best_cost == INT64_MAX && run->steps > FIXED_PATIENCE) return true;
  return options->work > 0 && run->steps >= options->work;
}

/* Small clinics: what the search found is proven to be the best, or bettered. */
static bool solve_exactly(struct run *run) {
  const struct plan_options *options = run->options;
  run->tried_exact = true;
  if (run->bound) bound_work(run->bound, run->leader.best_cost, BOUND_WORK_BEFORE_EXACT);
  enum exact_status status =
      exact_solve(run->clinic, options->previous, run->leader.best_cost, &run->halt, &run->optimal);
  if (status == EXACT_BETTER)
    run->proven = verify_cost(run->clinic, run->optimal, options->previous).total;
  if (status == EXACT_BEST) run->proven = run->leader.best_cost;
  return status != EXACT_UNKNOWN;
}

/* What the plan holds on to is not in the integer program. */
static bool is_due_for_exact(struct run *run) {
  return !run->tried_exact && run->clinic->n_patients <= SMALL_PATIENTS && !holds_on(run) &&
         run->steps >= STEPS_BEFORE_EXACT && !halt_reached(&run->halt) && !gap_closed(run);
}

/* Rounds are long enough to find something and short enough to be put together: the searches of a
 * large clinic hardly meet. */
static void set_round(struct run *run) {
  run->apart = run->clinic->n_patients <= APART_PATIENTS && !holds_on(run);
  run->rounds_per_cycle = run->apart ? APART_ROUNDS_PER_CYCLE : ROUNDS_PER_CYCLE;
  int64_t work = ROUND_WORK * (int64_t)run->clinic->n_patients;
  run->search_work = work < LEAST_ROUND_WORK  ? LEAST_ROUND_WORK
                     : work > MOST_ROUND_WORK ? MOST_ROUND_WORK
                                              : work;
  int64_t asked = (run->options->work + N_SEARCHES - 1) / N_SEARCHES;
  run->most_steps = asked > 0 ? asked : INT64_MAX;
}

/* Clock and work asked for cut the search short, not what makes a plan of it: the fixed sessions
 * get their patients by a count of steps. */
static void complete_fixed(struct run *run) {
  struct search *leader = &run->leader;
  while (leader->best_cost == INT64_MAX && run->steps <= FIXED_PATIENCE &&
         !halt_reached(&run->interrupt)) {
    search_go(leader, heat(run), INT64_MAX, 1);
    run->steps++;
  }
}

/* A timetable of talks knows nothing of an earlier plan that is held on to. */
static void begin_cycle(struct run *run) {
  if (!holds_on(run)) search_retime_talks(&run->leader, &run->halt);
}

static void improve(struct run *run) {
  set_round(run);
  while (!is_done(run)) {
    if (is_due_for_exact(run) && solve_exactly(run)) break;
    if (run->round % run->rounds_per_cycle == 0) begin_cycle(run);
    run->heat = heat(run);
    crew_do(N_TASKS, run->options->threads, do_task, run);
    end_round(run);
    tell(run);
  }
  if (is_due_for_exact(run)) solve_exactly(run); /* the work asked for was done in one round */
  complete_fixed(run);
}

/* ---- beginning and end ---- */

static const struct schedule *first_incumbent(const struct plan_options *options) {
  if (options->start) return options->start;
  return options->previous ? options->previous->schedule : NULL;
}

/* Those who search beside the leader, and who bounds: a first plan does not wait for them. */
static void gather_helpers(struct run *run, uint64_t seed) {
  board_init_copy(&run->origin, &run->leader.current);
  week_pool_init(&run->pool, &run->grid);
  run->combined_cost = INT64_MAX;
  board_init_copy(&run->combined, &run->leader.current);
  for (int i = 0; i < N_SEARCHES; i++) {
    search_init_copy(&run->searches[i], &run->leader, seed + 1000 * (uint64_t)(i + 1));
    run->searches[i].halt = &run->halt;
  }
  if (run->options->without_bound) return;
  run->bound = bound_new(&run->grid);
  bound_heed(run->bound, &run->halt);
}

/* Fixed sessions may ask for the same few therapists and rooms: several orders are tried. */
static bool begin(struct run *run, int *stuck) {
  uint64_t seed = run->options->seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
  bool ready = false;
  for (int i = 0; i < FIXED_ATTEMPTS && !ready; i++)
    ready = search_init(&run->leader, &run->grid, &run->lattices, seed + (uint64_t)i, stuck);
  if (!ready) return false;
  run->leader.halt = &run->interrupt; /* the clock leaves time for a first plan */
  const struct schedule *start = first_incumbent(run->options);
  if (start)
    search_resume(&run->leader, start);
  else
    search_construct(&run->leader, run->options->threads);
  tell(run);
  gather_helpers(run, seed);
  return true;
}

static void note_stuck(struct plan_result *result, int fixed) {
  int *list = mem_resize(result->fixed_stuck.list, (size_t)result->fixed_stuck.n + 1, sizeof *list);
  list[result->fixed_stuck.n++] = fixed;
  result->fixed_stuck.list = list;
}

/* The fixed sessions that the best attempt left short of patients. */
static void note_incomplete(const struct run *run, struct plan_result *result) {
  const struct board *board = &run->leader.current;
  for (int f = 0; f < run->clinic->n_fixed; f++)
    if (board_fixed_defects(board, f) > 0) note_stuck(result, f);
}

static void finish(const struct run *run, struct plan_result *result) {
  const struct search *best = &run->leader;
  int64_t cost = run->optimal ? run->proven : best->best_cost;
  if (cost == INT64_MAX) {
    note_incomplete(run, result);
    return;
  }
  result->schedule = run->optimal ? run->optimal : board_schedule(&best->best);
  schedule_sort(result->schedule);
  schedule_name_sessions(run->clinic, result->schedule);
  result->bound = best_bound(run);
  if (run->bound) bound_duals(run->bound, &result->duals);
  if (result->bound > cost) die_internal("the bound exceeds the cost");
  result->status = cost == result->bound ? PLAN_OPTIMAL : PLAN_FEASIBLE;
}

static void release_searches(struct run *run) {
  search_release(&run->leader);
  for (int i = 0; i < N_SEARCHES; i++) search_release(&run->searches[i]);
  board_release(&run->origin);
  board_release(&run->combined);
  week_pool_release(&run->pool);
}

void plan_search(const struct clinic *clinic, const struct plan_options *options,
                 struct plan_result *result) {
  *result = (struct plan_result){.status = PLAN_FIXED_IMPOSSIBLE};
  struct run *run = mem_new(1, sizeof *run);
  *run = (struct run){.clinic = clinic, .options = options};
  run->began = halt_clock();
  halt_init(&run->halt, options->stop, options->time_limit);
  halt_init(&run->interrupt, options->stop, 0);
  grid_init(&run->grid, clinic, options->previous);
  if (holds_on(run)) grid_hold(&run->grid, options->hold_milli);
  lattices_init(&run->lattices, &run->grid, LATTICE_SEAT_NODES, NULL);
  int stuck = NONE;
  if (begin(run, &stuck)) {
    improve(run);
    finish(run, result);
    release_searches(run);
  } else {
    note_stuck(result, stuck);
  }
  bound_free(run->bound);
  result->cut_short = halt_reached(&run->halt);
  result->seconds = seconds_so_far(run);
  lattices_release(&run->lattices);
  grid_release(&run->grid);
  free(run);
}

void plan_result_release(struct plan_result *result) {
  schedule_free(result->schedule);
  free(result->fixed_stuck.list);
  duals_release(&result->duals);
  *result = (struct plan_result){0};
}
