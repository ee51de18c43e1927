#include "xlsx.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "iopsched/memory.h"
#include "iopsched/text.h"

enum { LONGEST_TEXT = 32000, DAY = 24 * 60, EPOCH = 25569 /* 1970-01-01 in a workbook's days */ };

struct xlsx {
  lxw_workbook *book;
  lxw_format *styles[XLSX_STYLES];
  lxw_format *bad;
  struct arena arena;
};
struct xlsx_sheet {
  struct xlsx *xlsx;
  lxw_worksheet *sheet;
};

/* The tints of week.html. */
static const lxw_color_t hues[XLSX_HUES] = {0xE4EFFA, 0xE3F3E6, 0xFDEDDD, 0xF0E8FA,
                                            0xDCF2F1, 0xFBE5E7, 0xF4F3D6, 0xFAE4F2,
                                            0xF3E9E0, 0xE6E8FB, 0xE8EDF2, 0xECF6D8};

static lxw_row_t as_row(int row) {
  return (lxw_row_t)row;
}

static lxw_col_t as_column(int column) {
  return (lxw_col_t)column;
}

static lxw_format *new_style(struct xlsx *xlsx, const char *number_format) {
  lxw_format *style = workbook_add_format(xlsx->book);
  if (!style) die_out_of_memory();
  format_set_align(style, LXW_ALIGN_VERTICAL_TOP);
  format_set_num_format(style, number_format);
  return style;
}

static void add_blocks(struct xlsx *xlsx) {
  for (int hue = 0; hue < XLSX_HUES; hue++) {
    lxw_format *style = xlsx->styles[XLSX_BLOCK + hue] = new_style(xlsx, "@");
    format_set_bg_color(style, hues[hue]);
    format_set_text_wrap(style);
    format_set_font_size(style, 9);
    format_set_border(style, LXW_BORDER_THIN);
    format_set_border_color(style, 0x7D8A97);
  }
}

static void add_styles(struct xlsx *xlsx) {
  static const char *const formats[] = {"General", "@", "@", "yyyy\\-mm\\-dd", "[hh]:mm", "@"};
  for (int i = 0; i < XLSX_BLOCK; i++) xlsx->styles[i] = new_style(xlsx, formats[i]);
  lxw_format *heading = xlsx->styles[XLSX_HEADING];
  format_set_bold(heading);
  format_set_font_color(heading, LXW_COLOR_WHITE);
  format_set_bg_color(heading, 0x123F5C);
  format_set_text_wrap(heading);
  format_set_bold(xlsx->styles[XLSX_SIDE]);
  format_set_text_wrap(xlsx->styles[XLSX_WRAPPED]);
  add_blocks(xlsx);
  xlsx->bad = workbook_add_format(xlsx->book);
  if (!xlsx->bad) die_out_of_memory();
  format_set_font_color(xlsx->bad, 0x8C1510);
  format_set_bg_color(xlsx->bad, 0xFBD9D7);
}

struct xlsx *xlsx_new(const char *path, const char *scratch, const char *title, int64_t created) {
  struct xlsx *xlsx = mem_new(1, sizeof *xlsx);
  lxw_workbook_options options = {.tmpdir = arena_strdup(&xlsx->arena, scratch)};
  xlsx->book = workbook_new_opt(path, &options);
  if (!xlsx->book) die_out_of_memory();
  lxw_doc_properties properties = {.title = arena_strdup(&xlsx->arena, title),
                                   .created = (time_t)created};
  workbook_set_properties(xlsx->book, &properties);
  add_styles(xlsx);
  return xlsx;
}

/* Where the library keeps to temporary files of its own (see xlsx_memory.c), it does not look
 * whether they could be written and read again. */
static bool was_refused(int reason) {
  return reason == ENOSPC || reason == EDQUOT || reason == EIO || reason == EFBIG ||
         reason == EROFS;
}

bool xlsx_close(struct xlsx *xlsx) {
  errno = 0;
  lxw_error error = workbook_close(xlsx->book);
  int reason = errno;
  arena_free(&xlsx->arena);
  free(xlsx);
  if (error == LXW_ERROR_MEMORY_MALLOC_FAILED) die_out_of_memory();
  errno = reason ? reason : EIO;
  return error == LXW_NO_ERROR && !was_refused(reason);
}

struct xlsx_sheet *xlsx_sheet(struct xlsx *xlsx, const char *name, const char *note) {
  struct xlsx_sheet *sheet = arena_alloc(&xlsx->arena, 1, sizeof *sheet);
  *sheet = (struct xlsx_sheet){xlsx, workbook_add_worksheet(xlsx->book, name)};
  if (!sheet->sheet) die_internal("no sheet '%s' in the workbook", name);
  worksheet_set_landscape(sheet->sheet);
  worksheet_fit_to_pages(sheet->sheet, 1, 0);
  worksheet_set_margins(sheet->sheet, 0.4, 0.4, 0.5, 0.6);
  worksheet_set_footer(sheet->sheet, arena_printf(&xlsx->arena, "&L%s&C&A&R&P of &N", note));
  return sheet;
}

void xlsx_freeze(struct xlsx_sheet *sheet, int rows, int columns) {
  worksheet_freeze_panes(sheet->sheet, as_row(rows), as_column(columns));
  worksheet_repeat_rows(sheet->sheet, 0, as_row(rows - 1));
}

void xlsx_filter(struct xlsx_sheet *sheet, int rows, int columns) {
  worksheet_autofilter(sheet->sheet, 0, 0, as_row(rows - 1), as_column(columns - 1));
}

void xlsx_width(struct xlsx_sheet *sheet, int column, int letters) {
  worksheet_set_column(sheet->sheet, as_column(column), as_column(column), letters, NULL);
}

void xlsx_height(struct xlsx_sheet *sheet, int row, int points) {
  worksheet_set_row(sheet->sheet, as_row(row), points, NULL);
}

/* A workbook's cells end at 32,767 characters; longer text is cut between two of them. */
static const char *fitting(struct xlsx_sheet *sheet, const char *text) {
  size_t length = strlen(text);
  if (length <= LONGEST_TEXT) return text;
  length = LONGEST_TEXT;
  while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80) length--;
  return arena_printf(&sheet->xlsx->arena, "%.*s", (int)length, text);
}

void xlsx_text(struct xlsx_sheet *sheet, int row, int column, const char *text,
               enum xlsx_style style) {
  if (!text || !*text) return;
  worksheet_write_string(sheet->sheet, as_row(row), as_column(column), fitting(sheet, text),
                         sheet->xlsx->styles[style]);
}

static void write_number(struct xlsx_sheet *sheet, int row, int column, double number,
                         enum xlsx_style style) {
  worksheet_write_number(sheet->sheet, as_row(row), as_column(column), number,
                         sheet->xlsx->styles[style]);
}

void xlsx_number(struct xlsx_sheet *sheet, int row, int column, int64_t numerator,
                 int64_t denominator) {
  write_number(sheet, row, column, (double)numerator / (double)denominator, XLSX_PLAIN);
}

void xlsx_date(struct xlsx_sheet *sheet, int row, int column, int date) {
  write_number(sheet, row, column, date + EPOCH, XLSX_DATE);
}

void xlsx_time(struct xlsx_sheet *sheet, int row, int column, int minutes) {
  write_number(sheet, row, column, (double)minutes / (double)DAY, XLSX_TIME);
}

void xlsx_tall_text(struct xlsx_sheet *sheet, int first, int last, int column, const char *text,
                    enum xlsx_style style) {
  if (first == last)
    xlsx_text(sheet, first, column, text, style);
  else
    worksheet_merge_range(sheet->sheet, as_row(first), as_column(column), as_row(last),
                          as_column(column), fitting(sheet, text), sheet->xlsx->styles[style]);
}

void xlsx_mark_less(struct xlsx_sheet *sheet, int rows, int column, int than_column) {
  if (rows < 2) return;
  lxw_conditional_format condition = {
      .type = LXW_CONDITIONAL_TYPE_FORMULA,
      .value_string =
          arena_printf(&sheet->xlsx->arena, "=$%c2<$%c2", 'A' + column, 'A' + than_column),
      .format = sheet->xlsx->bad};
  worksheet_conditional_format_range(sheet->sheet, 1, as_column(column), as_row(rows - 1),
                                     as_column(column), &condition);
}

void xlsx_mark_word(struct xlsx_sheet *sheet, int rows, int column, const char *word) {
  if (rows < 2) return;
  lxw_conditional_format condition = {
      .type = LXW_CONDITIONAL_TYPE_CELL,
      .criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO,
      .value_string = arena_printf(&sheet->xlsx->arena, "\"%s\"", word),
      .format = sheet->xlsx->bad};
  worksheet_conditional_format_range(sheet->sheet, 1, as_column(column), as_row(rows - 1),
                                     as_column(column), &condition);
}
