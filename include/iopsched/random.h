/* Pseudo-random numbers: SplitMix64 (Steele, Lea & Flood 2014). The same on every machine. */
#ifndef IOPSCHED_RANDOM_H
#define IOPSCHED_RANDOM_H

#include <stdint.h>

static inline uint64_t random_next(uint64_t *state) {
  uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return z ^ (z >> 31);
}

/* Uniform in [0, n); n >= 1. */
static inline int random_below(uint64_t *state, int n) {
  return (int)((random_next(state) >> 32) * (uint64_t)n >> 32);
}

/* A threshold that exceeds k times the heat with probability 2^-k, as in simulated annealing. In
 * steps of heat / 1024, rounded down. */
static inline int64_t random_lenience(uint64_t *state, int64_t heat) {
  uint64_t random = random_next(state) | 1;
  return heat * __builtin_clzll(random) + heat / 1024 * (int64_t)(random >> 1 & 1023);
}

#endif
