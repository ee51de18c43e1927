/* The prices that the bound sets out from. */
#include <stdlib.h>

#include "bound_inside.h"

/* A service that nobody could hold is short whatever it is rewarded with. */
static void reward_in_vain(struct bound *bound) {
  const struct grid *grid = bound->grid;
  const struct clinic *clinic = grid->clinic;
  bool *held = mem_new((size_t)clinic->n_services, sizeof *held);
  for (int i = 0; i < bound->n_offers; i++)
    if (bound->offers[i].max_open > 0) held[grid->offers[bound->offers[i].offer].service] = true;
  for (int s = 0; s < clinic->n_services; s++)
    if (clinic->services[s].format == FORMAT_GROUP && !held[s])
      bound->supply.wanted[s].now = bound->supply.wanted[s].most;
  free(held);
}

/* Where nothing better is known the patients who could fill a session share its cost evenly. */
static void share_evenly(struct bound *bound) {
  for (int i = 0; i < bound->n_offers; i++) {
    const struct group_offer *group = &bound->offers[i];
    if (group->max_open == 0) continue;
    int payers = group->seats[1] < group->n ? group->seats[1] : group->n;
    for (int j = 0; j < group->n && payers > 0; j++)
      price_set(&bound->volume.prices[group->first + j], group->cost / payers);
  }
}

static void take_places(struct bound *bound, const struct first_prices *first) {
  const struct grid *grid = bound->grid;
  size_t services = (size_t)grid->clinic->n_services;
  for (int i = 0; i < bound->n_offers; i++) {
    const struct group_offer *group = &bound->offers[i];
    if (group->max_open == 0) continue;
    size_t service = (size_t)grid->offers[group->offer].service;
    int period = first->n_periods == 1 ? 0 : grid->offers[group->offer].day;
    for (int j = group->first; j < group->first + group->n; j++) {
      size_t visits = (size_t)bound->shares[j].patient * services + service;
      price_set(&bound->volume.prices[j],
                first->place[visits * (size_t)first->n_periods + (size_t)period]);
    }
  }
}

static void take_first(struct bound *bound, const struct first_prices *first) {
  take_places(bound, first);
  supply_set_out(&bound->supply, first);
}

void bound_set_first_prices(struct bound *bound) {
  struct first_prices first;
  bound->tries_others = first_prices_find(&first, bound->grid, bound->halt);
  if (bound->tries_others)
    take_first(bound, &first);
  else
    share_evenly(bound);
  first_prices_release(&first);
  reward_in_vain(bound);
}

/* ---- others, tried once ---- */

/* The prices to go on from wait; all others are 0. */
static void begin_trial(struct bound *bound, enum bound_trial trial) {
  struct volume *volume = &bound->volume;
  bound->trial = trial;
  if (!bound->put_off) bound->put_off = mem_new((size_t)volume->n, sizeof *bound->put_off);
  for (int i = 0; i < volume->n; i++) {
    bound->put_off[i] = volume->prices[i].now;
    volume->prices[i].now = 0;
  }
}

static void end_trials(struct bound *bound) {
  bound->trial = TRIAL_NONE;
  free(bound->put_off);
  bound->put_off = NULL;
}

static void go_back(struct bound *bound) {
  struct volume *volume = &bound->volume;
  for (int i = 0; i < volume->n; i++) volume->prices[i].now = bound->put_off[i];
}

void bound_try_others(struct bound *bound) {
  if (!bound->tries_others) return;
  bound->tries_others = false;
  begin_trial(bound, TRIAL_EVEN);
  share_evenly(bound);
  reward_in_vain(bound);
}

static void try_by_day(struct bound *bound) {
  struct first_prices first;
  if (first_prices_find_by_day(&first, bound->grid, bound->halt)) {
    begin_trial(bound, TRIAL_BY_DAY);
    take_first(bound, &first);
    reward_in_vain(bound);
  } else {
    end_trials(bound);
  }
  first_prices_release(&first);
}

/* Steps lead on from even prices if those proved more. From those by the day they lead nowhere:
 * what proved more at first is overtaken by what rises from the others. */
bool bound_tried_others(struct bound *bound, int64_t target) {
  struct volume *volume = &bound->volume;
  if (bound->trial == TRIAL_NONE) return false;
  bool even = bound->trial == TRIAL_EVEN;
  if (even && bound->value > volume->best) {
    volume->steps = 0;
    volume_step(volume, bound->value, target);
  } else {
    volume_note(volume, bound->value);
    go_back(bound);
  }
  if (even)
    try_by_day(bound);
  else
    end_trials(bound);
  return true;
}
