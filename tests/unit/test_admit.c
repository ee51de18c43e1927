/* Newcomers are seated; those who have a place keep it. */
#include <stdlib.h>

#include "clinic_builder.h"
#include "iopsched/admit.h"
#include "iopsched/outcome.h"
#include "judged.h"
#include "random_clinics.h"
#include "unit.h"

static struct previous *previous_with_schedule(const struct clinic *clinic, const char *sessions) {
  struct schedule *schedule = schedule_of(clinic, sessions);
  schedule_sort(schedule);
  struct previous *previous = previous_from_schedule(schedule, clinic->n_patients, clinic->monday);
  schedule_free(schedule);
  return previous;
}

/* What an admission gives; NULL where it is refused. The caller frees. */
static struct schedule *admit(const struct clinic *clinic, const struct previous *plan,
                              int max_moves, struct admission *admission) {
  struct diagnostics diagnostics = {0};
  struct plan_result result = {0};
  struct plan_options options = {.seed = 1, .threads = 1, .work = 120};
  if (admission_init(admission, clinic, plan, &diagnostics))
    admission_search(admission, options, max_moves, &diagnostics, &result);
  struct schedule *schedule = result.schedule;
  assert_int_equal(schedule == NULL, diagnostics.n_errors > 0);
  result.schedule = NULL;
  plan_result_release(&result);
  diagnostics_free(&diagnostics);
  return schedule;
}

static bool same_leaders(const struct session *a, const struct session *b) {
  bool same = a->leaders.n == b->leaders.n;
  for (int i = 0; i < a->leaders.n; i++)
    same &= ints_contain_unsorted(&b->leaders, a->leaders.list[i]);
  return same;
}

/* Every session of the plan stands, with its people and its room, and only newcomers besides. */
static bool stands(const struct session *was, const struct schedule *now, const bool *is_new) {
  for (int s = 0; s < now->n_sessions; s++) {
    const struct session *is = &now->sessions[s];
    if (is->service != was->service || is->start_min != was->start_min || is->room != was->room ||
        !same_leaders(is, was))
      continue;
    int n_old = 0;
    for (int i = 0; i < is->patients.n; i++) n_old += !is_new[is->patients.list[i]];
    bool all = n_old == was->patients.n;
    for (int i = 0; i < was->patients.n; i++)
      all &= ints_contain(&is->patients, was->patients.list[i]);
    if (all) return true;
  }
  return false;
}

static void test_random(void **state) {
  (void)state;
  int n_admitted = 0;
  for (uint64_t seed = 1; seed <= 10; seed++) {
    struct clinic *clinic = random_clinic(seed);
    bool *is_new = mem_new((size_t)clinic->n_patients, sizeof *is_new);
    int n_fixed = clinic->n_fixed;
    clinic->n_fixed = 0; /* rows of newcomers: below */
    for (int p = 0; p < clinic->n_patients; p += 3) {
      is_new[p] = clinic->patients[p].takes_part;
      clinic->patients[p].takes_part = false;
    }
    struct plan_options options = {.seed = seed, .threads = 1, .work = 60, .without_bound = true};
    struct plan_result before;
    plan_search(clinic, &options, &before);
    for (int p = 0; p < clinic->n_patients; p++) clinic->patients[p].takes_part |= is_new[p];
    struct previous *plan =
        previous_from_schedule(before.schedule, clinic->n_patients, clinic->monday);
    for (int p = 0; p < clinic->n_patients; p++) is_new[p] |= !plan->was_in[p];
    struct admission admission;
    struct schedule *after = admit(clinic, plan, 0, &admission);
    if (after) {
      assert_valid(clinic, after);
      for (int s = 0; s < before.schedule->n_sessions; s++)
        assert_true(stands(&before.schedule->sessions[s], after, is_new));
      assert_int_equal(admission.n_moved, 0);
      n_admitted += admission.n_new - admission.n_unseated;
    }
    clinic->n_fixed = n_fixed;
    schedule_free(after);
    admission_release(&admission);
    previous_free(plan);
    plan_result_release(&before);
    free(is_new);
    clinic_free(clinic);
  }
  assert_true(n_admitted >= 10);
}

/* ---- a small clinic: P9 is new ---- */

static struct clinic *small_clinic(void) {
  struct clinic *clinic = clinic_build(&(struct clinic_shape){"GRP IND", "P1 P2 P9", "T1", "G1"});
  clinic_make_individual(clinic, "IND");
  service_of(clinic, "GRP")->min_size = 2;
  for (int p = 0; p < 3; p++) {
    clinic->patients[p].available = windows_of(clinic, "Mon 09:00-11:00, Tue 09:00-11:00");
    clinic_set_weekly_max(clinic, clinic->patients[p].id, "IND", 1);
  }
  return clinic;
}

static void need_individual(struct clinic *clinic) {
  clinic_add_need(clinic, "P9", "IND", 1, 1);
  patient_of(clinic, "P9")->available = windows_of(clinic, "Mon 09:00-10:00");
}
static void need_group(struct clinic *clinic) {
  clinic_add_need(clinic, "P9", "GRP", 1, 5);
}
static void group_is_full(struct clinic *clinic) {
  need_group(clinic);
  service_of(clinic, "GRP")->max_size = 2;
}
static void p1_is_tied(struct clinic *clinic) {
  need_individual(clinic);
  clinic_add_need(clinic, "P1", "IND", 1, 1);
  patient_of(clinic, "P1")->available = windows_of(clinic, "Mon 09:00-10:00");
  patient_of(clinic, "P9")->priority_milli = 10000;
}
static void p1_is_needed_too(struct clinic *clinic) {
  need_individual(clinic);
  clinic_add_need(clinic, "P1", "IND", 1, 1);
}
static void others_need_hours(struct clinic *clinic) {
  need_individual(clinic);
  patient_of(clinic, "P1")->min_minutes = 60;
  patient_of(clinic, "P2")->min_minutes = 60;
}
static void fixed_for_newcomer(struct clinic *clinic) {
  clinic_add_fixed(clinic, "IND Tue 10:00 - - P9", "2");
}
static void group_waits(struct clinic *clinic) {
  need_group(clinic);
  patient_of(clinic, "P9")->available = windows_of(clinic, "Mon 09:00-10:00");
}

static const struct {
  const char *name;
  void (*change)(struct clinic *clinic);
  const char *plan;
  int max_moves, unseated, moved; /* unseated NONE: refused */
} cases[] = {
    {"joins a group", need_group, "GRP Mon 09:00 G1 T1 P1,P2", 0, 0, 0},
    {"the group is full, and another would lack patients", group_is_full,
     "GRP Mon 09:00 G1 T1 P1,P2", 0, 1, 0},
    {"makes a group whole that lost one", group_waits, "GRP Mon 09:00 G1 T1 P1", 0, 0, 0},
    {"a group that is too small and stays so", need_individual,
     "GRP Tue 09:00 G1 T1 P1; IND Mon 10:00 G1 T1 P2", 0, NONE, 0},
    {"a plan that breaks a rule for good", need_group, "GRP Wed 09:00 G1 T1 P1,P2", 0, NONE, 0},
    {"a row that names the newcomer", fixed_for_newcomer, "IND Mon 09:00 G1 T1 P1", 0, 0, 0},
    {"the only leader is busy", need_individual, "IND Mon 09:00 G1 T1 P1", 0, 1, 0},
    {"one move makes room", p1_is_needed_too, "IND Mon 09:00 G1 T1 P1", 1, 0, 1},
    {"nobody is moved who has nowhere to go", p1_is_tied, "IND Mon 09:00 G1 T1 P1", 5, 1, 0},
    {"a group of two is not moved by one move", others_need_hours, "GRP Mon 09:00 G1 T1 P1,P2", 1,
     1, 0},
    {"a group of two is moved by two", others_need_hours, "GRP Mon 09:00 G1 T1 P1,P2", 2, 0, 2},
    {"nobody is new", NULL, "GRP Mon 09:00 G1 T1 P1,P2,P9", 0, 0, 0},
};

static void test_cases(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct clinic *clinic = small_clinic();
    if (cases[i].change) cases[i].change(clinic);
    struct previous *plan = previous_with_schedule(clinic, cases[i].plan);
    struct admission admission;
    struct schedule *schedule = admit(clinic, plan, cases[i].max_moves, &admission);
    if ((schedule == NULL) != (cases[i].unseated == NONE))
      fail_msg("%s: %s", cases[i].name, schedule ? "not refused" : "refused");
    if (schedule) {
      assert_valid(clinic, schedule);
      if (admission.n_unseated != cases[i].unseated || admission.n_moved != cases[i].moved)
        fail_msg("%s: %d unseated, %d moved", cases[i].name, admission.n_unseated,
                 admission.n_moved);
    }
    schedule_free(schedule);
    admission_release(&admission);
    previous_free(plan);
    clinic_free(clinic);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases), cmocka_unit_test(test_random)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
