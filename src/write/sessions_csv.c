/* sessions.csv: a row a session, in the order of the schedule. */
#include "csv_out.h"
#include "exporters.h"
#include "iopsched/roster.h"

static void add_session(struct csv_out *out, const struct clinic *clinic,
                        const struct session *session) {
  const struct service *service = &clinic->services[session->service];
  const struct room *room = session->room == NONE ? NULL : &clinic->rooms[session->room];
  csv_cell(out, session->id);
  csv_time_and_service(out, clinic, session);
  csv_cell(out, format_names[service->format]);
  csv_cell(out, service->telehealth ? "telehealth" : "onsite");
  csv_leaders(out, clinic, &session->leaders, false);
  csv_leaders(out, clinic, &session->leaders, true);
  csv_cell(out, room ? room->id : NULL);
  csv_cell(out, room ? (room->name ? room->name : room->id) : NULL);
  csv_whole(out, session->patients.n);
  csv_whole(out, session_seats(clinic, session));
  csv_cell(out, session->fixed ? "fixed" : "planned");
  csv_end_row(out);
}

static void write_sessions(const struct report *report, struct folder *folder) {
  struct csv_out out = {0};
  csv_header(&out,
             "session_id,date,day,start,end,service_id,service,format,mode,therapist_ids,"
             "therapists,room_id,room,enrolled,capacity,status",
             report->with_names);
  for (int i = 0; i < report->schedule->n_sessions; i++)
    add_session(&out, report->clinic, &report->schedule->sessions[i]);
  csv_out_put(&out, report, folder, sessions_csv.name);
}

const struct exporter sessions_csv = {
    .format = "csv", .name = "sessions.csv", .always = true, .write = write_sessions};
