/* The tables of several weeks planned in a row: weeks.csv, a row a week; groups.csv, a row for each
 * week and group service. */
#include "csv_out.h"
#include "iopsched/weeks.h"

static const char weeks_csv[] = "weeks.csv", groups_csv[] = "groups.csv";

static bool is_week(const char *name) {
  int monday;
  return week_parse(name, &monday);
}

const struct folder_contents *weeks_contents(void) {
  static const char *const names[] = {weeks_csv, groups_csv, FOLDER_SCRATCH};
  static const struct folder_contents contents = {
      .mark = weeks_csv, .names = names, .n = sizeof names / sizeof *names, .is_own = is_week};
  return &contents;
}

static void add_week(struct csv_out *out, int monday) {
  char week[WEEK_TEXT];
  week_format(monday, week);
  csv_cell(out, week);
}

static void add_row(struct csv_out *out, const struct week_figures *week) {
  add_week(out, week->monday);
  csv_date(out, week->monday, 0);
  csv_whole(out, week->n_patients);
  csv_whole(out, week->n_admitted);
  csv_whole(out, week->n_left);
  csv_hours(out, week->due_minutes);
  csv_hours(out, week->given_minutes);
  csv_hours(out, week->due_minutes - week->due_given_minutes);
  csv_whole(out, week->n_unmet);
  csv_whole(out, week->n_sessions);
  csv_whole(out, week->n_attendances);
  csv_whole(out, week->n_changes);
  csv_whole(out, week->n_leading);
  csv_hours(out, week->led_minutes);
  csv_hours(out, week->leadable_minutes);
  csv_ratio(out, week->cost, COST_ONE, 4);
  csv_ratio(out, week->bound, COST_ONE, 4);
  csv_end_row(out);
}

static void add_group(struct csv_out *out, const struct clinic *clinic,
                      const struct week_figures *week, int service) {
  const struct service *what = &clinic->services[service];
  const struct group_week *group = &week->groups[service];
  add_week(out, week->monday);
  csv_cell(out, what->id);
  csv_cell(out, what->name);
  csv_whole(out, group->n_sessions);
  csv_whole(out, group->n_attending);
  csv_whole(out, group->n_together);
  csv_whole(out, what->min_size);
  csv_cell(out, group_is_below(clinic, week, service) ? "below min_size"
                : group->n_sessions > 0               ? "held"
                                                      : "not held");
  csv_end_row(out);
}

void write_weeks(const struct clinic *clinic, const struct week_figures *weeks, int n,
                 bool with_bom, struct folder *folder) {
  struct report report = {.with_bom = with_bom};
  struct csv_out out = {0}, groups = {0};
  csv_header(&out,
             "week,monday,patients,admitted,left,hours_due,hours,hours_short,unmet,sessions,"
             "attendances,changes,therapists,staff_hours,staff_hours_most,cost,bound",
             false);
  csv_header(&groups,
             "week,service_id,service,sessions,patients,could_come_together,min_size,status",
             false);
  for (int i = 0; i < n; i++) {
    add_row(&out, &weeks[i]);
    for (int service = 0; service < clinic->n_services; service++)
      if (clinic->services[service].format == FORMAT_GROUP)
        add_group(&groups, clinic, &weeks[i], service);
  }
  csv_out_put(&out, &report, folder, weeks_csv);
  csv_out_put(&groups, &report, folder, groups_csv);
}
