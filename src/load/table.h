/* A file of the clinic as a table: columns with names, defaults and readers, said once in a list;
 * rows as structs that the readers fill. To add a column: a field in the row's struct, a line in
 * the list. */
#ifndef IOPSCHED_LOAD_TABLE_H
#define IOPSCHED_LOAD_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "iopsched/csv.h"
#include "loading.h"

struct cell;

/* One of the words that a cell may hold, and what it stands for. Words of equal value are
 * spellings of the first. */
struct fixed_word {
  const char *word; /* NULL ends a list of them */
  int value;
};

/* `fallback` of a column that has none: an empty cell is a fault. */
#define REQUIRED NULL

struct column {
  const char *name;
  const char *fallback; /* the text that is read where the cell is empty or the column absent */
  /* Reads the cell into the field of the row. False, with a diagnostic, if it cannot be: then the
   * field gets the fallback, so that it always holds something harmless. A required field whose
   * cell is empty stays zero. */
  bool (*read)(const struct cell *cell, void *field);
  size_t field; /* offset in the row */

  /* What the reader needs to know, where it does. */
  int64_t low, high; /* the range, in the field's unit */
  int64_t absent;    /* the value of an empty text */
  int step;          /* hours: in multiples of so many minutes */
  const struct fixed_word *words;
  enum id_kind kind; /* of whom it names */
};

struct table {
  const char *file;
  bool is_required;
  const struct column *columns; /* [n_columns] */
  int n_columns;
  size_t row_size;
};
#define TABLE_COLUMNS(list) .columns = (list), .n_columns = (int)(sizeof(list) / sizeof *(list))

enum { MAX_TABLE_COLUMNS = 24 };

/* A text to be read and where it stands. */
struct cell {
  struct loading *loading;
  const struct column *column;
  const char *text;
  const char *file;
  int line;
  const char *place;   /* the column named in diagnostics */
  const char *subject; /* put before the value in them: a setting's name; or NULL */
  bool decimal_comma;
  int row; /* index of the row among those read */
};

/* Reports `'VALUE' FORMAT...` at the cell. The value is the cell's text, or a part of it. Returns
 * false, for readers to return. */
__attribute__((format(printf, 3, 4))) bool cell_fault(const struct cell *cell, const char *value,
                                                      const char *format, ...);
/* Reports a text of its own at the cell; returns false. */
__attribute__((format(printf, 2, 3))) bool cell_report(const struct cell *cell, const char *format,
                                                       ...);
/* A value as it may be shown in a diagnostic: cut to a length that can be read, without control
 * characters; nothing for NULL. Lives as long as the loading. */
const char *shown(struct loading *loading, const char *value);

/* True for a column or setting that a user may add for their own ends: x_... */
bool is_own_name(const char *name);

struct table_reader {
  struct loading *loading;
  const struct table *table;
  struct csv_file csv;
  int next;        /* record */
  int n_rows;      /* returned so far */
  int line;        /* of the row returned last */
  bool hides_rows; /* some could not be read: who is not found in the file may well be in it */
  int n_reported;  /* diagnostics before that row */
  int places[MAX_TABLE_COLUMNS]; /* column of the file, or -1 */
  int n_placed,
      order[MAX_TABLE_COLUMNS]; /* the table's columns as the file orders them, absent ones last */
  struct cell cells[MAX_TABLE_COLUMNS]; /* of the row returned last */
  bool is_sound[MAX_TABLE_COLUMNS], is_given[MAX_TABLE_COLUMNS];
};

/* Opens the file and checks its columns. Returns the most rows that can follow. */
size_t table_open(struct table_reader *reader, struct loading *loading, const struct table *table);
/* Reads the next row whose cells stand under their columns. False at the end. */
bool table_next(struct table_reader *reader, void *row);
void table_close(struct table_reader *reader);

/* For checks across the columns of the row returned last. */
/* True if the column was read without a fault. */
bool row_sound(const struct table_reader *reader, const char *column);
/* True if all were. */
bool row_is_sound(const struct table_reader *reader);
/* True if the cell is not empty. */
bool row_given(const struct table_reader *reader, const char *column);
/* The cell, with the default as its text where it is empty. */
const struct cell *row_cell(const struct table_reader *reader, const char *column);
/* Its text as it may be shown. */
const char *row_value(const struct table_reader *reader, const char *column);
/* Reports `'VALUE' FORMAT...` at the column. */
__attribute__((format(printf, 3, 4))) void row_fault(const struct table_reader *reader,
                                                     const char *column, const char *format, ...);
/* A warning at the column, or at the row where column is NULL. */
__attribute__((format(printf, 3, 4))) void row_warning(const struct table_reader *reader,
                                                       const char *column, const char *format, ...);

#endif
