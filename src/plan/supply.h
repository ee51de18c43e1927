/* Prices for what sessions take up and there is only so much of: each therapist's time, hours of a
 * day and of the week, each room's time; and for how often a service is held in the week. They tell
 * the bound's two sides, who know nothing of each other, what the rest of the week could do with
 * it. A session costs at least what the cheapest leaders and rooms for it cost. */
#ifndef IOPSCHED_PLAN_SUPPLY_H
#define IOPSCHED_PLAN_SUPPLY_H

#include "first_prices.h"
#include "grid.h"
#include "iopsched/duals.h"
#include "volume.h"

/* Somebody who could lead, or a room. */
struct hand {
  int64_t cost;
  int32_t who;
  int32_t turn; /* those who cost the same take turns */
};

struct supply {
  const struct grid *grid;
  /* Not owned, one after the other, supply_count() in all: */
  struct price *slot;   /* [n_therapists * n_slots] */
  struct price *week;   /* [n_therapists]: of a slot in session */
  struct price *day;    /* [n_therapists * N_DAYS]: of a slot in session */
  struct price *room;   /* [n_rooms * n_slots] */
  struct price *wanted; /* [n_services]: what one more session is rewarded with */
  struct price *capped; /* [n_services]: what one more session is fined */
  int64_t *slot_sum;    /* [n_therapists * (n_slots + 1)]: prices of the slots before */
  int64_t *room_sum;    /* [n_rooms * (n_slots + 1)] */
  int step;
};

/* What sessions of one offer could take up. */
struct hands {
  struct hand *leaders; /* [max_leaders * n_therapists], by role, cheapest first; in the first
                           role's place all of them where roles are alike */
  int *n_leaders;       /* [max_leaders] */
  int n_therapists;
  struct hand *rooms; /* [n_rooms], cheapest first */
  int n_rooms;
};

int supply_count(const struct grid *grid);
void supply_init(struct supply *supply, const struct grid *grid, struct price *prices);
void supply_release(struct supply *supply);
void supply_set_out(struct supply *supply, const struct first_prices *first);

/* Begins an evaluation of the prices `now`: nothing is taken up yet. Returns what all there is
 * costs, which counts against the bound. */
int64_t supply_begin(struct supply *supply, int step);

/* What a session of the service is fined (or rewarded with, below 0) whenever it is. */
int64_t supply_of_session(const struct supply *supply, int service);

/* What it costs to take up the therapist's time for a session of the offer. */
int64_t supply_of_leader(const struct supply *supply, int therapist, const struct offer *offer);

void hands_init(struct hands *hands, const struct grid *grid);
void hands_release(struct hands *hands);
/* Who could lead the offer, and where, each by itself; turn: tells apart who asks. */
void hands_find(struct hands *hands, const struct supply *supply, const struct offer *offer,
                int turn);
/* The least that the leaders of session `nth` (from 0) cost when those before it have the cheaper
 * ones; 0 where there are not enough. */
int64_t hands_leaders(const struct hands *hands, const struct service *service, int nth);

/* Notes that a session of the offer takes up its session, leader or room. */
void supply_take_session(struct supply *supply, const struct offer *offer);
void supply_take_leaders(struct supply *supply, const struct offer *offer,
                         const struct hands *hands, int nth);
void supply_take_leader(struct supply *supply, const struct offer *offer, int therapist);
void supply_take_room(struct supply *supply, const struct offer *offer, int room);

/* The prices that prove the best bound; adds to `duals`. */
void supply_duals(const struct supply *supply, struct duals *duals);

#endif
