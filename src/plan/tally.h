/* The sessions of a patient's week so far, by requirement, in one word: adding a day to it is one
 * addition, and tells at once which requirements have more than counts. */
#ifndef IOPSCHED_PLAN_TALLY_H
#define IOPSCHED_PLAN_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#include "iopsched/clinic.h"

enum { TALLY_BITS = 64 };

/* The bits of a row. They are all set, but for the guard above them, when no more sessions count;
 * with more the guard is set. */
struct tally_field {
  uint64_t bits, guard;
  int shift, most;
};

struct tally {
  struct tally_field fields[TALLY_BITS]; /* [n] */
  int n;
  int row_of[TALLY_BITS]; /* by the place of the guard */
  uint64_t none;          /* the word of no sessions at all */
  uint64_t limits;        /* guards of rows with a maximum: none of them may be set */
  uint64_t surpluses;     /* guards of the others: more sessions count no more */
};

/* rows: [n]; most_a_day: [n], the most sessions of each row that a day adds. False for the rare
 * patient with so many requirements that they do not fit into one word. */
bool tally_init(struct tally *tally, const struct need *rows, int n, const int *most_a_day);

/* What a day with these sessions, [n], adds to a word. */
uint64_t tally_of_day(const struct tally *tally, const uint8_t *sessions);

static inline int tally_count(const struct tally *tally, uint64_t sum, int row) {
  const struct tally_field *field = &tally->fields[row];
  return field->most - (int)((field->bits - (sum & field->bits)) >> field->shift);
}

/* Takes back what does not count. Returns what `worth`, [n], paid for it. */
static inline int64_t tally_cut(const struct tally *tally, uint64_t *sum, const int64_t *worth) {
  int64_t paid = 0;
  for (uint64_t over = *sum & tally->surpluses; over != 0; over &= over - 1) {
    int row = tally->row_of[__builtin_ctzll(over)];
    const struct tally_field *field = &tally->fields[row];
    paid += worth[row] * (int64_t)(((*sum & field->bits) >> field->shift) + 1);
    *sum = (*sum & ~field->guard) | field->bits;
  }
  return paid;
}

#endif
