/* A workbook in the making: the only door to libxlsxwriter. Text is always text, whatever it looks
 * like; dates and times are real ones. Rows and columns count from 0. */
#ifndef IOPSCHED_WRITE_XLSX_H
#define IOPSCHED_WRITE_XLSX_H

#include <stdbool.h>
#include <stdint.h>

enum xlsx_style {
  XLSX_PLAIN,
  XLSX_HEADING,
  XLSX_SIDE, /* a heading at the side */
  XLSX_DATE, /* 2026-11-30 */
  XLSX_TIME, /* 09:00, up to 24:00 */
  XLSX_WRAPPED,
  XLSX_BLOCK, /* plus a hue: a session in a grid */
  XLSX_HUES = 12,
  XLSX_STYLES = XLSX_BLOCK + XLSX_HUES
};

struct xlsx;
struct xlsx_sheet;

/* The properties hold the title and `created` (seconds from 1970 UTC), and nothing of the machine
 * or of the time of writing. Temporary files go to `scratch`. */
struct xlsx *xlsx_new(const char *path, const char *scratch, const char *title, int64_t created);
/* Writes the file and ends the workbook; false, with errno, if that failed. */
bool xlsx_close(struct xlsx *book);

/* A sheet, printed in landscape and as wide as the page, with `note` in its footer. Borrowed. */
struct xlsx_sheet *xlsx_sheet(struct xlsx *book, const char *name, const char *note);
/* The first rows and columns stay in sight, and the rows stand on every printed page. */
void xlsx_freeze(struct xlsx_sheet *sheet, int rows, int columns);
void xlsx_filter(struct xlsx_sheet *sheet, int rows, int columns);
void xlsx_width(struct xlsx_sheet *sheet, int column, int letters);
void xlsx_height(struct xlsx_sheet *sheet, int row, int points);

/* NULL and "" leave the cell empty. */
void xlsx_text(struct xlsx_sheet *sheet, int row, int column, const char *text,
               enum xlsx_style style);
/* numerator/denominator, denominator > 0. */
void xlsx_number(struct xlsx_sheet *sheet, int row, int column, int64_t numerator,
                 int64_t denominator);
void xlsx_date(struct xlsx_sheet *sheet, int row, int column, int date);    /* days from 1970 */
void xlsx_time(struct xlsx_sheet *sheet, int row, int column, int minutes); /* 0 ... 1440 */
/* One cell over rows [first, last] of a column. */
void xlsx_tall_text(struct xlsx_sheet *sheet, int first, int last, int column, const char *text,
                    enum xlsx_style style);
/* Colours the cells of rows [1, rows) and the column red where they are less than those of the
 * other column. */
void xlsx_mark_less(struct xlsx_sheet *sheet, int rows, int column, int than_column);
/* ... or where they hold the word. */
void xlsx_mark_word(struct xlsx_sheet *sheet, int rows, int column, const char *word);

#endif
