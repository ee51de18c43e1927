/* What the bound is about: whose places in which groups have a price. */
#include <stdlib.h>

#include "bound_inside.h"
#include "iopsched/rules.h"

static void add_offer(struct bound *bound, int offer_index, size_t *capacity) {
  const struct grid *grid = bound->grid;
  const struct offer *offer = &grid->offers[offer_index];
  int first = bound->n_shares;
  const struct ints *may = &grid->service_patients[offer->service];
  for (int i = 0; i < may->n; i++) {
    if (!grid_patient_there(grid, may->list[i], offer)) continue;
    bound->shares =
        mem_room_for_one(bound->shares, (size_t)bound->n_shares, capacity, sizeof *bound->shares);
    bound->shares[bound->n_shares++] = (struct share){.patient = may->list[i]};
  }
  group_offer_init(&bound->offers[bound->n_offers++], grid, offer_index, first,
                   bound->n_shares - first, &bound->arena);
}

/* A service that starts a little later is much the same to a patient: kin are the places of one
 * patient in a service's groups that start in the same two hours, a clan those of the whole week.
 */
static void tie_kin(struct bound *bound) {
  enum { KIN_MINUTES = 120 };
  const struct clinic *clinic = bound->grid->clinic;
  int32_t *clan_of = arena_alloc(&bound->arena, (size_t)bound->n_shares, sizeof *clan_of);
  int n_kin = 0;
  for (int p = 0; p < clinic->n_patients; p++) {
    int service = NONE, time = NONE;
    for (int i = 0; i < bound->n_patient_shares[p]; i++) {
      int share = bound->patient_shares[p][i];
      const struct offer *offer = &bound->grid->offers[bound_group_of_share(bound, share)->offer];
      int then = offer->start * clinic->slot_minutes / KIN_MINUTES;
      if (offer->service != service || then != time)
        clan_of[n_kin++] = p * clinic->n_services + offer->service;
      service = offer->service;
      time = then;
      bound->volume.prices[share].kin = n_kin - 1;
    }
  }
  volume_heed_kin(&bound->volume, clan_of, n_kin, clinic->n_patients * clinic->n_services);
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

struct bound *bound_new(const struct grid *grid) {
  struct bound *bound = mem_new(1, sizeof *bound);
  bound->grid = grid;
  bound->cost_step = grid->n_before ? 1 : cost_step(grid->clinic); /* held plans weigh more */
  size_t n = (size_t)grid->n_offers, capacity = 0;
  bound->offers = arena_alloc(&bound->arena, n, sizeof *bound->offers);
  for (int i = 0; i < grid->n_offers; i++)
    if (grid->clinic->services[grid->offers[i].service].format == FORMAT_GROUP)
      add_offer(bound, i, &capacity);
  index_patients(bound);
  volume_init(&bound->volume, bound->n_shares + supply_count(grid));
  supply_init(&bound->supply, grid, bound->volume.prices + bound->n_shares);
  hands_init(&bound->hands, grid);
  bound->share_at = mem_new(n, sizeof *bound->share_at);
  bound->price = mem_new(n, sizeof *bound->price);
  bound->alone = mem_new(n, sizeof *bound->alone);
  size_t patients = (size_t)grid->clinic->n_patients;
  bound->ranked = mem_new(patients, sizeof *bound->ranked);
  bound->collected = mem_new(patients + 1, sizeof *bound->collected);
  return bound;
}

/* Done when the bound is first asked for: a first plan does not wait for it. */
void bound_set_out(struct bound *bound) {
  if (!lattices_init(&bound->lattices, bound->grid, LATTICE_BOUND_NODES, bound->halt)) return;
  bound->solver = week_solver_new(bound->grid, &bound->lattices);
  tie_kin(bound);
  bound_set_first_prices(bound);
}

void bound_free(struct bound *bound) {
  if (!bound) return;
  week_solver_free(bound->solver);
  lattices_release(&bound->lattices);
  arena_free(&bound->arena);
  free(bound->shares);
  free(bound->share_at);
  free(bound->price);
  free(bound->alone);
  free(bound->ranked);
  free(bound->collected);
  free(bound->put_off);
  hands_release(&bound->hands);
  supply_release(&bound->supply);
  volume_release(&bound->volume);
  free(bound);
}
