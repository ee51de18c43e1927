#include "clones.h"

#include <string.h>

#include "iopsched/variant.h"

static void *longer(struct clinic *variant, const void *table, int n, int more, size_t size) {
  char *copy = arena_alloc(&variant->arena, (size_t)n + (size_t)more, size);
  if (n > 0) memcpy(copy, table, (size_t)n * size);
  return copy;
}

struct clinic *with_patients_like(const struct clinic *clinic, const int *like, int n) {
  struct clinic *variant = clinic_variant(clinic);
  int had = clinic->n_patients;
  size_t row = (size_t)clinic->n_services;
  variant->patients = longer(variant, clinic->patients, had, n, sizeof *variant->patients);
  variant->eligible = longer(variant, clinic->eligible, had, n, row * sizeof(bool));
  variant->weekly_max = longer(variant, clinic->weekly_max, had, n, row * sizeof(int));
  variant->n_patients = had + n;
  for (int i = 0; i < n; i++) {
    struct patient *patient = &variant->patients[had + i];
    *patient = clinic->patients[like[i]];
    patient->id = arena_printf(&variant->arena, "%s+%d", patient->id, i + 1);
    patient->primary = NONE;
    patient->priority_milli = 1000;
    patient->apart_patients = patient->apart_therapists = (struct ints){0};
    memcpy(variant->eligible + (size_t)(had + i) * row, clinic->eligible + (size_t)like[i] * row,
           row * sizeof(bool));
    memcpy(variant->weekly_max + (size_t)(had + i) * row,
           clinic->weekly_max + (size_t)like[i] * row, row * sizeof(int));
  }
  return variant;
}

/* A table of rows by column, with one more column. */
static bool *one_wider(struct clinic *variant, const bool *table, int n_rows, int n_columns,
                       const bool *added) {
  size_t wide = (size_t)n_columns + 1;
  bool *copy = arena_alloc(&variant->arena, (size_t)n_rows * wide, sizeof *copy);
  for (size_t row = 0; row < (size_t)n_rows; row++) {
    memcpy(copy + row * wide, table + row * (size_t)n_columns, (size_t)n_columns * sizeof *copy);
    copy[row * wide + (size_t)n_columns] = added[row];
  }
  return copy;
}

struct clinic *with_therapist(const struct clinic *clinic, const bool *qualified,
                              struct windows windows, int most_minutes) {
  struct clinic *variant = clinic_variant(clinic);
  int n = clinic->n_therapists;
  variant->therapists = longer(variant, clinic->therapists, n, 1, sizeof *variant->therapists);
  variant->therapists[n] = (struct therapist){.id = "+1",
                                              .name = "+1",
                                              .max_minutes_day = most_minutes,
                                              .max_minutes_week = most_minutes,
                                              .available = windows,
                                              .addable = windows};
  variant->qualified =
      one_wider(variant, clinic->qualified, clinic->n_services * clinic->max_leaders, n, qualified);
  variant->n_therapists = n + 1;
  return variant;
}

struct clinic *with_room_like(const struct clinic *clinic, int like, struct windows windows) {
  struct clinic *variant = clinic_variant(clinic);
  int n = clinic->n_rooms;
  bool *fits = arena_alloc(&variant->arena, (size_t)clinic->n_services, sizeof *fits);
  for (int service = 0; service < clinic->n_services; service++)
    fits[service] = clinic_room_fits(clinic, service, like);
  variant->rooms = longer(variant, clinic->rooms, n, 1, sizeof *variant->rooms);
  variant->rooms[n] = clinic->rooms[like];
  variant->rooms[n].id = variant->rooms[n].name = "+1";
  variant->rooms[n].available = variant->rooms[n].addable = windows;
  variant->room_fits = one_wider(variant, clinic->room_fits, clinic->n_services, n, fits);
  variant->n_rooms = n + 1;
  return variant;
}
