#include "iopsched/ints.h"

#include <stdlib.h>
#include <string.h>

bool ints_contain(const struct ints *ascending, int value) {
  int low = 0, high = ascending->n;
  while (low < high) {
    int middle = low + (high - low) / 2;
    if (ascending->list[middle] == value) return true;
    if (ascending->list[middle] < value)
      low = middle + 1;
    else
      high = middle;
  }
  return false;
}

bool ints_contain_all(const struct ints *ascending, const struct ints *values) {
  for (int i = 0; i < values->n; i++)
    if (!ints_contain(ascending, values->list[i])) return false;
  return true;
}

bool ints_contain_unsorted(const struct ints *list, int value) {
  for (int i = 0; i < list->n; i++)
    if (list->list[i] == value) return true;
  return false;
}

bool ints_equal(const struct ints *a, const struct ints *b) {
  return a->n == b->n && (a->n == 0 || memcmp(a->list, b->list, (size_t)a->n * sizeof(int)) == 0);
}

struct ints ints_with(struct arena *arena, const struct ints *ascending, int value) {
  struct ints more = {arena_alloc(arena, (size_t)ascending->n + 1, sizeof *more.list), 0};
  int i = 0;
  while (i < ascending->n && ascending->list[i] < value) more.list[more.n++] = ascending->list[i++];
  if (i == ascending->n || ascending->list[i] != value) more.list[more.n++] = value;
  while (i < ascending->n) more.list[more.n++] = ascending->list[i++];
  return more;
}

static int compare(const void *a, const void *b) {
  int x = *(const int *)a, y = *(const int *)b;
  return (x > y) - (x < y);
}

void ints_sort(int *list, int n) {
  if (n > 1) qsort(list, (size_t)n, sizeof *list, compare);
}

int ints_sort_unique(int *list, int n) {
  int kept = 0;
  ints_sort(list, n);
  for (int i = 0; i < n; i++)
    if (kept == 0 || list[kept - 1] != list[i]) list[kept++] = list[i];
  return kept;
}
