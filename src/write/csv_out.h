/* Rows of a CSV file: UTF-8, CRLF, RFC 4180 quotes, and no cell that a spreadsheet would run. */
#ifndef IOPSCHED_WRITE_CSV_OUT_H
#define IOPSCHED_WRITE_CSV_OUT_H

#include <stdbool.h>
#include <stdint.h>

#include "iopsched/folder.h"
#include "iopsched/text.h"
#include "iopsched/write.h"

/* {0} is an empty file; csv_out_put() ends it. */
struct csv_out {
  struct text text;
  bool row_begun;
};

void csv_cell(struct csv_out *out, const char *cell); /* NULL: empty */
void csv_whole(struct csv_out *out, int64_t number);
/* units/scale with at most so many decimals. */
void csv_ratio(struct csv_out *out, int64_t units, int64_t scale, int decimals);
/* Minutes as hours with at most four decimals. */
void csv_hours(struct csv_out *out, int64_t minutes);
void csv_empty(struct csv_out *out, int n); /* so many cells */
void csv_end_row(struct csv_out *out);
/* A row of literal column names, separated by commas; with_names adds patient_name after
 * patient_id. */
void csv_header(struct csv_out *out, const char *columns, bool with_names);
/* patient_id and, with names, patient_name. NONE: empty cells. */
void csv_patient(struct csv_out *out, const struct report *report, int patient);
/* Date, and time of day, of a minute of the week; the week begins on `monday`. */
void csv_date(struct csv_out *out, int monday, int minute_of_week);
void csv_clock(struct csv_out *out, int minute_of_week, bool end_of_day);

/* Writes the file and frees its text. */
void csv_out_put(struct csv_out *out, const struct report *report, struct folder *folder,
                 const char *name);

/* Ids of therapists, or their names, joined by semicolons, as one cell. */
void csv_leaders(struct csv_out *out, const struct clinic *clinic, const struct ints *leaders,
                 bool names);
/* date, day, start, end, service_id, service. */
void csv_time_and_service(struct csv_out *out, const struct clinic *clinic,
                          const struct session *session);
/* therapist_ids, room_id. */
void csv_leaders_and_room(struct csv_out *out, const struct clinic *clinic,
                          const struct session *session);

#endif
