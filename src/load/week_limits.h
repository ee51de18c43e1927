/* Hours and days of a week, least and most, as phases give them and patients may have their own. */
#ifndef IOPSCHED_LOAD_WEEK_LIMITS_H
#define IOPSCHED_LOAD_WEEK_LIMITS_H

#include "cells.h"

/* The four columns, of a row that has `struct limits limits`. */
#define LIMIT_COLUMNS(row)                                                                           \
  {"min_hours",      "",         read_hours,         .field = offsetof(row, limits.min_minutes),     \
   .high = WEEK_MIN, .step = 15, .absent = NOT_GIVEN},                                               \
      {"max_hours",      "",         read_hours,         .field = offsetof(row, limits.max_minutes), \
       .high = WEEK_MIN, .step = 15, .absent = NOT_GIVEN},                                           \
      {"min_days",         "", read_count, .field = offsetof(row, limits.min_days), .high = N_DAYS,  \
       .absent = NOT_GIVEN},                                                                         \
  {                                                                                                  \
    "max_days", "", read_count, .field = offsetof(row, limits.max_days), .high = N_DAYS,             \
                                .absent = NOT_GIVEN                                                  \
  }

/* Checks the row's own limits against each other and against the program's floors and ceilings.
 * What cannot stand becomes FAULTY. phase: whose limits hold where the row has none; NULL: none. */
void limits_check(const struct table_reader *reader, struct limits *limits,
                  const struct phase *phase);

#endif
