/* Stretches of the week, to the minute: the arithmetic behind availability. A list on the heap that
 * grows by spans_add(); {0} is empty. */
#ifndef IOPSCHED_LOAD_SPANS_H
#define IOPSCHED_LOAD_SPANS_H

#include "iopsched/clinic.h"

struct spans {
  struct window *list; /* [n] */
  int n;
  size_t capacity;
};

/* Adds [start_min, end_min), if it is not empty. */
void spans_add(struct spans *spans, int start_min, int end_min);
void spans_add_all(struct spans *spans, const struct spans *more);
/* Sorts; joins what overlaps or touches. */
void spans_join(struct spans *spans);
/* What is in both, and what is in the first only; both are joined, and the result (new) is. */
struct spans spans_both(const struct spans *a, const struct spans *b);
struct spans spans_without(const struct spans *a, const struct spans *b);
/* Joined spans shrunk inward to the grid, as windows in the arena. */
struct windows spans_on_grid(const struct spans *spans, int slot_minutes, struct arena *arena);
void spans_free(struct spans *spans);

#endif
