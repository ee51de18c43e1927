/* The files of a plan, byte by byte. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clinic_builder.h"
#include "clinic_files.h"
#include "iopsched/load.h"
#include "iopsched/memory.h"
#include "iopsched/text.h"
#include "iopsched/verify.h"
#include "iopsched/write.h"
#include "unit.h"

/* A plan in memory and the folder that it is written to. */
struct written {
  struct clinic *clinic;
  struct schedule *schedule;
  struct previous *previous;
  struct outcome outcome;
  struct changes changes;
  struct cost cost;
  struct report report;
  char *folder;
};

static struct clinic *small_clinic(void) {
  struct clinic *clinic =
      clinic_build(&(struct clinic_shape){"SKL EDU UDS", "P1 P2 P3", "T1 T2", "G1 G2"});
  clinic->program_name = "Harbor, \"East\"";
  date_parse("2026-11-23", &clinic->monday);
  service_of(clinic, "SKL")->name = "Skills, \"daily\"";
  clinic_make_telehealth(clinic, "EDU");
  clinic_set_leaders(clinic, "EDU", 2);
  service_of(clinic, "EDU")->minutes = 90;
  clinic_make_individual(clinic, "UDS");
  service_of(clinic, "UDS")->minutes = 30;
  service_of(clinic, "UDS")->counts_hours = false;
  service_of(clinic, "EDU")->max_size = 4;
  therapist_of(clinic, "T1")->name = "Ada; Moss";
  room_of(clinic, "G1")->name = "Garden";
  room_of(clinic, "G1")->capacity = 5;
  patient_of(clinic, "P1")->name = "=SUM(A1)";
  patient_of(clinic, "P2")->name = "Bo\r\n\"Q\"";
  patient_of(clinic, "P1")->min_minutes = 135;
  patient_of(clinic, "P1")->max_minutes = 600;
  patient_of(clinic, "P3")->takes_part = false;
  patient_of(clinic, "P2")->priority_milli = 1500;
  clinic_add_need(clinic, "P2", "UDS", 1, 1);
  clinic_set_qualified(clinic, "UDS", 0, "T1", false);
  clinic_set_qualified(clinic, "UDS", 0, "T2", false);
  clinic->opening = windows_of(clinic, "Mon 08:00-21:00, Tue 08:00-24:00, Wed 08:00-11:00");
  for (int i = 0; i < clinic->n_patients; i++) clinic->patients[i].available = clinic->opening;
  for (int i = 0; i < clinic->n_therapists; i++) clinic->therapists[i].available = clinic->opening;
  return clinic;
}

/* Sessions are found by line number of the texts below, so their order is that of the schedule. */
static void prepare(struct written *written, const char *previous) {
  *written = (struct written){.clinic = small_clinic()};
  written->schedule = schedule_of(written->clinic,
                                  "SKL Mon 09:00 G1 T1 P1,P2; EDU Tue 22:30 - T2,T1 P2; "
                                  "SKL Wed 10:00 G2 T2 P1");
  schedule_sort(written->schedule);
  schedule_name_sessions(written->clinic, written->schedule);
  written->schedule->sessions[0].fixed = true;
  outcome_init(&written->outcome, written->clinic, written->schedule);
  if (previous) {
    written->previous = previous_of(written->clinic, previous);
    date_parse("2026-11-16", &written->previous->monday);
    changes_init(&written->changes, ROSTER_PATIENTS, written->clinic, written->schedule,
                 written->previous);
  }
  written->cost = verify_cost(written->clinic, written->schedule, written->previous);
  written->report = (struct report){.clinic = written->clinic,
                                    .schedule = written->schedule,
                                    .previous = written->previous,
                                    .changes = previous ? &written->changes : NULL,
                                    .outcome = &written->outcome,
                                    .cost = &written->cost,
                                    .has_bound = true,
                                    .bound = written->cost.total / 2,
                                    .milliseconds = 1500,
                                    .seed = 7,
                                    .revision = 3};
}

static void write_files(struct written *written) {
  written->folder = folder_from_texts((const file_text[]){{NULL, NULL}});
  struct folder *folder;
  assert_int_equal(folder_open(written->folder, plan_contents(), &folder), FOLDER_OK);
  write_plan(&written->report, NULL, 0, folder);
  assert_int_equal(folder_commit(folder), FOLDER_OK);
  folder_close(folder);
}

static void give_up(struct written *written) {
  folder_remove(written->folder);
  changes_release(&written->changes);
  outcome_release(&written->outcome);
  previous_free(written->previous);
  schedule_free(written->schedule);
  clinic_free(written->clinic);
}

/* The bytes of a file; the caller frees. NULL if there is none. */
static char *bytes_of(const struct written *written, const char *name) {
  struct text path = {0}, text = {0};
  text_printf(&path, "%s/%s", written->folder, name);
  FILE *file = fopen(path.data, "rb");
  text_free(&path);
  if (!file) return NULL;
  for (int c; (c = fgetc(file)) != EOF;) text_add_bytes(&text, &(char){(char)c}, 1);
  fclose(file);
  return text.data;
}

static void expect(const struct written *written, const char *name, const char *expected) {
  char *bytes = bytes_of(written, name);
  assert_non_null(bytes);
  assert_string_equal(bytes, expected);
  free(bytes);
}

static void csv_files(void **state) {
  (void)state;
  struct written written;
  prepare(&written, NULL);
  write_files(&written);
  expect(&written, "sessions.csv",
         "session_id,date,day,start,end,service_id,service,format,mode,therapist_ids,therapists,"
         "room_id,room,enrolled,capacity,status\r\n"
         "SKL-Mon-0900-G1,2026-11-23,Mon,09:00,10:00,SKL,\"Skills, \"\"daily\"\"\",group,onsite,T1,"
         "Ada; Moss,G1,Garden,2,5,fixed\r\n"
         "EDU-Tue-2230-T2,2026-11-24,Tue,22:30,24:00,EDU,EDU,group,telehealth,T2;T1,T2;Ada; Moss,"
         ",,1,4,planned\r\n"
         "SKL-Wed-1000-G2,2026-11-25,Wed,10:00,11:00,SKL,\"Skills, \"\"daily\"\"\",group,onsite,T2,"
         "T2,G2,G2,1,12,planned\r\n");
  expect(&written, "attendance.csv",
         "patient_id,session_id,date,day,start,end,service_id,service,therapist_ids,room_id,"
         "counted_hours\r\n"
         "P1,SKL-Mon-0900-G1,2026-11-23,Mon,09:00,10:00,SKL,\"Skills, \"\"daily\"\"\",T1,G1,1\r\n"
         "P1,SKL-Wed-1000-G2,2026-11-25,Wed,10:00,11:00,SKL,\"Skills, \"\"daily\"\"\",T2,G2,1\r\n"
         "P2,SKL-Mon-0900-G1,2026-11-23,Mon,09:00,10:00,SKL,\"Skills, \"\"daily\"\"\",T1,G1,1\r\n"
         "P2,EDU-Tue-2230-T2,2026-11-24,Tue,22:30,24:00,EDU,EDU,T2;T1,,1.5\r\n");
  expect(&written, "hours.csv",
         "patient_id,min_hours,max_hours,hours,min_days,max_days,days,idle_hours,status,"
         "hours_if_missed,fragile\r\n"
         "P1,2.25,10,2,0,5,2,0,short,,\r\n"
         "P2,0,20,2.5,0,5,2,0,met,,\r\n");
  expect(
      &written, "unmet.csv",
      "patient_id,need,required,planned,short,reason\r\n"
      "P1,hours,2.25,2,0.25,'SKL' would be possible at Tue 08:00: a longer search may find it\r\n"
      "P2,session:UDS,1,0,1,nobody is qualified to lead 'UDS'\r\n");
  assert_null(bytes_of(&written, "changes.csv"));
  give_up(&written);
}

static void names_and_byte_order_mark(void **state) {
  (void)state;
  struct written written;
  prepare(&written, NULL);
  written.report.with_names = written.report.with_bom = true;
  write_files(&written);
  expect(&written, "hours.csv",
         "\xEF\xBB\xBFpatient_id,patient_name,min_hours,max_hours,hours,min_days,max_days,days,"
         "idle_hours,status,hours_if_missed,fragile\r\n"
         "P1,'=SUM(A1),2.25,10,2,0,5,2,0,short,,\r\n"
         "P2,\"Bo\r\n\"\"Q\"\"\",0,20,2.5,0,5,2,0,met,,\r\n");
  char *attendance = bytes_of(&written, "attendance.csv");
  assert_non_null(strstr(attendance, "patient_id,patient_name,session_id,"));
  assert_non_null(strstr(attendance, "\r\nP1,'=SUM(A1),SKL-Mon-0900-G1,"));
  free(attendance);
  give_up(&written);
}

/* One stays, one moves (the earliest to the earliest), one is new, two are gone. P3 takes no
 * part. */
static void changes_against_an_earlier_plan(void **state) {
  (void)state;
  struct written written;
  prepare(&written,
          "SKL Mon 09:00 G1 T1 P1,P3; SKL Thu 14:00 G1 T1 P1; SKL Fri 14:00 G1 T1 P1; "
          "UDS Mon 10:00 G1 T1 P2");
  write_files(&written);
  expect(&written, "changes.csv",
         "kind,patient_id,service_id,was_date,was_start,date,start,therapist_ids,room_id,"
         "was_therapist_ids,was_room_id\r\n"
         "moved,P1,SKL,2026-11-19,14:00,2026-11-25,10:00,T2,G2,T1,G1\r\n"
         "removed,P1,SKL,2026-11-20,14:00,,,,,T1,G1\r\n"
         "added,P2,SKL,,,2026-11-23,09:00,T1,G1,,\r\n"
         "removed,P2,UDS,2026-11-16,10:00,,,,,T1,G1\r\n"
         "added,P2,EDU,,,2026-11-24,22:30,T2;T1,,,\r\n");
  expect(&written, "staff_changes.csv",
         "kind,therapist_id,service_id,was_date,was_start,date,start,therapist_ids,room_id,"
         "was_therapist_ids,was_room_id\r\n"
         "removed,T1,UDS,2026-11-16,10:00,,,,,T1,G1\r\n"
         "added,T1,EDU,,,2026-11-24,22:30,T2;T1,,,\r\n"
         "removed,T1,SKL,2026-11-19,14:00,,,,,T1,G1\r\n"
         "removed,T1,SKL,2026-11-20,14:00,,,,,T1,G1\r\n"
         "added,T2,EDU,,,2026-11-24,22:30,T2;T1,,,\r\n"
         "added,T2,SKL,,,2026-11-25,10:00,T2,G2,,\r\n");
  give_up(&written);
}

/* One session that is gone and three that are new: one moved, two are added. */
static void one_moved_of_several(void **state) {
  (void)state;
  struct written written;
  prepare(&written, "SKL Fri 14:00 G1 T1 P1");
  write_files(&written);
  schedule_free(written.schedule);
  written.schedule = schedule_of(written.clinic,
                                 "SKL Mon 09:00 G1 T1 P1; SKL Tue 09:00 G1 T1 P1; "
                                 "SKL Wed 09:00 G1 T1 P1");
  struct changes changes;
  changes_init(&changes, ROSTER_PATIENTS, written.clinic, written.schedule, written.previous);
  assert_int_equal(changes.n, 3);
  assert_int_equal(changes.list[0].kind, CHANGE_MOVED);
  assert_int_equal(changes.list[1].kind, CHANGE_ADDED);
  assert_int_equal(changes.list[2].kind, CHANGE_ADDED);
  for (int i = 0; i < 3; i++) assert_int_equal(changes.list[i].session, i);
  changes_release(&changes);
  give_up(&written);
}

static void summary(void **state) {
  (void)state;
  struct written written;
  prepare(&written, NULL);
  write_files(&written);
  char *text = bytes_of(&written, "summary.json");
  /* 15 minutes and, at priority 1.5, a session short: 25 + 150; 5 therapist hours and 4
   * days beyond min_days. */
  static const char *const parts[] = {
      "\"program\": \"Harbor, \\\"East\\\"\"",
      "\"week\": \"2026-W48\"",
      "\"status\": \"feasible\"",
      "\"cost\": 184.0,",
      "\"bound\": 92.0,",
      "\"gap\": 0.5,",
      "\"quality_gap\": 10.222222222,",
      "\"care_met\": 0.888888889,",
      "\"weight_hour_short\": {\n      \"weight\": 100.0,\n      \"amount\": 0.25,\n"
      "      \"cost\": 25.0\n",
      "\"weight_session_short\": {\n      \"weight\": 100.0,\n      \"amount\": 1.5,\n"
      "      \"cost\": 150.0\n",
      "\"weight_staff_hour\": {\n      \"weight\": 1.0,\n      \"amount\": 5.0,\n",
      "\"patients\": 2,",
      "\"patients_met\": 1,",
      "\"sessions\": 3,",
      "\"fixed_sessions\": 1,",
      "\"attendances\": 4,",
      "\"unmet\": 2\n",
      "\"seconds\": 1.5,",
      "\"seed\": 7,",
      "\"version\": \"",
      "\"revision\": 3\n}\n",
  };
  for (size_t i = 0; i < COUNT(parts); i++)
    if (!strstr(text, parts[i])) fail_msg("no %s in\n%s", parts[i], text);
  free(text);
  assert_int_equal(next_revision(written.clinic->monday, (const char *[]){NULL, written.folder}, 2),
                   4);
  assert_int_equal(next_revision(written.clinic->monday + 7, (const char *[]){written.folder}, 1),
                   0);
  give_up(&written);
}

static void summary_without_bound_and_at_the_bound(void **state) {
  (void)state;
  static const struct {
    bool has_bound;
    const char *parts[4];
  } cases[] = {
      {false, {"\"bound\": null", "\"gap\": null", "\"quality_gap\": null", "\"feasible\""}},
      {true, {"\"bound\": 184.0", "\"gap\": 0.0", "\"quality_gap\": 0.0", "\"optimal\""}},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct written written;
    prepare(&written, NULL);
    written.report.has_bound = cases[i].has_bound;
    written.report.bound = written.cost.total;
    write_files(&written);
    char *text = bytes_of(&written, "summary.json");
    for (size_t part = 0; part < COUNT(cases[i].parts); part++)
      if (!strstr(text, cases[i].parts[part])) fail_msg("no %s", cases[i].parts[part]);
    free(text);
    give_up(&written);
  }
}

static void assert_same_ints(const struct ints *a, const struct ints *b) {
  assert_int_equal(a->n, b->n);
  for (int i = 0; i < a->n; i++) assert_int_equal(a->list[i], b->list[i]);
}

static void what_is_written_reads_back_the_same(void **state) {
  (void)state;
  for (int named = 0; named < 2; named++) {
    struct written written;
    prepare(&written, NULL);
    written.report.with_names = written.report.with_bom = named;
    write_files(&written);
    struct diagnostics diagnostics = {0};
    struct schedule *read = NULL;
    assert_int_equal(schedule_load(written.clinic, written.folder, &diagnostics, &read), LOAD_OK);
    assert_int_equal(diagnostics.n, 0);
    assert_int_equal(read->n_sessions, written.schedule->n_sessions);
    for (int i = 0; i < read->n_sessions; i++) {
      const struct session *a = &read->sessions[i], *b = &written.schedule->sessions[i];
      assert_string_equal(a->id, b->id);
      assert_int_equal(a->service, b->service);
      assert_int_equal(a->start_min, b->start_min);
      assert_int_equal(a->room, b->room);
      assert_int_equal(a->fixed, b->fixed);
      assert_same_ints(&a->leaders, &b->leaders);
      assert_same_ints(&a->patients, &b->patients);
    }
    schedule_free(read);
    diagnostics_free(&diagnostics);
    give_up(&written);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(csv_files),
      cmocka_unit_test(names_and_byte_order_mark),
      cmocka_unit_test(one_moved_of_several),
      cmocka_unit_test(changes_against_an_earlier_plan),
      cmocka_unit_test(summary),
      cmocka_unit_test(what_is_written_reads_back_the_same),
      cmocka_unit_test(summary_without_bound_and_at_the_bound),
  };
  return cmocka_run_group_tests_name("write", tests, NULL, NULL);
}
