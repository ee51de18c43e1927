/* One more attendance, tried: put into a copy of the week and judged by the verifier. */
#ifndef IOPSCHED_LIVE_TRIAL_H
#define IOPSCHED_LIVE_TRIAL_H

#include "occupancy.h"

enum trial {
  TRIAL_NONE,   /* nothing could be put together, or no trials are left */
  TRIAL_BROKEN, /* it breaks a rule */
  TRIAL_DEARER, /* valid, but the week costs as much or more */
  TRIAL_BETTER
};

/* Seats the patient in a session of the service at that start: in one that is there and has a seat,
 * else in a new one with whoever is free. patient NONE: a new session. *breach, in the arena, says
 * what it breaks. Uses up trials. */
enum trial try_session(struct occupancy *occupancy, int patient, int service, int start_min,
                       struct arena *arena, const char **breach);

#endif
