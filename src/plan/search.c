#include "search.h"

#include <stdlib.h>
#include <string.h>

#include "disturb.h"
#include "iopsched/random.h"
#include "rematch.h"
#include "timetable.h"

enum { OPEN_ROUNDS = 2, CARE_PERCENT = 30, PRIMARY_PERCENT = 4 };
/* In units of week_solver_work(): what a step costs beside seating. */
enum { STEP_WORK = 2000 };
/* A lucky move that meets somebody's need would count for more than a hundred others. */
#define MOST_GAIN COST_ONE

static void search_equip(struct search *search) {
  board_init_copy(&search->trial, &search->current);
  board_init_copy(&search->best, &search->current);
  search->solver = week_solver_new(search->grid, search->lattices);
  seating_init(&search->seating, search->grid, search->solver);
  size_t patients = (size_t)search->grid->clinic->n_patients;
  search->pressure = mem_new((size_t)search->grid->clinic->n_therapists, sizeof *search->pressure);
  search->trial.pressure = search->pressure;
  search->chosen = mem_new(patients, sizeof *search->chosen);
  search->is_chosen = mem_new(patients, sizeof *search->is_chosen);
  moves_init(&search->moves);
}

bool search_init(struct search *search, const struct grid *grid, const struct lattices *lattices,
                 uint64_t seed, int *stuck) {
  *search = (struct search){.grid = grid, .lattices = lattices, .random = seed};
  search->best_cost = search->current_cost = INT64_MAX;
  bool ready = board_init(&search->current, grid, &search->random, stuck);
  if (ready)
    search_equip(search);
  else
    board_release(&search->current);
  return ready;
}

void search_init_copy(struct search *search, const struct search *from, uint64_t seed) {
  *search = (struct search){.grid = from->grid, .lattices = from->lattices, .random = seed};
  search->best_cost = search->current_cost = INT64_MAX;
  board_init_copy(&search->current, &from->current);
  search_equip(search);
}

void search_release(struct search *search) {
  board_release(&search->best);
  board_release(&search->current);
  board_release(&search->trial);
  seating_release(&search->seating);
  week_solver_free(search->solver);
  free(search->pressure);
  free(search->chosen);
  free(search->is_chosen);
}

/* ---- seating ---- */

/* The first one keeps its place half of the time: it may be the one to be helped. */
static void shuffle_chosen(struct search *search) {
  int fixed = random_below(&search->random, 2);
  for (int i = search->n_chosen - 1; i > fixed; i--) {
    int j = fixed + random_below(&search->random, i + 1 - fixed), swap = search->chosen[i];
    search->chosen[i] = search->chosen[j];
    search->chosen[j] = swap;
  }
}

static bool fixed_stand(const struct board *board) {
  for (int f = 0; f < board->grid->clinic->n_fixed; f++)
    if (board_fixed_defects(board, f) > 0) return false;
  return true;
}

static int64_t cost_so_far(const struct board *board) {
  return board->totals->patients_cost + board->totals->staff_cost;
}

/* Returns what the chosen patients' sessions alone with a therapist cost, which are closed: hardly
 * anybody's next week goes without. */
static int64_t clear_chosen(const struct search *search, struct board *board) {
  int64_t before = board->totals->staff_cost;
  for (int i = 0; i < search->n_chosen; i++) board_clear_patient(board, search->chosen[i]);
  return before - board->totals->staff_cost;
}

/* False as soon as the plan is bound to exceed the limit: then it is left as it is. When the search
 * is halted, those left are not seated: in a first plan they have no session, and a step is given
 * up. But a plan with gaps in its fixed sessions would be none. */
static bool seat_chosen(struct search *search, struct board *board, int64_t limit) {
  shuffle_chosen(search);
  int64_t alone = clear_chosen(search, board);
  seating_expect(&search->seating, search->chosen, search->n_chosen);
  for (int i = 0; i < search->n_chosen; i++) {
    int64_t to_come = alone * (search->n_chosen - i) / search->n_chosen;
    if (cost_so_far(board) + to_come > limit) return false;
    if (halt_reached(search->halt) && fixed_stand(board))
      board_settle_patient(board, search->chosen[i]);
    else
      seat_patient(&search->seating, board, search->chosen[i]);
  }
  return true;
}

static int find_thin(const struct board *board) {
  const struct grid *grid = board->grid;
  for (int i = 0; i < board->totals->high_water; i++) {
    const struct placed *placed = &board->sessions[i];
    if (placed->offer == NONE || placed->fixed != NONE) continue;
    int service = grid->offers[placed->offer].service;
    if (placed->n_patients < grid->clinic->services[service].min_size) return i;
  }
  return NONE;
}

void search_reseat(struct search *search, struct board *board, int patient) {
  if (seat_more(&search->seating, board, patient)) return;
  board_clear_patient(board, patient);
  seat_patient(&search->seating, board, patient);
}

/* Closes groups below min_size until none is left; their patients look for something else. */
static void close_thin_groups(struct search *search, struct board *board) {
  int session;
  for (int round = 0; (session = find_thin(board)) != NONE; round++) {
    search->seating.may_open = round < OPEN_ROUNDS;
    choose_none(search);
    int service = search->grid->offers[board->sessions[session].offer].service;
    if (search->grid->clinic->services[service].closed) {
      clear_closed(search, board, service);
    } else {
      const struct ints *may = &search->grid->service_patients[service];
      for (int i = 0; i < may->n; i++)
        if (sits_in(board, may->list[i], session)) choose_patient(search, may->list[i]);
      dissolve_session(search, board, session, true);
    }
    seating_expect(&search->seating, search->chosen, search->n_chosen);
    for (int i = 0; i < search->n_chosen; i++) search_reseat(search, board, search->chosen[i]);
  }
  search->seating.may_open = true;
}

void search_unban_all(struct search *search) {
  memset(search->seating.banned, 0,
         (size_t)search->grid->n_offers * sizeof *search->seating.banned);
}

/* ---- the search ---- */

int64_t search_cost_of(const struct board *board) {
  return board_cost(board) + DEFECT_COST * board_defects(board);
}

static void keep_if_best(struct search *search) {
  if (search->current_cost >= search->best_cost || search->current_cost >= DEFECT_COST) return;
  search->best_cost = search->current_cost;
  search->gained = true;
  board_copy(&search->best, &search->current);
}

void search_adopt(struct search *search, const struct board *board, int64_t cost) {
  board_copy(&search->current, board);
  search->current_cost = cost;
  keep_if_best(search);
}

void search_judge(struct search *search) {
  search->current_cost = search_cost_of(&search->current);
  keep_if_best(search);
}

void search_settle(struct search *search) {
  close_thin_groups(search, &search->current);
  search_judge(search);
}

void search_construct(struct search *search, int n_threads) {
  const struct clinic *clinic = search->grid->clinic;
  week_solver_spread(search->solver, n_threads);
  search->seating.random = random_next(&search->random);
  search_unban_all(search);
  for (int s = 0; s < clinic->n_services; s++)
    if (clinic->services[s].closed && !has_fixed(clinic, s))
      place_closed(search, &search->current, s);
  choose_none(search);
  for (int p = 0; p < clinic->n_patients; p++) choose_patient(search, p);
  seat_chosen(search, &search->current, INT64_MAX);
  search_settle(search);
  week_solver_spread(search->solver, 1);
}

/* Some of those who could come to a fixed session that lacks patients are seated anew; one of them
 * may ask for other leaders. */
static void fill_fixed(struct search *search, struct board *board) {
  const struct grid *grid = search->grid;
  int pick = NONE, n = 0;
  for (int f = 0; f < grid->clinic->n_fixed; f++)
    if (board_fixed_defects(board, f) > 0 && random_below(&search->random, ++n) == 0) pick = f;
  if (pick == NONE) return;
  const struct fixed_session *fixed = &grid->clinic->fixed[pick];
  const struct offer *offer = &grid->offers[board->sessions[board->fixed_session[pick]].offer];
  for (int i = 0; i < fixed->patients.n; i++) choose_patient(search, fixed->patients.list[i]);
  const struct ints *may = &grid->service_patients[fixed->service];
  int size = 8 + random_below(&search->random, 16);
  if (may->n > 0)
    board_relead(board, board->fixed_session[pick],
                 may->list[random_below(&search->random, may->n)], &search->random);
  for (int tries = 0; tries < 200 && may->n > 0 && search->n_chosen < size; tries++) {
    int patient = may->list[random_below(&search->random, may->n)];
    if (grid_patient_there(grid, patient, offer)) choose_patient(search, patient);
  }
}

static void disturb(struct search *search, struct board *board, enum move_kind kind) {
  int size = 2 + random_below(&search->random, 10);
  switch (kind) {
    case MOVE_THIN_GROUP:
      dissolve_thin_group(search, board);
      return;
    case MOVE_PAIR_OF_GROUPS:
      dissolve_pair(search, board);
      return;
    case MOVE_FEW_PATIENTS:
      choose_companions(search, board, pick_patient(search), 1 + size / 4);
      return;
    case MOVE_COMPANIONS:
      choose_companions(search, board, pick_patient(search), size);
      return;
    case MOVE_COSTLY_PATIENTS:
      choose_companions(search, board, pick_costly_patient(search, board), size);
      return;
    case MOVE_SHORT_OF_CARE:
      help_short(search, board);
      return;
    case MOVE_THERAPIST_DAY:
      dissolve_therapist_day(search, board);
      return;
    case MOVE_CLOSED_GROUP:
      redraw_closed(search, board);
      return;
    case MOVE_SHIFT_GROUP:
      shift_group(search, board);
      return;
    case MOVE_SHIFT_INDIVIDUAL:
      shift_individual(search, board);
      return;
    case MOVE_RETIME:
    case N_MOVE_KINDS:
      return;
  }
}

/* What may be opened in this step beside what stood before it. */
static void set_openness(struct search *search, enum openness openness) {
  struct seating *seating = &search->seating;
  static const int least[] = {0, 5, 30}, spread[] = {1, 15, 70}, individual[] = {0, 30, 100};
  seating->open_percent = least[openness] + random_below(&search->random, spread[openness]);
  seating->individual_percent = individual[openness];
  seating->salt = random_next(&search->random);
  seating->before = &search->current;
  seating->claimed = NONE;
  seating->hope_percent = 20 + random_below(&search->random, 80);
  seating->random = random_next(&search->random);
}

/* Takes something apart and seats those concerned anew, on the trial board. False if that is given
 * up half-way, since it would exceed the limit. */
static bool try_move(struct search *search, struct move move, int64_t limit) {
  struct board *trial = &search->trial;
  set_openness(search, move.openness);
  if (move.kind == MOVE_SHORT_OF_CARE) search->seating.individual_percent = 100;
  search_unban_all(search);
  choose_none(search);
  measure_pressure(search, trial);
  if (search->current_cost >= DEFECT_COST && random_below(&search->random, 5) < 3)
    fill_fixed(search, trial);
  else
    disturb(search, trial, move.kind);
  if (!seat_chosen(search, trial, limit)) return false;
  if (!halt_reached(search->halt)) close_thin_groups(search, trial);
  return true;
}

/* Care that is short comes first: a share of the work is for those who lack it, if anybody does. A
 * few steps are for those who see another than their own therapist, which single gains hardly tell
 * apart from what is lost and won back. The rest goes to the kinds of move that gain most. */
static struct move draw_move(struct search *search) {
  enum openness openness = (enum openness)random_below(&search->random, N_OPENNESS);
  if (random_below(&search->random, 100) < PRIMARY_PERCENT &&
      anybody_led_by_another(&search->current))
    return (struct move){MOVE_SHIFT_INDIVIDUAL, openness};
  struct move move = moves_draw(&search->moves, &search->random);
  if (moves_percent(&search->moves, MOVE_SHORT_OF_CARE) >= CARE_PERCENT ||
      !anybody_short(&search->current))
    return move;
  return (struct move){MOVE_SHORT_OF_CARE, openness};
}

static int64_t seating_work(const struct search *search) {
  return week_solver_work(search->solver) + search->seating.work;
}

/* What the move makes of the trial board; INT64_MAX: nothing. */
static int64_t cost_after(struct search *search, struct move move, int64_t limit, int64_t *work) {
  int64_t before = seating_work(search);
  *work = 0;
  bool done = move.kind == MOVE_RETIME
                  ? rematch(&search->trial, search->lattices, &search->random, search->halt, work)
                  : try_move(search, move, limit);
  *work += seating_work(search) - before + STEP_WORK;
  return done ? search_cost_of(&search->trial) : INT64_MAX;
}

static void step(struct search *search, int64_t heat) {
  board_copy(&search->trial, &search->current);
  search->steps++;
  struct move move = draw_move(search);
  int64_t limit = search->current_cost + random_lenience(&search->random, heat), work;
  int64_t cost = cost_after(search, move, limit, &work);
  search->work += work;
  if (halt_reached(search->halt)) return;
  int64_t gain = max64(0, search->current_cost - cost);
  moves_learn(&search->moves, move, gain < MOST_GAIN ? gain : MOST_GAIN, work);
  if (cost <= limit) search_adopt(search, &search->trial, cost);
}

void search_go(struct search *search, int64_t heat, int64_t work, int64_t most_steps) {
  search->steps = search->work = 0;
  while (search->work < work && search->steps < most_steps && !halt_reached(search->halt))
    step(search, heat);
}

/* Whoever can keep their talks gets what else there is; the others are seated anew. False if the
 * search is halted before the end. */
static bool seat_around_talks(struct search *search, const struct ints *people) {
  set_openness(search, OPEN_NONE);
  search_unban_all(search);
  seating_expect(&search->seating, people->list, people->n);
  for (int i = 0; i < people->n; i++) {
    if (halt_reached(search->halt)) return false;
    search_reseat(search, &search->trial, people->list[i]);
  }
  close_thin_groups(search, &search->trial);
  return true;
}

void search_retime_talks(struct search *search, struct halt *halt) {
  struct timetable *timetable = timetable_new(&search->current);
  if (!timetable) return;
  timetable_anneal(timetable, &search->random, halt);
  board_copy(&search->trial, &search->current);
  timetable_place(timetable, &search->trial);
  bool seated = seat_around_talks(search, timetable_people(timetable));
  timetable_free(timetable);
  if (!seated) return;
  int64_t cost = search_cost_of(&search->trial);
  if (cost < search->current_cost) search_adopt(search, &search->trial, cost);
}

/* Far from where it stood: a good part of the week is planned afresh. */
void search_shake(struct search *search, int most_percent) {
  struct board *board = &search->current;
  set_openness(search, OPEN_MANY);
  search->seating.before = NULL;
  search_unban_all(search);
  choose_none(search);
  int share = 5 + random_below(&search->random, most_percent);
  for (int i = 0; i < board->totals->high_water; i++) {
    if (!is_loose_group(board, i) || random_below(&search->random, 100) >= share) continue;
    choose_members(search, board, i);
    dissolve_session(search, board, i, false);
  }
  for (int p = 0; p < search->grid->clinic->n_patients; p++)
    if (random_below(&search->random, 100) < share) choose_patient(search, p);
  if (random_below(&search->random, 3) == 0) redraw_closed(search, board);
  seat_chosen(search, board, INT64_MAX);
  close_thin_groups(search, board);
  search->current_cost = search_cost_of(board);
  keep_if_best(search);
}

void search_return_to_best(struct search *search) {
  if (search->best_cost == INT64_MAX) return;
  board_copy(&search->current, &search->best);
  search->current_cost = search->best_cost;
}

/* ---- rounds of several searches ---- */

void search_follow(struct search *search, const struct search *leader) {
  board_copy(&search->current, &leader->current);
  search->current_cost = leader->current_cost;
  search->best_cost = leader->current_cost < DEFECT_COST ? leader->current_cost : INT64_MAX;
  search->gained = false;
}

/* The plan that counts as a follower's result: a better one than it set out from, or its last. */
static const struct board *result_of(const struct search *follower) {
  return follower->gained ? &follower->best : &follower->current;
}

int64_t search_result_cost(const struct search *follower) {
  return follower->gained ? follower->best_cost : follower->current_cost;
}

void search_take(struct search *search, const struct search *follower) {
  search_adopt(search, result_of(follower), search_result_cost(follower));
}

void search_keep_best_of(struct search *search, const struct search *follower) {
  if (follower->best_cost >= search->best_cost) return;
  search->best_cost = follower->best_cost;
  board_copy(&search->best, &follower->best);
}

static bool same_week(const struct board *a, const struct board *b, int patient) {
  if (a->patient_n[patient] != b->patient_n[patient]) return false;
  for (int i = 0; i < a->patient_n[patient]; i++)
    if (a->sessions[board_week(a, patient)[i]].offer !=
        b->sessions[board_week(b, patient)[i]].offer)
      return false;
  return a->patient_cost[patient] == b->patient_cost[patient];
}

void board_close_empty(struct board *board) {
  for (int i = 0; i < board->totals->high_water; i++) {
    const struct placed *placed = &board->sessions[i];
    if (placed->offer != NONE && placed->fixed == NONE && placed->n_patients == 0)
      board_close(board, i);
  }
}

/* Gives the patient the offers of their week on another board; false if one is not to be had. */
static bool copy_week(struct search *search, struct board *to, const struct board *from,
                      int patient) {
  for (int i = 0; i < from->patient_n[patient]; i++) {
    int offer = from->sessions[board_week(from, patient)[i]].offer;
    if (!seating_take_up(&search->seating, to, patient, offer)) return false;
  }
  board_settle_patient(to, patient);
  return true;
}

void search_replay(struct search *search, const struct search *follower,
                   const struct board *origin) {
  const struct board *from = result_of(follower);
  struct board *trial = &search->trial;
  board_copy(trial, &search->current);
  choose_none(search);
  for (int p = 0; p < search->grid->clinic->n_patients; p++)
    if (!same_week(origin, from, p)) choose_patient(search, p);
  for (int i = 0; i < search->n_chosen; i++) board_clear_patient(trial, search->chosen[i]);
  board_close_empty(trial);
  for (int i = 0; i < search->n_chosen; i++)
    if (!copy_week(search, trial, from, search->chosen[i])) return;
  int64_t cost = search_cost_of(trial);
  if (cost >= search->current_cost) return;
  search_adopt(search, &search->trial, cost);
}
