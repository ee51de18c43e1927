#include "csv_out.h"

#include <string.h>

void csv_cell(struct csv_out *out, const char *cell) {
  struct text *text = &out->text;
  if (out->row_begun) text_add(text, ",");
  out->row_begun = true;
  if (!cell) return;
  bool quoted = strpbrk(cell, ",\"\r\n") != NULL;
  if (quoted) text_add(text, "\"");
  if (text_is_formula(cell)) text_add(text, "'");
  for (const char *c = cell; *c; c++)
    text_add_bytes(text, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
  if (quoted) text_add(text, "\"");
}

void csv_ratio(struct csv_out *out, int64_t units, int64_t scale, int decimals) {
  struct text digits = {0};
  text_add_ratio(&digits, units, scale, decimals);
  csv_cell(out, digits.data);
  text_free(&digits);
}

void csv_whole(struct csv_out *out, int64_t number) {
  csv_ratio(out, number, 1, 0);
}

void csv_hours(struct csv_out *out, int64_t minutes) {
  csv_ratio(out, minutes, 60, 4);
}

void csv_empty(struct csv_out *out, int n) {
  for (int i = 0; i < n; i++) csv_cell(out, NULL);
}

void csv_end_row(struct csv_out *out) {
  text_add(&out->text, "\r\n");
  out->row_begun = false;
}

void csv_header(struct csv_out *out, const char *columns, bool with_names) {
  static const char first[] = "patient_id,";
  const char *at = with_names ? strstr(columns, first) : NULL;
  if (at) {
    size_t before = (size_t)(at - columns) + sizeof first - 1;
    text_add_bytes(&out->text, columns, before);
    text_add(&out->text, "patient_name,");
    columns += before;
  }
  text_add(&out->text, columns);
  csv_end_row(out);
}

void csv_patient(struct csv_out *out, const struct report *report, int patient) {
  const struct patient *who = patient == NONE ? NULL : &report->clinic->patients[patient];
  csv_cell(out, who ? who->id : NULL);
  if (report->with_names) csv_cell(out, who ? who->name : NULL);
}

void csv_date(struct csv_out *out, int monday, int minute_of_week) {
  char date[DATE_TEXT];
  date_format(monday + day_of(minute_of_week), date);
  csv_cell(out, date);
}

void csv_clock(struct csv_out *out, int minute_of_week, bool end_of_day) {
  char clock[CLOCK_TEXT];
  clock_format(minute_of_week, end_of_day, clock);
  csv_cell(out, clock);
}

void csv_leaders(struct csv_out *out, const struct clinic *clinic, const struct ints *leaders,
                 bool names) {
  struct text list = {0};
  for (int i = 0; i < leaders->n; i++) {
    const struct therapist *therapist = &clinic->therapists[leaders->list[i]];
    if (i > 0) text_add(&list, ";");
    text_add(&list, names && therapist->name ? therapist->name : therapist->id);
  }
  csv_cell(out, list.data);
  text_free(&list);
}

void csv_time_and_service(struct csv_out *out, const struct clinic *clinic,
                          const struct session *session) {
  const struct service *service = &clinic->services[session->service];
  csv_date(out, clinic->monday, session->start_min);
  csv_cell(out, day_names[day_of(session->start_min)]);
  csv_clock(out, session->start_min, false);
  csv_clock(out, session_end(clinic, session), true);
  csv_cell(out, service->id);
  csv_cell(out, service->name);
}

void csv_leaders_and_room(struct csv_out *out, const struct clinic *clinic,
                          const struct session *session) {
  csv_leaders(out, clinic, &session->leaders, false);
  csv_cell(out, session_room_id(clinic, session));
}

void csv_out_put(struct csv_out *out, const struct report *report, struct folder *folder,
                 const char *name) {
  static const char bom[] = "\xEF\xBB\xBF";
  struct text whole = {0};
  if (report->with_bom) text_add(&whole, bom);
  if (out->text.data) text_add_bytes(&whole, out->text.data, out->text.length);
  folder_put(folder, name, whole.data, whole.length);
  text_free(&whole);
  text_free(&out->text);
}
