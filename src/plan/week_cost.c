/* What a week costs a patient, and whether it may be so: worked out afresh from its offers. */
#include "week.h"

/* The sessions that a requirement of one service asks for, but for those that pay: each is had at
 * the lowest price, or is short. */
static int64_t need_floor(const struct grid *grid, int patient, const struct need *need,
                          const int64_t *price) {
  int64_t lowest = grid_session_short(grid, &grid->clinic->patients[patient]);
  int missing = need->min_sessions, s = need->service;
  bool could = ints_contain(&grid->patient_services[patient], s);
  for (int offer = grid->service_offers[s]; could && offer < grid->service_offers[s + 1]; offer++) {
    if (price[offer] < 0)
      missing--;
    else if (price[offer] < lowest)
      lowest = price[offer];
  }
  return missing > 0 ? missing * lowest : 0;
}

int64_t week_price_floor(const struct grid *grid, int patient, const int64_t *price) {
  const struct patient *who = &grid->clinic->patients[patient];
  const struct ints *services = &grid->patient_services[patient];
  int64_t floor = 0;
  for (int i = 0; i < services->n; i++)
    for (int offer = grid->service_offers[services->list[i]];
         offer < grid->service_offers[services->list[i] + 1]; offer++)
      if (price[offer] < 0) floor += price[offer];
  for (int need = 0; need < who->n_needs; need++)
    if (who->needs[need].service != NONE)
      floor += need_floor(grid, patient, &who->needs[need], price);
  return floor;
}

static int64_t day_own_cost(const struct grid *grid, const struct patient *who, const int *offers,
                            int n, int *counted_min) {
  int minutes = 0, n_counted = 0, in_session = 0;
  for (int i = 0; i < n; i++) {
    const struct offer *offer = &grid->offers[offers[i]];
    in_session += offer_slots(offer);
    if (!grid->clinic->services[offer->service].counts_hours) continue;
    minutes += offer_slots(offer) * grid->clinic->slot_minutes;
    n_counted++; /* a service occurs once a day */
  }
  *counted_min += minutes;
  int span = grid->offers[offers[n - 1]].end - grid->offers[offers[0]].start;
  return (span - in_session) * grid->idle_slot + grid_stranded_cost(grid, who, minutes, n_counted);
}

/* Sessions among offers [n] that count for the row. */
static int count_for(const struct grid *grid, const struct need *row, const int *offers, int n) {
  int count = 0;
  for (int i = 0; i < n; i++)
    count += clinic_need_holds(grid->clinic, row, grid->offers[offers[i]].service);
  return count;
}

static int64_t needs_cost(const struct grid *grid, const struct patient *who, const int *offers,
                          int n) {
  int64_t cost = 0, each = grid_session_short(grid, who);
  for (int need = 0; need < who->n_needs; need++) {
    const struct need *row = &who->needs[need];
    int have = count_for(grid, row, offers, n);
    cost += each * max64(0, row->min_sessions - have);
  }
  return cost;
}

/* Hours below the minimum if the longest group sessions are missed, beyond those short already. */
static int64_t cushion_cost(const struct grid *grid, const struct patient *who, const int *offers,
                            int n, int counted_min) {
  const struct clinic *clinic = grid->clinic;
  int64_t weight = clinic->weight_milli[TERM_CUSHION] * (AMOUNT_ONE / 60);
  if (weight == 0 || clinic->cushion_sessions == 0) return 0;
  int minutes[MAX_WEEK_SESSIONS], n_groups = 0, lost = 0;
  for (int i = 0; i < n; i++) {
    const struct service *service = &clinic->services[grid->offers[offers[i]].service];
    if (service->format != FORMAT_GROUP || !service->counts_hours) continue;
    int at = n_groups++;
    for (; at > 0 && minutes[at - 1] < service->minutes; at--) minutes[at] = minutes[at - 1];
    minutes[at] = service->minutes;
  }
  for (int i = 0; i < n_groups && i < clinic->cushion_sessions; i++) lost += minutes[i];
  return weight * (max64(0, who->min_minutes - (counted_min - lost)) -
                   max64(0, who->min_minutes - counted_min));
}

int64_t week_own_cost(const struct grid *grid, int patient, const int *offers, int n) {
  const struct clinic *clinic = grid->clinic;
  const struct patient *who = &clinic->patients[patient];
  int64_t cost = needs_cost(grid, who, offers, n);
  int counted_min = 0, days = 0;
  for (int i = 0, first = 0; i < n; i++) {
    cost += grid_attendance_cost(grid, patient, offers[i]);
    if (i + 1 < n && grid->offers[offers[i + 1]].day == grid->offers[offers[first]].day) continue;
    cost += day_own_cost(grid, who, offers + first, i + 1 - first, &counted_min);
    first = i + 1;
    days++;
  }
  cost += clinic->weight_milli[TERM_HOUR_SHORT] * who->priority_milli *
          max64(0, who->min_minutes - counted_min);
  cost += clinic->weight_milli[TERM_DAY_SHORT] * (AMOUNT_ONE / 1000) * who->priority_milli *
          max64(0, who->min_days - days);
  cost += cushion_cost(grid, who, offers, n, counted_min);
  cost += grid_held_cost(grid, patient, offers, n);
  return cost + grid->extra_day * max64(0, days - who->min_days);
}

/* ---- validity ---- */

static bool may_follow_on_day(const struct clinic *clinic, const struct offer *before,
                              const struct offer *after) {
  bool other_mode =
      clinic->services[before->service].telehealth != clinic->services[after->service].telehealth;
  int gap = (after->start - before->end) * clinic->slot_minutes;
  return gap >= (other_mode ? clinic->travel_minutes : 0);
}

/* Slots in session within the stretch that ends with offers[last]. */
static int busy_before(const struct grid *grid, const int *offers, int last, int stretch) {
  int from = grid->offers[offers[last]].end - stretch, busy = 0;
  for (int i = last; i >= 0 && grid->offers[offers[i]].end > from; i--) {
    const struct offer *offer = &grid->offers[offers[i]];
    busy += offer->end - (offer->start > from ? offer->start : from);
  }
  return busy;
}

static bool day_is_valid(const struct grid *grid, const int *offers, int n, int *counted_min) {
  const struct clinic *clinic = grid->clinic;
  bool breaks = clinic->break_after_minutes > 0 && clinic->break_minutes > 0, onsite = false;
  int stretch = (clinic->break_after_minutes + clinic->break_minutes) / clinic->slot_minutes;
  int minutes = 0;
  for (int i = 0; i < n; i++) {
    const struct offer *offer = &grid->offers[offers[i]];
    const struct service *service = &clinic->services[offer->service];
    if (i > 0 && !may_follow_on_day(clinic, &grid->offers[offers[i - 1]], offer)) return false;
    for (int j = 0; j < i; j++)
      if (grid->offers[offers[j]].service == offer->service) return false;
    if (breaks &&
        busy_before(grid, offers, i, stretch) * clinic->slot_minutes > clinic->break_after_minutes)
      return false;
    if (service->counts_hours) minutes += service->minutes;
    onsite |= !service->telehealth;
  }
  *counted_min += minutes;
  return minutes <= clinic->day_max_minutes && (!onsite || minutes >= clinic->visit_min_minutes);
}

static bool maxima_kept(const struct grid *grid, const struct lattice *lattice, const int *offers,
                        int n) {
  for (int r = 0; r < lattice->n_rows; r++) {
    const struct need *row = &lattice->rows[r];
    if (count_for(grid, row, offers, n) > row->max_sessions) return false;
  }
  return true;
}

bool week_is_valid(const struct grid *grid, const struct lattices *lattices, int patient,
                   const int *offers, int n) {
  const struct patient *who = &grid->clinic->patients[patient];
  int counted_min = 0, days = 0;
  for (int i = 0, first = 0; i < n; i++) {
    if (!grid_patient_there(grid, patient, &grid->offers[offers[i]])) return false;
    if (i + 1 < n && grid->offers[offers[i + 1]].day == grid->offers[offers[first]].day) continue;
    if (!day_is_valid(grid, offers + first, i + 1 - first, &counted_min)) return false;
    first = i + 1;
    days++;
  }
  return counted_min <= who->max_minutes && days <= who->max_days &&
         maxima_kept(grid, &lattices->list[lattices->of_patient[patient]], offers, n);
}
