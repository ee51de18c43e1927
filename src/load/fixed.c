/* fixed.csv: sessions that are decided already. Whether they can be kept is not asked here. */
#include <stdlib.h>

#include "cells.h"
#include "tables.h"

struct fixed_row {
  int service, day, start; /* start: minute of the day */
  struct ints therapists;
  int room;
  struct ints patients;
  int week; /* its Monday, or NO_DATE: every week */
  int line;
};

struct fixed_rows {
  struct fixed_row *list; /* [n], heap */
  size_t n, capacity;
};

#define OF_ROW(member) .field = offsetof(struct fixed_row, member)

static const struct column columns[] = {
    {"service_id", REQUIRED, read_reference, OF_ROW(service), .kind = ID_SERVICE},
    {"day", REQUIRED, read_day, OF_ROW(day)},
    {"start", REQUIRED, read_clock, OF_ROW(start)},
    {"therapist_id", "", read_references, OF_ROW(therapists), .kind = ID_THERAPIST},
    {"room_id", "", read_reference, OF_ROW(room), .kind = ID_ROOM},
    {"patient_id", "", read_references, OF_ROW(patients), .kind = ID_PATIENT},
    {"week", "", read_week, OF_ROW(week)},
};
static const struct table table = {
    .file = "fixed.csv", TABLE_COLUMNS(columns), .row_size = sizeof(struct fixed_row)};

static void check_start(const struct table_reader *reader, const struct fixed_row *row) {
  const struct loading *loading = reader->loading;
  int slot = loading->clinic->slot_minutes;
  if (!row_sound(reader, "start")) return;
  if (row->start == DAY_MIN)
    row_fault(reader, "start", "is the end of a day: nothing can start there (H12)");
  else if (loading->program.grid_known && row->start % slot != 0)
    row_fault(reader, "start", "does not lie on the grid of slot_minutes (%d) (H12)", slot);
}

/* True, with a warning, for a row that cannot take place in this week through nobody's fault. */
static bool is_skipped(const struct table_reader *reader, const struct fixed_row *row) {
  const struct clinic *clinic = reader->loading->clinic;
  int midnight = row->day * DAY_MIN;
  if (!clinic->operates[row->day]) {
    row_warning(reader, "day", "%s is no day of operation: the row is skipped",
                day_names[row->day]);
    return true;
  }
  if (windows_overlap(&clinic->opening, midnight, midnight + DAY_MIN) == 0) {
    row_warning(reader, "day", "closed on %s of this week: the row is skipped",
                day_names[row->day]);
    return true;
  }
  for (int i = 0; i < row->patients.n; i++) {
    const struct patient *patient = &clinic->patients[row->patients.list[i]];
    if (patient->first_day <= row->day && row->day <= patient->last_day) continue;
    row_warning(reader, "patient_id",
                "patient '%s' is not admitted on %s of this week: the row is skipped", patient->id,
                day_names[row->day]);
    return true;
  }
  return false;
}

static struct fixed_rows read_rows(struct loading *loading) {
  struct fixed_rows rows = {0};
  struct table_reader reader;
  table_open(&reader, loading, &table);
  struct fixed_row row;
  while (table_next(&reader, &row)) {
    check_start(&reader, &row);
    if (!row_is_sound(&reader)) continue;
    if (row.week != NO_DATE && row.week != loading->clinic->monday) continue;
    if (is_skipped(&reader, &row)) continue;
    row.line = reader.line;
    rows.list = mem_room_for_one(rows.list, rows.n, &rows.capacity, sizeof *rows.list);
    rows.list[rows.n++] = row;
  }
  table_close(&reader);
  return rows;
}

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

static int compare_lists(const struct ints *x, const struct ints *y) {
  int order = COMPARE(x->n, y->n);
  for (int i = 0; order == 0 && i < x->n; i++) order = COMPARE(x->list[i], y->list[i]);
  return order;
}

/* 0 for rows that may be of one session. */
static int compare_sessions(const struct fixed_row *x, const struct fixed_row *y) {
  int order = COMPARE(x->day, y->day);
  if (order == 0) order = COMPARE(x->start, y->start);
  if (order == 0) order = COMPARE(x->service, y->service);
  if (order == 0) order = compare_lists(&x->therapists, &y->therapists);
  return order ? order : COMPARE(x->room, y->room);
}

static int compare_rows(const void *a, const void *b) {
  const struct fixed_row *x = a, *y = b;
  int order = compare_sessions(x, y);
  return order ? order : COMPARE(x->line, y->line);
}

/* The number of rows from the first on that make one session. */
static size_t rows_of_session(const struct clinic *clinic, const struct fixed_row *first,
                              const struct fixed_row *end) {
  if (clinic->services[first->service].format != FORMAT_GROUP) return 1;
  size_t n = 1;
  while (first + n < end && compare_sessions(first, first + n) == 0) n++;
  return n;
}

static struct fixed_session join_rows(struct clinic *clinic, const struct fixed_row *rows,
                                      size_t n) {
  struct arena *arena = &clinic->arena;
  size_t n_patients = 0;
  for (size_t i = 0; i < n; i++) n_patients += (size_t)rows[i].patients.n;
  struct fixed_session session = {
      .service = rows->service,
      .start_min = rows->day * DAY_MIN + rows->start,
      .therapists = {arena_copy(arena, rows->therapists.list, (size_t)rows->therapists.n,
                                sizeof *rows->therapists.list),
                     rows->therapists.n},
      .room = rows->room,
      .patients = {arena_alloc(arena, n_patients, sizeof(int)), 0},
      .lines = {arena_alloc(arena, n, sizeof(int)), 0}};
  for (size_t i = 0; i < n; i++) {
    session.lines.list[session.lines.n++] = rows[i].line;
    for (int j = 0; j < rows[i].patients.n; j++)
      session.patients.list[session.patients.n++] = rows[i].patients.list[j];
  }
  session.patients.n = ints_sort_unique(session.patients.list, session.patients.n);
  return session;
}

/* By start, service, line. */
static int compare_fixed(const void *a, const void *b) {
  const struct fixed_session *x = a, *y = b;
  int order = COMPARE(x->start_min, y->start_min);
  if (order == 0) order = COMPARE(x->service, y->service);
  return order ? order : COMPARE(x->lines.list[0], y->lines.list[0]);
}

void load_fixed(struct loading *loading) {
  struct clinic *clinic = loading->clinic;
  struct fixed_rows rows = read_rows(loading);
  if (rows.n > 1) qsort(rows.list, rows.n, sizeof *rows.list, compare_rows);
  clinic->fixed = arena_alloc(&clinic->arena, rows.n, sizeof *clinic->fixed);
  for (size_t i = 0, n; i < rows.n; i += n) {
    n = rows_of_session(clinic, &rows.list[i], rows.list + rows.n);
    clinic->fixed[clinic->n_fixed++] = join_rows(clinic, &rows.list[i], n);
  }
  if (clinic->n_fixed > 1)
    qsort(clinic->fixed, (size_t)clinic->n_fixed, sizeof *clinic->fixed, compare_fixed);
  free(rows.list);
}
