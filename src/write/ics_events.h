/* What the calendars tell: the events of one program, room, therapist or patient. */
#ifndef IOPSCHED_WRITE_ICS_EVENTS_H
#define IOPSCHED_WRITE_ICS_EVENTS_H

#include "ics.h"
#include "iopsched/write.h"

/* Whose calendar. */
struct ics_owner {
  enum view view;
  int index; /* of the room, therapist or patient; NONE for the program */
};

/* The calendar's file within the output folder. In the arena. */
const char *ics_path(const struct clinic *clinic, const struct ics_owner *owner,
                     struct arena *arena);
/* Name and events, one for each of the sessions [n] that the owner's calendar may hold. In the
 * arena. */
struct ics_calendar ics_calendar_of(const struct report *report, const struct ics_owner *owner,
                                    const struct ints *sessions, struct arena *arena);
/* Adds as cancelled what the earlier plans' calendars of the same owner had and this one has no
 * more. */
void ics_add_gone(struct ics_calendar *calendar, const struct report *report,
                  const struct ics_owner *owner, struct folder *folder, struct arena *arena);

#endif
