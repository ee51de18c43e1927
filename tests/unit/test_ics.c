/* iCalendar files written and read back. */
#include <string.h>

#include "../../src/write/ics.h"
#include "iopsched/calendar.h"
#include "unit.h"

#ifdef IOPSCHED_LIBICAL

static const char uid[] = "01234567-89ab-8cde-8f01-23456789abcd";

static struct ics_event event_at(int start_min, int end_min, bool cancelled, const char *summary) {
  struct ics_event event = {
      .start_min = start_min, .end_min = end_min, .cancelled = cancelled, .summary = summary};
  memcpy(event.uid, uid, sizeof uid);
  return event;
}

static void write_events(const char *zone_name, int monday, struct ics_event *events, int n,
                         struct text *to) {
  struct ics_zone *zone = ics_zone_new(zone_name, monday);
  struct ics_calendar calendar = {
      .name = "A, b", .monday = monday, .revision = 90000, .events = events, .n = n};
  ics_write(&calendar, zone, to);
  ics_zone_free(zone);
}

static int monday_of(const char *week) {
  int monday = 0;
  assert_true(week_parse(week, &monday));
  return monday;
}

static void events_come_back(void **state) {
  static const char *const zones[] = {NULL, "UTC", "America/New_York", "Asia/Kolkata", "No/Where"};
  (void)state;
  for (size_t i = 0; i < COUNT(zones); i++) {
    struct ics_event events[] = {event_at(540, 600, false, "a\nb; c"),
                                 event_at(600, 660, true, "gone"),
                                 event_at(WEEK_MIN - 60, WEEK_MIN, false, "last")};
    struct text text = {0};
    struct arena arena = {0};
    int n, monday = monday_of("2026-W10");
    write_events(zones[i], monday, events, 3, &text);
    struct ics_event *read = ics_read(text.data, monday, &arena, &n);
    assert_int_equal(n, 2); /* the cancelled one is done with */
    assert_string_equal(read[0].uid, uid);
    assert_int_equal(read[0].start_min, 540);
    assert_int_equal(read[0].end_min, 600);
    assert_string_equal(read[0].summary, "a b; c");
    assert_int_equal(read[1].end_min, WEEK_MIN);
    ics_read(text.data, monday + N_DAYS, &arena, &n);
    assert_int_equal(n, 0); /* of another week */
    text_free(&text);
    arena_free(&arena);
  }
}

static void stamps_come_from_week_and_revision(void **state) {
  struct ics_event event = event_at(0, 30, false, "x");
  struct text text = {0};
  (void)state;
  write_events(NULL, monday_of("2026-W49"), &event, 1, &text);
  /* a week before Monday 2026-11-30, and 90000 s = 1 day and an hour after that */
  assert_non_null(strstr(text.data, "DTSTAMP:20261124T010000Z\r\n"));
  assert_non_null(strstr(text.data, "SEQUENCE:90000\r\n"));
  assert_non_null(strstr(text.data, "X-WR-CALNAME:A\\, b\r\n"));
  text_free(&text);
}

static void zones_keep_their_names(void **state) {
  struct text text = {0};
  (void)state;
  write_events("America/New_York", monday_of("2026-W44"), NULL, 0, &text);
  assert_non_null(strstr(text.data, "\r\nTZID:America/New_York\r\n"));
  assert_non_null(strstr(text.data, "TZOFFSETTO:-0500"));
  assert_non_null(strstr(text.data, "TZOFFSETTO:-0400"));
  text_free(&text);
}

static void what_others_wrote_is_passed_over(void **state) {
  static const char *const texts[] = {
      "",
      "nonsense",
      "BEGIN:VCALENDAR\r\n",
      "BEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\n",
      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:../../x\r\nDTSTART:20261130T090000\r\n"
      "DTEND:20261130T100000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:01234567-89ab-8cde-8f01-23456789abcd\r\n"
      "DTSTART:99991130T090000\r\nDTEND:20261130T100000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:01234567-89ab-8cde-8f01-23456789abcd\r\n"
      "DTSTART:20261130T100000\r\nDTEND:20261130T090000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"};
  (void)state;
  for (size_t i = 0; i < COUNT(texts); i++) {
    struct arena arena = {0};
    int n = -1;
    ics_read(texts[i], monday_of("2026-W49"), &arena, &n);
    assert_int_equal(n, 0);
    arena_free(&arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(events_come_back), cmocka_unit_test(stamps_come_from_week_and_revision),
      cmocka_unit_test(zones_keep_their_names), cmocka_unit_test(what_others_wrote_is_passed_over)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

static void skipped(void **state) {
  (void)state;
  skip();
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(skipped)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
