/* iCalendar files (RFC 5545): the only door to libical. Events are in minutes of one week, as
 * everywhere; texts are UTF-8 and may hold anything. */
#ifndef IOPSCHED_WRITE_ICS_H
#define IOPSCHED_WRITE_ICS_H

#include <stdbool.h>
#include <stddef.h>

#include "iopsched/memory.h"
#include "iopsched/text.h"

/* Length of a UID, NUL included: a UUID. */
enum { UID_TEXT = 37 };

struct ics_event {
  char uid[UID_TEXT];
  int start_min, end_min; /* minutes from Monday 00:00, local time */
  bool cancelled;
  const char *summary;
  const char *location, *description; /* or NULL */
};

struct ics_calendar {
  const char *name;         /* heads the calendar in a reader */
  int monday;               /* date */
  int revision;             /* SEQUENCE of every event */
  struct ics_event *events; /* [n] */
  int n;
};

/* A time zone as the week's calendars tell it. */
struct ics_zone;
/* name: IANA; NULL, or one that the system's database lacks: floating local times. NULL with errno
 * set if its rules cannot be read. Owned by the
 * caller, ended by ics_zone_free(). */
struct ics_zone *ics_zone_new(const char *name, int monday);
void ics_zone_free(struct ics_zone *zone);

/* Adds a whole file to the text. */
void ics_write(const struct ics_calendar *calendar, const struct ics_zone *zone, struct text *to);

/* Reads what ics_write() wrote, for the events of the week of `monday` that were not cancelled;
 * what else the file may hold by now is passed over. [*n] events in the arena, without location and
 * description. */
struct ics_event *ics_read(const char *data, int monday, struct arena *arena, int *n);

#endif
