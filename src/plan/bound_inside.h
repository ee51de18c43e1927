/* What the parts of the bound share; for bound*.c alone. */
#ifndef IOPSCHED_PLAN_BOUND_INSIDE_H
#define IOPSCHED_PLAN_BOUND_INSIDE_H

#include "bound.h"
#include "first_prices.h"
#include "group_offer.h"
#include "supply.h"
#include "volume.h"

struct share { /* what a patient would pay at an offer: its price is that of the same index */
  int32_t patient;
  int8_t attends, seated; /* in the last evaluation: by the patients', by the sessions' side */
};

struct ranked {
  int64_t price;
  int32_t share; /* within its offer */
};

/* The least that one session alone with a therapist costs, and of that what its leaders do. */
struct alone {
  int64_t cost, leaders;
};

/* Which prices are evaluated once, beside those that steps lead to. */
enum bound_trial { TRIAL_NONE, TRIAL_EVEN, TRIAL_BY_DAY };

struct bound {
  const struct grid *grid;
  struct lattices lattices;
  struct week_solver *solver; /* NULL: it has not set out */
  struct halt *halt;          /* or NULL */
  struct arena arena;
  struct volume volume; /* the shares' prices, then the supply's */
  struct supply supply;
  struct hands hands;   /* scratch */
  struct share *shares; /* [n_shares], by offer */
  int n_shares;
  struct group_offer *offers; /* [n_offers] */
  int n_offers;
  struct alone *alone;      /* [n_offers of grid]; of those of groups nothing */
  int32_t **patient_shares; /* [n_patients]: [n], indices into shares */
  int32_t *n_patient_shares;
  int32_t *share_at; /* [n_offers of grid], scratch: the share of the patient at hand, or NONE */
  int64_t *price;    /* [n_offers of grid], scratch */
  struct ranked *ranked; /* scratch for the shares of one offer */
  int64_t *collected;    /* [n_patients + 1], scratch: what the first of them pay together */
  int payers;            /* scratch: how many of them pay anything */
  int64_t cost_step;     /* all costs are multiples of it */
  int64_t value;         /* of the step under way */
  int next_patient;      /* of it; 0: it has not begun */
  bool tries_others;     /* other prices than the first are to be tried */
  enum bound_trial trial;
  int64_t *put_off; /* [volume.n]: prices that wait while others are tried; or NULL */
};

/* The offer that the share is of, by bisection over the group offers' ranges. */
const struct group_offer *bound_group_of_share(const struct bound *bound, int share);

/* What takes long of the beginning; leaves bound->solver NULL if it is halted on the way. */
void bound_set_out(struct bound *bound);

/* ---- bound_prices.c ---- */

void bound_set_first_prices(struct bound *bound);
/* After the first evaluation: the prices to try next are others, if there are any. */
void bound_try_others(struct bound *bound);
/* True if the prices just evaluated were those; they proved bound->value. Goes on from them, or as
 * if they had not been tried. */
bool bound_tried_others(struct bound *bound, int64_t target);

#endif
