#include "group_offer.h"

static int count_bits(word bits) {
  return __builtin_popcountll(bits);
}

/* How many therapists could lead the offer in the role over its whole time. */
static int leaders_there(const struct grid *grid, const struct offer *offer, int role) {
  int n = 0;
  for (int w = 0; w < grid->therapist_words; w++) {
    word can = grid->role_words[(offer->service * grid->clinic->max_leaders + role) *
                                    grid->therapist_words +
                                w];
    for (int slot = offer->start; slot < offer->busy_until; slot++)
      can &= grid->therapist_there[slot * grid->therapist_words + w];
    n += count_bits(can);
  }
  return n;
}

static int sessions_by_staff(const struct grid *grid, const struct offer *offer) {
  const struct service *service = &grid->clinic->services[offer->service];
  if (!service->roles_named) return leaders_there(grid, offer, 0) / service->leaders;
  int least = leaders_there(grid, offer, 0);
  for (int role = 1; role < service->leaders; role++) {
    int n = leaders_there(grid, offer, role);
    if (n < least) least = n;
  }
  return least;
}

/* Fills seats[] with what 1, 2, ... sessions in the largest rooms would seat; returns how many. */
static int list_seats(const struct grid *grid, const struct offer *offer, int most,
                      int32_t *seats) {
  const struct clinic *clinic = grid->clinic;
  const struct service *service = &clinic->services[offer->service];
  int n = 0;
  seats[0] = 0;
  for (int i = clinic->n_rooms - 1; i >= 0 && n < most && !service->telehealth; i--) {
    int room = grid->rooms_by_size[i];
    word bit = (word)1 << (room % WORD_BITS);
    bool fits = grid->service_rooms[offer->service * grid->room_words + room / WORD_BITS] & bit;
    if (!fits || !grid_room_there(grid, room, offer)) continue;
    int capacity = clinic->rooms[room].capacity;
    seats[n + 1] = seats[n] + (capacity < service->max_size ? capacity : service->max_size);
    n++;
  }
  for (; service->telehealth && n < most; n++) seats[n + 1] = seats[n] + service->max_size;
  return n;
}

static int fixed_at(const struct grid *grid, const struct offer *offer) {
  int n = 0;
  for (int f = 0; f < grid->clinic->n_fixed; f++)
    n += grid->clinic->fixed[f].service == offer->service &&
         grid->clinic->fixed[f].start_min == offer->start * grid->clinic->slot_minutes;
  return n;
}

void group_offer_init(struct group_offer *group, const struct grid *grid, int offer_index,
                      int first, int n, struct arena *arena) {
  const struct offer *offer = &grid->offers[offer_index];
  const struct service *service = &grid->clinic->services[offer->service];
  *group = (struct group_offer){.offer = offer_index, .first = first, .n = n};
  group->cost = grid_session_cost(grid, offer->service);
  group->at_least = fixed_at(grid, offer);
  int most = sessions_by_staff(grid, offer);
  if (most > n / service->min_size) most = n / service->min_size;
  if (most < group->at_least) most = group->at_least;
  group->seats = arena_alloc(arena, (size_t)most + 1, sizeof *group->seats);
  group->max_open = list_seats(grid, offer, most, group->seats);
}
