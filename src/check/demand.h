/* What every plan without unmet needs takes at least.
 *
 *   n_v = max(sessions_min_v, largest minimum of one patient, ceil(sum of minima / seats_v))
 *
 * sessions of each service v, and further ones for the patients' counted hours beyond what the
 * seats of those sessions hold. */
#ifndef IOPSCHED_CHECK_DEMAND_H
#define IOPSCHED_CHECK_DEMAND_H

#include "parts.h"

struct demand {
  const struct clinic *clinic;
  int *seats;                 /* [n_services] of one session */
  int64_t *n_sessions;        /* [n_services] */
  int64_t extra_seat_minutes; /* counted, beyond the seats of those sessions */
};
void demand_init(struct demand *demand, const struct clinic *clinic);
void demand_release(struct demand *demand);

/* Least minutes of leaders (or of rooms) that the extra seat minutes take: as if all were of the
 * service with the most seats to a leader (or room). */
int64_t demand_extra_minutes(const struct demand *demand, bool of_leaders);

#endif
