/* attendance.csv: a row an attendance, by patient, then date and start. */
#include "csv_out.h"
#include "exporters.h"
#include "iopsched/roster.h"

static void add_attendance(struct csv_out *out, const struct report *report, int patient,
                           const struct session *session) {
  const struct clinic *clinic = report->clinic;
  csv_patient(out, report, patient);
  csv_cell(out, session->id);
  csv_time_and_service(out, clinic, session);
  csv_leaders_and_room(out, clinic, session);
  csv_hours(out, counted_minutes(&clinic->services[session->service]));
  csv_end_row(out);
}

static void write_attendance(const struct report *report, struct folder *folder) {
  struct csv_out out = {0};
  csv_header(&out,
             "patient_id,session_id,date,day,start,end,service_id,service,therapist_ids,room_id,"
             "counted_hours",
             report->with_names);
  struct roster roster;
  roster_init(&roster, ROSTER_PATIENTS, report->clinic, report->schedule);
  for (int patient = 0; patient < roster.n; patient++) {
    const struct ints *sessions = &roster.of[patient];
    for (int i = 0; i < sessions->n; i++)
      add_attendance(&out, report, patient, &report->schedule->sessions[sessions->list[i]]);
  }
  roster_release(&roster);
  csv_out_put(&out, report, folder, attendance_csv.name);
}

const struct exporter attendance_csv = {
    .format = "csv", .name = "attendance.csv", .always = true, .write = write_attendance};
