#include "bound.h"

#include <stdlib.h>

#include "bound_inside.h"
#include "iopsched/divisor.h"

void bound_heed(struct bound *bound, struct halt *halt) {
  bound->halt = halt;
}

/* ---- the patients' side ---- */

/* What a session alone with a therapist takes up, for everybody alike. */
static void price_alone(struct bound *bound, int offer_index) {
  const struct grid *grid = bound->grid;
  const struct offer *offer = &grid->offers[offer_index];
  const struct service *service = &grid->clinic->services[offer->service];
  struct hands *hands = &bound->hands;
  hands_find(hands, &bound->supply, offer, offer_index);
  struct alone *alone = &bound->alone[offer_index];
  alone->leaders = hands_leaders(hands, service, 0);
  alone->cost = grid_session_cost(grid, offer->service) +
                supply_of_session(&bound->supply, offer->service) +
                (hands->n_rooms > 0 ? hands->rooms[0].cost : 0);
}

static bool primary_there(const struct grid *grid, int patient, const struct offer *offer) {
  const struct clinic *clinic = grid->clinic;
  return windows_cover(&clinic->therapists[clinic->patients[patient].primary].available,
                       offer->start * clinic->slot_minutes,
                       offer->busy_until * clinic->slot_minutes);
}

/* What the leaders cost this patient, and whether the primary therapist is the only one of them. */
static int64_t leaders_price(const struct bound *bound, int patient, int offer_index,
                             bool *by_primary) {
  const struct grid *grid = bound->grid;
  const struct offer *offer = &grid->offers[offer_index];
  int64_t by_any = bound->alone[offer_index].leaders;
  *by_primary = false;
  if (!clinic_primary_counts(grid->clinic, patient, offer->service)) return by_any;
  bool there = primary_there(grid, patient, offer);
  if (!there) return by_any + grid->not_primary;
  if (grid->clinic->services[offer->service].leaders > 1) return by_any;
  int64_t by_them =
      supply_of_leader(&bound->supply, grid->clinic->patients[patient].primary, offer);
  *by_primary = by_them <= by_any + grid->not_primary;
  return *by_primary ? by_them : by_any + grid->not_primary;
}

static int64_t individual_price(const struct bound *bound, int patient, int offer) {
  bool by_primary;
  return bound->alone[offer].cost + leaders_price(bound, patient, offer, &by_primary);
}

/* Notes what the patient's session alone with a therapist takes up. */
static void take_alone(struct bound *bound, int patient, int offer_index) {
  const struct offer *offer = &bound->grid->offers[offer_index];
  bool by_primary;
  leaders_price(bound, patient, offer_index, &by_primary);
  hands_find(&bound->hands, &bound->supply, offer, offer_index + patient);
  supply_take_session(&bound->supply, offer);
  if (by_primary)
    supply_take_leader(&bound->supply, offer, bound->grid->clinic->patients[patient].primary);
  else
    supply_take_leaders(&bound->supply, offer, &bound->hands, 0);
  if (bound->hands.n_rooms > 0) supply_take_room(&bound->supply, offer, bound->hands.rooms[0].who);
}

static void set_prices(struct bound *bound, int patient) {
  const struct grid *grid = bound->grid;
  const struct ints *services = &grid->patient_services[patient];
  for (int i = 0; i < services->n; i++) {
    bool group = grid->clinic->services[services->list[i]].format == FORMAT_GROUP;
    for (int o = grid->service_offers[services->list[i]];
         o < grid->service_offers[services->list[i] + 1]; o++) {
      bound->share_at[o] = NONE;
      bound->price[o] = PRICE_NEVER;
      if (group || !grid_patient_there(grid, patient, &grid->offers[o])) continue;
      bound->price[o] =
          individual_price(bound, patient, o) + grid_attendance_cost(grid, patient, o);
    }
  }
  for (int i = 0; i < bound->n_patient_shares[patient]; i++) {
    int share = bound->patient_shares[patient][i];
    bound->shares[share].attends = 0;
  }
}

const struct group_offer *bound_group_of_share(const struct bound *bound, int share) {
  int low = 0, high = bound->n_offers - 1;
  while (low < high) {
    int middle = low + (high - low + 1) / 2;
    if (bound->offers[middle].first <= share)
      low = middle;
    else
      high = middle - 1;
  }
  return &bound->offers[low];
}

/* Every valid week holds the fixed sessions that name the patient: they are paid for, so that it is
 * only those weeks that count. Returns how much in all. */
static int64_t force_fixed(struct bound *bound, int patient) {
  const struct grid *grid = bound->grid;
  const struct ints *fixed = &grid->patient_fixed[patient];
  int64_t paid = 0;
  for (int i = 0; i < fixed->n; i++) {
    const struct fixed_session *row = &grid->clinic->fixed[fixed->list[i]];
    int offer = grid_offer_at(grid, row->service, row->start_min / grid->clinic->slot_minutes);
    if (offer == NONE || bound->price[offer] == PRICE_NEVER) continue;
    bound->price[offer] += PRICE_FORCED;
    paid -= PRICE_FORCED;
  }
  return paid;
}

static int64_t patient_side(struct bound *bound, int patient) {
  const struct grid *grid = bound->grid;
  set_prices(bound, patient);
  for (int i = 0; i < bound->n_patient_shares[patient]; i++) {
    int share = bound->patient_shares[patient][i];
    const struct group_offer *group = bound_group_of_share(bound, share);
    if (group->max_open == 0) continue; /* nobody could hold it */
    int offer = group->offer;
    bound->share_at[offer] = share;
    bound->price[offer] =
        bound->volume.prices[share].now + grid_attendance_cost(grid, patient, offer);
  }
  int64_t paid = force_fixed(bound, patient);
  struct week week;
  week_solve(bound->solver, patient, bound->price, WEEK_BOUND, &week);
  for (int i = 0; i < week.n; i++) {
    if (bound->share_at[week.offers[i]] != NONE)
      bound->shares[bound->share_at[week.offers[i]]].attends = 1;
    else
      take_alone(bound, patient, week.offers[i]);
  }
  return week.lower + paid;
}

/* ---- the sessions' side ---- */

static int compare_offers_to_pay(const void *a, const void *b) {
  const struct ranked *x = a, *y = b;
  if (x->price != y->price) return x->price > y->price ? -1 : 1;
  return (x->share > y->share) - (x->share < y->share);
}

/* How many sessions of an offer to hold, for whom. */
struct opening {
  int64_t value;
  int n, seated;
  int room; /* of the only one, or NONE */
};

/* Those who pay most come first. */
static void rank_shares(struct bound *bound, const struct group_offer *group) {
  const struct price *prices = bound->volume.prices + group->first;
  for (int i = 0; i < group->n; i++) {
    bound->shares[group->first + i].seated = 0;
    bound->ranked[i] = (struct ranked){prices[i].now, i};
  }
  qsort(bound->ranked, (size_t)group->n, sizeof *bound->ranked, compare_offers_to_pay);
  bound->collected[0] = 0;
  bound->payers = 0;
  for (int i = 0; i < group->n; i++) {
    bound->collected[i + 1] = bound->collected[i] + bound->ranked[i].price;
    bound->payers += bound->ranked[i].price > 0;
  }
}

/* True if sessions that cost `each` and no leader or room of any price could pay. */
static bool may_pay(const struct bound *bound, const struct group_offer *group, int64_t each) {
  if (group->at_least > 0) return true;
  return group->max_open > 0 && bound->collected[smaller(group->seats[1], group->n)] > each;
}

/* Those seated in `n` sessions of that many seats: no more than pay, but for the least size. */
static int seated_in(const struct bound *bound, const struct group_offer *group, int n, int seats) {
  int min_size = bound->grid->clinic->services[bound->grid->offers[group->offer].service].min_size;
  int least = n * min_size > bound->payers ? n * min_size : bound->payers;
  return smaller(smaller(seats, least), group->n);
}

/* One session, in the room that is best for it. */
static struct opening open_one(const struct bound *bound, const struct group_offer *group,
                               int64_t cost) {
  const struct clinic *clinic = bound->grid->clinic;
  int max_size = clinic->services[bound->grid->offers[group->offer].service].max_size;
  const struct hands *hands = &bound->hands;
  int seats = seated_in(bound, group, 1, group->seats[1]);
  struct opening best = {cost - bound->collected[seats], 1, seats, NONE};
  if (hands->n_rooms > 0) best.value = INT64_MAX;
  for (int i = 0; i < hands->n_rooms; i++) {
    const struct hand *room = &hands->rooms[i];
    seats = seated_in(bound, group, 1, smaller(clinic->rooms[room->who].capacity, max_size));
    int64_t value = cost + room->cost - bound->collected[seats];
    if (value < best.value) best = (struct opening){value, 1, seats, room->who};
  }
  return best;
}

/* The cheapest number of sessions: each in the cheapest rooms, and with the seats of the largest.
 */
static struct opening best_opening(const struct bound *bound, const struct group_offer *group,
                                   int64_t each) {
  const struct hands *hands = &bound->hands;
  const struct service *service =
      &bound->grid->clinic->services[bound->grid->offers[group->offer].service];
  struct opening best = {group->at_least == 0 ? 0 : INT64_MAX, 0, 0, NONE};
  int64_t cost = 0, last = INT64_MAX;
  for (int n = 1; n <= group->max_open; n++) {
    cost += each + hands_leaders(hands, service, n - 1);
    struct opening opening = {0, n, seated_in(bound, group, n, group->seats[n]), NONE};
    if (n == 1 && group->at_least <= 1) {
      struct opening one = open_one(bound, group, cost);
      if (one.value < best.value) best = one;
    }
    if (n - 1 < hands->n_rooms) cost += hands->rooms[n - 1].cost;
    opening.value = cost - bound->collected[opening.seated];
    if (n < group->at_least) continue;
    if (n > 1 && opening.value < best.value) best = opening;
    if (opening.value >= last) break; /* a further session never gains more than the last one */
    last = opening.value;
  }
  return best;
}

static void take(struct bound *bound, const struct group_offer *group,
                 const struct opening *opening) {
  const struct offer *offer = &bound->grid->offers[group->offer];
  for (int i = 0; i < opening->n; i++) {
    supply_take_session(&bound->supply, offer);
    supply_take_leaders(&bound->supply, offer, &bound->hands, i);
    if (opening->room != NONE)
      supply_take_room(&bound->supply, offer, opening->room);
    else if (i < bound->hands.n_rooms)
      supply_take_room(&bound->supply, offer, bound->hands.rooms[i].who);
  }
  for (int i = 0; i < opening->seated; i++)
    bound->shares[group->first + bound->ranked[i].share].seated = 1;
}

static int64_t session_side(struct bound *bound, const struct group_offer *group) {
  const struct offer *offer = &bound->grid->offers[group->offer];
  int64_t each = group->cost + supply_of_session(&bound->supply, offer->service);
  rank_shares(bound, group);
  if (!may_pay(bound, group, each)) return 0;
  hands_find(&bound->hands, &bound->supply, offer, group->offer);
  struct opening opening = best_opening(bound, group, each);
  if (opening.value == INT64_MAX) return 0;
  take(bound, group, &opening);
  return opening.value;
}

/* ---- steps ---- */

static void begin_step(struct bound *bound) {
  const struct grid *grid = bound->grid;
  bound->value = -supply_begin(&bound->supply, bound->volume.steps);
  for (int o = 0; o < grid->n_offers; o++)
    if (grid->clinic->services[grid->offers[o].service].format != FORMAT_GROUP)
      price_alone(bound, o);
}

static void finish_step(struct bound *bound, int64_t target) {
  for (int i = 0; i < bound->n_offers; i++) bound->value += session_side(bound, &bound->offers[i]);
  for (int i = 0; i < bound->n_shares; i++)
    bound->volume.prices[i].excess = bound->shares[i].attends - bound->shares[i].seated;
  bound->next_patient = 0;
  if (bound_tried_others(bound, target)) return;
  volume_step(&bound->volume, bound->value, target);
  if (bound->volume.steps == 1) bound_try_others(bound);
}

void bound_work(struct bound *bound, int64_t target, int64_t work) {
  const struct clinic *clinic = bound->grid->clinic;
  if (halt_reached(bound->halt)) return;
  if (!bound->solver) bound_set_out(bound);
  if (!bound->solver) return; /* halted on the way */
  int64_t until = week_solver_work(bound->solver) + work;
  while (week_solver_work(bound->solver) < until && !halt_reached(bound->halt)) {
    if (bound->next_patient == 0) begin_step(bound);
    int patient = bound->next_patient++;
    if (patient < clinic->n_patients && clinic->patients[patient].takes_part)
      bound->value += patient_side(bound, patient);
    if (bound->next_patient < clinic->n_patients) continue;
    finish_step(bound, target);
    if (bound_is_stuck(bound)) return;
  }
}

void bound_step(struct bound *bound, int64_t target) {
  int steps = bound->volume.steps;
  while (bound->volume.steps == steps && !halt_reached(bound->halt)) bound_work(bound, target, 1);
}

int64_t bound_value(const struct bound *bound) {
  int64_t best = bound->volume.best;
  return best > 0 ? multiple_above(best, bound->cost_step) : 0;
}

void bound_duals(const struct bound *bound, struct duals *duals) {
  duals->bound = bound_value(bound);
  for (int i = 0; i < bound->n_offers; i++) {
    const struct group_offer *group = &bound->offers[i];
    const struct offer *offer = &bound->grid->offers[group->offer];
    int start_min = offer->start * bound->grid->clinic->slot_minutes;
    for (int j = group->first; j < group->first + group->n; j++)
      if (bound->volume.prices[j].best > 0)
        duals_add(duals, (struct dual){DUAL_PLACE, bound->shares[j].patient, offer->service, NONE,
                                       NONE, start_min, bound->volume.prices[j].best});
  }
  supply_duals(&bound->supply, duals);
}

bool bound_is_rising(const struct bound *bound) {
  return volume_is_rising(&bound->volume);
}

bool bound_is_stuck(const struct bound *bound) {
  return volume_is_stuck(&bound->volume);
}
