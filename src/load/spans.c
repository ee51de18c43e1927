#include "spans.h"

#include <stdlib.h>

void spans_add(struct spans *spans, int start_min, int end_min) {
  /* A week has room for few: a long list is mostly repetition. */
  const size_t long_list = 1024;
  if (start_min >= end_min) return;
  if (spans->capacity >= long_list && (size_t)spans->n == spans->capacity) spans_join(spans);
  spans->list =
      mem_room_for_one(spans->list, (size_t)spans->n, &spans->capacity, sizeof *spans->list);
  spans->list[spans->n++] = (struct window){start_min, end_min};
}

void spans_add_all(struct spans *spans, const struct spans *more) {
  for (int i = 0; i < more->n; i++)
    spans_add(spans, more->list[i].start_min, more->list[i].end_min);
}

void spans_join(struct spans *spans) {
  if (spans->n < 2) return;
  windows_sort(spans->list, spans->n);
  int last = 0;
  for (int i = 1; i < spans->n; i++) {
    struct window *joined = &spans->list[last], *next = &spans->list[i];
    if (next->start_min > joined->end_min)
      spans->list[++last] = *next;
    else if (next->end_min > joined->end_min)
      joined->end_min = next->end_min;
  }
  spans->n = last + 1;
}

struct spans spans_both(const struct spans *a, const struct spans *b) {
  struct spans both = {0};
  for (int i = 0, j = 0; i < a->n && j < b->n;) {
    const struct window *x = &a->list[i], *y = &b->list[j];
    int start = x->start_min > y->start_min ? x->start_min : y->start_min;
    int end = x->end_min < y->end_min ? x->end_min : y->end_min;
    spans_add(&both, start, end);
    if (x->end_min < y->end_min)
      i++;
    else
      j++;
  }
  return both;
}

struct spans spans_without(const struct spans *a, const struct spans *b) {
  struct spans rest = {0};
  for (int i = 0, j = 0; i < a->n; i++) {
    int start = a->list[i].start_min, end = a->list[i].end_min;
    while (j < b->n && b->list[j].end_min <= start) j++;
    for (int k = j; k < b->n && b->list[k].start_min < end; k++) {
      spans_add(&rest, start, b->list[k].start_min);
      if (b->list[k].end_min > start) start = b->list[k].end_min;
    }
    spans_add(&rest, start, end);
  }
  return rest;
}

struct windows spans_on_grid(const struct spans *spans, int slot_minutes, struct arena *arena) {
  struct windows windows = {arena_alloc(arena, (size_t)spans->n, sizeof *windows.list), 0};
  for (int i = 0; i < spans->n; i++) {
    int start = (spans->list[i].start_min + slot_minutes - 1) / slot_minutes * slot_minutes;
    int end = spans->list[i].end_min / slot_minutes * slot_minutes;
    if (start < end) windows.list[windows.n++] = (struct window){start, end};
  }
  return windows;
}

void spans_free(struct spans *spans) {
  free(spans->list);
  *spans = (struct spans){0};
}
