/* therapists.csv. */
#include "cells.h"
#include "tables.h"

struct therapist_row {
  struct therapist therapist;
  struct ints credentials;
};

#define OF_THERAPIST(member) .field = offsetof(struct therapist_row, therapist.member)

static const struct column columns[] = {
    {"therapist_id", REQUIRED, read_new_id, OF_THERAPIST(id), .kind = ID_THERAPIST},
    {"name", "", read_text, OF_THERAPIST(name)},
    {"credentials", "", read_credentials, .field = offsetof(struct therapist_row, credentials)},
    {"max_hours_day", "8", read_hours, OF_THERAPIST(max_minutes_day), .high = DAY_MIN},
    {"max_hours_week", "40", read_hours, OF_THERAPIST(max_minutes_week), .high = WEEK_MIN},
};
static const struct table table = {.file = "therapists.csv",
                                   .is_required = true,
                                   TABLE_COLUMNS(columns),
                                   .row_size = sizeof(struct therapist_row)};

void load_therapists(struct loading *loading) {
  struct clinic *clinic = loading->clinic;
  struct table_reader reader;
  size_t n = table_open(&reader, loading, &table);
  clinic->therapists = arena_alloc(&clinic->arena, n, sizeof *clinic->therapists);
  loading->therapist_credentials =
      arena_alloc(&loading->scratch, n, sizeof *loading->therapist_credentials);
  struct therapist_row row;
  while (table_next(&reader, &row)) {
    struct therapist *therapist = &clinic->therapists[clinic->n_therapists];
    loading->therapist_credentials[clinic->n_therapists++] = row.credentials;
    *therapist = row.therapist;
    therapist->credentials = row.credentials;
    therapist->line = reader.line;
    if (!therapist->name) therapist->name = therapist->id;
  }
  table_close(&reader);
}
