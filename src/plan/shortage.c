#include <string.h>

#include "disturb.h"
#include "iopsched/random.h"

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
      if (row->service != service &&
          (row->category == NONE || row->category != clinic->services[service].category))
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
void measure_pressure(struct search *search, const struct board *board) {
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
    dissolve_session(search, board, pick, false);
  }
  int size = search->n_chosen + search->grid->clinic->services[service].min_size;
  for (int tries = 0; tries < 40 && may->n > 0 && search->n_chosen < size; tries++)
    choose_patient(search, may->list[random_below(&search->random, may->n)]);
}

/* A patient who is short of something is seated first, with those who hold the seats, the
 * therapists or the time that could serve. */
void help_costliest(struct search *search, struct board *board) {
  int patient = pick_costly_patient(search, board);
  int service = missing_service(search, board, patient);
  int size = 3 + random_below(&search->random, 7), n_places = board->totals->high_water;
  choose_patient(search, patient);
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
