#include "week.h"

#include <stdlib.h>
#include <string.h>

#include "crew.h"
#include "outlook.h"
#include "week_join.h"
#include "week_solver.h"

/* Search effort for one week: steps of the multipliers, nodes of the search. */
enum { SEAT_STEPS = 14, BOUND_STEPS = 14, SEAT_NODES = 3000, BOUND_NODES = 1500 };

/* How far above its outlook a patient's week is looked for: a little more than the last one was. */
enum { MOST_QUESTS = 4, SLACK_FACTOR = 4, SLACK_PERCENT = 120 };
#define LEAST_SLACK (COST_ONE / 100)
#define MOST_SLACK (COST_ONE * 3 / 2)

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
  solver->slack = mem_new((size_t)grid->clinic->n_patients, sizeof *solver->slack);
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
  outlook_free(solver->outlook);
  free(solver->slack);
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

/* ---- the patient at hand ---- */

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

/* What is looked for. */
struct quest {
  struct week_solver *solver;
  int patient;
  const int64_t *price;
  enum week_purpose purpose;
  int64_t below;     /* only weeks that cost less are; INT64_MAX: whatever there is */
  struct week *week; /* of a bound, while none is proven: what the relaxation takes for one */
  bool proven;       /* the best that is below; or that there is none */
};

static void list_patterns_of(void *data, int day) {
  const struct quest *quest = data;
  struct week_solver *solver = quest->solver;
  struct day_solver *desk = &solver->desks[solver->n_desks > 1 ? day : 0];
  day_patterns_clear(&solver->days[day]);
  if (day < solver->who->first_day || day > solver->who->last_day) return;
  const struct day_outlook *outlook =
      quest->below < INT64_MAX ? outlook_of_day(solver->outlook, day, quest->below) : NULL;
  day_solve(desk, solver->lattice, day, quest->price, quest->purpose == WEEK_SEAT, outlook);
  day_patterns_list(&solver->days[day], desk, solver->who);
  desk->work += desk->n_labels;
}

static void list_all_patterns(struct quest *quest) {
  struct week_solver *solver = quest->solver;
  if (solver->n_desks > 1)
    crew_do(N_DAYS, solver->n_threads, list_patterns_of, quest);
  else
    for (int day = 0; day < N_DAYS; day++) list_patterns_of(quest, day);
  solver->left_out = solver->lattice->partial;
  for (int day = 0; day < N_DAYS; day++)
    solver->left_out = solver->left_out || solver->days[day].left_out;
}

static void keep_chosen(const struct week_solver *solver, const int *chosen, struct week *week) {
  week->n = 0;
  for (int day = 0; day < N_DAYS; day++) {
    if (chosen[day] == NONE) continue;
    const struct pattern *pattern = &solver->days[day].list[chosen[day]];
    memcpy(week->offers + week->n, pattern->offers, (size_t)pattern->n * sizeof(int));
    week->n += pattern->n;
  }
}

/* Until a better one is found and proven, if ever. */
static void keep_relaxed(struct quest *quest) {
  int chosen[N_DAYS];
  week_relaxed(quest->solver, chosen);
  keep_chosen(quest->solver, chosen, quest->week);
}

/* Leaves the best week in solver->best and best_chosen, if it costs less than quest->below. Returns
 * what no week costs less than, or quest->below if that is less. */
static int64_t solve_below(struct quest *quest) {
  struct week_solver *solver = quest->solver;
  struct multipliers *m = &solver->multipliers[quest->patient];
  bool to_seat = quest->purpose == WEEK_SEAT;
  list_all_patterns(quest);
  solver->best = quest->below;
  for (int day = 0; day < N_DAYS; day++) solver->chosen[day] = solver->best_chosen[day] = NONE;
  week_keep_if_better(solver, solver->chosen); /* the empty week */

  int64_t bound = week_relax(solver, m, to_seat ? SEAT_STEPS : BOUND_STEPS);
  quest->proven = solver->best <= bound;
  if (!quest->proven && !to_seat && !solver->left_out) {
    bound = week_join(solver, m->worth);
    quest->proven = solver->best <= bound;
  }
  if (!quest->proven) {
    if (!to_seat) keep_relaxed(quest);
    week_search(solver, to_seat ? SEAT_NODES : BOUND_NODES);
    quest->proven = solver->nodes_left > 0;
  }
  if (solver->left_out) return week_price_floor(solver->grid, quest->patient, quest->price);
  return quest->proven ? solver->best : bound;
}

static void learn_slack(struct quest *quest, int64_t slack) {
  if (slack < LEAST_SLACK) slack = LEAST_SLACK;
  if (slack > MOST_SLACK) slack = MOST_SLACK;
  quest->solver->slack[quest->patient] = slack;
}

/* A week hardly above what the outlook says costs little to find. So one is looked for there first,
 * then ever farther above, and at last anywhere; unless it cannot be proven, where looking farther
 * would not help. What is returned is as by solve_below(). */
static int64_t solve_near_outlook(struct quest *quest) {
  struct week_solver *solver = quest->solver;
  int64_t lower = INT64_MIN, more = solver->slack[quest->patient];
  if (!solver->outlook) solver->outlook = outlook_new(solver->grid, solver->max_kinds);
  for (int i = 0; i < MOST_QUESTS && more > 0; i++, more *= SLACK_FACTOR) {
    const int64_t *worth = solver->multipliers[quest->patient].worth;
    int64_t least = outlook_find(solver->outlook, solver, worth, quest->price);
    quest->below = max64(lower, least) + more;
    lower = max64(lower, solve_below(quest));
    if (quest->proven && solver->best == quest->below) continue; /* there is none */
    learn_slack(quest, quest->proven ? (solver->best - least) / 100 * SLACK_PERCENT : more);
    return lower;
  }
  quest->below = INT64_MAX;
  lower = max64(lower, solve_below(quest));
  learn_slack(quest, more);
  return lower;
}

void week_solve(struct week_solver *solver, int patient, const int64_t *price,
                enum week_purpose purpose, struct week *best) {
  struct quest quest = {solver, patient, price, purpose, INT64_MAX, best, false};
  *best = (struct week){.value = INT64_MAX};
  set_patient(solver, patient);
  if (purpose == WEEK_BOUND && solver->lattice->partial) {
    best->lower = week_price_floor(solver->grid, patient, price);
    solver->work += solver->grid->n_offers;
    return;
  }
  best->lower = purpose == WEEK_BOUND ? solve_near_outlook(&quest) : solve_below(&quest);
  if (purpose == WEEK_BOUND && !quest.proven) return;
  best->value = solver->best;
  if (best->value < INT64_MAX) keep_chosen(solver, solver->best_chosen, best);
}
