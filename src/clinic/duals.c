#include "iopsched/duals.h"

#include <stdlib.h>

#include "iopsched/memory.h"

const char *const dual_kind_names[N_DUAL_KINDS] = {
    [DUAL_PLACE] = "place", [DUAL_TIME] = "time",     [DUAL_DAY] = "day",      [DUAL_WEEK] = "week",
    [DUAL_ROOM] = "room",   [DUAL_WANTED] = "wanted", [DUAL_CAPPED] = "capped"};

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

void duals_add(struct duals *duals, struct dual dual) {
  duals->list =
      mem_room_for_one(duals->list, (size_t)duals->n, &duals->capacity, sizeof *duals->list);
  duals->list[duals->n++] = dual;
}

static int compare_by_session(const void *a, const void *b) {
  const struct dual *x = a, *y = b;
  int order = COMPARE(x->kind, y->kind);
  if (order == 0) order = COMPARE(x->service, y->service);
  if (order == 0) order = COMPARE(x->start_min, y->start_min);
  if (order == 0) order = COMPARE(x->patient, y->patient);
  if (order == 0) order = COMPARE(x->therapist, y->therapist);
  return order ? order : COMPARE(x->room, y->room);
}

static int compare_by_patient(const void *a, const void *b) {
  const struct dual *x = a, *y = b;
  int order = COMPARE(x->kind, y->kind);
  if (order == 0) order = COMPARE(x->patient, y->patient);
  return order ? order : compare_by_session(a, b);
}

bool duals_same(const struct dual *a, const struct dual *b) {
  return compare_by_session(a, b) == 0;
}

static void sort(struct duals *duals, int (*compare)(const void *, const void *)) {
  if (duals->n > 1) qsort(duals->list, (size_t)duals->n, sizeof *duals->list, compare);
}

void duals_sort_by_session(struct duals *duals) {
  sort(duals, compare_by_session);
}

void duals_sort_by_patient(struct duals *duals) {
  sort(duals, compare_by_patient);
}

void duals_release(struct duals *duals) {
  free(duals->list);
  *duals = (struct duals){0};
}
