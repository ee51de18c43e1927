#include "volume.h"

#include <stdlib.h>

#include "iopsched/memory.h"

/* How long a step may be differs by clinic, up to a hundredfold: found out in the first steps. */
enum {
  FIRST_STEPS = 40,
  FIRST_PATIENCE = 1,
  PATIENCE = 8,
  WEIGHT_WINDOW = 100,
  KINK_STEPS = 3,
  KINK_UNTIL = 200
};
#define FIRST_LEAST 0.01
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
  *volume = (struct volume){.n = n, .length = 0.5, .weight = 0.1};
  volume->prices = mem_new((size_t)n, sizeof *volume->prices);
  for (int i = 0; i < n; i++) {
    volume->prices[i].most = most_price(n);
    volume->prices[i].scale = 1;
  }
}

void volume_release(struct volume *volume) {
  free(volume->prices);
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

/* Before the average of the answers points uphill, short steps help no more than long ones. */
static double least_length(const struct volume *volume) {
  return volume->steps < FIRST_STEPS ? FIRST_LEAST : 0;
}

static void set_center(struct volume *volume, int64_t value) {
  volume->center = value;
  for (int i = 0; i < volume->n; i++) volume->prices[i].center = volume->prices[i].now;
  volume->idle_steps = 0;
}

/* The even prices of the beginning may be at a kink of the bound, from where every way seems to
 * lead down: the way out begins farther down. */
static bool leaves_kink(const struct volume *volume) {
  return volume->steps < KINK_UNTIL && volume->idle_steps >= KINK_STEPS &&
         volume->best - volume->first < volume->first / 200;
}

static void judge(struct volume *volume, int64_t value) {
  if (volume->steps == 1) volume->first = value;
  if (value > volume->best) {
    volume->best = value;
    for (int i = 0; i < volume->n; i++) volume->prices[i].best = volume->prices[i].now;
  }
  if (value > volume->center) {
    set_center(volume, value);
    if (volume->length < 2) volume->length *= volume->agrees ? 1.3 : 1.05;
  } else if (leaves_kink(volume)) {
    set_center(volume, value);
  } else if (++volume->idle_steps % patience(volume) == 0 &&
             volume->length > least_length(volume)) {
    volume->length *= 0.66;
  }
  if (volume->steps % WEIGHT_WINDOW != 0) return;
  if (volume->best - volume->window_best < volume->best / 100 && volume->weight > 1e-3)
    volume->weight /= 2;
  volume->window_best = volume->best;
}

static bool can_move(const struct price *price) {
  return price->direction < 0 ? price->center > 0 : price->center < price->most;
}

static void move(struct volume *volume, int64_t aim) {
  double norm = 0;
  for (int i = 0; i < volume->n; i++) {
    const struct price *price = &volume->prices[i];
    if (can_move(price)) norm += price->scale * price->direction * price->direction;
  }
  if (norm < 1e-9) return;
  double hoped = (double)(aim - volume->center), step = volume->length * hoped / norm;
  for (int i = 0; i < volume->n; i++) {
    struct price *price = &volume->prices[i];
    double way = step * price->scale * price->direction;
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

bool volume_is_stuck(const struct volume *volume) {
  return volume->length < 1e-5;
}
