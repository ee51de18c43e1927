/* The rows of a CSV text, one after another, whatever they mean. */
#ifndef IOPSCHED_LOAD_ROWS_H
#define IOPSCHED_LOAD_ROWS_H

#include "iopsched/csv.h"

struct rows;

struct row {
  int line;           /* 1-based physical line on which it starts */
  const char **cells; /* trimmed; the first CSV_MAX_COLUMNS of them; valid until the next row */
  int n_cells;
  int n_filled; /* number of the last cell that is not empty */
  bool broken;  /* a fault was reported in it */
};

/* Starts on a text without byte order mark, which the rows borrow. Faults go to diagnostics, as
 * those of file `name`, and bytes that are no text become question marks; without diagnostics
 * (NULL) neither is done. */
struct rows *rows_new(unsigned char *bytes, size_t length, char separator, const char *name,
                      struct diagnostics *diagnostics);
/* The next row that is not blank, empty or a comment; false at the end. */
bool rows_next(struct rows *rows, struct row *row);
/* True once a fault ended the reading before the end of the text. */
bool rows_cut_short(const struct rows *rows);
void rows_free(struct rows *rows);

#endif
