/* Lists of whole numbers, most often of indices. */
#ifndef IOPSCHED_INTS_H
#define IOPSCHED_INTS_H

#include <stdbool.h>

#include "iopsched/memory.h"

struct ints {
  int *list; /* [n] */
  int n;
};

bool ints_contain(const struct ints *ascending, int value);
bool ints_contain_all(const struct ints *ascending, const struct ints *values);
bool ints_contain_unsorted(const struct ints *list, int value);
/* The same numbers in the same order. */
bool ints_equal(const struct ints *a, const struct ints *b);
/* The same with the value among them; in the arena. */
struct ints ints_with(struct arena *arena, const struct ints *ascending, int value);

/* list: [n]. */
void ints_sort(int *list, int n);
/* Sorts, and keeps each number once: returns how many there are. */
int ints_sort_unique(int *list, int n);

#endif
