#include "first_prices.h"

#include <stdlib.h>

#include "week_program.h"

/* The largest clinic measured, 1,000 patients on a grid of 15 minutes, has 1.5 million terms and
 * takes 11,000 iterations, 9 s: a solver that hangs is given up after nine times what its program
 * should take, and never before some seconds. */
enum { MAX_TERMS = 3000000, ITERATIONS = 50000, LEAST_WATCHDOG_SECONDS = 10 };
enum { WATCHDOG_TERMS_A_SECOND = 20000 };
/* Of patients with services, where they attend by the day: 20 patients have 250, and take 0.6 s; 30
 * take 3 s and 60 take 9 s, and gain next to nothing. */
enum { MAX_PAIRS_BY_DAY = 320 };

/* Two of them can be added; where it is too much, price_set() makes less of it. */
#define WORTH_MOST 1e18

/* About as many terms as the program will have. */
static int64_t terms_to_come(const struct grid *grid) {
  int64_t n = 0;
  for (int p = 0; p < grid->clinic->n_patients; p++)
    for (int i = 0; i < grid->patient_services[p].n; i++) {
      int s = grid->patient_services[p].list[i];
      if (week_program_considers(grid, p, s))
        n += grid->service_offers[s + 1] - grid->service_offers[s];
    }
  return n;
}

/* Of patients with services that they may attend. */
static int pairs_to_come(const struct grid *grid) {
  int n = 0;
  for (int p = 0; p < grid->clinic->n_patients; p++)
    for (int i = 0; i < grid->patient_services[p].n; i++)
      n += week_program_considers(grid, p, grid->patient_services[p].list[i]);
  return n;
}

/* What a row's limit is worth, whichever way it holds; rows of sign `way`. */
static int64_t worth(const double *duals, int row, int way) {
  double price = row == NONE ? 0 : way * duals[row] * COST_ONE;
  return price <= 0 ? 0 : price < WORTH_MOST ? (int64_t)price : (int64_t)WORTH_MOST;
}

static int64_t *worths(struct arena *arena, const double *duals, const int *rows, size_t n,
                       int way) {
  int64_t *list = arena_alloc(arena, n, sizeof *list);
  for (size_t i = 0; i < n; i++) list[i] = worth(duals, rows[i], way);
  return list;
}

static void read_prices(struct first_prices *prices, const struct week_program *week,
                        const double *duals) {
  enum { AT_LEAST = 1, AT_MOST = -1 };
  const struct clinic *clinic = week->clinic;
  struct arena *arena = &prices->arena;
  size_t services = (size_t)clinic->n_services, therapists = (size_t)clinic->n_therapists;
  size_t visits = services * (size_t)week->n_periods;
  size_t places = (size_t)clinic->n_patients * visits;
  prices->week = worths(arena, duals, week->week, therapists, AT_MOST);
  prices->time = worths(arena, duals, week->time, therapists, AT_MOST);
  prices->room = worths(arena, duals, week->room, (size_t)clinic->n_rooms, AT_MOST);
  prices->capped = worths(arena, duals, week->capped, services, AT_MOST);
  prices->wanted = worths(arena, duals, week->wanted, services, AT_LEAST);
  prices->n_periods = week->n_periods;
  prices->place = worths(arena, duals, week->reach, places, AT_LEAST);
  for (size_t i = 0; i < places; i++)
    if (week->reach[i] != NONE) prices->place[i] += worth(duals, week->seats[i % visits], AT_LEAST);
}

static bool find(struct first_prices *prices, const struct grid *grid, int n_periods,
                 struct halt *halt) {
  struct week_program week;
  week_program_init(&week, grid, n_periods);
  struct program program = draft_program(&week.draft);
  double watchdog = LEAST_WATCHDOG_SECONDS + (double)week.draft.n_terms / WATCHDOG_TERMS_A_SECOND;
  struct program_limits limits = {watchdog, ITERATIONS, false, halt};
  double *duals = mem_new((size_t)program.n_rows, sizeof *duals);
  bool found = program_relax(&program, &limits, duals) == PROGRAM_OPTIMAL;
  if (found) read_prices(prices, &week, duals);
  free(duals);
  week_program_release(&week);
  return found;
}

bool first_prices_find(struct first_prices *prices, const struct grid *grid, struct halt *halt) {
  *prices = (struct first_prices){0};
  return terms_to_come(grid) <= MAX_TERMS && find(prices, grid, 1, halt);
}

bool first_prices_find_by_day(struct first_prices *prices, const struct grid *grid,
                              struct halt *halt) {
  *prices = (struct first_prices){0};
  return terms_to_come(grid) <= MAX_TERMS && pairs_to_come(grid) <= MAX_PAIRS_BY_DAY &&
         find(prices, grid, N_DAYS, halt);
}

void first_prices_release(struct first_prices *prices) {
  arena_free(&prices->arena);
}
