#include "iopsched/calendar.h"

#include <stdio.h>
#include <string.h>

#include "iopsched/text.h"

const char *const day_names[N_DAYS] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
static const char *const long_day_names[N_DAYS] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                   "Friday", "Saturday", "Sunday"};

enum { FIRST_YEAR = 1900, LAST_YEAR = 2999 };

/* Both ways by counting years from March, so that the leap day is the last of its year (H. Hinnant,
 * "chrono-compatible low-level date algorithms"). Years from 0 on. */
enum { DAYS_OF_ERA = 146097, DAYS_BEFORE_1970 = 719468 };

int date_from_civil(int year, int month, int day) {
  int march_year = month <= 2 ? year - 1 : year;
  int era = march_year / 400, year_of_era = march_year % 400;
  int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * DAYS_OF_ERA + day_of_era - DAYS_BEFORE_1970;
}

void date_to_civil(int date, int *year, int *month, int *day) {
  int since = date + DAYS_BEFORE_1970;
  int era = since / DAYS_OF_ERA, day_of_era = since % DAYS_OF_ERA;
  int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int march_month = (5 * day_of_year + 2) / 153;
  *day = day_of_year - (153 * march_month + 2) / 5 + 1;
  *month = march_month < 10 ? march_month + 3 : march_month - 9;
  *year = era * 400 + year_of_era + (*month <= 2);
}

int date_weekday(int date) {
  int weekday = (date + 3) % N_DAYS; /* 1970-01-01 was a Thursday */
  return weekday < 0 ? weekday + N_DAYS : weekday;
}

/* Reads min_digits to max_digits digits and moves *next past them. */
static bool read_number(const char **next, int min_digits, int max_digits, int *number) {
  int digits = 0, value = 0;
  for (; digits < max_digits && **next >= '0' && **next <= '9'; digits++, (*next)++)
    value = value * 10 + (**next - '0');
  *number = value;
  return digits >= min_digits;
}

static bool skip(const char **next, char expected) {
  if (**next != expected) return false;
  (*next)++;
  return true;
}

static bool read_iso(const char *next, int *year, int *month, int *day) {
  return read_number(&next, 4, 4, year) && skip(&next, '-') && read_number(&next, 2, 2, month) &&
         skip(&next, '-') && read_number(&next, 2, 2, day) && *next == '\0';
}

/* Some spreadsheets save the year that was typed in full with two digits: of this century. */
static bool read_year(const char *next, int *year) {
  bool is_short = strlen(next) == 2;
  if (!read_number(&next, is_short ? 2 : 4, 4, year) || *next != '\0') return false;
  if (is_short) *year += 2000;
  return true;
}

static bool read_parts(const char *next, char separator, int *first, int *second, int *year) {
  return read_number(&next, 1, 2, first) && skip(&next, separator) &&
         read_number(&next, 1, 2, second) && skip(&next, separator) && read_year(next, year);
}

bool date_parse(const char *word, int *date) {
  int year, month, day;
  if (!read_iso(word, &year, &month, &day) && !read_parts(word, '/', &month, &day, &year) &&
      !read_parts(word, '.', &day, &month, &year))
    return false;
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return false;
  int parsed = date_from_civil(year, month, day);
  int real_year, real_month, real_day;
  date_to_civil(parsed, &real_year, &real_month, &real_day);
  if (real_month != month || real_day != day) return false; /* 31 April is 1 May */
  *date = parsed;
  return true;
}

void date_format(int date, char out[DATE_TEXT]) {
  int year, month, day;
  date_to_civil(date, &year, &month, &day);
  snprintf(out, DATE_TEXT, "%04d-%02d-%02d", year, month, day);
}

static int monday_of(int date) {
  return date - date_weekday(date);
}

/* Week 1 is the one with 4 January in it (ISO 8601). */
bool week_monday(int iso_year, int iso_week, int *monday) {
  int candidate = monday_of(date_from_civil(iso_year, 1, 4)) + (iso_week - 1) * N_DAYS;
  int year, week;
  week_of_date(candidate, &year, &week);
  if (iso_week < 1 || year != iso_year) return false;
  *monday = candidate;
  return true;
}

void week_of_date(int date, int *iso_year, int *iso_week) {
  int month, day;
  int monday = monday_of(date);
  date_to_civil(monday + 3, iso_year, &month, &day); /* its Thursday's year is the week's year */
  *iso_week = (monday - monday_of(date_from_civil(*iso_year, 1, 4))) / N_DAYS + 1;
}

bool week_parse(const char *word, int *monday) {
  int year, week;
  return read_number(&word, 4, 4, &year) && skip(&word, '-') &&
         (skip(&word, 'W') || skip(&word, 'w')) && read_number(&word, 2, 2, &week) &&
         *word == '\0' && year >= FIRST_YEAR && year <= LAST_YEAR &&
         week_monday(year, week, monday);
}

void week_format(int monday, char out[WEEK_TEXT]) {
  int year, week;
  week_of_date(monday, &year, &week);
  snprintf(out, WEEK_TEXT, "%04d-W%02d", year, week);
}

bool day_parse(const char *word, int *day) {
  for (int i = 0; i < N_DAYS; i++) {
    if (!text_equal_nocase(word, day_names[i]) && !text_equal_nocase(word, long_day_names[i]))
      continue;
    *day = i;
    return true;
  }
  return false;
}

/* Takes a half of the day (" AM", "pm") in [word] to the hour on a 24-hour clock. */
static bool apply_half(const char *word, int *hour) {
  bool after_noon = text_equal_nocase(word, "pm");
  if (!after_noon && !text_equal_nocase(word, "am")) return false;
  if (*hour < 1 || *hour > 12) return false;
  *hour = *hour % 12 + (after_noon ? 12 : 0);
  return true;
}

bool clock_parse(const char *word, int *minutes) {
  int hour, minute = 0, second = 0;
  if (!read_number(&word, 1, 2, &hour)) return false;
  bool has_minutes = skip(&word, ':');
  if (has_minutes && !read_number(&word, 2, 2, &minute)) return false;
  if (has_minutes && skip(&word, ':') && !read_number(&word, 2, 2, &second)) return false;
  while (*word == ' ') word++;
  if (*word ? !apply_half(word, &hour) : !has_minutes) return false;
  int parsed = hour * 60 + minute;
  if (minute > 59 || second != 0 || parsed > DAY_MIN) return false;
  *minutes = parsed;
  return true;
}

void clock_format(int minute_of_week, bool end_of_day, char out[CLOCK_TEXT]) {
  int minute = minute_of_week % DAY_MIN;
  if (end_of_day && minute == 0 && minute_of_week > 0) minute = DAY_MIN;
  snprintf(out, CLOCK_TEXT, "%02d:%02d", minute / 60, minute % 60);
}
