#include "first_prices.h"

#include <math.h>
#include <stdlib.h>

#include "draft.h"
#include "lattice.h"

/* The largest clinic measured, 1,000 patients on a grid of 15 minutes, has 1.5 million terms and
 * takes 11,000 iterations, 9 s: a solver that hangs is given up after nine times what its program
 * should take, and never before some seconds. */
enum { MAX_TERMS = 3000000, ITERATIONS = 50000, LEAST_WATCHDOG_SECONDS = 10 };
enum { WATCHDOG_TERMS_A_SECOND = 20000 };

/* Two of them can be added; where it is too much, price_set() makes less of it. */
#define WORTH_MOST 1e18

struct week_program {
  const struct grid *grid;
  const struct clinic *clinic;
  struct draft draft;
  struct arena arena;
  /* Columns, or NONE: */
  int *held;    /* [n_offers]: sessions of a group */
  int *attends; /* [n_patients * n_services]: how often in the week */
  int *leads;   /* [n_services * max_leaders * n_therapists]: sessions led in a role */
  int *hosts;   /* [n_services * n_rooms]: sessions in a room */
  /* Rows, or NONE: */
  int *seats, *wanted, *capped; /* [n_services] */
  int *reach;                   /* [n_patients * n_services] */
  int *week, *time;             /* [n_therapists] */
  int *room;                    /* [n_rooms] */
};

static int *no_indices(struct arena *arena, size_t n) {
  int *list = arena_alloc(arena, n, sizeof *list);
  for (size_t i = 0; i < n; i++) list[i] = NONE;
  return list;
}

static void week_program_init(struct week_program *week, const struct grid *grid) {
  const struct clinic *clinic = grid->clinic;
  *week = (struct week_program){.grid = grid, .clinic = clinic};
  struct arena *arena = &week->arena;
  size_t services = (size_t)clinic->n_services, therapists = (size_t)clinic->n_therapists;
  size_t patients = (size_t)clinic->n_patients, rooms = (size_t)clinic->n_rooms;
  week->held = no_indices(arena, (size_t)grid->n_offers);
  week->attends = no_indices(arena, patients * services);
  week->leads = no_indices(arena, services * (size_t)clinic->max_leaders * therapists);
  week->hosts = no_indices(arena, services * rooms);
  week->seats = no_indices(arena, services);
  week->wanted = no_indices(arena, services);
  week->capped = no_indices(arena, services);
  week->reach = no_indices(arena, patients * services);
  week->week = no_indices(arena, therapists);
  week->time = no_indices(arena, therapists);
  week->room = no_indices(arena, rooms);
}

static void week_program_release(struct week_program *week) {
  draft_release(&week->draft);
  arena_free(&week->arena);
}

static int *attends(const struct week_program *week, int patient, int service) {
  return &week->attends[(size_t)patient * (size_t)week->clinic->n_services + (size_t)service];
}

static int *leads(const struct week_program *week, int service, int role, int therapist) {
  size_t list = (size_t)service * (size_t)week->clinic->max_leaders + (size_t)role;
  return &week->leads[list * (size_t)week->clinic->n_therapists + (size_t)therapist];
}

static int slots_of(const struct week_program *week, int minutes) {
  return (minutes + week->clinic->slot_minutes - 1) / week->clinic->slot_minutes;
}

static bool is_group(const struct week_program *week, int service) {
  return week->clinic->services[service].format == FORMAT_GROUP;
}

/* Lists of therapists who may lead: one for each role, or one for all that are alike. */
static int n_lists(const struct service *service) {
  return service->roles_named ? service->leaders : 1;
}

static int from_each_list(const struct service *service) {
  return service->roles_named ? 1 : service->leaders;
}

/* ---- columns ---- */

static int add_column(struct week_program *week, int64_t cost, double most) {
  return draft_column(&week->draft,
                      (struct program_column){(double)cost / COST_ONE, most, 0, false});
}

static int patients_there(const struct week_program *week, int offer) {
  const struct offer *at = &week->grid->offers[offer];
  const struct ints *may = &week->grid->service_patients[at->service];
  int n = 0;
  for (int i = 0; i < may->n; i++) n += grid_patient_there(week->grid, may->list[i], at);
  return n;
}

static bool could_be_led(const struct week_program *week, int offer) {
  const struct offer *at = &week->grid->offers[offer];
  for (int k = 0; k < week->clinic->n_therapists; k++)
    if (*leads(week, at->service, 0, k) != NONE && grid_therapist_there(week->grid, k, at))
      return true;
  return false;
}

static void add_staff_and_rooms(struct week_program *week, int s) {
  const struct grid *grid = week->grid;
  const struct clinic *clinic = week->clinic;
  for (int role = 0; role < n_lists(&clinic->services[s]); role++)
    for (int k = 0; k < clinic->n_therapists; k++)
      if (in_words(grid->role_words +
                       (ptrdiff_t)(s * clinic->max_leaders + role) * grid->therapist_words,
                   k))
        *leads(week, s, role, k) = add_column(week, 0, INFINITY);
  for (int r = 0; r < clinic->n_rooms; r++)
    if (in_words(grid->service_rooms + (ptrdiff_t)s * grid->room_words, r))
      week->hosts[s * clinic->n_rooms + r] = add_column(week, 0, INFINITY);
}

static void add_sessions(struct week_program *week, int s) {
  const struct grid *grid = week->grid;
  for (int o = grid->service_offers[s]; o < grid->service_offers[s + 1]; o++)
    if (patients_there(week, o) >= week->clinic->services[s].min_size && could_be_led(week, o))
      week->held[o] = add_column(week, grid_session_cost(week->grid, s), INFINITY);
}

/* Of very many services those that the patient needs. */
static bool is_considered(const struct grid *grid, int patient, int service) {
  const struct patient *who = &grid->clinic->patients[patient];
  bool considered = grid->patient_services[patient].n <= MANY_SERVICES;
  for (int i = 0; i < who->n_needs && !considered; i++)
    considered =
        who->needs[i].min_sessions > 0 && clinic_need_holds(grid->clinic, &who->needs[i], service);
  return considered;
}

/* Days of the week on which the patient could attend the service. */
static int days_of(const struct week_program *week, int patient, int service) {
  const struct grid *grid = week->grid;
  bool on[N_DAYS] = {false};
  for (int o = grid->service_offers[service]; o < grid->service_offers[service + 1]; o++)
    if (grid_patient_there(grid, patient, &grid->offers[o])) on[grid->offers[o].day] = true;
  int n = 0;
  for (int day = 0; day < N_DAYS; day++) n += on[day];
  return n;
}

static void add_attendance(struct week_program *week, int patient) {
  const struct ints *services = &week->grid->patient_services[patient];
  for (int i = 0; i < services->n; i++) {
    int s = services->list[i], most = clinic_weekly_max(week->clinic, patient, s);
    if (!is_considered(week->grid, patient, s)) continue;
    int days = days_of(week, patient, s), most_days = week->clinic->patients[patient].max_days;
    if (most > days) most = days;
    if (most > most_days) most = most_days;
    *attends(week, patient, s) =
        add_column(week, is_group(week, s) ? 0 : grid_session_cost(week->grid, s), most);
  }
}

static void add_columns(struct week_program *week) {
  const struct clinic *clinic = week->clinic;
  for (int s = 0; s < clinic->n_services; s++) {
    add_staff_and_rooms(week, s);
    if (is_group(week, s)) add_sessions(week, s);
  }
  for (int p = 0; p < clinic->n_patients; p++)
    if (clinic->patients[p].takes_part) add_attendance(week, p);
}

/* ---- rows of sessions ---- */

/* All sessions of the service: those held, or those that patients have alone with a therapist. */
static void add_all_sessions(struct week_program *week, int s, double coefficient) {
  const struct grid *grid = week->grid;
  const struct ints *may = &grid->service_patients[s];
  if (is_group(week, s))
    for (int o = grid->service_offers[s]; o < grid->service_offers[s + 1]; o++)
      draft_term(&week->draft, week->held[o], coefficient);
  else
    for (int i = 0; i < may->n; i++)
      draft_term(&week->draft, *attends(week, may->list[i], s), coefficient);
}

/* A session seats no more than are there, nor than there are seats. */
static void seat(struct week_program *week, int s) {
  const struct grid *grid = week->grid;
  const struct ints *may = &grid->service_patients[s];
  int max_size = week->clinic->services[s].max_size;
  for (int o = grid->service_offers[s]; o < grid->service_offers[s + 1]; o++) {
    if (week->held[o] == NONE) continue;
    int there = patients_there(week, o);
    draft_term(&week->draft, week->held[o], there < max_size ? there : max_size);
  }
  for (int i = 0; i < may->n; i++) draft_term(&week->draft, *attends(week, may->list[i], s), -1);
  week->seats[s] = draft_row(&week->draft, 0, INFINITY);
}

/* A patient attends no more sessions than are held while they are there. */
static void reach(struct week_program *week, int patient, int s) {
  const struct grid *grid = week->grid;
  for (int o = grid->service_offers[s]; o < grid->service_offers[s + 1]; o++)
    if (grid_patient_there(grid, patient, &grid->offers[o]))
      draft_term(&week->draft, week->held[o], 1);
  draft_term(&week->draft, *attends(week, patient, s), -1);
  week->reach[(size_t)patient * (size_t)week->clinic->n_services + (size_t)s] =
      draft_row(&week->draft, 0, INFINITY);
}

static void staff(struct week_program *week, int s) {
  const struct service *service = &week->clinic->services[s];
  for (int role = 0; role < n_lists(service); role++) {
    for (int k = 0; k < week->clinic->n_therapists; k++)
      draft_term(&week->draft, *leads(week, s, role, k), 1);
    add_all_sessions(week, s, -from_each_list(service));
    draft_row(&week->draft, 0, INFINITY);
  }
  if (service->telehealth) return;
  for (int r = 0; r < week->clinic->n_rooms; r++)
    draft_term(&week->draft, week->hosts[s * week->clinic->n_rooms + r], 1);
  add_all_sessions(week, s, -1);
  draft_row(&week->draft, 0, INFINITY);
}

static void count_sessions(struct week_program *week, int s) {
  const struct service *service = &week->clinic->services[s];
  if (service->sessions_max != UNLIMITED) {
    add_all_sessions(week, s, 1);
    week->capped[s] = draft_row(&week->draft, -INFINITY, service->sessions_max);
  }
  if (service->sessions_min > 0) {
    add_all_sessions(week, s, 1);
    draft_term(&week->draft, add_column(week, week->grid->offer_short, INFINITY), 1);
    week->wanted[s] = draft_row(&week->draft, service->sessions_min, INFINITY);
  }
}

/* ---- rows of time ---- */

static int slots_there(const struct grid *grid, const word *there, int words, int who) {
  int n = 0;
  for (int slot = 0; slot < grid->n_slots; slot++)
    n += in_words(there + (size_t)slot * (size_t)words, who);
  return n;
}

static void add_led(struct week_program *week, int therapist, bool with_notes) {
  const struct clinic *clinic = week->clinic;
  for (int s = 0; s < clinic->n_services; s++) {
    const struct service *service = &clinic->services[s];
    int minutes = service->minutes + (with_notes ? service->notes_minutes : 0);
    for (int role = 0; role < n_lists(service); role++)
      draft_term(&week->draft, *leads(week, s, role, therapist), slots_of(week, minutes));
  }
}

static void limit_therapist(struct week_program *week, int k) {
  const struct grid *grid = week->grid;
  const struct therapist *who = &week->clinic->therapists[k];
  int most = who->max_minutes_week / week->clinic->slot_minutes;
  add_led(week, k, false);
  week->week[k] = draft_row(&week->draft, -INFINITY, most);
  add_led(week, k, true);
  week->time[k] = draft_row(&week->draft, -INFINITY,
                            slots_there(grid, grid->therapist_there, grid->therapist_words, k));
}

static void limit_room(struct week_program *week, int r) {
  const struct grid *grid = week->grid;
  for (int s = 0; s < week->clinic->n_services; s++)
    draft_term(&week->draft, week->hosts[s * week->clinic->n_rooms + r],
               slots_of(week, week->clinic->services[s].minutes));
  week->room[r] =
      draft_row(&week->draft, -INFINITY, slots_there(grid, grid->room_there, grid->room_words, r));
}

/* ---- rows of a patient's care ---- */

static void add_needed(struct week_program *week, int patient, const struct need *need) {
  const struct ints *services = &week->grid->patient_services[patient];
  for (int i = 0; i < services->n; i++)
    if (clinic_need_holds(week->clinic, need, services->list[i]))
      draft_term(&week->draft, *attends(week, patient, services->list[i]), 1);
}

static void meet_need(struct week_program *week, int patient, const struct need *need) {
  int64_t one_short = grid_session_short(week->grid, &week->clinic->patients[patient]);
  if (need->min_sessions > 0) {
    add_needed(week, patient, need);
    draft_term(&week->draft, add_column(week, one_short, INFINITY), 1);
    draft_row(&week->draft, need->min_sessions, INFINITY);
  }
  if (need->max_sessions == UNLIMITED) return;
  add_needed(week, patient, need);
  draft_row(&week->draft, -INFINITY, need->max_sessions);
}

static void add_hours(struct week_program *week, int patient) {
  const struct ints *services = &week->grid->patient_services[patient];
  for (int i = 0; i < services->n; i++) {
    const struct service *service = &week->clinic->services[services->list[i]];
    if (service->counts_hours)
      draft_term(&week->draft, *attends(week, patient, services->list[i]), service->minutes);
  }
}

static void meet_hours(struct week_program *week, int patient) {
  const struct patient *who = &week->clinic->patients[patient];
  add_hours(week, patient);
  int64_t minute_short = week->clinic->weight_milli[TERM_HOUR_SHORT] * who->priority_milli;
  draft_term(&week->draft, add_column(week, minute_short, INFINITY), 1);
  draft_row(&week->draft, who->min_minutes, INFINITY);
  add_hours(week, patient);
  draft_row(&week->draft, -INFINITY, who->max_minutes);
}

static void add_patient_rows(struct week_program *week, int patient) {
  const struct patient *who = &week->clinic->patients[patient];
  const struct ints *services = &week->grid->patient_services[patient];
  for (int i = 0; i < services->n; i++)
    if (is_group(week, services->list[i]) && *attends(week, patient, services->list[i]) != NONE)
      reach(week, patient, services->list[i]);
  for (int i = 0; i < who->n_needs; i++) meet_need(week, patient, &who->needs[i]);
  meet_hours(week, patient);
}

static void add_rows(struct week_program *week) {
  const struct clinic *clinic = week->clinic;
  for (int s = 0; s < clinic->n_services; s++) {
    if (is_group(week, s)) seat(week, s);
    if (is_group(week, s)) count_sessions(week, s);
    staff(week, s);
  }
  for (int k = 0; k < clinic->n_therapists; k++) limit_therapist(week, k);
  for (int r = 0; r < clinic->n_rooms; r++) limit_room(week, r);
  for (int p = 0; p < clinic->n_patients; p++)
    if (clinic->patients[p].takes_part) add_patient_rows(week, p);
}

/* ---- the whole ---- */

/* About as many terms as the program will have. */
static int64_t terms_to_come(const struct grid *grid) {
  int64_t n = 0;
  for (int p = 0; p < grid->clinic->n_patients; p++)
    for (int i = 0; i < grid->patient_services[p].n; i++) {
      int s = grid->patient_services[p].list[i];
      if (is_considered(grid, p, s)) n += grid->service_offers[s + 1] - grid->service_offers[s];
    }
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
  size_t places = (size_t)clinic->n_patients * services;
  prices->week = worths(arena, duals, week->week, therapists, AT_MOST);
  prices->time = worths(arena, duals, week->time, therapists, AT_MOST);
  prices->room = worths(arena, duals, week->room, (size_t)clinic->n_rooms, AT_MOST);
  prices->capped = worths(arena, duals, week->capped, services, AT_MOST);
  prices->wanted = worths(arena, duals, week->wanted, services, AT_LEAST);
  prices->place = worths(arena, duals, week->reach, places, AT_LEAST);
  for (size_t i = 0; i < places; i++)
    if (week->reach[i] != NONE)
      prices->place[i] += worth(duals, week->seats[i % services], AT_LEAST);
}

bool first_prices_find(struct first_prices *prices, const struct grid *grid, struct halt *halt) {
  *prices = (struct first_prices){0};
  if (terms_to_come(grid) > MAX_TERMS) return false;
  struct week_program week;
  week_program_init(&week, grid);
  add_columns(&week);
  add_rows(&week);
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

void first_prices_release(struct first_prices *prices) {
  arena_free(&prices->arena);
}
