#include "staffing.h"

#include <stdlib.h>
#include <string.h>

#include "iopsched/random.h"
#include "iopsched/rules.h"

enum { MAX_DAY_LED = 288 };

static bool all_slots_free(const struct board *board, int therapist, const struct offer *offer) {
  const struct grid *grid = board->grid;
  for (int slot = offer->start; slot < offer->busy_until; slot++)
    if (!in_words(board->therapist_free + (ptrdiff_t)slot * grid->therapist_words, therapist))
      return false;
  return true;
}

bool hours_left(const struct board *board, int therapist, const struct offer *offer) {
  const struct clinic *clinic = board->grid->clinic;
  const struct therapist *who = &clinic->therapists[therapist];
  int day = board->day_slots_led[therapist * N_DAYS + offer->day] + offer_slots(offer);
  int week = board->week_slots_led[therapist] + offer_slots(offer);
  return day * clinic->slot_minutes <= who->max_minutes_day &&
         week * clinic->slot_minutes <= who->max_minutes_week;
}

/* The therapist's sessions of the day with one more, by start. */
static int day_with(const struct board *board, int therapist, const struct offer *offer,
                    struct busy_session *sessions) {
  const struct grid *grid = board->grid;
  int slot_min = grid->clinic->slot_minutes, n = 0, last = NONE;
  for (int i = 0; i < grid->day_slots; i++) {
    int slot = offer->day * grid->day_slots + i;
    if (slot == offer->start)
      sessions[n++] = (struct busy_session){offer->service, slot * slot_min};
    int session = board->therapist_at[(size_t)therapist * (size_t)grid->n_slots + (size_t)slot];
    if (session == NONE || session == last) continue;
    const struct offer *led = &grid->offers[board->sessions[session].offer];
    last = session;
    if (led->day == offer->day)
      sessions[n++] = (struct busy_session){led->service, led->start * slot_min};
  }
  return n;
}

static bool day_allowed(const struct board *board, int therapist, const struct offer *offer) {
  struct busy_session sessions[MAX_DAY_LED + 1];
  int n = NONE;
  for (int r = 0; r < n_rules; r++) {
    if (!rules[r]->therapist_day_allowed) continue;
    if (n == NONE) n = day_with(board, therapist, offer, sessions);
    if (!rules[r]->therapist_day_allowed(board->grid->clinic, therapist, sessions, n)) return false;
  }
  return true;
}

bool board_therapist_free(const struct board *board, int therapist, int offer_index) {
  const struct offer *offer = &board->grid->offers[offer_index];
  return all_slots_free(board, therapist, offer) && hours_left(board, therapist, offer) &&
         day_allowed(board, therapist, offer);
}

static word free_over(const struct board *board, int service, int role, const struct offer *offer,
                      int w) {
  const struct grid *grid = board->grid;
  word can =
      grid->role_words[(service * grid->clinic->max_leaders + role) * grid->therapist_words + w];
  for (int slot = offer->start; can && slot < offer->busy_until; slot++)
    can &= board->therapist_free[slot * grid->therapist_words + w];
  return can;
}

static word rooms_over(const struct board *board, const struct offer *offer, int w) {
  const struct grid *grid = board->grid;
  word can = grid->service_rooms[offer->service * grid->room_words + w];
  for (int slot = offer->start; can && slot < offer->end; slot++)
    can &= board->room_free[slot * grid->room_words + w];
  return can;
}

bool board_could_open(const struct board *board, int offer_index) {
  const struct grid *grid = board->grid;
  const struct offer *offer = &grid->offers[offer_index];
  const struct service *service = &grid->clinic->services[offer->service];
  if (board->service_sessions[offer->service] >= service->sessions_max) return false;
  bool room = service->telehealth;
  for (int w = 0; w < grid->room_words && !room; w++) room = rooms_over(board, offer, w) != 0;
  if (!room) return false;
  int n_roles = service->roles_named ? service->leaders : 1;
  for (int role = 0; role < n_roles; role++) {
    int n = 0;
    for (int w = 0; w < grid->therapist_words; w++)
      n += __builtin_popcountll(free_over(board, offer->service, role, offer, w));
    if (n < (service->roles_named ? 1 : service->leaders)) return false;
  }
  return true;
}

/* How much the clinic would miss this therapist elsewhere at that time; lower is taken first. */
static int64_t reluctance(const struct board *board, const struct staffing_wish *wish,
                          int therapist, uint64_t *random) {
  const struct clinic *clinic = board->grid->clinic;
  const struct offer *offer = &board->grid->offers[wish->offer];
  const struct service *service = &clinic->services[offer->service];
  int64_t score = (int64_t)(random_next(random) >> 58);
  if (service->format != FORMAT_GROUP && wish->n_patients == 1 &&
      clinic->patients[wish->patients[0]].primary == therapist)
    return score - 1000000;
  if (grid_led_before(board->grid, therapist, wish->offer)) score -= 500000;
  score += board->grid->wanted[therapist * clinic->n_services + offer->service];
  if (board->pressure) score += (int64_t)1000 * board->pressure[therapist];
  if (board->grid->staff_idle_slot > 0 &&
      board->day_slots_led[therapist * N_DAYS + offer->day] == 0)
    score += 100;
  return score;
}

static bool apart_from_any(const struct clinic *clinic, const struct staffing_wish *wish,
                           int therapist) {
  for (int i = 0; i < wish->n_patients; i++)
    if (clinic_apart_therapist(clinic, wish->patients[i], therapist)) return true;
  return false;
}

struct candidate {
  int therapist;
  int64_t score;
};

static int compare_candidates(const void *a, const void *b) {
  const struct candidate *x = a, *y = b;
  if (x->score != y->score) return x->score < y->score ? -1 : 1;
  return (x->therapist > y->therapist) - (x->therapist < y->therapist);
}

/* Those who could lead the offer in some role, most willing first. */
static int list_candidates(const struct board *board, const struct staffing_wish *wish,
                           uint64_t *random, struct candidate *list) {
  const struct clinic *clinic = board->grid->clinic;
  const struct offer *offer = &board->grid->offers[wish->offer];
  const struct service *service = &clinic->services[offer->service];
  int n = 0, n_roles = service->roles_named ? service->leaders : 1;
  for (int w = 0; w < board->grid->therapist_words; w++) {
    word can = 0;
    for (int role = 0; role < n_roles; role++)
      can |= free_over(board, offer->service, role, offer, w);
    for (; can; can &= can - 1) {
      int k = w * WORD_BITS + __builtin_ctzll(can);
      if (!hours_left(board, k, offer) || apart_from_any(clinic, wish, k) ||
          !day_allowed(board, k, offer))
        continue;
      bool named = wish->named && ints_contain(wish->named, k);
      list[n++] = (struct candidate){k, named ? INT64_MIN : reluctance(board, wish, k, random)};
    }
  }
  qsort(list, (size_t)n, sizeof *list, compare_candidates);
  return n;
}

static bool taken_already(const int32_t *leaders, int n, int therapist) {
  for (int i = 0; i < n; i++)
    if (leaders[i] == therapist) return true;
  return false;
}

/* Depth-first over the roles; the named must all be in. */
static bool fill_roles(const struct clinic *clinic, int service, int role,
                       const struct candidate *list, int n, const struct ints *named,
                       int32_t *leaders) {
  int n_roles = clinic->services[service].leaders;
  if (role == n_roles) {
    for (int i = 0; named && i < named->n; i++)
      if (!taken_already(leaders, n_roles, named->list[i])) return false;
    return true;
  }
  for (int i = 0; i < n; i++) {
    int k = list[i].therapist;
    if (!clinic_qualified(clinic, service, role, k) || taken_already(leaders, role, k)) continue;
    leaders[role] = k;
    if (fill_roles(clinic, service, role + 1, list, n, named, leaders)) return true;
  }
  return false;
}

static bool all_named_can(const struct ints *named, const struct candidate *list, int n) {
  for (int i = 0; named && i < named->n; i++) {
    int j = 0;
    while (j < n && list[j].therapist != named->list[i]) j++;
    if (j == n) return false;
  }
  return true;
}

bool staffing_leaders(const struct board *board, const struct staffing_wish *wish, uint64_t *random,
                      int32_t *leaders) {
  const struct clinic *clinic = board->grid->clinic;
  struct candidate fixed_list[256], *list = fixed_list;
  if (clinic->n_therapists > 256) list = mem_new((size_t)clinic->n_therapists, sizeof *list);
  int n = list_candidates(board, wish, random, list);
  bool found = all_named_can(wish->named, list, n) &&
               fill_roles(clinic, board->grid->offers[wish->offer].service, 0, list, n, wish->named,
                          leaders);
  if (list != fixed_list) free(list);
  return found;
}

bool staffing_room_free(const struct board *board, int offer, int room) {
  return rooms_over(board, &board->grid->offers[offer], room / WORD_BITS) >> (room % WORD_BITS) & 1;
}

/* A free room where the previous plan has a session of the offer, if it is to be held on to. */
static int room_of_before(const struct board *board, int offer) {
  const struct grid *grid = board->grid;
  for (int w = 0; grid->room_before && w < grid->room_words; w++) {
    word before = grid->room_before[offer * grid->room_words + w];
    if (before) before &= rooms_over(board, &grid->offers[offer], w);
    if (before) return w * WORD_BITS + __builtin_ctzll(before);
  }
  return NONE;
}

int staffing_room(const struct board *board, int offer_index) {
  const struct grid *grid = board->grid;
  const struct offer *offer = &grid->offers[offer_index];
  int again = room_of_before(board, offer_index);
  if (again != NONE) return again;
  int best = NONE, max_size = grid->clinic->services[offer->service].max_size;
  for (int i = 0; i < grid->clinic->n_rooms; i++) {
    int room = grid->rooms_by_demand[i], capacity = grid->clinic->rooms[room].capacity;
    if (!staffing_room_free(board, offer_index, room)) continue;
    if (capacity >= max_size) return room;
    if (best == NONE || capacity > grid->clinic->rooms[best].capacity) best = room;
  }
  return best;
}

int staffing_idle_slots(const struct board *board, int therapist, int day) {
  const struct grid *grid = board->grid;
  const int32_t *at = board->therapist_at + (size_t)therapist * (size_t)grid->n_slots;
  int first = NONE, end = 0, busy = 0, last = NONE;
  for (int slot = day * grid->day_slots; slot < (day + 1) * grid->day_slots; slot++) {
    if (at[slot] == NONE || at[slot] == last) continue;
    last = at[slot];
    const struct offer *offer = &grid->offers[board->sessions[last].offer];
    if (offer->day != day) continue;
    if (first == NONE) first = offer->start;
    end = offer->end;
  }
  if (first == NONE) return 0;
  for (int slot = first; slot < end; slot++) busy += at[slot] != NONE;
  return end - first - busy;
}
