#include "week_program.h"

#include <math.h>

static int *no_indices(struct arena *arena, size_t n) {
  int *list = arena_alloc(arena, n, sizeof *list);
  for (size_t i = 0; i < n; i++) list[i] = NONE;
  return list;
}

static void list_nothing(struct week_program *week) {
  const struct clinic *clinic = week->clinic;
  struct arena *arena = &week->arena;
  size_t services = (size_t)clinic->n_services, therapists = (size_t)clinic->n_therapists;
  size_t patients = (size_t)clinic->n_patients, rooms = (size_t)clinic->n_rooms;
  size_t periods = (size_t)week->n_periods;
  week->held = no_indices(arena, (size_t)week->grid->n_offers);
  week->attends = no_indices(arena, patients * services * periods);
  week->leads = no_indices(arena, services * (size_t)clinic->max_leaders * therapists);
  week->hosts = no_indices(arena, services * rooms);
  week->seats = no_indices(arena, services * periods);
  week->wanted = no_indices(arena, services);
  week->capped = no_indices(arena, services);
  week->reach = no_indices(arena, patients * services * periods);
  week->week = no_indices(arena, therapists);
  week->time = no_indices(arena, therapists);
  week->room = no_indices(arena, rooms);
}

static int *leads(const struct week_program *week, int service, int role, int therapist) {
  size_t list = (size_t)service * (size_t)week->clinic->max_leaders + (size_t)role;
  return &week->leads[list * (size_t)week->clinic->n_therapists + (size_t)therapist];
}

static int slots_of(const struct week_program *week, int minutes) {
  return (minutes + week->clinic->slot_minutes - 1) / week->clinic->slot_minutes;
}

/* Lists of therapists who may lead: one for each role, or one for all that are alike. */
static int n_lists(const struct service *service) {
  return service->roles_named ? service->leaders : 1;
}

static int from_each_list(const struct service *service) {
  return service->roles_named ? 1 : service->leaders;
}

/* ---- columns ---- */

int week_program_column(struct week_program *week, int64_t cost, double most) {
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
        *leads(week, s, role, k) = week_program_column(week, 0, INFINITY);
  for (int r = 0; r < clinic->n_rooms; r++)
    if (in_words(grid->service_rooms + (ptrdiff_t)s * grid->room_words, r))
      week->hosts[s * clinic->n_rooms + r] = week_program_column(week, 0, INFINITY);
}

static void add_sessions(struct week_program *week, int s) {
  const struct grid *grid = week->grid;
  for (int o = grid->service_offers[s]; o < grid->service_offers[s + 1]; o++)
    if (patients_there(week, o) >= week->clinic->services[s].min_size && could_be_led(week, o))
      week->held[o] = week_program_column(week, grid_session_cost(week->grid, s), INFINITY);
}

static void add_columns(struct week_program *week) {
  const struct clinic *clinic = week->clinic;
  for (int s = 0; s < clinic->n_services; s++) {
    add_staff_and_rooms(week, s);
    if (is_group(week, s)) add_sessions(week, s);
  }
  for (int p = 0; p < clinic->n_patients; p++)
    if (clinic->patients[p].takes_part) week_program_attendance(week, p);
}

/* ---- rows of sessions ---- */

void week_program_all_sessions(struct week_program *week, int service, double coefficient) {
  const struct grid *grid = week->grid;
  const struct ints *may = &grid->service_patients[service];
  if (is_group(week, service))
    for (int o = grid->service_offers[service]; o < grid->service_offers[service + 1]; o++)
      draft_term(&week->draft, week->held[o], coefficient);
  else
    for (int i = 0; i < may->n; i++)
      week_program_attended(week, may->list[i], service, coefficient);
}

/* A session seats no more than are there, nor than there are seats. */
static void seat(struct week_program *week, int s, int period) {
  const struct grid *grid = week->grid;
  const struct ints *may = &grid->service_patients[s];
  int max_size = week->clinic->services[s].max_size;
  for (int o = first_offer(week, s, period); o < end_offer(week, s, period); o++) {
    if (week->held[o] == NONE) continue;
    int there = patients_there(week, o);
    draft_term(&week->draft, week->held[o], there < max_size ? there : max_size);
  }
  for (int i = 0; i < may->n; i++)
    draft_term(&week->draft, week->attends[visit_index(week, may->list[i], s, period)], -1);
  week->seats[service_period(week, s, period)] = draft_row(&week->draft, 0, INFINITY);
}

static void staff(struct week_program *week, int s) {
  const struct service *service = &week->clinic->services[s];
  for (int role = 0; role < n_lists(service); role++) {
    for (int k = 0; k < week->clinic->n_therapists; k++)
      draft_term(&week->draft, *leads(week, s, role, k), 1);
    week_program_all_sessions(week, s, -from_each_list(service));
    draft_row(&week->draft, 0, INFINITY);
  }
  if (service->telehealth) return;
  for (int r = 0; r < week->clinic->n_rooms; r++)
    draft_term(&week->draft, week->hosts[s * week->clinic->n_rooms + r], 1);
  week_program_all_sessions(week, s, -1);
  draft_row(&week->draft, 0, INFINITY);
}

static void count_sessions(struct week_program *week, int s) {
  const struct service *service = &week->clinic->services[s];
  if (service->sessions_max != UNLIMITED) {
    week_program_all_sessions(week, s, 1);
    week->capped[s] = draft_row(&week->draft, -INFINITY, service->sessions_max);
  }
  if (service->sessions_min > 0) {
    week_program_all_sessions(week, s, 1);
    draft_term(&week->draft, week_program_column(week, week->grid->offer_short, INFINITY), 1);
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

static void add_rows(struct week_program *week) {
  const struct clinic *clinic = week->clinic;
  for (int s = 0; s < clinic->n_services; s++) {
    for (int period = 0; period < week->n_periods && is_group(week, s); period++)
      seat(week, s, period);
    if (is_group(week, s)) count_sessions(week, s);
    staff(week, s);
  }
  for (int k = 0; k < clinic->n_therapists; k++) limit_therapist(week, k);
  for (int r = 0; r < clinic->n_rooms; r++) limit_room(week, r);
  for (int p = 0; p < clinic->n_patients; p++)
    if (clinic->patients[p].takes_part) week_program_care(week, p);
}

void week_program_init(struct week_program *week, const struct grid *grid, int n_periods) {
  *week = (struct week_program){.grid = grid, .clinic = grid->clinic, .n_periods = n_periods};
  list_nothing(week);
  add_columns(week);
  add_rows(week);
}

void week_program_release(struct week_program *week) {
  draft_release(&week->draft);
  arena_free(&week->arena);
}
