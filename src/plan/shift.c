/* Moves towards another time: of a group, and of an individual session towards the therapist whom
 * the patient knows. */
#include "disturb.h"
#include "iopsched/random.h"

enum { STARTS_TRIED = 12, PATIENTS_TRIED = 30, MOST_SHIFTED = 20 };

static int pick_loose_group(struct search *search, const struct board *board) {
  int pick = NONE, n = 0;
  for (int i = 0; i < board->totals->high_water; i++)
    if (is_loose_group(board, i) && random_below(&search->random, ++n) == 0) pick = i;
  return pick;
}

/* Of some starts of the service that could be opened now, the one at which most of those chosen
 * are there. */
static int draw_start(struct search *search, const struct board *board, int was) {
  const struct grid *grid = search->grid;
  int service = grid->offers[was].service, first = grid->service_offers[service];
  int n_offers = grid->service_offers[service + 1] - first, best = NONE, most = 0;
  for (int i = 0; i < STARTS_TRIED; i++) {
    int offer = first + random_below(&search->random, n_offers), there = 0;
    if (offer == was || !board_could_open(board, offer)) continue;
    for (int j = 0; j < search->n_chosen; j++)
      there += grid_patient_there(grid, search->chosen[j], &grid->offers[offer]);
    if (there <= most) continue;
    most = there;
    best = offer;
  }
  return best;
}

void shift_group(struct search *search, struct board *board) {
  int group = pick_loose_group(search, board);
  if (group == NONE) return;
  int was = board->sessions[group].offer, sister = NONE;
  if (random_below(&search->random, 3) == 0)
    sister = pick_group_of(search, board, search->grid->offers[was].service, group);
  choose_members(search, board, group);
  dissolve_session(search, board, group, true);
  if (sister != NONE && search->n_chosen < MOST_SHIFTED) {
    choose_members(search, board, sister);
    if (random_below(&search->random, 2) == 0) dissolve_session(search, board, sister, false);
  }
  search->seating.claimed = draw_start(search, board, was);
}

/* The primary therapist could lead this session of the patient's, but another one does. */
static bool by_another(const struct board *board, int patient, int session) {
  const struct clinic *clinic = board->grid->clinic;
  int service = board->grid->offers[board->sessions[session].offer].service;
  return clinic_primary_counts(clinic, patient, service) &&
         !board_leads(board, clinic->patients[patient].primary, session);
}

bool anybody_led_by_another(const struct board *board) {
  if (board->grid->not_primary == 0) return false;
  for (int p = 0; p < board->grid->clinic->n_patients; p++)
    for (int i = 0; i < board->patient_n[p]; i++)
      if (by_another(board, p, board_week(board, p)[i])) return true;
  return false;
}

/* An individual session of the patient's, not a fixed one; one led by another than the primary
 * therapist if there is any. NONE: the patient has no individual session. */
static int pick_individual(struct search *search, const struct board *board, int patient) {
  const struct grid *grid = search->grid;
  int pick = NONE, n = 0, stranger = NONE, n_strangers = 0;
  for (int i = 0; i < board->patient_n[patient]; i++) {
    int session = board_week(board, patient)[i];
    int service = grid->offers[board->sessions[session].offer].service;
    if (board->sessions[session].fixed != NONE) continue;
    if (grid->clinic->services[service].format == FORMAT_GROUP) continue;
    if (random_below(&search->random, ++n) == 0) pick = session;
    if (by_another(board, patient, session) && random_below(&search->random, ++n_strangers) == 0)
      stranger = session;
  }
  return stranger != NONE ? stranger : pick;
}

/* A patient with an individual session, if some tries find one led by another than the primary
 * therapist, then that. */
static int pick_shifted(struct search *search, const struct board *board, int *session) {
  int patient = NONE;
  for (int tries = 0; tries < PATIENTS_TRIED; tries++) {
    int other = pick_patient(search), found = pick_individual(search, board, other);
    if (found == NONE) continue;
    patient = other;
    *session = found;
    if (by_another(board, other, found)) break;
  }
  return patient;
}

/* Some time at which both are there, or NONE. */
static int draw_meeting(struct search *search, int service, int patient, int therapist) {
  const struct grid *grid = search->grid;
  int pick = NONE, n = 0;
  for (int offer = grid->service_offers[service]; offer < grid->service_offers[service + 1];
       offer++)
    if (grid_patient_there(grid, patient, &grid->offers[offer]) &&
        grid_therapist_there(grid, therapist, &grid->offers[offer]) &&
        random_below(&search->random, ++n) == 0)
      pick = offer;
  return pick;
}

void shift_individual(struct search *search, struct board *board) {
  const struct grid *grid = search->grid;
  const struct clinic *clinic = grid->clinic;
  int session = NONE, patient = pick_shifted(search, board, &session);
  if (patient == NONE) return;
  int service = grid->offers[board->sessions[session].offer].service;
  bool by_primary = clinic_primary_counts(clinic, patient, service);
  int therapist = by_primary ? clinic->patients[patient].primary : board_leaders(board, session)[0];
  search->seating.individual_percent = 100;
  choose_patient(search, patient);
  int offer = draw_meeting(search, service, patient, therapist);
  if (offer == NONE) return;
  free_therapist(search, board, therapist, &grid->offers[offer]);
  search->seating.claimed = offer;
}
