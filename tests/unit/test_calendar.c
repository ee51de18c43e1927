/* Dates, ISO weeks, days and times of day. */
#include <stdio.h>

#include "iopsched/calendar.h"
#include "unit.h"

static void every_date_survives_the_round_trip(void **state) {
  (void)state;
  assert_int_equal(date_from_civil(1970, 1, 1), 0);
  assert_int_equal(date_from_civil(2000, 3, 1), 11017);
  assert_int_equal(date_weekday(0), 3);
  int date = date_from_civil(1900, 1, 1), last = date_from_civil(2999, 12, 31);
  assert_int_equal(date_weekday(date), 0); /* a Monday */
  for (int weekday = 0; date <= last; date++, weekday = (weekday + 1) % N_DAYS) {
    int year, month, day, iso_year, iso_week, monday;
    date_to_civil(date, &year, &month, &day);
    if (date_from_civil(year, month, day) != date) fail_msg("date %d", date);
    if (date_weekday(date) != weekday) fail_msg("weekday of %d", date);
    week_of_date(date, &iso_year, &iso_week);
    if (!week_monday(iso_year, iso_week, &monday) || monday != date - weekday)
      fail_msg("week of %d: %d-W%d", date, iso_year, iso_week);
  }
}

static void dates_are_read_in_three_spellings(void **state) {
  (void)state;
  static const struct {
    const char *word, *iso;
  } cases[] = {
      {"2026-11-30", "2026-11-30"},
      {"11/30/2026", "2026-11-30"},
      {"30.11.2026", "2026-11-30"},
      {"1/2/2026", "2026-01-02"},
      {"1.2.2026", "2026-02-01"},
      {"02/29/2028", "2028-02-29"},
      {"2026-02-29", NULL},
      {"2026-04-31", NULL},
      {"2026-13-01", NULL},
      {"2026-00-01", NULL},
      {"2026-01-00", NULL},
      {"1899-12-31", NULL},
      {"3000-01-01", NULL},
      {"2026-1-2", NULL},
      {"2026-01-02x", NULL},
      {"30/11/2026", NULL},
      {"11/30/26", "2026-11-30"},
      {"05.01.26", "2026-01-05"},
      {"31.12.99", "2099-12-31"},
      {"11/30/126", NULL},
      {"11/30/0026", NULL},
      {"11/30/6", NULL},
      {"30.11.", NULL},
      {"26-11-30", NULL},
      {"11/30.2026", NULL},
      {"", NULL},
      {"tomorrow", NULL},
      {"2026-11-30 ", NULL},
      {"-026-11-30", NULL},
      {"20261130", NULL},
      {"001/01/2026", NULL},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    int date;
    char text[DATE_TEXT] = "";
    bool valid = date_parse(cases[i].word, &date);
    if (valid) date_format(date, text);
    if (valid != (cases[i].iso != NULL)) fail_msg("'%s'", cases[i].word);
    if (valid) assert_string_equal(text, cases[i].iso);
  }
}

static void iso_weeks_follow_the_standard(void **state) {
  (void)state;
  static const struct {
    const char *word, *monday;
  } cases[] = {
      {"2026-W49", "2026-11-30"},
      {"2026-w01", "2025-12-29"},
      {"2026-W53", "2026-12-28"},
      {"2020-W53", "2020-12-28"},
      {"2021-W01", "2021-01-04"},
      {"2025-W53", NULL},
      {"2026-W00", NULL},
      {"2026-W54", NULL},
      {"2026-W1", NULL},
      {"2026W49", NULL},
      {"26-W49", NULL},
      {"2026-W490", NULL},
      {"", NULL},
      {"2026-49", NULL},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    int monday;
    bool valid = week_parse(cases[i].word, &monday);
    if (valid != (cases[i].monday != NULL)) fail_msg("'%s'", cases[i].word);
    if (!valid) continue;
    char text[DATE_TEXT], week[WEEK_TEXT];
    date_format(monday, text);
    assert_string_equal(text, cases[i].monday);
    week_format(monday, week);
    int again;
    assert_true(week_parse(week, &again));
    assert_int_equal(again, monday);
  }
}

static void days_are_read_short_and_long(void **state) {
  (void)state;
  static const struct {
    const char *word;
    int day; /* -1: none */
  } cases[] = {{"Mon", 0},   {"MON", 0},    {"monday", 0},   {"Wednesday", 2},
               {"sun", 6},   {"Sunday", 6}, {"Mo", -1},      {"", -1},
               {"Mond", -1}, {"all", -1},   {"saturday", 5}, {"0", -1}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    int day = -1;
    assert_int_equal(day_parse(cases[i].word, &day), cases[i].day >= 0);
    assert_int_equal(day, cases[i].day);
  }
}

static void times_are_read_as_spreadsheets_write_them(void **state) {
  (void)state;
  static const struct {
    const char *word;
    int minutes; /* -1: none */
  } cases[] = {
      {"09:00", 540},     {"9:00", 540},        {"09:00:00", 540},
      {"9:00 AM", 540},   {"09:00:00 AM", 540}, {"5pm", 1020},
      {"5 PM", 1020},     {"5:30pm", 1050},     {"12am", 0},
      {"12:15 am", 15},   {"12pm", 720},        {"12:59 PM", 779},
      {"00:00", 0},       {"24:00", 1440},      {"24:00:00", 1440},
      {"23:59", 1439},    {"24:01", -1},        {"25:00", -1},
      {"09:60", -1},      {"09:00:30", -1},     {"9", -1},
      {"0900", -1},       {"9.00", -1},         {"09:0", -1},
      {"13pm", -1},       {"0am", -1},          {"13:00 PM", -1},
      {"", -1},           {"am", -1},           {"-1:00", -1},
      {"09:00 xm", -1},   {"09:00:", -1},       {"009:00", -1},
      {"09:00 AM x", -1}, {" 09:00", -1},       {"09 :00", -1},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    int minutes = -1;
    bool valid = clock_parse(cases[i].word, &minutes);
    if (valid != (cases[i].minutes >= 0) || minutes != cases[i].minutes)
      fail_msg("'%s': %d", cases[i].word, minutes);
  }
}

static void times_are_written_with_24_00_at_the_end_of_a_day(void **state) {
  (void)state;
  char text[CLOCK_TEXT];
  clock_format(2 * DAY_MIN + 545, false, text);
  assert_string_equal(text, "09:05");
  clock_format(DAY_MIN, false, text);
  assert_string_equal(text, "00:00");
  clock_format(DAY_MIN, true, text);
  assert_string_equal(text, "24:00");
  clock_format(0, true, text);
  assert_string_equal(text, "00:00");
  clock_format(WEEK_MIN, true, text);
  assert_string_equal(text, "24:00");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_date_survives_the_round_trip),
      cmocka_unit_test(dates_are_read_in_three_spellings),
      cmocka_unit_test(iso_weeks_follow_the_standard),
      cmocka_unit_test(days_are_read_short_and_long),
      cmocka_unit_test(times_are_read_as_spreadsheets_write_them),
      cmocka_unit_test(times_are_written_with_24_00_at_the_end_of_a_day),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
