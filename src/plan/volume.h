/* The volume algorithm (Barahona & Anbil 2000): looks for the prices at which a Lagrangian
 * relaxation proves most. It knows nothing of what the prices are for: for each it is told by how
 * much demand exceeded supply at the prices tried, and what bound they proved. */
#ifndef IOPSCHED_PLAN_VOLUME_H
#define IOPSCHED_PLAN_VOLUME_H

#include <stdbool.h>
#include <stdint.h>

struct price {
  int64_t now;    /* tried, from 0 to `most` */
  int64_t best;   /* of the best bound so far */
  int64_t center; /* where steps set out from: mostly the best ones */
  int64_t most;
  double scale;      /* of its steps, against the others' */
  double direction;  /* average of the excess: where both sides disagree in the long run */
  int32_t excess;    /* demand less supply in the last evaluation */
  float least_scale; /* where the scale is found out: what it began with, and does not go below; 0
                        where it stays as it is */
  int32_t kin;       /* prices of one kin are for much the same thing; below n_kin, or NONE */
};

/* Which prices should go the same way: kin, and farther relations. */
struct kinship {
  int n_kin, n_clans;
  const int32_t *clan_of;     /* [n_kin]: the clan of each kin */
  double *kin_way, *clan_way; /* [n_kin], [n_clans], scratch: where all of them point to together */
};

struct volume {
  struct price *prices; /* [n], heap */
  int n;
  int64_t best;               /* bound */
  int64_t first, reached;     /* what its own steps began with and came to */
  int64_t noted, window_best; /* `reached` when it last rose by what counts, and some steps ago */
  int64_t center;             /* the bound that the center proved */
  double length;              /* share of the way to the target that a step aims at */
  double weight;              /* most of the newest answers in the average */
  bool agrees;                /* the newest answers point the way of the average */
  int idle_steps, steps;
  int noted_step;   /* of `noted` */
  int wander_until; /* the step at which the way out of a kink ends; 0: there was none yet */
  struct kinship kinship;
};

/* All prices 0, of scale 1 and of no kin; `most` keeps sums of them from overflowing. */
void volume_init(struct volume *volume, int n);
/* Once prices have been given their kin. clan_of: [n_kin], borrowed, each below n_clans. */
void volume_heed_kin(struct volume *volume, const int32_t *clan_of, int n_kin, int n_clans);
void volume_release(struct volume *volume);

/* Sets out from a price >= 0, or from as much of it as may be. */
static inline void price_set(struct price *price, int64_t now) {
  price->now = now < price->most ? now : price->most;
}

/* The prices `now` proved `value`, with the excesses in place: moves on to others. target: cost of
 * the best plan known. */
void volume_step(struct volume *volume, int64_t value, int64_t target);

/* Other prices, `now`, proved `value`: they are the best if that is more, but steps do not set out
 * from them. */
void volume_note(struct volume *volume, int64_t value);

/* True as long as what counts was gained not long ago, where the way out of a kink is long. */
bool volume_is_rising(const struct volume *volume);

/* True once further steps gain nothing worth their time. */
bool volume_is_stuck(const struct volume *volume);

#endif
