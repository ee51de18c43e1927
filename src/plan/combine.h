/* Plans put together from the weeks of many: which week of those seen for each patient, and which
 * sessions for them, is a small integer program (as routes are chosen from those of many tours:
 * Rochat & Taillard 1995). The plans that a search passes through hold good parts in different
 * places, which it would take many lucky steps to bring together. */
#ifndef IOPSCHED_PLAN_COMBINE_H
#define IOPSCHED_PLAN_COMBINE_H

#include "halt.h"
#include "week_pool.h"

/* Makes of the board, with the weeks of these patients [n] chosen anew from the pool, the cheapest
 * plan that the program finds. The pool holds the board's own weeks. False if it found none; the
 * board is then of no use. */
bool combine(struct board *board, const struct week_pool *pool, const int *patients, int n,
             struct halt *halt);

#endif
