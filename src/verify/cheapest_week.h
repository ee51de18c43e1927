/* The cheapest week of one patient when every session has a price: exact, or a lower bound of it
 * where the search would take too long. */
#ifndef IOPSCHED_VERIFY_CHEAPEST_WEEK_H
#define IOPSCHED_VERIFY_CHEAPEST_WEEK_H

#include "day_sets.h"

/* No week of the patient costs less than this: what they pay for the sessions attended, idle time,
 * stranded and extra days, and the hours, days and sessions that they are short of. Kept are H1
 * (one thing at a time, when there), H5, H6, H7 and travel; breaks and the cushion are not asked
 * for, which can only lower the result.
 *
 * price: [clinic.n_services * slots of a week] for each service at each start, INT64_MAX where the
 * patient cannot attend. May be negative. sets: kept from call to call; begins as {0}. */
int64_t cheapest_week(const struct clinic *clinic, int patient, const int64_t *price,
                      struct day_sets *sets);

#endif
