/* Which talks there are, who wants them, and what else stands in their way. */
#include <stdlib.h>
#include <string.h>

#include "disturb.h"
#include "staffing.h"
#include "timetable_inside.h"

enum { LEAST_TALKS = 2, MOST_LEADERS = 64 };

/* ---- a talk ---- */

static bool is_talk(const struct grid *grid, int service) {
  const struct service *what = &grid->clinic->services[service];
  return what->format == FORMAT_GROUP && !what->closed && what->sessions_max == 1 &&
         what->leaders <= MOST_LEADERS && !has_fixed(grid->clinic, service) &&
         (what->telehealth || grid->clinic->n_rooms > 0) &&
         grid->service_offers[service] < grid->service_offers[service + 1];
}

/* Talks that somebody lacks; *n_talks: of how many. */
static int n_lacked(const struct board *board, int *n_talks) {
  int n = 0;
  *n_talks = 0;
  for (int s = 0; s < board->grid->clinic->n_services; s++) {
    if (!is_talk(board->grid, s)) continue;
    const struct ints *may = &board->grid->service_patients[s];
    bool lacked = false;
    for (int i = 0; i < may->n && !lacked; i++) lacked = lacks_service(board, may->list[i], s);
    n += lacked;
    ++*n_talks;
  }
  return n;
}

static int session_of_talk(const struct board *board, int service) {
  const struct grid *grid = board->grid;
  for (int offer = grid->service_offers[service]; offer < grid->service_offers[service + 1];
       offer++)
    if (board->at_offer[offer] != NONE) return board->at_offer[offer];
  return NONE;
}

/* In the largest room for it. */
static int most_seats(const struct clinic *clinic, int service) {
  int most = clinic->services[service].max_size, largest = 0;
  if (clinic->services[service].telehealth) return most;
  for (int room = 0; room < clinic->n_rooms; room++)
    if (clinic_room_fits(clinic, service, room) && clinic->rooms[room].capacity > largest)
      largest = clinic->rooms[room].capacity;
  return smaller(most, largest);
}

/* Lists as many as there are seats: first those who are in it, then those who lack it. */
static void invite(const struct board *board, struct talk *talk) {
  const struct ints *may = &board->grid->service_patients[talk->service];
  int seats = most_seats(board->grid->clinic, talk->service);
  size_t n_leaders = (size_t)board->grid->clinic->services[talk->service].leaders;
  talk->people = mem_new((size_t)may->n + n_leaders, sizeof *talk->people);
  for (int i = 0; i < may->n && talk->n_people < seats; i++)
    if (member_of(board, may->list[i], talk->service))
      talk->people[talk->n_people++] = may->list[i];
  for (int i = 0; i < may->n && talk->n_people < seats; i++)
    if (lacks_service(board, may->list[i], talk->service))
      talk->people[talk->n_people++] = may->list[i];
}

/* Of those who may fill the role and fill none of the first `role`, who leads least so far; NONE:
 * there is nobody. */
static int who_leads_least(const struct clinic *clinic, int service, int role,
                           const int32_t *leaders, const int *n_led) {
  int best = NONE;
  for (int k = 0; k < clinic->n_therapists; k++) {
    bool may = clinic_qualified(clinic, service, role, k);
    for (int i = 0; i < role && may; i++) may = leaders[i] != k;
    if (may && (best == NONE || n_led[k] < n_led[best])) best = k;
  }
  return best;
}

/* Those who lead it already, or others. n_led: [n_therapists], counted on. False: there are none.
 */
static bool engage(const struct board *board, struct talk *talk, int session, int *n_led) {
  const struct clinic *clinic = board->grid->clinic;
  int n = clinic->services[talk->service].leaders;
  int32_t leaders[MOST_LEADERS];
  for (int role = 0; role < n; role++) {
    leaders[role] = session != NONE ? board_leaders(board, session)[role]
                                    : who_leads_least(clinic, talk->service, role, leaders, n_led);
    if (leaders[role] == NONE) return false;
  }
  for (int role = 0; role < n; role++) {
    talk->people[talk->n_people++] = clinic->n_patients + leaders[role];
    n_led[leaders[role]]++;
  }
  return true;
}

/* False if it cannot be held at all. */
static bool prepare_talk(const struct board *board, int service, struct talk *talk, int *n_led) {
  const struct service *what = &board->grid->clinic->services[service];
  int session = session_of_talk(board, service);
  *talk = (struct talk){.service = service, .spot = {NONE, NONE}};
  invite(board, talk);
  if (talk->n_people < what->min_size || !engage(board, talk, session, n_led)) {
    free(talk->people);
    return false;
  }
  if (session != NONE)
    talk->spot = (struct spot){board->sessions[session].offer, board->sessions[session].room};
  return true;
}

static void prepare_talks(struct timetable *timetable, const struct board *board) {
  const struct clinic *clinic = timetable->grid->clinic;
  int *n_led = mem_new((size_t)clinic->n_therapists, sizeof *n_led);
  for (int s = 0; s < clinic->n_services; s++)
    if (is_talk(timetable->grid, s) &&
        prepare_talk(board, s, &timetable->talks[timetable->n_talks], n_led))
      timetable->n_talks++;
  free(n_led);
}

/* ---- everything else ---- */

static uint16_t *busy_of(struct timetable *timetable, int person) {
  return timetable->busy + (size_t)person * (size_t)timetable->grid->n_slots;
}

static void mark_away(struct timetable *timetable) {
  const struct grid *grid = timetable->grid;
  const struct clinic *clinic = grid->clinic;
  for (int p = 0; p < clinic->n_patients; p++)
    for (int slot = 0; slot < grid->n_slots; slot++)
      busy_of(timetable, p)[slot] =
          grid->patient_free[(size_t)p * (size_t)grid->n_slots + (size_t)slot] == 0;
  for (int k = 0; k < clinic->n_therapists; k++)
    for (int slot = 0; slot < grid->n_slots; slot++)
      busy_of(timetable, clinic->n_patients + k)[slot] =
          !in_words(grid->therapist_there + (ptrdiff_t)slot * grid->therapist_words, k);
}

/* The sessions that are no talks stay: their people, leaders and rooms are taken. */
static void mark_other_sessions(struct timetable *timetable, const struct board *board,
                                const bool *is_held_here) {
  const struct grid *grid = timetable->grid;
  const struct clinic *clinic = grid->clinic;
  for (int p = 0; p < clinic->n_patients; p++)
    for (int i = 0; i < board->patient_n[p]; i++) {
      const struct offer *offer = &grid->offers[board->sessions[board_week(board, p)[i]].offer];
      if (!is_held_here[offer->service]) timetable_attend(timetable, p, offer, 1);
    }
  for (int i = 0; i < board->totals->high_water; i++) {
    const struct placed *placed = &board->sessions[i];
    if (placed->offer == NONE) continue;
    const struct offer *offer = &grid->offers[placed->offer];
    if (is_held_here[offer->service]) continue;
    for (int role = 0; role < clinic->services[offer->service].leaders; role++)
      timetable_attend(timetable, clinic->n_patients + board_leaders(board, i)[role], offer, 1);
    timetable_fill_room(timetable, (struct spot){placed->offer, placed->room}, BLOCKED);
  }
}

static void mark_taken(struct timetable *timetable, const struct board *board) {
  const struct clinic *clinic = timetable->grid->clinic;
  bool *is_held_here = mem_new((size_t)clinic->n_services, sizeof *is_held_here);
  for (int i = 0; i < timetable->n_talks; i++) is_held_here[timetable->talks[i].service] = true;
  size_t in_rooms = (size_t)clinic->n_rooms * (size_t)timetable->grid->n_slots;
  for (size_t i = 0; i < in_rooms; i++) timetable->in_room[i] = NONE;
  mark_away(timetable);
  mark_other_sessions(timetable, board, is_held_here);
  free(is_held_here);
}

/* ---- the whole ---- */

static void list_people(struct timetable *timetable) {
  int n_patients = timetable->grid->clinic->n_patients;
  bool *wants = mem_new((size_t)n_patients, sizeof *wants);
  for (int i = 0; i < timetable->n_talks; i++)
    for (int j = 0; j < timetable->talks[i].n_people; j++)
      if (timetable->talks[i].people[j] < n_patients) wants[timetable->talks[i].people[j]] = true;
  timetable->people.list = mem_new((size_t)n_patients, sizeof *timetable->people.list);
  for (int p = 0; p < n_patients; p++)
    if (wants[p]) timetable->people.list[timetable->people.n++] = p;
  free(wants);
}

static void begin_from_board(struct timetable *timetable) {
  for (int i = 0; i < timetable->people.n; i++)
    timetable->cost += timetable_days_off(timetable, timetable->people.list[i]);
  for (int i = 0; i < timetable->n_talks; i++)
    timetable->cost += timetable_hold(timetable, i, timetable->talks[i].spot);
  timetable_remember(timetable);
}

struct timetable *timetable_new(const struct board *board) {
  const struct grid *grid = board->grid;
  int n_talks;
  if (n_lacked(board, &n_talks) == 0 || n_talks < LEAST_TALKS) return NULL;
  struct timetable *timetable = mem_new(1, sizeof *timetable);
  size_t n_persons = (size_t)grid->clinic->n_patients + (size_t)grid->clinic->n_therapists;
  size_t n_slots = (size_t)grid->n_slots;
  timetable->grid = grid;
  timetable->talks = mem_new((size_t)n_talks, sizeof *timetable->talks);
  timetable->busy = mem_new(n_persons * n_slots, sizeof *timetable->busy);
  timetable->day_slots = mem_new(n_persons * N_DAYS, sizeof *timetable->day_slots);
  timetable->n_days = mem_new(n_persons, sizeof *timetable->n_days);
  timetable->in_room = mem_new((size_t)grid->clinic->n_rooms * n_slots, sizeof *timetable->in_room);
  prepare_talks(timetable, board);
  mark_taken(timetable, board);
  list_people(timetable);
  begin_from_board(timetable);
  if (timetable->n_talks >= LEAST_TALKS) return timetable;
  timetable_free(timetable);
  return NULL;
}

void timetable_free(struct timetable *timetable) {
  if (!timetable) return;
  for (int i = 0; i < timetable->n_talks; i++) free(timetable->talks[i].people);
  free(timetable->talks);
  free(timetable->busy);
  free(timetable->day_slots);
  free(timetable->n_days);
  free(timetable->in_room);
  free(timetable->people.list);
  free(timetable);
}

const struct ints *timetable_people(const struct timetable *timetable) {
  return &timetable->people;
}

static void place_talk(const struct timetable *timetable, const struct talk *talk,
                       struct board *board) {
  const struct clinic *clinic = timetable->grid->clinic;
  struct spot spot = talk->best;
  int n_leaders = clinic->services[talk->service].leaders;
  int32_t leaders[MOST_LEADERS];
  if (spot.offer == NONE) return;
  if (spot.room != NONE && !staffing_room_free(board, spot.offer, spot.room)) return;
  for (int role = 0; role < n_leaders; role++) {
    leaders[role] = talk->people[talk->n_people - n_leaders + role] - clinic->n_patients;
    if (!board_therapist_free(board, leaders[role], spot.offer)) return;
  }
  int session = board_place(board, spot.offer, spot.room, leaders, NONE);
  if (session == NONE) return;
  for (int i = 0; i < talk->n_people - n_leaders; i++)
    if (is_free_then(board, talk->people[i], &timetable->grid->offers[spot.offer]) &&
        board->patient_n[talk->people[i]] < MAX_WEEK_SESSIONS &&
        board_has_seat(board, talk->people[i], session))
      board_join(board, talk->people[i], session);
}

void timetable_place(const struct timetable *timetable, struct board *board) {
  for (int i = 0; i < timetable->n_talks; i++) {
    int session = session_of_talk(board, timetable->talks[i].service);
    if (session != NONE) board_close(board, session);
  }
  for (int i = 0; i < timetable->n_talks; i++) place_talk(timetable, &timetable->talks[i], board);
}
