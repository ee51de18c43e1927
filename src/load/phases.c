/* phases.csv: step-down, hours that follow the week of treatment. */
#include <stdlib.h>

#include "tables.h"
#include "week_limits.h"

enum { MAX_WEEK = 5000 };

#define OF_PHASE(member) .field = offsetof(struct phase, member)

static const struct column columns[] = {
    {"phase", REQUIRED, read_new_name, OF_PHASE(name), .kind = ID_PHASE},
    {"from_week", REQUIRED, read_count, OF_PHASE(from_week), .low = 1, .high = MAX_WEEK},
    {"to_week", "", read_count, OF_PHASE(to_week), .low = 1, .high = MAX_WEEK, .absent = UNLIMITED},
    LIMIT_COLUMNS(struct phase),
};
static const struct table table = {
    .file = "phases.csv", TABLE_COLUMNS(columns), .row_size = sizeof(struct phase)};

static int compare_from_weeks(const void *a, const void *b) {
  const struct phase *x = *(const struct phase *const *)a, *y = *(const struct phase *const *)b;
  int order = (x->from_week > y->from_week) - (x->from_week < y->from_week);
  return order ? order : (x->line > y->line) - (x->line < y->line);
}

/* Reports each phase that begins before an earlier one has ended; those without sound weeks
 * (from_week 0) are left out. */
static void check_overlaps(struct loading *loading) {
  const struct phase **ordered = mem_new((size_t)loading->n_phases, sizeof *ordered);
  int n = 0;
  for (int i = 0; i < loading->n_phases; i++)
    if (loading->phases[i].from_week > 0) ordered[n++] = &loading->phases[i];
  qsort(ordered, (size_t)n, sizeof *ordered, compare_from_weeks);
  const struct phase *last = NULL; /* the one that ends last */
  for (int i = 0; i < n; i++) {
    if (last && ordered[i]->from_week <= last->to_week)
      diagnose(loading->diagnostics, SEVERITY_ERROR, table.file, ordered[i]->line, "from_week",
               "'%d' is a week of phase '%s' (line %d) too: phases must not overlap",
               ordered[i]->from_week, shown(loading, last->name), last->line);
    if (!last || ordered[i]->to_week > last->to_week) last = ordered[i];
  }
  free(ordered);
}

static void settle_phase(const struct table_reader *reader, struct phase *phase) {
  phase->line = reader->line;
  if (!row_sound(reader, "from_week") || !row_sound(reader, "to_week")) {
    phase->from_week = 0;
  } else if (phase->to_week < phase->from_week) {
    row_fault(reader, "to_week", "is below from_week '%d'", phase->from_week);
    phase->from_week = 0;
  }
  limits_check(reader, &phase->limits, NULL);
}

void load_phases(struct loading *loading) {
  struct table_reader reader;
  size_t n = table_open(&reader, loading, &table);
  loading->phases = arena_alloc(&loading->scratch, n, sizeof *loading->phases);
  struct phase row;
  while (table_next(&reader, &row)) {
    settle_phase(&reader, &row);
    if (row.from_week == 0) loading->are_phases_doubtful = true;
    loading->phases[loading->n_phases++] = row;
  }
  if (reader.hides_rows) loading->are_phases_doubtful = true;
  table_close(&reader);
  check_overlaps(loading);
}
