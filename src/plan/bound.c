#include "bound.h"

#include <stdlib.h>
#include <string.h>

struct share {   /* what a patient would pay at an offer */
  int64_t price; /* now tried */
  int64_t best;  /* of the best bound so far: steps set out from there */
  double
      direction; /* average of attendance less seats: where both sides disagree in the long run */
  int32_t patient;
  int8_t attends, seated; /* in the last evaluation: by the patients', by the sessions' side */
};

struct group_offer {
  int32_t offer;
  int32_t first, n; /* its shares: [first, first + n) */
  int32_t at_least; /* fixed sessions */
  int32_t max_open;
  int32_t *seats; /* [max_open + 1]: seats of that many sessions at most */
  int64_t cost;   /* of opening one session */
};

struct ranked {
  int64_t price;
  int32_t share; /* within its offer */
};

struct bound {
  const struct grid *grid;
  struct week_solver *solver;
  struct halt *halt; /* or NULL */
  struct arena arena;
  struct share *shares; /* [n_shares], by offer */
  int n_shares;
  struct group_offer *offers; /* [n_offers] */
  int n_offers;
  int32_t **patient_shares; /* [n_patients]: [n], indices into shares */
  int32_t *n_patient_shares;
  int32_t *share_at; /* [n_offers of grid], scratch: the share of the patient at hand, or NONE */
  int64_t *price;    /* [n_offers of grid], scratch */
  struct ranked *ranked; /* scratch for the shares of one offer */
  int64_t value, best, window_best;
  double length; /* share of the way to the target that a step aims at */
  double weight; /* most of the newest answers in the average */
  bool agrees;   /* the newest answers point the way of the average */
  int idle_steps, steps;
  int next_patient; /* of the step under way */
};

/* ---- set-up ---- */

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
    bool there = grid->service_rooms[offer->service * grid->room_words + room / WORD_BITS] & bit;
    for (int slot = offer->start; slot < offer->end && there; slot++)
      there = grid->room_there[slot * grid->room_words + room / WORD_BITS] & bit;
    if (!there) continue;
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

static void add_offer(struct bound *bound, int offer_index, size_t *capacity) {
  const struct grid *grid = bound->grid;
  const struct offer *offer = &grid->offers[offer_index];
  const struct service *service = &grid->clinic->services[offer->service];
  struct group_offer *group = &bound->offers[bound->n_offers++];
  *group = (struct group_offer){.offer = offer_index, .first = bound->n_shares};
  group->cost = grid->staff_slot * offer_slots(offer) * service->leaders;
  group->at_least = fixed_at(grid, offer);
  const struct ints *may = &grid->service_patients[offer->service];
  for (int i = 0; i < may->n; i++) {
    if (!grid_patient_there(grid, may->list[i], offer)) continue;
    bound->shares =
        mem_room_for_one(bound->shares, (size_t)bound->n_shares, capacity, sizeof *bound->shares);
    bound->shares[bound->n_shares++] = (struct share){.patient = may->list[i]};
    group->n++;
  }
  int most = sessions_by_staff(grid, offer);
  if (most > group->n / service->min_size) most = group->n / service->min_size;
  if (most < group->at_least) most = group->at_least;
  int32_t *seats = arena_alloc(&bound->arena, (size_t)most + 1, sizeof *seats);
  group->max_open = list_seats(grid, offer, most, seats);
  group->seats = seats;
}

/* At first the patients who could fill a session share its cost evenly. */
static void share_evenly(struct bound *bound) {
  for (int i = 0; i < bound->n_offers; i++) {
    const struct group_offer *group = &bound->offers[i];
    if (group->max_open == 0) continue;
    int payers = group->seats[1] < group->n ? group->seats[1] : group->n;
    for (int j = 0; j < group->n && payers > 0; j++)
      bound->shares[group->first + j].price = group->cost / payers;
  }
}

static void index_patients(struct bound *bound) {
  size_t patients = (size_t)bound->grid->clinic->n_patients;
  bound->patient_shares = arena_alloc(&bound->arena, patients, sizeof *bound->patient_shares);
  bound->n_patient_shares = arena_alloc(&bound->arena, patients, sizeof(int32_t));
  for (int i = 0; i < bound->n_shares; i++) bound->n_patient_shares[bound->shares[i].patient]++;
  for (size_t p = 0; p < patients; p++) {
    bound->patient_shares[p] =
        arena_alloc(&bound->arena, (size_t)bound->n_patient_shares[p], sizeof(int32_t));
    bound->n_patient_shares[p] = 0;
  }
  for (int i = 0; i < bound->n_shares; i++) {
    int p = bound->shares[i].patient;
    bound->patient_shares[p][bound->n_patient_shares[p]++] = i;
  }
}

struct bound *bound_new(const struct grid *grid, const struct lattices *lattices) {
  struct bound *bound = mem_new(1, sizeof *bound);
  bound->grid = grid;
  bound->solver = week_solver_new(grid, lattices);
  size_t n = (size_t)grid->n_offers, capacity = 0;
  bound->offers = arena_alloc(&bound->arena, n, sizeof *bound->offers);
  for (int i = 0; i < grid->n_offers; i++)
    if (grid->clinic->services[grid->offers[i].service].format == FORMAT_GROUP)
      add_offer(bound, i, &capacity);
  index_patients(bound);
  share_evenly(bound);
  bound->share_at = mem_new(n, sizeof *bound->share_at);
  bound->price = mem_new(n, sizeof *bound->price);
  size_t patients = (size_t)grid->clinic->n_patients;
  bound->ranked = mem_new(patients, sizeof *bound->ranked);
  bound->length = 0.5;
  bound->weight = 0.1;
  bound->best = 0;
  return bound;
}

void bound_free(struct bound *bound) {
  if (!bound) return;
  week_solver_free(bound->solver);
  arena_free(&bound->arena);
  free(bound->shares);
  free(bound->share_at);
  free(bound->price);
  free(bound->ranked);
  free(bound);
}

void bound_heed(struct bound *bound, struct halt *halt) {
  bound->halt = halt;
}

/* ---- the patients' side ---- */

static int64_t individual_price(const struct grid *grid, int patient, const struct offer *offer) {
  const struct clinic *clinic = grid->clinic;
  int64_t price = grid->staff_slot * offer_slots(offer) * clinic->services[offer->service].leaders;
  if (!clinic_primary_counts(clinic, patient, offer->service)) return price;
  const struct windows *there = &clinic->therapists[clinic->patients[patient].primary].available;
  if (!windows_cover(there, offer->start * clinic->slot_minutes,
                     offer->busy_until * clinic->slot_minutes))
    price += grid->not_primary;
  return price;
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
      bound->price[o] = individual_price(grid, patient, &grid->offers[o]) +
                        grid_attendance_cost(grid, patient, o);
    }
  }
  for (int i = 0; i < bound->n_patient_shares[patient]; i++) {
    int share = bound->patient_shares[patient][i];
    bound->shares[share].attends = 0;
  }
}

/* Offer of a share: found by bisection over the group offers' ranges. */
static int offer_of_share(const struct bound *bound, int share) {
  int low = 0, high = bound->n_offers - 1;
  while (low < high) {
    int middle = low + (high - low + 1) / 2;
    if (bound->offers[middle].first <= share)
      low = middle;
    else
      high = middle - 1;
  }
  return bound->offers[low].offer;
}

static int64_t patient_side(struct bound *bound, int patient) {
  const struct grid *grid = bound->grid;
  set_prices(bound, patient);
  for (int i = 0; i < bound->n_patient_shares[patient]; i++) {
    int share = bound->patient_shares[patient][i];
    int offer = offer_of_share(bound, share);
    bound->share_at[offer] = share;
    bound->price[offer] = bound->shares[share].price + grid_attendance_cost(grid, patient, offer);
  }
  const struct ints *fixed = &grid->patient_fixed[patient];
  for (int i = 0; i < fixed->n; i++) {
    const struct fixed_session *row = &grid->clinic->fixed[fixed->list[i]];
    int offer = grid_offer_at(grid, row->service, row->start_min / grid->clinic->slot_minutes);
    if (offer != NONE && bound->price[offer] != PRICE_NEVER) bound->price[offer] += PRICE_FORCED;
  }
  struct week week;
  week_solve(bound->solver, patient, bound->price, WEEK_BOUND, &week);
  int64_t lower = week.lower;
  for (int i = 0; i < week.n; i++) {
    if (bound->price[week.offers[i]] < PRICE_FORCED / 2) lower -= PRICE_FORCED;
    if (bound->share_at[week.offers[i]] != NONE)
      bound->shares[bound->share_at[week.offers[i]]].attends = 1;
  }
  return lower;
}

/* ---- the sessions' side ---- */

static int compare_offers_to_pay(const void *a, const void *b) {
  const struct ranked *x = a, *y = b;
  if (x->price != y->price) return x->price > y->price ? -1 : 1;
  return (x->share > y->share) - (x->share < y->share);
}

static int64_t session_side(struct bound *bound, const struct group_offer *group) {
  struct share *shares = bound->shares + group->first;
  int min_size = bound->grid->clinic->services[bound->grid->offers[group->offer].service].min_size;
  for (int i = 0; i < group->n; i++) {
    shares[i].seated = 0;
    bound->ranked[i] = (struct ranked){shares[i].price, i};
  }
  qsort(bound->ranked, (size_t)group->n, sizeof *bound->ranked, compare_offers_to_pay);
  int64_t best = group->at_least == 0 ? 0 : INT64_MAX, collected = 0;
  int best_seated = 0, seated = 0;
  for (int open = 1; open <= group->max_open; open++) {
    while (seated < group->n && seated < group->seats[open] &&
           (bound->ranked[seated].price > 0 || seated < open * min_size))
      collected += bound->ranked[seated++].price;
    int64_t value = open * group->cost - collected;
    if (open < group->at_least) continue;
    if (value < best) {
      best = value;
      best_seated = seated;
    } else if (open > group->at_least) {
      break; /* a further session never seats better payers than the last one */
    }
  }
  if (best == INT64_MAX) return 0;
  for (int i = 0; i < best_seated; i++) shares[bound->ranked[i].share].seated = 1;
  return best;
}

/* ---- steps: the volume algorithm (Barahona & Anbil 2000) ---- */

enum { RED_PATIENCE = 20, WEIGHT_WINDOW = 100 };

static double dot_directions(const struct bound *bound, double *with_new, double *new_new) {
  double old_old = 0;
  *with_new = *new_new = 0;
  for (int i = 0; i < bound->n_shares; i++) {
    const struct share *share = &bound->shares[i];
    double now = share->attends - share->seated;
    old_old += share->direction * share->direction;
    *with_new += share->direction * now;
    *new_new += now * now;
  }
  return old_old;
}

/* The weight of the newest answers that makes the average disagree least, within limits. */
static double best_weight(const struct bound *bound, double old_old, double with_new,
                          double new_new) {
  double below = old_old - 2 * with_new + new_new;
  double weight = below > 0 ? (old_old - with_new) / below : bound->weight;
  if (weight > bound->weight) return bound->weight;
  return weight < bound->weight / 10 ? bound->weight / 10 : weight;
}

static void average(struct bound *bound) {
  double with_new, new_new, old_old = dot_directions(bound, &with_new, &new_new);
  double weight = bound->steps == 1 ? 1 : best_weight(bound, old_old, with_new, new_new);
  bound->agrees = with_new > 0;
  for (int i = 0; i < bound->n_shares; i++) {
    struct share *share = &bound->shares[i];
    double now = share->attends - share->seated;
    share->direction = weight * now + (1 - weight) * share->direction;
  }
}

static void judge(struct bound *bound) {
  if (bound->value > bound->best) {
    bound->best = bound->value;
    for (int i = 0; i < bound->n_shares; i++) bound->shares[i].best = bound->shares[i].price;
    bound->idle_steps = 0;
    if (bound->length < 2) bound->length *= bound->agrees ? 1.3 : 1.05;
  } else if (++bound->idle_steps % RED_PATIENCE == 0) {
    bound->length *= 0.66;
  }
  if (bound->steps % WEIGHT_WINDOW != 0) return;
  if (bound->best - bound->window_best < bound->best / 100 && bound->weight > 1e-3)
    bound->weight /= 2;
  bound->window_best = bound->best;
}

static void move_prices(struct bound *bound, int64_t target) {
  double norm = 0;
  for (int i = 0; i < bound->n_shares; i++) {
    const struct share *share = &bound->shares[i];
    if (share->best > 0 || share->direction > 0) norm += share->direction * share->direction;
  }
  if (norm < 1e-9) return;
  double step = bound->length * (double)(target - bound->best) / norm;
  for (int i = 0; i < bound->n_shares; i++) {
    struct share *share = &bound->shares[i];
    share->price = share->best + (int64_t)(step * share->direction);
    if (share->price < 0) share->price = 0;
  }
}

static void finish_step(struct bound *bound, int64_t target) {
  for (int i = 0; i < bound->n_offers; i++) bound->value += session_side(bound, &bound->offers[i]);
  bound->steps++;
  average(bound);
  judge(bound);
  int64_t aim = bound->best + bound->best / 20;
  if (target > bound->best) move_prices(bound, aim < target ? aim : target);
  bound->next_patient = 0;
  bound->value = 0;
}

void bound_work(struct bound *bound, int64_t target, int64_t work) {
  const struct clinic *clinic = bound->grid->clinic;
  int64_t until = week_solver_work(bound->solver) + work;
  while (week_solver_work(bound->solver) < until && !halt_reached(bound->halt)) {
    int patient = bound->next_patient++;
    if (patient < clinic->n_patients && clinic->patients[patient].takes_part)
      bound->value += patient_side(bound, patient);
    if (bound->next_patient < clinic->n_patients) continue;
    finish_step(bound, target);
    if (bound_is_stuck(bound)) return;
  }
}

void bound_step(struct bound *bound, int64_t target) {
  int steps = bound->steps;
  while (bound->steps == steps && !halt_reached(bound->halt)) bound_work(bound, target, 1);
}

int64_t bound_value(const struct bound *bound) {
  return bound->best;
}

void bound_duals(const struct bound *bound, struct duals *duals) {
  duals->bound = bound->best;
  for (int i = 0; i < bound->n_offers; i++) {
    const struct group_offer *group = &bound->offers[i];
    const struct offer *offer = &bound->grid->offers[group->offer];
    for (int j = group->first; j < group->first + group->n; j++)
      if (bound->shares[j].best > 0)
        duals_add(duals, (struct dual){bound->shares[j].patient, offer->service,
                                       offer->start * bound->grid->clinic->slot_minutes,
                                       bound->shares[j].best});
  }
}

bool bound_is_stuck(const struct bound *bound) {
  return bound->length < 1e-5;
}
