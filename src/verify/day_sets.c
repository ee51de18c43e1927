#include "day_sets.h"

#include <stdlib.h>
#include <string.h>

/* ---- the sets ---- */

static int compare_sets(const void *a, const void *b) {
  const struct day_set *x = a, *y = b;
  return (x->services > y->services) - (x->services < y->services);
}

static struct day_set with_service(const struct clinic *clinic, const struct day_sets *sets,
                                   const struct day_set *set, int i) {
  const struct service *service = &clinic->services[sets->services.list[i]];
  struct day_set more = *set;
  more.services |= UINT64_C(1) << i;
  more.minutes += service->counts_hours ? service->minutes : 0;
  more.n_counted += service->counts_hours;
  more.onsite |= !service->telehealth;
  return more;
}

/* Every set once: services are added in their order. */
static void list_sets(struct day_sets *sets, const struct clinic *clinic) {
  size_t capacity = 0;
  sets->list = mem_room_for_one(NULL, 0, &capacity, sizeof *sets->list);
  sets->list[0] = (struct day_set){0};
  sets->n = 1;
  for (int from = 0; from < sets->n; from++) {
    uint64_t services = sets->list[from].services;
    int first = services == 0 ? 0 : 64 - __builtin_clzll(services);
    for (int i = first; i < sets->services.n; i++) {
      struct day_set more = with_service(clinic, sets, &sets->list[from], i);
      if (more.minutes > clinic->day_max_minutes) continue;
      if (sets->n == DAY_SETS_MAX) {
        sets->too_many = true;
        return;
      }
      sets->list = mem_room_for_one(sets->list, (size_t)sets->n, &capacity, sizeof *sets->list);
      sets->list[sets->n++] = more;
    }
  }
}

static void link_sets(struct day_sets *sets, const struct clinic *clinic) {
  size_t n = (size_t)sets->n, n_services = (size_t)sets->services.n;
  sets->with = mem_new(n * n_services, sizeof *sets->with);
  for (size_t s = 0; s < n; s++)
    for (int i = 0; i < sets->services.n; i++) {
      int32_t *with = &sets->with[s * n_services + (size_t)i];
      *with = NONE;
      if (sets->list[s].services >> i & 1) continue;
      struct day_set more = with_service(clinic, sets, &sets->list[s], i);
      const struct day_set *found = bsearch(&more, sets->list, n, sizeof more, compare_sets);
      if (found) *with = (int32_t)(found - sets->list);
    }
}

static bool is_for(const struct day_sets *sets, const struct ints *services) {
  return (sets->n > 0 || sets->too_many) && sets->services.n == services->n &&
         memcmp(sets->services.list, services->list,
                (size_t)services->n * sizeof *services->list) == 0;
}

void day_sets_list(struct day_sets *sets, const struct clinic *clinic,
                   const struct ints *services) {
  if (services->n > 0 && is_for(sets, services)) return;
  day_sets_release(sets);
  sets->services.list = mem_new((size_t)services->n, sizeof *sets->services.list);
  sets->services.n = services->n;
  for (int i = 0; i < services->n; i++) sets->services.list[i] = services->list[i];
  sets->too_many = services->n > DAY_SERVICES_MAX;
  if (!sets->too_many) list_sets(sets, clinic);
  if (sets->too_many) return;
  qsort(sets->list, (size_t)sets->n, sizeof *sets->list, compare_sets);
  link_sets(sets, clinic);
}

void day_sets_release(struct day_sets *sets) {
  free(sets->services.list);
  free(sets->list);
  free(sets->with);
  *sets = (struct day_sets){0};
}

/* ---- a day ---- */

enum { ONSITE, TELEHEALTH, N_MODES };

/* Chains of sessions by the set of services they hold and the mode of their last session. */
struct chains {
  const struct clinic *clinic;
  const struct day_sets *sets;
  const int64_t *price; /* of the week */
  int64_t idle_slot;
  int day, slots, travel; /* travel: slots */
  int64_t *ended;         /* [slots + 1][N_MODES][sets.n]: least cost of those that end at a slot */
  int64_t *waiting; /* [N_MODES][sets.n]: of those that ended, idle until now, if the next session
                       is of the same mode; cost as if idle since the day's start */
  int64_t *arrived; /* the same, if it is of the other mode */
};

static int64_t *ended_at(const struct chains *chains, int slot, int mode) {
  return chains->ended + (size_t)(slot * N_MODES + mode) * (size_t)chains->sets->n;
}

/* Chains that ended at `slot` are candidates from now on. */
static void join(const struct chains *chains, int slot, int64_t *table) {
  for (int mode = 0; mode < N_MODES; mode++) {
    const int64_t *ended = ended_at(chains, slot, mode);
    int64_t *best = table + (ptrdiff_t)mode * chains->sets->n;
    for (int set = 0; set < chains->sets->n; set++) {
      if (ended[set] == INT64_MAX) continue;
      int64_t cost = ended[set] - slot * chains->idle_slot;
      if (cost < best[set]) best[set] = cost;
    }
  }
}

/* Adds a session of services.list[i] from `slot` on to every chain that can take it. */
static void extend(const struct chains *chains, int slot, int i, int64_t price) {
  const struct day_sets *sets = chains->sets;
  const struct service *service = &chains->clinic->services[sets->services.list[i]];
  int mode = service->telehealth ? TELEHEALTH : ONSITE, n = sets->n;
  int64_t *ended = ended_at(chains, slot + service->minutes / chains->clinic->slot_minutes, mode);
  const int64_t *same = chains->waiting + (ptrdiff_t)mode * n,
                *other = chains->arrived + (ptrdiff_t)(1 - mode) * n;
  for (int set = 0; set < n; set++) {
    int with = sets->with[(size_t)set * (size_t)sets->services.n + (size_t)i];
    int64_t cost = same[set] < other[set] ? same[set] : other[set];
    if (with == NONE || cost == INT64_MAX) continue;
    cost += slot * chains->idle_slot + price;
    if (cost < ended[with]) ended[with] = cost;
  }
  int alone = sets->with[i]; /* the first of the day */
  if (alone != NONE && price < ended[alone]) ended[alone] = price;
}

static void run_through(const struct chains *chains) {
  const struct clinic *clinic = chains->clinic;
  for (int slot = 0; slot < chains->slots; slot++) {
    join(chains, slot, chains->waiting);
    if (slot >= chains->travel) join(chains, slot - chains->travel, chains->arrived);
    for (int i = 0; i < chains->sets->services.n; i++) {
      int service = chains->sets->services.list[i];
      int64_t price = chains->price[(service * N_DAYS + chains->day) * chains->slots + slot];
      if (price == INT64_MAX) continue;
      if (slot + clinic->services[service].minutes / clinic->slot_minutes > chains->slots) continue;
      extend(chains, slot, i, price);
    }
  }
}

static int64_t stranded_cost(const struct clinic *clinic, const struct patient *who,
                             const struct day_set *set) {
  if (who->payer == NONE || set->n_counted == 0) return 0;
  const struct payer *payer = &clinic->payers[who->payer];
  bool paid = set->minutes >= payer->day_min_minutes && set->n_counted >= payer->day_min_services;
  return paid ? 0 : clinic->weight_milli[TERM_STRANDED_DAY] * AMOUNT_ONE;
}

static void take_best(const struct chains *chains, const struct patient *who, int64_t *cost) {
  const struct clinic *clinic = chains->clinic;
  for (int set = 0; set < chains->sets->n; set++) {
    const struct day_set *of = &chains->sets->list[set];
    cost[set] = INT64_MAX;
    if (of->onsite && of->minutes < clinic->visit_min_minutes) continue;
    for (int slot = 0; slot <= chains->slots; slot++)
      for (int mode = 0; mode < N_MODES; mode++) {
        int64_t ended = ended_at(chains, slot, mode)[set];
        if (ended < cost[set]) cost[set] = ended;
      }
    if (cost[set] != INT64_MAX) cost[set] += stranded_cost(clinic, who, of);
  }
}

static int64_t *unreached(size_t n) {
  int64_t *costs = mem_new(n, sizeof *costs);
  for (size_t i = 0; i < n; i++) costs[i] = INT64_MAX;
  return costs;
}

void cheapest_days(const struct clinic *clinic, const struct patient *who,
                   const struct day_sets *sets, int day, const int64_t *price, int64_t *cost) {
  int slot = clinic->slot_minutes;
  struct chains chains = {.clinic = clinic, .sets = sets, .price = price, .day = day};
  chains.slots = DAY_MIN / slot;
  chains.travel = (clinic->travel_minutes + slot - 1) / slot;
  chains.idle_slot = clinic->weight_milli[TERM_IDLE_HOUR] * (AMOUNT_ONE / 60) * slot;
  size_t n = (size_t)sets->n * N_MODES;
  chains.ended = unreached(((size_t)chains.slots + 1) * n);
  chains.waiting = unreached(n);
  chains.arrived = unreached(n);
  run_through(&chains);
  take_best(&chains, who, cost);
  free(chains.ended);
  free(chains.waiting);
  free(chains.arrived);
}
