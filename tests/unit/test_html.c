/* What the page is made of: escaping, and the time grid. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/write/html_page.h"
#include "clinic_builder.h"
#include "unit.h"

static void escaping(void **state) {
  (void)state;
  static const struct {
    const char *words, *expected;
  } cases[] = {
      {"plain", "plain"},
      {"", ""},
      {"<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"},
      {"a & b &lt; \"c\"", "a &amp; b &amp;lt; &quot;c&quot;"},
      {"100%s %n", "100%s %n"},
      {"line\nfeed\tand tab", "line\nfeed\tand tab"},
      {"re\rturn", "re turn"},
      {"\x01\x1B[31m\x7F", "\xEF\xBF\xBD\xEF\xBF\xBD[31m\xEF\xBF\xBD"},
      {"Zo\xC3\xAB \xF0\x9F\x99\x82", "Zo\xC3\xAB \xF0\x9F\x99\x82"},
      {NULL, ""},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct text text = {0};
    html_add(&text, "<b title=\"%s\">%d%%</b>", cases[i].words, -5);
    char expected[256];
    snprintf(expected, sizeof expected, "<b title=\"%s\">-5%%</b>", cases[i].expected);
    assert_string_equal(text.data, expected);
    text_free(&text);
  }
}

static void a_long_text_stays_whole(void **state) {
  (void)state;
  enum { N = 10000 };
  char *words = malloc(N + 1);
  assert_non_null(words);
  memset(words, '<', N);
  words[N] = '\0';
  struct text text = {0};
  html_add(&text, "%s", words);
  assert_int_equal(text.length, 4 * N);
  text_free(&text);
  free(words);
}

static void numbers(void **state) {
  (void)state;
  struct text text = {0};
  html_hours(&text, 750);
  html_add(&text, " ");
  html_percent(&text, 1, 3, 1);
  html_add(&text, " ");
  html_percent(&text, 3, 0, 1);
  html_add(&text, " ");
  html_span_of_time(&text, DAY_MIN + 9 * 60, 2 * DAY_MIN);
  html_add(&text, " ");
  int date;
  assert_true(date_parse("2026-02-28", &date));
  html_date(&text, date);
  assert_string_equal(text.data,
                      "12.5 33.3% 0% 09:00\xE2\x80\x93"
                      "24:00 28 February 2026");
  text_free(&text);
}

/* A page over a schedule, as far as a grid needs it. */
struct on_page {
  struct clinic *clinic;
  struct schedule *schedule;
  struct page page;
  struct ints all;
};

static void set_up(struct on_page *on, const char *sessions) {
  *on = (struct on_page){
      .clinic = clinic_build(&(struct clinic_shape){"SKL UDS", "P1 P2", "T1 T2", "G1"})};
  service_of(on->clinic, "UDS")->surprise = true;
  service_of(on->clinic, "UDS")->minutes = 30;
  on->schedule = schedule_of(on->clinic, sessions);
  schedule_sort(on->schedule);
  on->page = (struct page){.clinic = on->clinic, .schedule = on->schedule};
  memcpy(on->page.day_shown, on->clinic->operates, sizeof on->page.day_shown);
  on->all.list = calloc((size_t)on->schedule->n_sessions + 1, sizeof *on->all.list);
  assert_non_null(on->all.list);
  for (; on->all.n < on->schedule->n_sessions; on->all.n++) on->all.list[on->all.n] = on->all.n;
  html_find_range(&on->page, &on->all, VIEW_PROGRAM, &on->page.open_min, &on->page.close_min);
}

static void tear_down(struct on_page *on) {
  text_free(&on->page.text);
  free(on->all.list);
  schedule_free(on->schedule);
  clinic_free(on->clinic);
}

static void range_of_hours(void **state) {
  (void)state;
  static const struct {
    const char *sessions;
    enum view view;
    int open, close;
  } cases[] = {
      {"", VIEW_PROGRAM, 8, 18},
      {"SKL Mon 09:30 G1 T1 P1", VIEW_PROGRAM, 9, 11},
      {"SKL Mon 09:00 G1 T1 P1; UDS Fri 20:30 G1 T1 P1", VIEW_PROGRAM, 9, 21},
      {"SKL Mon 09:00 G1 T1 P1; UDS Fri 20:30 G1 T1 P1", VIEW_PATIENT, 9, 10},
      {"UDS Fri 20:30 G1 T1 P1", VIEW_PATIENT, 8, 18},
      {"SKL Mon 23:30 G1 T1 P1", VIEW_PROGRAM, 23, 24},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct on_page on;
    int open_min, close_min;
    set_up(&on, cases[i].sessions);
    html_find_range(&on.page, &on.all, cases[i].view, &open_min, &close_min);
    assert_int_equal(open_min, cases[i].open * 60);
    assert_int_equal(close_min, cases[i].close * 60);
    tear_down(&on);
  }
}

static void expect(const struct on_page *on, const char *part, bool there) {
  if (!strstr(on->page.text.data, part) == there)
    fail_msg("%s'%s' in %s", there ? "no " : "", part, on->page.text.data);
}

static void blocks_stand_at_their_times(void **state) {
  (void)state;
  struct on_page on;
  set_up(&on, "SKL Mon 09:00 G1 T1 P1; UDS Tue 12:30 G1 T2 P1");
  html_grid(&on.page, "G1", &on.all, VIEW_ROOM, TELL_LEADERS);
  expect(&on, "--hours:4", true);
  expect(&on, "<caption>Week of G1</caption>", true);
  expect(&on, "<th scope=\"col\">Mon", true);
  expect(&on, "<th scope=\"col\">Sat", false);
  expect(&on, "style=\"top:0%;height:25%\"><b>SKL</b>", true);
  expect(&on, "style=\"top:87.5%;height:12.5%\"><b>UDS</b>", true);
  expect(&on, "<td data-day=\"Wed\" class=\"none\">", true);
  tear_down(&on);
}

static void a_patient_sees_no_surprise(void **state) {
  (void)state;
  struct on_page on;
  set_up(&on, "SKL Mon 09:00 G1 T1 P1; UDS Tue 12:30 G1 T2 P1");
  html_grid(&on.page, "P1", &on.all, VIEW_PATIENT, TELL_ROOM);
  expect(&on, "SKL", true);
  expect(&on, "UDS", false);
  expect(&on, "--hours:1", true);
  tear_down(&on);
}

static void overlaps_stand_side_by_side_or_become_a_list(void **state) {
  (void)state;
  struct on_page on;
  set_up(&on, "SKL Mon 09:00 G1 T1 P1; SKL Mon 09:30 G1 T2 P2");
  html_grid(&on.page, "G1", &on.all, VIEW_ROOM, 0);
  expect(&on, "left:0%;width:50%", true);
  expect(&on, "left:50%;width:50%", true);
  tear_down(&on);
  set_up(&on, "SKL Mon 09:00 G1 T1 P1; SKL Mon 09:30 G1 T2 P2; SKL Mon 09:30 - T2 P2");
  html_grid(&on.page, "G1", &on.all, VIEW_ROOM, 0);
  expect(&on, "class=\"grid agenda\"", true);
  expect(&on, "top:", false);
  tear_down(&on);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(escaping),
      cmocka_unit_test(a_long_text_stays_whole),
      cmocka_unit_test(numbers),
      cmocka_unit_test(range_of_hours),
      cmocka_unit_test(blocks_stand_at_their_times),
      cmocka_unit_test(a_patient_sees_no_surprise),
      cmocka_unit_test(overlaps_stand_side_by_side_or_become_a_list),
  };
  return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
