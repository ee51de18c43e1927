/* A lower bound on the cost of every valid schedule, from prices for places in group sessions and
 * for what sessions take up.
 *
 * Let x[p, o] say that patient p is in a group session of offering o (a service at a start), and
 * z[p, o] the same once more. For prices u >= 0 of places, with x = z, and prices v >= 0 of each
 * therapist's and room's time, of which a valid schedule uses no more than there is, the cost of
 * any valid schedule is at least
 *
 *   (what the patients' weeks cost by themselves, and alone with a therapist) + sum of u * x
 *     + (what the leaders of group sessions cost) - sum of u * z
 *     + (v of what all sessions take up) - (v of all there is)
 *
 * of which the first line is at least the sum of each patient's cheapest week, and the second at
 * least the sum over the offerings of the cheapest number of sessions to hold, each filled with
 * those who pay most; both with the charges of the third, in charges.h. Costs come in steps, so the
 * sum may be rounded up to the next. Nothing of the planner's is used: offerings, seats, leaders,
 * weeks and costs are worked out here from the clinic. */
#include <stdlib.h>

#include "charges.h"
#include "cheapest_week.h"
#include "iopsched/divisor.h"
#include "iopsched/verify.h"

/* What attending a fixed session is paid with, so that no other cost outweighs it. */
#define FORCED (INT64_C(1) << 54)

struct proof {
  const struct clinic *clinic;
  const struct previous *previous;
  int slots;      /* of the week */
  bool *offered;  /* [n_services * slots]: a session could take place at all */
  int64_t *alone; /* [n_services * slots]: charges for leaders of a session with one patient */
  int64_t *price; /* [n_services * slots]: for the patient at hand */
  struct charges charges;
  struct day_sets sets;
  int64_t *highest; /* [n_patients]: scratch */
};

static int64_t per_minute(const struct clinic *clinic, enum term term) {
  return clinic->weight_milli[term] * (AMOUNT_ONE / 60);
}

static int64_t leaders_cost(const struct clinic *clinic, const struct service *service) {
  return per_minute(clinic, TERM_STAFF_HOUR) * service->minutes * service->leaders;
}

/* ---- offerings ---- */

static bool leader_there(const struct clinic *clinic, int therapist, const struct service *service,
                         int start) {
  return windows_cover(&clinic->therapists[therapist].available, start,
                       start + service->minutes + service->notes_minutes);
}

static int leaders_there(const struct clinic *clinic, int s, int role, int start) {
  int n = 0;
  for (int k = 0; k < clinic->n_therapists; k++)
    n += clinic_qualified(clinic, s, role, k) &&
         leader_there(clinic, k, &clinic->services[s], start);
  return n;
}

/* Sessions that the staff could lead at once: no more than for each role by itself. */
static int sessions_by_staff(const struct clinic *clinic, int s, int start) {
  const struct service *service = &clinic->services[s];
  if (!service->roles_named) return leaders_there(clinic, s, 0, start) / service->leaders;
  int most = INT_MAX;
  for (int role = 0; role < service->leaders; role++) {
    int n = leaders_there(clinic, s, role, start);
    if (n < most) most = n;
  }
  return most;
}

static bool room_serves(const struct clinic *clinic, int s, int room, int start) {
  const struct service *service = &clinic->services[s];
  return clinic_room_fits(clinic, s, room) && clinic->rooms[room].capacity >= service->min_size &&
         windows_cover(&clinic->rooms[room].available, start, start + service->minutes);
}

static bool any_room_serves(const struct clinic *clinic, int s, int start) {
  for (int room = 0; room < clinic->n_rooms; room++)
    if (room_serves(clinic, s, room, start)) return true;
  return clinic->services[s].telehealth;
}

static bool can_take_place(const struct clinic *clinic, int s, int start) {
  const struct service *service = &clinic->services[s];
  int day = start / DAY_MIN;
  return start % DAY_MIN + service->minutes <= DAY_MIN && clinic->operates[day] &&
         service_allows_start(service, start) &&
         windows_cover(&clinic->opening, start, start + service->minutes) &&
         sessions_by_staff(clinic, s, start) > 0 && any_room_serves(clinic, s, start);
}

static void list_offerings(struct proof *proof) {
  const struct clinic *clinic = proof->clinic;
  for (int s = 0; s < clinic->n_services; s++)
    for (int slot = 0; slot < proof->slots; slot++)
      proof->offered[s * proof->slots + slot] =
          can_take_place(clinic, s, slot * clinic->slot_minutes);
}

static bool can_attend(const struct proof *proof, int patient, int s, int slot) {
  const struct clinic *clinic = proof->clinic;
  const struct patient *who = &clinic->patients[patient];
  int start = slot * clinic->slot_minutes;
  return who->takes_part && clinic_weekly_max(clinic, patient, s) > 0 &&
         proof->offered[s * proof->slots + slot] &&
         windows_cover(&who->available, start, start + clinic->services[s].minutes);
}

static int count_fixed(const struct clinic *clinic, int s, int start) {
  int n = 0;
  for (int f = 0; f < clinic->n_fixed; f++)
    n += clinic->fixed[f].service == s && clinic->fixed[f].start_min == start;
  return n;
}

static int count_there(const struct proof *proof, int s, int slot) {
  int n = 0;
  for (int p = 0; p < proof->clinic->n_patients; p++) n += can_attend(proof, p, s, slot);
  return n;
}

/* A group that too few could come to is not held, unless it is fixed. */
static void drop_lonely(struct proof *proof) {
  const struct clinic *clinic = proof->clinic;
  for (int s = 0; s < clinic->n_services; s++)
    for (int slot = 0; slot < proof->slots && clinic->services[s].format == FORMAT_GROUP; slot++)
      if (count_there(proof, s, slot) < clinic->services[s].min_size &&
          count_fixed(clinic, s, slot * clinic->slot_minutes) == 0)
        proof->offered[s * proof->slots + slot] = false;
}

/* ---- patients ---- */

/* The least that the leaders of a session alone with the patient are charged, and their not being
 * the primary therapist. */
static int64_t leaders_alone(const struct proof *proof, int patient, int s, int start) {
  const struct clinic *clinic = proof->clinic;
  const struct service *service = &clinic->services[s];
  int primary = clinic->patients[patient].primary;
  int64_t by_any = proof->alone[s * proof->slots + start / clinic->slot_minutes];
  if (!clinic_primary_counts(clinic, patient, s)) return by_any;
  int64_t by_another = by_any + clinic->weight_milli[TERM_NOT_PRIMARY] * AMOUNT_ONE;
  if (!leader_there(clinic, primary, service, start)) return by_another;
  if (service->leaders > 1) return by_any;
  int64_t by_primary = charge_of_therapist(&proof->charges, primary, s, start);
  return by_primary < by_another ? by_primary : by_another;
}

/* What attending costs whoever else is there: outside preferred windows, a change, and alone with a
 * therapist all that the session costs. */
static int64_t own_price(const struct proof *proof, int patient, int s, int start) {
  const struct clinic *clinic = proof->clinic;
  const struct patient *who = &clinic->patients[patient];
  const struct service *service = &clinic->services[s];
  int end = start + service->minutes;
  int64_t price = 0;
  if (who->preferred.n > 0)
    price += per_minute(clinic, TERM_NOT_PREFERRED_HOUR) *
             (service->minutes - windows_overlap(&who->preferred, start, end));
  if (proof->previous && proof->previous->was_in[patient] &&
      !previous_has(proof->previous, patient, s, start))
    price += clinic->weight_milli[TERM_CHANGE] * AMOUNT_ONE;
  if (service->format == FORMAT_GROUP) return price;
  return price + leaders_cost(clinic, service) + proof->charges.of_one[s] +
         charge_of_rooms(&proof->charges, s, start, 1) + leaders_alone(proof, patient, s, start);
}

static void set_own_prices(struct proof *proof, int patient) {
  for (int s = 0; s < proof->clinic->n_services; s++)
    for (int slot = 0; slot < proof->slots; slot++) {
      int64_t *price = &proof->price[s * proof->slots + slot];
      *price = INT64_MAX;
      if (can_attend(proof, patient, s, slot))
        *price = own_price(proof, patient, s, slot * proof->clinic->slot_minutes);
    }
}

static int64_t *price_at(const struct proof *proof, int service, int start_min) {
  return &proof->price[service * proof->slots + start_min / proof->clinic->slot_minutes];
}

/* Pays for every fixed session that names the patient; returns how much in all. */
static int64_t force_fixed(struct proof *proof, int patient) {
  int64_t paid = 0;
  for (int f = 0; f < proof->clinic->n_fixed; f++) {
    const struct fixed_session *fixed = &proof->clinic->fixed[f];
    int64_t *price = price_at(proof, fixed->service, fixed->start_min);
    if (!ints_contain(&fixed->patients, patient) || *price == INT64_MAX) continue;
    *price -= FORCED;
    paid += FORCED;
  }
  return paid;
}

/* duals: by patient; *next: the first that is not an earlier patient's. */
static int64_t of_patient(struct proof *proof, int patient, const struct duals *duals, int *next) {
  set_own_prices(proof, patient);
  for (; *next < duals->n && duals->list[*next].kind == DUAL_PLACE &&
         duals->list[*next].patient == patient;
       ++*next) {
    const struct dual *dual = &duals->list[*next];
    int64_t *price = price_at(proof, dual->service, dual->start_min);
    if (*price != INT64_MAX) *price += dual->price;
  }
  int64_t paid = force_fixed(proof, patient);
  return cheapest_week(proof->clinic, patient, proof->price, &proof->sets) + paid;
}

/* ---- group sessions ---- */

static int compare_descending(const void *a, const void *b) {
  const int64_t *x = a, *y = b;
  return (*x < *y) - (*x > *y);
}

/* Seats of one more session, in the largest of the rooms not used yet; 0 if there is none. */
static int seats_of_next(const struct clinic *clinic, int s, int start, bool *used) {
  const struct service *service = &clinic->services[s];
  if (service->telehealth) return service->max_size;
  int best = NONE;
  for (int room = 0; room < clinic->n_rooms; room++)
    if (!used[room] && room_serves(clinic, s, room, start) &&
        (best == NONE || clinic->rooms[room].capacity > clinic->rooms[best].capacity))
      best = room;
  if (best == NONE) return 0;
  used[best] = true;
  int capacity = clinic->rooms[best].capacity;
  return capacity < service->max_size ? capacity : service->max_size;
}

static int64_t smaller(int64_t a, int64_t b) {
  return a < b ? a : b;
}

/* What the first `seats` of those who pay prices [n], highest first, pay together. */
static int64_t paid_by(const int64_t *prices, int n, int seats) {
  int64_t paid = 0;
  for (int i = 0; i < n && i < seats; i++) paid += prices[i];
  return paid;
}

/* Session and room together, for a group of its own: the best of the rooms. prices: as above. */
static int64_t of_only_session(const struct proof *proof, int s, int start, const int64_t *prices,
                               int n) {
  const struct clinic *clinic = proof->clinic;
  const struct service *service = &clinic->services[s];
  if (service->telehealth) return -paid_by(prices, n, service->max_size);
  int64_t best = INT64_MAX;
  for (int room = 0; room < clinic->n_rooms; room++) {
    if (!room_serves(clinic, s, room, start)) continue;
    int seats = clinic->rooms[room].capacity;
    if (seats > service->max_size) seats = service->max_size;
    best =
        smaller(best, charge_of_room(&proof->charges, room, s, start) - paid_by(prices, n, seats));
  }
  return best;
}

/* The least that sessions of a group at one start can cost, less what those in them pay: several in
 * the cheapest rooms, and with the seats of the largest.
 * prices: [n], highest first; n_there: patients who could come. */
static int64_t of_offering(const struct proof *proof, int s, int start, const int64_t *prices,
                           int n, int n_there) {
  const struct clinic *clinic = proof->clinic;
  const struct service *service = &clinic->services[s];
  const struct charges *charges = &proof->charges;
  int fixed = count_fixed(clinic, s, start), most = sessions_by_staff(clinic, s, start);
  if (most > n_there / service->min_size) most = n_there / service->min_size;
  if (most < fixed) most = fixed;
  bool *used = mem_new((size_t)clinic->n_rooms, sizeof *used);
  int64_t best = fixed == 0 ? 0 : INT64_MAX;
  int seats = 0;
  for (int open = 1; open <= most; open++) {
    int more = seats_of_next(clinic, s, start, used);
    if (more == 0 && open > fixed) break;
    seats += more == 0 ? service->max_size : more; /* a fixed session has its room, whatever */
    if (open < fixed) continue;
    int64_t cost = open * (leaders_cost(clinic, service) + charges->of_one[s]) +
                   charge_of_leaders(charges, s, start, open);
    if (open == 1 && more > 0)
      cost += of_only_session(proof, s, start, prices, n);
    else
      cost += charge_of_rooms(charges, s, start, open) - paid_by(prices, n, seats);
    best = smaller(best, cost);
  }
  free(used);
  return best;
}

/* duals: by service and start; *next: the first that is of no earlier offering. */
static int64_t of_group(const struct proof *proof, int s, int slot, const struct duals *duals,
                        int *next) {
  int start = slot * proof->clinic->slot_minutes, n = 0;
  for (; *next < duals->n && duals->list[*next].kind == DUAL_PLACE &&
         duals->list[*next].service == s && duals->list[*next].start_min == start;
       ++*next)
    if (can_attend(proof, duals->list[*next].patient, s, slot))
      proof->highest[n++] = duals->list[*next].price;
  if (n == 0 && count_fixed(proof->clinic, s, start) == 0 && proof->charges.of_one[s] >= 0)
    return 0; /* none is the cheapest */
  if (n > 1) qsort(proof->highest, (size_t)n, sizeof *proof->highest, compare_descending);
  return of_offering(proof, s, start, proof->highest, n, count_there(proof, s, slot));
}

static int64_t of_all_groups(const struct proof *proof, const struct duals *duals) {
  int next = 0;
  int64_t sum = 0;
  for (int s = 0; s < proof->clinic->n_services; s++) {
    if (proof->clinic->services[s].format != FORMAT_GROUP) continue;
    for (int slot = 0; slot < proof->slots; slot++) {
      const struct dual *dual = &duals->list[next];
      while (next < duals->n && dual->kind == DUAL_PLACE && dual->service < s)
        dual = &duals->list[++next];
      sum += of_group(proof, s, slot, duals, &next);
    }
  }
  return sum;
}

static void charge_alone(struct proof *proof) {
  for (int s = 0; s < proof->clinic->n_services; s++)
    for (int slot = 0; slot < proof->slots; slot++)
      if (proof->offered[s * proof->slots + slot])
        proof->alone[s * proof->slots + slot] =
            charge_of_leaders(&proof->charges, s, slot * proof->clinic->slot_minutes, 1);
}

int64_t verify_bound(const struct clinic *clinic, const struct previous *previous,
                     struct duals *duals) {
  struct proof proof = {.clinic = clinic, .previous = previous};
  proof.slots = N_DAYS * DAY_MIN / clinic->slot_minutes;
  size_t n = (size_t)clinic->n_services * (size_t)proof.slots;
  proof.offered = mem_new(n, sizeof *proof.offered);
  proof.price = mem_new(n, sizeof *proof.price);
  proof.highest = mem_new((size_t)clinic->n_patients, sizeof *proof.highest);
  proof.alone = mem_new(n, sizeof *proof.alone);
  list_offerings(&proof);
  drop_lonely(&proof);
  charges_init(&proof.charges, clinic, duals);
  charge_alone(&proof);
  duals_sort_by_session(duals);
  int64_t bound = of_all_groups(&proof, duals) - proof.charges.worth;
  duals_sort_by_patient(duals);
  for (int p = 0, next = 0; p < clinic->n_patients; p++)
    if (clinic->patients[p].takes_part) bound += of_patient(&proof, p, duals, &next);
  day_sets_release(&proof.sets);
  charges_release(&proof.charges);
  free(proof.alone);
  free(proof.offered);
  free(proof.price);
  free(proof.highest);
  return bound > 0 ? multiple_above(bound, cost_step(clinic)) : 0;
}
