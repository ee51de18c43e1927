/* sessions.csv of a plan: what takes place, when, led by whom and where. */
#include <stdlib.h>
#include <string.h>

#include "iopsched/text.h"
#include "plan_rows.h"

#define uthash_malloc(size) mem_new(1, size)
#define uthash_free(pointer, size) free(pointer)
#include <uthash.h>

enum column {
  SESSION_ID,
  DATE,
  DAY,
  START,
  END,
  SERVICE_ID,
  THERAPIST_IDS,
  ROOM_ID,
  STATUS,
  DERIVED, /* from here on: worked out from the clinic and the others, so not read */
  SERVICE = DERIVED,
  FORMAT,
  MODE,
  THERAPISTS,
  ROOM,
  ENROLLED,
  CAPACITY,
  N_COLUMNS
};

static const struct plan_column columns[N_COLUMNS] = {
    [SESSION_ID] = {"session_id", true, -1},
    [DATE] = {"date", true, -1},
    [DAY] = {"day", false, -1},
    [START] = {"start", true, -1},
    [END] = {"end", false, -1},
    [SERVICE_ID] = {"service_id", true, -1},
    [THERAPIST_IDS] = {"therapist_ids", true, -1},
    [ROOM_ID] = {"room_id", true, -1},
    [STATUS] = {"status", false, -1},
    [SERVICE] = {"service", false, -1},
    [FORMAT] = {"format", false, -1},
    [MODE] = {"mode", false, -1},
    [THERAPISTS] = {"therapists", false, -1},
    [ROOM] = {"room", false, -1},
    [ENROLLED] = {"enrolled", false, -1},
    [CAPACITY] = {"capacity", false, -1},
};

/* A session's place by its id. */
struct session_entry {
  int session;
  UT_hash_handle hh;
};

enum load_status plan_open_sessions(struct plan_reader *reader) {
  struct plan_column *own = arena_copy(&reader->arena, columns, N_COLUMNS, sizeof *columns);
  reader->session_columns = own;
  return plan_open(reader, "sessions.csv", &reader->sessions_csv, own, N_COLUMNS);
}

bool plan_find_week(const struct plan_reader *reader, int *monday) {
  const struct csv_file *csv = &reader->sessions_csv;
  int *mondays = mem_new((size_t)csv->n_records, sizeof *mondays);
  int n = 0, date, most = 0;
  for (int i = 0; i < csv->n_records; i++)
    if (date_parse(plan_cell(&csv->records[i], &reader->session_columns[DATE]), &date))
      mondays[n++] = date - date_weekday(date);
  ints_sort(mondays, n);
  for (int first = 0, end; first < n; first = end) {
    for (end = first; end < n && mondays[end] == mondays[first];) end++;
    if (end - first > most) {
      most = end - first;
      *monday = mondays[first];
    }
  }
  free(mondays);
  return n > 0;
}

/* A row being read. */
struct reading {
  struct plan_reader *reader;
  const struct csv_record *record;
  bool sound;
};

static const char *cell(const struct reading *reading, enum column column) {
  return plan_cell(reading->record, &reading->reader->session_columns[column]);
}

/* Reports `'CELL' is not WHAT`. */
static void fault(struct reading *reading, enum column column, const char *what) {
  struct plan_reader *reader = reading->reader;
  const char *value = plan_shown(reader, cell(reading, column));
  reading->sound = false;
  diagnose(reader->diagnostics, SEVERITY_ERROR, "sessions.csv", reading->record->line,
           columns[column].name, "'%s' is not %s", value, what);
}

static void unknown(struct reading *reading, enum column column, enum id_kind kind,
                    const char *id) {
  reading->sound = false;
  plan_report_unknown(reading->reader, &reading->reader->sessions_csv, reading->record->line,
                      columns[column].name, kind, id);
}

static void read_start(struct reading *reading, struct session_row *row) {
  struct plan_reader *reader = reading->reader;
  int date, clock, day;
  bool dated = date_parse(cell(reading, DATE), &date);
  bool timed = clock_parse(cell(reading, START), &clock) && clock < DAY_MIN;
  if (!dated) fault(reading, DATE, "a date such as 2026-11-23");
  if (!timed) fault(reading, START, "a time such as 09:00");
  if (!dated || !timed) return;
  if (date < reader->monday || date >= reader->monday + N_DAYS) {
    char week[WEEK_TEXT];
    week_format(reader->monday, week);
    fault(reading, DATE, arena_printf(&reader->arena, "in the plan's week, %s", week));
    return;
  }
  row->start_min = (date - reader->monday) * DAY_MIN + clock;
  if (*cell(reading, DAY) && (!day_parse(cell(reading, DAY), &day) || day != date_weekday(date)))
    diagnose(reader->diagnostics, SEVERITY_WARNING, "sessions.csv", reading->record->line, "day",
             "'%s' is not the day of the date, which is a %s: the date counts",
             plan_shown(reader, cell(reading, DAY)), day_names[date_weekday(date)]);
}

/* The service gives the length; an end that says otherwise was meant to change something. */
static void check_end(struct reading *reading, const struct session_row *row) {
  struct plan_reader *reader = reading->reader;
  int clock, end = row->start_min + reader->clinic->services[row->service].minutes;
  if (!*cell(reading, END) || reader->clinic->services[row->service].minutes == 0) return;
  if (clock_parse(cell(reading, END), &clock) && clock % DAY_MIN == end % DAY_MIN) return;
  char right[CLOCK_TEXT];
  clock_format(end, true, right);
  diagnose(reader->diagnostics, SEVERITY_WARNING, "sessions.csv", reading->record->line, "end",
           "'%s' is not start plus the service's minutes, %s, which counts",
           plan_shown(reader, cell(reading, END)), right);
}

static void read_service(struct reading *reading, struct session_row *row) {
  struct plan_reader *reader = reading->reader;
  const char *id = cell(reading, SERVICE_ID);
  row->service = plan_find(reader, ID_SERVICE, id);
  if (row->service != NONE) return;
  if (reader->lenient)
    reader->n_unknown_services++;
  else
    unknown(reading, SERVICE_ID, ID_SERVICE, id);
}

static void read_place(struct reading *reading, struct session_row *row) {
  const char *id = cell(reading, ROOM_ID), *stranger;
  row->room = *id ? plan_find(reading->reader, ID_ROOM, id) : NONE;
  bool lenient = reading->reader->lenient;
  if (*id && row->room == NONE && !lenient) unknown(reading, ROOM_ID, ID_ROOM, id);
  if (plan_read_leaders(reading->reader, cell(reading, THERAPIST_IDS), &row->leaders, &stranger))
    return;
  row->leaders.n = 0;
  if (!lenient) unknown(reading, THERAPIST_IDS, ID_THERAPIST, stranger);
}

static void read_status(struct reading *reading, struct session_row *row) {
  const char *word = cell(reading, STATUS);
  row->fixed = text_equal_nocase(word, "fixed");
  if (*word && !row->fixed && !text_equal_nocase(word, "planned"))
    fault(reading, STATUS, "'planned' or 'fixed'");
}

int plan_find_session(const struct plan_reader *reader, const char *id) {
  struct session_entry *entry;
  HASH_FIND(hh, reader->by_id, id, strlen(id), entry);
  return entry ? entry->session : NONE;
}

static void add_to_index(struct plan_reader *reader, const char *id, int session) {
  struct session_entry *entry = arena_alloc(&reader->arena, 1, sizeof *entry);
  entry->session = session;
  HASH_ADD_KEYPTR(hh, reader->by_id, id, strlen(id), entry);
}

static void read_id(struct reading *reading, struct session_row *row) {
  struct plan_reader *reader = reading->reader;
  row->id = cell(reading, SESSION_ID);
  if (!*row->id) {
    fault(reading, SESSION_ID, "an id, which every session needs");
    return;
  }
  int first = plan_find_session(reader, row->id);
  if (first == NONE) return;
  reading->sound = false;
  diagnose(reader->diagnostics, SEVERITY_ERROR, "sessions.csv", row->line, "session_id",
           "'%s' is the id of another session too, in line %d", plan_shown(reader, row->id),
           reader->sessions[first].line);
}

static void read_row(struct plan_reader *reader, const struct csv_record *record) {
  struct reading reading = {reader, record, !record->broken};
  struct session_row *row = &reader->sessions[reader->n_sessions];
  *row = (struct session_row){.line = record->line, .service = NONE, .room = NONE};
  if (record->broken) return;
  read_id(&reading, row);
  read_start(&reading, row);
  read_service(&reading, row);
  read_place(&reading, row);
  read_status(&reading, row);
  row->sound = reading.sound && row->service != NONE;
  if (row->sound && !reader->lenient) check_end(&reading, row);
  /* A row with a fault keeps its id: attendances of it are no second fault. */
  if (!*row->id || plan_find_session(reader, row->id) != NONE) return;
  add_to_index(reader, row->id, reader->n_sessions++);
}

void plan_read_sessions(struct plan_reader *reader) {
  const struct csv_file *csv = &reader->sessions_csv;
  reader->sessions = arena_alloc(&reader->arena, (size_t)csv->n_records, sizeof *reader->sessions);
  for (int i = 0; i < csv->n_records; i++) read_row(reader, &csv->records[i]);
}

void plan_forget_sessions(struct plan_reader *reader) {
  HASH_CLEAR(hh, reader->by_id);
}
