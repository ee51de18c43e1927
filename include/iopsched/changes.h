/* Who gains, loses or moves which session against an earlier plan. */
#ifndef IOPSCHED_CHANGES_H
#define IOPSCHED_CHANGES_H

#include "iopsched/clinic.h"
#include "iopsched/schedule.h"

enum change_kind { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_MOVED };
extern const char *const change_names[]; /* "added", "removed", "moved" */

struct change {
  enum change_kind kind;
  int patient, service;
  int was_min; /* start in the earlier plan's week; NONE for an added one */
  int session; /* index into the schedule; NONE for a removed one */
};

/* Sorted by patient, then start (of the earlier plan where there is no other), then service. */
struct changes {
  struct change *list; /* [n] */
  int n;
};

/* A removed and an added attendance of one patient and service make one that moved: the earliest
 * removed with the earliest added, and so on. changes_release() frees the list. */
void changes_init(struct changes *changes, const struct clinic *clinic,
                  const struct schedule *schedule, const struct previous *previous);
void changes_release(struct changes *changes);

#endif
