/* Remedies that were tried: what planning with them came to. */
#ifndef IOPSCHED_LIVE_TRIES_H
#define IOPSCHED_LIVE_TRIES_H

#include "drafts.h"
#include "iopsched/claim.h"
#include "replan.h"

struct tried {
  struct remedy remedy;
  struct replanned after;
  bool from_plan; /* planned from the plan alone, by the clinic's own priorities: as anybody would
                     who made the change in the files */
};

struct tries {
  const struct clinic *clinic;
  const struct schedule *plan;  /* that is explained */
  const struct outcome *before; /* of it */
  struct cost cost;             /* of it */
  struct budget budget;
  struct tried **list; /* [n] */
  size_t n, capacity;
};
void tries_release(struct tries *tries);

/* True if the need is met, and no other less than in the plan. */
bool tries_meet(const struct tries *tries, const struct replanned *after, const struct unmet *need);

/* What shows that the remedy meets the need, or NULL: what was tried for another need may, or a
 * week planned from the draft's. If that helps somebody else instead, it is planned with a little
 * more priority: then *rival is the week that leaves the need unmet. *n_tried goes up with each. */
const struct replanned *tries_prove(struct tries *tries, const struct draft *draft,
                                    const struct unmet *need, int *n_tried,
                                    const struct replanned **rival);

/* A week that was tried with the remedy, or with a part of it, leaves the need unmet and costs no
 * more care than `own`: what the remedy adds is then somebody else's. NULL: none is known. */
const struct replanned *tries_rival(const struct tries *tries, const struct remedy *remedy,
                                    const struct unmet *need, const struct replanned *own);

/* Plans with the remedy from the plan alone, once for all needs. */
const struct replanned *tries_from_plan(struct tries *tries, const struct remedy *remedy);
/* The same with other dice, and with the patient's priority a little less (if the need has one). */
const struct replanned *tries_slighted(struct tries *tries, const struct remedy *remedy,
                                       const struct unmet *need);
/* True if the remedy with those sessions fixed, planned from the plan alone, meets the need. */
bool tries_with_claims(struct tries *tries, const struct remedy *remedy, const struct unmet *need,
                       const struct claims *claims);

#endif
