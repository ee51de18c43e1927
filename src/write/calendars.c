/* calendars/: program.ics, and one for each room, therapist and patient. Files named ics*.c are
 * built only where libical is. */
#include "exporters.h"

#ifdef IOPSCHED_LIBICAL
#include "ics_calendars.h"

const struct exporter calendars_ics = {
    .format = "ics", .name = "calendars", .write = ics_write_calendars};
#else
const struct exporter calendars_ics = {
    .format = "ics", .name = "calendars", .lacks = "libical-dev"};
#endif
