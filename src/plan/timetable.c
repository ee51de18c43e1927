#include "iopsched/random.h"
#include "timetable_inside.h"

enum { EXCHANGES_PER_TALK = 25000, EXCHANGES_BETWEEN_LOOKS = 4096 };
/* How much worse a timetable may become, in hours of attendance / HEAT_ONE: cools evenly. Below the
 * last, hardly anything gets worse. Measured on the conference of the benchmark. */
enum { HEAT_ONE = 1024, FIRST_HEAT = 400, LAST_HEAT = 60 };
/* An hour at which a leader has two sessions is lost to all who are there. */
enum { LEADER_WEIGHT = 4 };

/* ---- what is lost ---- */

static bool is_leader(const struct timetable *timetable, int person) {
  return person >= timetable->grid->clinic->n_patients;
}

static int hour_slots(const struct timetable *timetable) {
  return 60 / timetable->grid->clinic->slot_minutes;
}

int64_t timetable_days_off(const struct timetable *timetable, int patient) {
  const struct patient *who = &timetable->grid->clinic->patients[patient];
  int n = timetable->n_days[patient], off = 0;
  if (n < who->min_days) off = who->min_days - n;
  if (n > who->max_days) off = n - who->max_days;
  return (int64_t)off * hour_slots(timetable);
}

static int most_slots_a_day(const struct timetable *timetable, int person) {
  const struct clinic *clinic = timetable->grid->clinic;
  int minutes = is_leader(timetable, person)
                    ? clinic->therapists[person - clinic->n_patients].max_minutes_day
                    : clinic->day_max_minutes;
  return minutes / clinic->slot_minutes;
}

/* The slots lost that one day of attendance more (by: 1) brings, or that one less saves. */
static int64_t count_day(struct timetable *timetable, int person, int by) {
  if (is_leader(timetable, person)) return 0;
  int64_t before = timetable_days_off(timetable, person);
  timetable->n_days[person] += by;
  return by * (timetable_days_off(timetable, person) - before);
}

int64_t timetable_attend(struct timetable *timetable, int person, const struct offer *offer,
                         int by) {
  bool leads = is_leader(timetable, person);
  uint16_t *busy = timetable->busy + (size_t)person * (size_t)timetable->grid->n_slots;
  int end = leads ? offer->busy_until : offer->end, n = offer_slots(offer);
  int64_t lost = 0;
  for (int slot = offer->start; slot < end; slot++)
    lost += by > 0 ? busy[slot]++ > 0 : --busy[slot] > 0;
  int32_t *day = &timetable->day_slots[person * N_DAYS + offer->day];
  int fuller = by > 0 ? *day + n : *day, over = fuller - most_slots_a_day(timetable, person);
  *day += by * n;
  if (over > 0) lost += smaller(over, n);
  if (fuller == n) lost += count_day(timetable, person, by);
  return leads ? LEADER_WEIGHT * lost : lost;
}

/* ---- talks that are held ---- */

void timetable_fill_room(struct timetable *timetable, struct spot spot, int with) {
  if (spot.room == NONE) return;
  int32_t *in_room = timetable->in_room + (size_t)spot.room * (size_t)timetable->grid->n_slots;
  const struct offer *offer = &timetable->grid->offers[spot.offer];
  for (int slot = offer->start; slot < offer->end; slot++) in_room[slot] = with;
}

static int n_listeners(const struct timetable *timetable, const struct talk *talk) {
  return talk->n_people - timetable->grid->clinic->services[talk->service].leaders;
}

static int64_t lost_if_not_held(const struct timetable *timetable, const struct talk *talk) {
  const struct clinic *clinic = timetable->grid->clinic;
  int slots = clinic->services[talk->service].minutes / clinic->slot_minutes;
  return (int64_t)slots * n_listeners(timetable, talk);
}

static int64_t all_attend(struct timetable *timetable, const struct talk *talk, int by) {
  if (talk->spot.offer == NONE) return lost_if_not_held(timetable, talk);
  const struct offer *offer = &timetable->grid->offers[talk->spot.offer];
  int64_t lost = 0;
  for (int i = 0; i < talk->n_people; i++)
    lost += timetable_attend(timetable, talk->people[i], offer, by);
  return lost;
}

int64_t timetable_hold(struct timetable *timetable, int talk, struct spot spot) {
  timetable->talks[talk].spot = spot;
  timetable_fill_room(timetable, spot, talk);
  return all_attend(timetable, &timetable->talks[talk], 1);
}

/* Returns how many slots were lost by the talk's being there. */
static int64_t give_up(struct timetable *timetable, int which) {
  struct talk *talk = &timetable->talks[which];
  int64_t lost = all_attend(timetable, talk, -1);
  timetable_fill_room(timetable, talk->spot, NONE);
  talk->spot = (struct spot){NONE, NONE};
  return lost;
}

/* ---- exchanges ---- */

static bool suits(const struct timetable *timetable, const struct talk *talk, struct spot spot) {
  const struct clinic *clinic = timetable->grid->clinic;
  if (spot.offer == NONE || spot.room == NONE) return true;
  return clinic_room_fits(clinic, talk->service, spot.room) &&
         clinic->rooms[spot.room].capacity >= n_listeners(timetable, talk) &&
         grid_room_there(timetable->grid, spot.room, &timetable->grid->offers[spot.offer]);
}

/* What stands in the way of a talk there: NONE, one talk, or BLOCKED. */
static int in_the_way(const struct timetable *timetable, int talk, struct spot spot) {
  if (spot.room == NONE) return NONE;
  const int32_t *in_room =
      timetable->in_room + (size_t)spot.room * (size_t)timetable->grid->n_slots;
  const struct offer *offer = &timetable->grid->offers[spot.offer];
  int found = NONE;
  for (int slot = offer->start; slot < offer->end; slot++) {
    if (in_room[slot] == NONE || in_room[slot] == talk) continue;
    if (found != NONE && in_room[slot] != found) return BLOCKED;
    found = in_room[slot];
  }
  return found;
}

static struct spot draw_spot(const struct timetable *timetable, const struct talk *talk,
                             uint64_t *random) {
  const struct grid *grid = timetable->grid;
  int first = grid->service_offers[talk->service];
  int n = grid->service_offers[talk->service + 1] - first;
  struct spot spot = {first + random_below(random, n), NONE};
  if (!grid->clinic->services[talk->service].telehealth)
    spot.room = random_below(random, grid->clinic->n_rooms);
  return spot;
}

/* The same place and time, for another talk; offer NONE: it may not be held then. */
static struct spot spot_of_other(const struct timetable *timetable, const struct talk *talk,
                                 struct spot spot) {
  if (spot.offer == NONE) return spot;
  int start = timetable->grid->offers[spot.offer].start;
  return (struct spot){grid_offer_at(timetable->grid, talk->service, start), spot.room};
}

/* In slots; drawn finer than that, since the heat is a fraction of one. */
static int64_t draw_lenience(const struct timetable *timetable, uint64_t *random, int64_t heat) {
  return random_lenience(random, hour_slots(timetable) * heat * 1024) / 1024 / HEAT_ONE;
}

/* A talk goes somewhere else, and one that is in its way to where it was. */
struct exchange {
  int talk, other; /* other: NONE if nothing is in the way */
  struct spot from, to, others_from, others_to;
};

/* False if it cannot be. */
static bool draw_exchange(const struct timetable *timetable, uint64_t *random,
                          struct exchange *drawn) {
  drawn->talk = random_below(random, timetable->n_talks);
  const struct talk *talk = &timetable->talks[drawn->talk];
  drawn->from = talk->spot;
  drawn->to = draw_spot(timetable, talk, random);
  if (drawn->to.offer == drawn->from.offer || !suits(timetable, talk, drawn->to)) return false;
  drawn->other = in_the_way(timetable, drawn->talk, drawn->to);
  if (drawn->other == BLOCKED) return false;
  if (drawn->other == NONE) return true;
  const struct talk *other = &timetable->talks[drawn->other];
  drawn->others_from = other->spot;
  drawn->others_to = spot_of_other(timetable, other, drawn->from);
  bool may_be_held = (drawn->others_to.offer == NONE) == (drawn->from.offer == NONE);
  return may_be_held && suits(timetable, other, drawn->others_to);
}

static int64_t give_up_both(struct timetable *timetable, const struct exchange *drawn) {
  int64_t lost = give_up(timetable, drawn->talk);
  if (drawn->other != NONE) lost += give_up(timetable, drawn->other);
  return lost;
}

static int64_t hold_as_before(struct timetable *timetable, const struct exchange *drawn) {
  int64_t lost = timetable_hold(timetable, drawn->talk, drawn->from);
  if (drawn->other != NONE) lost += timetable_hold(timetable, drawn->other, drawn->others_from);
  return lost;
}

/* False, and neither is held, if there is no room for both: talks may be of different lengths.
 * *lost: the slots lost with them. */
static bool hold_exchanged(struct timetable *timetable, const struct exchange *drawn,
                           int64_t *lost) {
  *lost = timetable_hold(timetable, drawn->talk, drawn->to);
  if (drawn->other == NONE) return true;
  if (in_the_way(timetable, NONE, drawn->others_to) != NONE) {
    give_up(timetable, drawn->talk);
    return false;
  }
  *lost += timetable_hold(timetable, drawn->other, drawn->others_to);
  return true;
}

static void try_exchange(struct timetable *timetable, uint64_t *random, int64_t heat) {
  struct exchange drawn;
  int64_t lost;
  if (!draw_exchange(timetable, random, &drawn)) return;
  int64_t lost_before = give_up_both(timetable, &drawn);
  if (hold_exchanged(timetable, &drawn, &lost)) {
    if (lost - lost_before <= draw_lenience(timetable, random, heat)) {
      timetable->cost += lost - lost_before;
      return;
    }
    give_up_both(timetable, &drawn);
  }
  hold_as_before(timetable, &drawn);
}

void timetable_remember(struct timetable *timetable) {
  timetable->best_cost = timetable->cost;
  for (int i = 0; i < timetable->n_talks; i++) timetable->talks[i].best = timetable->talks[i].spot;
}

void timetable_anneal(struct timetable *timetable, uint64_t *random, struct halt *halt) {
  int64_t n = (int64_t)EXCHANGES_PER_TALK * timetable->n_talks;
  for (int64_t i = 0; i < n && timetable->best_cost > 0; i++) {
    if (i % EXCHANGES_BETWEEN_LOOKS == 0 && halt_reached(halt)) break;
    try_exchange(timetable, random, LAST_HEAT + (FIRST_HEAT - LAST_HEAT) * (n - i) / n);
    if (timetable->cost < timetable->best_cost) timetable_remember(timetable);
  }
}
