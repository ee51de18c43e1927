/* availability.csv: weekly hours. */
#include "cells.h"
#include "hours.h"
#include "tables.h"

struct availability_row {
  int kind;
  const char *id;
  int days;       /* bit d: day d */
  int start, end; /* minutes of the day */
  bool is_preferred;
};

static const struct fixed_word preferences[] = {{"available", 0}, {"preferred", 1}, {NULL, 0}};

#define OF_ROW(member) .field = offsetof(struct availability_row, member)

static const struct column columns[] = {
    {"kind", REQUIRED, read_word, OF_ROW(kind), .words = owner_kinds},
    {"id", "", read_raw, OF_ROW(id)},
    {"day", REQUIRED, read_days, OF_ROW(days)},
    {"start", REQUIRED, read_clock, OF_ROW(start)},
    {"end", REQUIRED, read_clock, OF_ROW(end)},
    {"preference", "available", read_flag, OF_ROW(is_preferred), .words = preferences},
};
static const struct table table = {.file = "availability.csv",
                                   TABLE_COLUMNS(columns),
                                   .row_size = sizeof(struct availability_row)};

/* The program's hours of a day take the place of open and close, even if they cannot be read. */
static void check_program_row(struct table_reader *reader, const struct availability_row *row) {
  struct loading *loading = reader->loading;
  const int every_day = (1 << N_DAYS) - 1;
  if (!row_sound(reader, "day")) return;
  loading->program.own_days |= row->days;
  int closed = row->days & ~loading->program.days;
  for (int day = 0; day < N_DAYS && row->days != every_day; day++)
    if (closed >> day & 1)
      row_warning(reader, "day",
                  "%s is no day of operation (setting 'days'): its hours are ignored",
                  day_names[day]);
  if (row->is_preferred) row_fault(reader, "preference", "is not for the program");
}

void load_availability(struct loading *loading) {
  struct table_reader reader;
  table_open(&reader, loading, &table);
  struct availability_row row;
  while (table_next(&reader, &row)) {
    struct hours *hours = find_hours(&reader, row.kind, row.id);
    bool is_in_order = check_times(&reader, row.start, row.end);
    if (hours == &loading->program_hours) check_program_row(&reader, &row);
    if (!hours || !is_in_order || !row_is_sound(&reader)) continue;
    for (int day = 0; day < N_DAYS; day++)
      if (row.days >> day & 1)
        spans_add(row.is_preferred ? &hours->preferred : &hours->available,
                  day * DAY_MIN + row.start, day * DAY_MIN + row.end);
  }
  table_close(&reader);
}
