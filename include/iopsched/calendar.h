/* Days, dates, ISO weeks and times of a week. A time is a whole number of minutes from Monday
 * 00:00; a date is a number of days from 1970-01-01 in the proleptic Gregorian calendar. Nothing
 * here reads the clock, the locale or the time zone. */
#ifndef IOPSCHED_CALENDAR_H
#define IOPSCHED_CALENDAR_H

#include <stdbool.h>

enum { N_DAYS = 7, DAY_MIN = 24 * 60, WEEK_MIN = N_DAYS * DAY_MIN };

/* Longest texts written here, NUL included. */
enum { DATE_TEXT = 16, CLOCK_TEXT = 8, WEEK_TEXT = 12 };

extern const char *const day_names[N_DAYS]; /* "Mon" ... "Sun" */

int date_from_civil(int year, int month, int day);
void date_to_civil(int date, int *year, int *month, int *day);
/* 0 = Monday ... 6 = Sunday. */
int date_weekday(int date);
/* True and the date for a valid YYYY-MM-DD, M/D/YYYY or D.M.YYYY (years 1900 to 2999;
 * the latter two also with the two digits of a year from 2000). */
bool date_parse(const char *word, int *date);
void date_format(int date, char out[DATE_TEXT]); /* YYYY-MM-DD */

/* The Monday of an ISO week; false if the year has no such week. */
bool week_monday(int iso_year, int iso_week, int *monday);
void week_of_date(int date, int *iso_year, int *iso_week);
/* Reads 2026-W49 (any case). */
bool week_parse(const char *word, int *monday);
void week_format(int monday, char out[WEEK_TEXT]); /* 2026-W49 */

/* Mon ... Sun or full English names, any case: 0 ... 6. */
bool day_parse(const char *word, int *day);
/* Time of day in minutes, 0 ... 1440: 09:00, 9:00, 09:00:00, 9:00 AM, 09:00:00 AM, 5pm. Seconds
 * must be 00. */
bool clock_parse(const char *word, int *minutes);
/* HH:MM of a minute of the week. With end_of_day, a multiple of 24 h above 0 reads 24:00. */
void clock_format(int minute_of_week, bool end_of_day, char out[CLOCK_TEXT]);

static inline int day_of(int minute_of_week) {
  return minute_of_week / DAY_MIN;
}

#endif
