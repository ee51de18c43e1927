#include "cheapest_week.h"

#include <stdlib.h>
#include <string.h>

#include "priced_week.h"

enum { ROUNDS = 120 }; /* of the prices of rows */
#define STEP_MOST (INT64_C(1) << 48)
#define WORTH_MOST (INT64_C(1) << 50)

/* ---- rows ---- */

static bool row_counts(const struct clinic *clinic, const struct row *row, int service) {
  return row->service == service ||
         (row->category != NONE && row->category == clinic->services[service].category);
}

static const struct need *need_of_service(const struct patient *who, int service) {
  for (int i = 0; i < who->n_needs; i++)
    if (who->needs[i].service == service) return &who->needs[i];
  return NULL;
}

static void add_row(struct week *week, struct row row) {
  if (row.least > 0 || row.most != UNLIMITED) week->rows[week->n_rows++] = row;
}

/* A service is had once a day: a maximum of as many days as can be attended never binds. */
static void list_rows(struct week *week, int patient, const struct ints *services) {
  const struct clinic *clinic = week->clinic;
  const struct patient *who = week->who;
  week->rows =
      arena_alloc(&week->arena, (size_t)services->n + (size_t)who->n_needs, sizeof *week->rows);
  for (int i = 0; i < services->n; i++) {
    const struct need *need = need_of_service(who, services->list[i]);
    int most = clinic_weekly_max(clinic, patient, services->list[i]);
    add_row(week, (struct row){services->list[i], NONE, need ? need->min_sessions : 0,
                               most < week->most_days ? most : UNLIMITED});
  }
  for (int i = 0; i < who->n_needs; i++) {
    const struct need *need = &who->needs[i];
    if (need->service != NONE && !ints_contain(services, need->service))
      add_row(week, (struct row){need->service, NONE, need->min_sessions, UNLIMITED});
    if (need->category != NONE)
      add_row(week, (struct row){NONE, need->category, need->min_sessions, need->max_sessions});
  }
}

/* ---- days ---- */

/* Sessions of each row that a set adds; beyond a minimum without a maximum nobody counts. */
static void count_set(const struct week *week, const struct day_sets *sets,
                      const struct day_set *set, uint8_t *counts) {
  for (int r = 0; r < week->n_rows; r++) {
    const struct row *row = &week->rows[r];
    int n = 0;
    for (int i = 0; i < sets->services.n; i++)
      n += (set->services >> i & 1) && row_counts(week->clinic, row, sets->services.list[i]);
    if (row->most == UNLIMITED && n > row->least) n = row->least;
    counts[r] = (uint8_t)n;
  }
}

static int compare_kinds(const struct kind *x, const struct kind *y, int n_rows) {
  if (x->minutes != y->minutes) return x->minutes < y->minutes ? -1 : 1;
  return memcmp(x->counts, y->counts, (size_t)n_rows);
}

/* For qsort_r(): the length of the counts comes with the call. */
static int compare_with_rows(const void *a, const void *b, void *n_rows) {
  const struct kind *x = a, *y = b;
  int order = compare_kinds(x, y, *(int *)n_rows);
  return order != 0 ? order : (x->cost > y->cost) - (x->cost < y->cost);
}

/* Keeps the cheapest of the sets that count alike. */
static void list_kinds(struct week *week, const struct day_sets *sets, const int64_t *cost,
                       struct day_kinds *kinds) {
  size_t n_rows = (size_t)week->n_rows;
  kinds->list = arena_alloc(&week->arena, (size_t)sets->n, sizeof *kinds->list);
  for (int set = 0; set < sets->n; set++) {
    if (cost[set] == INT64_MAX) continue;
    uint8_t *counts = arena_alloc(&week->arena, n_rows + 1, 1);
    count_set(week, sets, &sets->list[set], counts);
    kinds->list[kinds->n++] =
        (struct kind){.cost = cost[set], .minutes = sets->list[set].minutes, .counts = counts};
  }
  qsort_r(kinds->list, (size_t)kinds->n, sizeof *kinds->list, compare_with_rows, &week->n_rows);
  int n = 0;
  for (int i = 0; i < kinds->n; i++)
    if (n == 0 || compare_kinds(&kinds->list[n - 1], &kinds->list[i], week->n_rows) != 0)
      kinds->list[n++] = kinds->list[i];
  kinds->n = n;
}

static void list_days(struct week *week, const struct day_sets *sets, const int64_t *price) {
  int64_t *cost = mem_new((size_t)sets->n, sizeof *cost);
  for (int day = week->who->first_day; day <= week->who->last_day; day++) {
    cheapest_days(week->clinic, week->who, sets, day, price, cost);
    list_kinds(week, sets, cost, &week->days[day]);
  }
  free(cost);
}

/* ---- a week ---- */

static void price_rows(struct week *week) {
  week->constant = 0;
  for (int r = 0; r < week->n_rows; r++) {
    const struct row *row = &week->rows[r];
    week->constant += week->worth[r] * (week->worth[r] > 0 ? row->least : row->most);
  }
  for (int day = 0; day < N_DAYS; day++)
    for (int i = 0; i < week->days[day].n; i++) {
      struct kind *kind = &week->days[day].list[i];
      kind->reduced = kind->cost;
      for (int r = 0; r < week->n_rows; r++) kind->reduced -= week->worth[r] * kind->counts[r];
    }
}

/* The cheapest kind of each day for each number of counted slots. [most of a day + 1] */
static int cheapest_by_slots(const struct week *week, int day, const struct kind **by_slots) {
  int longest = 0;
  for (int i = 0; i < week->days[day].n; i++) {
    const struct kind *kind = &week->days[day].list[i];
    int slots = kind_slots(week, kind);
    if (slots > longest) longest = slots;
    if (!by_slots[slots] || kind->reduced < by_slots[slots]->reduced) by_slots[slots] = kind;
  }
  return longest;
}

static void fill_rest(struct week *week) {
  const struct kind *by_slots[DAY_MIN + 1];
  for (int slots = 0; slots <= week->most_slots; slots++)
    for (int days = 0; days <= week->most_days; days++)
      *week_rest(week, N_DAYS, slots, days) = week_totals(week, slots, days);
  for (int day = N_DAYS - 1; day >= 0; day--) {
    memset(by_slots, 0, sizeof by_slots);
    int longest = cheapest_by_slots(week, day, by_slots);
    for (int slots = 0; slots <= week->most_slots; slots++)
      for (int days = 0; days <= week->most_days; days++) {
        int64_t best = *week_rest(week, day + 1, slots, days);
        for (int more = 0; more <= longest && slots + more <= week->most_slots; more++) {
          if (!by_slots[more] || days == week->most_days) continue;
          int64_t value =
              by_slots[more]->reduced + *week_rest(week, day + 1, slots + more, days + 1);
          if (value < best) best = value;
        }
        *week_rest(week, day, slots, days) = best;
      }
  }
}

/* Counts of a week that attains the relaxation, and its true value if it keeps the maxima. */
static void trace(struct week *week) {
  int slots = 0, days = 0;
  int64_t cost = 0;
  memset(week->count, 0, (size_t)week->n_rows * sizeof *week->count);
  for (int day = 0; day < N_DAYS; day++) {
    int64_t value = *week_rest(week, day, slots, days);
    if (value == *week_rest(week, day + 1, slots, days)) continue;
    for (int i = 0; i < week->days[day].n; i++) {
      const struct kind *kind = &week->days[day].list[i];
      int more = slots + kind_slots(week, kind);
      if (more > week->most_slots ||
          value != kind->reduced + *week_rest(week, day + 1, more, days + 1))
        continue;
      for (int r = 0; r < week->n_rows; r++) week->count[r] += kind->counts[r];
      cost += kind->cost;
      slots = more;
      days++;
      break;
    }
  }
  for (int r = 0; r < week->n_rows; r++) {
    if (week->count[r] > week->rows[r].most) return;
    cost += week->row_short * larger(0, week->rows[r].least - week->count[r]);
  }
  cost += week_totals(week, slots, days);
  if (cost < week->best) week->best = cost;
}

/* Moves each row's worth by a step of its own, which is halved where the way turns and grows
 * otherwise. */
static void move_worths(struct week *week, int64_t *step, int8_t *moved) {
  for (int r = 0; r < week->n_rows; r++) {
    const struct row *row = &week->rows[r];
    int count = week->count[r], way = 0;
    if (count < row->least || (week->worth[r] < 0 && count < row->most)) way = 1;
    if (count > row->most || (week->worth[r] > 0 && count > row->least)) way = -1;
    if (way == 0) continue;
    step[r] = moved[r] == -way ? step[r] / 2 + 1 : step[r] + step[r] / 4;
    moved[r] = (int8_t)way;
    if (step[r] > STEP_MOST) step[r] = STEP_MOST;
    int64_t from = week->worth[r], to = from + way * step[r];
    if ((from > 0 && to < 0) || (from < 0 && to > 0)) to = 0;
    int64_t low = row->most == UNLIMITED ? 0 : -WORTH_MOST;
    int64_t high = row->least == 0 ? 0 : week->row_short;
    week->worth[r] = to < low ? low : to > high ? high : to;
  }
}

/* Looks for the worths that prove most; leaves them, and the reduced costs, in place. Returns what
 * they prove. */
static int64_t relax(struct week *week) {
  size_t n = (size_t)week->n_rows;
  int64_t *best_worth = arena_alloc(&week->arena, n, sizeof *best_worth);
  int64_t *step = arena_alloc(&week->arena, n, sizeof *step), bound = INT64_MIN;
  int8_t *moved = arena_alloc(&week->arena, n, sizeof *moved);
  for (size_t r = 0; r < n; r++) step[r] = COST_ONE;
  for (int round = 0; round < ROUNDS && week->best > bound; round++) {
    price_rows(week);
    fill_rest(week);
    int64_t value = *week_rest(week, 0, 0, 0) + week->constant;
    trace(week);
    if (value > bound) {
      bound = value;
      memcpy(best_worth, week->worth, n * sizeof *best_worth);
    }
    move_worths(week, step, moved);
  }
  memcpy(week->worth, best_worth, n * sizeof *best_worth);
  price_rows(week);
  fill_rest(week);
  return bound;
}

/* ---- the whole ---- */

static void set_costs(struct week *week) {
  const struct clinic *clinic = week->clinic;
  int64_t priority = week->who->priority_milli;
  week->minute_short = clinic->weight_milli[TERM_HOUR_SHORT] * priority;
  week->day_short = clinic->weight_milli[TERM_DAY_SHORT] * (AMOUNT_ONE / 1000) * priority;
  week->row_short = clinic->weight_milli[TERM_SESSION_SHORT] * (AMOUNT_ONE / 1000) * priority;
}

/* The services that the patient can attend at some time. [*], heap */
static struct ints attendable(const struct clinic *clinic, const int64_t *price) {
  int slots = N_DAYS * DAY_MIN / clinic->slot_minutes;
  struct ints services = {mem_new((size_t)clinic->n_services, sizeof(int)), 0};
  for (int s = 0; s < clinic->n_services; s++)
    for (int slot = 0; slot < slots; slot++)
      if (price[s * slots + slot] != INT64_MAX) {
        services.list[services.n++] = s;
        break;
      }
  return services;
}

/* What the sessions of one service cost at least: all that pay are had, and of those that its
 * requirement asks for beyond them each costs the least price, or what it costs to be without. */
static int64_t least_of_service(const struct clinic *clinic, const struct patient *who, int service,
                                const int64_t *price) {
  const struct need *need = need_of_service(who, service);
  int slots = N_DAYS * DAY_MIN / clinic->slot_minutes, lacking = need ? need->min_sessions : 0;
  int64_t each =
      clinic->weight_milli[TERM_SESSION_SHORT] * (AMOUNT_ONE / 1000) * who->priority_milli;
  int64_t sum = 0;
  for (int slot = 0; slot < slots; slot++) {
    int64_t here = price[service * slots + slot];
    if (here >= 0 && here < each) each = here;
    if (here >= 0) continue;
    sum += here;
    lacking--;
  }
  return sum + each * larger(0, lacking);
}

/* Where there are too many sets to list: each service by itself, and no other cost. */
static int64_t least_of_services(const struct clinic *clinic, const struct patient *who,
                                 const int64_t *price) {
  int64_t sum = 0;
  for (int s = 0; s < clinic->n_services; s++) sum += least_of_service(clinic, who, s, price);
  return sum;
}

int64_t cheapest_week(const struct clinic *clinic, int patient, const int64_t *price,
                      struct day_sets *sets) {
  struct week week = {.clinic = clinic, .who = &clinic->patients[patient], .best = INT64_MAX};
  struct ints services = attendable(clinic, price);
  day_sets_list(sets, clinic, &services);
  int64_t least = least_of_services(clinic, week.who, price);
  if (!sets->too_many) {
    int n_days = week.who->last_day - week.who->first_day + 1;
    week.most_days = week.who->max_days < n_days ? week.who->max_days : n_days;
    week.most_slots = week.who->max_minutes / clinic->slot_minutes;
    set_costs(&week);
    list_rows(&week, patient, &services);
    week.worth = arena_alloc(&week.arena, (size_t)week.n_rows, sizeof *week.worth);
    week.count = arena_alloc(&week.arena, (size_t)week.n_rows, sizeof *week.count);
    week.rest = arena_alloc(&week.arena,
                            (size_t)(N_DAYS + 1) * (size_t)(week.most_slots + 1) * (N_DAYS + 1),
                            sizeof *week.rest);
    list_days(&week, sets, price);
    least = week_least(&week, relax(&week));
  }
  arena_free(&week.arena);
  free(services.list);
  return least;
}
