/* changes.csv: a row an attendance that the previous plan did not have, has no more, or had at
 * another time; staff_changes.csv: the same of what therapists lead. was_date is a date of the
 * previous plan's own week. */
#include "csv_out.h"
#include "exporters.h"

/* was_date, was_start */
static void add_was(struct csv_out *out, const struct report *report, const struct change *change) {
  if (change->was_min == NONE) {
    csv_empty(out, 2);
    return;
  }
  csv_date(out, report->previous->monday, change->was_min);
  csv_clock(out, change->was_min, false);
}

/* date, start, therapist_ids, room_id */
static void add_now(struct csv_out *out, const struct report *report, const struct change *change) {
  const struct clinic *clinic = report->clinic;
  if (change->session == NONE) {
    csv_empty(out, 4);
    return;
  }
  const struct session *session = &report->schedule->sessions[change->session];
  csv_date(out, clinic->monday, session->start_min);
  csv_clock(out, session->start_min, false);
  csv_leaders_and_room(out, clinic, session);
}

/* was_therapist_ids, was_room_id */
static void add_was_place(struct csv_out *out, const struct report *report,
                          const struct change *change) {
  const struct schedule *before = report->previous->schedule;
  if (change->was_session == NONE)
    csv_empty(out, 2);
  else
    csv_leaders_and_room(out, report->clinic, &before->sessions[change->was_session]);
}

static void add_change(struct csv_out *out, const struct report *report,
                       const struct change *change) {
  csv_cell(out, report->clinic->services[change->service].id);
  add_was(out, report, change);
  add_now(out, report, change);
  add_was_place(out, report, change);
  csv_end_row(out);
}

static void write_changes(const struct report *report, struct folder *folder) {
  struct csv_out out = {0};
  csv_header(&out,
             "kind,patient_id,service_id,was_date,was_start,date,start,therapist_ids,room_id,"
             "was_therapist_ids,was_room_id",
             report->with_names);
  for (int i = 0; i < report->changes->n; i++) {
    const struct change *change = &report->changes->list[i];
    csv_cell(&out, change_names[change->kind]);
    csv_patient(&out, report, change->person);
    add_change(&out, report, change);
  }
  csv_out_put(&out, report, folder, changes_csv.name);
}

static void write_staff_changes(const struct report *report, struct folder *folder) {
  struct csv_out out = {0};
  struct changes changes;
  changes_init(&changes, ROSTER_THERAPISTS, report->clinic, report->schedule, report->previous);
  csv_header(&out,
             "kind,therapist_id,service_id,was_date,was_start,date,start,therapist_ids,room_id,"
             "was_therapist_ids,was_room_id",
             false);
  for (int i = 0; i < changes.n; i++) {
    const struct change *change = &changes.list[i];
    csv_cell(&out, change_names[change->kind]);
    csv_cell(&out, report->clinic->therapists[change->person].id);
    add_change(&out, report, change);
  }
  changes_release(&changes);
  csv_out_put(&out, report, folder, staff_changes_csv.name);
}

const struct exporter changes_csv = {.format = "csv",
                                     .name = "changes.csv",
                                     .always = true,
                                     .needs_previous = true,
                                     .write = write_changes};
const struct exporter staff_changes_csv = {.format = "csv",
                                           .name = "staff_changes.csv",
                                           .always = true,
                                           .needs_previous = true,
                                           .write = write_staff_changes};
