/* Capacity: how many more fit, and what would let more in, where a look at the clinic tells it. */
#include <stdlib.h>
#include <string.h>

#include "../../src/live/clones.h"
#include "clinic_builder.h"
#include "iopsched/capacity.h"
#include "unit.h"

/* Two patients with an individual session each; T1 has five hours a week, on Monday and Tuesday. */
static struct clinic *small_clinic(void) {
  struct clinic *clinic = clinic_build(&(struct clinic_shape){"IND", "P1 P2", "T1", "C1 C2"});
  clinic_make_individual(clinic, "IND");
  for (int p = 0; p < 2; p++) {
    clinic_add_need(clinic, clinic->patients[p].id, "IND", 1, 1);
    clinic->patients[p].last_day = N_DAYS - 1;
    clinic->patients[p].available =
        windows_of(clinic, "Mon 09:00-15:00, Tue 09:00-15:00, Wed 09:00-15:00");
  }
  therapist_of(clinic, "T1")->max_minutes_week = 5 * 60;
  therapist_of(clinic, "T1")->available = windows_of(clinic, "Mon 09:00-15:00, Tue 09:00-15:00");
  therapist_of(clinic, "T1")->addable = (struct windows){0};
  return clinic;
}

static const struct capacity_options quick = {.work = 96, .seed = 1, .threads = 1};

static const struct resource *find(const struct capacity *capacity, enum resource_kind kind,
                                   int who) {
  for (int i = 0; i < capacity->n_resources; i++)
    if (capacity->resources[i].kind == kind && capacity->resources[i].who == who)
      return &capacity->resources[i];
  fail_msg("no such resource");
  return NULL;
}

static void test_staff_is_short(void **state) {
  (void)state;
  struct clinic *clinic = small_clinic();
  struct capacity capacity;
  assert_true(capacity_measure(&capacity, clinic, &quick));
  assert_int_equal(capacity.n_kinds, 1);
  const struct patient_kind *kind = &capacity.kinds[0];
  assert_int_equal(kind->n_members, 2);
  assert_int_equal(kind->n_more, 3);
  assert_false(kind_fits_at_least(kind));
  assert_int_equal(kind->n_together, 3);
  assert_int_equal(capacity.n_together, 3);
  assert_int_equal(capacity.n_waiting, 1);
  const struct resource *t1 = find(&capacity, RESOURCE_THERAPIST, 0);
  for (int half = 0; half < 4; half++) {
    assert_int_equal(t1->n_seated[half], 1);
    assert_true(t1->worth[half] ==
                98 * COST_ONE); /* a session short, less an hour of staff and a day */
  }
  for (int half = 4; half < N_HALF_DAYS; half++) assert_int_equal(t1->worth[half], NONE);
  for (int room = 0; room < 2; room++)
    for (int half = 0; half < 10; half++)
      assert_true(find(&capacity, RESOURCE_ROOM, room)->worth[half] == 0);
  assert_non_null(strstr(capacity.bottleneck, "the bottleneck is therapist T1"));
  assert_false(capacity.cut_short);
  capacity_release(&capacity);
  clinic_free(clinic);
}

static void test_rooms_are_short(void **state) {
  (void)state;
  struct clinic *clinic = small_clinic();
  therapist_of(clinic, "T1")->max_minutes_week = 40 * 60;
  clinic->rooms[0].available = windows_of(clinic, "Mon 09:00-10:00");
  clinic->rooms[1].available = windows_of(clinic, "Mon 10:00-11:00");
  struct capacity capacity;
  assert_true(capacity_measure(&capacity, clinic, &quick));
  assert_int_equal(capacity.kinds[0].n_more, 0);
  const struct resource *c1 = find(&capacity, RESOURCE_ROOM, 0);
  assert_int_equal(c1->n_seated[0], 1); /* Monday morning, T1 is free at eleven */
  assert_int_equal(c1->n_seated[2], 1);
  assert_int_equal(c1->n_seated[4], 0); /* no therapist on Wednesday */
  assert_true(find(&capacity, RESOURCE_THERAPIST, 0)->worth[2] == 0);
  assert_non_null(strstr(capacity.bottleneck, "the bottleneck is rooms like C1"));
  capacity_release(&capacity);
  clinic_free(clinic);
}

static void test_own_hours_are_short(void **state) {
  (void)state;
  struct clinic *clinic = small_clinic();
  for (int p = 0; p < 2; p++) clinic->patients[p].available = windows_of(clinic, "Mon 09:00-10:00");
  struct capacity capacity;
  assert_true(capacity_measure(&capacity, clinic, &quick));
  assert_true(capacity.care > 0); /* one of the two waits already */
  assert_int_equal(capacity.kinds[0].n_more, 0);
  capacity_release(&capacity);
  clinic_free(clinic);
}

static void test_kinds(void **state) {
  (void)state;
  struct clinic *clinic =
      clinic_build(&(struct clinic_shape){"IND", "P1 P2 P3 P4 P5 P6 P7", "T1", "C1"});
  for (int p = 0; p < 7; p++) clinic->patients[p].last_day = N_DAYS - 1;
  patient_of(clinic, "P2")->available = windows_of(clinic, "Mon 08:00-12:00");
  patient_of(clinic, "P3")->available = windows_of(clinic, "Tue 08:00-11:00");
  patient_of(clinic, "P4")->available = windows_of(clinic, "Mon 17:00-21:00");
  patient_of(clinic, "P5")->telehealth = TELEHEALTH_ONLY;
  patient_of(clinic, "P6")->min_minutes = 120;
  patient_of(clinic, "P7")->last_day = 2; /* leaves within the week */
  struct capacity capacity;
  assert_true(capacity_measure(&capacity, clinic, &quick));
  static const enum track tracks[] = {TRACK_MORNING, TRACK_ANY_TIME, TRACK_EVENING, TRACK_ONLINE,
                                      TRACK_ANY_TIME};
  assert_int_equal(capacity.n_kinds, COUNT(tracks));
  assert_int_equal(capacity.kinds[0].n_members, 2);
  for (size_t i = 0; i < COUNT(tracks); i++) assert_int_equal(capacity.kinds[i].track, tracks[i]);
  assert_int_equal(capacity.n_part_week, 1);
  capacity_release(&capacity);
  clinic_free(clinic);
}

static void test_clones(void **state) {
  (void)state;
  struct clinic *clinic = small_clinic();
  clinic_keep_apart(clinic, "P1", "P2");
  static const int like[] = {1, 0};
  struct clinic *more = with_patients_like(clinic, like, 2);
  assert_int_equal(more->n_patients, 4);
  assert_string_equal(more->patients[2].id, "P2+1");
  assert_int_equal(more->patients[3].apart_patients.n, 0);
  assert_int_equal(clinic_weekly_max(more, 3, 0), clinic_weekly_max(clinic, 0, 0));
  assert_true(clinic_eligible(more, 2, 0));
  bool *qualified = mem_new((size_t)clinic->max_leaders, sizeof *qualified);
  for (int role = 0; role < clinic->max_leaders; role++) qualified[role] = true;
  struct clinic *staffed = with_therapist(more, qualified, clinic->opening, 60);
  assert_true(clinic_qualified(staffed, 0, 0, 0) && clinic_qualified(staffed, 0, 0, 1));
  struct clinic *roomy = with_room_like(staffed, 0, clinic->opening);
  assert_true(clinic_room_fits(roomy, 0, 2));
  assert_int_equal(roomy->n_rooms, 3);
  free(qualified);
  clinic_free(roomy);
  clinic_free(staffed);
  clinic_free(more);
  clinic_free(clinic);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_staff_is_short),
                                     cmocka_unit_test(test_rooms_are_short),
                                     cmocka_unit_test(test_own_hours_are_short),
                                     cmocka_unit_test(test_kinds), cmocka_unit_test(test_clones)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
