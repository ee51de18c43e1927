/* One more attendance, tried: put into a copy of the week and judged by the verifier. */
#ifndef IOPSCHED_LIVE_TRIAL_H
#define IOPSCHED_LIVE_TRIAL_H

#include "occupancy.h"

/* A copy of the week with the patient seated in a session of the service at that start: in one that
 * is there and has a seat, else in a new one with whoever is free (patient NONE: a new one in any
 * case). It may break rules. NULL if nothing could be put together; schedule_free() frees it. */
struct schedule *week_with_session(const struct occupancy *occupancy, int patient, int service,
                                   int start_min);

enum trial {
  TRIAL_NONE,   /* nothing could be put together, or no trials are left */
  TRIAL_BROKEN, /* it breaks a rule */
  TRIAL_DEARER, /* valid, but the week costs as much or more */
  TRIAL_BETTER
};

/* Judges that week. *breach, in the arena, says what it breaks. Uses up trials. */
enum trial try_session(struct occupancy *occupancy, int patient, int service, int start_min,
                       struct arena *arena, const char **breach);

#endif
