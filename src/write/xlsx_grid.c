/* The sheets By room and By therapist: sessions as blocks in time. */
#include <stdlib.h>
#include <string.h>

#include "iopsched/roster.h"
#include "iopsched/text.h"
#include "xlsx_week.h"

/* One column of a grid: whose it is, and their sessions by start. */
struct column {
  const char *heading;
  struct ints sessions;
};

struct grid {
  const struct report *report;
  const struct clinic *clinic;
  struct xlsx_sheet *sheet;
  enum view view;
  int open_min, close_min; /* minutes of the day, on the grid */
  int first_row[N_DAYS];   /* -1: the day is not shown */
};

enum { DAY_COLUMN, TIME_COLUMN, FIRST_COLUMN, MOST_COLUMNS = 16000 };

static void set_hours(struct grid *grid) {
  const struct schedule *schedule = grid->report->schedule;
  bool shown[N_DAYS];
  int first = DAY_MIN, last = 0, slot = grid->clinic->slot_minutes, row = 1;
  memcpy(shown, grid->clinic->operates, sizeof shown);
  for (int i = 0; i < schedule->n_sessions; i++) {
    const struct session *session = &schedule->sessions[i];
    int start = session->start_min % DAY_MIN;
    int end = start + grid->clinic->services[session->service].minutes;
    shown[session_day(session)] = true;
    if (start < first) first = start;
    if (end > last) last = end;
  }
  if (last > DAY_MIN) last = DAY_MIN;
  grid->open_min = first < last ? first / slot * slot : 0;
  grid->close_min = first < last ? (last + slot - 1) / slot * slot : 0;
  for (int day = 0; day < N_DAYS; day++) {
    grid->first_row[day] = shown[day] ? row : -1;
    if (shown[day]) row += (grid->close_min - grid->open_min) / slot;
  }
}

static void add_axis(struct grid *grid) {
  int slot = grid->clinic->slot_minutes;
  xlsx_text(grid->sheet, 0, DAY_COLUMN, "date", XLSX_HEADING);
  xlsx_text(grid->sheet, 0, TIME_COLUMN, "start", XLSX_HEADING);
  xlsx_width(grid->sheet, DAY_COLUMN, 11);
  xlsx_width(grid->sheet, TIME_COLUMN, 7);
  for (int day = 0; day < N_DAYS; day++) {
    if (grid->first_row[day] < 0) continue;
    for (int minute = grid->open_min; minute < grid->close_min; minute += slot) {
      int row = grid->first_row[day] + (minute - grid->open_min) / slot;
      xlsx_date(grid->sheet, row, DAY_COLUMN, grid->clinic->monday + day);
      xlsx_time(grid->sheet, row, TIME_COLUMN, minute);
      xlsx_height(grid->sheet, row, 19);
    }
  }
  xlsx_freeze(grid->sheet, 1, FIRST_COLUMN);
}

/* "REL, Lia Hale, 8 of 12" */
static void describe(const struct grid *grid, const struct session *session, struct text *to) {
  const struct clinic *clinic = grid->clinic;
  const struct service *service = &clinic->services[session->service];
  enum profile profile = grid->report->profile;
  text_add(to, service->id);
  if (grid->view == VIEW_THERAPIST)
    text_printf(to, ", %s", session->room == NONE ? "online" : clinic->rooms[session->room].id);
  for (int i = 0; grid->view == VIEW_ROOM && i < session->leaders.n; i++) {
    const struct therapist *leader = &clinic->therapists[session->leaders.list[i]];
    text_printf(to, ", %s", leader->name ? leader->name : leader->id);
  }
  if (service->format == FORMAT_GROUP && profile_tells_seats(profile, grid->view))
    text_printf(to, ", %d of %d", session->patients.n, session_seats(clinic, session));
  if (service->format != FORMAT_GROUP && grid->view == VIEW_THERAPIST &&
      profile_tells_patients(profile, grid->view))
    for (int i = 0; i < session->patients.n; i++)
      text_printf(
          to, ", %s",
          patient_label(&clinic->patients[session->patients.list[i]], grid->report->with_names));
}

static int row_of(const struct grid *grid, int day, int minute_of_day) {
  return grid->first_row[day] + (minute_of_day - grid->open_min) / grid->clinic->slot_minutes;
}

/* Sessions that overlap, as edits by hand may leave them, share a cell. */
static void add_column(struct grid *grid, int at, const struct column *column) {
  xlsx_text(grid->sheet, 0, at, column->heading, XLSX_HEADING);
  xlsx_width(grid->sheet, at, 17);
  for (int i = 0; i < column->sessions.n;) {
    const struct session *session = &grid->report->schedule->sessions[column->sessions.list[i]];
    struct text text = {0};
    int day = session_day(session), hue = session->service % XLSX_HUES;
    int first = row_of(grid, day, session->start_min % DAY_MIN), last = first;
    do {
      int end = session->start_min % DAY_MIN + grid->clinic->services[session->service].minutes;
      int until = row_of(grid, day, (end > DAY_MIN ? DAY_MIN : end) - 1);
      if (until > last) last = until;
      if (text.length > 0) text_add(&text, "\n");
      describe(grid, session, &text);
      if (++i == column->sessions.n) break;
      session = &grid->report->schedule->sessions[column->sessions.list[i]];
    } while (session_day(session) == day &&
             row_of(grid, day, session->start_min % DAY_MIN) <= last);
    xlsx_tall_text(grid->sheet, first, last, at, text.data, (enum xlsx_style)(XLSX_BLOCK + hue));
    text_free(&text);
  }
}

static void begin(struct grid *grid, struct xlsx *book, const struct report *report,
                  const char *name) {
  grid->report = report;
  grid->clinic = report->clinic;
  grid->sheet = xlsx_sheet(book, name, "");
  set_hours(grid);
  add_axis(grid);
}

/* Sessions without a room, in as many columns as there are at one time; a column's sessions lie one
 * after the other. */
static void add_online(struct grid *grid, int at) {
  const struct schedule *schedule = grid->report->schedule;
  bool *done = mem_new((size_t)schedule->n_sessions, sizeof *done);
  int *list = mem_new((size_t)schedule->n_sessions, sizeof *list);
  for (int number = 1; at < MOST_COLUMNS; number++, at++) {
    struct column column = {.sessions = {list, 0}};
    int free_at = 0;
    for (int i = 0; i < schedule->n_sessions; i++) {
      const struct session *session = &schedule->sessions[i];
      if (session->room != NONE || done[i] || session->start_min < free_at) continue;
      done[i] = true;
      free_at = session_end(grid->clinic, session);
      list[column.sessions.n++] = i;
    }
    if (column.sessions.n == 0) break;
    struct text heading = {0};
    text_printf(&heading, "online %d", number);
    column.heading = heading.data;
    add_column(grid, at, &column);
    text_free(&heading);
  }
  free(list);
  free(done);
}

void xlsx_add_room_grid(struct xlsx *book, const struct report *report) {
  struct grid grid = {.view = VIEW_ROOM};
  struct roster roster;
  begin(&grid, book, report, "By room");
  roster_init(&roster, ROSTER_ROOMS, report->clinic, report->schedule);
  for (int room = 0; room < roster.n && room < MOST_COLUMNS; room++)
    add_column(&grid, FIRST_COLUMN + room,
               &(struct column){report->clinic->rooms[room].id, roster.of[room]});
  if (roster.n < MOST_COLUMNS) add_online(&grid, FIRST_COLUMN + roster.n);
  roster_release(&roster);
}

void xlsx_add_therapist_grid(struct xlsx *book, const struct report *report) {
  struct grid grid = {.view = VIEW_THERAPIST};
  struct roster roster;
  begin(&grid, book, report, "By therapist");
  roster_init(&roster, ROSTER_THERAPISTS, report->clinic, report->schedule);
  for (int t = 0; t < roster.n && t < MOST_COLUMNS; t++) {
    const struct therapist *therapist = &report->clinic->therapists[t];
    add_column(&grid, FIRST_COLUMN + t,
               &(struct column){therapist->name ? therapist->name : therapist->id, roster.of[t]});
  }
  roster_release(&roster);
}
