/* Greatest common divisors, and multiples. */
#ifndef IOPSCHED_DIVISOR_H
#define IOPSCHED_DIVISOR_H

#include <stdint.h>

/* >= 0; of 0 and another number it is that number. */
static inline int64_t common_divisor(int64_t a, int64_t b) {
  while (b != 0) {
    int64_t rest = a % b;
    a = b;
    b = rest;
  }
  return a < 0 ? -a : a;
}

/* The least multiple of step that is not below value; value >= 0, step > 0. */
static inline int64_t multiple_above(int64_t value, int64_t step) {
  return (value + step - 1) / step * step;
}

#endif
