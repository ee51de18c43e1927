/* Repairs: what is past stays, what absences take away is gone, and little else changes. */
#include <string.h>

#include "../../src/live/repair_parts.h"
#include "../../src/live/repair_weights.h"
#include "clinic_builder.h"
#include "iopsched/changes.h"
#include "iopsched/random.h"
#include "iopsched/repair.h"
#include "iopsched/text.h"
#include "iopsched/verify.h"
#include "judged.h"
#include "micro_clinics.h"
#include "random_clinics.h"
#include "unit.h"

/* ---- weights ---- */

static void test_weights(void **state) {
  (void)state;
  static const struct {
    int64_t care, offer, quality; /* thousandths */
    int priority_milli;
  } cases[] = {
      {100000, 100000, 20000, 1000}, {1, 1, 1000000000000, 1000}, {1000000000, 1, 1000, 10000},
      {0, 0, 20000, 1000},           {100000, 100000, 0, 1000},   {0, 0, 0, 1000},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct clinic *clinic = clinic_build(&(struct clinic_shape){"REL", "P1", "T1", "R1"});
    clinic->patients[0].min_minutes = 600;
    clinic->patients[0].priority_milli = cases[i].priority_milli;
    clinic->services[0].sessions_min = 5;
    for (int term = 0; term < N_TERMS; term++)
      clinic->weight_milli[term] = term_infos[term].is_care ? cases[i].care : cases[i].quality;
    clinic->weight_milli[TERM_OFFER_SHORT] = cases[i].offer;
    int64_t change = set_repair_weights(clinic);
    assert_true(change > 0 && clinic->weight_milli[TERM_CHANGE] == change);
    for (int term = 0; term < N_TERMS; term++) {
      int64_t weight = clinic->weight_milli[term];
      if (term_infos[term].is_care)
        assert_true(weight == 0 || weight >= change);
      else if (term != TERM_CHANGE)
        assert_true(weight <= change && (weight > 0) == (cases[i].quality > 0));
    }
    int64_t units = clinic->weight_milli[TERM_HOUR_SHORT] * 600 * cases[i].priority_milli;
    assert_true(units < INT64_C(1) << 51);
    clinic_free(clinic);
  }
}

/* ---- whole repairs ---- */

struct repaired {
  struct previous *plan;
  struct repair repair;
  struct diagnostics diagnostics;
  struct plan_result result;
  bool begun;
};

static void do_repair(struct repaired *it, const struct clinic *clinic, const char *plan,
                      const struct absence *absences, int n, const char *from) {
  *it = (struct repaired){.plan = previous_of(clinic, plan)};
  schedule_name_sessions(clinic, it->plan->schedule);
  struct repair_wish wish = {clinic, it->plan, absences, n, from ? minute_of(from) : 0};
  it->begun = repair_init(&it->repair, &wish, &it->diagnostics);
  if (!it->begun) return;
  struct plan_options options = {.seed = 1, .threads = 1, .work = 400};
  repair_search(&it->repair, options, &it->diagnostics, &it->result);
  if (!it->result.schedule) return;
  assert_valid(it->repair.facts, it->result.schedule);
}

static void give_up(struct repaired *it) {
  plan_result_release(&it->result);
  repair_release(&it->repair);
  diagnostics_free(&it->diagnostics);
  previous_free(it->plan);
}

/* "REL Mon 09:00 R1 T1 P1,P2" for every session, joined by "; ". */
static void expect_plan(const struct repaired *it, const struct clinic *clinic,
                        const char *wanted) {
  struct text text = {0};
  const struct schedule *found = it->result.schedule;
  assert_non_null(found);
  for (int s = 0; s < found->n_sessions; s++) {
    const struct session *session = &found->sessions[s];
    char clock[CLOCK_TEXT];
    clock_format(session->start_min, false, clock);
    text_printf(&text, "%s%s %s %s %s ", s > 0 ? "; " : "", clinic->services[session->service].id,
                day_names[day_of(session->start_min)], clock,
                session->room == NONE ? "-" : clinic->rooms[session->room].id);
    for (int i = 0; i < session->leaders.n; i++)
      text_printf(&text, "%s%s", i > 0 ? "," : "", clinic->therapists[session->leaders.list[i]].id);
    for (int i = 0; i < session->patients.n; i++)
      text_printf(&text, "%s%s", i > 0 ? "," : " ", clinic->patients[session->patients.list[i]].id);
  }
  assert_string_equal(text.data ? text.data : "", wanted);
  text_free(&text);
}

static bool is_told(const struct repaired *it, const char *part) {
  for (int i = 0; i < it->diagnostics.n; i++)
    if (strstr(it->diagnostics.list[i].text, part)) return true;
  return false;
}

static struct absence gone(enum roster_kind kind, int who, const char *from, const char *to) {
  return (struct absence){kind, who, {minute_of(from), minute_of(to)}};
}

/* Two patients with an hour due; services of an hour for whoever likes. */
static struct clinic *small(void) {
  struct clinic *clinic =
      clinic_build(&(struct clinic_shape){"REL SKL", "P1 P2", "T1 T2", "R1 R2"});
  for (int p = 0; p < 2; p++) clinic->patients[p].min_minutes = 60;
  return clinic;
}

static void test_leader_and_room(void **state) {
  (void)state;
  struct clinic *clinic = small();
  struct repaired it;
  struct absence t1 = gone(ROSTER_THERAPISTS, 0, "Tue 09:30", "Tue 10:00");
  do_repair(&it, clinic, "REL Mon 09:00 R1 T1 P1; REL Tue 09:00 R1 T1 P2", &t1, 1, NULL);
  expect_plan(&it, clinic, "REL Mon 09:00 R1 T1 P1; REL Tue 09:00 R1 T2 P2");
  give_up(&it);
  struct absence r1 = gone(ROSTER_ROOMS, 0, "Tue 00:00", "Wed 00:00");
  do_repair(&it, clinic, "REL Mon 09:00 R1 T1 P1; REL Tue 09:00 R1 T1 P2", &r1, 1, NULL);
  expect_plan(&it, clinic, "REL Mon 09:00 R1 T1 P1; REL Tue 09:00 R2 T1 P2");
  give_up(&it);
  clinic_free(clinic);
}

/* Nothing is absent: more than is due, idle time and all stay as they are. */
static void test_nothing_moves(void **state) {
  (void)state;
  struct clinic *clinic = small();
  struct repaired it;
  const char *plan =
      "REL Mon 09:00 R1 T1 P1; SKL Mon 13:00 R2 T2 P1; REL Tue 09:00 R1 T1 P2; "
      "SKL Thu 09:00 R2 T1 P1,P2; REL Fri 20:00 R2 T2 P2";
  do_repair(&it, clinic, plan, NULL, 0, NULL);
  expect_plan(&it, clinic, plan);
  give_up(&it);
  clinic_free(clinic);
}

/* The hour that the patient misses is made good after the past, not in it. */
static void test_past_stays(void **state) {
  (void)state;
  struct clinic *clinic = small();
  clinic->patients[0].available = windows_of(clinic, "Mon 09:00-12:00, Wed 09:00-10:00");
  service_of(clinic, "SKL")->sessions_max = 0;
  struct repaired it;
  struct absence p1 = gone(ROSTER_PATIENTS, 0, "Mon 00:00", "Tue 00:00");
  do_repair(&it, clinic, "REL Mon 09:00 R1 T1 P1,P2", &p1, 1, "Tue 00:00");
  expect_plan(&it, clinic, "REL Mon 09:00 R1 T1 P2; REL Wed 09:00 R1 T1 P1");
  give_up(&it);
  p1 = gone(ROSTER_PATIENTS, 0, "Wed 00:00", "Thu 00:00");
  do_repair(&it, clinic, "REL Mon 09:00 R1 T1 P2; REL Wed 09:00 R1 T1 P1", &p1, 1, "Tue 00:00");
  expect_plan(&it, clinic, "REL Mon 09:00 R1 T1 P2"); /* Monday 10:00 is past */
  give_up(&it);
  clinic_free(clinic);
}

static void test_past_that_cannot_stand(void **state) {
  (void)state;
  struct clinic *clinic = small();
  struct repaired it;
  struct absence p1 = gone(ROSTER_PATIENTS, 0, "Mon 00:00", "Tue 00:00");
  service_of(clinic, "REL")->min_size = 2; /* a group of one is none */
  do_repair(&it, clinic, "REL Mon 09:00 R1 T1 P1,P2", &p1, 1, "Tue 00:00");
  assert_true(it.begun && is_told(&it, "does not count as held"));
  assert_true(it.result.schedule->n_sessions == 0 ||
              it.result.schedule->sessions[0].start_min >= minute_of("Tue 00:00"));
  give_up(&it);
  clinic->visit_min_minutes = 120; /* an hour alone is no visit */
  service_of(clinic, "REL")->min_size = 1;
  struct absence t1 = gone(ROSTER_THERAPISTS, 0, "Mon 10:00", "Mon 11:00");
  do_repair(&it, clinic, "REL Mon 09:00 R1 T2 P1; SKL Mon 10:00 R1 T1 P1", &t1, 1, "Tue 00:00");
  assert_true(it.begun && is_told(&it, "does not count as attended"));
  give_up(&it);
  /* Broken for another reason: said, and nothing done. */
  do_repair(&it, clinic, "REL Mon 09:00 R1 T2 P1; SKL Mon 09:30 R2 T2 P2", NULL, 0, "Tue 00:00");
  assert_false(it.begun);
  assert_true(is_told(&it, "the days before Tue break H2"));
  give_up(&it);
  clinic_free(clinic);
}

static void test_fixed_rows(void **state) {
  (void)state;
  struct clinic *clinic = small();
  clinic->patients[1].min_minutes = 0;
  clinic_add_fixed(clinic, "REL Mon 09:00 R1 T1 P1", "2");
  clinic_add_fixed(clinic, "REL Wed 09:00 R1 T1 P1", "3");
  clinic_add_fixed(clinic, "SKL Fri 09:00 R1 T1 P1", "4");
  const char *plan = "REL Mon 09:00 R1 T1 P1; REL Wed 09:00 R1 T1 P1; SKL Fri 09:00 R1 T1 P1";
  struct repaired it;
  struct absence t1 = gone(ROSTER_THERAPISTS, 0, "Mon 00:00", "Thu 00:00");
  do_repair(&it, clinic, plan, &t1, 1, "Tue 00:00");
  expect_plan(&it, clinic, "REL Wed 09:00 R1 T2 P1; SKL Fri 09:00 R1 T1 P1");
  assert_true(is_told(&it, "did not take place") && is_told(&it, "holds without 'T1'"));
  assert_true(it.result.schedule->sessions[0].fixed);
  give_up(&it);
  /* Nobody else may lead it: then it cannot take place. */
  clinic_set_qualified(clinic, "REL", 0, "T2", false);
  t1.when.start_min = minute_of("Tue 00:00");
  do_repair(&it, clinic, plan, &t1, 1, "Tue 00:00");
  expect_plan(&it, clinic, "REL Mon 09:00 R1 T1 P1; SKL Fri 09:00 R1 T1 P1");
  assert_true(is_told(&it, "cannot take place"));
  give_up(&it);
  clinic_free(clinic);
}

static void test_closed_group(void **state) {
  (void)state;
  struct clinic *clinic = small();
  service_of(clinic, "REL")->closed = true;
  struct repaired it;
  struct absence p1 = gone(ROSTER_PATIENTS, 0, "Wed 00:00", "Thu 00:00");
  do_repair(&it, clinic, "REL Mon 09:00 R1 T1 P1,P2; REL Wed 09:00 R1 T1 P1,P2", &p1, 1,
            "Tue 00:00");
  assert_non_null(it.result.schedule);
  assert_true(is_told(&it, "'P1' misses a session of 'REL', a closed group"));
  const struct schedule *found = it.result.schedule;
  for (int s = 0; s < found->n_sessions; s++)
    if (found->sessions[s].service == 0)
      assert_false(ints_contain(&found->sessions[s].patients, 0));
  give_up(&it);
  clinic_free(clinic);
}

/* Care comes before changes, changes before quality. */
static void test_order(void **state) {
  (void)state;
  struct clinic *clinic = small();
  struct repaired it;
  /* One seat is left on Tuesday when P1 misses Monday, and P2 could go anywhere. */
  clinic->patients[0].available = windows_of(clinic, "Mon 09:00-10:00, Tue 09:00-10:00");
  for (int k = 0; k < 2; k++)
    clinic->therapists[k].available =
        windows_of(clinic, k == 0 ? "Mon 09:00-10:00, Tue 09:00-10:00, Fri 09:00-10:00" : "");
  service_of(clinic, "REL")->max_size = 1;
  service_of(clinic, "SKL")->sessions_max = 0;
  struct absence p1 = gone(ROSTER_PATIENTS, 0, "Mon 00:00", "Tue 00:00");
  do_repair(&it, clinic, "REL Mon 09:00 R1 T1 P1; REL Tue 09:00 R1 T1 P2", &p1, 1, NULL);
  assert_int_equal(verify_cost(clinic, it.result.schedule, NULL).amount[TERM_HOUR_SHORT], 0);
  give_up(&it);
  /* Idle hours cost, but nobody is called for their sake. */
  struct clinic *idle = small();
  idle->weight_milli[TERM_IDLE_HOUR] = 100000;
  const char *plan = "REL Mon 09:00 R1 T1 P1; SKL Mon 19:00 R1 T1 P1,P2";
  do_repair(&it, idle, plan, NULL, 0, NULL);
  expect_plan(&it, idle, plan);
  give_up(&it);
  clinic_free(idle);
  clinic_free(clinic);
}

/* Side by side, patients are with those who led them; where they cannot, all stays. */
static void test_reunite(void **state) {
  (void)state;
  static const struct {
    const char *was, *now, *after;
  } cases[] = {
      {"REL Mon 09:00 R1 T1 P1; REL Mon 09:00 R2 T2 P2",
       "REL Mon 09:00 R1 T1 P2; REL Mon 09:00 R2 T2 P1",
       "REL Mon 09:00 R1 T1 P1; REL Mon 09:00 R2 T2 P2"},
      {"REL Mon 09:00 R1 T1 P1; REL Mon 10:00 R2 T2 P2",
       "REL Mon 09:00 R1 T1 P2; REL Mon 10:00 R2 T2 P1",
       "REL Mon 09:00 R1 T1 P2; REL Mon 10:00 R2 T2 P1"},
      {"REL Mon 09:00 R1 T1 P1", "REL Mon 09:00 R1 T1 P2; REL Mon 09:00 R2 T2 P1",
       "REL Mon 09:00 R1 T1 P1; REL Mon 09:00 R2 T2 P2"},
      {"REL Mon 09:00 R1 T1 P1; REL Mon 09:00 R2 T2 P2",
       "REL Mon 09:00 R1 T2 P2; REL Mon 09:00 R2 T1 P1",
       "REL Mon 09:00 R2 T2 P2; REL Mon 09:00 R1 T1 P1"},
      {"REL Mon 09:00 R1 T1 P1,P2", "REL Mon 09:00 R1 T1 P2; REL Mon 09:00 R2 T2 P1",
       "REL Mon 09:00 R1 T1 P2; REL Mon 09:00 R2 T2 P1"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct clinic *clinic = small();
    struct schedule *was = schedule_of(clinic, cases[i].was);
    struct repaired it = {.result.schedule = schedule_of(clinic, cases[i].now)};
    schedule_name_sessions(clinic, it.result.schedule);
    reunite(clinic, was, it.result.schedule);
    expect_plan(&it, clinic, cases[i].after);
    clinic_keep_apart(clinic, "P1", "T1");
    schedule_free(it.result.schedule);
    it.result.schedule = schedule_of(clinic, cases[i].now);
    schedule_name_sessions(clinic, it.result.schedule);
    reunite(clinic, was, it.result.schedule);
    expect_plan(&it, clinic, cases[i].now);
    schedule_free(it.result.schedule);
    schedule_free(was);
    clinic_free(clinic);
  }
}

/* ---- all features, at random ---- */

static struct absence any_absence(const struct clinic *clinic, uint64_t *random) {
  static const enum roster_kind kinds[] = {ROSTER_PATIENTS, ROSTER_THERAPISTS, ROSTER_ROOMS};
  struct absence absence = {.kind = kinds[random_below(random, clinic->n_rooms > 0 ? 3 : 2)]};
  int n = absence.kind == ROSTER_PATIENTS     ? clinic->n_patients
          : absence.kind == ROSTER_THERAPISTS ? clinic->n_therapists
                                              : clinic->n_rooms;
  absence.who = random_below(random, n);
  int day = random_below(random, 5) * DAY_MIN;
  bool whole = random_below(random, 2) == 0;
  absence.when = (struct window){day + (whole ? 0 : 600), day + (whole ? DAY_MIN : 780)};
  return absence;
}

static bool is_hit(const struct clinic *clinic, const struct session *session,
                   const struct absence *absences, int n) {
  for (int i = 0; i < n; i++) {
    const struct absence *absence = &absences[i];
    if (session->start_min >= absence->when.end_min ||
        session_end(clinic, session) <= absence->when.start_min)
      continue;
    if (absence->kind == ROSTER_ROOMS && session->room == absence->who) return true;
    const struct ints *list =
        absence->kind == ROSTER_PATIENTS ? &session->patients : &session->leaders;
    for (int j = 0; j < list->n && absence->kind != ROSTER_ROOMS; j++)
      if (list->list[j] == absence->who) return true;
  }
  return false;
}

/* A session of the past that stands just as it was. */
static bool stands(const struct session *was, const struct schedule *now) {
  for (int s = 0; s < now->n_sessions; s++) {
    const struct session *is = &now->sessions[s];
    if (is->service == was->service && is->start_min == was->start_min && is->room == was->room &&
        is->patients.n == was->patients.n &&
        memcmp(is->patients.list, was->patients.list, (size_t)was->patients.n * sizeof(int)) == 0)
      return true;
  }
  return false;
}

/* Of the plan: what was before `from` and nobody's absence touches is there again. */
static int n_past_gone(const struct clinic *clinic, const struct previous *plan,
                       const struct schedule *now, const struct absence *absences, int n,
                       int from_min) {
  int gone = 0;
  for (int s = 0; s < plan->schedule->n_sessions; s++) {
    const struct session *was = &plan->schedule->sessions[s];
    if (was->start_min < from_min && !is_hit(clinic, was, absences, n)) gone += !stands(was, now);
  }
  return gone;
}

static struct previous *previous_from(const struct clinic *clinic, struct schedule *schedule) {
  struct previous *previous = mem_new(1, sizeof *previous);
  size_t most = 0;
  for (int s = 0; s < schedule->n_sessions; s++) most += (size_t)schedule->sessions[s].patients.n;
  previous->schedule = schedule;
  previous->was_in = arena_alloc(&previous->arena, (size_t)clinic->n_patients, sizeof(bool));
  previous->attendances = arena_alloc(&previous->arena, most, sizeof *previous->attendances);
  for (int p = 0; p < clinic->n_patients; p++) /* by patient, service, start */
    for (int service = 0; service < clinic->n_services; service++)
      for (int s = 0; s < schedule->n_sessions; s++) {
        const struct session *session = &schedule->sessions[s];
        if (session->service != service || !ints_contain(&session->patients, p)) continue;
        previous->was_in[p] = true;
        previous->attendances[previous->n++] =
            (struct attendance_key){p, service, session->start_min};
      }
  return previous;
}

/* Whatever could be planned can be repaired. Returns 1 if there was a plan. */
static int repair_at_random(const struct clinic *clinic, uint64_t seed, int *n_past) {
  struct plan_options options = {.seed = 1, .threads = 1, .work = 96, .without_bound = true};
  struct plan_result planned;
  plan_search(clinic, &options, &planned);
  if (!planned.schedule) {
    plan_result_release(&planned);
    return 0;
  }
  struct repaired it = {.plan = previous_from(clinic, planned.schedule)};
  planned.schedule = NULL;
  plan_result_release(&planned);
  struct absence absences[2] = {any_absence(clinic, &seed), any_absence(clinic, &seed)};
  int from_min = random_below(&seed, 4) * DAY_MIN;
  struct repair_wish wish = {clinic, it.plan, absences, 2, from_min};
  it.begun = repair_init(&it.repair, &wish, &it.diagnostics);
  assert_true(it.begun);
  repair_search(&it.repair, options, &it.diagnostics, &it.result);
  assert_non_null(it.result.schedule);
  assert_valid(it.repair.facts, it.result.schedule);
  if (it.diagnostics.n == 0) /* nothing of the past had to give way */
    *n_past = n_past_gone(clinic, it.plan, it.result.schedule, absences, 2, from_min);
  give_up(&it);
  return 1;
}

static bool has_closed(const struct clinic *clinic) {
  for (int s = 0; s < clinic->n_services; s++)
    if (clinic->services[s].closed) return true;
  return false;
}

static void test_random_clinics(void **state) {
  (void)state;
  int n_done = 0, n_tried = 0;
  for (uint64_t seed = 1; seed <= 10; seed++) {
    int gone = 0;
    struct clinic *clinic = random_clinic(seed);
    n_done += repair_at_random(clinic, seed, &gone);
    n_tried++;
    if (!has_closed(clinic)) assert_int_equal(gone, 0);
    clinic_free(clinic);
    for (int style = 0; style < N_MICRO_STYLES; style++) {
      struct micro micro = micro_clinic((enum micro_style)style, seed);
      gone = 0;
      n_done += repair_at_random(micro.clinic, 100 * seed, &gone);
      n_tried++;
      if (!has_closed(micro.clinic)) assert_int_equal(gone, 0);
      micro_release(&micro);
    }
  }
  print_message("%d of %d repaired\n", n_done, n_tried);
  assert_true(n_done > n_tried * 3 / 4);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_random_clinics),
      cmocka_unit_test(test_reunite),
      cmocka_unit_test(test_weights),
      cmocka_unit_test(test_leader_and_room),
      cmocka_unit_test(test_nothing_moves),
      cmocka_unit_test(test_past_stays),
      cmocka_unit_test(test_past_that_cannot_stand),
      cmocka_unit_test(test_fixed_rows),
      cmocka_unit_test(test_closed_group),
      cmocka_unit_test(test_order),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
