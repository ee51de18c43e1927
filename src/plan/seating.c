#include "seating.h"

#include <stdlib.h>
#include <string.h>

#include "iopsched/random.h"

#define LACKING_REWARD (1000 * COST_ONE)
#define CLAIM_REWARD (30 * COST_ONE)

enum { MAX_TRIES = 4, MAX_CLOSED_CHOICES = 3 };
/* In units of week_solver_work(). */
enum { REMEMBER_WORK = 200 };

void seating_init(struct seating *seating, const struct grid *grid, struct week_solver *solver) {
  size_t offers = (size_t)grid->n_offers;
  *seating = (struct seating){.grid = grid, .solver = solver, .may_open = true};
  week_memory_init(&seating->memory);
  seating->hope_percent = 60;
  seating->claimed = NONE;
  seating->open_percent = seating->individual_percent = 100;
  seating->price = mem_new(offers, sizeof *seating->price);
  seating->full_open_price = mem_new(offers, sizeof *seating->full_open_price);
  seating->want = mem_new(offers, sizeof *seating->want);
  seating->banned = mem_new(offers, sizeof *seating->banned);
  for (int i = 0; i < grid->n_offers; i++)
    seating->full_open_price[i] = grid_session_cost(grid, grid->offers[i].service);
}

void seating_release(struct seating *seating) {
  week_memory_release(&seating->memory);
  free(seating->price);
  free(seating->full_open_price);
  free(seating->want);
  free(seating->banned);
}

void seating_expect(struct seating *seating, const int *patients, int n) {
  const struct grid *grid = seating->grid;
  memset(seating->want, 0, (size_t)grid->n_offers * sizeof *seating->want);
  for (int i = 0; i < n; i++) {
    const struct ints *services = &grid->patient_services[patients[i]];
    for (int j = 0; j < services->n; j++)
      for (int offer = grid->service_offers[services->list[j]];
           offer < grid->service_offers[services->list[j] + 1]; offer++)
        seating->want[offer] += grid_patient_there(grid, patients[i], &grid->offers[offer]);
  }
}

/* ---- prices ---- */

static bool is_in(const struct board *board, int patient, int offer);
/* A sample of the offers, drawn anew for every step. */
static bool may_consider(const struct seating *seating, int offer, int percent) {
  uint64_t mixed = ((uint64_t)offer + seating->salt) * UINT64_C(0x9E3779B97F4A7C15);
  return (mixed >> 40) % 100 < (uint64_t)percent;
}

static bool stood_before(const struct seating *seating, int offer) {
  return seating->before && seating->before->at_offer[offer] != NONE;
}

static bool had_before(const struct seating *seating, int patient, int offer) {
  return seating->before && is_in(seating->before, patient, offer);
}

/* Staff cost of one more session, less what it saves where the service is to be offered more. */
static int64_t cost_of_opening(const struct seating *seating, const struct board *board,
                               int offer) {
  int service = seating->grid->offers[offer].service;
  bool asked_for =
      board->service_sessions[service] < seating->grid->clinic->services[service].sessions_min;
  return seating->full_open_price[offer] - (asked_for ? seating->grid->offer_short : 0);
}

static int64_t individual_price(const struct seating *seating, const struct board *board,
                                int patient, int offer) {
  const struct clinic *clinic = seating->grid->clinic;
  int fixed = board_find_seat(board, patient, offer); /* only fixed ones stand without a patient */
  if (fixed == NONE && offer != seating->claimed &&
      !may_consider(seating, offer, seating->individual_percent) &&
      !had_before(seating, patient, offer))
    return PRICE_NEVER;
  if (fixed == NONE && !board_could_open(board, offer)) return PRICE_NEVER;
  int64_t price = fixed == NONE ? cost_of_opening(seating, board, offer) : -LACKING_REWARD;
  int service = seating->grid->offers[offer].service, primary = clinic->patients[patient].primary;
  if (clinic_primary_counts(clinic, patient, service) &&
      !(fixed == NONE ? board_therapist_free(board, primary, offer)
                      : board_leads(board, primary, fixed)))
    price += seating->grid->not_primary;
  return price;
}

/* The share of a new group that one patient pays: less, the more are hoped to come. */
static int64_t opening_price(struct seating *seating, const struct board *board, int offer) {
  const struct service *service =
      &seating->grid->clinic->services[seating->grid->offers[offer].service];
  if (!seating->may_open || seating->banned[offer] || service->closed) return PRICE_NEVER;
  if (offer != seating->claimed && !may_consider(seating, offer, seating->open_percent) &&
      !stood_before(seating, offer))
    return PRICE_NEVER;
  if (seating->want[offer] < service->min_size || !board_could_open(board, offer))
    return PRICE_NEVER;
  if (offer == seating->claimed) return -CLAIM_REWARD;
  int hoped = seating->want[offer] * seating->hope_percent / 100;
  if (hoped > service->max_size) hoped = service->max_size;
  if (hoped < service->min_size) hoped = service->min_size;
  int64_t price = cost_of_opening(seating, board, offer) / hoped;
  return price + price * (int64_t)(random_next(&seating->random) >> 56) / 512;
}

static int64_t group_price(struct seating *seating, const struct board *board, int patient,
                           int offer) {
  int session = board_find_seat(board, patient, offer);
  if (session == NONE) return opening_price(seating, board, offer);
  const struct placed *placed = &board->sessions[session];
  int min_size = seating->grid->clinic->services[seating->grid->offers[offer].service].min_size;
  if (placed->n_patients >= min_size) return 0;
  if (offer == seating->claimed) return -CLAIM_REWARD;
  if (placed->fixed != NONE) return -LACKING_REWARD; /* it takes place whatever it costs */
  return -seating->full_open_price[offer] / ((int64_t)2 * min_size);
}

static void set_prices(struct seating *seating, const struct board *board, int patient) {
  const struct grid *grid = seating->grid;
  const struct ints *services = &grid->patient_services[patient];
  for (int i = 0; i < services->n; i++) {
    const struct service *service = &grid->clinic->services[services->list[i]];
    for (int offer = grid->service_offers[services->list[i]];
         offer < grid->service_offers[services->list[i] + 1]; offer++) {
      int64_t price = PRICE_NEVER;
      if (grid_patient_there(grid, patient, &grid->offers[offer]))
        price = service->closed ? PRICE_NEVER
                : service->format == FORMAT_GROUP
                    ? group_price(seating, board, patient, offer)
                    : individual_price(seating, board, patient, offer);
      if (price != PRICE_NEVER) price += grid_attendance_cost(grid, patient, offer);
      seating->price[offer] = price;
    }
  }
}

static void force(struct seating *seating, int patient, int offer) {
  seating->price[offer] = PRICE_FORCED + grid_attendance_cost(seating->grid, patient, offer);
}

static void force_fixed(struct seating *seating, int patient) {
  const struct grid *grid = seating->grid;
  const struct ints *fixed = &grid->patient_fixed[patient];
  for (int i = 0; i < fixed->n; i++) {
    const struct fixed_session *row = &grid->clinic->fixed[fixed->list[i]];
    force(seating, patient,
          grid_offer_at(grid, row->service, row->start_min / grid->clinic->slot_minutes));
  }
}

/* ---- closed membership ---- */

/* Forces (or bars) every session of a closed service that stands; false if one has no seat. */
static bool set_membership(struct seating *seating, const struct board *board, int patient,
                           int service, bool member) {
  const struct grid *grid = seating->grid;
  for (int offer = grid->service_offers[service]; offer < grid->service_offers[service + 1];
       offer++) {
    seating->price[offer] = PRICE_NEVER;
    if (!member || board->at_offer[offer] == NONE) continue;
    if (!grid_patient_there(grid, patient, &grid->offers[offer])) return false;
    if (board_find_seat(board, patient, offer) == NONE) return false;
    force(seating, patient, offer);
  }
  return true;
}

/* Closed services that stand on the board and that the patient may join. */
static int open_memberships(const struct seating *seating, const struct board *board, int patient,
                            int *services) {
  const struct grid *grid = seating->grid;
  const struct ints *may = &grid->patient_services[patient];
  int n = 0;
  for (int i = 0; i < may->n && n < MAX_CLOSED_CHOICES; i++)
    if (grid->clinic->services[may->list[i]].closed && board->service_sessions[may->list[i]] > 0)
      services[n++] = may->list[i];
  return n;
}

static int n_forced(const struct seating *seating, int patient) {
  const struct ints *services = &seating->grid->patient_services[patient];
  int n = 0;
  for (int i = 0; i < services->n; i++)
    for (int offer = seating->grid->service_offers[services->list[i]];
         offer < seating->grid->service_offers[services->list[i] + 1]; offer++)
      n += seating->price[offer] < PRICE_FORCED / 2;
  return n;
}

/* The best week at the prices that stand, from memory if it was asked for before. */
static void find_week(struct seating *seating, int patient, struct week *week) {
  struct week_key key = week_key_of(seating->grid, patient, seating->price);
  const struct week *known = week_memory_find(&seating->memory, key);
  if (known) {
    *week = *known;
    seating->work += REMEMBER_WORK;
    return;
  }
  week_solve(seating->solver, patient, seating->price, WEEK_SEAT, week);
  week_memory_keep(&seating->memory, key, week);
}

/* Solves at the prices that stand; false if the best week does not hold all that is forced. */
static bool solve(struct seating *seating, int patient, struct week *week) {
  find_week(seating, patient, week);
  int forced = n_forced(seating, patient), held = 0;
  for (int i = 0; i < week->n; i++) held += seating->price[week->offers[i]] < PRICE_FORCED / 2;
  if (week->value == INT64_MAX || held < forced) return false;
  week->value -= forced * PRICE_FORCED;
  return true;
}

/* Solves for every choice of memberships; the best week is kept, its forced rewards taken out. */
static void solve_memberships(struct seating *seating, const struct board *board, int patient,
                              struct week *best) {
  int services[MAX_CLOSED_CHOICES];
  int n = open_memberships(seating, board, patient, services);
  best->value = INT64_MAX;
  best->n = 0;
  for (int choice = 0; choice < 1 << n; choice++) {
    bool possible = true;
    for (int i = 0; i < n && possible; i++) {
      bool member = choice >> i & 1;
      if (grid_fixed_names(seating->grid, patient, services[i]) && !member) possible = false;
      possible = possible && set_membership(seating, board, patient, services[i], member);
    }
    if (!possible) continue;
    force_fixed(seating, patient);
    struct week week;
    if (solve(seating, patient, &week) && week.value < best->value) *best = week;
  }
}

/* ---- joining ---- */

static int fixed_session_at(const struct board *board, int patient, int offer) {
  const struct ints *fixed = &board->grid->patient_fixed[patient];
  for (int i = 0; i < fixed->n; i++) {
    int session = board->fixed_session[fixed->list[i]];
    if (board->sessions[session].offer == offer) return session;
  }
  return NONE;
}

static bool is_in(const struct board *board, int patient, int offer) {
  for (int i = 0; i < board->patient_n[patient]; i++)
    if (board->sessions[board_week(board, patient)[i]].offer == offer) return true;
  return false;
}

bool seating_take_up(struct seating *seating, struct board *board, int patient, int offer) {
  if (is_in(board, patient, offer)) return true;
  int session = fixed_session_at(board, patient, offer);
  if (session == NONE) session = board_find_seat(board, patient, offer);
  if (session == NONE) session = board_open(board, offer, patient, &seating->random);
  if (session == NONE) return false;
  board_join(board, patient, session);
  return true;
}

/* Undoes what take_up() did beyond the sessions [n] that the patient had. */
static void back_out(struct board *board, int patient, const int32_t *had, int n) {
  for (int i = board->patient_n[patient] - 1; i >= 0; i--) {
    int session = board_week(board, patient)[i], j = 0;
    while (j < n && had[j] != session) j++;
    if (j < n) continue;
    struct placed *placed = &board->sessions[session];
    if (placed->n_patients == 1 && placed->fixed == NONE) {
      board_close(board, session);
      continue;
    }
    int32_t *week = board_week(board, patient);
    memmove(week + i, week + i + 1, (size_t)(board->patient_n[patient] - i - 1) * sizeof *week);
    board->patient_n[patient]--;
    placed->n_patients--;
  }
}

/* Keeps out all that would have to be opened: what is left can be joined for certain. */
static void join_only(struct seating *seating, const struct board *board, int patient) {
  const struct grid *grid = seating->grid;
  const struct ints *services = &grid->patient_services[patient];
  for (int i = 0; i < services->n; i++)
    for (int offer = grid->service_offers[services->list[i]];
         offer < grid->service_offers[services->list[i] + 1]; offer++)
      if (seating->price[offer] > PRICE_FORCED / 2 &&
          board_find_seat(board, patient, offer) == NONE)
        seating->price[offer] = PRICE_NEVER;
}

/* False if no week keeps the patient's rules (only with `keep`, or fixed sessions). */
static bool seat(struct seating *seating, struct board *board, int patient, bool keep) {
  int32_t had[MAX_WEEK_SESSIONS];
  int n_had = board->patient_n[patient];
  memcpy(had, board_week(board, patient), (size_t)n_had * sizeof *had);
  set_prices(seating, board, patient);
  for (int i = 0; keep && i < n_had; i++) force(seating, patient, board->sessions[had[i]].offer);
  struct week week = {0};
  for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
    if (attempt == MAX_TRIES - 1) join_only(seating, board, patient);
    if (keep) {
      force_fixed(seating, patient);
      if (!solve(seating, patient, &week)) return false;
    } else {
      solve_memberships(seating, board, patient, &week);
    }
    int failed = NONE;
    for (int i = 0; i < week.n && failed == NONE; i++)
      if (!seating_take_up(seating, board, patient, week.offers[i])) failed = week.offers[i];
    if (failed == NONE) break;
    back_out(board, patient, had, n_had);
    seating->price[failed] = PRICE_NEVER;
  }
  board_settle_patient(board, patient);
  return week.value != INT64_MAX;
}

bool seat_patient(struct seating *seating, struct board *board, int patient) {
  return seat(seating, board, patient, false);
}

bool seat_more(struct seating *seating, struct board *board, int patient) {
  return seat(seating, board, patient, true);
}
