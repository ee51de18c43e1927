#include "board.h"

#include <stdlib.h>
#include <string.h>

#include "staffing.h"

/* ---- the block ---- */

static void *take(char **cursor, size_t n, size_t size) {
  void *at = *cursor;
  if (*cursor) *cursor += (n * size + 15) / 16 * 16;
  return at;
}

/* Lays the arrays out from *cursor on; with a NULL base it measures (cursor counts from 16). */
static size_t lay_out(struct board *board, char *base) {
  const struct grid *grid = board->grid;
  const struct clinic *clinic = grid->clinic;
  char *cursor = base ? base : (char *)16;
  char *start = cursor;
  size_t sessions = (size_t)board->max_sessions, slots = (size_t)grid->n_slots;
  size_t therapists = (size_t)clinic->n_therapists, patients = (size_t)clinic->n_patients;
  board->totals = take(&cursor, 1, sizeof *board->totals);
  board->sessions = take(&cursor, sessions, sizeof *board->sessions);
  board->leaders = take(&cursor, sessions * (size_t)clinic->max_leaders, sizeof(int32_t));
  board->at_offer = take(&cursor, (size_t)grid->n_offers, sizeof(int32_t));
  board->service_sessions = take(&cursor, (size_t)clinic->n_services, sizeof(int32_t));
  board->therapist_free = take(&cursor, slots * (size_t)grid->therapist_words, sizeof(word));
  board->room_free = take(&cursor, slots * (size_t)grid->room_words, sizeof(word));
  board->therapist_at = take(&cursor, therapists * slots, sizeof(int32_t));
  board->day_slots_led = take(&cursor, therapists * N_DAYS, sizeof(int32_t));
  board->week_slots_led = take(&cursor, therapists, sizeof(int32_t));
  board->patient_cost = take(&cursor, patients, sizeof(int64_t));
  board->patient_n = take(&cursor, patients, sizeof(int32_t));
  board->patient_sessions = take(&cursor, patients * MAX_WEEK_SESSIONS, sizeof(int32_t));
  board->fixed_session = take(&cursor, (size_t)clinic->n_fixed, sizeof(int32_t));
  return (size_t)(cursor - start);
}

/* No week holds more sessions than the therapists have time for. */
static int most_sessions(const struct grid *grid) {
  const struct clinic *clinic = grid->clinic;
  int64_t slots = 0, shortest = grid->n_slots;
  for (int k = 0; k < clinic->n_therapists; k++)
    for (int i = 0; i < clinic->therapists[k].available.n; i++)
      slots += (clinic->therapists[k].available.list[i].end_min -
                clinic->therapists[k].available.list[i].start_min) /
               clinic->slot_minutes;
  for (int s = 0; s < clinic->n_services; s++) {
    int64_t length = clinic->services[s].minutes / clinic->slot_minutes;
    if (length < shortest) shortest = length;
  }
  int64_t by_staff = slots / (shortest > 0 ? shortest : 1);
  int64_t by_patients = (int64_t)clinic->n_patients * MAX_WEEK_SESSIONS;
  return (int)(by_staff < by_patients ? by_staff : by_patients) + clinic->n_fixed + 1;
}

static void fill_with_none(int32_t *list, size_t n) {
  for (size_t i = 0; i < n; i++) list[i] = NONE;
}

static void board_empty(struct board *board) {
  const struct grid *grid = board->grid;
  const struct clinic *clinic = grid->clinic;
  memset(board->block, 0, board->bytes);
  fill_with_none(board->at_offer, (size_t)grid->n_offers);
  fill_with_none(board->therapist_at, (size_t)clinic->n_therapists * (size_t)grid->n_slots);
  fill_with_none(board->fixed_session, (size_t)clinic->n_fixed);
  memcpy(board->therapist_free, grid->therapist_there,
         (size_t)grid->n_slots * (size_t)grid->therapist_words * sizeof(word));
  memcpy(board->room_free, grid->room_there,
         (size_t)grid->n_slots * (size_t)grid->room_words * sizeof(word));
  board->totals->first_unused = NONE;
}

static void board_allocate(struct board *board, const struct grid *grid, int max_sessions) {
  *board = (struct board){.grid = grid, .max_sessions = max_sessions};
  board->bytes = lay_out(board, NULL);
  board->block = mem_new(board->bytes, 1);
  lay_out(board, board->block);
}

void board_init_copy(struct board *board, const struct board *from) {
  board_allocate(board, from->grid, from->max_sessions);
  board_copy(board, from);
}

void board_copy(struct board *to, const struct board *from) {
  memcpy(to->block, from->block, from->bytes);
}

void board_release(struct board *board) {
  free(board->block);
  board->block = NULL;
}

/* ---- sessions ---- */

static bool in_session(const struct board *board, int patient, int session) {
  const int32_t *week = board_week(board, patient);
  for (int i = 0; i < board->patient_n[patient]; i++)
    if (week[i] == session) return true;
  return false;
}

void board_occupy(struct board *board, int session, bool taken) {
  const struct grid *grid = board->grid;
  const struct placed *placed = &board->sessions[session];
  const struct offer *offer = &grid->offers[placed->offer];
  int n_leaders = grid->clinic->services[offer->service].leaders;
  for (int i = 0; i < n_leaders; i++) {
    int k = board_leaders(board, session)[i];
    word bit = (word)1 << (k % WORD_BITS);
    for (int slot = offer->start; slot < offer->busy_until; slot++) {
      word *is_free = &board->therapist_free[slot * grid->therapist_words + k / WORD_BITS];
      *is_free = taken ? *is_free & ~bit : *is_free | bit;
      board->therapist_at[(size_t)k * (size_t)grid->n_slots + (size_t)slot] =
          taken ? session : NONE;
    }
    if (!grid_led_before(grid, k, placed->offer))
      board->totals->staff_cost += taken ? grid->led_anew : -grid->led_anew;
    int led = taken ? offer_slots(offer) : -offer_slots(offer);
    board->day_slots_led[k * N_DAYS + offer->day] += led;
    board->week_slots_led[k] += led;
  }
  if (placed->room == NONE) return;
  word bit = (word)1 << (placed->room % WORD_BITS);
  for (int slot = offer->start; slot < offer->end; slot++) {
    word *is_free = &board->room_free[slot * grid->room_words + placed->room / WORD_BITS];
    *is_free = taken ? *is_free & ~bit : *is_free | bit;
  }
}

static int new_place(struct board *board) {
  struct board_totals *totals = board->totals;
  if (totals->first_unused != NONE) {
    int session = totals->first_unused;
    totals->first_unused = board->sessions[session].next;
    return session;
  }
  return totals->high_water < board->max_sessions ? totals->high_water++ : NONE;
}

int board_place(struct board *board, int offer_index, int room, const int32_t *leaders, int fixed) {
  const struct clinic *clinic = board->grid->clinic;
  const struct offer *offer = &board->grid->offers[offer_index];
  const struct service *service = &clinic->services[offer->service];
  if (board->service_sessions[offer->service] >= service->sessions_max) return NONE;
  int session = new_place(board);
  if (session == NONE) return NONE;
  int seats = service->max_size;
  if (room != NONE && clinic->rooms[room].capacity < seats) seats = clinic->rooms[room].capacity;
  board->sessions[session] =
      (struct placed){offer_index, room, 0, seats, fixed, board->at_offer[offer_index]};
  board->at_offer[offer_index] = session;
  memcpy(board_leaders(board, session), leaders, (size_t)service->leaders * sizeof *leaders);
  board_occupy(board, session, true);
  board->service_sessions[offer->service]++;
  board->totals->n_sessions++;
  board->totals->staff_cost += grid_session_cost(board->grid, offer->service);
  return session;
}

int board_open(struct board *board, int offer, int patient, uint64_t *random) {
  const struct clinic *clinic = board->grid->clinic;
  const struct service *service = &clinic->services[board->grid->offers[offer].service];
  int32_t leaders[64];
  if (service->leaders > 64) return NONE;
  int room = service->telehealth ? NONE : staffing_room(board, offer);
  if (!service->telehealth && room == NONE) return NONE;
  struct staffing_wish wish = {.offer = offer, .patients = &patient, .n_patients = patient != NONE};
  if (!staffing_leaders(board, &wish, random, leaders)) return NONE;
  return board_place(board, offer, room, leaders, NONE);
}

int board_open_led(struct board *board, int offer, int leader) {
  const struct service *service =
      &board->grid->clinic->services[board->grid->offers[offer].service];
  int room = service->telehealth ? NONE : staffing_room(board, offer);
  if (!service->telehealth && room == NONE) return NONE;
  if (!board_therapist_free(board, leader, offer)) return NONE;
  int32_t leaders[1] = {leader};
  return board_place(board, offer, room, leaders, NONE);
}

void board_relead(struct board *board, int session, int patient, uint64_t *random) {
  const struct clinic *clinic = board->grid->clinic;
  const struct placed *placed = &board->sessions[session];
  int service = board->grid->offers[placed->offer].service, n = 0;
  size_t n_leaders = (size_t)clinic->services[service].leaders;
  const struct ints *may = &board->grid->service_patients[service];
  const struct fixed_session *fixed = placed->fixed == NONE ? NULL : &clinic->fixed[placed->fixed];
  int *patients = mem_new((size_t)may->n, sizeof *patients);
  for (int i = 0; i < may->n; i++)
    if (may->list[i] == patient || in_session(board, may->list[i], session) ||
        (fixed && ints_contain(&fixed->patients, may->list[i])))
      patients[n++] = may->list[i];
  int32_t leaders[64];
  struct staffing_wish wish = {placed->offer, patients, n, fixed ? &fixed->therapists : NULL};
  board_occupy(board, session, false);
  if (n_leaders <= 64 && staffing_leaders(board, &wish, random, leaders))
    memcpy(board_leaders(board, session), leaders, n_leaders * sizeof *leaders);
  board_occupy(board, session, true);
  for (int i = 0; i < n && clinic->services[service].format != FORMAT_GROUP; i++)
    if (in_session(board, patients[i], session))
      board_settle_patient(board, patients[i]); /* led by the primary therapist or not */
  free(patients);
}

void board_leave(struct board *board, int patient, int session) {
  int32_t *week = board_week(board, patient);
  int n = board->patient_n[patient], i = 0;
  while (i < n && week[i] != session) i++;
  if (i == n) return;
  memmove(week + i, week + i + 1, (size_t)(n - i - 1) * sizeof *week);
  board->patient_n[patient]--;
  board->sessions[session].n_patients--;
}

void board_close(struct board *board, int session) {
  const struct grid *grid = board->grid;
  struct placed *placed = &board->sessions[session];
  const struct offer *offer = &grid->offers[placed->offer];
  if (placed->n_patients > 0) {
    const struct ints *may = &grid->service_patients[offer->service];
    for (int i = 0; i < may->n && placed->n_patients > 0; i++)
      board_leave(board, may->list[i], session);
  }
  board_occupy(board, session, false);
  board->service_sessions[offer->service]--;
  board->totals->n_sessions--;
  board->totals->staff_cost -= grid_session_cost(grid, offer->service);
  int32_t *link = &board->at_offer[placed->offer];
  while (*link != session) link = &board->sessions[*link].next;
  *link = placed->next;
  *placed = (struct placed){.offer = NONE, .next = board->totals->first_unused};
  board->totals->first_unused = session;
}

/* ---- patients ---- */

static bool kept_apart(const struct board *board, int patient, int session) {
  const struct clinic *clinic = board->grid->clinic;
  const struct patient *who = &clinic->patients[patient];
  int service = board->grid->offers[board->sessions[session].offer].service;
  for (int i = 0; i < clinic->services[service].leaders && who->apart_therapists.n > 0; i++)
    if (ints_contain(&who->apart_therapists, board_leaders(board, session)[i])) return true;
  int fixed = board->sessions[session].fixed;
  for (int i = 0; i < who->apart_patients.n; i++) {
    int other = who->apart_patients.list[i];
    if (in_session(board, other, session)) return true;
    if (fixed != NONE && ints_contain(&clinic->fixed[fixed].patients, other)) return true;
  }
  return false;
}

/* Seats that nobody sits in and that are not kept for others whom a fixed session names. */
static int seats_left(const struct board *board, int patient, int session) {
  const struct placed *placed = &board->sessions[session];
  int left = placed->seats - placed->n_patients;
  if (placed->fixed == NONE) return left;
  const struct ints *named = &board->grid->clinic->fixed[placed->fixed].patients;
  for (int i = 0; i < named->n; i++)
    left -= named->list[i] != patient && !in_session(board, named->list[i], session);
  return left;
}

/* Fixed sessions that lack patients come first, then the fullest. */
static bool fills_sooner(const struct board *board, int a, int b) {
  const struct placed *x = &board->sessions[a], *y = &board->sessions[b];
  int min_size = board->grid->clinic->services[board->grid->offers[x->offer].service].min_size;
  bool a_lacks = x->fixed != NONE && x->n_patients < min_size;
  bool b_lacks = y->fixed != NONE && y->n_patients < min_size;
  if (a_lacks != b_lacks) return a_lacks;
  return x->n_patients > y->n_patients;
}

bool board_has_seat(const struct board *board, int patient, int session) {
  return seats_left(board, patient, session) > 0 && !kept_apart(board, patient, session);
}

int board_find_seat(const struct board *board, int patient, int offer) {
  int best = NONE;
  for (int session = board->at_offer[offer]; session != NONE;
       session = board->sessions[session].next) {
    if (!board_has_seat(board, patient, session)) continue;
    if (best == NONE || fills_sooner(board, session, best)) best = session;
  }
  return best;
}

void board_join(struct board *board, int patient, int session) {
  int32_t *week = board_week(board, patient);
  int n = board->patient_n[patient]++;
  int start = board->grid->offers[board->sessions[session].offer].start;
  for (; n > 0 && board->grid->offers[board->sessions[week[n - 1]].offer].start > start; n--)
    week[n] = week[n - 1];
  week[n] = session;
  board->sessions[session].n_patients++;
}

void board_clear_patient(struct board *board, int patient) {
  const int32_t *week = board_week(board, patient);
  while (board->patient_n[patient] > 0) {
    int session = week[board->patient_n[patient] - 1];
    const struct placed *placed = &board->sessions[session];
    int service = board->grid->offers[placed->offer].service;
    bool alone = board->grid->clinic->services[service].format != FORMAT_GROUP;
    board_leave(board, patient, session);
    if (alone && placed->fixed == NONE) board_close(board, session);
  }
  board->totals->patients_cost -= board->patient_cost[patient];
  board->patient_cost[patient] = 0;
}

bool board_leads(const struct board *board, int therapist, int session) {
  int service = board->grid->offers[board->sessions[session].offer].service;
  for (int role = 0; role < board->grid->clinic->services[service].leaders; role++)
    if (board_leaders(board, session)[role] == therapist) return true;
  return false;
}

/* Sessions of the patient alone that the primary therapist could lead but does not. */
static int64_t not_primary_cost(const struct board *board, int patient) {
  const struct clinic *clinic = board->grid->clinic;
  int primary = clinic->patients[patient].primary;
  int64_t cost = 0;
  for (int i = 0; primary != NONE && i < board->patient_n[patient]; i++) {
    int session = board_week(board, patient)[i];
    int service = board->grid->offers[board->sessions[session].offer].service;
    if (!clinic_primary_counts(clinic, patient, service)) continue;
    if (!board_leads(board, primary, session)) cost += board->grid->not_primary;
  }
  return cost;
}

void board_settle_patient(struct board *board, int patient) {
  int offers[MAX_WEEK_SESSIONS], n = board->patient_n[patient];
  for (int i = 0; i < n; i++) offers[i] = board->sessions[board_week(board, patient)[i]].offer;
  int64_t cost = week_own_cost(board->grid, patient, offers, n) + not_primary_cost(board, patient);
  board->totals->patients_cost += cost - board->patient_cost[patient];
  board->patient_cost[patient] = cost;
}

/* ---- the whole ---- */

static int64_t staff_idle_cost(const struct board *board) {
  const struct grid *grid = board->grid;
  if (grid->staff_idle_slot == 0) return 0;
  int64_t idle = 0;
  for (int k = 0; k < grid->clinic->n_therapists; k++)
    for (int day = 0; day < N_DAYS; day++) idle += staffing_idle_slots(board, k, day);
  return idle * grid->staff_idle_slot;
}

static int64_t offers_short_cost(const struct board *board) {
  const struct clinic *clinic = board->grid->clinic;
  int64_t n_short = 0;
  for (int s = 0; s < clinic->n_services; s++) {
    int missing = clinic->services[s].sessions_min - board->service_sessions[s];
    if (missing > 0) n_short += missing;
  }
  return n_short * board->grid->offer_short;
}

int64_t board_cost(const struct board *board) {
  return board->totals->patients_cost + board->totals->staff_cost + offers_short_cost(board) +
         staff_idle_cost(board);
}

/* A patient of a closed service is in all its sessions or in none. */
static int64_t members_missing(const struct board *board) {
  const struct clinic *clinic = board->grid->clinic;
  int64_t missing = 0;
  for (int s = 0; s < clinic->n_services; s++) {
    if (!clinic->services[s].closed || board->service_sessions[s] < 2) continue;
    for (int i = 0; i < board->grid->service_patients[s].n; i++) {
      int patient = board->grid->service_patients[s].list[i], n = 0;
      for (int j = 0; j < board->patient_n[patient]; j++)
        n += board->grid->offers[board->sessions[board_week(board, patient)[j]].offer].service == s;
      if (n > 0) missing += board->service_sessions[s] - n;
    }
  }
  return missing;
}

int64_t board_fixed_defects(const struct board *board, int fixed) {
  const struct fixed_session *row = &board->grid->clinic->fixed[fixed];
  int session = board->fixed_session[fixed], missing = 0;
  int min_size = board->grid->clinic->services[row->service].min_size;
  for (int i = 0; i < row->patients.n; i++)
    missing += !in_session(board, row->patients.list[i], session);
  int below = min_size - board->sessions[session].n_patients;
  return missing + (below > 0 ? below : 0);
}

int64_t board_defects(const struct board *board) {
  const struct clinic *clinic = board->grid->clinic;
  int64_t defects = members_missing(board);
  for (int i = 0; i < board->totals->high_water; i++) {
    const struct placed *placed = &board->sessions[i];
    if (placed->offer == NONE) continue;
    int min_size = clinic->services[board->grid->offers[placed->offer].service].min_size;
    if (placed->n_patients < min_size) defects += min_size - placed->n_patients;
  }
  for (int f = 0; f < clinic->n_fixed; f++)
    for (int i = 0; i < clinic->fixed[f].patients.n; i++)
      defects += !in_session(board, clinic->fixed[f].patients.list[i], board->fixed_session[f]);
  return defects;
}

/* ---- the beginning ---- */

static int fixed_offer(const struct grid *grid, int index) {
  const struct fixed_session *fixed = &grid->clinic->fixed[index];
  return grid_offer_at(grid, fixed->service, fixed->start_min / grid->clinic->slot_minutes);
}

/* Sets aside, or gives free, the therapists and the room that a row names. */
static void reserve(struct board *board, int index, bool taken) {
  const struct grid *grid = board->grid;
  const struct fixed_session *fixed = &grid->clinic->fixed[index];
  int offer_index = fixed_offer(grid, index);
  if (offer_index == NONE) return;
  const struct offer *offer = &grid->offers[offer_index];
  for (int slot = offer->start; slot < offer->busy_until; slot++) {
    for (int i = 0; i < fixed->therapists.n; i++) {
      int k = fixed->therapists.list[i], at = slot * grid->therapist_words + k / WORD_BITS;
      word bit = (word)1 << (k % WORD_BITS);
      board->therapist_free[at] &= ~bit;
      if (!taken && board->therapist_at[k * grid->n_slots + slot] == NONE)
        board->therapist_free[at] |= grid->therapist_there[at] & bit;
    }
    if (fixed->room == NONE || slot >= offer->end) continue;
    int at = slot * grid->room_words + fixed->room / WORD_BITS;
    word bit = (word)1 << (fixed->room % WORD_BITS);
    board->room_free[at] &= ~bit;
    if (!taken) board->room_free[at] |= grid->room_there[at] & bit;
  }
}

static bool place_fixed(struct board *board, int index, uint64_t *random) {
  const struct grid *grid = board->grid;
  const struct fixed_session *fixed = &grid->clinic->fixed[index];
  const struct service *service = &grid->clinic->services[fixed->service];
  int offer = fixed_offer(grid, index);
  if (offer == NONE || service->leaders > 64) return false;
  reserve(board, index, false);
  int room = service->telehealth   ? NONE
             : fixed->room != NONE ? fixed->room
                                   : staffing_room(board, offer);
  if (!service->telehealth && room == NONE) return false;
  int32_t leaders[64];
  struct staffing_wish wish = {offer, fixed->patients.list, fixed->patients.n, &fixed->therapists};
  if (!staffing_leaders(board, &wish, random, leaders)) return false;
  int session = board_place(board, offer, room, leaders, index);
  if (session == NONE) return false;
  board->fixed_session[index] = session;
  return true;
}

/* Named ones first: the hours of therapists whom rows ask for must not be used up by free choice.
 */
static int named_in(const struct fixed_session *fixed) {
  return 2 * fixed->therapists.n + (fixed->room != NONE);
}

bool board_init(struct board *board, const struct grid *grid, uint64_t *random, int *stuck) {
  const struct clinic *clinic = grid->clinic;
  board_allocate(board, grid, most_sessions(grid));
  board_empty(board);
  int most = 0;
  for (int f = 0; f < clinic->n_fixed; f++)
    if (named_in(&clinic->fixed[f]) > most) most = named_in(&clinic->fixed[f]);
  for (int f = 0; f < clinic->n_fixed; f++) reserve(board, f, true);
  for (int named = most; named >= 0; named--)
    for (int f = 0; f < clinic->n_fixed; f++) {
      if (named_in(&clinic->fixed[f]) != named) continue;
      *stuck = f;
      if (!place_fixed(board, f, random)) return false;
    }
  for (int p = 0; p < clinic->n_patients; p++)
    if (clinic->patients[p].takes_part) board_settle_patient(board, p);
  *stuck = NONE;
  return true;
}
