/* CSV files as people and spreadsheets write them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "clinic_files.h"
#include "iopsched/csv.h"
#include "iopsched/text.h"
#include "unit.h"

/* The file as one line of text a record: "LINE:cell|cell", the header first, '!' behind the line of
 * a broken one; then what was reported; "CUT" where reading stopped early. */
static char *described(const void *bytes, size_t length) {
  char *folder = folder_from_texts((const file_text[]){{NULL, NULL}});
  folder_write(folder, "a.csv", bytes, length);
  struct diagnostics diagnostics = {0};
  struct csv_file file;
  assert_int_equal(csv_file_read(folder, "a.csv", &diagnostics, &file), CSV_FILE_READ);
  struct text text = {0};
  text_printf(&text, "%d:", file.header_line);
  for (int i = 0; i < file.n_columns; i++)
    text_printf(&text, "%s%s", i ? "|" : "", file.columns[i]);
  for (int r = 0; r < file.n_records; r++) {
    const struct csv_record *record = &file.records[r];
    text_printf(&text, "\n%d%s:", record->line, record->broken ? "!" : "");
    for (int i = 0; i < file.n_columns; i++)
      text_printf(&text, "%s%s", i ? "|" : "", record->cells[i]);
  }
  for (int i = 0; i < diagnostics.n; i++)
    text_printf(&text, "\n%d %s", diagnostics.list[i].line, diagnostics.list[i].text);
  if (!file.complete) text_add(&text, "\nCUT");
  csv_file_free(&file);
  diagnostics_free(&diagnostics);
  folder_remove(folder);
  return text.data;
}

struct reading {
  const char *bytes;
  size_t length; /* 0: up to the NUL */
  const char *described;
};

static void check(const struct reading *readings, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const struct reading *reading = &readings[i];
    char *text =
        described(reading->bytes, reading->length ? reading->length : strlen(reading->bytes));
    assert_string_equal(text, reading->described);
    free(text);
  }
}

static void separators_follow_the_header(void **state) {
  (void)state;
  static const struct reading readings[] = {
      {"a,b\n1,2;3\n", 0, "1:a|b\n2:1|2;3"},
      {"a;b\n1,5;2\n", 0, "1:a|b\n2:1,5|2"},
      {"a\tb\n1\t 2 \n\t\n", 0, "1:a|b\n2:1|2"},
      {"a;b;c,d\n1;2;3\n", 0, "1:a|b|c,d\n2:1|2|3"},
      {"a,b;c\n1,2\n", 0, "1:a|b;c\n2:1|2"},
      {"\"a,b,c\";d\n1;2\n", 0, "1:a,b,c|d\n2:1|2"},
      {"# x,y,z\n;;;\na;b\n1;2\n", 0, "3:a|b\n4:1|2"},
      {"a\n1\n", 0, "1:a\n2:1"},
  };
  check(readings, COUNT(readings));
}

static void line_ends_and_line_numbers(void **state) {
  (void)state;
  static const struct reading readings[] = {
      {"a,b\r\n1,2\r\n\r\n3,4", 0, "1:a|b\n2:1|2\n4:3|4"},
      {"a,b\r1,2\r\r3,4\r", 0, "1:a|b\n2:1|2\n4:3|4"},
      {"a,b\n1,2\n\n3,4\n", 0, "1:a|b\n2:1|2\n4:3|4"},
      {"\xef\xbb\xbf"
       "a,b\n1,2\n",
       0, "1:a|b\n2:1|2"},
      {"a,b\n1,\"x\ny\"\n3,4\n", 0, "1:a|b\n2:1|x\ny\n4:3|4"},
      {"a,b\r\n\"x\r\n\r\ny\",2\r\n3,4\r\n", 0, "1:a|b\n2:x\r\n\r\ny|2\n5:3|4"},
      {"a,b\r\"x\ry\",\"z\r\"\r3,4\r", 0, "1:a|b\n2:x\ry|z\n5:3|4"},
      {"a,b\n1,\"2\"", 0, "1:a|b\n2:1|2"},
      {"", 0, "0:"},
      {"\n\n# nothing\n", 0, "0:"},
  };
  check(readings, COUNT(readings));
}

static void empty_lines_and_comments_are_skipped(void **state) {
  (void)state;
  static const struct reading readings[] = {
      {"\n , \n# a comment, long, with \"quotes\"\n\"# quoted, too\nacross lines\"\n a , b \n\n"
       "  \n,,,,\n\"\",\n#1,2\n 1 ,\" 2 \"\n",
       0, "6:a|b\n12:1|2"},
      {"a,b\n\xc2\xa0,\t\n\xc2\xa0"
       "1,2\xc2\xa0\xc2\xa0\n",
       0, "1:a|b\n3:1|2"},
      {"a,b\n,#2\n", 0, "1:a|b\n2:|#2"},
  };
  check(readings, COUNT(readings));
}

static void quotes_are_read_as_spreadsheets_do(void **state) {
  (void)state;
  static const struct reading readings[] = {
      {"a,b\n\"x, \"\"y\"\"\", \"z\" \n", 0, "1:a|b\n2:x, \"y\"|z"},
      {"a,b\n5\" pipe,2\"\n3,\"\"\n", 0, "1:a|b\n2:5\" pipe|2\"\n3:3|"},
      {"a,b\n1\"2\"3,\"\"\"\"\n", 0, "1:a|b\n2:1\"2\"3|\""},
      {"a,b\n\"x\"y,2\n3,4\n", 0,
       "1:a|b\n2!:|\n3:3|4\n"
       "2 text after a closing quote (a quote inside a quoted cell is written twice)"},
      {"a,b\n1,\"x\" \"y\"\n3,4\n", 0,
       "1:a|b\n2!:1|\n3:3|4\n"
       "2 text after a closing quote (a quote inside a quoted cell is written twice)"},
      {"a,b\n1,\"open\n2,\"x\"\n3,4\n", 0,
       "1:a|b\n2!:1|\n4:3|4\n"
       "3 text after a closing quote (a quote inside a quoted cell is written twice)"},
      {"a,b\n1,2\n\"x\ny\",\"never\n\n3,4\n", 0,
       "1:a|b\n2:1|2\n3!:x\ny|\n"
       "4 a quote that is never closed: the rest of the file was not read\nCUT"},
      {"a,\"b\n1,2\n", 0,
       "1:\n1 a quote that is never closed: the rest of the file was not read\nCUT"},
      {"\"a\"b,c\n1,2\n", 0,
       "1:\n1 text after a closing quote (a quote inside a quoted cell is written twice)\nCUT"},
  };
  check(readings, COUNT(readings));
}

static void ragged_rows_are_reported(void **state) {
  (void)state;
  static const struct reading readings[] = {
      {"a,b,c\n1,2\n1,2,3,,\n1,2,3,,5\n", 0,
       "1:a|b|c\n2!:1|2|\n3:1|2|3\n4!:1|2|3\n"
       "2 2 cells where the header names 3 columns (an empty cell needs its separator too)\n"
       "4 5 cells where the header names 3 columns (a separator inside a cell needs quotes)"},
      {"a,,c,\n1,,3,\n1, ,3\n1,2,3,\n", 0,
       "1:a||c\n2:1||3\n3:1||3\n4!:1|2|3\n4 a cell under a column that has no name in the header"},
      {"a,b,A,a\n1,2,3,4\n", 0,
       "1:a|b|A|a\n2:1|2|3|4\n1 columns 1 and 3 have the same name\n"
       "1 columns 1 and 4 have the same name"},
  };
  check(readings, COUNT(readings));
}

static void bytes_that_are_no_text_are_reported(void **state) {
  (void)state;
  static const struct reading readings[] = {
      {"a,b\n1,\0\0x\n3,4\n", 14, "1:a|b\n2!:1|??x\n3:3|4\n2 a NUL byte: this is not a text file"},
      {"a,b\n1,2\nM\xfcller,\xff\n\"\n\xc3\x28\",4\n5,\xc3\xbc\n", 0,
       "1:a|b\n2:1|2\n3!:M?ller|?\n4!:?(|4\n6:5|\xc3\xbc\n"
       "3 bytes that are not UTF-8: save the file as 'CSV UTF-8'\n"
       "5 bytes that are not UTF-8: save the file as 'CSV UTF-8'"},
      {"a,b\xff\n1,2\n", 0, "1:\n1 bytes that are not UTF-8: save the file as 'CSV UTF-8'\nCUT"},
      {"\xff\xfe"
       "a\0,\0",
       6, "0:\n1 UTF-16 text: save the file as 'CSV UTF-8'\nCUT"},
      {"a,b\n1,\xed\xa0\x80\n1,\xc0\xaf\n1,\xe2\x82", 0,
       "1:a|b\n2!:1|???\n3!:1|??\n4!:1|??\n"
       "2 bytes that are not UTF-8: save the file as 'CSV UTF-8'\n"
       "3 bytes that are not UTF-8: save the file as 'CSV UTF-8'\n"
       "4 bytes that are not UTF-8: save the file as 'CSV UTF-8'"},
  };
  check(readings, COUNT(readings));
}

/* A file "a,b", a row of one cell of `length` letters and a 2, and a row 3,4. */
static char *described_with_cell(size_t length, const char *before, const char *after) {
  struct text text = {0};
  text_printf(&text, "a,b\n%s", before);
  for (size_t i = 0; i < length; i++) text_add(&text, "x");
  text_printf(&text, "%s,2\n3,4\n", after);
  char *found = described(text.data, text.length);
  text_free(&text);
  return found;
}

static void endless_cells_are_reported(void **state) {
  (void)state;
  char *text = described_with_cell(CSV_MAX_CELL, "", "");
  assert_null(strstr(text, "longer"));
  assert_non_null(strstr(text, "x|2\n3:3|4"));
  free(text);
  text = described_with_cell(CSV_MAX_CELL + 1, "", "");
  assert_string_equal(text, "1:a|b\n2!:|\n3:3|4\n2 a cell longer than 32767 bytes");
  free(text);
  text = described_with_cell(1000000, "\"", "\"");
  assert_string_equal(text,
                      "1:a|b\n2!:|\n"
                      "2 a cell longer than 32767 bytes: is its quote never closed?\nCUT");
  free(text);
}

static void endless_headers_and_rows_are_reported(void **state) {
  (void)state;
  struct text text = {0};
  text_add(&text, "a");
  for (int i = 0; i < 99999; i++) text_add(&text, ",a");
  text_add(&text, "\n1\n");
  char *found = described(text.data, text.length);
  assert_string_equal(found, "1:\n1 100000 columns, at most 256 are read\nCUT");
  free(found);
  text_clear(&text);
  text_add(&text, "a,b\n1,2");
  for (int i = 0; i < 100000; i++) text_add(&text, ",");
  text_add(&text, "3\n4,5\n");
  found = described(text.data, text.length);
  assert_string_equal(found,
                      "1:a|b\n2!:1|2\n3:4|5\n2 100002 cells where the header names 2 columns (a "
                      "separator inside a cell needs quotes)");
  free(found);
  text_free(&text);
}

static void odd_files_are_told_apart(void **state) {
  (void)state;
  char *folder = folder_from_texts((const file_text[]){{"a.csv", "a\n"}, {NULL, NULL}});
  struct text path = {0};
  text_printf(&path, "%s/pipe", folder);
  assert_int_equal(mkfifo(path.data, 0600), 0);
  struct diagnostics diagnostics = {0};
  struct csv_file file;
  assert_int_equal(csv_file_read(folder, "none.csv", &diagnostics, &file), CSV_FILE_ABSENT);
  assert_int_equal(file.n_records, 0);
  csv_file_free(&file);
  assert_int_equal(diagnostics.n, 0);
  assert_int_equal(csv_file_read(folder, "pipe", &diagnostics, &file), CSV_FILE_UNREADABLE);
  csv_file_free(&file);
  assert_int_equal(csv_file_read(folder, ".", &diagnostics, &file), CSV_FILE_UNREADABLE);
  csv_file_free(&file);
  assert_int_equal(csv_file_read(path.data, "a.csv", &diagnostics, &file), CSV_FILE_ABSENT);
  csv_file_free(&file);
  assert_int_equal(diagnostics.n_errors, 2);
  assert_string_equal(diagnostics.list[0].text, "not a regular file");
  diagnostics_free(&diagnostics);
  text_free(&path);
  folder_remove(folder);
}

static void defused_cells_are_undone(void **state) {
  (void)state;
  assert_string_equal(csv_cell_undefused("'=1+1"), "=1+1");
  assert_string_equal(csv_cell_undefused("'-x"), "-x");
  assert_string_equal(csv_cell_undefused("'-1"), "'-1"); /* writing leaves numbers as they are */
  assert_string_equal(csv_cell_undefused("'tis"), "'tis");
  assert_string_equal(csv_cell_undefused(""), "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(separators_follow_the_header),
      cmocka_unit_test(line_ends_and_line_numbers),
      cmocka_unit_test(empty_lines_and_comments_are_skipped),
      cmocka_unit_test(quotes_are_read_as_spreadsheets_do),
      cmocka_unit_test(ragged_rows_are_reported),
      cmocka_unit_test(bytes_that_are_no_text_are_reported),
      cmocka_unit_test(endless_cells_are_reported),
      cmocka_unit_test(endless_headers_and_rows_are_reported),
      cmocka_unit_test(odd_files_are_told_apart),
      cmocka_unit_test(defused_cells_are_undone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
