/* The sheets that hold what the CSV files hold, column by column, and the workbook as a whole. */
#include <string.h>

#include "exporters.h"
#include "iopsched/roster.h"
#include "iopsched/text.h"
#include "xlsx_week.h"

/* A sheet filled cell by cell. */
struct table {
  const struct report *report;
  const struct clinic *clinic;
  struct xlsx_sheet *sheet;
  int row, column;
  int n_columns;
};

static void put_text(struct table *table, const char *text) {
  xlsx_text(table->sheet, table->row, table->column++, text, XLSX_PLAIN);
}

static void put_number(struct table *table, int64_t numerator, int64_t denominator) {
  xlsx_number(table->sheet, table->row, table->column++, numerator, denominator);
}

static void put_patient(struct table *table, int patient) {
  const struct patient *who = patient == NONE ? NULL : &table->clinic->patients[patient];
  put_text(table, who ? who->id : NULL);
  if (table->report->with_names) put_text(table, who ? who->name : NULL);
}

static void put_time_of(struct table *table, const struct session *session) {
  int start = session->start_min % DAY_MIN;
  int end = start + table->clinic->services[session->service].minutes;
  xlsx_date(table->sheet, table->row, table->column++,
            table->clinic->monday + session_day(session));
  put_text(table, day_names[session_day(session)]);
  xlsx_time(table->sheet, table->row, table->column++, start);
  xlsx_time(table->sheet, table->row, table->column++, end);
}

static void put_leaders(struct table *table, const struct session *session, bool names) {
  struct text list = {0};
  for (int i = 0; i < session->leaders.n; i++) {
    const struct therapist *leader = &table->clinic->therapists[session->leaders.list[i]];
    text_printf(&list, "%s%s", i > 0 ? ";" : "", names && leader->name ? leader->name : leader->id);
  }
  put_text(table, list.data);
  text_free(&list);
}

static void end_row(struct table *table) {
  table->row++;
  table->column = 0;
}

/* A column and its width in letters. */
struct heading {
  const char *name;
  int width;
};

/* headings: ended by a name of NULL; patient_name, for names alone, is left out without them. */
static void begin(struct table *table, struct xlsx *book, const struct report *report,
                  const char *name, const char *note, const struct heading *headings) {
  *table = (struct table){.report = report, .clinic = report->clinic};
  table->sheet = xlsx_sheet(book, name, note);
  for (; headings->name; headings++) {
    if (strcmp(headings->name, "patient_name") == 0 && !report->with_names) continue;
    xlsx_width(table->sheet, table->column, headings->width);
    xlsx_text(table->sheet, 0, table->column++, headings->name, XLSX_HEADING);
  }
  table->n_columns = table->column;
  end_row(table);
}

static void end(struct table *table) {
  xlsx_freeze(table->sheet, 1, 1);
  xlsx_filter(table->sheet, table->row, table->n_columns);
}

static const char confidential[] = "42 CFR part 2 prohibits unauthorized use or disclosure";

static void add_sessions(struct xlsx *book, const struct report *report) {
  static const struct heading headings[] = {
      {"session_id", 20}, {"date", 11},    {"day", 6},     {"start", 7},    {"end", 7},
      {"service_id", 11}, {"service", 26}, {"format", 10}, {"mode", 11},    {"therapist_ids", 14},
      {"therapists", 22}, {"room_id", 9},  {"room", 15},   {"enrolled", 9}, {"capacity", 9},
      {"status", 9},      {NULL, 0}};
  bool tells_seats = profile_tells_seats(report->profile, VIEW_PROGRAM);
  struct table table;
  begin(&table, book, report, "Sessions", "", headings);
  for (int i = 0; i < report->schedule->n_sessions; i++) {
    const struct session *session = &report->schedule->sessions[i];
    const struct service *service = &table.clinic->services[session->service];
    const struct room *room = session->room == NONE ? NULL : &table.clinic->rooms[session->room];
    put_text(&table, session->id);
    put_time_of(&table, session);
    put_text(&table, service->id);
    put_text(&table, service->name);
    put_text(&table, format_names[service->format]);
    put_text(&table, service->telehealth ? "telehealth" : "onsite");
    put_leaders(&table, session, false);
    put_leaders(&table, session, true);
    put_text(&table, room ? room->id : NULL);
    put_text(&table, room ? (room->name ? room->name : room->id) : NULL);
    if (tells_seats)
      put_number(&table, session->patients.n, 1);
    else
      put_text(&table, NULL);
    put_number(&table, session_seats(table.clinic, session), 1);
    put_text(&table, session->fixed ? "fixed" : "planned");
    end_row(&table);
  }
  end(&table);
}

static void add_attendance_row(struct table *table, int patient, const struct session *session) {
  const struct service *service = &table->clinic->services[session->service];
  put_patient(table, patient);
  put_text(table, session->id);
  put_time_of(table, session);
  put_text(table, service->id);
  put_text(table, service->name);
  put_leaders(table, session, false);
  put_text(table, session_room_id(table->clinic, session));
  put_number(table, counted_minutes(service), 60);
  end_row(table);
}

static void add_attendance(struct xlsx *book, const struct report *report) {
  static const struct heading headings[] = {
      {"patient_id", 11}, {"patient_name", 22},  {"session_id", 20}, {"date", 11},
      {"day", 6},         {"start", 7},          {"end", 7},         {"service_id", 11},
      {"service", 26},    {"therapist_ids", 14}, {"room_id", 9},     {"counted_hours", 9},
      {NULL, 0}};
  struct table table;
  struct roster roster;
  begin(&table, book, report, "Attendance", confidential, headings);
  roster_init(&roster, ROSTER_PATIENTS, report->clinic, report->schedule);
  for (int patient = 0; patient < roster.n; patient++)
    for (int i = 0; i < roster.of[patient].n; i++)
      add_attendance_row(&table, patient, &report->schedule->sessions[roster.of[patient].list[i]]);
  roster_release(&roster);
  end(&table);
}

/* Empty where no cushion is asked for. */
static void put_cushion(struct table *table, const struct patient_outcome *has) {
  bool asked = table->clinic->cushion_sessions > 0;
  if (asked)
    put_number(table, has->cushioned_minutes, 60);
  else
    put_text(table, NULL);
  put_text(table, !asked ? NULL : has->fragile ? "yes" : "no");
}

static void add_hours(struct xlsx *book, const struct report *report) {
  static const struct heading headings[] = {
      {"patient_id", 11}, {"patient_name", 22}, {"min_hours", 10},       {"max_hours", 10},
      {"hours", 8},       {"min_days", 9},      {"max_days", 9},         {"days", 7},
      {"idle_hours", 10}, {"status", 8},        {"hours_if_missed", 14}, {"fragile", 8},
      {NULL, 0}};
  struct table table;
  begin(&table, book, report, "Hours", confidential, headings);
  int shift = report->with_names ? 1 : 0;
  for (int i = 0; i < report->clinic->n_patients; i++) {
    const struct patient *patient = &report->clinic->patients[i];
    const struct patient_outcome *has = &report->outcome->patients[i];
    if (!patient->takes_part) continue;
    put_patient(&table, i);
    put_number(&table, patient->min_minutes, 60);
    put_number(&table, patient->max_minutes, 60);
    put_number(&table, has->minutes, 60);
    put_number(&table, patient->min_days, 1);
    put_number(&table, patient->max_days, 1);
    put_number(&table, has->days, 1);
    put_number(&table, has->idle_minutes, 60);
    put_text(&table, has->met ? "met" : "short");
    put_cushion(&table, has);
    end_row(&table);
  }
  xlsx_mark_less(table.sheet, table.row, 3 + shift, 1 + shift);
  xlsx_mark_less(table.sheet, table.row, 6 + shift, 4 + shift);
  xlsx_mark_word(table.sheet, table.row, 8 + shift, "short");
  xlsx_mark_word(table.sheet, table.row, 10 + shift, "yes");
  end(&table);
}

static void add_unmet(struct xlsx *book, const struct report *report) {
  static const struct heading headings[] = {
      {"patient_id", 11}, {"patient_name", 22}, {"need", 18},   {"required", 9},
      {"planned", 9},     {"short", 8},         {"reason", 90}, {NULL, 0}};
  struct arena arena = {0};
  struct table table;
  begin(&table, book, report, "Unmet", confidential, headings);
  for (int i = 0; i < report->outcome->n_unmet; i++) {
    const struct unmet *unmet = &report->outcome->unmet[i];
    int scale = unmet->kind == NEED_HOURS ? 60 : 1;
    put_patient(&table, unmet->patient);
    put_text(&table, need_name(report->clinic, unmet, &arena));
    put_number(&table, unmet->required, scale);
    put_number(&table, unmet->planned, scale);
    put_number(&table, unmet->required - unmet->planned, scale);
    xlsx_text(table.sheet, table.row, table.column++, unmet->reason, XLSX_WRAPPED);
    end_row(&table);
  }
  end(&table);
  arena_free(&arena);
}

static bool write_book(const char *path, const char *scratch, void *data) {
  const struct report *report = data;
  enum profile profile = report->profile;
  struct text title = {0};
  char week[WEEK_TEXT];
  week_format(report->clinic->monday, week);
  text_printf(&title, "Week %s", week);
  struct xlsx *book =
      xlsx_new(path, scratch, title.data, (int64_t)report->clinic->monday * DAY_MIN * 60);
  text_free(&title);
  if (profile_has_view(profile, VIEW_ROOM)) xlsx_add_room_grid(book, report);
  if (profile_has_view(profile, VIEW_THERAPIST)) xlsx_add_therapist_grid(book, report);
  if (profile_has_view(profile, VIEW_PROGRAM)) add_sessions(book, report);
  if (profile_tells_patients(profile, VIEW_PROGRAM)) add_attendance(book, report);
  if (profile_tells_account(profile)) {
    add_hours(book, report);
    add_unmet(book, report);
  }
  return xlsx_close(book);
}

/* A workbook is of many people, so that a patient's profile has none. */
void xlsx_write_week(const struct report *report, struct folder *folder) {
  struct report own = *report;
  if (profile_has_view(report->profile, VIEW_PROGRAM))
    folder_put_by(folder, week_xlsx.name, write_book, &own);
}
