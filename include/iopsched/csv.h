/* One CSV file of a folder, as people and spreadsheets write them, read into records of cells.
 *
 * Read: UTF-8 with or without byte order mark; LF, CRLF or CR; cells separated by comma, semicolon
 * or tab, whichever is the most frequent in the header line (comma on ties); RFC 4180 quotes. Blank
 * lines, lines of empty cells and lines whose first cell starts with '#' are skipped, also above
 * the header. Spaces around cells are left out.
 *
 * Reported, each with its line: bytes that are not UTF-8, NUL bytes, quotes that are never closed
 * or have text behind them, rows with fewer cells than the header or with more that are not empty,
 * columns named twice, cells under a column without a name, and whatever exceeds the limits below.
 * No message quotes a cell: it might be a name. */
#ifndef IOPSCHED_CSV_H
#define IOPSCHED_CSV_H

#include <stdbool.h>

#include "iopsched/diagnostics.h"
#include "iopsched/memory.h"

/* More than any spreadsheet's cell (bytes), and than anyone's clinic. */
enum { CSV_MAX_CELL = 32767, CSV_MAX_COLUMNS = 256, CSV_MAX_RECORDS = 5 * 1000 * 1000 };
#define CSV_MAX_FILE (INT64_C(256) * 1024 * 1024)

struct csv_record {
  int line;           /* 1-based physical line on which it starts */
  bool broken;        /* reported already; its cells may stand under the wrong columns */
  const char **cells; /* [n_columns] of the file; "" where empty */
};

struct csv_file {
  const char *name;     /* "patients.csv" (borrowed) */
  char separator;       /* ',', ';' or '\t' */
  int header_line;      /* 0: the file has no line but skipped ones */
  const char **columns; /* [n_columns] as in the header; "" for a column without a name */
  int n_columns;
  struct csv_record *records; /* [n_records], without the header */
  int n_records;
  bool complete; /* false: a fault, reported, ended the reading before the file's end */

  struct arena arena; /* owns the cells and column names */
  size_t capacity;
};

enum csv_status {
  CSV_FILE_READ,      /* perhaps with faults, which are in the diagnostics */
  CSV_FILE_ABSENT,    /* there is no such file; not reported */
  CSV_FILE_UNREADABLE /* the system refused to read it; reported */
};

/* Reads folder/name. *file is set in any case (empty where nothing was read) and released with
 * csv_file_free(). */
enum csv_status csv_file_read(const char *folder, const char *name, struct diagnostics *diagnostics,
                              struct csv_file *file);
void csv_file_free(struct csv_file *file);

/* Index of the column of that name, ignoring case; -1 if there is none. */
int csv_file_column(const struct csv_file *file, const char *name);

/* The cell as it was before csv writing defused it: without the leading ' that keeps a spreadsheet
 * from running it as a formula. Points into `cell`. */
const char *csv_cell_undefused(const char *cell);

#endif
