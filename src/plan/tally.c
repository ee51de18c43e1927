#include "tally.h"

/* Sessions beyond this count no more, or are not allowed. */
static int most_of(const struct need *row) {
  return row->max_sessions == UNLIMITED ? row->min_sessions : row->max_sessions;
}

/* Wide enough for `most` sessions, and for a day more below the guard's double. */
static int width_of(int most, int most_a_day) {
  int width = 0;
  while (INT64_C(1) << width < most + INT64_C(1) || INT64_C(1) << width < most_a_day) width++;
  return width;
}

bool tally_init(struct tally *tally, const struct need *rows, int n, const int *most_a_day) {
  int shift = 0;
  tally->n = n;
  tally->none = tally->limits = tally->surpluses = 0;
  for (int r = 0; r < n; r++) {
    int most = most_of(&rows[r]), width = width_of(most, most_a_day[r]);
    if (shift + width >= TALLY_BITS) return false;
    struct tally_field *field = &tally->fields[r];
    uint64_t full = (UINT64_C(1) << width) - 1;
    *field = (struct tally_field){full << shift, UINT64_C(1) << (shift + width), shift, most};
    tally->row_of[shift + width] = r;
    tally->none |= (full - (uint64_t)most) << shift;
    *(rows[r].max_sessions == UNLIMITED ? &tally->surpluses : &tally->limits) |= field->guard;
    shift += width + 1;
  }
  return true;
}

uint64_t tally_of_day(const struct tally *tally, const uint8_t *sessions) {
  uint64_t sum = 0;
  for (int r = 0; r < tally->n; r++) sum += (uint64_t)sessions[r] << tally->fields[r].shift;
  return sum;
}
