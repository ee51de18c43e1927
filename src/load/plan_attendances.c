/* attendance.csv of a plan: who is in which session. What else it says is said by sessions.csv
 * too, which leads. */
#include <stdlib.h>
#include <string.h>

#include "iopsched/text.h"
#include "plan_rows.h"

enum column {
  PATIENT_ID,
  SESSION_ID,
  DATE,
  DAY,
  START,
  END,
  SERVICE_ID,
  THERAPIST_IDS,
  ROOM_ID,
  SERVICE,
  COUNTED_HOURS,
  N_COLUMNS
};

static const struct plan_column columns[N_COLUMNS] = {
    [PATIENT_ID] = {"patient_id", true, -1},
    [SESSION_ID] = {"session_id", true, -1},
    [DATE] = {"date", false, -1},
    [DAY] = {"day", false, -1},
    [START] = {"start", false, -1},
    [END] = {"end", false, -1},
    [SERVICE_ID] = {"service_id", false, -1},
    [THERAPIST_IDS] = {"therapist_ids", false, -1},
    [ROOM_ID] = {"room_id", false, -1},
    [SERVICE] = {"service", false, -1},
    [COUNTED_HOURS] = {"counted_hours", false, -1},
};

/* A row being read, and the session that it names. */
struct reading {
  struct plan_reader *reader;
  const struct plan_column *columns;
  const struct csv_record *record;
  const struct session_row *session;
};

static const char *cell(const struct reading *reading, enum column column) {
  return plan_cell(reading->record, &reading->columns[column]);
}

static bool same_clock(const char *word, int minute_of_week) {
  int clock;
  return clock_parse(word, &clock) && clock % DAY_MIN == minute_of_week % DAY_MIN;
}

static bool same_leaders(const struct reading *reading, const char *list) {
  struct ints leaders;
  const char *unknown;
  const struct ints *right = &reading->session->leaders;
  if (!plan_read_leaders(reading->reader, list, &leaders, &unknown) || leaders.n != right->n)
    return false;
  for (int i = 0; i < right->n; i++)
    if (!ints_contain_unsorted(&leaders, right->list[i])) return false;
  return true;
}

/* True if a cell that is not empty says what sessions.csv says. */
static bool agrees(const struct reading *reading, enum column column, const char *word) {
  const struct plan_reader *reader = reading->reader;
  const struct session_row *session = reading->session;
  int day, start = session->start_min;
  switch (column) {
    case DATE:
      return date_parse(word, &day) && day == reader->monday + day_of(start);
    case DAY:
      return day_parse(word, &day) && day == day_of(start);
    case START:
      return same_clock(word, start);
    case END:
      if (reader->clinic->services[session->service].minutes == 0) return true; /* not known */
      return same_clock(word, start + reader->clinic->services[session->service].minutes);
    case SERVICE_ID:
      return plan_find(reader, ID_SERVICE, word) == session->service;
    case THERAPIST_IDS:
      return same_leaders(reading, word);
    case ROOM_ID:
      return plan_find(reader, ID_ROOM, word) == session->room;
    default:
      return true;
  }
}

/* One warning a row, however many of its cells differ. */
static void warn_of_differences(const struct reading *reading) {
  struct text differing = {0};
  int n = 0;
  for (enum column column = DATE; column <= ROOM_ID; column++) {
    const char *word = cell(reading, column);
    if (!*word || agrees(reading, column, word)) continue;
    text_printf(&differing, "%s%s", n++ > 0 ? ", " : "", columns[column].name);
  }
  if (n > 0)
    diagnose(reading->reader->diagnostics, SEVERITY_WARNING, "attendance.csv",
             reading->record->line, NULL, "%s %s not what sessions.csv says of '%s', which counts",
             differing.data, n == 1 ? "is" : "are",
             plan_shown(reading->reader, reading->session->id));
  text_free(&differing);
}

/* NONE if there is no such patient, which is then reported or counted. */
static int read_patient(const struct reading *reading) {
  struct plan_reader *reader = reading->reader;
  const char *id = cell(reading, PATIENT_ID);
  int patient = plan_find(reader, ID_PATIENT, id);
  if (patient != NONE) return patient;
  if (reader->lenient)
    reader->n_unknown_patients++;
  else
    plan_report_unknown(reader, &reader->attendance_csv, reading->record->line, "patient_id",
                        ID_PATIENT, id);
  return NONE;
}

static int read_session(const struct reading *reading) {
  struct plan_reader *reader = reading->reader;
  const char *id = cell(reading, SESSION_ID);
  int session = plan_find_session(reader, id);
  if (session == NONE)
    diagnose(reader->diagnostics, SEVERITY_ERROR, "attendance.csv", reading->record->line,
             "session_id", "'%s' is no session of sessions.csv", plan_shown(reader, id));
  return session;
}

static void read_row(struct plan_reader *reader, const struct plan_column *own,
                     const struct csv_record *record) {
  struct reading reading = {reader, own, record, NULL};
  if (record->broken) return;
  int patient = read_patient(&reading), session = read_session(&reading);
  if (session != NONE) {
    reading.session = &reader->sessions[session];
    if (reading.session->sound && !reader->lenient) warn_of_differences(&reading);
  }
  if (patient == NONE || session == NONE) return;
  reader->attendances[reader->n_attendances++] =
      (struct attendance_row){record->line, patient, session};
}

static int compare_attendances(const void *a, const void *b) {
  const struct attendance_row *x = a, *y = b;
  int order = (x->session > y->session) - (x->session < y->session);
  if (order == 0) order = (x->patient > y->patient) - (x->patient < y->patient);
  return order ? order : (x->line > y->line) - (x->line < y->line);
}

/* Sorts by session and patient, and keeps each pair once. */
static void report_repeated(struct plan_reader *reader) {
  struct attendance_row *list = reader->attendances;
  int n = reader->n_attendances, kept = 0;
  if (n > 1) qsort(list, (size_t)n, sizeof *list, compare_attendances);
  for (int i = 0; i < n; i++) {
    const struct attendance_row *last = kept > 0 ? &list[kept - 1] : NULL;
    if (!last || last->session != list[i].session || last->patient != list[i].patient) {
      list[kept++] = list[i];
      continue;
    }
    diagnose(reader->diagnostics, SEVERITY_ERROR, "attendance.csv", list[i].line, NULL,
             "patient '%s' is in session '%s' already, by line %d",
             reader->clinic->patients[list[i].patient].id,
             plan_shown(reader, reader->sessions[list[i].session].id), last->line);
  }
  reader->n_attendances = kept;
}

enum load_status plan_read_attendances(struct plan_reader *reader) {
  struct plan_column own[N_COLUMNS];
  memcpy(own, columns, sizeof own);
  struct csv_file *csv = &reader->attendance_csv;
  enum load_status status = plan_open(reader, "attendance.csv", csv, own, N_COLUMNS);
  if (status != LOAD_OK) return status;
  reader->attendances =
      arena_alloc(&reader->arena, (size_t)csv->n_records, sizeof *reader->attendances);
  for (int i = 0; i < csv->n_records; i++) read_row(reader, own, &csv->records[i]);
  report_repeated(reader);
  return LOAD_OK;
}
