/* Largest one-to-one matching of two small sets. */
#ifndef IOPSCHED_MATCHING_H
#define IOPSCHED_MATCHING_H

#include <stdbool.h>

struct matching {
  int n_left, n_right;
  bool (*fits)(const void *data, int left, int right);
  const void *data;
};
/* right_of[left] (array [n_left], filled here) is the partner or -1. Returns the number of pairs,
 * the largest possible. Augmenting paths: n_left times the number of fitting pairs. */
int matching_solve(const struct matching *matching, int *right_of);

#endif
