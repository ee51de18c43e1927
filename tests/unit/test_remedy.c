/* Small edits of a clinic: joined, weighed, said, made, and as rows of its files. */
#include <stdlib.h>

#include "clinic_builder.h"
#include "iopsched/remedy.h"
#include "iopsched/text.h"
#include "unit.h"

static struct edit edit_of(enum edit_kind kind, int who) {
  return (struct edit){
      .kind = kind, .who = who, .service = NONE, .category = NONE, .credential = NONE};
}

static struct edit hours_of(enum edit_kind kind, int who, const char *start, const char *end) {
  struct edit edit = edit_of(kind, who);
  edit.window = (struct window){minute_of(start), minute_of(end)};
  return edit;
}

static struct edit limit_of(enum edit_kind kind, int who, int value) {
  struct edit edit = edit_of(kind, who);
  edit.value = value;
  return edit;
}

/* P1 and T1 on Monday from 9 to 12; credentials LCSW and TECH, which IND asks for. */
static struct clinic *small_clinic(void) {
  static const char *credentials[] = {"LCSW", "TECH"}, *features[] = {"sink", "sofa"};
  static int tech[] = {1}, sofa[] = {1};
  static struct ints role = {tech, 1};
  struct clinic *clinic = clinic_build(&(struct clinic_shape){"GRP IND", "P1 P2", "T1 T2", "R1"});
  clinic_make_individual(clinic, "IND");
  clinic->monday = 20787; /* 30 November 2026 */
  clinic->credentials = credentials;
  clinic->n_credentials = 2;
  clinic->features = features;
  clinic->n_features = 2;
  service_of(clinic, "IND")->roles = &role;
  service_of(clinic, "IND")->n_roles = 1;
  service_of(clinic, "IND")->room_features = (struct ints){sofa, 1};
  therapist_of(clinic, "T1")->name = "Ines Moreau";
  clinic_set_qualified(clinic, "IND", 0, "T1", false);
  clinic_set_room_fits(clinic, "IND", "R1", false);
  clinic_add_need(clinic, "P1", "IND", 2, 3);
  patient_of(clinic, "P1")->min_minutes = 600;
  patient_of(clinic, "P1")->available = windows_of(clinic, "Mon 09:00-12:00");
  therapist_of(clinic, "T1")->available = windows_of(clinic, "Mon 09:00-12:00");
  return clinic;
}

static void edits_of_the_same_are_joined(void **state) {
  (void)state;
  struct remedy remedy = {0};
  struct edit first = hours_of(EDIT_THERAPIST_HOURS, 0, "Mon 12:00", "Mon 13:00");
  struct edit touching = hours_of(EDIT_THERAPIST_HOURS, 0, "Mon 13:00", "Mon 14:00");
  struct edit apart = hours_of(EDIT_THERAPIST_HOURS, 0, "Tue 09:00", "Tue 10:00");
  struct edit seats = limit_of(EDIT_CAPACITY, 0, 13), more_seats = limit_of(EDIT_CAPACITY, 0, 14);
  struct edit other = limit_of(EDIT_MAX_SIZE, 1, 13);
  assert_true(remedy_add(&remedy, &seats) && remedy_add(&remedy, &first));
  assert_true(remedy_add(&remedy, &touching) && remedy_add(&remedy, &more_seats));
  assert_int_equal(remedy.n, 2);
  assert_int_equal(remedy.edits[0].window.end_min, minute_of("Mon 14:00"));
  assert_int_equal(remedy.edits[1].value, 14);
  assert_true(remedy_add(&remedy, &apart));
  assert_false(remedy_add(&remedy, &other));
  struct remedy part = {.edits = {first}, .n = 1}, less = {.edits = {seats}, .n = 1};
  struct remedy stranger = {.edits = {other}, .n = 1};
  assert_true(remedy_includes(&remedy, &part) && remedy_includes(&remedy, &less));
  assert_false(remedy_includes(&part, &remedy));
  assert_false(remedy_includes(&remedy, &stranger));
}

static void alike_is_the_same_at_another_time_of_that_half_of_the_day(void **state) {
  (void)state;
  struct remedy nine = {.edits = {hours_of(EDIT_PATIENT_HOURS, 0, "Mon 09:00", "Mon 10:00")},
                        .n = 1};
  struct remedy ten = {.edits = {hours_of(EDIT_PATIENT_HOURS, 0, "Mon 10:00", "Mon 11:00")},
                       .n = 1};
  struct remedy noon = {.edits = {hours_of(EDIT_PATIENT_HOURS, 0, "Mon 12:00", "Mon 13:00")},
                        .n = 1};
  struct remedy hers = {.edits = {hours_of(EDIT_PATIENT_HOURS, 1, "Mon 09:00", "Mon 10:00")},
                        .n = 1};
  assert_true(remedy_alike(&nine, &ten));
  assert_false(remedy_alike(&nine, &noon) || remedy_alike(&nine, &hers));
  assert_true(remedy_compare(&nine, &ten) < 0 && remedy_compare(&ten, &nine) > 0);
  assert_int_equal(remedy_compare(&nine, &nine), 0);
}

struct edit_case {
  struct edit edit;
  int effort;
  const char *words, *row; /* "file: column=value, ..."; keys end with '!' */
};

static char *row_text(const struct clinic *clinic, const struct edit *edit) {
  struct arena arena = {0};
  struct text text = {0};
  struct edit_row row = edit_as_row(clinic, edit, &arena);
  text_printf(&text, "%s:", row.file);
  for (int i = 0; i < row.n; i++)
    text_printf(&text, " %s=%s%s", row.cells[i].column, row.cells[i].value,
                i < row.n_keys ? "!" : "");
  arena_free(&arena);
  return text.data;
}

static void edits_are_weighed_said_and_written(void **state) {
  (void)state;
  struct clinic *clinic = small_clinic();
  struct edit credential = edit_of(EDIT_CREDENTIAL, 0), features = edit_of(EDIT_FEATURES, 0);
  struct edit sessions = limit_of(EDIT_MIN_SESSIONS, 0, 1);
  credential.credential = 1;
  features.service = 1;
  sessions.service = 1;
  const struct edit_case cases[] = {
      {hours_of(EDIT_PATIENT_HOURS, 0, "Mon 12:00", "Mon 13:00"), 10,
       "P1 available 1 hour more on Monday afternoon, 12:00-13:00",
       "exceptions.csv: kind=patient id=P1 date=2026-11-30 start=12:00 end=13:00 effect=on"},
      {hours_of(EDIT_THERAPIST_HOURS, 0, "Tue 19:00", "Tue 20:30"), 32,
       "1.5 hours more of Ines Moreau (T1) on Tuesday evening, 19:00-20:30",
       "exceptions.csv: kind=therapist id=T1 date=2026-12-01 start=19:00 end=20:30 effect=on"},
      {limit_of(EDIT_THERAPIST_WEEK, 0, 41 * 60), 10,
       "max_hours_week of Ines Moreau (T1) from 40 to 41",
       "therapists.csv: therapist_id=T1! max_hours_week=41"},
      {limit_of(EDIT_CAPACITY, 0, 13), 20, "capacity of R1 from 12 to 13",
       "rooms.csv: room_id=R1! capacity=13"},
      {limit_of(EDIT_PATIENT_MAX_HOURS, 0, 20 * 60 + 30), 10, "max_hours of P1 from 20 to 20.5",
       "patients.csv: patient_id=P1! max_hours=20.5"},
      {credential, 80, "the credential 'TECH' for Ines Moreau (T1)",
       "therapists.csv: therapist_id=T1! credentials=TECH"},
      {features, 40, "'sofa' for R1", "rooms.csv: room_id=R1! features=sofa"},
      {edit_of(EDIT_ROOM, 0), 100, "one more room like R1",
       "rooms.csv: room_id=NEW capacity=12 features="},
      {limit_of(EDIT_MIN_HOURS, 0, 540), 120, "1 hour less required of P1: min_hours 9",
       "patients.csv: patient_id=P1! min_hours=9"},
      {sessions, 120, "1 session of IND less required of P1: min_sessions 1",
       "requirements.csv: applies_to=P1! service=IND! min_sessions=1 max_sessions=3 "
       "every_weeks= first_week="},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct remedy remedy = {.edits = {cases[i].edit}, .n = 1};
    struct text words = {0};
    char *row = row_text(clinic, &cases[i].edit);
    remedy_add_words(&words, clinic, &remedy);
    assert_string_equal(words.data, cases[i].words);
    assert_string_equal(row, cases[i].row);
    assert_int_equal(remedy_effort(clinic, &remedy), cases[i].effort);
    text_free(&words);
    free(row);
  }
  clinic_free(clinic);
}

/* Who is here for three of five days owes three fifths, in quarter hours. */
static void the_files_hold_the_minimum_of_a_whole_week(void **state) {
  (void)state;
  struct clinic *clinic = small_clinic();
  struct edit edit = limit_of(EDIT_MIN_HOURS, 0, 300);
  for (int day = 0; day < 5; day++) clinic->operates[day] = true;
  patient_of(clinic, "P1")->first_day = 2;
  char *row = row_text(clinic, &edit);
  assert_string_equal(row, "patients.csv: patient_id=P1! min_hours=8.5"); /* 5.1 hours: 5 */
  free(row);
  clinic_free(clinic);
}

static void edits_are_made_in_a_clinic_of_its_own(void **state) {
  (void)state;
  struct clinic *clinic = small_clinic();
  struct edit credential = edit_of(EDIT_CREDENTIAL, 0), features = edit_of(EDIT_FEATURES, 0);
  struct edit sessions = limit_of(EDIT_MIN_SESSIONS, 0, 1);
  struct edit hours = hours_of(EDIT_THERAPIST_HOURS, 0, "Mon 12:00", "Mon 13:00");
  credential.credential = features.service = sessions.service = 1;
  struct remedy words = {.edits = {features, credential, edit_of(EDIT_ROOM, 0)}, .n = 3};
  struct remedy limits = {.edits = {hours, limit_of(EDIT_CAPACITY, 0, 13), sessions}, .n = 3};
  struct clinic *with = remedy_apply(clinic, &words), *wider = remedy_apply(clinic, &limits);
  assert_true(clinic_qualified(with, 1, 0, 0) && clinic_room_fits(with, 1, 0));
  assert_int_equal(with->n_rooms, 2);
  assert_true(clinic_room_fits(with, 0, 1) && clinic_room_fits(with, 1, 1));
  assert_true(windows_cover(&wider->therapists[0].available, minute_of("Mon 09:00"),
                            minute_of("Mon 13:00")));
  assert_int_equal(wider->rooms[0].capacity, 13);
  assert_int_equal(wider->patients[0].needs[0].min_sessions, 1);
  clinic_free(with);
  clinic_free(wider);
  assert_false(clinic_qualified(clinic, 1, 0, 0) || clinic_room_fits(clinic, 1, 0));
  assert_int_equal(clinic->rooms[0].capacity, 12);
  assert_int_equal(clinic->patients[0].needs[0].min_sessions, 2);
  clinic_free(clinic);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(edits_of_the_same_are_joined),
      cmocka_unit_test(alike_is_the_same_at_another_time_of_that_half_of_the_day),
      cmocka_unit_test(edits_are_weighed_said_and_written),
      cmocka_unit_test(the_files_hold_the_minimum_of_a_whole_week),
      cmocka_unit_test(edits_are_made_in_a_clinic_of_its_own),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
