#include "iopsched/absence.h"

bool absences_say_anything(const struct absences *absences) {
  return absences->n > 0 || absences->from_min > 0;
}

static bool same_absence(const struct absence *a, const struct absence *b) {
  return a->kind == b->kind && a->who == b->who && a->when.start_min == b->when.start_min &&
         a->when.end_min == b->when.end_min;
}

void absences_add(struct absences *absences, const struct absences *more, struct arena *arena) {
  struct absence *all =
      arena_alloc(arena, (size_t)absences->n + (size_t)more->n, sizeof *absences->list);
  int n = 0;
  for (int i = 0; i < absences->n; i++) all[n++] = absences->list[i];
  for (int i = 0; i < more->n; i++) {
    bool is_there = false;
    for (int k = 0; k < n; k++) is_there |= same_absence(&all[k], &more->list[i]);
    if (!is_there) all[n++] = more->list[i];
  }
  absences->list = all;
  absences->n = n;
}

bool absence_find(const struct clinic *clinic, const char *id, struct absence *absence) {
  int found[] = {[ROSTER_PATIENTS] = clinic_find_patient(clinic, id),
                 [ROSTER_THERAPISTS] = clinic_find_therapist(clinic, id),
                 [ROSTER_ROOMS] = clinic_find_room(clinic, id)};
  for (int kind = 0; kind < (int)(sizeof found / sizeof *found); kind++) {
    if (found[kind] == NONE) continue;
    absence->kind = (enum roster_kind)kind;
    absence->who = found[kind];
    return true;
  }
  return false;
}

const char *absence_id(const struct clinic *clinic, const struct absence *absence) {
  switch (absence->kind) {
    case ROSTER_PATIENTS:
      return clinic->patients[absence->who].id;
    case ROSTER_THERAPISTS:
      return clinic->therapists[absence->who].id;
    default:
      return clinic->rooms[absence->who].id;
  }
}
