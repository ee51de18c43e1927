#include "disturb.h"

#include <stdlib.h>

#include "iopsched/random.h"

enum { MAX_CHOSEN = 26 };

/* ---- choosing whom to seat anew ---- */

void choose_none(struct search *search) {
  for (int i = 0; i < search->n_chosen; i++) search->is_chosen[search->chosen[i]] = false;
  search->n_chosen = 0;
}

void choose_patient(struct search *search, int patient) {
  if (search->is_chosen[patient] || !search->grid->clinic->patients[patient].takes_part) return;
  search->is_chosen[patient] = true;
  search->chosen[search->n_chosen++] = patient;
}

bool sits_in(const struct board *board, int patient, int session) {
  for (int i = 0; i < board->patient_n[patient]; i++)
    if (board_week(board, patient)[i] == session) return true;
  return false;
}

void choose_members(struct search *search, const struct board *board, int session) {
  int service = search->grid->offers[board->sessions[session].offer].service;
  const struct ints *may = &search->grid->service_patients[service];
  for (int i = 0; i < may->n; i++)
    if (sits_in(board, may->list[i], session)) choose_patient(search, may->list[i]);
}

bool is_loose_group(const struct board *board, int session) {
  const struct placed *placed = &board->sessions[session];
  if (placed->offer == NONE || placed->fixed != NONE) return false;
  const struct service *service =
      &board->grid->clinic->services[board->grid->offers[placed->offer].service];
  return service->format == FORMAT_GROUP && !service->closed;
}

int pick_group_of(struct search *search, const struct board *board, int service, int except) {
  int pick = NONE, n = 0;
  for (int i = 0; i < board->totals->high_water; i++)
    if (i != except && is_loose_group(board, i) &&
        board->grid->offers[board->sessions[i].offer].service == service &&
        random_below(&search->random, ++n) == 0)
      pick = i;
  return pick;
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

void dissolve_session(struct search *search, struct board *board, int session, bool ban) {
  if (ban) search->seating.banned[board->sessions[session].offer] = true;
  board_close(board, session);
}

void dissolve_thin_group(struct search *search, struct board *board) {
  int session = pick_thin_group(search, board);
  if (session == NONE) return;
  choose_members(search, board, session);
  dissolve_session(search, board, session, random_below(&search->random, 4) > 0);
}

/* Two groups of one service, or close in time: their patients may be better off together. */
void dissolve_pair(struct search *search, struct board *board) {
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
    dissolve_session(search, board, second, false);
  }
  dissolve_session(search, board, first, random_below(&search->random, 2) == 0);
}

int pick_patient(struct search *search) {
  return random_below(&search->random, search->grid->clinic->n_patients);
}

/* The costliest of a few. */
int pick_costly_patient(struct search *search, const struct board *board) {
  int best = pick_patient(search);
  int n = 5 + search->grid->clinic->n_patients / 4;
  for (int i = 0; i < n; i++) {
    int other = pick_patient(search);
    if (board->patient_cost[other] > board->patient_cost[best]) best = other;
  }
  return best;
}

/* A patient and others, mostly of those who share sessions with them. */
void choose_companions(struct search *search, const struct board *board, int first, int n_wanted) {
  choose_patient(search, first);
  for (int tries = 0; tries < 10 * n_wanted && search->n_chosen < n_wanted; tries++) {
    int other = pick_patient(search);
    bool related = search->lattices->of_patient[other] == search->lattices->of_patient[first];
    int n = board->patient_n[first];
    if (!related && n > 0)
      related = sits_in(board, other, board_week(board, first)[random_below(&search->random, n)]);
    if (related || random_below(&search->random, 4) == 0) choose_patient(search, other);
  }
}

/* All that a therapist leads on one day. */
void dissolve_therapist_day(struct search *search, struct board *board) {
  const struct grid *grid = search->grid;
  if (grid->clinic->n_therapists == 0) return;
  int k = random_below(&search->random, grid->clinic->n_therapists);
  int day = random_below(&search->random, N_DAYS);
  for (int slot = day * grid->day_slots; slot < (day + 1) * grid->day_slots; slot++) {
    int session = board->therapist_at[(size_t)k * (size_t)grid->n_slots + (size_t)slot];
    if (session == NONE || search->n_chosen >= MAX_CHOSEN) continue;
    choose_members(search, board, session);
    if (is_loose_group(board, session)) dissolve_session(search, board, session, false);
  }
}
