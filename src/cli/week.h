/* Which week to plan when the command line names none. */
#ifndef IOPSCHED_CLI_WEEK_H
#define IOPSCHED_CLI_WEEK_H

#include <time.h>

/* The date of the first Monday after the day that `now` is on in the zone (an IANA name; NULL: the
 * system's own zone). The only place that looks at a time zone's clock. */
int week_after(time_t now, const char *zone);

#endif
