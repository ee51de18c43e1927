#include "iopsched/csv.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "input.h"
#include "iopsched/text.h"
#include "rows.h"

/* Cells of the header line, if that were the separator; 0 if all lines were empty ones then. */
static int count_header_cells(unsigned char *bytes, size_t length, char separator) {
  struct row header = {0};
  struct rows *rows = rows_new(bytes, length, separator, NULL, NULL);
  bool is_found = rows_next(rows, &header);
  rows_free(rows);
  return is_found && header.n_cells == 0 ? 1 : header.n_cells; /* a broken one may have none */
}

/* The separator is the one that splits the header line into the most cells; of a file without any
 * line but empty ones, the one that makes them so. */
static char find_separator(unsigned char *bytes, size_t length) {
  static const char candidates[] = {',', ';', '\t'};
  char best = ',';
  int most = 0;
  for (size_t i = 0; i < sizeof candidates; i++) {
    int n = count_header_cells(bytes, length, candidates[i]);
    if (n == 0) return candidates[i];
    if (n <= most) continue;
    most = n;
    best = candidates[i];
  }
  return best;
}

static void report(struct diagnostics *diagnostics, const struct csv_file *file, int line,
                   const char *words) {
  diagnose(diagnostics, SEVERITY_ERROR, file->name, line, NULL, "%s", words);
}

static void check_twice_named(const struct csv_file *file, struct diagnostics *diagnostics) {
  for (int i = 0; i < file->n_columns; i++) {
    int first = csv_file_column(file, file->columns[i]);
    if (*file->columns[i] && first < i)
      diagnose(diagnostics, SEVERITY_ERROR, file->name, file->header_line, NULL,
               "columns %d and %d have the same name", first + 1, i + 1);
  }
}

static bool take_header(struct csv_file *file, const struct row *row,
                        struct diagnostics *diagnostics) {
  file->header_line = row->line;
  if (row->broken) return false;
  if (row->n_filled > CSV_MAX_COLUMNS) {
    diagnose(diagnostics, SEVERITY_ERROR, file->name, row->line, NULL,
             "%d columns, at most %d are read", row->n_filled, CSV_MAX_COLUMNS);
    return false;
  }
  file->n_columns = row->n_filled;
  file->columns = arena_alloc(&file->arena, (size_t)row->n_filled, sizeof *file->columns);
  for (int i = 0; i < row->n_filled; i++)
    file->columns[i] = arena_strdup(&file->arena, row->cells[i]);
  check_twice_named(file, diagnostics);
  return true;
}

static bool has_nameless_cell(const struct csv_file *file, const struct row *row) {
  for (int i = 0; i < file->n_columns; i++)
    if (!*file->columns[i] && *row->cells[i]) return true;
  return false;
}

/* True if every cell of the row stands under the column it is meant for, as far as can be seen. */
static bool check_shape(const struct csv_file *file, const struct row *row,
                        struct diagnostics *diagnostics) {
  if (row->n_cells < file->n_columns) {
    diagnose(diagnostics, SEVERITY_ERROR, file->name, row->line, NULL,
             "%d cells where the header names %d columns (an empty cell needs its separator too)",
             row->n_cells, file->n_columns);
    return false;
  }
  if (row->n_filled > file->n_columns) {
    diagnose(diagnostics, SEVERITY_ERROR, file->name, row->line, NULL,
             "%d cells where the header names %d columns (a separator inside a cell needs quotes)",
             row->n_filled, file->n_columns);
    return false;
  }
  if (!has_nameless_cell(file, row)) return true;
  report(diagnostics, file, row->line, "a cell under a column that has no name in the header");
  return false;
}

/* Copies the row's cells into one piece of the arena: their addresses, then their texts. */
static const char **copy_cells(struct csv_file *file, const struct row *row) {
  int n = row->n_cells < file->n_columns ? row->n_cells : file->n_columns;
  size_t addresses = (size_t)file->n_columns * sizeof(char *), bytes = addresses;
  for (int i = 0; i < n; i++) bytes += strlen(row->cells[i]) + 1;
  const char **cells = arena_alloc(&file->arena, bytes + 1, 1);
  char *next = (char *)cells + addresses;
  for (int i = 0; i < n; i++) {
    size_t length = strlen(row->cells[i]) + 1;
    cells[i] = memcpy(next, row->cells[i], length);
    next += length;
  }
  for (int i = n; i < file->n_columns; i++) cells[i] = next; /* the zero at the end */
  return cells;
}

static void take_record(struct csv_file *file, const struct row *row,
                        struct diagnostics *diagnostics) {
  bool broken = row->broken || !check_shape(file, row, diagnostics);
  file->records = mem_room_for_one(file->records, (size_t)file->n_records, &file->capacity,
                                   sizeof *file->records);
  file->records[file->n_records++] = (struct csv_record){row->line, broken, copy_cells(file, row)};
}

/* True if the file was read to its end. */
static bool take_rows(struct csv_file *file, struct rows *rows, struct diagnostics *diagnostics) {
  struct row row;
  if (rows_next(rows, &row) && !take_header(file, &row, diagnostics)) return false;
  while (rows_next(rows, &row)) {
    if (file->n_records == CSV_MAX_RECORDS) {
      diagnose(diagnostics, SEVERITY_ERROR, file->name, row.line, NULL,
               "more than %d rows: the rest of the file was not read", CSV_MAX_RECORDS);
      return false;
    }
    take_record(file, &row, diagnostics);
  }
  return !rows_cut_short(rows);
}

static bool is_utf16(const unsigned char *bytes, size_t length) {
  return length >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0);
}

static void parse(struct csv_file *file, unsigned char *bytes, size_t length,
                  struct diagnostics *diagnostics) {
  if (is_utf16(bytes, length)) {
    report(diagnostics, file, 1, "UTF-16 text: save the file as 'CSV UTF-8'");
    return;
  }
  size_t mark = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  file->separator = find_separator(bytes + mark, length - mark);
  struct rows *rows =
      rows_new(bytes + mark, length - mark, file->separator, file->name, diagnostics);
  file->complete = take_rows(file, rows, diagnostics);
  rows_free(rows);
}

enum csv_status csv_file_read(const char *folder, const char *name, struct diagnostics *diagnostics,
                              struct csv_file *file) {
  *file = (struct csv_file){.name = name, .separator = ','};
  unsigned char *bytes;
  size_t length;
  switch (input_read(folder, name, CSV_MAX_FILE, &bytes, &length)) {
    case INPUT_READ:
      parse(file, bytes, length, diagnostics);
      free(bytes);
      return CSV_FILE_READ;
    case INPUT_ABSENT:
      return CSV_FILE_ABSENT;
    case INPUT_TOO_LONG:
      diagnose(diagnostics, SEVERITY_ERROR, name, 0, NULL,
               "longer than %d MB, the most that is read", (int)(CSV_MAX_FILE / INT64_C(1048576)));
      return CSV_FILE_READ;
    case INPUT_NOT_A_FILE:
      diagnose(diagnostics, SEVERITY_ERROR, name, 0, NULL, "not a regular file");
      return CSV_FILE_UNREADABLE;
    case INPUT_REFUSED:
      break;
  }
  diagnose(diagnostics, SEVERITY_ERROR, name, 0, NULL, "cannot be read: %s", strerror(errno));
  return CSV_FILE_UNREADABLE;
}

void csv_file_free(struct csv_file *file) {
  arena_free(&file->arena);
  free(file->records);
  *file = (struct csv_file){0};
}

int csv_file_column(const struct csv_file *file, const char *name) {
  for (int i = 0; i < file->n_columns; i++)
    if (text_equal_nocase(file->columns[i], name)) return i;
  return -1;
}

const char *csv_cell_undefused(const char *cell) {
  return *cell == '\'' && text_is_formula(cell + 1) ? cell + 1 : cell;
}
