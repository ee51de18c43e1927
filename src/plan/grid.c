#include "grid.h"

#include <stdlib.h>
#include <string.h>

static int64_t per_slot(const struct clinic *clinic, enum term term) {
  return clinic->weight_milli[term] * clinic->slot_minutes * (AMOUNT_ONE / 60);
}

static int64_t per_thing(const struct clinic *clinic, enum term term) {
  return clinic->weight_milli[term] * AMOUNT_ONE;
}

static void set_costs(struct grid *grid) {
  const struct clinic *clinic = grid->clinic;
  grid->idle_slot = per_slot(clinic, TERM_IDLE_HOUR);
  grid->not_preferred_slot = per_slot(clinic, TERM_NOT_PREFERRED_HOUR);
  grid->staff_slot = per_slot(clinic, TERM_STAFF_HOUR);
  grid->staff_idle_slot = per_slot(clinic, TERM_STAFF_IDLE_HOUR);
  grid->extra_day = per_thing(clinic, TERM_EXTRA_DAY);
  grid->stranded_day = per_thing(clinic, TERM_STRANDED_DAY);
  grid->not_primary = per_thing(clinic, TERM_NOT_PRIMARY);
  grid->change = per_thing(clinic, TERM_CHANGE);
  grid->offer_short = per_thing(clinic, TERM_OFFER_SHORT);
}

/* Sets bit `index` of every slot that lies wholly within the windows. */
static void mark_there(const struct grid *grid, const struct windows *windows, word *there,
                       int n_words, int index) {
  int slot_min = grid->clinic->slot_minutes;
  for (int i = 0; i < windows->n; i++) {
    int first = (windows->list[i].start_min + slot_min - 1) / slot_min;
    int last = windows->list[i].end_min / slot_min;
    for (int slot = first; slot < last && slot < grid->n_slots; slot++)
      there[slot * n_words + index / WORD_BITS] |= (word)1 << (index % WORD_BITS);
  }
}

static void set_patient_times(struct grid *grid, int patient) {
  const struct clinic *clinic = grid->clinic;
  const struct patient *who = &clinic->patients[patient];
  size_t n_slots = (size_t)grid->n_slots;
  uint16_t *is_free = grid->patient_free + (size_t)patient * n_slots;
  if (who->takes_part)
    for (int i = 0; i < who->available.n; i++) {
      int first = who->available.list[i].start_min / clinic->slot_minutes;
      int last = who->available.list[i].end_min / clinic->slot_minutes;
      for (int slot = last - 1; slot >= first; slot--) is_free[slot] = (uint16_t)(last - slot);
    }
  if (who->preferred.n == 0) return;
  uint16_t *outside = grid->not_preferred + (size_t)patient * (n_slots + 1);
  for (int slot = 0; slot < grid->n_slots; slot++) {
    int start = slot * clinic->slot_minutes;
    bool preferred = windows_cover(&who->preferred, start, start + clinic->slot_minutes);
    outside[slot + 1] = (uint16_t)(outside[slot] + !preferred);
  }
}

static bool start_allowed(const struct clinic *clinic, const struct service *service, int start) {
  if (!clinic->operates[day_of(start)]) return false;
  if (!windows_cover(&clinic->opening, start, start + service->minutes)) return false;
  for (int i = 0; i < service->n_starts; i++) {
    const struct start_rule *rule = &service->starts[i];
    if (rule->minute_of_day == start % DAY_MIN && (rule->day == NONE || rule->day == day_of(start)))
      return true;
  }
  return service->n_starts == 0;
}

/* Number of therapists for the role, and of rooms, over the whole of the offer. */
static bool staff_and_room_exist(const struct grid *grid, const struct offer *offer) {
  const struct service *service = &grid->clinic->services[offer->service];
  for (int role = 0; role < service->leaders; role++) {
    bool any = false;
    for (int w = 0; w < grid->therapist_words && !any; w++) {
      word can = grid->role_words[(offer->service * grid->clinic->max_leaders + role) *
                                      grid->therapist_words +
                                  w];
      for (int slot = offer->start; slot < offer->busy_until; slot++)
        can &= grid->therapist_there[slot * grid->therapist_words + w];
      any = can != 0;
    }
    if (!any) return false;
  }
  if (service->telehealth) return true;
  for (int w = 0; w < grid->room_words; w++) {
    word can = grid->service_rooms[offer->service * grid->room_words + w];
    for (int slot = offer->start; slot < offer->end; slot++)
      can &= grid->room_there[slot * grid->room_words + w];
    if (can) return true;
  }
  return false;
}

static void list_offers(struct grid *grid) {
  const struct clinic *clinic = grid->clinic;
  size_t capacity = 0;
  struct offer *offers = NULL;
  for (int s = 0; s < clinic->n_services; s++) {
    const struct service *service = &clinic->services[s];
    grid->service_offers[s] = grid->n_offers;
    int slots = service->minutes / clinic->slot_minutes;
    int notes = service->notes_minutes / clinic->slot_minutes;
    for (int day = 0; day < N_DAYS; day++) {
      grid->day_offers[s * (N_DAYS + 1) + day] = grid->n_offers;
      for (int i = 0; i + slots <= grid->day_slots; i++) {
        int start = day * grid->day_slots + i;
        struct offer offer = {s, start, start + slots, start + slots + notes, day};
        if (offer.busy_until > grid->n_slots) continue;
        if (!start_allowed(clinic, service, start * clinic->slot_minutes)) continue;
        if (!staff_and_room_exist(grid, &offer)) continue;
        offers = mem_room_for_one(offers, (size_t)grid->n_offers, &capacity, sizeof *offers);
        offers[grid->n_offers++] = offer;
      }
    }
    grid->day_offers[s * (N_DAYS + 1) + N_DAYS] = grid->n_offers;
  }
  grid->service_offers[clinic->n_services] = grid->n_offers;
  grid->offers = arena_copy(&grid->arena, offers, (size_t)grid->n_offers, sizeof *offers);
  free(offers);
}

static void set_staff_words(struct grid *grid) {
  const struct clinic *clinic = grid->clinic;
  for (int s = 0; s < clinic->n_services; s++)
    for (int role = 0; role < clinic->services[s].leaders; role++)
      for (int k = 0; k < clinic->n_therapists; k++)
        if (clinic_qualified(clinic, s, role, k))
          grid->role_words[(s * clinic->max_leaders + role) * grid->therapist_words +
                           k / WORD_BITS] |= (word)1 << (k % WORD_BITS);
  for (int s = 0; s < clinic->n_services; s++)
    for (int room = 0; room < clinic->n_rooms; room++)
      if (clinic_room_fits(clinic, s, room) &&
          clinic->rooms[room].capacity >= clinic->services[s].min_size)
        grid->service_rooms[s * grid->room_words + room / WORD_BITS] |= (word)1
                                                                        << (room % WORD_BITS);
  for (int k = 0; k < clinic->n_therapists; k++)
    mark_there(grid, &clinic->therapists[k].available, grid->therapist_there, grid->therapist_words,
               k);
  for (int room = 0; room < clinic->n_rooms; room++)
    mark_there(grid, &clinic->rooms[room].available, grid->room_there, grid->room_words, room);
}

/* Insertion sort of 0 ... n-1 by ascending key. */
static void order_by(const double *key, int *order, int n) {
  for (int item = 0; item < n; item++) {
    int i = item;
    for (; i > 0 && key[order[i - 1]] > key[item]; i--) order[i] = order[i - 1];
    order[i] = item;
  }
}

/* A service depends on a room the more, the fewer others fit it. */
static double room_demand(const struct grid *grid, int room) {
  const struct clinic *clinic = grid->clinic;
  double demand = 0;
  for (int s = 0; s < clinic->n_services; s++) {
    const word *fits = grid->service_rooms + (ptrdiff_t)s * grid->room_words;
    if (!in_words(fits, room)) continue;
    int n = 0;
    for (int w = 0; w < grid->room_words; w++) n += __builtin_popcountll(fits[w]);
    demand += 1.0 / n;
  }
  return demand;
}

static void order_rooms(struct grid *grid) {
  const struct clinic *clinic = grid->clinic;
  double *key = mem_new((size_t)clinic->n_rooms, sizeof *key);
  for (int room = 0; room < clinic->n_rooms; room++) key[room] = clinic->rooms[room].capacity;
  order_by(key, grid->rooms_by_size, clinic->n_rooms);
  for (int room = 0; room < clinic->n_rooms; room++) key[room] = room_demand(grid, room);
  order_by(key, grid->rooms_by_demand, clinic->n_rooms);
  free(key);
}

/* Leader hours that the patients' requirements ask of a service, at least. */
static double hours_needed(const struct grid *grid, int s) {
  const struct clinic *clinic = grid->clinic;
  const struct service *service = &clinic->services[s];
  int64_t sessions = 0;
  for (int p = 0; p < clinic->n_patients; p++)
    for (int i = 0; i < clinic->patients[p].n_needs && clinic->patients[p].takes_part; i++)
      if (clinic_need_holds(clinic, &clinic->patients[p].needs[i], s))
        sessions += clinic->patients[p].needs[i].min_sessions;
  return (double)sessions * service->minutes * service->leaders / 60 /
         (service->format == FORMAT_GROUP ? service->max_size : 1);
}

static double hours_to_be_had(const struct clinic *clinic, int service) {
  double hours = 0;
  for (int k = 0; k < clinic->n_therapists; k++)
    if (clinic_may_lead(clinic, service, k)) hours += clinic->therapists[k].max_minutes_week / 60.0;
  return hours;
}

static void set_wanted(struct grid *grid) {
  const struct clinic *clinic = grid->clinic;
  size_t n_services = (size_t)clinic->n_services;
  double *share = mem_new(n_services, sizeof *share);
  for (int s = 0; s < clinic->n_services; s++) {
    double hours = hours_to_be_had(clinic, s);
    share[s] = hours > 0 ? hours_needed(grid, s) / hours : 0;
    if (share[s] > 1) share[s] = 1;
  }
  grid->wanted =
      arena_alloc(&grid->arena, (size_t)clinic->n_therapists * n_services, sizeof(int32_t));
  for (int k = 0; k < clinic->n_therapists; k++)
    for (int s = 0; s < clinic->n_services; s++)
      for (int other = 0; other < clinic->n_services; other++) {
        int32_t *wanted = &grid->wanted[k * clinic->n_services + s];
        if (other != s && clinic_may_lead(clinic, other, k) && 100 * share[other] > *wanted)
          *wanted = (int32_t)(100 * share[other]);
      }
  free(share);
}

/* Lists, for each owner in [n_owners), the others for which related() holds. */
static struct ints *lists_of(struct grid *grid, int n_owners, int n_others,
                             bool (*related)(const struct clinic *, int, int)) {
  struct ints *lists = arena_alloc(&grid->arena, (size_t)n_owners, sizeof *lists);
  int *found = mem_new((size_t)n_others, sizeof *found);
  for (int owner = 0; owner < n_owners; owner++) {
    int n = 0;
    for (int other = 0; other < n_others; other++)
      if (related(grid->clinic, owner, other)) found[n++] = other;
    lists[owner] = (struct ints){arena_copy(&grid->arena, found, (size_t)n, sizeof *found), n};
  }
  free(found);
  return lists;
}

static bool patient_may(const struct clinic *clinic, int patient, int service) {
  return clinic->patients[patient].takes_part && clinic_weekly_max(clinic, patient, service) > 0;
}
static bool service_may(const struct clinic *clinic, int service, int patient) {
  return patient_may(clinic, patient, service);
}
static bool fixed_names(const struct clinic *clinic, int patient, int fixed) {
  return ints_contain(&clinic->fixed[fixed].patients, patient);
}

void grid_init(struct grid *grid, const struct clinic *clinic, const struct previous *previous) {
  *grid = (struct grid){.clinic = clinic, .previous = previous};
  struct arena *arena = &grid->arena;
  grid->day_slots = DAY_MIN / clinic->slot_minutes;
  grid->n_slots = N_DAYS * grid->day_slots;
  size_t slots = (size_t)grid->n_slots, patients = (size_t)clinic->n_patients;
  size_t services = (size_t)clinic->n_services;
  grid->therapist_words = (clinic->n_therapists + WORD_BITS - 1) / WORD_BITS;
  grid->room_words = (clinic->n_rooms + WORD_BITS - 1) / WORD_BITS;
  size_t tw = (size_t)grid->therapist_words, rw = (size_t)grid->room_words;

  grid->service_offers = arena_alloc(arena, services + 1, sizeof(int));
  grid->day_offers = arena_alloc(arena, services * (N_DAYS + 1), sizeof(int));
  grid->patient_free = arena_alloc(arena, patients * slots, sizeof(uint16_t));
  grid->not_preferred = arena_alloc(arena, patients * (slots + 1), sizeof(uint16_t));
  grid->therapist_there = arena_alloc(arena, slots * tw, sizeof(word));
  grid->room_there = arena_alloc(arena, slots * rw, sizeof(word));
  grid->role_words = arena_alloc(arena, services * (size_t)clinic->max_leaders * tw, sizeof(word));
  grid->service_rooms = arena_alloc(arena, services * rw, sizeof(word));
  grid->rooms_by_size = arena_alloc(arena, (size_t)clinic->n_rooms, sizeof(int));
  grid->rooms_by_demand = arena_alloc(arena, (size_t)clinic->n_rooms, sizeof(int));

  set_costs(grid);
  set_staff_words(grid);
  order_rooms(grid);
  set_wanted(grid);
  for (int patient = 0; patient < clinic->n_patients; patient++) set_patient_times(grid, patient);
  list_offers(grid);
  grid->patient_services = lists_of(grid, clinic->n_patients, clinic->n_services, patient_may);
  grid->service_patients = lists_of(grid, clinic->n_services, clinic->n_patients, service_may);
  grid->patient_fixed = lists_of(grid, clinic->n_patients, clinic->n_fixed, fixed_names);
}

static void note_places(struct grid *grid) {
  const struct schedule *schedule = grid->previous->schedule;
  size_t words = (size_t)grid->therapist_words;
  grid->led_before = arena_alloc(&grid->arena, (size_t)grid->n_offers * words, sizeof(word));
  grid->room_before =
      arena_alloc(&grid->arena, (size_t)grid->n_offers * (size_t)grid->room_words, sizeof(word));
  for (int s = 0; schedule && s < schedule->n_sessions; s++) {
    const struct session *session = &schedule->sessions[s];
    int offer =
        grid_offer_at(grid, session->service, session->start_min / grid->clinic->slot_minutes);
    if (offer != NONE && session->room != NONE)
      grid->room_before[offer * grid->room_words + session->room / WORD_BITS] |=
          (word)1 << (session->room % WORD_BITS);
    for (int i = 0; offer != NONE && i < session->leaders.n; i++) {
      int k = session->leaders.list[i];
      grid->led_before[offer * grid->therapist_words + k / WORD_BITS] |= (word)1 << (k % WORD_BITS);
    }
  }
}

void grid_hold(struct grid *grid, int64_t weight_milli) {
  const struct previous *previous = grid->previous;
  grid->lost = grid->disturbed = weight_milli * AMOUNT_ONE;
  grid->led_anew = grid->lost / 4; /* patients first */
  grid->n_before = arena_alloc(&grid->arena, (size_t)grid->clinic->n_patients, sizeof(int));
  for (int i = 0; i < previous->n; i++) grid->n_before[previous->attendances[i].patient]++;
  note_places(grid);
}

void grid_release(struct grid *grid) {
  arena_free(&grid->arena);
}

int grid_offer_at(const struct grid *grid, int service, int start) {
  int day = start / grid->day_slots;
  const int *of_day = grid->day_offers + (ptrdiff_t)service * (N_DAYS + 1) + day;
  for (int offer = of_day[0]; offer < of_day[1]; offer++)
    if (grid->offers[offer].start == start) return offer;
  return NONE;
}

/* words: [n_slots * n_words]; one bit each for those who are there. */
static bool there_over(const word *words, int n_words, int who, int from, int to) {
  word bit = (word)1 << (who % WORD_BITS);
  for (int slot = from; slot < to; slot++)
    if (!(words[slot * n_words + who / WORD_BITS] & bit)) return false;
  return true;
}

bool grid_therapist_there(const struct grid *grid, int therapist, const struct offer *offer) {
  return there_over(grid->therapist_there, grid->therapist_words, therapist, offer->start,
                    offer->busy_until);
}

bool grid_room_there(const struct grid *grid, int room, const struct offer *offer) {
  return there_over(grid->room_there, grid->room_words, room, offer->start, offer->end);
}

bool grid_fixed_names(const struct grid *grid, int patient, int service) {
  const struct ints *fixed = &grid->patient_fixed[patient];
  for (int i = 0; i < fixed->n; i++)
    if (grid->clinic->fixed[fixed->list[i]].service == service) return true;
  return false;
}

static bool was_attended(const struct grid *grid, int patient, const struct offer *offer) {
  return previous_has(grid->previous, patient, offer->service,
                      offer->start * grid->clinic->slot_minutes);
}

int64_t grid_attendance_cost(const struct grid *grid, int patient, int offer) {
  const struct offer *at = &grid->offers[offer];
  const uint16_t *outside = grid->not_preferred + (size_t)patient * ((size_t)grid->n_slots + 1);
  int64_t cost = (outside[at->end] - outside[at->start]) * grid->not_preferred_slot;
  if (!grid->previous || !grid->previous->was_in[patient]) return cost;
  return cost + (was_attended(grid, patient, at) ? -grid->lost : grid->change);
}

/* All are lost, but grid_attendance_cost() gives back what is kept. */
int64_t grid_held_cost(const struct grid *grid, int patient, const int *offers, int n) {
  if (!grid->n_before || !grid->previous->was_in[patient]) return 0;
  int n_kept = 0, n_before = grid->n_before[patient];
  for (int i = 0; i < n; i++) n_kept += was_attended(grid, patient, &grid->offers[offers[i]]);
  bool changed = n_kept < n || n_kept < n_before;
  return n_before * grid->lost + (changed ? grid->disturbed : 0);
}

int64_t grid_stranded_cost(const struct grid *grid, const struct patient *who, int counted_min,
                           int n_counted) {
  if (who->payer == NONE || n_counted == 0) return 0;
  const struct payer *payer = &grid->clinic->payers[who->payer];
  bool payable = counted_min >= payer->day_min_minutes && n_counted >= payer->day_min_services;
  return payable ? 0 : grid->stranded_day;
}
