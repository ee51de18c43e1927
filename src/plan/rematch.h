/* Individual sessions of one service timed anew, all at once, while everything else stands: an
 * assignment of patients to times and therapists, solved as an integer program. It finds the
 * perfect fit of a scarce therapist's hours that seating one patient after another misses. */
#ifndef IOPSCHED_PLAN_REMATCH_H
#define IOPSCHED_PLAN_REMATCH_H

#include "board.h"
#include "halt.h"

/* Changes the board; false (and the board is spoilt) if nothing came of it. *work: what it took, in
 * the units of week_solver_work(). */
bool rematch(struct board *board, const struct lattices *lattices, uint64_t *random,
             struct halt *halt, int64_t *work);

#endif
