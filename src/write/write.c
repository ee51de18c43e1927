#include "iopsched/write.h"

#include <errno.h>
#include <string.h>

#include "exporters.h"
#include "iopsched/summary.h"
#include "iopsched/text.h"

const struct exporter *const exporters[] = {
    &sessions_csv,      &attendance_csv, &hours_csv,     &unmet_csv, &changes_csv,
    &staff_changes_csv, &summary_json,   &calendars_ics, &week_html, &week_xlsx};
enum { N_EXPORTERS = sizeof exporters / sizeof *exporters };
const int n_exporters = N_EXPORTERS;

/* Names that any version of this program gives at the top of a plan's folder. */
static const char *const own_names[] = {
    "sessions.csv", "attendance.csv", "hours.csv", "unmet.csv", "changes.csv", "staff_changes.csv",
    "summary.json", "calendars",      "week.html", "week.xlsx", "handouts",    FOLDER_SCRATCH};

const struct folder_contents *plan_contents(void) {
  static const struct folder_contents contents = {"summary.json", own_names,
                                                  sizeof own_names / sizeof *own_names, NULL};
  return &contents;
}

const struct exporter *exporter_find(const char *format) {
  for (int i = 0; i < n_exporters; i++)
    if (text_equal_nocase(exporters[i]->format, format)) return exporters[i];
  return NULL;
}

static bool is_wanted(const struct exporter *exporter, const struct report *report,
                      const char *const *formats, int n) {
  if (exporter->lacks || (exporter->needs_previous && !report->changes)) return false;
  if (exporter->always) return true;
  for (int i = 0; i < n; i++)
    if (strcmp(formats[i], exporter->format) == 0) return true;
  return false;
}

void write_plan(const struct report *report, const char *const *formats, int n,
                struct folder *folder) {
  for (int i = 0; i < n_exporters; i++)
    if (is_wanted(exporters[i], report, formats, n)) exporters[i]->write(report, folder);
}

void write_rendering(const struct report *report, const char *const *formats, int n,
                     const char *path, struct folder *folder) {
  for (int i = 0; i < n_exporters; i++) {
    const struct exporter *exporter = exporters[i];
    if (exporter == &summary_json)
      summary_revise(report, path, folder);
    else if (exporter->always)
      folder_keep(folder, exporter->name);
    else if (is_wanted(exporter, report, formats, n))
      exporter->write(report, folder);
  }
}

/* 1 or 0; -1 with errno set if it cannot be read. */
static int is_plan_of(int monday, const char *folder, struct summary *summary) {
  enum summary_status status = folder ? summary_read(folder, summary) : SUMMARY_NONE;
  if (status == SUMMARY_REFUSED) return -1;
  return status == SUMMARY_READ && summary->monday == monday;
}

int next_revision(int monday, const char *const *folders, int n) {
  int next = 0;
  for (int i = 0; i < n; i++) {
    struct summary summary;
    int is_one = is_plan_of(monday, folders[i], &summary);
    if (is_one < 0) return -1;
    if (is_one && summary.revision >= next) next = summary.revision + 1;
  }
  return next;
}

int plans_of_week(int monday, const char *const *folders, int n, const char **same) {
  int n_same = 0;
  for (int i = 0; i < n; i++) {
    struct summary summary;
    int is_one = is_plan_of(monday, folders[i], &summary);
    if (is_one < 0) return -1;
    if (is_one) same[n_same++] = folders[i];
  }
  return n_same;
}

void report_after(struct report *report, const char *const *folders, int n, const char **same,
                  struct folder *folder) {
  int monday = report->clinic->monday, n_same = plans_of_week(monday, folders, n, same);
  int revision = n_same < 0 ? -1 : next_revision(monday, folders, n);
  if (revision < 0) folder_give_up(folder, "the earlier plan", errno);
  report->earlier = same;
  report->n_earlier = n_same < 0 ? 0 : n_same;
  report->revision = revision < 0 ? 0 : revision;
}
