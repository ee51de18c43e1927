/* A plan's files back to a schedule. */
#include <stdlib.h>
#include <sys/stat.h>

#include "iopsched/summary.h"
#include "plan_rows.h"

void plan_add_ids(struct plan_reader *reader) {
  const struct clinic *clinic = reader->clinic;
  struct ids *ids = &reader->ids;
  for (int i = 0; i < clinic->n_patients; i++)
    ids_add(ids, &(struct id){.text = clinic->patients[i].id, .kind = ID_PATIENT, .index = i});
  for (int i = 0; i < clinic->n_therapists; i++)
    ids_add(ids, &(struct id){.text = clinic->therapists[i].id, .kind = ID_THERAPIST, .index = i});
  for (int i = 0; i < clinic->n_rooms; i++)
    ids_add(ids, &(struct id){.text = clinic->rooms[i].id, .kind = ID_ROOM, .index = i});
  for (int i = 0; i < clinic->n_services; i++)
    ids_add(ids, &(struct id){.text = clinic->services[i].id, .kind = ID_SERVICE, .index = i});
}

void plan_reader_release(struct plan_reader *reader) {
  plan_forget_sessions(reader);
  ids_free(&reader->ids);
  csv_file_free(&reader->sessions_csv);
  csv_file_free(&reader->attendance_csv);
  arena_free(&reader->arena);
}

/* The folder must be there; its files are looked for one by one. */
static enum load_status look_for(const char *folder, struct diagnostics *diagnostics) {
  struct stat at;
  if (stat(folder, &at) == 0 && S_ISDIR(at.st_mode)) return LOAD_OK;
  diagnose(diagnostics, SEVERITY_ERROR, NULL, 0, NULL, "there is no folder '%s'", folder);
  return LOAD_NO_INPUT;
}

/* Opens sessions.csv and works out the week. */
static enum load_status open_plan(struct plan_reader *reader) {
  enum load_status status = look_for(reader->folder, reader->diagnostics);
  if (status == LOAD_OK) status = plan_open_sessions(reader);
  if (status != LOAD_OK || plan_find_week(reader, &reader->monday)) return status;
  struct summary summary;
  bool empty = reader->sessions_csv.n_records == 0;
  if (empty && summary_read(reader->folder, &summary) == SUMMARY_READ) {
    reader->monday = summary.monday;
    return LOAD_OK;
  }
  diagnose(reader->diagnostics, SEVERITY_ERROR, "sessions.csv", 0, NULL,
           empty ? "no session, and no summary.json tells the week" : "no row has a date");
  return LOAD_FAULTY;
}

static enum load_status read_plan(struct plan_reader *reader) {
  int n_errors = reader->diagnostics->n_errors;
  plan_add_ids(reader);
  plan_read_sessions(reader);
  enum load_status status = plan_read_attendances(reader);
  if (status == LOAD_OK && reader->diagnostics->n_errors > n_errors) status = LOAD_FAULTY;
  return status;
}

/* Attendances are sorted by session, then patient. Without the sessions that are not sound, which
 * an earlier plan may have. */
static struct schedule *make_schedule(const struct plan_reader *reader) {
  struct schedule *schedule = mem_new(1, sizeof *schedule);
  struct arena *arena = &schedule->arena;
  schedule->sessions = arena_alloc(arena, (size_t)reader->n_sessions, sizeof *schedule->sessions);
  int *patients = arena_alloc(arena, (size_t)reader->n_attendances, sizeof *patients);
  for (int i = 0; i < reader->n_attendances; i++) patients[i] = reader->attendances[i].patient;
  for (int s = 0, next = 0; s < reader->n_sessions; s++) {
    const struct session_row *row = &reader->sessions[s];
    int first = next;
    while (next < reader->n_attendances && reader->attendances[next].session == s) next++;
    if (!row->sound) continue;
    schedule->sessions[schedule->n_sessions++] = (struct session){
        .id = arena_strdup(arena, row->id),
        .service = row->service,
        .start_min = row->start_min,
        .room = row->room,
        .leaders = {arena_copy(arena, row->leaders.list, (size_t)row->leaders.n, sizeof(int)),
                    row->leaders.n},
        .patients = {patients + first, next - first},
        .fixed = row->fixed};
  }
  schedule_sort(schedule);
  return schedule;
}

enum load_status schedule_load(const struct clinic *clinic, const char *folder,
                               struct diagnostics *diagnostics, struct schedule **schedule) {
  struct plan_reader reader = {.clinic = clinic, .folder = folder, .diagnostics = diagnostics};
  enum load_status status = open_plan(&reader);
  if (status == LOAD_OK && reader.monday != clinic->monday) {
    char week[WEEK_TEXT];
    week_format(reader.monday, week);
    diagnose(diagnostics, SEVERITY_ERROR, "sessions.csv", 0, NULL, "the plan is of week %s", week);
    status = LOAD_FAULTY;
  }
  if (status == LOAD_OK) status = read_plan(&reader);
  if (status == LOAD_OK) *schedule = make_schedule(&reader);
  plan_reader_release(&reader);
  return status;
}

enum load_status schedule_load_week(const char *folder, struct diagnostics *diagnostics,
                                    int *monday) {
  struct plan_reader reader = {.folder = folder, .diagnostics = diagnostics};
  enum load_status status = open_plan(&reader);
  *monday = reader.monday;
  plan_reader_release(&reader);
  return status;
}

static struct previous *make_previous(const struct plan_reader *reader) {
  struct previous *previous = mem_new(1, sizeof *previous);
  struct arena *arena = &previous->arena;
  previous->monday = reader->monday;
  previous->n_left_out = reader->n_unknown_patients + reader->n_unknown_services;
  previous->was_in = arena_alloc(arena, (size_t)reader->clinic->n_patients, sizeof(bool));
  previous->attendances =
      arena_alloc(arena, (size_t)reader->n_attendances, sizeof *previous->attendances);
  for (int i = 0; i < reader->n_attendances; i++) {
    const struct session_row *session = &reader->sessions[reader->attendances[i].session];
    int patient = reader->attendances[i].patient;
    previous->was_in[patient] = true;
    if (session->sound)
      previous->attendances[previous->n++] =
          (struct attendance_key){patient, session->service, session->start_min};
  }
  if (previous->n > 1)
    qsort(previous->attendances, (size_t)previous->n, sizeof *previous->attendances,
          attendance_key_compare);
  previous->schedule = make_schedule(reader);
  return previous;
}

static void warn_of_unknown(const struct plan_reader *reader) {
  if (reader->n_unknown_patients + reader->n_unknown_services == 0) return;
  diagnose(reader->diagnostics, SEVERITY_WARNING, NULL, 0, NULL,
           "previous plan '%s': left out what this clinic does not have (attendances of such "
           "patients: %d, sessions of such services: %d)",
           reader->folder, reader->n_unknown_patients, reader->n_unknown_services);
}

enum load_status previous_load(const struct clinic *clinic, const char *folder,
                               struct diagnostics *diagnostics, struct previous **previous) {
  struct plan_reader reader = {
      .clinic = clinic, .folder = folder, .diagnostics = diagnostics, .lenient = true};
  enum load_status status = open_plan(&reader);
  if (status == LOAD_OK) status = read_plan(&reader);
  if (status == LOAD_OK) {
    *previous = make_previous(&reader);
    warn_of_unknown(&reader);
  }
  plan_reader_release(&reader);
  return status;
}
