/* Joins the days of a patient to the best week: best-first search (Hart, Nilsson & Raphael 1968)
 * over what the days so far contribute to hours, days and requirements. Weeks that contribute alike
 * up to a day are one, the cheapest; what is left of the week costs at least what the relaxation
 * says.
 *
 * It proves what it finds, which a bound needs: a week that is only bounded now and then makes the
 * bound leap with the smallest change of the prices, and the search for good prices goes astray. */
#ifndef IOPSCHED_PLAN_WEEK_JOIN_H
#define IOPSCHED_PLAN_WEEK_JOIN_H

#include "week_solver.h"

void week_join_free(struct join *join);

/* After the relaxation, whose multipliers are `worth` ([n_rows]): no week costs less than what is
 * returned. solver->best and best_chosen become the best week. Where that takes too long they stay
 * as they were, and what is returned is less than `best`; so too for the rare patient with so many
 * requirements that their counts do not fit one number. */
int64_t week_join(struct week_solver *solver, const int64_t *worth);

#endif
