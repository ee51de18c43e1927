/* Diagnostics: counted as they come, printed in the order of the files. */
#include <stdlib.h>
#include <string.h>

#include "clinic_files.h"
#include "iopsched/diagnostics.h"
#include "unit.h"

static void printed_by_file_line_and_finding(void **state) {
  (void)state;
  struct diagnostics diagnostics = {0};
  char column[] = "max_hours";
  diagnose(&diagnostics, SEVERITY_ERROR, "services.csv", 3, "minutes", "'%s' is no number", "x");
  diagnose(&diagnostics, SEVERITY_ERROR, "patients.csv", 17, column, "'8' is below '9'");
  diagnose(&diagnostics, SEVERITY_ERROR, "patients.csv", 17, "days", "second of the line");
  diagnose(&diagnostics, SEVERITY_ERROR, "patients.csv", 4, NULL, "4 cells, 5 expected");
  diagnose(&diagnostics, SEVERITY_WARNING, NULL, 0, NULL, "no rooms");
  diagnose(&diagnostics, SEVERITY_WARNING, "patients.csv", 0, NULL, "empty");
  strcpy(column, "changed");
  assert_int_equal(diagnostics.n, 6);
  assert_int_equal(diagnostics.n_errors, 4);
  char *text = diagnostics_text(&diagnostics);
  assert_string_equal(text,
                      "warning: no rooms\n"
                      "patients.csv: warning: empty\n"
                      "patients.csv:4: error: 4 cells, 5 expected\n"
                      "patients.csv:17: max_hours: error: '8' is below '9'\n"
                      "patients.csv:17: days: error: second of the line\n"
                      "services.csv:3: minutes: error: 'x' is no number\n");
  free(text);
  diagnostics_free(&diagnostics);
  assert_int_equal(diagnostics.n, 0);
}

static void none_print_nothing(void **state) {
  (void)state;
  struct diagnostics diagnostics = {0};
  char *text = diagnostics_text(&diagnostics);
  assert_string_equal(text, "");
  free(text);
  diagnostics_free(&diagnostics);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(printed_by_file_line_and_finding),
      cmocka_unit_test(none_print_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
