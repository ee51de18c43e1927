/* The one place that knows libcsv. Its strict mode is right about quotes but for one thing: it
 * refuses a quote inside a cell that does not start with one (5" pipe), which spreadsheets read as
 * it stands, and so do we. Text behind a closing quote ("a"b) stays a fault: spreadsheets disagree
 * about it, and it mostly means that a quote inside the cell was not doubled.
 *
 * The text is fed line by line, so that the line of every row and fault is known. libcsv itself
 * looks at bytes only and keeps a cell of any length: NUL bytes, bad UTF-8 and endless cells are
 * found here. */
#include "rows.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "iopsched/text.h"

enum { STRICT = CSV_STRICT | CSV_STRICT_FINI, BUFFER_STEP = 4096 };

struct rows {
  const char *name;
  struct diagnostics *diagnostics; /* or NULL */
  unsigned char *next, *end;       /* not yet fed */
  char separator;
  struct csv_parser parser;
  bool cut_short;

  int line;       /* being fed */
  int row_line;   /* first line of the row begun; 0: none is begun */
  int quote_line; /* line on which the cell begun started */
  bool row_ended, broken;
  struct text cells; /* of the row so far, each with its NUL */
  size_t starts[CSV_MAX_COLUMNS];
  const char *pointers[CSV_MAX_COLUMNS];
  int n_cells, n_filled;
};

/* libcsv takes NULL for a cell that may not grow further. It asks for one byte more than the cell
 * has. */
static void *grow_cell(void *old, size_t size) {
  return size > CSV_MAX_CELL + 1 ? NULL : mem_resize(old, size, 1);
}

static void parser_start(struct rows *rows) {
  csv_init(&rows->parser, STRICT);
  csv_set_delim(&rows->parser, (unsigned char)rows->separator);
  csv_set_realloc_func(&rows->parser, grow_cell);
  csv_set_free_func(&rows->parser, free);
  csv_set_blk_size(&rows->parser, BUFFER_STEP);
}

struct rows *rows_new(unsigned char *bytes, size_t length, char separator, const char *name,
                      struct diagnostics *diagnostics) {
  struct rows *rows = mem_new(1, sizeof *rows);
  rows->name = name;
  rows->diagnostics = diagnostics;
  rows->next = bytes;
  rows->end = bytes + length;
  rows->separator = separator;
  parser_start(rows);
  return rows;
}

void rows_free(struct rows *rows) {
  if (!rows) return;
  csv_free(&rows->parser);
  text_free(&rows->cells);
  free(rows);
}

bool rows_cut_short(const struct rows *rows) {
  return rows->cut_short;
}

static void fault(struct rows *rows, int line, const char *words) {
  rows->broken = true;
  if (rows->diagnostics)
    diagnose(rows->diagnostics, SEVERITY_ERROR, rows->name, line, NULL, "%s", words);
}

/* Length of the white space that starts (or, from_end, ends) the cell: spaces, tabs, line breaks
 * and the no-break space that comes with text copied from web pages. */
static size_t blank_at(const char *cell, size_t length, bool from_end) {
  if (length == 0) return 0;
  const char c = cell[from_end ? length - 1 : 0];
  if (c == ' ' || c == '\t' || c == '\r' || c == '\n') return 1;
  const char *pair = from_end ? cell + length - 2 : cell;
  return length >= 2 && memcmp(pair, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

static void cell_ended(void *bytes, size_t length, void *data) {
  struct rows *rows = data;
  const char *cell = bytes;
  for (size_t n; (n = blank_at(cell, length, false)) > 0; cell += n) length -= n;
  for (size_t n; (n = blank_at(cell, length, true)) > 0;) length -= n;
  int column = rows->n_cells++;
  if (length > 0) rows->n_filled = rows->n_cells;
  if (column >= CSV_MAX_COLUMNS) return;
  rows->starts[column] = rows->cells.length;
  text_add_bytes(&rows->cells, cell, length);
  text_add_bytes(&rows->cells, "", 1);
}

static void row_ended(int terminator, void *data) {
  (void)terminator;
  ((struct rows *)data)->row_ended = true;
}

/* Gives up the line being fed; the row ends as far as it was read. */
static void drop_line(struct rows *rows) {
  csv_free(&rows->parser);
  parser_start(rows);
  rows->row_ended = true;
}

static void refuse_cell(struct rows *rows, bool in_quotes) {
  bool too_long = csv_error(&rows->parser) == CSV_ENOMEM;
  if (too_long && in_quotes) {
    fault(rows, rows->quote_line, "a cell longer than 32767 bytes: is its quote never closed?");
    rows->cut_short = true;
  } else if (too_long) {
    fault(rows, rows->line, "a cell longer than 32767 bytes");
  } else {
    fault(rows, rows->line,
          "text after a closing quote (a quote inside a quoted cell is written twice)");
  }
  drop_line(rows);
}

/* Feeds one line with its end. */
static void feed(struct rows *rows, unsigned char *line, size_t length) {
  struct csv_parser *parser = &rows->parser;
  for (size_t fed = 0; fed < length;) {
    int cells_before = rows->n_cells;
    fed += csv_parse(parser, line + fed, length - fed, cell_ended, row_ended, rows);
    if (rows->n_cells > cells_before) rows->quote_line = rows->line;
    if (fed == length) return;
    bool in_quotes = parser->quoted;
    if (csv_error(parser) == CSV_EPARSE && line[fed] == '"' && !in_quotes) {
      csv_set_opts(parser, 0);
      csv_parse(parser, line + fed++, 1, cell_ended, row_ended, rows);
      csv_set_opts(parser, STRICT);
    } else {
      refuse_cell(rows, in_quotes);
      return;
    }
  }
}

/* Length of the first line of the text, with its LF, CRLF or CR. */
static size_t line_length(const unsigned char *text, const unsigned char *end) {
  const unsigned char *c = text;
  while (c < end && *c != '\n' && *c != '\r') c++;
  if (c < end && *c++ == '\r' && c < end && *c == '\n') c++;
  return (size_t)(c - text);
}

static bool is_blank(const struct rows *rows, const unsigned char *line, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (!strchr(" \t\r\n", line[i]) || line[i] == '\0' || line[i] == (unsigned char)rows->separator)
      return false;
  return true;
}

/* Reports bytes that are no text, and puts question marks in their place. */
static void check_bytes(struct rows *rows, unsigned char *line, size_t length) {
  unsigned char *bad = memchr(line, '\0', length);
  if (bad) fault(rows, rows->line, "a NUL byte: this is not a text file");
  for (; bad; bad = memchr(bad, '\0', length - (size_t)(bad - line))) *bad = '?';
  bad = (unsigned char *)u8_check(line, length);
  if (bad) fault(rows, rows->line, "bytes that are not UTF-8: save the file as 'CSV UTF-8'");
  for (; bad; bad = (unsigned char *)u8_check(bad, length - (size_t)(bad - line))) *bad = '?';
}

static void feed_next_line(struct rows *rows) {
  unsigned char *line = rows->next;
  size_t length = line_length(line, rows->end);
  rows->next += length;
  rows->line++;
  if (rows->diagnostics) check_bytes(rows, line, length);
  if (rows->row_line == 0) {
    if (is_blank(rows, line, length)) return;
    rows->row_line = rows->quote_line = rows->line;
  }
  feed(rows, line, length);
}

/* Ends a last row that has no line end. */
static void finish(struct rows *rows) {
  if (csv_fini(&rows->parser, cell_ended, row_ended, rows) == 0) return;
  fault(rows, rows->quote_line, "a quote that is never closed: the rest of the file was not read");
  rows->cut_short = rows->row_ended = true;
}

static bool read_row(struct rows *rows) {
  text_clear(&rows->cells);
  rows->n_cells = rows->n_filled = rows->row_line = 0;
  rows->row_ended = rows->broken = false;
  if (rows->cut_short) return false;
  while (!rows->row_ended && rows->next < rows->end) feed_next_line(rows);
  if (!rows->row_ended) finish(rows);
  return rows->row_ended;
}

/* A broken row is none to skip, even if nothing is left of it: it may have been the header. */
static bool is_skipped(const struct rows *rows) {
  if (rows->n_cells > 0 && rows->cells.data[rows->starts[0]] == '#') return true;
  return rows->n_filled == 0 && !rows->broken;
}

bool rows_next(struct rows *rows, struct row *row) {
  do {
    if (!read_row(rows)) return false;
  } while (is_skipped(rows));
  for (int i = 0; i < rows->n_cells && i < CSV_MAX_COLUMNS; i++)
    rows->pointers[i] = rows->cells.data + rows->starts[i];
  *row = (struct row){rows->row_line, rows->pointers, rows->n_cells, rows->n_filled, rows->broken};
  return true;
}
