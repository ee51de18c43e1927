/* A plan's files read back: as written, as spreadsheets save them, and as people spoil them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clinic_builder.h"
#include "clinic_files.h"
#include "iopsched/load.h"
#include "iopsched/memory.h"
#include "iopsched/text.h"
#include "unit.h"

static struct clinic *small_clinic(void) {
  struct clinic *clinic =
      clinic_build(&(struct clinic_shape){"SKL EDU", "P1 P2 P3", "T1 T2", "G1 G2"});
  date_parse("2026-11-23", &clinic->monday);
  clinic_make_telehealth(clinic, "EDU");
  return clinic;
}

#define SESSIONS_HEADER                                                                    \
  "session_id,date,day,start,end,service_id,service,format,mode,therapist_ids,therapists," \
  "room_id,room,enrolled,capacity,status\n"
#define ATTENDANCE_HEADER                                                                      \
  "patient_id,session_id,date,day,start,end,service_id,service,therapist_ids,room_id,counted_" \
  "hours\n"

static const char sessions[] = SESSIONS_HEADER
    "SKL-Mon-0900-G1,2026-11-23,Mon,09:00,10:00,SKL,SKL,group,onsite,T1;T2,T1;T2,G1,G1,2,12,fixed\n"
    "EDU-Sun-2300-T2,2026-11-29,Sun,23:00,24:00,EDU,EDU,group,telehealth,T2,T2,,,1,12,planned\n";
static const char attendance[] = ATTENDANCE_HEADER
    "P1,SKL-Mon-0900-G1,2026-11-23,Mon,09:00,10:00,SKL,SKL,T1;T2,G1,1\n"
    "P3,SKL-Mon-0900-G1,2026-11-23,Mon,09:00,10:00,SKL,SKL,T1;T2,G1,1\n"
    "P2,EDU-Sun-2300-T2,2026-11-29,Sun,23:00,24:00,EDU,EDU,T2,,1\n";
static const char both[] =
    "SKL-Mon-0900-G1: SKL Mon 09:00 G1 T1,T2 P1,P3 fixed\n"
    "EDU-Sun-2300-T2: EDU Sun 23:00 - T2 P2\n";

static void add_list(struct text *text, const struct ints *list, const char *letter) {
  text_add(text, list->n ? " " : " -");
  for (int i = 0; i < list->n; i++)
    text_printf(text, "%s%s%d", i ? "," : "", letter, list->list[i] + 1);
}

/* A line a session: "ID: SKL Mon 09:00 G1 T1,T2 P1,P3 fixed". */
static void add_sessions(struct text *text, const struct clinic *clinic,
                         const struct schedule *schedule) {
  for (int i = 0; i < schedule->n_sessions; i++) {
    const struct session *session = &schedule->sessions[i];
    char clock[CLOCK_TEXT];
    clock_format(session->start_min, false, clock);
    text_printf(text, "%s: %s %s %s %s", session->id, clinic->services[session->service].id,
                day_names[day_of(session->start_min)], clock,
                session->room == NONE ? "-" : clinic->rooms[session->room].id);
    add_list(text, &session->leaders, "T");
    add_list(text, &session->patients, "P");
    text_add(text, session->fixed ? " fixed\n" : "\n");
  }
}

static void add_diagnostics(struct text *text, const struct diagnostics *diagnostics) {
  for (int i = 0; i < diagnostics->n; i++) {
    const struct diagnostic *found = &diagnostics->list[i];
    text_printf(text, "%s:%d:%s%s %s: %s\n", found->file ? found->file : "-", found->line,
                found->column ? " " : "", found->column ? found->column : "",
                found->severity == SEVERITY_ERROR ? "error" : "warning", found->text);
  }
}

/* What is read of the two files, as text: sessions, then diagnostics. The caller frees. NULL: the
 * file is absent. */
static char *read_back(const char *sessions_csv, const char *attendance_csv,
                       enum load_status expected) {
  struct clinic *clinic = small_clinic();
  char *folder = folder_from_texts((const file_text[]){{NULL, NULL}});
  if (sessions_csv) folder_write(folder, "sessions.csv", sessions_csv, strlen(sessions_csv));
  if (attendance_csv)
    folder_write(folder, "attendance.csv", attendance_csv, strlen(attendance_csv));
  struct diagnostics diagnostics = {0};
  struct schedule *schedule = NULL;
  struct text text = {0};
  text_add(&text, "");
  enum load_status status = schedule_load(clinic, folder, &diagnostics, &schedule);
  if (schedule) add_sessions(&text, clinic, schedule);
  add_diagnostics(&text, &diagnostics);
  if (status != expected) fail_msg("status %d, expected %d\n%s", status, expected, text.data);
  assert_int_equal(status == LOAD_OK, schedule != NULL);
  schedule_free(schedule);
  diagnostics_free(&diagnostics);
  folder_remove(folder);
  clinic_free(clinic);
  return text.data;
}

struct reading_case {
  const char *sessions, *attendance;
  const char *expected; /* sessions and diagnostics */
  enum load_status status;
};

static void run_cases(const struct reading_case *cases, size_t n) {
  for (size_t i = 0; i < n; i++) {
    char *found = read_back(cases[i].sessions, cases[i].attendance, cases[i].status);
    assert_string_equal(found, cases[i].expected);
    free(found);
  }
}

static void as_written_and_as_spreadsheets_save_it(void **state) {
  (void)state;
  static const struct reading_case cases[] = {
      {sessions, attendance, both, LOAD_OK},
      /* Semicolons, a byte order mark, CRLF, times and dates of a locale, other order of columns,
       * other case, a column of their own, rows reordered, names beside ids, empty lines. */
      {"\xEF\xBB\xBFstart;Date;DAY;session_id;service_id;x_note;therapist_ids;room_id;status;"
       "end\r\n"
       ";;;;;;;;;\r\n"
       "11:00:00 PM;29.11.2026;Sunday;EDU-Sun-2300-T2;EDU;ask;T2;;;00:00:00\r\n"
       "09:00:00 AM;11/23/2026;Monday;SKL-Mon-0900-G1;SKL;;\"T1;T2\";G1;FIXED;10:00:00\r\n",
       "\xEF\xBB\xBFsession_id;patient_id;patient_name;start;date\r\n"
       "SKL-Mon-0900-G1;P3;\"'=Cem;\";9:00;23.11.2026\r\n"
       "EDU-Sun-2300-T2;P2;Bea;11:00 PM;11/29/2026\r\n"
       "SKL-Mon-0900-G1;P1;Ada;09:00;2026-11-23\r\n",
       both, LOAD_OK},
      /* Ids in another case, any unique text for a session's, defused cells, tabs. */
      {"session_id\tdate\tstart\tservice_id\ttherapist_ids\troom_id\n"
       "'=moved group\t2026-11-23\t09:00\tskl\tt1|t2\tg1\n",
       "patient_id\tsession_id\np1\t'=moved group\n", "=moved group: SKL Mon 09:00 G1 T1,T2 P1\n",
       LOAD_OK},
      /* No sessions but a header is known by summary.json alone, which is not there. */
      {SESSIONS_HEADER, ATTENDANCE_HEADER,
       "sessions.csv:0: error: no session, and no summary.json tells the week\n", LOAD_FAULTY},
  };
  run_cases(cases, COUNT(cases));
}

#define SHORT_HEADER "session_id,date,start,service_id,therapist_ids,room_id,day,end\n"

static void sessions_lead(void **state) {
  (void)state;
  static const struct reading_case cases[] = {
      {SHORT_HEADER "A,2026-11-24,10:00,SKL,T1,G2,,\n",
       ATTENDANCE_HEADER "P1,A,2026-11-23,Mon,09:00,10:00,EDU,SKL,T1;T2,G1,1\n"
                         "P2,A,2026-11-24,Tue,10:00,11:00,SKL,SKL,T1,G2,1\n"
                         "P3,A,,,soon,,,,,,\n",
       "A: SKL Tue 10:00 G2 T1 P1,P2,P3\n"
       "attendance.csv:2: warning: date, day, start, end, service_id, therapist_ids, room_id are "
       "not what sessions.csv says of 'A', which counts\n"
       "attendance.csv:4: warning: start is not what sessions.csv says of 'A', which counts\n",
       LOAD_OK},
      {SHORT_HEADER "A,2026-11-24,10:00,SKL,T1,G2,Mon,12:00\n",
       "patient_id,session_id,room\nP1,A,\n",
       "A: SKL Tue 10:00 G2 T1 P1\n"
       "sessions.csv:2: day warning: 'Mon' is not the day of the date, which is a Tue: the date "
       "counts\n"
       "sessions.csv:2: end warning: '12:00' is not start plus the service's minutes, 11:00, which "
       "counts\n"
       "attendance.csv:1: warning: column 'room' is not one of a plan's and is not read\n",
       LOAD_OK},
  };
  run_cases(cases, COUNT(cases));
}

static void faults(void **state) {
  (void)state;
  static const struct reading_case cases[] = {
      {NULL, attendance, "sessions.csv:0: error: there is no such file in 'FOLDER'\n",
       LOAD_NO_INPUT},
      {sessions, NULL, "attendance.csv:0: error: there is no such file in 'FOLDER'\n",
       LOAD_NO_INPUT},
      {"session_id,date,begin,service_ids,therapist_ids,room_id\n", attendance,
       "sessions.csv:1: error: column 'start' is missing\n"
       "sessions.csv:1: error: column 'service_id' is missing: is it 'service_ids'?\n",
       LOAD_FAULTY},
      {"", attendance, "sessions.csv:0: error: the file is empty\n", LOAD_FAULTY},
      {SHORT_HEADER "A,2026-11-23,09:00,SKI,T9,G3,,\n", "patient_id,session_id\nPP1,A\nP1,B\n",
       "sessions.csv:2: service_id error: 'SKI' is no service of this clinic: did you mean 'SKL'?\n"
       "sessions.csv:2: room_id error: 'G3' is no room of this clinic: did you mean 'G1'?\n"
       "sessions.csv:2: therapist_ids error: 'T9' is no therapist of this clinic: did you mean "
       "'T1'?\n"
       "attendance.csv:2: patient_id error: 'PP1' is no patient of this clinic: did you mean "
       "'P1'?\n"
       "attendance.csv:3: session_id error: 'B' is no session of sessions.csv\n",
       LOAD_FAULTY},
      {SHORT_HEADER "A,2026-11-23,24:00,SKL,T1,G1,,\n"
                    "A,2026-11-23,9,SKL,T1,G1,,\n"
                    ",2026-11-31,09:00,SKL,T1,G1,,\n"
                    "B,2026-12-01,09:00,SKL,T1,G1,,\n",
       "patient_id,session_id\nP1,A\nP1,A\nP2,A\nP1,A\n",
       "sessions.csv:2: start error: '24:00' is not a time such as 09:00\n"
       "sessions.csv:3: session_id error: 'A' is the id of another session too, in line 2\n"
       "sessions.csv:3: start error: '9' is not a time such as 09:00\n"
       "sessions.csv:4: session_id error: '' is not an id, which every session needs\n"
       "sessions.csv:4: date error: '2026-11-31' is not a date such as 2026-11-23\n"
       "sessions.csv:5: date error: '2026-12-01' is not in the plan's week, 2026-W48\n"
       "attendance.csv:3: error: patient 'P1' is in session 'A' already, by line 2\n"
       "attendance.csv:5: error: patient 'P1' is in session 'A' already, by line 2\n",
       LOAD_FAULTY},
      {SHORT_HEADER "A,2026-11-30,09:00,SKL,T1,G1,,\n", attendance,
       "sessions.csv:0: error: the plan is of week 2026-W49\n", LOAD_FAULTY},
      {"session_id,date,start,service_id,therapist_ids,room_id,status\n"
       "A,2026-11-23,09:00,SKL,P1,T1,done\n",
       "patient_id,session_id\nT1,A\n",
       "sessions.csv:2: room_id error: 'T1' is no room of this clinic: did you mean 'G1'?\n"
       "sessions.csv:2: therapist_ids error: 'P1' is no therapist of this clinic: did you mean "
       "'T1'?\n"
       "sessions.csv:2: status error: 'done' is not 'planned' or 'fixed'\n"
       "attendance.csv:2: patient_id error: 'T1' is no patient of this clinic: did you mean "
       "'P1'?\n",
       LOAD_FAULTY},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    char *found = read_back(cases[i].sessions, cases[i].attendance, cases[i].status);
    char *path = strstr(found, "/tmp/");
    if (path) { /* the folder's name is another each time */
      size_t length = strcspn(path, "'");
      memmove(path + 6, path + length, strlen(path + length) + 1);
      memcpy(path, "FOLDER", 6);
    }
    assert_string_equal(found, cases[i].expected);
    free(found);
  }
}

static void weeks(void **state) {
  (void)state;
  static const struct {
    const char *sessions, *summary;
    const char *monday; /* NULL: none is found */
  } cases[] = {
      {sessions, NULL, "2026-11-23"},
      {sessions, "{\"week\": \"2026-W02\", \"revision\": 0}", "2026-11-23"},
      {SHORT_HEADER "A,2026-11-24,,,,,,\nB,2026-12-01,,,,,,\nC,2026-12-03,,,,,,\n", NULL,
       "2026-11-30"},
      {SESSIONS_HEADER, "{\"week\": \"2026-W02\", \"revision\": 0}", "2026-01-05"},
      {SESSIONS_HEADER, "{\"week\": \"2026-W02\"}", NULL},
      {SESSIONS_HEADER, "{\"week\": 2, \"revision\": 0}", NULL},
      {SESSIONS_HEADER, "[]", NULL},
      {SESSIONS_HEADER, "{\"week\": \"2026-W02\", \"rev", NULL},
      {SHORT_HEADER "A,soon,,,,,,\n", "{\"week\": \"2026-W02\", \"revision\": 0}", NULL},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    char *folder =
        folder_from_texts((const file_text[]){{"sessions.csv", cases[i].sessions}, {NULL, NULL}});
    if (cases[i].summary)
      folder_write(folder, "summary.json", cases[i].summary, strlen(cases[i].summary));
    struct diagnostics diagnostics = {0};
    int monday = 0, expected = 0;
    enum load_status status = schedule_load_week(folder, &diagnostics, &monday);
    assert_int_equal(status, cases[i].monday ? LOAD_OK : LOAD_FAULTY);
    assert_int_equal(diagnostics.n_errors > 0, !cases[i].monday);
    if (cases[i].monday) {
      date_parse(cases[i].monday, &expected);
      assert_int_equal(monday, expected);
    }
    diagnostics_free(&diagnostics);
    folder_remove(folder);
  }
}

/* An earlier plan may know people and services that are gone, and is of another week. */
static void previous_plans(void **state) {
  (void)state;
  struct clinic *clinic = small_clinic();
  char *folder = folder_from_texts((const file_text[]){
      {"sessions.csv", SHORT_HEADER "A,2026-11-16,09:00,SKL,T9,G9,,\n"
                                    "B,2026-11-20,10:00,OLD,T1,G1,,\n"
                                    "C,2026-11-17,10:00,SKL,T1,G1,,\n"},
      {"attendance.csv", "patient_id,session_id\nP3,C\nP3,A\nP8,A\nP2,B\nP9,B\n"},
      {NULL, NULL}});
  struct diagnostics diagnostics = {0};
  struct previous *previous = NULL;
  assert_int_equal(previous_load(clinic, folder, &diagnostics, &previous), LOAD_OK);
  char date[DATE_TEXT];
  date_format(previous->monday, date);
  assert_string_equal(date, "2026-11-16");
  assert_int_equal(previous->n, 2);
  assert_true(previous_has(previous, 2, 0, minute_of("Mon 09:00")));
  assert_true(previous_has(previous, 2, 0, minute_of("Tue 10:00")));
  assert_false(previous_has(previous, 2, 0, minute_of("Wed 10:00")));
  assert_false(previous->was_in[0]);
  assert_true(previous->was_in[1]);
  assert_true(previous->was_in[2]);
  assert_int_equal(diagnostics.n, 1);
  assert_int_equal(diagnostics.n_errors, 0);
  assert_non_null(strstr(diagnostics.list[0].text, "patients: 2, sessions of such services: 1"));
  previous_free(previous);
  diagnostics_free(&diagnostics);
  folder_remove(folder);
  clinic_free(clinic);
}

static void no_folder(void **state) {
  (void)state;
  struct diagnostics diagnostics = {0};
  int monday;
  assert_int_equal(schedule_load_week("/nonexistent/plan", &diagnostics, &monday), LOAD_NO_INPUT);
  assert_int_equal(diagnostics.n_errors, 1);
  diagnostics_free(&diagnostics);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(as_written_and_as_spreadsheets_save_it),
      cmocka_unit_test(sessions_lead),
      cmocka_unit_test(faults),
      cmocka_unit_test(weeks),
      cmocka_unit_test(previous_plans),
      cmocka_unit_test(no_folder),
  };
  return cmocka_run_group_tests_name("plan files", tests, NULL, NULL);
}
