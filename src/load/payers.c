/* payers.csv: what makes a day payable. */
#include "cells.h"
#include "tables.h"

#define OF_PAYER(member) .field = offsetof(struct payer, member)

static const struct column columns[] = {
    {"payer", REQUIRED, read_new_name, OF_PAYER(id), .kind = ID_PAYER},
    {"name", "", read_text, OF_PAYER(name)},
    {"day_min_hours", "0", read_hours, OF_PAYER(day_min_minutes), .high = DAY_MIN},
    {"day_min_services", "0", read_count, OF_PAYER(day_min_services), .high = 1000},
    {"citation", "", read_text, OF_PAYER(citation)},
};
static const struct table table = {
    .file = "payers.csv", TABLE_COLUMNS(columns), .row_size = sizeof(struct payer)};

void load_payers(struct loading *loading) {
  struct clinic *clinic = loading->clinic;
  struct table_reader reader;
  size_t n = table_open(&reader, loading, &table);
  clinic->payers = arena_alloc(&clinic->arena, n, sizeof *clinic->payers);
  struct payer row;
  while (table_next(&reader, &row)) {
    row.line = reader.line;
    if (!row.name) row.name = row.id;
    if (!row.citation) row.citation = "";
    clinic->payers[clinic->n_payers++] = row;
  }
  table_close(&reader);
}
