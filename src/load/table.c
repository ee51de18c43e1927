#include "table.h"

#include <string.h>

#include "cells.h"
#include "iopsched/text.h"

const char *shown(struct loading *loading, const char *value) {
  return value ? text_shown(&loading->scratch, value) : "";
}

bool cell_fault(const struct cell *cell, const char *value, const char *format, ...) {
  struct loading *loading = cell->loading;
  va_list arguments;
  va_start(arguments, format);
  const char *words = arena_vprintf(&loading->scratch, format, arguments);
  va_end(arguments);
  diagnose(loading->diagnostics, SEVERITY_ERROR, cell->file, cell->line, cell->place, "%s%s'%s' %s",
           cell->subject ? cell->subject : "", cell->subject ? " " : "", shown(loading, value),
           words);
  return false;
}

bool cell_report(const struct cell *cell, const char *format, ...) {
  struct loading *loading = cell->loading;
  va_list arguments;
  va_start(arguments, format);
  const char *words = arena_vprintf(&loading->scratch, format, arguments);
  va_end(arguments);
  diagnose(loading->diagnostics, SEVERITY_ERROR, cell->file, cell->line, cell->place, "%s", words);
  return false;
}

/* Index of the table's column of that name, or -1. */
static int find_column(const struct table *table, const char *name) {
  for (int i = 0; i < table->n_columns; i++)
    if (text_equal_nocase(table->columns[i].name, name)) return i;
  return -1;
}

bool is_own_name(const char *name) {
  return (name[0] == 'x' || name[0] == 'X') && name[1] == '_';
}

/* Reports a header of which no column is known. It is none, but a row of cells, which may be names:
 * nothing of it is quoted. */
static bool check_is_header(const struct table_reader *reader) {
  const struct table *table = reader->table;
  for (int i = 0; i < reader->csv.n_columns; i++)
    if (find_column(table, reader->csv.columns[i]) >= 0) return true;
  struct text names = {0};
  for (int i = 0; i < table->n_columns; i++)
    text_printf(&names, "%s%s", i > 0 ? ", " : "", table->columns[i].name);
  diagnose(reader->loading->diagnostics, SEVERITY_ERROR, table->file, reader->csv.header_line, NULL,
           "this line must name the columns (%s)", names.data);
  text_free(&names);
  return false;
}

/* Reports a column that the table does not have; meant[] is set for the one it may have meant. */
static void report_unknown(const struct table_reader *reader, const char *name, bool *meant) {
  const struct table *table = reader->table;
  const char *names[MAX_TABLE_COLUMNS];
  for (int i = 0; i < table->n_columns; i++) names[i] = table->columns[i].name;
  const char *suggestion = text_suggest(name, names, (size_t)table->n_columns);
  if (suggestion) meant[find_column(table, suggestion)] = true;
  const char *column = shown(reader->loading, name);
  struct diagnostics *diagnostics = reader->loading->diagnostics;
  int line = reader->csv.header_line;
  if (suggestion)
    diagnose(diagnostics, SEVERITY_ERROR, table->file, line, column,
             "no such column '%s': did you mean '%s'?", column, suggestion);
  else
    diagnose(diagnostics, SEVERITY_ERROR, table->file, line, column,
             "no such column '%s' (a column of your own starts with 'x_')", column);
}

/* Finds the place of every column that the file has. */
static void place_columns(struct table_reader *reader, bool *meant) {
  const struct csv_file *csv = &reader->csv;
  for (int i = 0; i < reader->table->n_columns; i++) reader->places[i] = -1;
  for (int place = 0; place < csv->n_columns; place++) {
    const char *name = csv->columns[place];
    int column = find_column(reader->table, name);
    if (column >= 0 && reader->places[column] < 0) {
      reader->places[column] = place;
      reader->order[reader->n_placed++] = column;
    } else if (column < 0 && *name && !is_own_name(name)) {
      report_unknown(reader, name, meant);
    }
  }
}

/* Adds the columns that the file does not have. */
static void place_absent(struct table_reader *reader, const bool *meant) {
  const struct table *table = reader->table;
  for (int i = 0; i < table->n_columns; i++) {
    if (reader->places[i] >= 0) continue;
    reader->order[reader->n_placed++] = i;
    if (table->columns[i].fallback == REQUIRED && !meant[i])
      diagnose(reader->loading->diagnostics, SEVERITY_ERROR, table->file, reader->csv.header_line,
               table->columns[i].name, "no column '%s', which is required", table->columns[i].name);
  }
}

static bool defines_ids(const struct table *table) {
  return table->columns[0].read == read_new_id || table->columns[0].read == read_new_name;
}

static void prepare_cells(struct table_reader *reader) {
  const struct table *table = reader->table;
  for (int i = 0; i < table->n_columns; i++)
    reader->cells[i] = (struct cell){.loading = reader->loading,
                                     .column = &table->columns[i],
                                     .file = table->file,
                                     .place = table->columns[i].name,
                                     .decimal_comma = reader->csv.separator == ';'};
}

/* False if rows cannot be told by their key, or not be read at all. */
static bool take_header(struct table_reader *reader) {
  if (!check_is_header(reader)) {
    reader->next = reader->csv.n_records;
    return false;
  }
  bool meant[MAX_TABLE_COLUMNS] = {false};
  place_columns(reader, meant);
  place_absent(reader, meant);
  prepare_cells(reader);
  return reader->places[0] >= 0;
}

static void worsen(struct loading *loading, enum load_status status) {
  if (status > loading->status) loading->status = status;
}

static void report_missing(struct loading *loading, const struct table *table,
                           enum csv_status status) {
  if (status == CSV_FILE_ABSENT) worsen(loading, LOAD_NO_INPUT);
  diagnose(loading->diagnostics, SEVERITY_ERROR, table->file, 0, NULL, "%s",
           status == CSV_FILE_ABSENT ? "no such file in the clinic's folder, where it is required"
                                     : "the file is empty: its first line must name the columns");
}

/* Reads the file. True if no row of it is hidden: where some are, an id that is not found may
 * well exist. */
static bool read_file(struct table_reader *reader) {
  struct loading *loading = reader->loading;
  const struct table *table = reader->table;
  enum csv_status status =
      csv_file_read(loading->folder, table->file, loading->diagnostics, &reader->csv);
  if (status == CSV_FILE_UNREADABLE) {
    worsen(loading, LOAD_READ_FAILED);
    return false;
  }
  if (status == CSV_FILE_READ && !reader->csv.complete) return false;
  if (reader->csv.header_line > 0 || !table->is_required) return true;
  report_missing(loading, table, status);
  return false;
}

size_t table_open(struct table_reader *reader, struct loading *loading, const struct table *table) {
  *reader = (struct table_reader){.loading = loading, .table = table};
  if (table->n_columns > MAX_TABLE_COLUMNS) die_internal("%s: too many columns", table->file);
  reader->hides_rows = !read_file(reader);
  if (reader->csv.n_columns > 0 && !take_header(reader)) reader->hides_rows = true;
  reader->n_reported = loading->diagnostics->n;
  if (defines_ids(table) && reader->hides_rows)
    loading->ids.incomplete[table->columns[0].kind] = true;
  return (size_t)reader->csv.n_records;
}

/* Who is named in a broken row is known all the same, so that others may name them. */
static void note_lost_id(struct table_reader *reader, const struct csv_record *record) {
  if (!defines_ids(reader->table) || reader->places[0] < 0) return;
  const char *text = record->cells[reader->places[0]];
  lose_id(reader->loading, reader->table->columns[0].kind, text);
}

/* Reads one cell; an empty one, or what cannot be read, as the default. */
static bool read_cell(struct cell *cell, const char *text, bool is_absent, void *row) {
  const struct column *column = cell->column;
  void *field = (char *)row + column->field;
  if (!*text && column->fallback == REQUIRED) {
    cell->text = "";
    /* An absent column is reported with the header. */
    return !is_absent && cell_report(cell, "an empty cell: a value is required");
  }
  cell->text = *text ? text : column->fallback;
  bool is_sound = column->read(cell, field);
  if (is_sound || column->fallback == REQUIRED) return is_sound;
  cell->text = column->fallback;
  column->read(cell, field);
  cell->text = text;
  return false;
}

/* The place of a diagnostic's column among the file's. */
static int rank_of(const struct table_reader *reader, const struct diagnostic *diagnostic) {
  for (int rank = 0; rank < reader->n_placed; rank++)
    if (diagnostic->column &&
        strcmp(reader->table->columns[reader->order[rank]].name, diagnostic->column) == 0)
      return rank;
  return -1;
}

/* Checks across columns come after the columns: puts the diagnostics of the row returned last in
 * the order of the file's columns. */
static void order_diagnostics(struct table_reader *reader) {
  struct diagnostics *diagnostics = reader->loading->diagnostics;
  struct diagnostic *list = diagnostics->list;
  for (int i = reader->n_reported + 1; i < diagnostics->n; i++)
    for (int j = i; j > reader->n_reported; j--) {
      struct diagnostic later = list[j];
      if (rank_of(reader, &list[j - 1]) <= rank_of(reader, &later)) break;
      list[j] = list[j - 1];
      list[j - 1] = later;
    }
  reader->n_reported = diagnostics->n;
}

static void read_record(struct table_reader *reader, const struct csv_record *record, void *row) {
  memset(row, 0, reader->table->row_size);
  reader->line = record->line;
  for (int i = 0; i < reader->table->n_columns; i++) {
    int column = reader->order[i], place = reader->places[column];
    struct cell *cell = &reader->cells[column];
    const char *text = place < 0 ? "" : record->cells[place];
    cell->line = record->line;
    cell->row = reader->n_rows;
    reader->is_given[column] = *text != '\0';
    reader->is_sound[column] = read_cell(cell, text, place < 0, row);
  }
  reader->n_rows++;
}

bool table_next(struct table_reader *reader, void *row) {
  order_diagnostics(reader);
  while (reader->next < reader->csv.n_records) {
    const struct csv_record *record = &reader->csv.records[reader->next++];
    if (record->broken) {
      reader->hides_rows = true;
      note_lost_id(reader, record);
      continue;
    }
    read_record(reader, record, row);
    return true;
  }
  return false;
}

void table_close(struct table_reader *reader) {
  order_diagnostics(reader);
  csv_file_free(&reader->csv);
}

static int column_of(const struct table_reader *reader, const char *column) {
  for (int i = 0; i < reader->table->n_columns; i++)
    if (strcmp(reader->table->columns[i].name, column) == 0) return i;
  die_internal("%s has no column %s", reader->table->file, column);
}

bool row_sound(const struct table_reader *reader, const char *column) {
  return reader->is_sound[column_of(reader, column)];
}

bool row_is_sound(const struct table_reader *reader) {
  for (int i = 0; i < reader->table->n_columns; i++)
    if (!reader->is_sound[i]) return false;
  return true;
}

bool row_given(const struct table_reader *reader, const char *column) {
  return reader->is_given[column_of(reader, column)];
}

const struct cell *row_cell(const struct table_reader *reader, const char *column) {
  return &reader->cells[column_of(reader, column)];
}

const char *row_value(const struct table_reader *reader, const char *column) {
  return shown(reader->loading, row_cell(reader, column)->text);
}

void row_fault(const struct table_reader *reader, const char *column, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const char *words = arena_vprintf(&reader->loading->scratch, format, arguments);
  va_end(arguments);
  const struct cell *cell = row_cell(reader, column);
  cell_fault(cell, cell->text, "%s", words);
}

void row_warning(const struct table_reader *reader, const char *column, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const char *words = arena_vprintf(&reader->loading->scratch, format, arguments);
  va_end(arguments);
  diagnose(reader->loading->diagnostics, SEVERITY_WARNING, reader->table->file, reader->line,
           column, "%s", words);
}
