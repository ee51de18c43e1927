/* The rows of combine.h's program: one week for every patient, and all that a board keeps of
 * groups, leaders and rooms. What the board holds still stands: it leaves less for the others. */
#include <math.h>
#include <stdlib.h>

#include "combine_inside.h"

static void add_one_week_rows(struct combining *combining) {
  for (int i = 0; i < combining->n_patients; i++) {
    for (int c = 0; c < combining->draft.n_columns; c++)
      if (combining->choices[c].patient == i) draft_term(&combining->draft, c, 1);
    draft_row(&combining->draft, 1, 1);
  }
}

static void add_groups_of(struct combining *combining, int offer, double coefficient) {
  for (int g = 0; g < combining->n_groups[offer]; g++)
    draft_term(&combining->draft, combining->first_group[offer] + g, coefficient);
}

/* ---- groups ---- */

/* Who is where no group stands yet needs one to be opened. */
static void add_attendance_rows(struct combining *combining, int offer) {
  const struct visit *visits = combining->visits;
  for (int v = combining->first_visit[offer]; v != NONE;) {
    int i = combining->choices[visits[v].column].patient;
    bool stands = board_find_seat(combining->board, combining->patients[i], offer) != NONE;
    for (; v != NONE && combining->choices[visits[v].column].patient == i; v = visits[v].next)
      if (!stands) draft_term(&combining->draft, visits[v].column, 1);
    if (stands) continue;
    add_groups_of(combining, offer, -1);
    draft_useful_row(&combining->draft, -INFINITY, 0);
  }
}

static void add_visits(struct combining *combining, int offer) {
  for (int v = combining->first_visit[offer]; v != NONE; v = combining->visits[v].next)
    draft_term(&combining->draft, combining->visits[v].column, 1);
}

static void add_seats_row(struct combining *combining, int offer, const struct service *service) {
  const struct board *board = combining->board;
  int left = 0;
  for (int s = board->at_offer[offer]; s != NONE; s = board->sessions[s].next)
    left += board->sessions[s].seats - board->sessions[s].n_patients;
  add_visits(combining, offer);
  for (int g = 0; g < combining->n_groups[offer]; g++) {
    int column = combining->first_group[offer] + g;
    int room = spot_room(combining->choices[column].spots);
    int seats = room == NONE
                    ? service->max_size
                    : smaller(service->max_size, combining->grid->clinic->rooms[room].capacity);
    draft_term(&combining->draft, column, -seats);
  }
  draft_useful_row(&combining->draft, -INFINITY, left);
}

static void add_least_size_row(struct combining *combining, int offer,
                               const struct service *service) {
  const struct board *board = combining->board;
  int lacking = 0;
  for (int s = board->at_offer[offer]; s != NONE; s = board->sessions[s].next)
    lacking += service->min_size - smaller(service->min_size, board->sessions[s].n_patients);
  if (lacking == 0 && (service->min_size <= 1 || combining->n_groups[offer] == 0)) return;
  add_visits(combining, offer);
  add_groups_of(combining, offer, -service->min_size);
  draft_useful_row(&combining->draft, lacking, INFINITY);
}

/* Two who are kept apart are not both in the only group of an offer. */
static void add_apart_row(struct combining *combining, int offer, int a, int b) {
  int met = 0;
  for (int v = combining->first_visit[offer]; v != NONE; v = combining->visits[v].next) {
    int column = combining->visits[v].column, i = combining->choices[column].patient;
    if (i != a && i != b) continue;
    draft_term(&combining->draft, column, 1);
    met |= i == a ? 1 : 2;
  }
  if (met != 3) {
    draft_forget_row(&combining->draft);
    return;
  }
  add_groups_of(combining, offer, -1);
  int stand = 0;
  for (int s = combining->board->at_offer[offer]; s != NONE; s = combining->board->sessions[s].next)
    stand++;
  draft_useful_row(&combining->draft, -INFINITY, stand);
}

static void add_apart_rows(struct combining *combining, int offer) {
  const struct patient *patients = combining->grid->clinic->patients;
  for (int a = 0; a < combining->n_patients; a++) {
    const struct ints *apart = &patients[combining->patients[a]].apart_patients;
    for (int b = a + 1; b < combining->n_patients && apart->n > 0; b++)
      if (ints_contain(apart, combining->patients[b])) add_apart_row(combining, offer, a, b);
  }
}

static void add_offer_rows(struct combining *combining) {
  const struct grid *grid = combining->grid;
  for (int offer = 0; offer < grid->n_offers; offer++) {
    const struct service *service = &grid->clinic->services[grid->offers[offer].service];
    if (service->format != FORMAT_GROUP) continue; /* a fixed session: nobody else may come */
    if (combining->first_visit[offer] == NONE && combining->n_groups[offer] == 0 &&
        combining->board->at_offer[offer] == NONE)
      continue;
    add_attendance_rows(combining, offer);
    add_seats_row(combining, offer, service);
    add_least_size_row(combining, offer, service);
    add_apart_rows(combining, offer);
  }
}

/* ---- leaders and rooms ---- */

static bool leads(const struct combining *combining, const struct use *use, int therapist) {
  const struct offer *offer = &combining->grid->offers[spot_offer(use->at)];
  for (int i = 0; i < combining->grid->clinic->services[offer->service].leaders; i++)
    if (spot_leaders(use->at)[i] == therapist) return true;
  return false;
}

static void add_hours_rows(struct combining *combining, int therapist, const struct use *uses,
                           int n) {
  const struct grid *grid = combining->grid;
  const struct therapist *who = &grid->clinic->therapists[therapist];
  for (int day = NONE; day < N_DAYS; day++) { /* NONE: the week */
    int most =
        (day == NONE ? who->max_minutes_week : who->max_minutes_day) / grid->clinic->slot_minutes;
    int led = day == NONE ? combining->board->week_slots_led[therapist]
                          : combining->board->day_slots_led[therapist * N_DAYS + day];
    for (int u = 0; u < n; u++) {
      const struct offer *offer = &grid->offers[spot_offer(uses[u].at)];
      if (day == NONE || offer->day == day)
        draft_term(&combining->draft, uses[u].column, offer_slots(offer));
    }
    draft_useful_row(&combining->draft, -INFINITY, most - led);
  }
}

/* One thing at a time. notes: the time after a session counts too. */
static void add_slot_rows(struct combining *combining, const struct use *uses, int n, bool notes) {
  const struct grid *grid = combining->grid;
  for (int slot = 0; slot < grid->n_slots && n > 1; slot++) {
    for (int u = 0; u < n; u++) {
      const struct offer *offer = &grid->offers[spot_offer(uses[u].at)];
      if (offer->start <= slot && slot < (notes ? offer->busy_until : offer->end))
        draft_term(&combining->draft, uses[u].column, 1);
    }
    draft_useful_row(&combining->draft, -INFINITY, 1);
  }
}

/* Slots of the stretch that the therapist spends in sessions that stand. */
static int slots_standing(const struct combining *combining, int therapist, int from, int to) {
  const struct grid *grid = combining->grid;
  const struct board *board = combining->board;
  int n = 0;
  for (int slot = from; slot < to; slot++) {
    int session = board->therapist_at[(size_t)therapist * (size_t)grid->n_slots + (size_t)slot];
    n += session != NONE && slot < grid->offers[board->sessions[session].offer].end;
  }
  return n;
}

/* Breaks of the stretch that begins at the slot. */
static void add_stretch_row(struct combining *combining, int therapist, const struct use *uses,
                            int n, int from) {
  const struct grid *grid = combining->grid;
  const struct clinic *clinic = grid->clinic;
  int day_end = (from / grid->day_slots + 1) * grid->day_slots;
  int to = smaller(
      day_end, from + (clinic->break_after_minutes + clinic->break_minutes) / clinic->slot_minutes);
  for (int u = 0; u < n; u++) {
    const struct offer *offer = &grid->offers[spot_offer(uses[u].at)];
    int inside = smaller(to, offer->end) - (offer->start > from ? offer->start : from);
    if (inside > 0) draft_term(&combining->draft, uses[u].column, inside);
  }
  int left = clinic->break_after_minutes / clinic->slot_minutes -
             slots_standing(combining, therapist, from, to);
  draft_useful_row(&combining->draft, -INFINITY, left);
}

/* Stretches with the most in session begin where a session does. */
static void add_break_rows(struct combining *combining, int therapist, const struct use *uses,
                           int n) {
  const struct grid *grid = combining->grid;
  if (grid->clinic->break_after_minutes == 0 || grid->clinic->break_minutes == 0) return;
  for (int slot = 0; slot < grid->n_slots && n > 0; slot++) {
    int session =
        combining->board->therapist_at[(size_t)therapist * (size_t)grid->n_slots + (size_t)slot];
    bool begins =
        session != NONE && grid->offers[combining->board->sessions[session].offer].start == slot;
    for (int u = 0; u < n && !begins; u++)
      begins = grid->offers[spot_offer(uses[u].at)].start == slot;
    if (begins) add_stretch_row(combining, therapist, uses, n, slot);
  }
}

static void add_supply_rows(struct combining *combining) {
  const struct clinic *clinic = combining->grid->clinic;
  struct use *uses = mem_new((size_t)combining->n_uses, sizeof *uses);
  for (int k = 0; k < clinic->n_therapists; k++) {
    int n = 0;
    for (int u = 0; u < combining->n_uses; u++)
      if (leads(combining, &combining->uses[u], k)) uses[n++] = combining->uses[u];
    add_slot_rows(combining, uses, n, true);
    add_hours_rows(combining, k, uses, n);
    add_break_rows(combining, k, uses, n);
  }
  for (int room = 0; room < clinic->n_rooms; room++) {
    int n = 0;
    for (int u = 0; u < combining->n_uses; u++)
      if (spot_room(combining->uses[u].at) == room) uses[n++] = combining->uses[u];
    add_slot_rows(combining, uses, n, false);
  }
  free(uses);
}

/* ---- services ---- */

static void add_sessions_of(struct combining *combining, int service) {
  for (int u = 0; u < combining->n_uses; u++)
    if (combining->grid->offers[spot_offer(combining->uses[u].at)].service == service)
      draft_term(&combining->draft, combining->uses[u].column, 1);
}

/* How often a service is held, at most and at least; what it is short of is a column. */
static void add_service_rows(struct combining *combining, int s) {
  const struct service *service = &combining->grid->clinic->services[s];
  struct draft *draft = &combining->draft;
  int stand = combining->board->service_sessions[s], asked = service->sessions_min - stand;
  if (service->sessions_max != UNLIMITED) {
    add_sessions_of(combining, s);
    draft_useful_row(draft, -INFINITY, service->sessions_max - stand);
  }
  if (asked <= 0) return;
  double cost = (double)combining->grid->offer_short / COST_ONE;
  int shortfall = draft_column(draft, (struct program_column){cost, asked, 0, false});
  add_sessions_of(combining, s);
  draft_term(draft, shortfall, 1);
  draft_useful_row(draft, asked, INFINITY);
}

void combine_add_rows(struct combining *combining) {
  add_one_week_rows(combining);
  add_offer_rows(combining);
  add_supply_rows(combining);
  for (int s = 0; s < combining->grid->clinic->n_services; s++) add_service_rows(combining, s);
}
