/* Who gains, loses or moves which session against an earlier plan. */
#ifndef IOPSCHED_CHANGES_H
#define IOPSCHED_CHANGES_H

#include "iopsched/clinic.h"
#include "iopsched/roster.h"
#include "iopsched/schedule.h"

enum change_kind { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_MOVED };
extern const char *const change_names[]; /* "added", "removed", "moved" */

struct change {
  enum change_kind kind;
  int person; /* patient or therapist, as asked for */
  int service;
  int was_min;     /* start in the earlier plan's week; NONE for an added one */
  int was_session; /* index into the earlier plan's schedule; NONE for an added one, and where that
                      plan's sessions are not known */
  int session;     /* index into the schedule; NONE for a removed one */
};

/* Sorted by person, then start (of the earlier plan where there is no other), then service. */
struct changes {
  struct change *list; /* [n] */
  int n;
};

/* Changes of what patients attend (of those who take part in the week), or of what therapists lead.
 * A removed and an added session of one person and service make one that moved: the earliest
 * removed with the earliest added, and so on. changes_release() frees the list. */
void changes_init(struct changes *changes, enum roster_kind people, const struct clinic *clinic,
                  const struct schedule *schedule, const struct previous *previous);
void changes_release(struct changes *changes);

#endif
