/* JSON documents, as they are written and as others may have changed them. */
#include <string.h>

#include "iopsched/json.h"
#include "unit.h"

static void everything_comes_back(void **state) {
  (void)state;
  struct json_doc *doc = json_doc_new();
  json_set_text(doc, "text", "a \"b\"\n\xc3\xa4");
  json_set_whole(doc, "whole", INT64_MIN);
  json_set_ratio(doc, "ratio", -1, 3);
  json_set_null(doc, "null");
  json_set_truth(json_set_object(doc, "object"), "truth", true);
  struct json_doc *list = json_set_list(doc, "list");
  json_append_text(list, "one");
  json_set_whole(json_append_object(list), "two", 2);
  struct text text = {0};
  json_doc_write(doc, &text);
  json_doc_free(doc);
  assert_string_equal(text.data,
                      "{\n  \"text\": \"a \\\"b\\\"\\n\xc3\xa4\",\n"
                      "  \"whole\": -9223372036854775808,\n  \"ratio\": -0.333333333,\n"
                      "  \"null\": null,\n  \"object\": {\n    \"truth\": true\n  },\n"
                      "  \"list\": [\n    \"one\",\n    {\n      \"two\": 2\n    }\n  ]\n}\n");
  doc = json_doc_parse(text.data, text.length);
  const char *word;
  int64_t whole;
  assert_true(json_get_text(doc, "text", &word));
  assert_string_equal(word, "a \"b\"\n\xc3\xa4");
  assert_true(json_get_whole(doc, "whole", &whole) && whole == INT64_MIN);
  assert_true(json_get_units(doc, "ratio", 1000, &whole) && whole == -333);
  assert_non_null(json_get_object(doc, "object"));
  json_doc_free(doc);
  text_free(&text);
}

/* A file's path may be any bytes. */
static void what_is_no_utf8_is_written_all_the_same(void **state) {
  (void)state;
  struct json_doc *doc = json_doc_new();
  struct text text = {0};
  json_set_text(doc, "path", "/clinics/M\xfcller");
  json_doc_write(doc, &text);
  assert_string_equal(text.data, "{\n  \"path\": \"/clinics/M?ller\"\n}\n");
  text_free(&text);
  json_doc_free(doc);
  json_doc_free(NULL);
}

static void what_is_no_object_is_refused(void **state) {
  (void)state;
  static const char *const others[] = {"",
                                       "[]",
                                       "1",
                                       "\"a\"",
                                       "{",
                                       "{\"a\": 1, \"a\": 2}",
                                       "{} {}",
                                       "{\"a\": \"\xff\"}",
                                       "{\"a\": 1e999}",
                                       "{\"a\": 99999999999999999999}"};
  for (size_t i = 0; i < COUNT(others); i++)
    if (json_doc_parse(others[i], strlen(others[i]))) fail_msg("%s", others[i]);
}

static void values_of_another_kind_are_not_there(void **state) {
  (void)state;
  static const char text[] =
      "{\"text\": \"7\", \"whole\": 7, \"real\": 7.5, \"list\": [], \"object\": {}, "
      "\"null\": null, \"large\": 2e15, \"small\": -2e15}";
  static const struct {
    const char *key;
    bool text, whole, units, object;
  } cases[] = {
      {"text", true, false, false, false},   {"whole", false, true, true, false},
      {"real", false, false, true, false},   {"list", false, false, false, false},
      {"object", false, false, false, true}, {"null", false, false, false, false},
      {"large", false, false, false, false}, {"small", false, false, false, false},
      {"none", false, false, false, false},
  };
  struct json_doc *doc = json_doc_parse(text, sizeof text - 1);
  for (size_t i = 0; i < COUNT(cases); i++) {
    const char *word = "untouched";
    int64_t number = -1;
    if (json_get_text(doc, cases[i].key, &word) != cases[i].text ||
        json_get_whole(doc, cases[i].key, &number) != cases[i].whole ||
        (number != -1) != cases[i].whole ||
        json_get_units(doc, cases[i].key, 2, &number) != cases[i].units ||
        (json_get_object(doc, cases[i].key) != NULL) != cases[i].object)
      fail_msg("%s", cases[i].key);
  }
  int64_t units;
  assert_true(json_get_units(doc, "real", 2, &units) && units == 15);
  json_doc_free(doc);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(everything_comes_back),
      cmocka_unit_test(what_is_no_utf8_is_written_all_the_same),
      cmocka_unit_test(what_is_no_object_is_refused),
      cmocka_unit_test(values_of_another_kind_are_not_there),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
