/* A service that may not be held more often: one of its sessions goes to the time that suits most
 * of its members and of those who lack it. */
#include "disturb.h"
#include "iopsched/random.h"

bool is_held_out(const struct board *board, int service) {
  return board->service_sessions[service] >= board->grid->clinic->services[service].sessions_max;
}

/* Chooses those who need the service and do not have it, up to the seats of a session. */
static void choose_who_lack(struct search *search, const struct board *board, int service) {
  const struct clinic *clinic = search->grid->clinic;
  const struct ints *may = &search->grid->service_patients[service];
  int skip = random_below(&search->random, may->n);
  for (int i = 0; i < may->n && search->n_chosen < clinic->services[service].max_size; i++) {
    int patient = may->list[(i + skip) % may->n];
    if (lacks_service(board, patient, service)) choose_patient(search, patient);
  }
}

bool is_free_then(const struct board *board, int patient, const struct offer *then) {
  if (!grid_patient_there(board->grid, patient, then)) return false;
  for (int i = 0; i < board->patient_n[patient]; i++) {
    const struct offer *other =
        &board->grid->offers[board->sessions[board_week(board, patient)[i]].offer];
    if (other->start < then->end && then->start < other->end) return false;
  }
  return true;
}

/* The start, other than the one it was at, at which most of those chosen are free. */
static int best_start(struct search *search, const struct board *board, int service, int was) {
  const struct grid *grid = search->grid;
  int best = NONE, most = 0, n = 0;
  for (int o = grid->service_offers[service]; o < grid->service_offers[service + 1]; o++) {
    if (o == was || !board_could_open(board, o)) continue;
    int n_free = 0;
    for (int i = 0; i < search->n_chosen; i++)
      n_free += is_free_then(board, search->chosen[i], &grid->offers[o]);
    if (n_free < most || (n_free == most && random_below(&search->random, ++n) > 0)) continue;
    if (n_free > most) n = 1;
    most = n_free;
    best = o;
  }
  return best;
}

bool gather_elsewhere(struct search *search, struct board *board, int service) {
  int session = pick_group_of(search, board, service, NONE);
  if (session == NONE) return false;
  int was = board->sessions[session].offer;
  choose_members(search, board, session);
  choose_who_lack(search, board, service);
  dissolve_session(search, board, session, false);
  search->seating.claimed = best_start(search, board, service, was);
  return true;
}
