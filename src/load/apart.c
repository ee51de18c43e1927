/* apart.csv: patients kept from other patients, both ways, and from therapists. */
#include <stdlib.h>

#include "cells.h"
#include "iopsched/text.h"
#include "tables.h"

struct apart_row {
  int patient;
  struct other {
    int index;
    bool is_therapist;
  } other;
};

/* One entry of a patient's list. */
struct separation {
  int patient;
  struct other other;
};

struct separations {
  struct separation *list; /* [n], heap */
  size_t n, capacity;
};

/* struct other: a patient_id or therapist_id. */
static bool read_other(const struct cell *cell, void *field);

static const struct column columns[] = {
    {"patient_id", REQUIRED, read_reference, .field = offsetof(struct apart_row, patient),
     .kind = ID_PATIENT},
    {"apart_from", REQUIRED, read_other, .field = offsetof(struct apart_row, other)},
};
static const struct table table = {
    .file = "apart.csv", TABLE_COLUMNS(columns), .row_size = sizeof(struct apart_row)};

/* Therapists share the patients' space of ids; one hidden by a fault may be either. */
static bool unknown_other(const struct cell *cell) {
  struct loading *loading = cell->loading;
  struct ids *ids = &loading->ids;
  if (ids->incomplete[ID_PATIENT] || ids->incomplete[ID_THERAPIST]) return false;
  const char *nearest[2];
  size_t n = 0;
  if ((nearest[n] = ids_suggest(ids, ID_PATIENT, cell->text))) n++;
  if ((nearest[n] = ids_suggest(ids, ID_THERAPIST, cell->text))) n++;
  if (n == 0) return cell_report(cell, "no patient or therapist '%s'", shown(loading, cell->text));
  return cell_report(cell, "no patient or therapist '%s': did you mean '%s'?",
                     shown(loading, cell->text), text_suggest(cell->text, nearest, n));
}

static bool read_other(const struct cell *cell, void *field) {
  const struct id *id = ids_find(&cell->loading->ids, ID_PATIENT, cell->text);
  if (!id) return unknown_other(cell);
  if (id->kind == ID_ROOM && !id->lost)
    return cell_fault(cell, cell->text, "is a room, not a patient or therapist");
  enum id_kind kind = id->kind == ID_THERAPIST ? ID_THERAPIST : ID_PATIENT;
  id = find_reference(cell, kind, cell->text);
  if (id) *(struct other *)field = (struct other){id->index, kind == ID_THERAPIST};
  return id != NULL;
}

static void separate(struct separations *separations, int patient, struct other other) {
  separations->list = mem_room_for_one(separations->list, separations->n, &separations->capacity,
                                       sizeof *separations->list);
  separations->list[separations->n++] = (struct separation){patient, other};
}

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

static int compare_separations(const void *a, const void *b) {
  const struct separation *x = a, *y = b;
  int order = COMPARE(x->patient, y->patient);
  if (order == 0) order = COMPARE(x->other.is_therapist, y->other.is_therapist);
  return order ? order : COMPARE(x->other.index, y->other.index);
}

/* Gives each patient their lists; separations are in the order of compare_separations(). */
static void share_out(struct clinic *clinic, const struct separations *separations) {
  for (size_t i = 0; i < separations->n;) {
    const struct separation *first = &separations->list[i];
    size_t end = i;
    while (end < separations->n && separations->list[end].patient == first->patient &&
           separations->list[end].other.is_therapist == first->other.is_therapist)
      end++;
    struct patient *patient = &clinic->patients[first->patient];
    struct ints *ints =
        first->other.is_therapist ? &patient->apart_therapists : &patient->apart_patients;
    ints->list = arena_alloc(&clinic->arena, end - i, sizeof *ints->list);
    for (; i < end; i++) ints->list[ints->n++] = separations->list[i].other.index;
    ints->n = ints_sort_unique(ints->list, ints->n);
  }
}

void load_apart(struct loading *loading) {
  struct separations separations = {0};
  struct table_reader reader;
  table_open(&reader, loading, &table);
  struct apart_row row;
  while (table_next(&reader, &row)) {
    if (!row_is_sound(&reader)) continue;
    if (!row.other.is_therapist && row.other.index == row.patient) {
      row_fault(&reader, "apart_from", "cannot be kept apart from themselves");
      continue;
    }
    separate(&separations, row.patient, row.other);
    if (!row.other.is_therapist)
      separate(&separations, row.other.index, (struct other){row.patient, false});
  }
  table_close(&reader);
  if (separations.n > 1)
    qsort(separations.list, separations.n, sizeof *separations.list, compare_separations);
  share_out(loading->clinic, &separations);
  free(separations.list);
}
