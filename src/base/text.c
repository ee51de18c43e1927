#include "iopsched/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "iopsched/memory.h"

__extension__ typedef unsigned __int128 wide;

enum { MOST_SHOWN = 60 };
enum { LONGEST_SUGGESTED = 64 }; /* longer words are no misspelt names */
static const int64_t largest_decimal = INT64_C(1000000000000);

static void reserve(struct text *text, size_t more) {
  size_t needed = text->length + more + 1;
  if (needed < more) die_out_of_memory();
  if (needed <= text->capacity) return;
  size_t larger = text->capacity < 64 ? 64 : text->capacity + text->capacity / 2;
  if (larger < needed) larger = needed;
  text->data = mem_resize(text->data, larger, 1);
  text->capacity = larger;
}

void text_add_bytes(struct text *text, const char *more, size_t n) {
  reserve(text, n);
  if (n > 0) memcpy(text->data + text->length, more, n);
  text->length += n;
  text->data[text->length] = '\0';
}

void text_add(struct text *text, const char *more) {
  text_add_bytes(text, more, strlen(more));
}

void text_printf(struct text *text, const char *format, ...) {
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  int length = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  if (length < 0) die_internal("text cannot be formatted: %s", format);
  reserve(text, (size_t)length);
  vsnprintf(text->data + text->length, (size_t)length + 1, format, again);
  va_end(again);
  text->length += (size_t)length;
}

void text_clear(struct text *text) {
  text->length = 0;
  if (text->data) text->data[0] = '\0';
}

void text_free(struct text *text) {
  free(text->data);
  *text = (struct text){0};
}

static unsigned char lower(char c) {
  return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

int text_compare_nocase(const char *a, const char *b) {
  while (*a && lower(*a) == lower(*b)) a++, b++;
  return (int)lower(*a) - (int)lower(*b);
}

bool text_equal_nocase(const char *a, const char *b) {
  return text_compare_nocase(a, b) == 0;
}

bool text_starts(const char *text, const char *start) {
  return strncmp(text, start, strlen(start)) == 0;
}

static int smaller(int a, int b) {
  return a < b ? a : b;
}

/* Letters changed, dropped, added or swapped with their neighbour to come from a to b (optimal
 * string alignment). Both are at most LONGEST_SUGGESTED long. */
static int distance_between(const char *a, int n_a, const char *b, int n_b) {
  int rows[3][LONGEST_SUGGESTED + 1];
  int *before = rows[0], *last = rows[1], *row = rows[2];
  for (int j = 0; j <= n_b; j++) last[j] = j;
  for (int i = 1; i <= n_a; i++) {
    row[0] = i;
    for (int j = 1; j <= n_b; j++) {
      bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = smaller(smaller(last[j], row[j - 1]) + 1, last[j - 1] + !same);
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
          lower(a[i - 2]) == lower(b[j - 1]))
        row[j] = smaller(row[j], before[j - 2] + 1);
    }
    int *spare = before;
    before = last;
    last = row;
    row = spare;
  }
  return last[n_b];
}

const char *text_suggest(const char *word, const char *const *candidates, size_t n) {
  size_t length = strlen(word);
  if (length < 2 || length > LONGEST_SUGGESTED) return NULL;
  /* A third of the letters may be wrong: more is another word. */
  int nearest = (length < 3 ? 1 : (int)length / 3) + 1;
  const char *found = NULL;
  for (size_t i = 0; i < n; i++) {
    size_t other = strlen(candidates[i]);
    if (other > LONGEST_SUGGESTED) continue;
    if (abs((int)other - (int)length) >= nearest) continue;
    int distance = distance_between(word, (int)length, candidates[i], (int)other);
    if (distance >= nearest || distance >= (int)other) continue;
    nearest = distance;
    found = candidates[i];
  }
  return found;
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool decimal_parse(const char *word, int64_t scale, bool decimal_comma, int64_t *units) {
  bool negative = *word == '-';
  const char *next = word + negative;
  bool any = false;
  int64_t value = 0;
  for (; is_digit(*next); next++, any = true) {
    value = value * 10 + (*next - '0');
    if (value > largest_decimal) return false;
  }
  int64_t unit = scale;
  if (value > largest_decimal / scale) return false;
  value *= scale;
  if (*next == '.' || (decimal_comma && *next == ',')) {
    if (!is_digit(*++next)) return false;
    for (; is_digit(*next); next++, any = true) {
      unit /= 10;
      if (unit == 0 && *next != '0') return false;
      value += unit * (*next - '0');
    }
  }
  if (!any || *next || value > largest_decimal) return false;
  *units = negative ? -value : value;
  return true;
}

static bool is_number(const char *word) {
  if (*word == '-' || *word == '+') word++;
  if (!is_digit(*word)) return false;
  while (is_digit(*word)) word++;
  if (*word == '.' && is_digit(word[1]))
    for (word++; is_digit(*word);) word++;
  return *word == '\0';
}

const char *text_shown(struct arena *arena, const char *value) {
  size_t length = strlen(value), kept = length;
  if (length > MOST_SHOWN) {
    kept = MOST_SHOWN;
    while (kept > 0 && ((unsigned char)value[kept] & 0xc0) == 0x80) kept--; /* inside a letter */
  }
  char *copy = arena_printf(arena, "%.*s%s", (int)kept, value, kept < length ? "..." : "");
  for (char *c = copy; *c; c++)
    if ((unsigned char)*c < ' ' || *c == 0x7f) *c = '?';
  return copy;
}

bool text_is_formula(const char *cell) {
  return *cell && strchr("=+-@\t\r", *cell) && !is_number(cell);
}

void text_add_ratio(struct text *text, int64_t numerator, int64_t denominator, int decimals) {
  wide one = 1;
  for (int i = 0; i < decimals; i++) one *= 10;
  wide magnitude = numerator < 0 ? -(wide)numerator : (wide)numerator;
  const wide two = 2, below = (wide)denominator;
  wide rounded = (two * magnitude * one + below) / (two * below);
  if (numerator < 0 && rounded > 0) text_add(text, "-");
  text_printf(text, "%llu", (unsigned long long)(rounded / one));
  unsigned long long fraction = (unsigned long long)(rounded % one);
  while (decimals > 0 && fraction % 10 == 0) fraction /= 10, decimals--;
  if (decimals > 0) text_printf(text, ".%0*llu", decimals, fraction);
}

void text_add_hours(struct text *text, int64_t minutes) {
  text_add_ratio(text, minutes, 60, 2);
  text_add(text, minutes == 60 ? " hour" : " hours");
}

bool whole_parse(const char *word, int64_t least, int64_t most, int64_t *number) {
  int64_t sum = 0;
  if (!*word) return false;
  for (; *word; word++)
    if (*word < '0' || *word > '9' || __builtin_mul_overflow(sum, 10, &sum) ||
        __builtin_add_overflow(sum, *word - '0', &sum))
      return false;
  if (sum < least || sum > most) return false;
  *number = sum;
  return true;
}
