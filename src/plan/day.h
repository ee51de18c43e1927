/* One patient's day: the cheapest chain of sessions for every set of services (lattice node), by
 * dynamic programming over time. */
#ifndef IOPSCHED_PLAN_DAY_H
#define IOPSCHED_PLAN_DAY_H

#include "grid.h"
#include "lattice.h"
#include "outlook.h"

struct day_label { /* a chain of sessions, by its last one */
  int64_t cost;
  int32_t node, parent; /* parent: label of the chain before, or NONE */
  int32_t offer;
  int16_t end;                              /* slot of the day at which it ends */
  uint16_t in_session : 15, telehealth : 1; /* slots of all its sessions; of the last one */
  uint64_t held; /* of the lattice's first 64 services: those in the chain */
};

struct day_entry { /* an offer that the patient could take */
  int64_t price;
  int32_t offer, local, next;
};

/* Waiting chains, the best for each node; costs less the idle time up to now. */
struct day_waiting {
  int64_t *cost;   /* [max nodes] */
  int32_t *label;  /* [max nodes]; NONE: none */
  int32_t *active; /* [n_active] nodes */
  int n_active;
};

struct day_solver {
  const struct grid *grid;
  const struct lattice *lattice;
  bool keep_breaks;                  /* false: breaks are relaxed */
  const struct day_outlook *outlook; /* chains of no interest to it are left out; NULL: none */
  int day;
  int max_nodes;
  struct day_label *labels; /* [n_labels] */
  int n_labels;
  size_t labels_capacity;
  int64_t *cost_at;     /* [2 * (day_slots + 1) * max_nodes]: of the best label by mode, end and
                           node; INT64_MAX: none */
  int32_t *label_at;    /* the same shape: that label */
  int32_t *first_ended; /* [day_slots + 1]: labels that end at a slot */
  int32_t *next_ended;  /* [labels_capacity] */
  struct day_entry *entries;
  int n_entries;
  size_t entries_capacity;
  int32_t *first_entry; /* [day_slots]: entries that start at a slot */
  struct day_waiting waiting[4];
  int32_t *better; /* [max nodes], scratch */
  int64_t work;
};

void day_solver_init(struct day_solver *solver, const struct grid *grid, int max_nodes);
void day_solver_release(struct day_solver *solver);

/* Fills solver->labels with the best chain for every (mode of the last session, end, node), but for
 * those that are vain by the outlook, if there is one. price as for week_solve(). */
void day_solve(struct day_solver *solver, const struct lattice *lattice, int day,
               const int64_t *price, bool keep_breaks, const struct day_outlook *outlook);

#endif
