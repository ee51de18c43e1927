/* Whoever is short of care claims a time and a therapist's hours for it; those who held them look
 * for something else. */
#include <string.h>

#include "disturb.h"
#include "iopsched/random.h"
#include "staffing.h"

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

bool need_is_met(const struct board *board, int patient, const struct need *need) {
  int n = 0;
  for (int i = 0; i < board->patient_n[patient]; i++) {
    int offer = board->sessions[board_week(board, patient)[i]].offer;
    n += clinic_need_holds(board->grid->clinic, need, board->grid->offers[offer].service);
  }
  return n >= need->min_sessions;
}

static bool is_short(const struct board *board, int patient) {
  const struct clinic *clinic = board->grid->clinic;
  const struct patient *who = &clinic->patients[patient];
  int64_t hour = clinic->weight_milli[TERM_HOUR_SHORT] * who->priority_milli;
  int64_t session = clinic->weight_milli[TERM_SESSION_SHORT] * who->priority_milli;
  int64_t least = hour * clinic->slot_minutes;
  if (session > 0 && session * (AMOUNT_ONE / 1000) < least) least = session * (AMOUNT_ONE / 1000);
  return who->takes_part && least > 0 && board->patient_cost[patient] >= least;
}

bool anybody_short(const struct board *board) {
  for (int p = 0; p < board->grid->clinic->n_patients; p++)
    if (is_short(board, p)) return true;
  return false;
}

/* Nobody knows whose need could be met: all who are short have the same chance. */
static int pick_short_patient(struct search *search, const struct board *board) {
  int pick = NONE, n = 0;
  for (int p = 0; p < board->grid->clinic->n_patients; p++)
    if (is_short(board, p) && random_below(&search->random, ++n) == 0) pick = p;
  return pick == NONE ? pick_costly_patient(search, board) : pick;
}

/* A service that the patient needs more of; NONE: more hours of any kind. */
static int missing_service(struct search *search, const struct board *board, int patient) {
  const struct clinic *clinic = search->grid->clinic;
  const struct ints *may = &search->grid->patient_services[patient];
  const struct patient *who = &clinic->patients[patient];
  int found = NONE, n_found = 0;
  for (int need = 0; need < who->n_needs; need++) {
    if (need_is_met(board, patient, &who->needs[need])) continue;
    for (int i = 0; i < may->n; i++)
      if (clinic_need_holds(clinic, &who->needs[need], may->list[i]) &&
          random_below(&search->random, ++n_found) == 0)
        found = may->list[i];
  }
  return found;
}

/* ---- a time and a therapist for what is missing ---- */

/* Some time at which the patient and one who could lead the service are both there. */
static int draw_offer(struct search *search, int patient, int service, int *therapist) {
  const struct grid *grid = search->grid;
  int found = NONE, n = 0;
  for (int o = grid->service_offers[service]; o < grid->service_offers[service + 1]; o++) {
    if (!grid_patient_there(grid, patient, &grid->offers[o])) continue;
    for (int k = 0; k < grid->clinic->n_therapists; k++) {
      if (!clinic_may_lead(grid->clinic, service, k)) continue;
      if (clinic_apart_therapist(grid->clinic, patient, k)) continue;
      if (!grid_therapist_there(grid, k, &grid->offers[o])) continue;
      if (random_below(&search->random, ++n) > 0) continue;
      found = o;
      *therapist = k;
    }
  }
  return found;
}

static int session_at(const struct board *board, int therapist, int slot) {
  return board->therapist_at[(size_t)therapist * (size_t)board->grid->n_slots + (size_t)slot];
}

/* The patient of an individual session, all of whose week is to be found anew. */
static void clear_member(struct search *search, struct board *board, int session) {
  int i = 0;
  while (i < search->n_chosen && !sits_in(board, search->chosen[i], session)) i++;
  if (i < search->n_chosen) board_clear_patient(board, search->chosen[i]);
}

/* What the therapist leads at the slot finds another leader, or is dissolved. */
static void free_slot(struct search *search, struct board *board, int therapist, int slot) {
  int session = session_at(board, therapist, slot);
  if (session == NONE || board->sessions[session].fixed != NONE) return;
  if (random_below(&search->random, 2) == 0) {
    board_relead(board, session, NONE, &search->random);
    if (!board_leads(board, therapist, session)) return;
  }
  int service = board->grid->offers[board->sessions[session].offer].service;
  choose_members(search, board, session);
  if (is_loose_group(board, session))
    dissolve_session(search, board, session, false);
  else if (board->grid->clinic->services[service].format != FORMAT_GROUP)
    clear_member(search, board, session);
}

/* The therapist is free at the offer, and has hours left to lead there. */
void free_therapist(struct search *search, struct board *board, int therapist,
                    const struct offer *offer) {
  for (int slot = offer->start; slot < offer->busy_until; slot++)
    free_slot(search, board, therapist, slot);
  for (int tries = 0; tries < 400 && !hours_left(board, therapist, offer); tries++)
    free_slot(search, board, therapist, random_below(&search->random, search->grid->n_slots));
}

/* Makes room for a session that a patient is short of: at one time, with one therapist. Others who
 * could come to a group are asked to come, too. */
static void claim_time(struct search *search, struct board *board, int patient, int service) {
  const struct grid *grid = search->grid;
  int therapist = NONE, claimed = draw_offer(search, patient, service, &therapist);
  if (claimed == NONE) return;
  free_therapist(search, board, therapist, &grid->offers[claimed]);
  search->seating.claimed = claimed;
  if (grid->clinic->services[service].format != FORMAT_GROUP) return;
  const struct ints *may = &grid->service_patients[service];
  int size = search->n_chosen + grid->clinic->services[service].min_size + 1;
  for (int tries = 0; tries < 60 && search->n_chosen < size; tries++) {
    int other = may->list[random_below(&search->random, may->n)];
    if (grid_patient_there(grid, other, &grid->offers[claimed])) choose_patient(search, other);
  }
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
void measure_pressure(struct search *search, const struct board *board) {
  const struct clinic *clinic = search->grid->clinic;
  memset(search->pressure, 0, (size_t)clinic->n_therapists * sizeof *search->pressure);
  for (int s = 0; s < clinic->n_services; s++) {
    if (clinic->services[s].format == FORMAT_GROUP) continue;
    int n_short = 0;
    const struct ints *may = &search->grid->service_patients[s];
    for (int i = 0; i < may->n; i++) n_short += lacks_service(board, may->list[i], s);
    for (int k = 0; k < clinic->n_therapists && n_short > 0; k++)
      if (clinic_may_lead(clinic, s, k)) search->pressure[k] += n_short;
  }
}

/* A group that the patient needs may have to meet at another time: one such group is dissolved, and
 * some who could come to it are seated anew together with the patient. */
static void gather_group(struct search *search, struct board *board, int service) {
  const struct ints *may = &search->grid->service_patients[service];
  int pick = pick_group_of(search, board, service, NONE);
  if (pick != NONE && random_below(&search->random, 4) > 0) {
    choose_members(search, board, pick);
    dissolve_session(search, board, pick, false);
  }
  int size = search->n_chosen + search->grid->clinic->services[service].min_size;
  for (int tries = 0; tries < 40 && may->n > 0 && search->n_chosen < size; tries++)
    choose_patient(search, may->list[random_below(&search->random, may->n)]);
}

/* A patient who is short of something is seated first, with those who hold the seats, the
 * therapists or the time that could serve. */
void help_short(struct search *search, struct board *board) {
  int patient = pick_short_patient(search, board);
  int service = missing_service(search, board, patient);
  int size = 3 + random_below(&search->random, 7), n_places = board->totals->high_water;
  choose_patient(search, patient);
  if (service != NONE && is_held_out(board, service) && random_below(&search->random, 2) == 0 &&
      gather_elsewhere(search, board, service))
    return;
  if (service != NONE && !search->grid->clinic->services[service].closed &&
      random_below(&search->random, 2) == 0) {
    claim_time(search, board, patient, service);
    return;
  }
  if (service != NONE) spare_leaders(search, board, service);
  if (service != NONE && search->grid->clinic->services[service].format == FORMAT_GROUP)
    gather_group(search, board, service);
  for (int tries = 0; tries < 300 && n_places > 0 && search->n_chosen < size; tries++) {
    int session = random_below(&search->random, n_places);
    if (!may_help(search, board, session, patient, service)) continue;
    if (is_loose_group(board, session) && board->sessions[session].n_patients < 6 &&
        random_below(&search->random, 3) == 0) {
      choose_members(search, board, session);
      dissolve_session(search, board, session, false);
      continue;
    }
    int wanted = search->n_chosen + 1 + random_below(&search->random, 2);
    int at = board->grid->offers[board->sessions[session].offer].service;
    const struct ints *may = &search->grid->service_patients[at];
    int skip = random_below(&search->random, may->n);
    for (int i = 0; i < may->n && search->n_chosen < wanted; i++) {
      int other = may->list[(i + skip) % may->n];
      if (sits_in(board, other, session)) choose_patient(search, other);
    }
  }
}
