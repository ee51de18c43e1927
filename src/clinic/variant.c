#include "iopsched/variant.h"

static void *own(struct clinic *variant, const void *table, size_t n, size_t size) {
  return arena_copy(&variant->arena, table, n, size);
}

struct clinic *clinic_variant(const struct clinic *clinic) {
  struct clinic *variant = mem_new(1, sizeof *variant);
  *variant = *clinic;
  variant->arena = (struct arena){0};
  size_t services = (size_t)clinic->n_services, patients = (size_t)clinic->n_patients;
  size_t therapists = (size_t)clinic->n_therapists, rooms = (size_t)clinic->n_rooms;
  size_t leaders = (size_t)clinic->max_leaders;
  variant->services = own(variant, clinic->services, services, sizeof *clinic->services);
  variant->patients = own(variant, clinic->patients, patients, sizeof *clinic->patients);
  variant->therapists = own(variant, clinic->therapists, therapists, sizeof *clinic->therapists);
  variant->rooms = own(variant, clinic->rooms, rooms, sizeof *clinic->rooms);
  variant->fixed = own(variant, clinic->fixed, (size_t)clinic->n_fixed, sizeof *clinic->fixed);
  variant->eligible = own(variant, clinic->eligible, patients * services, sizeof(bool));
  variant->weekly_max = own(variant, clinic->weekly_max, patients * services, sizeof(int));
  variant->qualified =
      own(variant, clinic->qualified, services * leaders * therapists, sizeof(bool));
  variant->room_fits = own(variant, clinic->room_fits, services * rooms, sizeof(bool));
  return variant;
}

static void add_window(struct windows *windows, int start_min, int end_min) {
  if (start_min < end_min) windows->list[windows->n++] = (struct window){start_min, end_min};
}

void variant_cut(struct clinic *variant, struct windows *windows, struct window when) {
  int slot = variant->slot_minutes;
  int from = when.start_min / slot * slot, to = (when.end_min + slot - 1) / slot * slot;
  struct windows left = {arena_alloc(&variant->arena, (size_t)windows->n + 1, sizeof *left.list),
                         0};
  for (int i = 0; i < windows->n; i++) {
    const struct window *window = &windows->list[i];
    if (window->end_min <= from || window->start_min >= to) {
      add_window(&left, window->start_min, window->end_min);
      continue;
    }
    add_window(&left, window->start_min, from);
    add_window(&left, to, window->end_min);
  }
  *windows = left;
}

/* Adds to ascending windows, joining what overlaps or touches. */
static void join_window(struct windows *windows, int start_min, int end_min) {
  struct window *last = windows->n > 0 ? &windows->list[windows->n - 1] : NULL;
  if (last && start_min <= last->end_min) {
    if (end_min > last->end_min) last->end_min = end_min;
  } else {
    add_window(windows, start_min, end_min);
  }
}

void variant_keep_before(struct clinic *variant, struct windows *windows, int from_min,
                         const struct window *kept, int n) {
  struct windows left = {
      arena_alloc(&variant->arena, (size_t)n + (size_t)windows->n, sizeof *left.list), 0};
  struct window *ascending = own(variant, kept, (size_t)n, sizeof *kept);
  windows_sort(ascending, n);
  for (int i = 0; i < n; i++)
    if (ascending[i].start_min < from_min &&
        windows_cover(windows, ascending[i].start_min, ascending[i].end_min))
      join_window(&left, ascending[i].start_min, ascending[i].end_min);
  for (int i = 0; i < windows->n; i++) {
    int start = windows->list[i].start_min, end = windows->list[i].end_min;
    if (end > from_min) join_window(&left, start > from_min ? start : from_min, end);
  }
  *windows = left;
}
