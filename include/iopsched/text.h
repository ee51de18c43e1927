/* Strings: growing buffers, comparisons that ignore ASCII case, suggestions for misspelt names,
 * and exact decimals. Nothing here depends on the locale. */
#ifndef IOPSCHED_TEXT_H
#define IOPSCHED_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "iopsched/memory.h"

/* A growing string on the heap; {0} is an empty one. text_free() releases it. `data` is NULL
 * while nothing was added and ends in NUL otherwise. */
struct text {
  char *data;
  size_t length, capacity;
};
void text_add(struct text *text, const char *more);
void text_add_bytes(struct text *text, const char *more, size_t n);
__attribute__((format(printf, 2, 3))) void text_printf(struct text *text, const char *format, ...);
void text_clear(struct text *text);
void text_free(struct text *text);

/* strcmp() for ASCII without case: < 0, 0 or > 0. */
int text_compare_nocase(const char *a, const char *b);
bool text_equal_nocase(const char *a, const char *b);
bool text_starts(const char *text, const char *start);

/* The candidate nearest to `word` (letters changed, dropped, added or swapped, ignoring case), or
 * NULL if none is near enough to be what was meant. candidates: [n]. */
const char *text_suggest(const char *word, const char *const *candidates, size_t n);

/* Reads a plain decimal such as "12", "0.5", "-3.25" exactly, in units of 1/scale (scale a power of
 * ten up to 10^6). False if it is not one, has more decimals than the scale (zeros at its end do
 * not count), or its absolute value exceeds 10^12 units. decimal_comma also accepts "0,5". */
bool decimal_parse(const char *word, int64_t scale, bool decimal_comma, int64_t *units);

/* Reads a whole number from `least` to `most` >= 0, digits alone. */
bool whole_parse(const char *word, int64_t least, int64_t most, int64_t *number);

/* A value as a message may quote it: cut to a length that can be read, control characters as
 * question marks. In the arena. */
const char *text_shown(struct arena *arena, const char *value);

/* True for a cell that a spreadsheet would run as a formula: it starts with '=', '+', '-', '@', tab
 * or carriage return, and is not a number such as "-1.5". Such cells are written with a leading '.
 */
bool text_is_formula(const char *cell);

/* Adds numerator/denominator as a decimal with at most `decimals` places, rounded half up (away
 * from zero), trailing zeros left out: 3/2 is "1.5". denominator > 0. */
void text_add_ratio(struct text *text, int64_t numerator, int64_t denominator, int decimals);
/* Adds minutes as hours: "1 hour", "2.5 hours". */
void text_add_hours(struct text *text, int64_t minutes);

#endif
