/* calendars/: all iCalendar files of a plan. */
#ifndef IOPSCHED_WRITE_ICS_CALENDARS_H
#define IOPSCHED_WRITE_ICS_CALENDARS_H

#include "iopsched/write.h"

void ics_write_calendars(const struct report *report, struct folder *folder);

#endif
