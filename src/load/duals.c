/* The prices that a bound rests on: a row for the bound that the planner proved with them, and one
 * for each price. */
#include <string.h>

#include "iopsched/text.h"
#include "plan_rows.h"

/* More than any care is worth, and so little that sums over everybody fit. */
#define PRICE_MOST (INT64_C(1) << 45)

enum column { KIND, PATIENT_ID, SERVICE_ID, THERAPIST_ID, ROOM_ID, DAY, START, AMOUNT, N_COLUMNS };

static const struct plan_column columns[N_COLUMNS] = {
    [KIND] = {"kind", true, -1},
    [PATIENT_ID] = {"patient_id", true, -1},
    [SERVICE_ID] = {"service_id", true, -1},
    [THERAPIST_ID] = {"therapist_id", true, -1},
    [ROOM_ID] = {"room_id", true, -1},
    [DAY] = {"day", true, -1},
    [START] = {"start", true, -1},
    [AMOUNT] = {"amount", true, -1},
};

/* The columns that a price of the kind is told by. */
static const struct {
  bool patient, service, therapist, room, day, start;
} uses[N_DUAL_KINDS] = {
    [DUAL_PLACE] = {.patient = true, .service = true, .day = true, .start = true},
    [DUAL_TIME] = {.therapist = true, .day = true, .start = true},
    [DUAL_DAY] = {.therapist = true, .day = true},
    [DUAL_WEEK] = {.therapist = true},
    [DUAL_ROOM] = {.room = true, .day = true, .start = true},
    [DUAL_WANTED] = {.service = true},
    [DUAL_CAPPED] = {.service = true},
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

/* True and NONE if the kind has no use for the column; false if the id is unknown. */
static bool find(struct duals_reader *reader, bool used, enum column column, enum id_kind kind,
                 int *found) {
  *found = NONE;
  if (!used) return true;
  const char *id = cell(reader, column);
  *found = plan_find(&reader->plan, kind, id);
  if (*found == NONE)
    plan_report_unknown(&reader->plan, &reader->csv, reader->record->line, columns[column].name,
                        kind, id);
  return *found != NONE;
}

/* start_min: midnight if the kind has a day and no start, NONE if it has neither. */
static bool read_start(struct duals_reader *reader, enum dual_kind kind, int *start_min) {
  int day, clock = 0, slot = reader->plan.clinic->slot_minutes;
  *start_min = NONE;
  if (!uses[kind].day) return true;
  if (!day_parse(cell(reader, DAY), &day)) {
    fault(reader, DAY, "a day such as Mon");
    return false;
  }
  if (uses[kind].start &&
      (!clock_parse(cell(reader, START), &clock) || clock >= DAY_MIN || clock % slot != 0)) {
    fault(reader, START, "a time on the clinic's grid");
    return false;
  }
  *start_min = day * DAY_MIN + clock;
  return true;
}

static void read_price(struct duals_reader *reader, enum dual_kind kind) {
  struct dual dual = {.kind = kind};
  bool known = find(reader, uses[kind].patient, PATIENT_ID, ID_PATIENT, &dual.patient);
  known &= find(reader, uses[kind].service, SERVICE_ID, ID_SERVICE, &dual.service);
  known &= find(reader, uses[kind].therapist, THERAPIST_ID, ID_THERAPIST, &dual.therapist);
  known &= find(reader, uses[kind].room, ROOM_ID, ID_ROOM, &dual.room);
  if (!read_start(reader, kind, &dual.start_min)) return;
  if (!whole_parse(cell(reader, AMOUNT), 0, PRICE_MOST, &dual.price)) {
    fault(reader, AMOUNT, "a price from 0 to 35184372088832");
    return;
  }
  if (!known) return;
  if (kind == DUAL_PLACE && reader->plan.clinic->services[dual.service].format != FORMAT_GROUP)
    fault(reader, SERVICE_ID, "a group");
  else
    duals_add(reader->duals, dual);
}

static int kind_named(const char *word) {
  for (int kind = 0; kind < N_DUAL_KINDS; kind++)
    if (text_equal_nocase(word, dual_kind_names[kind])) return kind;
  return NONE;
}

static void read_row(struct duals_reader *reader) {
  if (reader->record->broken) return;
  const char *word = cell(reader, KIND);
  int kind = kind_named(word);
  if (kind != NONE)
    read_price(reader, (enum dual_kind)kind);
  else if (!text_equal_nocase(word, "bound"))
    fault(reader, KIND, "'bound' or a kind of price such as 'place'");
  else if (!whole_parse(cell(reader, AMOUNT), 0, INT64_MAX, &reader->duals->bound))
    fault(reader, AMOUNT, "a whole number");
}

/* "time, therapist 'T01' on Mon at 09:00": what the price is for. */
static void describe(const struct clinic *clinic, const struct dual *dual, struct text *words) {
  text_printf(words, "%s", dual_kind_names[dual->kind]);
  if (dual->patient != NONE)
    text_printf(words, ", patient '%s'", clinic->patients[dual->patient].id);
  if (dual->service != NONE)
    text_printf(words, ", service '%s'", clinic->services[dual->service].id);
  if (dual->therapist != NONE)
    text_printf(words, ", therapist '%s'", clinic->therapists[dual->therapist].id);
  if (dual->room != NONE) text_printf(words, ", room '%s'", clinic->rooms[dual->room].id);
  if (dual->start_min == NONE) return;
  char clock[CLOCK_TEXT];
  clock_format(dual->start_min, false, clock);
  text_printf(words, " on %s at %s", day_names[day_of(dual->start_min)], clock);
}

/* What is paid for twice would be counted as two. */
static void report_repeated(struct duals_reader *reader) {
  struct duals *duals = reader->duals;
  duals_sort_by_patient(duals);
  for (int i = 1; i < duals->n; i++) {
    if (!duals_same(&duals->list[i - 1], &duals->list[i])) continue;
    struct text words = {0};
    describe(reader->plan.clinic, &duals->list[i], &words);
    diagnose(reader->plan.diagnostics, SEVERITY_ERROR, reader->csv.name, 0, NULL,
             "there are two prices for the same thing: %s", words.data);
    text_free(&words);
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
