/* Files that are read whole, and what may stand in their place. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../src/load/input.h"
#include "clinic_files.h"
#include "iopsched/csv.h"
#include "iopsched/file.h"
#include "unit.h"

enum { MOST = 10 };

/* A folder with a file of `MOST` bytes, one of one more, a link to the first, a pipe, a folder. */
static char *make_folder(void) {
  char *folder = folder_from_texts(
      (const file_text[]){{"most", "0123456789"}, {"more", "0123456789a"}, {NULL, NULL}});
  int at = open(folder, O_RDONLY | O_DIRECTORY);
  assert_int_equal(symlinkat("most", at, "link"), 0);
  assert_int_equal(mkfifoat(at, "pipe", 0600), 0);
  assert_int_equal(mkdirat(at, "folder", 0700), 0);
  close(at);
  return folder;
}

static void remove_folder(char *folder) {
  int at = open(folder, O_RDONLY | O_DIRECTORY);
  assert_int_equal(unlinkat(at, "folder", AT_REMOVEDIR), 0);
  close(at);
  folder_remove(folder);
}

/* Of files of ours in an earlier plan: reason 0 if it is read. */
static void files_of_an_earlier_plan(void **state) {
  (void)state;
  static const struct {
    const char *name;
    int reason;
    bool leaves_open;
  } cases[] = {
      {"most", 0, false},         {"more", EFBIG, false},        {"link", ELOOP, false},
      {"pipe", EINVAL, false},    {"folder", EINVAL, false},     {"none", ENOENT, false},
      {"most/a", ENOTDIR, false}, {"/proc/self/mem", EIO, true}, /* nothing is mapped at 0 */
  };
  char *folder = make_folder();
  int at = open(folder, O_RDONLY | O_DIRECTORY);
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct text text = {0};
    errno = 0;
    bool read = file_read(at, cases[i].name, MOST, &text);
    if (read != (cases[i].reason == 0) || (!read && errno != cases[i].reason) ||
        (!read && file_was_refused(errno) != cases[i].leaves_open))
      fail_msg("%s: %s", cases[i].name, strerror(errno));
    if (read) assert_string_equal(text.data, "0123456789");
    text_free(&text);
  }
  close(at);
  remove_folder(folder);
}

static void files_of_a_clinic(void **state) {
  (void)state;
  char *folder = make_folder();
  const struct {
    const char *folder, *name;
    enum input_status status;
  } cases[] = {
      {folder, "most", INPUT_READ},           {folder, "more", INPUT_TOO_LONG},
      {folder, "link", INPUT_READ},           {folder, "pipe", INPUT_NOT_A_FILE},
      {folder, "folder", INPUT_NOT_A_FILE},   {folder, "none", INPUT_ABSENT},
      {"/dev", "null", INPUT_NOT_A_FILE},     {"/proc/self", "mem", INPUT_REFUSED},
      {"/proc/self", "maps", INPUT_TOO_LONG}, /* says that it is empty, and is not */
      {"/proc/self/maps", "a", INPUT_ABSENT},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    unsigned char *bytes;
    size_t length;
    if (input_read(cases[i].folder, cases[i].name, MOST, &bytes, &length) != cases[i].status ||
        (bytes != NULL) != (cases[i].status == INPUT_READ) || length != (bytes ? MOST : 0))
      fail_msg("%s/%s", cases[i].folder, cases[i].name);
    free(bytes);
  }
  remove_folder(folder);
}

/* The one who keeps a clinic's files learns which of them it was. */
static void tables_that_cannot_be_read(void **state) {
  (void)state;
  char *folder = folder_from_texts((const file_text[]){{"endless.csv", "a\n"}, {NULL, NULL}});
  struct text path = {0};
  text_printf(&path, "%s/endless.csv", folder);
  assert_int_equal(truncate(path.data, CSV_MAX_FILE + 1), 0); /* a hole, no bytes */
  text_free(&path);
  const struct {
    const char *folder, *name;
    enum csv_status status;
    const char *printed;
  } cases[] = {
      {folder, "endless.csv", CSV_FILE_READ, "longer than 256 MB, the most that is read"},
      {"/proc/self", "mem", CSV_FILE_UNREADABLE, "cannot be read: Input/output error"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct diagnostics diagnostics = {0};
    struct csv_file file;
    assert_int_equal(csv_file_read(cases[i].folder, cases[i].name, &diagnostics, &file),
                     cases[i].status);
    assert_int_equal(diagnostics.n_errors, 1);
    assert_string_equal(diagnostics.list[0].text, cases[i].printed);
    assert_false(file.complete);
    csv_file_free(&file);
    diagnostics_free(&diagnostics);
  }
  folder_remove(folder);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(files_of_an_earlier_plan),
      cmocka_unit_test(files_of_a_clinic),
      cmocka_unit_test(tables_that_cannot_be_read),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
