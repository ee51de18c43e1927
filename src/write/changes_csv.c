/* changes.csv: a row an attendance that the previous plan did not have, has no more, or had at
 * another time. was_date is a date of the previous plan's own week. */
#include "csv_out.h"
#include "exporters.h"

static void add_change(struct csv_out *out, const struct report *report,
                       const struct change *change) {
  const struct clinic *clinic = report->clinic;
  const struct session *session =
      change->session == NONE ? NULL : &report->schedule->sessions[change->session];
  csv_cell(out, change_names[change->kind]);
  csv_patient(out, report, change->patient);
  csv_cell(out, clinic->services[change->service].id);
  if (change->was_min == NONE) {
    csv_cell(out, NULL);
    csv_cell(out, NULL);
  } else {
    csv_date(out, report->previous->monday, change->was_min);
    csv_clock(out, change->was_min, false);
  }
  if (session) {
    csv_date(out, clinic->monday, session->start_min);
    csv_clock(out, session->start_min, false);
    csv_leaders(out, clinic, &session->leaders, false);
    csv_cell(out, session->room == NONE ? NULL : clinic->rooms[session->room].id);
  } else {
    for (int i = 0; i < 4; i++) csv_cell(out, NULL);
  }
  csv_end_row(out);
}

static void write_changes(const struct report *report, struct folder *folder) {
  struct csv_out out = {0};
  csv_header(&out, "kind,patient_id,service_id,was_date,was_start,date,start,therapist_ids,room_id",
             report->with_names);
  for (int i = 0; i < report->changes->n; i++) add_change(&out, report, &report->changes->list[i]);
  csv_out_put(&out, report, folder, changes_csv.name);
}

const struct exporter changes_csv = {.format = "csv",
                                     .name = "changes.csv",
                                     .always = true,
                                     .needs_previous = true,
                                     .write = write_changes};
