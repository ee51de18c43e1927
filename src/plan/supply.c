#include "supply.h"

#include <stddef.h>
#include <stdlib.h>

#include "iopsched/memory.h"

/* Steps of these prices against those of places in groups, at first: their excess is in sessions
 * and in slots, which all go to the cheapest at once. Where staff is short they have far to go, and
 * their scales grow. Measured on clinics of 20 to 400 patients. */
#define SLOT_SCALE 0.01F
#define HOURS_SCALE 0.0005F

/* ---- set-up ---- */

struct sizes {
  size_t slot, week, day, room, service;
};

static struct sizes sizes_of(const struct grid *grid) {
  size_t therapists = (size_t)grid->clinic->n_therapists, slots = (size_t)grid->n_slots;
  return (struct sizes){therapists * slots, therapists, therapists * N_DAYS,
                        (size_t)grid->clinic->n_rooms * slots, (size_t)grid->clinic->n_services};
}

int supply_count(const struct grid *grid) {
  struct sizes n = sizes_of(grid);
  return (int)(n.slot + n.week + n.day + n.room + 2 * n.service);
}

static void set_scales(struct price *prices, size_t n, float scale) {
  for (size_t i = 0; i < n; i++) prices[i].scale = prices[i].least_scale = scale;
}

void supply_init(struct supply *supply, const struct grid *grid, struct price *prices) {
  struct sizes n = sizes_of(grid);
  *supply = (struct supply){.grid = grid, .slot = prices};
  supply->week = supply->slot + n.slot;
  supply->day = supply->week + n.week;
  supply->room = supply->day + n.day;
  supply->wanted = supply->room + n.room;
  supply->capped = supply->wanted + n.service;
  for (size_t s = 0; s < n.service; s++)
    if (grid->offer_short < supply->wanted[s].most) supply->wanted[s].most = grid->offer_short;
  set_scales(supply->slot, n.slot, SLOT_SCALE);
  set_scales(supply->room, n.room, SLOT_SCALE);
  set_scales(supply->week, n.week, HOURS_SCALE);
  set_scales(supply->day, n.day, HOURS_SCALE);
  set_scales(supply->wanted, n.service, SLOT_SCALE);
  set_scales(supply->capped, n.service, SLOT_SCALE);
  size_t line = (size_t)grid->n_slots + 1;
  supply->slot_sum = mem_new((size_t)grid->clinic->n_therapists * line, sizeof(int64_t));
  supply->room_sum = mem_new((size_t)grid->clinic->n_rooms * line, sizeof(int64_t));
}

void supply_release(struct supply *supply) {
  free(supply->slot_sum);
  free(supply->room_sum);
}

/* ---- an evaluation ---- */

/* Time costs something while there is any. */
static void price_slots(const struct grid *grid, struct price *prices, int who, const word *there,
                        int words, int64_t now) {
  prices += (size_t)who * (size_t)grid->n_slots;
  for (int slot = 0; slot < grid->n_slots; slot++)
    if (in_words(there + (size_t)slot * (size_t)words, who)) price_set(&prices[slot], now);
}

void supply_set_out(struct supply *supply, const struct first_prices *first) {
  const struct grid *grid = supply->grid;
  for (int k = 0; k < grid->clinic->n_therapists; k++) {
    price_slots(grid, supply->slot, k, grid->therapist_there, grid->therapist_words,
                first->time[k]);
    price_set(&supply->week[k], first->week[k]);
  }
  for (int r = 0; r < grid->clinic->n_rooms; r++)
    price_slots(grid, supply->room, r, grid->room_there, grid->room_words, first->room[r]);
  for (int s = 0; s < grid->clinic->n_services; s++) {
    price_set(&supply->wanted[s], first->wanted[s]);
    price_set(&supply->capped[s], first->capped[s]);
  }
}

/* One of each is there in the slots in which it is there at all. */
static int64_t begin_slots(const struct grid *grid, struct price *prices, int64_t *sums, int who,
                           const word *there, int words) {
  int64_t paid = 0;
  prices += (size_t)who * (size_t)grid->n_slots;
  sums += (size_t)who * ((size_t)grid->n_slots + 1);
  sums[0] = 0;
  for (int slot = 0; slot < grid->n_slots; slot++) {
    prices[slot].excess = in_words(there + (size_t)slot * (size_t)words, who) ? -1 : 0;
    paid += prices[slot].now;
    sums[slot + 1] = sums[slot] + prices[slot].now;
  }
  return paid;
}

static int64_t begin_one(struct price *price, int supply) {
  price->excess = -supply;
  return supply * price->now;
}

int64_t supply_begin(struct supply *supply, int step) {
  const struct grid *grid = supply->grid;
  const struct clinic *clinic = grid->clinic;
  int64_t paid = 0;
  supply->step = step;
  for (int k = 0; k < clinic->n_therapists; k++) {
    const struct therapist *who = &clinic->therapists[k];
    paid += begin_slots(grid, supply->slot, supply->slot_sum, k, grid->therapist_there,
                        grid->therapist_words);
    paid += begin_one(&supply->week[k], who->max_minutes_week / clinic->slot_minutes);
    for (int day = 0; day < N_DAYS; day++)
      paid +=
          begin_one(&supply->day[k * N_DAYS + day], who->max_minutes_day / clinic->slot_minutes);
  }
  for (int r = 0; r < clinic->n_rooms; r++)
    paid +=
        begin_slots(grid, supply->room, supply->room_sum, r, grid->room_there, grid->room_words);
  for (int s = 0; s < clinic->n_services; s++) {
    const struct service *service = &clinic->services[s];
    supply->wanted[s].excess = service->sessions_min;
    paid -= service->sessions_min * supply->wanted[s].now;
    supply->capped[s].excess = 0;
    if (service->sessions_max != UNLIMITED)
      paid += begin_one(&supply->capped[s], service->sessions_max);
  }
  return paid;
}

int64_t supply_of_session(const struct supply *supply, int service) {
  return supply->capped[service].now - supply->wanted[service].now;
}

static int64_t sum_between(const struct grid *grid, const int64_t *sums, int who, int from,
                           int to) {
  sums += (size_t)who * ((size_t)grid->n_slots + 1);
  return sums[to] - sums[from];
}

int64_t supply_of_leader(const struct supply *supply, int therapist, const struct offer *offer) {
  return sum_between(supply->grid, supply->slot_sum, therapist, offer->start, offer->busy_until) +
         offer_slots(offer) *
             (supply->week[therapist].now + supply->day[therapist * N_DAYS + offer->day].now);
}

/* ---- who could lead, and where ---- */

void hands_init(struct hands *hands, const struct grid *grid) {
  size_t therapists = (size_t)grid->clinic->n_therapists;
  size_t roles = (size_t)grid->clinic->max_leaders;
  hands->n_therapists = grid->clinic->n_therapists;
  hands->leaders = mem_new(therapists * roles, sizeof *hands->leaders);
  hands->n_leaders = mem_new(roles, sizeof *hands->n_leaders);
  hands->rooms = mem_new((size_t)grid->clinic->n_rooms, sizeof *hands->rooms);
}

void hands_release(struct hands *hands) {
  free(hands->leaders);
  free(hands->n_leaders);
  free(hands->rooms);
}

static int compare_hands(const void *a, const void *b) {
  const struct hand *x = a, *y = b;
  if (x->cost != y->cost) return x->cost < y->cost ? -1 : 1;
  return (x->turn > y->turn) - (x->turn < y->turn);
}

static void sort_hands(struct hand *list, int n) {
  if (n > 1) qsort(list, (size_t)n, sizeof *list, compare_hands);
}

static int turn_of(const struct supply *supply, int who, int turn, int n) {
  return (who + supply->step + turn) % n;
}

static int find_leaders(const struct supply *supply, const struct offer *offer, int role, int turn,
                        struct hand *list) {
  const struct grid *grid = supply->grid;
  int n = 0, n_therapists = grid->clinic->n_therapists;
  const word *able =
      grid->role_words +
      (size_t)(offer->service * grid->clinic->max_leaders + role) * (size_t)grid->therapist_words;
  for (int k = 0; k < n_therapists; k++)
    if (in_words(able, k) && grid_therapist_there(grid, k, offer))
      list[n++] = (struct hand){supply_of_leader(supply, k, offer), k,
                                turn_of(supply, k, turn, n_therapists)};
  sort_hands(list, n);
  return n;
}

static int find_rooms(const struct supply *supply, const struct offer *offer, int turn,
                      struct hand *list) {
  const struct grid *grid = supply->grid;
  const word *fit = grid->service_rooms + (size_t)offer->service * (size_t)grid->room_words;
  int n = 0, n_rooms = grid->clinic->n_rooms;
  for (int r = 0; r < n_rooms; r++)
    if (in_words(fit, r) && grid_room_there(grid, r, offer))
      list[n++] = (struct hand){sum_between(grid, supply->room_sum, r, offer->start, offer->end), r,
                                turn_of(supply, r, turn, n_rooms)};
  sort_hands(list, n);
  return n;
}

void hands_find(struct hands *hands, const struct supply *supply, const struct offer *offer,
                int turn) {
  const struct service *service = &supply->grid->clinic->services[offer->service];
  int n_lists = service->roles_named ? service->leaders : 1;
  for (int role = 0; role < n_lists; role++) {
    hands->n_leaders[role] = find_leaders(supply, offer, role, turn,
                                          hands->leaders + (ptrdiff_t)role * hands->n_therapists);
  }
  hands->n_rooms = service->telehealth ? 0 : find_rooms(supply, offer, turn, hands->rooms);
}

/* Leader i of session `nth`, or NULL where there are not enough. */
static const struct hand *leader_of(const struct hands *hands, const struct service *service,
                                    int nth, int i) {
  int role = service->roles_named ? i : 0;
  int place = service->roles_named ? nth : nth * service->leaders + i;
  if (place >= hands->n_leaders[role]) return NULL;
  return &hands->leaders[role * hands->n_therapists + place];
}

int64_t hands_leaders(const struct hands *hands, const struct service *service, int nth) {
  int64_t cost = 0;
  for (int i = 0; i < service->leaders; i++) {
    const struct hand *leader = leader_of(hands, service, nth, i);
    if (leader) cost += leader->cost;
  }
  return cost;
}

/* ---- what is taken up ---- */

void supply_take_session(struct supply *supply, const struct offer *offer) {
  supply->wanted[offer->service].excess--;
  if (supply->grid->clinic->services[offer->service].sessions_max != UNLIMITED)
    supply->capped[offer->service].excess++;
}

void supply_take_leader(struct supply *supply, const struct offer *offer, int therapist) {
  struct price *slots = supply->slot + (size_t)therapist * (size_t)supply->grid->n_slots;
  for (int slot = offer->start; slot < offer->busy_until; slot++) slots[slot].excess++;
  supply->week[therapist].excess += offer_slots(offer);
  supply->day[therapist * N_DAYS + offer->day].excess += offer_slots(offer);
}

void supply_take_leaders(struct supply *supply, const struct offer *offer,
                         const struct hands *hands, int nth) {
  const struct service *service = &supply->grid->clinic->services[offer->service];
  for (int i = 0; i < service->leaders; i++) {
    const struct hand *leader = leader_of(hands, service, nth, i);
    if (leader) supply_take_leader(supply, offer, leader->who);
  }
}

void supply_take_room(struct supply *supply, const struct offer *offer, int room) {
  struct price *slots = supply->room + (size_t)room * (size_t)supply->grid->n_slots;
  for (int slot = offer->start; slot < offer->end; slot++) slots[slot].excess++;
}

/* ---- the proof ---- */

static void add(struct duals *duals, struct dual dual, const struct price *price) {
  dual.price = price->best;
  if (dual.price > 0) duals_add(duals, dual);
}

static void add_therapist(const struct supply *supply, int k, struct duals *duals) {
  const struct grid *grid = supply->grid;
  struct dual dual = {DUAL_TIME, NONE, NONE, k, NONE, NONE, 0};
  for (int slot = 0; slot < grid->n_slots; slot++) {
    dual.start_min = slot * grid->clinic->slot_minutes;
    add(duals, dual, &supply->slot[(size_t)k * (size_t)grid->n_slots + (size_t)slot]);
  }
  dual.kind = DUAL_DAY;
  for (int day = 0; day < N_DAYS; day++) {
    dual.start_min = day * DAY_MIN;
    add(duals, dual, &supply->day[k * N_DAYS + day]);
  }
  add(duals, (struct dual){DUAL_WEEK, NONE, NONE, k, NONE, NONE, 0}, &supply->week[k]);
}

void supply_duals(const struct supply *supply, struct duals *duals) {
  const struct grid *grid = supply->grid;
  for (int k = 0; k < grid->clinic->n_therapists; k++) add_therapist(supply, k, duals);
  for (int r = 0; r < grid->clinic->n_rooms; r++)
    for (int slot = 0; slot < grid->n_slots; slot++)
      add(duals,
          (struct dual){DUAL_ROOM, NONE, NONE, NONE, r, slot * grid->clinic->slot_minutes, 0},
          &supply->room[(size_t)r * (size_t)grid->n_slots + (size_t)slot]);
  for (int s = 0; s < grid->clinic->n_services; s++) {
    add(duals, (struct dual){DUAL_WANTED, NONE, s, NONE, NONE, NONE, 0}, &supply->wanted[s]);
    add(duals, (struct dual){DUAL_CAPPED, NONE, s, NONE, NONE, NONE, 0}, &supply->capped[s]);
  }
}
