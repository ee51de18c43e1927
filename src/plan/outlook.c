#include "outlook.h"

#include <stdlib.h>

#include "week_solver.h"

/* Three such numbers are a number together, and so is one with all that is paid for sessions that
 * are forced. */
#define NEVER (INT64_MAX / 4)

/* Services that take as long and count alike are one to the relaxation. */
struct length {
  int slots, counted;
};

struct outlook {
  const struct grid *grid;
  int width;              /* of a day: one more than the slots that can be counted */
  int week_width;         /* of all days together */
  struct length *lengths; /* [n_lengths] */
  int n_lengths;
  int *length_of;            /* [n_services] */
  int64_t *cheapest[N_DAYS]; /* [day_slots * n_lengths]: price of a session that starts at a slot,
                                less what the multipliers pay for it */
  int64_t *levels[N_DAYS];   /* [width]: least cost of the day by slots counted */
  int64_t *before, *after;   /* [(N_DAYS + 1) * (N_DAYS + 1) * week_width]: of the days before a day
                                and from it on, by days attended and slots counted before it */
  struct day_outlook days[N_DAYS];
  int64_t *worth;           /* [max_kinds] */
  int64_t *ended, *waiting; /* scratch: [(day_slots + 1) * width], [width] */
};

static void tell_lengths_apart(struct outlook *outlook) {
  const struct clinic *clinic = outlook->grid->clinic;
  for (int s = 0; s < clinic->n_services; s++) {
    int slots = clinic->services[s].minutes / clinic->slot_minutes;
    int counted = clinic->services[s].counts_hours ? slots : 0, i = 0;
    while (i < outlook->n_lengths &&
           (outlook->lengths[i].slots != slots || outlook->lengths[i].counted != counted))
      i++;
    if (i == outlook->n_lengths)
      outlook->lengths[outlook->n_lengths++] = (struct length){slots, counted};
    outlook->length_of[s] = i;
  }
}

struct outlook *outlook_new(const struct grid *grid, int max_kinds) {
  const struct clinic *clinic = grid->clinic;
  struct outlook *outlook = mem_new(1, sizeof *outlook);
  outlook->grid = grid;
  outlook->lengths = mem_new((size_t)clinic->n_services, sizeof *outlook->lengths);
  outlook->length_of = mem_new((size_t)clinic->n_services, sizeof *outlook->length_of);
  tell_lengths_apart(outlook);
  outlook->width = smaller(clinic->day_max_minutes / clinic->slot_minutes, grid->day_slots) + 1;
  outlook->week_width = N_DAYS * outlook->width;
  size_t slots = (size_t)grid->day_slots, width = (size_t)outlook->width;
  size_t week = (size_t)(N_DAYS + 1) * (N_DAYS + 1) * (size_t)outlook->week_width;
  outlook->worth = mem_new((size_t)max_kinds, sizeof(int64_t));
  for (int day = 0; day < N_DAYS; day++) {
    outlook->cheapest[day] = mem_new(slots * (size_t)outlook->n_lengths, sizeof(int64_t));
    outlook->levels[day] = mem_new(width, sizeof(int64_t));
    outlook->days[day] =
        (struct day_outlook){.least = mem_new((slots + 1) * width, sizeof(int64_t)),
                             .longer = mem_new((slots + 1) * width, sizeof(int64_t)),
                             .worth = outlook->worth,
                             .width = outlook->width};
  }
  outlook->before = mem_new(week, sizeof(int64_t));
  outlook->after = mem_new(week, sizeof(int64_t));
  outlook->ended = mem_new((slots + 1) * width, sizeof(int64_t));
  outlook->waiting = mem_new(width, sizeof(int64_t));
  return outlook;
}

void outlook_free(struct outlook *outlook) {
  if (!outlook) return;
  for (int day = 0; day < N_DAYS; day++) {
    free(outlook->cheapest[day]);
    free(outlook->levels[day]);
    free(outlook->days[day].least);
    free(outlook->days[day].longer);
  }
  free(outlook->lengths);
  free(outlook->length_of);
  free(outlook->before);
  free(outlook->after);
  free(outlook->worth);
  free(outlook->ended);
  free(outlook->waiting);
  free(outlook);
}

static int64_t min64(int64_t a, int64_t b) {
  return a < b ? a : b;
}

static void set_all(int64_t *list, int n, int64_t value) {
  for (int i = 0; i < n; i++) list[i] = value;
}

/* Betters `to` [n] by what it would be from `from` for so much more. */
static void better(int64_t *restrict to, const int64_t *restrict from, int n, int64_t more) {
  for (int i = 0; i < n; i++) {
    int64_t value = from[i] + more;
    to[i] = value < to[i] ? value : to[i];
  }
}

/* Of a table by slot, the row of one. */
static int64_t *row(const struct outlook *outlook, int64_t *table, int slot) {
  return table + (ptrdiff_t)slot * outlook->width;
}

/* ---- what there is to attend ---- */

static void price_kinds(struct outlook *outlook, const struct week_solver *solver,
                        const int64_t *worth) {
  for (int kind = 0; kind < solver->lattice->n_kinds; kind++) {
    const uint8_t *rows = kind_rows(solver, kind);
    outlook->worth[kind] = 0;
    for (int r = 0; r < solver->n_rows; r++) outlook->worth[kind] += worth[r] * rows[r];
  }
}

/* What one session of a service is paid. A kind of day counts no more sessions than a minimum asks
 * for; here they are paid for however many they are, which makes weeks cheaper alone. */
static int64_t service_worth(const struct week_solver *solver, const int64_t *worth, int service) {
  int64_t paid = 0;
  for (int r = 0; r < solver->n_rows; r++)
    if (worth[r] != 0 && clinic_need_holds(solver->grid->clinic, &solver->rows[r], service))
      paid += worth[r];
  return paid;
}

static void find_cheapest(struct outlook *outlook, const struct week_solver *solver,
                          const int64_t *worth, const int64_t *price) {
  const struct grid *grid = outlook->grid;
  const struct lattice *lattice = solver->lattice;
  int n = outlook->n_lengths;
  for (int day = 0; day < N_DAYS; day++)
    set_all(outlook->cheapest[day], grid->day_slots * n, NEVER);
  for (int i = 0; i < lattice->n_services; i++) {
    int service = lattice->services[i];
    int64_t paid = service_worth(solver, worth, service);
    for (int o = grid->service_offers[service]; o < grid->service_offers[service + 1]; o++) {
      if (price[o] == PRICE_NEVER) continue;
      const struct offer *offer = &grid->offers[o];
      int start = offer->start - offer->day * grid->day_slots;
      int64_t *cheapest = &outlook->cheapest[offer->day][start * n + outlook->length_of[service]];
      *cheapest = min64(*cheapest, price[o] - paid);
    }
  }
}

/* ---- forwards: days by the slots counted in them ---- */

/* With nothing counted a day is not stranded, and of sessions there are no more than slots. */
static int64_t least_stranded(const struct outlook *outlook, const struct patient *who,
                              int counted) {
  return grid_stranded_cost(outlook->grid, who, counted * outlook->grid->clinic->slot_minutes,
                            counted);
}

/* Chains that end at each slot, by slots counted: `waiting` are those that ended so far. */
static void find_ended(struct outlook *outlook, int day) {
  const struct grid *grid = outlook->grid;
  int width = outlook->width;
  int64_t *waiting = outlook->waiting;
  set_all(outlook->ended, (grid->day_slots + 1) * width, NEVER);
  set_all(waiting, width, NEVER);
  for (int slot = 0; slot < grid->day_slots; slot++) {
    for (int c = 0; c < width; c++)
      waiting[c] = min64(waiting[c] + grid->idle_slot, row(outlook, outlook->ended, slot)[c]);
    for (int i = 0; i < outlook->n_lengths; i++) {
      const struct length *length = &outlook->lengths[i];
      int64_t price = outlook->cheapest[day][slot * outlook->n_lengths + i];
      if (price == NEVER || length->counted >= width) continue;
      int64_t *to = row(outlook, outlook->ended, slot + length->slots) + length->counted;
      *to = min64(*to, price);
      better(to, waiting, width - length->counted, price);
    }
  }
}

static void find_levels(struct outlook *outlook, const struct patient *who, int day) {
  int width = outlook->width;
  int64_t *levels = outlook->levels[day];
  find_ended(outlook, day);
  set_all(levels, width, NEVER);
  for (int slot = 1; slot <= outlook->grid->day_slots; slot++)
    better(levels, row(outlook, outlook->ended, slot), width, 0);
  for (int c = 0; c < width; c++)
    levels[c] = levels[c] < NEVER / 2 ? levels[c] + least_stranded(outlook, who, c) : NEVER;
}

/* ---- the week around a day ---- */

static int64_t *at(const struct outlook *outlook, int64_t *table, int day, int days) {
  return table + ((ptrdiff_t)day * (N_DAYS + 1) + days) * outlook->week_width;
}

static void find_before(struct outlook *outlook, const struct week_solver *solver) {
  int week = outlook->week_width;
  set_all(outlook->before, (N_DAYS + 1) * (N_DAYS + 1) * week, NEVER);
  *at(outlook, outlook->before, 0, 0) = 0;
  for (int day = 0; day < N_DAYS; day++)
    for (int days = 0; days <= day && days <= solver->most_days; days++) {
      const int64_t *from = at(outlook, outlook->before, day, days);
      better(at(outlook, outlook->before, day + 1, days), from, week, 0);
      if (days == solver->most_days) continue;
      int64_t *to = at(outlook, outlook->before, day + 1, days + 1);
      for (int c = 0; c < outlook->width; c++)
        if (outlook->levels[day][c] < NEVER)
          better(to + c, from, week - c, outlook->levels[day][c]);
    }
}

static void find_after(struct outlook *outlook, const struct week_solver *solver) {
  int week = outlook->week_width;
  for (int days = 0; days <= N_DAYS; days++)
    for (int c = 0; c < week; c++)
      at(outlook, outlook->after, N_DAYS, days)[c] =
          c > solver->most_counted || days > solver->most_days ? NEVER
                                                               : totals_cost(solver, c, days);
  for (int day = N_DAYS - 1; day >= 0; day--)
    for (int days = 0; days <= day && days <= solver->most_days; days++) {
      int64_t *to = at(outlook, outlook->after, day, days);
      set_all(to, week, NEVER);
      better(to, at(outlook, outlook->after, day + 1, days), week, 0);
      if (days == solver->most_days) continue;
      const int64_t *from = at(outlook, outlook->after, day + 1, days + 1);
      for (int c = 0; c < outlook->width; c++)
        if (outlook->levels[day][c] < NEVER)
          better(to, from + c, week - c, outlook->levels[day][c]);
    }
}

/* Leaves in `waiting` the least cost of weeks by the slots counted on the day, but for the day's
 * chain itself. */
static void find_rest(struct outlook *outlook, const struct week_solver *solver, int day,
                      int64_t constant) {
  int width = outlook->width, week = outlook->week_width;
  int64_t *rest = outlook->waiting;
  set_all(rest, width, NEVER);
  for (int days = 0; days <= day && days < solver->most_days; days++) {
    const int64_t *before = at(outlook, outlook->before, day, days);
    const int64_t *after = at(outlook, outlook->after, day + 1, days + 1);
    for (int b = 0; b <= week - width; b++)
      if (before[b] < NEVER / 2) better(rest, after + b, width, before[b]);
  }
  for (int c = 0; c < width; c++)
    rest[c] =
        rest[c] < NEVER / 2 ? rest[c] + constant + least_stranded(outlook, solver->who, c) : NEVER;
}

/* ---- backwards through a day ---- */

/* From what find_rest() left in `waiting`. */
static void look_back(struct outlook *outlook, int day) {
  const struct grid *grid = outlook->grid;
  int width = outlook->width;
  int64_t *least = outlook->days[day].least, *go_on = outlook->ended; /* [width] of it */
  set_all(go_on, width, NEVER);
  for (int slot = grid->day_slots; slot >= 0; slot--) {
    for (int c = 0; c < width; c++) go_on[c] = min64(go_on[c] + grid->idle_slot, NEVER);
    for (int i = 0; i < outlook->n_lengths && slot < grid->day_slots; i++) {
      const struct length *length = &outlook->lengths[i];
      int64_t price = outlook->cheapest[day][slot * outlook->n_lengths + i];
      if (price == NEVER || length->counted >= width) continue;
      better(go_on, row(outlook, least, slot + length->slots) + length->counted,
             width - length->counted, price);
    }
    for (int c = 0; c < width; c++) {
      row(outlook, outlook->days[day].longer, slot)[c] = go_on[c];
      row(outlook, least, slot)[c] = min64(go_on[c], outlook->waiting[c]);
    }
  }
}

int64_t outlook_find(struct outlook *outlook, struct week_solver *solver, const int64_t *worth,
                     const int64_t *price) {
  price_kinds(outlook, solver, worth);
  find_cheapest(outlook, solver, worth, price);
  for (int day = 0; day < N_DAYS; day++) find_levels(outlook, solver->who, day);
  find_before(outlook, solver);
  find_after(outlook, solver);
  int64_t constant = week_constant(solver, worth);
  for (int day = 0; day < N_DAYS; day++) {
    find_rest(outlook, solver, day, constant);
    look_back(outlook, day);
  }
  solver->work += (int64_t)outlook->grid->day_slots * outlook->n_lengths * outlook->width;
  return constant + *at(outlook, outlook->after, 0, 0);
}

const struct day_outlook *outlook_of_day(struct outlook *outlook, int day, int64_t below) {
  outlook->days[day].below = below;
  return &outlook->days[day];
}
