/* exceptions.csv: this week is different. */
#include "cells.h"
#include "hours.h"
#include "tables.h"

struct exception_row {
  int kind;
  const char *id;
  int date, until;
  int start, end; /* minutes of each day */
  bool is_on;
};

static const struct fixed_word effects[] = {{"off", 0}, {"on", 1}, {NULL, 0}};

#define OF_ROW(member) .field = offsetof(struct exception_row, member)

static const struct column columns[] = {
    {"kind", REQUIRED, read_word, OF_ROW(kind), .words = owner_kinds},
    {"id", "", read_raw, OF_ROW(id)},
    {"date", REQUIRED, read_date, OF_ROW(date)},
    {"until", "", read_date, OF_ROW(until)},
    {"start", "", read_clock, OF_ROW(start), .absent = 0},
    {"end", "", read_clock, OF_ROW(end), .absent = DAY_MIN},
    {"effect", "off", read_flag, OF_ROW(is_on), .words = effects},
};
static const struct table table = {
    .file = "exceptions.csv", TABLE_COLUMNS(columns), .row_size = sizeof(struct exception_row)};

/* True if the row can be used. */
static bool check_row(const struct table_reader *reader, const struct exception_row *row) {
  bool is_good = check_times(reader, row->start, row->end) && row_is_sound(reader);
  if (row_sound(reader, "date") && row_sound(reader, "until") && row->until != NO_DATE &&
      row->until < row->date) {
    row_fault(reader, "until", "is before date '%s'", row_value(reader, "date"));
    is_good = false;
  }
  if (row_sound(reader, "kind") && row->kind == OWNER_PROGRAM && row->is_on) {
    row_fault(reader, "effect", "is not for the program: its hours are in availability.csv");
    is_good = false;
  }
  return is_good;
}

/* Adds the stretch of each day that lies in the planned week. */
static void add_days(const struct clinic *clinic, const struct exception_row *row,
                     struct spans *spans) {
  int until = row->until == NO_DATE ? row->date : row->until;
  for (int day = 0; day < N_DAYS; day++)
    if (row->date <= clinic->monday + day && clinic->monday + day <= until)
      spans_add(spans, day * DAY_MIN + row->start, day * DAY_MIN + row->end);
}

void load_exceptions(struct loading *loading) {
  struct table_reader reader;
  table_open(&reader, loading, &table);
  struct exception_row row;
  while (table_next(&reader, &row)) {
    struct hours *hours = find_hours(&reader, row.kind, row.id);
    if (check_row(&reader, &row) && hours)
      add_days(loading->clinic, &row, row.is_on ? &hours->on : &hours->off);
  }
  table_close(&reader);
}
