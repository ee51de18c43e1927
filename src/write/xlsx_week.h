/* The sheets of week.xlsx. */
#ifndef IOPSCHED_WRITE_XLSX_WEEK_H
#define IOPSCHED_WRITE_XLSX_WEEK_H

#include "iopsched/write.h"
#include "xlsx.h"

/* The week by room or by therapist: a row a slot of the grid, a column a room or therapist (and as
 * many as it takes for what goes on by telehealth). */
void xlsx_add_room_grid(struct xlsx *book, const struct report *report);
void xlsx_add_therapist_grid(struct xlsx *book, const struct report *report);

/* The exporter's own work. */
void xlsx_write_week(const struct report *report, struct folder *folder);

#endif
