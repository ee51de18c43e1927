/* Readers of amounts, times and dates. */
#include "cells.h"
#include "iopsched/text.h"

bool read_count(const struct cell *cell, void *field) {
  const struct column *column = cell->column;
  int64_t value = column->absent;
  if (*cell->text && (!decimal_parse(cell->text, 1, cell->decimal_comma, &value) ||
                      value < column->low || value > column->high))
    return cell_fault(cell, cell->text, "is not a whole number from %lld to %lld",
                      (long long)column->low, (long long)column->high);
  *(int *)field = (int)value;
  return true;
}

enum { MICRO = 1000000, HOUR_MIN = 60 };

/* Exact minutes of a decimal number of hours; false if there are none. */
static bool parse_hours(const struct cell *cell, int64_t *minutes) {
  int64_t micro_hours;
  if (!decimal_parse(cell->text, MICRO, cell->decimal_comma, &micro_hours)) return false;
  if (micro_hours * HOUR_MIN % MICRO != 0) return false;
  *minutes = micro_hours * HOUR_MIN / MICRO;
  return true;
}

static bool refuse_hours(const struct cell *cell) {
  const struct column *column = cell->column;
  struct text range = {0};
  text_add_ratio(&range, column->low, HOUR_MIN, 4);
  text_add(&range, " to ");
  text_add_ratio(&range, column->high, HOUR_MIN, 4);
  cell_fault(cell, cell->text, "is not a number of hours from %s, in %s", range.data,
             column->step == 15 ? "quarter hours" : "whole minutes");
  text_free(&range);
  return false;
}

bool read_hours(const struct cell *cell, void *field) {
  const struct column *column = cell->column;
  int64_t minutes = column->absent;
  if (*cell->text) {
    if (!parse_hours(cell, &minutes) || minutes < column->low || minutes > column->high ||
        (column->step > 0 && minutes % column->step != 0))
      return refuse_hours(cell);
  }
  *(int *)field = (int)minutes;
  return true;
}

static bool read_milli(const struct cell *cell, int64_t *milli) {
  const struct column *column = cell->column;
  *milli = column->absent;
  if (!*cell->text) return true;
  if (decimal_parse(cell->text, 1000, cell->decimal_comma, milli) && *milli >= column->low &&
      *milli <= column->high)
    return true;
  struct text range = {0};
  text_add_ratio(&range, column->low, 1000, 3);
  text_add(&range, " to ");
  text_add_ratio(&range, column->high, 1000, 3);
  cell_fault(cell, cell->text, "is not a number from %s with at most three decimals", range.data);
  text_free(&range);
  return false;
}

bool read_weight(const struct cell *cell, void *field) {
  int64_t milli;
  if (!read_milli(cell, &milli)) return false;
  *(int64_t *)field = milli;
  return true;
}

bool read_priority(const struct cell *cell, void *field) {
  int64_t milli;
  if (!read_milli(cell, &milli)) return false;
  *(int *)field = (int)milli;
  return true;
}

bool read_grid_minutes(const struct cell *cell, void *field) {
  if (!read_count(cell, field)) return false;
  int slot = cell->loading->clinic->slot_minutes;
  if (!cell->loading->program.grid_known || *(int *)field % slot == 0) return true;
  return cell_fault(cell, cell->text, "is not a multiple of slot_minutes (%d)", slot);
}

bool read_clock(const struct cell *cell, void *field) {
  int minutes = (int)cell->column->absent;
  if (*cell->text && !clock_parse(cell->text, &minutes))
    return cell_fault(cell, cell->text, "is not a time of day from 00:00 to 24:00");
  *(int *)field = minutes;
  return true;
}

bool read_day(const struct cell *cell, void *field) {
  return day_parse(cell->text, field) ||
         cell_fault(cell, cell->text, "is not a day (Mon, Tue, Wed, Thu, Fri, Sat or Sun)");
}

bool read_days(const struct cell *cell, void *field) {
  int days = 0, day;
  if (day_parse(cell->text, &day)) { /* most often: spares a list */
    *(int *)field = 1 << day;
    return true;
  }
  struct parts parts = split_list(cell, cell->text);
  for (int i = 0; i < parts.n; i++) {
    if (text_equal_nocase(parts.list[i], "all"))
      days |= (1 << N_DAYS) - 1;
    else if (day_parse(parts.list[i], &day))
      days |= 1 << day;
    else
      return cell_fault(cell, parts.list[i],
                        "is not a day (Mon, Tue, Wed, Thu, Fri, Sat, Sun or all)");
  }
  if (days == 0) return cell_fault(cell, cell->text, "names no day");
  *(int *)field = days;
  return true;
}

bool read_date(const struct cell *cell, void *field) {
  *(int *)field = NO_DATE;
  return !*cell->text || date_parse(cell->text, field) ||
         cell_fault(cell, cell->text, "is not a date such as 2026-11-30");
}

bool read_week(const struct cell *cell, void *field) {
  *(int *)field = NO_DATE;
  return !*cell->text || week_parse(cell->text, field) ||
         cell_fault(cell, cell->text, "is not a week such as 2026-W49");
}
