#include "volume.h"

#include <stdlib.h>

#include "iopsched/clinic.h"
#include "iopsched/memory.h"

/* How long a step may be differs by clinic, up to a hundredfold: found out in the first steps. */
enum { FIRST_STEPS = 40, FIRST_PATIENCE = 1, PATIENCE = 8, WEIGHT_WINDOW = 100 };
/* Long steps at once would lose what is good about the prices that it sets out from. */
#define FIRST_LENGTH 0.01
#define FIRST_LEAST 0.005
/* The prices of the beginning may be at a kink of the bound, from where every way seems to lead
 * down. Where so many steps show that, the way out begins farther down: once, for so long, with
 * steps no shorter than that. */
enum { KINK_STEPS = 8, WANDER_STEPS = 40, WANDER_IDLE_STEPS = 3 };
#define WANDER_LENGTH 0.1
#define WANDER_LEAST 0.05
/* What counts as a rise: the share of the first bound that it is one part of. A way out of a kink
 * takes up to so many steps until it shows one. */
enum { RISE_PARTS = 2000, RISE_STEPS = 160 };
/* How much of the way of a whole clan a price goes, to all of that of its kin. Measured with one
 * clan for each service of a patient: more is too much. */
#define CLAN_WEIGHT 0.1
/* A scale grows while its price goes on the way it went, and shrinks otherwise. */
#define SCALE_GROWS 1.2
#define SCALE_SHRINKS 0.7
#define SCALE_RANGE 1000

/* All prices together, each times the few of it that there are, are a number; and none comes near
 * what a week is paid for a session that is fixed. */
static int64_t most_price(int n) {
  int64_t share = (INT64_C(1) << 60) / (n + 1), most = INT64_C(1) << 46;
  return share < most ? share : most;
}

void volume_init(struct volume *volume, int n) {
  *volume = (struct volume){.n = n, .length = FIRST_LENGTH, .weight = 0.1};
  volume->prices = mem_new((size_t)n, sizeof *volume->prices);
  for (int i = 0; i < n; i++) {
    volume->prices[i].most = most_price(n);
    volume->prices[i].scale = 1;
    volume->prices[i].kin = NONE;
  }
}

void volume_heed_kin(struct volume *volume, const int32_t *clan_of, int n_kin, int n_clans) {
  struct kinship *kinship = &volume->kinship;
  *kinship = (struct kinship){.n_kin = n_kin, .n_clans = n_clans, .clan_of = clan_of};
  kinship->kin_way = mem_new((size_t)n_kin, sizeof *kinship->kin_way);
  kinship->clan_way = mem_new((size_t)n_clans, sizeof *kinship->clan_way);
}

void volume_release(struct volume *volume) {
  free(volume->prices);
  free(volume->kinship.kin_way);
  free(volume->kinship.clan_way);
}

static double dot_directions(const struct volume *volume, double *with_new, double *new_new) {
  double old_old = 0;
  *with_new = *new_new = 0;
  for (int i = 0; i < volume->n; i++) {
    const struct price *price = &volume->prices[i];
    double now = price->excess;
    if (price->center == 0 && price->direction <= 0 && price->excess <= 0) continue; /* idle */
    old_old += price->scale * price->direction * price->direction;
    *with_new += price->scale * price->direction * now;
    *new_new += price->scale * now * now;
  }
  return old_old;
}

/* The weight of the newest answers that makes the average disagree least, within limits. */
static double best_weight(const struct volume *volume, double old_old, double with_new,
                          double new_new) {
  double below = old_old - 2 * with_new + new_new;
  double weight = below > 0 ? (old_old - with_new) / below : volume->weight;
  if (weight > volume->weight) return volume->weight;
  return weight < volume->weight / 10 ? volume->weight / 10 : weight;
}

/* Some prices are far from where they should be, and only experience tells which (Jacobs 1988). */
static void find_scale(struct price *price) {
  if (price->excess < 0 && price->now == 0) return; /* it cannot go there */
  double agreement = price->excess * price->direction, least = price->least_scale;
  if (agreement > 0) price->scale *= SCALE_GROWS;
  if (agreement < 0) price->scale *= SCALE_SHRINKS;
  if (price->scale > SCALE_RANGE * least) price->scale = SCALE_RANGE * least;
  if (price->scale < least) price->scale = least;
}

static void average(struct volume *volume) {
  for (int i = 0; i < volume->n; i++)
    if (volume->prices[i].least_scale > 0) find_scale(&volume->prices[i]);
  double with_new, new_new, old_old = dot_directions(volume, &with_new, &new_new);
  double weight = volume->steps == 1 ? 1 : best_weight(volume, old_old, with_new, new_new);
  volume->agrees = with_new > 0;
  for (int i = 0; i < volume->n; i++) {
    struct price *price = &volume->prices[i];
    price->direction = weight * price->excess + (1 - weight) * price->direction;
  }
}

static int patience(const struct volume *volume) {
  return volume->steps < FIRST_STEPS ? FIRST_PATIENCE : PATIENCE;
}

static bool wanders(const struct volume *volume) {
  return volume->steps < volume->wander_until;
}

static void look_for_kink(struct volume *volume) {
  if (volume->steps == 1) volume->first = volume->noted = volume->reached;
  if (volume->steps == 1 || volume->reached - volume->noted > volume->first / RISE_PARTS) {
    volume->noted = volume->reached;
    volume->noted_step = volume->steps;
  }
  if (volume->wander_until > 0 || volume->steps - volume->noted_step < KINK_STEPS) return;
  volume->wander_until = volume->steps + WANDER_STEPS;
  volume->length = WANDER_LENGTH;
}

/* Before the average of the answers points uphill, short steps help no more than long ones. */
static double least_length(const struct volume *volume) {
  if (wanders(volume)) return WANDER_LEAST;
  return volume->steps < FIRST_STEPS ? FIRST_LEAST : 0;
}

static void set_center(struct volume *volume, int64_t value) {
  volume->center = value;
  for (int i = 0; i < volume->n; i++) volume->prices[i].center = volume->prices[i].now;
  volume->idle_steps = 0;
}

void volume_note(struct volume *volume, int64_t value) {
  if (value <= volume->best) return;
  volume->best = value;
  for (int i = 0; i < volume->n; i++) volume->prices[i].best = volume->prices[i].now;
}

static void judge(struct volume *volume, int64_t value) {
  volume_note(volume, value);
  if (value > volume->reached) volume->reached = value;
  if (value > volume->center) {
    set_center(volume, value);
    if (volume->length < 2 && !wanders(volume)) volume->length *= volume->agrees ? 1.3 : 1.15;
  } else if (wanders(volume) && volume->idle_steps >= WANDER_IDLE_STEPS) {
    set_center(volume, value);
  } else if (++volume->idle_steps % patience(volume) == 0 &&
             volume->length > least_length(volume)) {
    volume->length *= 0.66;
  }
  look_for_kink(volume);
  if (volume->steps % WEIGHT_WINDOW != 0) return;
  if (volume->reached - volume->window_best < volume->reached / 100 && volume->weight > 1e-3)
    volume->weight /= 2;
  volume->window_best = volume->reached;
}

static bool can_move(const struct price *price) {
  return price->direction < 0 ? price->center > 0 : price->center < price->most;
}

/* Which of much the same things the answers of an evaluation fell upon is chance, and going after
 * each by itself undoes with one step what the last one did: kin go together, most of the way. */
static void find_kin_ways(struct volume *volume) {
  struct kinship *kinship = &volume->kinship;
  for (int k = 0; k < kinship->n_kin; k++) kinship->kin_way[k] = 0;
  for (int c = 0; c < kinship->n_clans; c++) kinship->clan_way[c] = 0;
  for (int i = 0; i < volume->n; i++) {
    const struct price *price = &volume->prices[i];
    if (price->kin != NONE && can_move(price)) kinship->kin_way[price->kin] += price->direction;
  }
  for (int k = 0; k < kinship->n_kin; k++)
    kinship->clan_way[kinship->clan_of[k]] += kinship->kin_way[k];
  for (int k = 0; k < kinship->n_kin; k++)
    kinship->kin_way[k] += CLAN_WEIGHT * kinship->clan_way[kinship->clan_of[k]];
}

/* Sums over kin are a positive semidefinite metric of the steps: they lead uphill as surely as the
 * direction does. */
static double way_of(const struct volume *volume, const struct price *price) {
  double way = can_move(price) ? price->direction : 0;
  if (price->kin != NONE) way += volume->kinship.kin_way[price->kin];
  return price->scale * way;
}

static void move(struct volume *volume, int64_t aim) {
  double norm = 0;
  find_kin_ways(volume);
  for (int i = 0; i < volume->n; i++) {
    const struct price *price = &volume->prices[i];
    if (can_move(price)) norm += price->direction * way_of(volume, price);
  }
  if (norm < 1e-9) return;
  double hoped = (double)(aim - volume->center), step = volume->length * hoped / norm;
  for (int i = 0; i < volume->n; i++) {
    struct price *price = &volume->prices[i];
    double way = step * way_of(volume, price);
    if (way > hoped) way = hoped; /* where hardly anything can move, that little would run away */
    if (way < -hoped) way = -hoped;
    price->now = price->center + (int64_t)way;
    if (price->now < 0) price->now = 0;
    if (price->now > price->most) price->now = price->most;
  }
}

/* What a step hopes for. The cost known may be far above what can be proven, and too bold a step is
 * wasted; but from far below it, timid ones would never arrive. Without a cost they are all there
 * is. */
static int64_t aim_at(const struct volume *volume, int64_t target) {
  int64_t timid = volume->center + volume->best / 20;
  if (target == INT64_MAX) return timid;
  int64_t bold = volume->center + (target - volume->center) / 3;
  int64_t aim = bold > timid ? bold : timid;
  return aim < target ? aim : target;
}

void volume_step(struct volume *volume, int64_t value, int64_t target) {
  volume->steps++;
  average(volume);
  judge(volume, value);
  if (target > volume->best) move(volume, aim_at(volume, target));
}

bool volume_is_rising(const struct volume *volume) {
  return volume->steps - volume->noted_step < RISE_STEPS;
}

bool volume_is_stuck(const struct volume *volume) {
  return volume->length < 1e-5;
}
