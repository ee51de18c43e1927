/* A first plan that is as near as possible to a given schedule. */
#include <stdlib.h>

#include "disturb.h"
#include "iopsched/ints.h"
#include "iopsched/matching.h"
#include "iopsched/random.h"
#include "search.h"
#include "staffing.h"

enum { MAX_LEADERS = 64 };

struct resumption {
  struct search *search;
  const struct schedule *start;
  struct board *board;
  int *at;         /* [start.n_sessions]: place on the board, or NONE */
  bool *lost;      /* [n_patients]: attends less than the schedule says */
  bool *was_there; /* [n_patients]: is in the schedule */
};

static int offer_of(const struct resumption *r, int session) {
  const struct grid *grid = r->search->grid;
  const struct session *was = &r->start->sessions[session];
  if (was->start_min < 0 || was->start_min >= WEEK_MIN) return NONE;
  if (was->start_min % grid->clinic->slot_minutes != 0) return NONE;
  return grid_offer_at(grid, was->service, was->start_min / grid->clinic->slot_minutes);
}

/* ---- leaders and rooms ---- */

struct roles {
  const struct clinic *clinic;
  int service;
  const struct ints *leaders;
};

static bool fills_role(const void *data, int role, int leader) {
  const struct roles *roles = data;
  return clinic_qualified(roles->clinic, roles->service, role, roles->leaders->list[leader]);
}

/* The session's own leaders, by role; false if one may not or cannot lead it now. */
static bool own_leaders(const struct resumption *r, int offer, const struct session *was,
                        int32_t *leaders) {
  const struct clinic *clinic = r->search->grid->clinic;
  int n = clinic->services[was->service].leaders, of_role[MAX_LEADERS];
  if (was->leaders.n != n || n > MAX_LEADERS) return false;
  for (int i = 0; i < n; i++) {
    if (!board_therapist_free(r->board, was->leaders.list[i], offer)) return false;
    for (int j = 0; j < i; j++)
      if (was->leaders.list[i] == was->leaders.list[j]) return false;
  }
  struct roles roles = {clinic, was->service, &was->leaders};
  struct matching matching = {n, n, fills_role, &roles};
  if (matching_solve(&matching, of_role) < n) return false;
  for (int role = 0; role < n; role++) leaders[role] = was->leaders.list[of_role[role]];
  return true;
}

static bool own_room(const struct resumption *r, int offer, const struct session *was) {
  if (r->search->grid->clinic->services[was->service].telehealth) return true;
  return was->room != NONE && staffing_room_free(r->board, offer, was->room);
}

static int room_of(const struct resumption *r, const struct session *was) {
  return r->search->grid->clinic->services[was->service].telehealth ? NONE : was->room;
}

/* ---- sessions that are fixed ---- */

static bool holds_all(const struct ints *list, const struct ints *wanted) {
  int n = 0;
  for (int i = 0; i < wanted->n; i++)
    for (int j = 0; j < list->n; j++) n += list->list[j] == wanted->list[i];
  return n >= wanted->n;
}

/* The session that stood for the row: of those with the therapists and the room that it names, the
 * one with most of its patients. */
static int counterpart(const struct resumption *r, const struct fixed_session *row) {
  int best = NONE, most = -1;
  for (int s = 0; s < r->start->n_sessions; s++) {
    const struct session *was = &r->start->sessions[s];
    if (r->at[s] != NONE || was->service != row->service || was->start_min != row->start_min)
      continue;
    if (row->room != NONE && was->room != row->room) continue;
    if (!holds_all(&was->leaders, &row->therapists)) continue;
    int n = 0;
    for (int i = 0; i < row->patients.n; i++)
      n += ints_contain(&was->patients, row->patients.list[i]);
    if (n > most) {
      most = n;
      best = s;
    }
  }
  return best;
}

/* Gives a fixed session the leaders and the room it had, if they are free; true if that changes
 * it. */
static bool adopt(const struct resumption *r, int session) {
  struct board *board = r->board;
  const struct clinic *clinic = board->grid->clinic;
  const struct session *was = &r->start->sessions[session];
  struct placed *placed = &board->sessions[r->at[session]];
  int32_t leaders[MAX_LEADERS], *now = board_leaders(board, r->at[session]);
  const struct service *service = &clinic->services[was->service];
  bool changed = false;
  board_occupy(board, r->at[session], false);
  if (own_leaders(r, placed->offer, was, leaders))
    for (int i = 0; i < service->leaders; i++) {
      changed |= now[i] != leaders[i];
      now[i] = leaders[i];
    }
  if (own_room(r, placed->offer, was) && placed->room != room_of(r, was)) {
    changed = true;
    placed->room = was->room;
    int capacity = clinic->rooms[was->room].capacity;
    placed->seats = capacity < service->max_size ? capacity : service->max_size;
  }
  board_occupy(board, r->at[session], true);
  return changed;
}

/* One may wait for what another gives free: so several times. */
static void take_up_fixed(const struct resumption *r) {
  const struct clinic *clinic = r->search->grid->clinic;
  for (int f = 0; f < clinic->n_fixed; f++) {
    int session = counterpart(r, &clinic->fixed[f]);
    if (session != NONE) r->at[session] = r->board->fixed_session[f];
  }
  bool changed = true;
  for (int round = 0; changed && round < clinic->n_fixed; round++) {
    changed = false;
    for (int s = 0; s < r->start->n_sessions; s++)
      if (r->at[s] != NONE) changed |= adopt(r, s);
  }
}

/* ---- the others ---- */

static void put_back(const struct resumption *r, int session) {
  const struct session *was = &r->start->sessions[session];
  int offer = offer_of(r, session);
  int32_t leaders[MAX_LEADERS];
  if (offer == NONE || !own_room(r, offer, was) || !own_leaders(r, offer, was, leaders)) return;
  r->at[session] = board_place(r->board, offer, room_of(r, was), leaders, NONE);
}

/* Those of the leaders who still can, ascending. */
static struct ints leaders_left(const struct resumption *r, int offer, const struct session *was,
                                int *list) {
  struct ints left = {list, 0};
  for (int i = 0; i < was->leaders.n && i < MAX_LEADERS; i++)
    if (board_therapist_free(r->board, was->leaders.list[i], offer))
      left.list[left.n++] = was->leaders.list[i];
  ints_sort(left.list, left.n);
  return left;
}

/* The same session with other leaders, or in another room. */
static void mend(const struct resumption *r, int session) {
  struct board *board = r->board;
  const struct session *was = &r->start->sessions[session];
  const struct service *service = &board->grid->clinic->services[was->service];
  int offer = offer_of(r, session), list[MAX_LEADERS];
  int32_t leaders[MAX_LEADERS];
  if (offer == NONE || service->leaders > MAX_LEADERS) return;
  int room = own_room(r, offer, was) ? room_of(r, was) : staffing_room(board, offer);
  if (room == NONE && !service->telehealth) return;
  struct ints left = leaders_left(r, offer, was, list);
  struct staffing_wish wish = {offer, was->patients.list, was->patients.n, &left};
  uint64_t *random = &r->search->random;
  bool found = staffing_leaders(board, &wish, random, leaders);
  wish.named = NULL;
  if (!found && !staffing_leaders(board, &wish, random, leaders)) return;
  r->at[session] = board_place(board, offer, room, leaders, NONE);
}

static void place_sessions(const struct resumption *r) {
  for (int s = 0; s < r->start->n_sessions; s++)
    if (r->at[s] == NONE) put_back(r, s);
  for (int s = 0; s < r->start->n_sessions; s++)
    if (r->at[s] == NONE) mend(r, s);
}

/* ---- patients ---- */

static bool can_join(const struct resumption *r, int patient, int place) {
  const struct board *board = r->board;
  const struct grid *grid = board->grid;
  const struct offer *offer = &grid->offers[board->sessions[place].offer];
  return ints_contain(&grid->patient_services[patient], offer->service) &&
         grid_patient_there(grid, patient, offer) &&
         board->patient_n[patient] < MAX_WEEK_SESSIONS && !sits_in(board, patient, place) &&
         board_has_seat(board, patient, place);
}

static void join_sessions(const struct resumption *r) {
  const struct clinic *clinic = r->search->grid->clinic;
  for (int s = 0; s < r->start->n_sessions; s++) {
    const struct ints *patients = &r->start->sessions[s].patients;
    for (int i = 0; i < patients->n; i++) {
      int patient = patients->list[i];
      if (!clinic->patients[patient].takes_part) continue;
      r->was_there[patient] = true;
      if (r->at[s] != NONE && can_join(r, patient, r->at[s]))
        board_join(r->board, patient, r->at[s]);
      else
        r->lost[patient] = true;
    }
  }
}

/* The offers of the patient's week but for the session at index `without` (NONE: all). */
static bool is_valid_without(const struct resumption *r, int patient, int without) {
  const struct board *board = r->board;
  int offers[MAX_WEEK_SESSIONS], n = 0;
  for (int i = 0; i < board->patient_n[patient]; i++)
    if (i != without) offers[n++] = board->sessions[board_week(board, patient)[i]].offer;
  return week_is_valid(board->grid, r->search->lattices, patient, offers, n);
}

static bool is_partial_member(const struct board *board, int patient) {
  const struct clinic *clinic = board->grid->clinic;
  for (int i = 0; i < board->patient_n[patient]; i++) {
    int s = board->grid->offers[board->sessions[board_week(board, patient)[i]].offer].service,
        n = 0;
    if (!clinic->services[s].closed) continue;
    for (int j = 0; j < board->patient_n[patient]; j++)
      n += board->grid->offers[board->sessions[board_week(board, patient)[j]].offer].service == s;
    if (n < board->service_sessions[s]) return true;
  }
  return false;
}

/* Leaves a session if that alone makes the week valid, else all of them. */
static void make_valid(const struct resumption *r, int patient) {
  struct board *board = r->board;
  if (is_partial_member(board, patient)) {
    board_clear_patient(board, patient);
    r->lost[patient] = true;
  }
  if (is_valid_without(r, patient, NONE)) return;
  r->lost[patient] = true;
  for (int i = board->patient_n[patient] - 1; i >= 0; i--) {
    int session = board_week(board, patient)[i];
    if (board->sessions[session].fixed != NONE || !is_valid_without(r, patient, i)) continue;
    board_leave(board, patient, session);
    return;
  }
  board_clear_patient(board, patient);
}

static bool lacks_fixed(const struct board *board, int patient) {
  const struct ints *fixed = &board->grid->patient_fixed[patient];
  for (int i = 0; i < fixed->n; i++)
    if (!sits_in(board, patient, board->fixed_session[fixed->list[i]])) return true;
  return false;
}

/* First those who lose something, then those who are new. */
static void reseat_losers(const struct resumption *r) {
  struct search *search = r->search;
  int n_patients = search->grid->clinic->n_patients;
  choose_none(search);
  for (int p = 0; p < n_patients; p++)
    if (r->was_there[p] && (r->lost[p] || lacks_fixed(r->board, p))) choose_patient(search, p);
  for (int p = 0; p < n_patients; p++)
    if (!r->was_there[p]) choose_patient(search, p);
  seating_expect(&search->seating, search->chosen, search->n_chosen);
  for (int i = 0; i < search->n_chosen; i++) {
    int patient = search->chosen[i];
    if (r->board->patient_n[patient] > 0)
      search_reseat(search, r->board, patient);
    else
      seat_patient(&search->seating, r->board, patient);
  }
}

void search_resume(struct search *search, const struct schedule *start) {
  size_t n_patients = (size_t)search->grid->clinic->n_patients;
  struct resumption r = {.search = search, .start = start, .board = &search->current};
  r.at = mem_new((size_t)start->n_sessions, sizeof *r.at);
  r.lost = mem_new(n_patients, sizeof *r.lost);
  r.was_there = mem_new(n_patients, sizeof *r.was_there);
  for (int s = 0; s < start->n_sessions; s++) r.at[s] = NONE;
  search->seating.random = random_next(&search->random);
  search_unban_all(search);
  take_up_fixed(&r);
  place_sessions(&r);
  join_sessions(&r);
  for (size_t p = 0; p < n_patients; p++)
    if (r.was_there[p]) make_valid(&r, (int)p);
  board_close_empty(r.board);
  for (size_t p = 0; p < n_patients; p++)
    if (search->grid->clinic->patients[p].takes_part) board_settle_patient(r.board, (int)p);
  search_judge(search); /* nobody needs to be seated anew, perhaps */
  reseat_losers(&r);
  search_settle(search);
  if (search->current_cost > search->best_cost) search_return_to_best(search);
  free(r.at);
  free(r.lost);
  free(r.was_there);
}
