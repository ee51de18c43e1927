/* Strings, suggestions and exact decimals. */
#include <string.h>

#include "iopsched/text.h"
#include "unit.h"

static void buffers_grow_and_clear(void **state) {
  (void)state;
  struct text text = {0};
  assert_null(text.data);
  for (int i = 0; i < 1000; i++) text_printf(&text, "%d,", i % 10);
  text_add(&text, "end");
  text_add_bytes(&text, "\0x", 2);
  assert_int_equal(text.length, 2005);
  assert_memory_equal(text.data + 1998, "9,end\0x", 8);
  text_clear(&text);
  assert_string_equal(text.data, "");
  text_free(&text);
  assert_null(text.data);
}

static void case_is_ignored(void **state) {
  (void)state;
  assert_true(text_equal_nocase("Min_Hours", "mIN_hOURS"));
  assert_false(text_equal_nocase("a", "ab"));
  assert_true(text_compare_nocase("A", "b") < 0);
  assert_true(text_compare_nocase("b", "A") > 0);
  assert_true(text_compare_nocase("[", "a") < 0); /* between 'Z' and 'a' */
  assert_false(text_equal_nocase("\xc3\x84", "\xc3\xa4"));
}

static void misspelt_names_are_recognised(void **state) {
  (void)state;
  static const char *const columns[] = {"service_id", "name", "credentials", "min_size",
                                        "max_size"};
  static const struct {
    const char *word, *meant;
  } cases[] = {
      {"credental", "credentials"},
      {"Credentails", "credentials"},
      {"nmae", "name"},
      {"nam", "name"},
      {"min-size", "min_size"},
      {"minsize", "min_size"},
      {"capacity", NULL},
      {"x", NULL},
      {"", NULL},
      {"serviceid", "service_id"},
      {"maxsize", "max_size"},
      {"zebra", NULL},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    const char *meant = text_suggest(cases[i].word, columns, COUNT(columns));
    if (cases[i].meant)
      assert_string_equal(meant, cases[i].meant);
    else
      assert_null(meant);
  }
  char endless[5000];
  memset(endless, 'a', sizeof endless - 1);
  endless[sizeof endless - 1] = '\0';
  assert_null(text_suggest(endless, columns, COUNT(columns)));
  assert_null(text_suggest("name", NULL, 0));
}

static void decimals_are_exact(void **state) {
  (void)state;
  static const struct {
    const char *word;
    int64_t scale;
    bool comma, valid;
    int64_t units;
  } cases[] = {
      {"12", 1, false, true, 12},
      {"0.5", 1000, false, true, 500},
      {"-3.25", 100, false, true, -325},
      {".5", 10, false, true, 5},
      {"007", 1, false, true, 7},
      {"9.00", 1, false, true, 9},
      {"0,5", 10, true, true, 5},
      {"0.5", 10, true, true, 5},
      {"1000000000000", 1, false, true, INT64_C(1000000000000)},
      {"0,5", 10, false, false, 0},
      {"0.0005", 1000, false, false, 0},
      {"1000000000001", 1, false, false, 0},
      {"1000000000000.1", 10, false, false, 0},
      {"99999999999999999999999999", 1, false, false, 0},
      {"", 1, false, false, 0},
      {"-", 1, false, false, 0},
      {".", 10, false, false, 0},
      {"5.", 10, false, false, 0},
      {"+5", 1, false, false, 0},
      {"1e3", 1, false, false, 0},
      {"1e400", 1, false, false, 0},
      {"nan", 1, false, false, 0},
      {"inf", 1, false, false, 0},
      {"0x10", 1, false, false, 0},
      {"1 2", 1, false, false, 0},
      {"1,000.5", 10, true, false, 0},
      {"5 ", 1, false, false, 0},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    int64_t units = 0;
    bool valid = decimal_parse(cases[i].word, cases[i].scale, cases[i].comma, &units);
    if (valid != cases[i].valid || units != cases[i].units)
      fail_msg("'%s': %d %lld", cases[i].word, valid, (long long)units);
  }
}

static void whole_numbers_are_digits(void **state) {
  (void)state;
  static const struct {
    const char *word;
    int64_t least, most, number; /* -1: none */
  } cases[] = {
      {"0", 0, 9, 0},
      {"007", 0, 9, 7},
      {"9223372036854775807", 0, INT64_MAX, INT64_MAX},
      {"9223372036854775808", 0, INT64_MAX, -1},
      {"99999999999999999999", 0, INT64_MAX, -1},
      {"10", 0, 9, -1},
      {"1", 2, 9, -1},
      {"", 0, 9, -1},
      {"-1", 0, 9, -1},
      {"+1", 0, 9, -1},
      {"1.0", 0, 9, -1},
      {" 1", 0, 9, -1},
      {"1 ", 0, 9, -1},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    int64_t number = -1;
    bool valid = whole_parse(cases[i].word, cases[i].least, cases[i].most, &number);
    if (valid != (cases[i].number >= 0) || number != cases[i].number)
      fail_msg("'%s': %d %lld", cases[i].word, valid, (long long)number);
  }
}

static void hours_are_counted(void **state) {
  (void)state;
  struct text text = {0};
  static const int minutes[] = {0, 60, 90, 50, 120};
  for (size_t i = 0; i < COUNT(minutes); i++) {
    text_add_hours(&text, minutes[i]);
    text_add(&text, ";");
  }
  assert_string_equal(text.data, "0 hours;1 hour;1.5 hours;0.83 hours;2 hours;");
  text_free(&text);
}

static void ratios_round_half_away_from_zero(void **state) {
  (void)state;
  static const struct {
    int64_t numerator, denominator;
    int decimals;
    const char *text;
  } cases[] = {
      {3, 2, 4, "1.5"},
      {-3, 2, 4, "-1.5"},
      {0, 7, 4, "0"},
      {10, 5, 4, "2"},
      {1, 3, 4, "0.3333"},
      {2, 3, 4, "0.6667"},
      {-2, 3, 4, "-0.6667"},
      {5, 10, 0, "1"},
      {-5, 10, 0, "-1"},
      {-1, 3, 0, "0"},
      {199999, 20000, 4, "10"},
      {1, 20, 1, "0.1"},
      {1005, 1000, 2, "1.01"},
      {INT64_MAX, 1, 4, "9223372036854775807"},
      {INT64_MIN, 1, 0, "-9223372036854775808"},
      {1, INT64_MAX, 6, "0"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct text text = {0};
    text_add_ratio(&text, cases[i].numerator, cases[i].denominator, cases[i].decimals);
    assert_string_equal(text.data, cases[i].text);
    text_free(&text);
  }
}

static void formulas_are_recognised(void **state) {
  (void)state;
  static const char *const formulas[] = {"=1+1", "+cmd", "-cmd", "@x",   "\tx", "\rx",
                                         "-",    "-1.",  "-1e5", "+1-2", "-.5"};
  static const char *const plain[] = {"", "x=1", "-1", "+15", "-1.50", "'=1", "1-2", " =1"};
  for (size_t i = 0; i < COUNT(formulas); i++)
    if (!text_is_formula(formulas[i])) fail_msg("'%s'", formulas[i]);
  for (size_t i = 0; i < COUNT(plain); i++)
    if (text_is_formula(plain[i])) fail_msg("'%s'", plain[i]);
}

static void values_in_messages(void **state) {
  (void)state;
  static const struct {
    const char *value, *shown;
  } cases[] = {
      {"G1", "G1"},
      {"", ""},
      {"a\tb\x1b[31m\x7f", "a?b?[31m?"},
      {"123456789 123456789 123456789 123456789 123456789 123456789 ",
       "123456789 123456789 123456789 123456789 123456789 123456789 "},
      {"123456789 123456789 123456789 123456789 123456789 123456789 1",
       "123456789 123456789 123456789 123456789 123456789 123456789 ..."},
      {"123456789 123456789 123456789 123456789 123456789 12345678\u20ac9",
       "123456789 123456789 123456789 123456789 123456789 12345678..."},
  };
  struct arena arena = {0};
  for (size_t i = 0; i < COUNT(cases); i++)
    assert_string_equal(text_shown(&arena, cases[i].value), cases[i].shown);
  arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(values_in_messages),
      cmocka_unit_test(buffers_grow_and_clear),
      cmocka_unit_test(case_is_ignored),
      cmocka_unit_test(misspelt_names_are_recognised),
      cmocka_unit_test(decimals_are_exact),
      cmocka_unit_test(whole_numbers_are_digits),
      cmocka_unit_test(hours_are_counted),
      cmocka_unit_test(formulas_are_recognised),
      cmocka_unit_test(ratios_round_half_away_from_zero),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
