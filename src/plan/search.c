#include "search.h"

#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "rematch.h"

enum { MAX_CHOSEN = 26, OPEN_ROUNDS = 2 };

static void search_equip(struct search *search) {
  board_init_copy(&search->trial, &search->current);
  board_init_copy(&search->best, &search->current);
  search->solver = week_solver_new(search->grid, search->lattices);
  seating_init(&search->seating, search->grid, search->solver);
  size_t patients = (size_t)search->grid->clinic->n_patients;
  search->pressure =
      mem_new((size_t)search->grid->clinic->n_therapists, sizeof *search->pressure);
  search->trial.pressure = search->pressure;
  search->chosen = mem_new(patients, sizeof *search->chosen);
  search->is_chosen = mem_new(patients, sizeof *search->is_chosen);
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

/* ---- choosing whom to seat anew ---- */

static void choose_none(struct search *search) {
  for (int i = 0; i < search->n_chosen; i++) search->is_chosen[search->chosen[i]] = false;
  search->n_chosen = 0;
}

static void choose(struct search *search, int patient) {
  if (search->is_chosen[patient] || !search->grid->clinic->patients[patient].takes_part) return;
  search->is_chosen[patient] = true;
  search->chosen[search->n_chosen++] = patient;
}

static bool sits_in(const struct board *board, int patient, int session) {
  for (int i = 0; i < board->patient_n[patient]; i++)
    if (board_week(board, patient)[i] == session) return true;
  return false;
}

static void choose_members(struct search *search, const struct board *board, int session) {
  int service = search->grid->offers[board->sessions[session].offer].service;
  const struct ints *may = &search->grid->service_patients[service];
  for (int i = 0; i < may->n; i++)
    if (sits_in(board, may->list[i], session)) choose(search, may->list[i]);
}

static bool is_loose_group(const struct board *board, int session) {
  const struct placed *placed = &board->sessions[session];
  if (placed->offer == NONE || placed->fixed != NONE) return false;
  const struct service *service =
      &board->grid->clinic->services[board->grid->offers[placed->offer].service];
  return service->format == FORMAT_GROUP && !service->closed;
}

/* A group picked at random, the emptier the likelier; NONE if there is no loose one. */
static int pick_thin_group(struct search *search, const struct board *board) {
  int best = NONE, most = -1, n_places = board->totals->high_water;
  if (n_places == 0) return NONE;
  for (int i = 0, found = 0; i < 200 && found < 4; i++) {
    int session = random_below(&search->random, n_places);
    if (!is_loose_group(board, session)) continue;
    int empty = board->sessions[session].seats - board->sessions[session].n_patients;
    if (empty > most) {
      most = empty;
      best = session;
    }
    found++;
  }
  return best;
}

static void dissolve(struct search *search, struct board *board, int session, bool ban) {
  if (ban) search->seating.banned[board->sessions[session].offer] = true;
  board_close(board, session);
}

static void dissolve_thin_group(struct search *search, struct board *board) {
  int session = pick_thin_group(search, board);
  if (session == NONE) return;
  choose_members(search, board, session);
  dissolve(search, board, session, random_below(&search->random, 4) > 0);
}

/* Two groups of one service, or close in time: their patients may be better off together. */
static void dissolve_pair(struct search *search, struct board *board) {
  int first = pick_thin_group(search, board), second = NONE;
  if (first == NONE) return;
  const struct offer *a = &search->grid->offers[board->sessions[first].offer];
  for (int i = 0; i < 100 && second == NONE; i++) {
    int other = random_below(&search->random, board->totals->high_water);
    if (other == first || !is_loose_group(board, other)) continue;
    const struct offer *b = &search->grid->offers[board->sessions[other].offer];
    bool close = a->day == b->day && abs(a->start - b->start) <= 8;
    if (close || a->service == b->service) second = other;
  }
  choose_members(search, board, first);
  if (second != NONE) {
    choose_members(search, board, second);
    dissolve(search, board, second, false);
  }
  dissolve(search, board, first, random_below(&search->random, 2) == 0);
}

static int random_patient(struct search *search) {
  return random_below(&search->random, search->grid->clinic->n_patients);
}

/* The costliest of a few. */
static int pick_costly_patient(struct search *search, const struct board *board) {
  int best = random_patient(search);
  for (int i = 0; i < 5; i++) {
    int other = random_patient(search);
    if (board->patient_cost[other] > board->patient_cost[best]) best = other;
  }
  return best;
}

/* A patient and others, mostly of those who share sessions with them. */
static void choose_companions(struct search *search, const struct board *board, int first,
                              int n_wanted) {
  choose(search, first);
  for (int tries = 0; tries < 10 * n_wanted && search->n_chosen < n_wanted; tries++) {
    int other = random_patient(search);
    bool related = search->lattices->of_patient[other] == search->lattices->of_patient[first];
    int n = board->patient_n[first];
    if (!related && n > 0)
      related = sits_in(board, other, board_week(board, first)[random_below(&search->random, n)]);
    if (related || random_below(&search->random, 4) == 0) choose(search, other);
  }
}

/* All that a therapist leads on one day. */
static void dissolve_therapist_day(struct search *search, struct board *board) {
  const struct grid *grid = search->grid;
  if (grid->clinic->n_therapists == 0) return;
  int k = random_below(&search->random, grid->clinic->n_therapists);
  int day = random_below(&search->random, N_DAYS);
  for (int slot = day * grid->day_slots; slot < (day + 1) * grid->day_slots; slot++) {
    int session = board->therapist_at[(size_t)k * (size_t)grid->n_slots + (size_t)slot];
    if (session == NONE || search->n_chosen >= MAX_CHOSEN) continue;
    choose_members(search, board, session);
    if (is_loose_group(board, session)) dissolve(search, board, session, false);
  }
}

/* ---- closed groups ---- */

static bool member_of(const struct board *board, int patient, int service) {
  for (int i = 0; i < board->patient_n[patient]; i++)
    if (board->grid->offers[board->sessions[board_week(board, patient)[i]].offer].service ==
        service)
      return true;
  return false;
}

static int sessions_wanted(const struct search *search, int service) {
  const struct clinic *clinic = search->grid->clinic;
  int wanted = clinic->services[service].sessions_min;
  const struct ints *may = &search->grid->service_patients[service];
  for (int i = 0; i < may->n; i++) {
    const struct patient *who = &clinic->patients[may->list[i]];
    for (int need = 0; need < who->n_needs; need++)
      if (who->needs[need].service == service && who->needs[need].min_sessions > wanted)
        wanted = who->needs[need].min_sessions;
  }
  return wanted;
}

static bool needs_service(const struct clinic *clinic, int patient, int service) {
  const struct patient *who = &clinic->patients[patient];
  for (int need = 0; need < who->n_needs; need++)
    if (who->needs[need].service == service && who->needs[need].min_sessions > 0) return true;
  return false;
}

/* How many who need the service could come to the offer, of those in every offer chosen so far. */
static int could_come(const struct search *search, int service, const int *offers, int n) {
  const struct ints *may = &search->grid->service_patients[service];
  int count = 0;
  for (int i = 0; i < may->n; i++) {
    bool all = needs_service(search->grid->clinic, may->list[i], service);
    for (int j = 0; j < n && all; j++)
      all = grid_patient_there(search->grid, may->list[i], &search->grid->offers[offers[j]]);
    count += all;
  }
  return count;
}

/* Draws starts for a closed service anew: on different days, at times at which many can come. */
static void place_closed(struct search *search, struct board *board, int service) {
  const struct grid *grid = search->grid;
  int chosen[N_DAYS], n = 0, wanted = sessions_wanted(search, service);
  int first = grid->service_offers[service];
  int n_offers = grid->service_offers[service + 1] - first;
  bool day_used[N_DAYS] = {false};
  for (int session = 0; session < wanted && session < N_DAYS && n_offers > 0; session++) {
    int best = NONE, most = 0;
    for (int i = 0; i < 12; i++) {
      int offer = first + random_below(&search->random, n_offers);
      if (day_used[grid->offers[offer].day] || !board_could_open(board, offer)) continue;
      chosen[n] = offer;
      int count = could_come(search, service, chosen, n + 1);
      if (count > most) {
        most = count;
        best = offer;
      }
    }
    if (best == NONE || board_open(board, best, NONE, &search->random) == NONE) continue;
    day_used[grid->offers[best].day] = true;
    chosen[n++] = best;
  }
}

/* Takes all sessions of a closed service off the board, their members chosen. */
static void clear_closed(struct search *search, struct board *board, int service) {
  const struct grid *grid = search->grid;
  const struct ints *may = &grid->service_patients[service];
  for (int i = 0; i < may->n; i++)
    if (member_of(board, may->list[i], service)) choose(search, may->list[i]);
  for (int offer = grid->service_offers[service]; offer < grid->service_offers[service + 1];
       offer++)
    for (int session = board->at_offer[offer], next; session != NONE; session = next) {
      next = board->sessions[session].next;
      if (board->sessions[session].fixed == NONE) board_close(board, session);
    }
}

static bool has_fixed(const struct clinic *clinic, int service) {
  for (int f = 0; f < clinic->n_fixed; f++)
    if (clinic->fixed[f].service == service) return true;
  return false;
}

static void redraw_closed(struct search *search, struct board *board) {
  const struct clinic *clinic = search->grid->clinic;
  int n_closed = 0, pick = NONE;
  for (int s = 0; s < clinic->n_services; s++)
    if (clinic->services[s].closed && !has_fixed(clinic, s) &&
        random_below(&search->random, ++n_closed) == 0)
      pick = s;
  if (pick == NONE) return;
  clear_closed(search, board, pick);
  for (int i = 0; i < search->n_chosen; i++) board_clear_patient(board, search->chosen[i]);
  const struct ints *may = &search->grid->service_patients[pick];
  for (int i = 0; i < may->n; i++)
    if (needs_service(clinic, may->list[i], pick)) choose(search, may->list[i]);
  for (int i = 0; i < search->n_chosen; i++) board_clear_patient(board, search->chosen[i]);
  place_closed(search, board, pick);
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

static void seat_chosen(struct search *search, struct board *board) {
  shuffle_chosen(search);
  for (int i = 0; i < search->n_chosen; i++) board_clear_patient(board, search->chosen[i]);
  seating_expect(&search->seating, search->chosen, search->n_chosen);
  for (int i = 0; i < search->n_chosen; i++)
    seat_patient(&search->seating, board, search->chosen[i]);
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

static void reseat(struct search *search, struct board *board, int patient) {
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
        if (sits_in(board, may->list[i], session)) choose(search, may->list[i]);
      dissolve(search, board, session, true);
    }
    seating_expect(&search->seating, search->chosen, search->n_chosen);
    for (int i = 0; i < search->n_chosen; i++) reseat(search, board, search->chosen[i]);
  }
  search->seating.may_open = true;
}

static void unban_all(struct search *search) {
  memset(search->seating.banned, 0,
         (size_t)search->grid->n_offers * sizeof *search->seating.banned);
}

/* ---- care that is short ---- */

static bool may_help(const struct search *search, const struct board *board, int session,
                     int patient, int service) {
  const struct grid *grid = search->grid;
  const struct placed *placed = &board->sessions[session];
  if (placed->offer == NONE || placed->fixed != NONE) return false;
  const struct offer *offer = &grid->offers[placed->offer];
  if (!grid_patient_there(grid, patient, offer)) return false;
  if (service == NONE || offer->service == service) return true;
  int n_leaders = grid->clinic->services[offer->service].leaders;
  for (int i = 0; i < n_leaders; i++)
    if (clinic_may_lead(grid->clinic, service, board_leaders(board, session)[i])) return true;
  return false;
}

/* A service that the patient needs more of; NONE: more hours of any kind. */
static int missing_service(struct search *search, const struct board *board, int patient) {
  const struct clinic *clinic = search->grid->clinic;
  const struct ints *may = &search->grid->patient_services[patient];
  const struct patient *who = &clinic->patients[patient];
  int found = NONE, n_found = 0;
  for (int need = 0; need < who->n_needs; need++)
    for (int i = 0; i < may->n; i++) {
      int service = may->list[i];
      const struct need *row = &who->needs[need];
      if (row->min_sessions == 0 || member_of(board, patient, service)) continue;
      if (row->service != service && (row->category == NONE ||
                                      row->category != clinic->services[service].category))
        continue;
      if (random_below(&search->random, ++n_found) == 0) found = service;
    }
  return found;
}

/* Those who lead something else than the service that is short, and could lead it. */
static void spare_leaders(struct search *search, struct board *board, int service) {
  const struct clinic *clinic = search->grid->clinic;
  for (int i = 0; i < board->totals->high_water; i++) {
    const struct placed *placed = &board->sessions[i];
    if (placed->offer == NONE || placed->fixed != NONE) continue;
    int led = search->grid->offers[placed->offer].service;
    if (led == service || random_below(&search->random, 2) == 0) continue;
    bool wanted = false;
    for (int role = 0; role < clinic->services[led].leaders; role++)
      wanted |= clinic_may_lead(clinic, service, board_leaders(board, i)[role]);
    if (wanted) board_relead(board, i, NONE, &search->random);
  }
}

/* Counts, for every therapist, who is short of a service that the therapist could lead. */
static void measure_pressure(struct search *search, const struct board *board) {
  const struct clinic *clinic = search->grid->clinic;
  memset(search->pressure, 0, (size_t)clinic->n_therapists * sizeof *search->pressure);
  for (int s = 0; s < clinic->n_services; s++) {
    if (clinic->services[s].format == FORMAT_GROUP) continue;
    int n_short = 0;
    const struct ints *may = &search->grid->service_patients[s];
    for (int i = 0; i < may->n; i++)
      n_short += needs_service(clinic, may->list[i], s) && !member_of(board, may->list[i], s);
    for (int k = 0; k < clinic->n_therapists && n_short > 0; k++)
      if (clinic_may_lead(clinic, s, k)) search->pressure[k] += n_short;
  }
}

/* A group that the patient needs may have to meet at another time: one such group is dissolved, and
 * some who could come to it are seated anew together with the patient. */
static void gather_group(struct search *search, struct board *board, int service) {
  const struct ints *may = &search->grid->service_patients[service];
  int pick = NONE, n = 0;
  for (int i = 0; i < board->totals->high_water; i++)
    if (is_loose_group(board, i) &&
        board->grid->offers[board->sessions[i].offer].service == service &&
        random_below(&search->random, ++n) == 0)
      pick = i;
  if (pick != NONE && random_below(&search->random, 4) > 0) {
    choose_members(search, board, pick);
    dissolve(search, board, pick, false);
  }
  int size = search->n_chosen + search->grid->clinic->services[service].min_size;
  for (int tries = 0; tries < 40 && may->n > 0 && search->n_chosen < size; tries++)
    choose(search, may->list[random_below(&search->random, may->n)]);
}

/* A patient who is short of something is seated first, with those who hold the seats, the
 * therapists or the time that could serve. */
static void help_costliest(struct search *search, struct board *board) {
  int patient = pick_costly_patient(search, board);
  int service = missing_service(search, board, patient);
  int size = 3 + random_below(&search->random, 7), n_places = board->totals->high_water;
  choose(search, patient);
  if (service != NONE) spare_leaders(search, board, service);
  if (service != NONE && search->grid->clinic->services[service].format == FORMAT_GROUP)
    gather_group(search, board, service);
  for (int tries = 0; tries < 300 && n_places > 0 && search->n_chosen < size; tries++) {
    int session = random_below(&search->random, n_places);
    if (!may_help(search, board, session, patient, service)) continue;
    if (is_loose_group(board, session) && board->sessions[session].n_patients < 6 &&
        random_below(&search->random, 3) == 0) {
      choose_members(search, board, session);
      dissolve(search, board, session, false);
      continue;
    }
    int wanted = search->n_chosen + 1 + random_below(&search->random, 2);
    int at = board->grid->offers[board->sessions[session].offer].service;
    const struct ints *may = &search->grid->service_patients[at];
    int skip = random_below(&search->random, may->n);
    for (int i = 0; i < may->n && search->n_chosen < wanted; i++) {
      int other = may->list[(i + skip) % may->n];
      if (sits_in(board, other, session)) choose(search, other);
    }
  }
}

/* ---- the search ---- */

static int64_t judged_cost(const struct board *board) {
  return board_cost(board) + DEFECT_COST * board_defects(board);
}

static void keep_if_best(struct search *search) {
  if (search->current_cost >= search->best_cost || search->current_cost >= DEFECT_COST) return;
  search->best_cost = search->current_cost;
  search->gained = true;
  board_copy(&search->best, &search->current);
}

void search_construct(struct search *search) {
  const struct clinic *clinic = search->grid->clinic;
  search->seating.random = random_next(&search->random);
  unban_all(search);
  for (int s = 0; s < clinic->n_services; s++)
    if (clinic->services[s].closed && !has_fixed(clinic, s))
      place_closed(search, &search->current, s);
  choose_none(search);
  for (int p = 0; p < clinic->n_patients; p++) choose(search, p);
  seat_chosen(search, &search->current);
  close_thin_groups(search, &search->current);
  search->current_cost = judged_cost(&search->current);
  keep_if_best(search);
}

/* Individual sessions of one service find new times, all else standing. */
static void step_rematch(struct search *search, int64_t heat) {
  struct board *trial = &search->trial;
  if (!rematch(trial, search->lattices, &search->random, search->stop)) return;
  int64_t cost = judged_cost(trial);
  if (cost > search->current_cost + heat) return;
  board_copy(&search->current, trial);
  search->current_cost = cost;
  keep_if_best(search);
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
  for (int i = 0; i < fixed->patients.n; i++) choose(search, fixed->patients.list[i]);
  const struct ints *may = &grid->service_patients[fixed->service];
  int size = 8 + random_below(&search->random, 16);
  if (may->n > 0)
    board_relead(board, board->fixed_session[pick],
                 may->list[random_below(&search->random, may->n)], &search->random);
  for (int tries = 0; tries < 200 && may->n > 0 && search->n_chosen < size; tries++) {
    int patient = may->list[random_below(&search->random, may->n)];
    if (grid_patient_there(grid, patient, offer)) choose(search, patient);
  }
}

static void disturb(struct search *search, struct board *board) {
  int what = random_below(&search->random, 100);
  int size = 2 + random_below(&search->random, 10);
  if (search->current_cost >= DEFECT_COST && what < 60) {
    fill_fixed(search, board);
    return;
  }
  if (what < 25)
    dissolve_thin_group(search, board);
  else if (what < 45)
    dissolve_pair(search, board);
  else if (what < 55)
    choose_companions(search, board, random_patient(search), size);
  else if (what < 68)
    choose_companions(search, board, pick_costly_patient(search, board), size);
  else if (what < 86)
    help_costliest(search, board);
  else if (what < 96)
    dissolve_therapist_day(search, board);
  else
    redraw_closed(search, board);
}

void search_step(struct search *search, int64_t heat) {
  struct board *trial = &search->trial;
  board_copy(trial, &search->current);
  search->iterations++;
  if (random_below(&search->random, 32) == 0) {
    step_rematch(search, heat);
    return;
  }
  search->seating.random = random_next(&search->random);
  search->seating.hope_percent = 20 + random_below(&search->random, 80);
  unban_all(search);
  choose_none(search);
  measure_pressure(search, trial);
  disturb(search, trial);
  seat_chosen(search, trial);
  close_thin_groups(search, trial);
  int64_t cost = judged_cost(trial);
  if (cost > search->current_cost + heat) return;
  board_copy(&search->current, trial);
  search->current_cost = cost;
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
  board_copy(&search->current, result_of(follower));
  search->current_cost = search_result_cost(follower);
  keep_if_best(search);
}

static bool same_week(const struct board *a, const struct board *b, int patient) {
  if (a->patient_n[patient] != b->patient_n[patient]) return false;
  for (int i = 0; i < a->patient_n[patient]; i++)
    if (a->sessions[board_week(a, patient)[i]].offer !=
        b->sessions[board_week(b, patient)[i]].offer)
      return false;
  return a->patient_cost[patient] == b->patient_cost[patient];
}

static void close_empty_groups(struct board *board) {
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
    if (!same_week(origin, from, p)) choose(search, p);
  for (int i = 0; i < search->n_chosen; i++) board_clear_patient(trial, search->chosen[i]);
  close_empty_groups(trial);
  for (int i = 0; i < search->n_chosen; i++)
    if (!copy_week(search, trial, from, search->chosen[i])) return;
  int64_t cost = judged_cost(trial);
  if (cost >= search->current_cost) return;
  board_copy(&search->current, trial);
  search->current_cost = cost;
  keep_if_best(search);
}
