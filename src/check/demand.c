#include "demand.h"

#include <stdlib.h>

/* Sums and maxima of the patients' minima by service: sum [n_services], most [n_services]. */
static void add_minima(const struct clinic *clinic, int64_t *sum, int64_t *most) {
  for (int p = 0; p < clinic->n_patients; p++) {
    const struct patient *who = &clinic->patients[p];
    for (int i = 0; i < who->n_needs && who->takes_part; i++) {
      const struct need *need = &who->needs[i];
      if (need->service == NONE) continue;
      sum[need->service] += need->min_sessions;
      if (need->min_sessions > most[need->service]) most[need->service] = need->min_sessions;
    }
  }
}

/* Counted minutes that the patient needs at least. */
static int64_t needed_minutes(const struct clinic *clinic, const struct patient *who) {
  int64_t required = 0;
  for (int i = 0; i < who->n_needs; i++)
    if (who->needs[i].service != NONE && clinic->services[who->needs[i].service].counts_hours)
      required +=
          (int64_t)who->needs[i].min_sessions * clinic->services[who->needs[i].service].minutes;
  return required > who->min_minutes ? required : who->min_minutes;
}

void demand_init(struct demand *demand, const struct clinic *clinic) {
  size_t n_services = (size_t)clinic->n_services;
  *demand = (struct demand){clinic, mem_new(n_services, sizeof(int)),
                            mem_new(n_services, sizeof(int64_t)), 0};
  int64_t *sum = mem_new(n_services, sizeof *sum);
  add_minima(clinic, sum, demand->n_sessions);
  for (int p = 0; p < clinic->n_patients; p++)
    if (clinic->patients[p].takes_part)
      demand->extra_seat_minutes += needed_minutes(clinic, &clinic->patients[p]);
  for (int v = 0; v < clinic->n_services; v++) {
    const struct service *it = &clinic->services[v];
    int seats = demand->seats[v] = seats_of(clinic, v);
    int64_t filled = seats > 0 ? (sum[v] + seats - 1) / seats : 0;
    if (filled > demand->n_sessions[v]) demand->n_sessions[v] = filled;
    if (it->sessions_min > demand->n_sessions[v]) demand->n_sessions[v] = it->sessions_min;
    if (it->counts_hours) demand->extra_seat_minutes -= demand->n_sessions[v] * seats * it->minutes;
  }
  if (demand->extra_seat_minutes < 0) demand->extra_seat_minutes = 0;
  free(sum);
}

void demand_release(struct demand *demand) {
  free(demand->seats);
  free(demand->n_sessions);
  *demand = (struct demand){0};
}

int64_t demand_extra_minutes(const struct demand *demand, bool of_leaders) {
  int64_t best_seats = 0, best_taken = 1;
  for (int v = 0; v < demand->clinic->n_services; v++) {
    const struct service *it = &demand->clinic->services[v];
    if (!it->counts_hours || it->sessions_max == 0) continue;
    if (!of_leaders && it->telehealth) return 0;
    int taken = of_leaders ? it->leaders : 1;
    if (demand->seats[v] * best_taken <= best_seats * taken) continue;
    best_seats = demand->seats[v];
    best_taken = taken;
  }
  if (best_seats == 0) return 0;
  return (demand->extra_seat_minutes * best_taken + best_seats - 1) / best_seats;
}
