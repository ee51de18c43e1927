/* The exporters; the list of them is in write.c. */
#ifndef IOPSCHED_WRITE_EXPORTERS_H
#define IOPSCHED_WRITE_EXPORTERS_H

#include "iopsched/write.h"

extern const struct exporter sessions_csv, attendance_csv, hours_csv, unmet_csv, changes_csv,
    staff_changes_csv, summary_json, calendars_ics, week_html, week_xlsx;

/* Writes the summary.json of the plan that stands in the folder at `path` with the report's
 * revision, all else as it is. */
void summary_revise(const struct report *report, const char *path, struct folder *folder);

#endif
