/* Groups of closed membership: placed whole, given up whole, drawn anew whole. */
#include "disturb.h"
#include "iopsched/random.h"

bool member_of(const struct board *board, int patient, int service) {
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

bool needs_service(const struct clinic *clinic, int patient, int service) {
  const struct patient *who = &clinic->patients[patient];
  for (int need = 0; need < who->n_needs; need++)
    if (who->needs[need].service == service && who->needs[need].min_sessions > 0) return true;
  return false;
}

bool lacks_service(const struct board *board, int patient, int service) {
  return needs_service(board->grid->clinic, patient, service) &&
         !member_of(board, patient, service);
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
void place_closed(struct search *search, struct board *board, int service) {
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
void clear_closed(struct search *search, struct board *board, int service) {
  const struct grid *grid = search->grid;
  const struct ints *may = &grid->service_patients[service];
  for (int i = 0; i < may->n; i++)
    if (member_of(board, may->list[i], service)) choose_patient(search, may->list[i]);
  for (int offer = grid->service_offers[service]; offer < grid->service_offers[service + 1];
       offer++)
    for (int session = board->at_offer[offer], next; session != NONE; session = next) {
      next = board->sessions[session].next;
      if (board->sessions[session].fixed == NONE) board_close(board, session);
    }
}

bool has_fixed(const struct clinic *clinic, int service) {
  for (int f = 0; f < clinic->n_fixed; f++)
    if (clinic->fixed[f].service == service) return true;
  return false;
}

void redraw_closed(struct search *search, struct board *board) {
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
    if (needs_service(clinic, may->list[i], pick)) choose_patient(search, may->list[i]);
  for (int i = 0; i < search->n_chosen; i++) board_clear_patient(board, search->chosen[i]);
  place_closed(search, board, pick);
}
