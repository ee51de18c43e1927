/* The greatest common divisor. */
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

#endif
