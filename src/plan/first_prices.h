/* The prices that the bound sets out from: what the rows of a small linear program of the week are
 * worth. In it sessions stand by start, but patients attend and therapists lead by the week: a
 * patient reaches a service as often as it is held while they are there, and a session seats no
 * more than those who are there. Who does what when is left out. That makes it a hundred times
 * smaller than the whole program's relaxation, and its value is nearly the same: what care costs is
 * decided by how many could come together, and by the hours of those who lead. */
#ifndef IOPSCHED_PLAN_FIRST_PRICES_H
#define IOPSCHED_PLAN_FIRST_PRICES_H

#include "grid.h"
#include "halt.h"

struct first_prices { /* all of them >= 0, in units of 1/COST_ONE */
  struct arena arena;
  int n_periods;            /* 1: places are alike all week; N_DAYS: on each day */
  int64_t *place;           /* [n_patients * n_services * n_periods]: of a place in a group */
  int64_t *week, *time;     /* [n_therapists]: of a slot in session, of a slot of busy time */
  int64_t *room;            /* [n_rooms]: of a slot */
  int64_t *wanted, *capped; /* [n_services]: reward and fine for a session more */
};

/* False if there are none: the program is too large, or the solver failed. */
bool first_prices_find(struct first_prices *prices, const struct grid *grid, struct halt *halt);
/* The same where patients attend by the day: a program seven times as large, which proves more of
 * small clinics and takes too long for others. */
bool first_prices_find_by_day(struct first_prices *prices, const struct grid *grid,
                              struct halt *halt);
void first_prices_release(struct first_prices *prices);

#endif
