/* The prices that a bound rests on: a row for the bound that the planner proved with them, and one
 * for each price. */
#include <string.h>

#include "iopsched/text.h"
#include "plan_rows.h"

/* More than any care is worth, and so little that sums over everybody fit. */
#define PRICE_MOST (INT64_C(1) << 45)

enum column { KIND, PATIENT_ID, SERVICE_ID, DAY, START, AMOUNT, N_COLUMNS };

static const struct plan_column columns[N_COLUMNS] = {
    [KIND] = {"kind", true, -1},
    [PATIENT_ID] = {"patient_id", true, -1},
    [SERVICE_ID] = {"service_id", true, -1},
    [DAY] = {"day", true, -1},
    [START] = {"start", true, -1},
    [AMOUNT] = {"amount", true, -1},
};

struct duals_reader {
  struct plan_reader plan; /* clinic, diagnostics, ids */
  struct csv_file csv;
  struct plan_column columns[N_COLUMNS];
  const struct csv_record *record; /* at hand */
  struct duals *duals;
};

static const char *cell(const struct duals_reader *reader, enum column column) {
  return plan_cell(reader->record, &reader->columns[column]);
}

static void fault(struct duals_reader *reader, enum column column, const char *what) {
  const char *value = plan_shown(&reader->plan, cell(reader, column));
  diagnose(reader->plan.diagnostics, SEVERITY_ERROR, reader->csv.name, reader->record->line,
           columns[column].name, "'%s' is not %s", value, what);
}

static int find(struct duals_reader *reader, enum column column, enum id_kind kind) {
  const char *id = cell(reader, column);
  int found = plan_find(&reader->plan, kind, id);
  if (found == NONE)
    plan_report_unknown(&reader->plan, &reader->csv, reader->record->line, columns[column].name,
                        kind, id);
  return found;
}

static bool read_start(struct duals_reader *reader, int *start_min) {
  int day, clock, slot = reader->plan.clinic->slot_minutes;
  if (!day_parse(cell(reader, DAY), &day)) {
    fault(reader, DAY, "a day such as Mon");
    return false;
  }
  if (!clock_parse(cell(reader, START), &clock) || clock >= DAY_MIN || clock % slot != 0) {
    fault(reader, START, "a time on the clinic's grid");
    return false;
  }
  *start_min = day * DAY_MIN + clock;
  return true;
}

static void read_price(struct duals_reader *reader) {
  struct dual dual;
  dual.patient = find(reader, PATIENT_ID, ID_PATIENT);
  dual.service = find(reader, SERVICE_ID, ID_SERVICE);
  if (!read_start(reader, &dual.start_min)) return;
  if (!whole_parse(cell(reader, AMOUNT), 0, PRICE_MOST, &dual.price)) {
    fault(reader, AMOUNT, "a price from 0 to 35184372088832");
    return;
  }
  if (dual.patient == NONE || dual.service == NONE) return;
  if (reader->plan.clinic->services[dual.service].format != FORMAT_GROUP)
    fault(reader, SERVICE_ID, "a group");
  else
    duals_add(reader->duals, dual);
}

static void read_row(struct duals_reader *reader) {
  const char *kind = cell(reader, KIND);
  if (reader->record->broken) return;
  if (text_equal_nocase(kind, "place")) {
    read_price(reader);
  } else if (!text_equal_nocase(kind, "bound")) {
    fault(reader, KIND, "'bound' or 'place'");
  } else if (!whole_parse(cell(reader, AMOUNT), 0, INT64_MAX, &reader->duals->bound)) {
    fault(reader, AMOUNT, "a whole number");
  }
}

/* A place that is paid for twice would be counted as two. */
static void report_repeated(struct duals_reader *reader) {
  struct duals *duals = reader->duals;
  const struct clinic *clinic = reader->plan.clinic;
  duals_sort_by_patient(duals);
  for (int i = 1; i < duals->n; i++) {
    const struct dual *a = &duals->list[i - 1], *b = &duals->list[i];
    if (a->patient != b->patient || a->service != b->service || a->start_min != b->start_min)
      continue;
    char clock[CLOCK_TEXT];
    clock_format(b->start_min, false, clock);
    diagnose(reader->plan.diagnostics, SEVERITY_ERROR, reader->csv.name, 0, NULL,
             "patient '%s' has two prices for '%s' on %s at %s", clinic->patients[b->patient].id,
             clinic->services[b->service].id, day_names[day_of(b->start_min)], clock);
    return;
  }
}

/* The folder of a path, and its last part: "a/b" is "a" and "b", "b" is "." and "b". */
static const char *split_path(struct arena *arena, const char *path, const char **name) {
  const char *slash = strrchr(path, '/');
  *name = slash ? slash + 1 : path;
  if (!slash) return ".";
  return arena_printf(arena, "%.*s", slash == path ? 1 : (int)(slash - path), path);
}

enum load_status duals_load(const struct clinic *clinic, const char *path,
                            struct diagnostics *diagnostics, struct duals *duals) {
  struct duals_reader reader = {.plan = {.clinic = clinic, .diagnostics = diagnostics},
                                .duals = duals};
  const char *name;
  int n_errors = diagnostics->n_errors;
  *duals = (struct duals){0};
  reader.plan.folder = split_path(&reader.plan.arena, path, &name);
  memcpy(reader.columns, columns, sizeof columns);
  enum load_status status = plan_open(&reader.plan, name, &reader.csv, reader.columns, N_COLUMNS);
  if (status == LOAD_OK) {
    plan_add_ids(&reader.plan);
    for (int i = 0; i < reader.csv.n_records; i++) {
      reader.record = &reader.csv.records[i];
      read_row(&reader);
    }
    report_repeated(&reader);
    if (diagnostics->n_errors > n_errors) status = LOAD_FAULTY;
  }
  csv_file_free(&reader.csv);
  plan_reader_release(&reader.plan);
  if (status != LOAD_OK) duals_release(duals);
  return status;
}
