/* What one day can hold for a patient, as plain sets of services: a service is had once a day (H7),
 * so a set of them says all that hours, maxima and requirements need to know of it. */
#ifndef IOPSCHED_VERIFY_DAY_SETS_H
#define IOPSCHED_VERIFY_DAY_SETS_H

#include <stdint.h>

#include "iopsched/clinic.h"

enum { DAY_SERVICES_MAX = 64, DAY_SETS_MAX = 100000 };

struct day_set {
  uint64_t services; /* bit i: services.list[i] */
  int minutes;       /* counted */
  int n_counted;     /* counted services */
  bool onsite;       /* anything on site */
};

struct day_sets {
  struct ints services; /* heap; what the patient may attend at all */
  struct day_set *list; /* [n], by `services`; the first is the empty set */
  int n;
  int32_t *with; /* [n * services.n]: the set with one service more, or NONE: has it already, or
                    more counted minutes than a day may hold */
  bool too_many; /* services or sets: nothing is listed */
};

/* Lists the sets of these services that fit into a day's counted minutes (H5). Ends what `sets`
 * held before; kept as it is if it is for the same services. day_sets_release() ends it. */
void day_sets_list(struct day_sets *sets, const struct clinic *clinic, const struct ints *services);
void day_sets_release(struct day_sets *sets);

/* The least cost at which a day holds each set: cost: [sets->n], INT64_MAX where it cannot. Prices
 * of attended sessions, idle time and days that no payer pays for; visits too short are left out
 * (H6). Sessions do not lie over each other (H1), and there is time to travel between sites (H9);
 * breaks are not asked for.
 *
 * price: [clinic.n_services * slots of a week], INT64_MAX where the patient cannot attend. */
void cheapest_days(const struct clinic *clinic, const struct patient *who,
                   const struct day_sets *sets, int day, const int64_t *price, int64_t *cost);

#endif
