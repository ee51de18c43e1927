/* The week's integer program on clinics whose optimum is known: every rule and every term matters,
 * its written form says the same, its names are fit for every reader. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "clinic_builder.h"
#include "ilp_solve.h"
#include "iopsched/ilp_model.h"
#include "iopsched/verify.h"
#include "micro_clinics.h"
#include "unit.h"

/* Services S1 ... S3, patients P1 P2, therapists T1 T2, rooms R1 R2. Nobody needs anything, and
 * days cost nothing. */
static struct clinic *small_clinic(void) {
  struct clinic *clinic =
      clinic_build(&(struct clinic_shape){"S1 S2 S3", "P1 P2", "T1 T2", "R1 R2"});
  clinic->weight_milli[TERM_EXTRA_DAY] = 0;
  return clinic;
}

static void set_opening(struct clinic *clinic, const char *windows) {
  clinic->opening = windows_of(clinic, windows);
  for (int p = 0; p < clinic->n_patients; p++) clinic->patients[p].available = clinic->opening;
  for (int t = 0; t < clinic->n_therapists; t++) clinic->therapists[t].available = clinic->opening;
  for (int r = 0; r < clinic->n_rooms; r++) clinic->rooms[r].available = clinic->opening;
}

/* One is needed each, and open long enough for one at a time. */
static void two_needs(struct clinic *clinic, const char *windows) {
  set_opening(clinic, windows);
  clinic_add_need(clinic, "P1", "S1", 1, UNLIMITED);
  clinic_add_need(clinic, "P1", "S2", 1, UNLIMITED);
}

/* Both patients need S1, of which nine o'clock on Monday is the only start. */
static void two_patients(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  clinic_add_need(clinic, "P1", "S1", 1, UNLIMITED);
  clinic_add_need(clinic, "P2", "S1", 1, UNLIMITED);
}

static void start_at(struct clinic *clinic, const char *service, int hour) {
  struct service *it = service_of(clinic, service);
  it->starts = arena_alloc(&clinic->arena, 1, sizeof *it->starts);
  it->starts[0] = (struct start_rule){NONE, hour * 60};
  it->n_starts = 1;
}

static void h1_time(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-10:00");
}

/* Round the clock: S1 lasts beyond midnight, into S2. */
static void h1_midnight(struct clinic *clinic) {
  two_needs(clinic, "Mon 23:00-24:00");
  clinic->opening.list[0].end_min += 60;
  service_of(clinic, "S1")->minutes = 120;
  service_of(clinic, "S2")->starts = arena_alloc(&clinic->arena, 1, sizeof(struct start_rule));
  service_of(clinic, "S2")->starts[0] = (struct start_rule){1, 0};
  service_of(clinic, "S2")->n_starts = 1;
}

static void h2_one_leader(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-10:00");
  clinic->patients[0].n_needs = 0;
  clinic_add_need(clinic, "P1", "S1", 1, UNLIMITED);
  clinic_add_need(clinic, "P2", "S2", 1, UNLIMITED);
  therapist_of(clinic, "T2")->available.n = 0;
}

static void h2_notes(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-11:00");
  therapist_of(clinic, "T2")->available.n = 0;
  service_of(clinic, "S1")->notes_minutes = service_of(clinic, "S2")->notes_minutes = 30;
  clinic->therapists[0].available = windows_of(clinic, "Mon 09:00-11:30");
}

static void h2_day_hours(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-11:00");
  therapist_of(clinic, "T2")->available.n = 0;
  therapist_of(clinic, "T1")->max_minutes_day = 90;
}

static void h2_week_hours(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-10:00, Tue 09:00-10:00");
  therapist_of(clinic, "T2")->available.n = 0;
  therapist_of(clinic, "T1")->max_minutes_week = 90;
}

/* S1 takes both leaders, and only T1 could be its first. */
static void h2_roles(struct clinic *clinic) {
  h2_one_leader(clinic);
  therapist_of(clinic, "T2")->available = clinic->opening;
  clinic_set_leaders(clinic, "S1", 2);
  service_of(clinic, "S1")->roles_named = true;
  clinic_set_qualified(clinic, "S1", 0, "T2", false);
}

static void h3_one_room(struct clinic *clinic) {
  h2_one_leader(clinic);
  therapist_of(clinic, "T2")->available = clinic->opening;
  room_of(clinic, "R2")->available.n = 0;
}

static void h3_capacity(struct clinic *clinic) {
  two_patients(clinic);
  room_of(clinic, "R1")->capacity = room_of(clinic, "R2")->capacity = 1;
}

static void h4_least(struct clinic *clinic) {
  two_patients(clinic);
  clinic->patients[1].n_needs = 0;
  service_of(clinic, "S1")->min_size = 2;
  patient_of(clinic, "P2")->preferred = windows_of(clinic, "Mon 08:00-09:00");
}

static void h4_most_by_telehealth(struct clinic *clinic) {
  two_patients(clinic);
  clinic_make_telehealth(clinic, "S1");
  service_of(clinic, "S1")->max_size = 1;
}

static void h5_week(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-10:00, Tue 09:00-10:00");
  patient_of(clinic, "P1")->max_minutes = 90;
}

static void h5_day(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-11:00");
  clinic->day_max_minutes = 90;
}

static void h5_days(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-10:00, Tue 09:00-10:00");
  patient_of(clinic, "P1")->max_days = 1;
}

static void h6_visit(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-11:00");
  clinic->patients[0].n_needs = 1;
  clinic->visit_min_minutes = 90;
}

/* The visit is long enough by telehealth from home, at a travel time that permits it. */
static void h6_telehealth_counts(struct clinic *clinic) {
  h6_visit(clinic);
  clinic_make_telehealth(clinic, "S2");
  service_of(clinic, "S3")->sessions_max = 0;
}

static void h7_category(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-11:00");
  clinic_set_category(clinic, "S1", "skills");
  clinic_set_category(clinic, "S2", "skills");
  clinic_add_need(clinic, "P1", "category:skills", 0, 1);
}

static void h7_week(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00, Tue 09:00-10:00");
  clinic_add_need(clinic, "P1", "S1", 2, UNLIMITED);
  clinic_set_weekly_max(clinic, "P1", "S1", 1);
}

static void h8_closed(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00, Tue 09:00-10:00");
  service_of(clinic, "S1")->closed = true;
  service_of(clinic, "S1")->sessions_min = 2;
  patient_of(clinic, "P1")->available.n = 1;
  patient_of(clinic, "P2")->available = windows_of(clinic, "Tue 09:00-10:00");
}

static void h9_break(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-11:00");
  clinic->break_after_minutes = 90;
  clinic->break_minutes = 30;
}

/* Two patients, one after the other, with one leader. */
static void h9_leader_break(struct clinic *clinic) {
  h2_one_leader(clinic);
  set_opening(clinic, "Mon 09:00-11:00");
  therapist_of(clinic, "T2")->available.n = 0;
  clinic->break_after_minutes = 90;
  clinic->break_minutes = 30;
}

static void h9_travel(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-11:30");
  clinic_make_telehealth(clinic, "S2");
  clinic->travel_minutes = 60;
}

static void h10_patients(struct clinic *clinic) {
  two_patients(clinic);
  clinic_keep_apart(clinic, "P1", "P2");
}

/* Whoever one may not have, the other may: two sessions, told apart. */
static void h10_leaders(struct clinic *clinic) {
  two_patients(clinic);
  clinic_keep_apart(clinic, "P1", "T1");
  clinic_keep_apart(clinic, "P2", "T2");
}

static void h10_leaders_one_room(struct clinic *clinic) {
  h10_leaders(clinic);
  room_of(clinic, "R2")->available.n = 0;
}

static void h11_fixed(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  clinic_add_fixed(clinic, "S1 Mon 09:00 R2 T2 P1", "2");
}

/* Two sessions side by side, one with P1 and T2, the other in R1 with P2. */
static void h11_parallel(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  clinic_add_fixed(clinic, "S1 Mon 09:00 - T2 P1", "2");
  clinic_add_fixed(clinic, "S1 Mon 09:00 R1 - P2", "3");
}

static void h12_most(struct clinic *clinic) {
  two_patients(clinic);
  set_opening(clinic, "Mon 09:00-11:00");
  service_of(clinic, "S1")->max_size = 1;
  service_of(clinic, "S1")->sessions_max = 1;
}

static void hour_short(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  patient_of(clinic, "P1")->min_minutes = 75;
  patient_of(clinic, "P1")->priority_milli = 2500;
}

static void day_short(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  patient_of(clinic, "P1")->min_days = 2;
}

static void session_short(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  clinic_add_need(clinic, "P1", "S1", 2, UNLIMITED);
}

static void offer_short(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  service_of(clinic, "S1")->sessions_min = 3;
}

static void staff_hour(struct clinic *clinic) {
  session_short(clinic);
  clinic_set_leaders(clinic, "S1", 2);
}

/* S3 between the two costs less than two hours of waiting. */
static void idle_hour(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-13:00");
  start_at(clinic, "S1", 9);
  start_at(clinic, "S2", 12);
}

/* Whoever leads one after the other has an hour between; the patients have none. */
static void staff_idle_hour(struct clinic *clinic) {
  h2_one_leader(clinic);
  set_opening(clinic, "Mon 09:00-12:00");
  therapist_of(clinic, "T2")->available.n = 0;
  start_at(clinic, "S1", 9);
  start_at(clinic, "S2", 11);
  service_of(clinic, "S1")->notes_minutes = 30;
  clinic->weight_milli[TERM_STAFF_IDLE_HOUR] = 3000;
}

static void stranded(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  clinic_add_need(clinic, "P1", "S1", 1, UNLIMITED);
  clinic->payers[0] = (struct payer){.id = "MCO", .day_min_minutes = 90};
  clinic->n_payers = 1;
  patient_of(clinic, "P1")->payer = 0;
}

static void stranded_services(struct clinic *clinic) {
  stranded(clinic);
  clinic->payers[0] = (struct payer){.id = "MCO", .day_min_services = 2};
  set_opening(clinic, "Mon 09:00-11:00");
}

static void extra_day(struct clinic *clinic) {
  two_needs(clinic, "Mon 09:00-10:00, Tue 09:00-10:00");
  patient_of(clinic, "P1")->min_days = 1;
  clinic->weight_milli[TERM_EXTRA_DAY] = 1000;
}

/* One hour, one leader who is not the primary. */
static void not_primary(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  clinic_make_individual(clinic, "S1");
  clinic_add_need(clinic, "P1", "S1", 1, UNLIMITED);
  patient_of(clinic, "P1")->primary = 1;
  therapist_of(clinic, "T2")->available.n = 0;
}

static void not_preferred(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  clinic_add_need(clinic, "P1", "S1", 1, UNLIMITED);
  patient_of(clinic, "P1")->preferred = windows_of(clinic, "Mon 08:00-09:30");
}

static void change(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-10:00");
  clinic_add_need(clinic, "P1", "S1", 1, UNLIMITED);
}

/* A third hour costs less than falling below two. */
static void cushion(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-12:00");
  patient_of(clinic, "P1")->min_minutes = 120;
  clinic->cushion_sessions = 1;
  clinic->weight_milli[TERM_CUSHION] = 10000;
}

/* To be short already is cheaper than to have no cushion; the program must not pretend to be. */
static void cushion_above_hours(struct clinic *clinic) {
  set_opening(clinic, "Mon 09:00-11:00");
  patient_of(clinic, "P1")->min_minutes = 120;
  clinic->cushion_sessions = 1;
  clinic->weight_milli[TERM_CUSHION] = 10000;
  clinic->weight_milli[TERM_HOUR_SHORT] = 1500;
}

struct ilp_case {
  const char *name;
  void (*narrow)(struct clinic *clinic);
  const char *without; /* a rule, or a term's setting */
  double cost, cost_without;
  const char *previous;
};

static const struct ilp_case cases[] = {
    {"H1: two at once", h1_time, "H1", 101, 2, NULL},
    {"H1: beyond midnight", h1_midnight, "H1", 101, 3, NULL},
    {"H2: two at once", h2_one_leader, "H2", 101, 2, NULL},
    {"H2: notes", h2_notes, "H2", 101, 2, NULL},
    {"H2: hours of a day", h2_day_hours, "H2", 101, 2, NULL},
    {"H2: hours of the week", h2_week_hours, "H2", 101, 2, NULL},
    {"H2: roles", h2_roles, "H2", 101, 3, NULL},
    {"H3: one room", h3_one_room, "H3", 101, 2, NULL},
    {"H3: capacity", h3_capacity, "H3", 2, 1, NULL},
    {"H4: least size", h4_least, "H4", 2, 1, NULL},
    {"H4: most by telehealth", h4_most_by_telehealth, "H4", 2, 0, NULL},
    {"H5: hours of the week", h5_week, "H5", 101, 2, NULL},
    {"H5: hours of a day", h5_day, "H5", 101, 2, NULL},
    {"H5: days", h5_days, "H5", 101, 2, NULL},
    {"H6: a visit for one hour", h6_visit, "H6", 2, 1, NULL},
    {"H6: telehealth counts", h6_telehealth_counts, "H6", 2, 1, NULL},
    {"H7: of a category", h7_category, "H7", 101, 2, NULL},
    {"H7: in the week", h7_week, "H7", 101, 2, NULL},
    {"H8: all or none", h8_closed, "H8", 101, 2, NULL},
    {"H9: break", h9_break, "H9", 101, 2, NULL},
    {"H9: a leader's break", h9_leader_break, "H9", 101, 2, NULL},
    {"H9: travel", h9_travel, "H9", 101, 2, NULL},
    {"H10: patients", h10_patients, "H10", 2, 1, NULL},
    {"H10: leaders", h10_leaders, "H10", 2, 1, NULL},
    {"H10: leaders in one room", h10_leaders_one_room, "H10", 101, 1, NULL},
    {"H11: all named", h11_fixed, "H11", 1, 0, NULL},
    {"H11: side by side", h11_parallel, "H11", 2, 0, NULL},
    {"H12: most", h12_most, "H12", 101, 2, NULL},
    {"hours", hour_short, "weight_hour_short", 63.5, 0, NULL},
    {"days", day_short, "weight_day_short", 101, 0, NULL},
    {"sessions", session_short, "weight_session_short", 101, 0, NULL},
    {"offers", offer_short, "weight_offer_short", 102, 0, NULL},
    {"staff", staff_hour, "weight_staff_hour", 102, 100, NULL},
    {"idle", idle_hour, "weight_idle_hour", 5, 2, NULL},
    {"staff idle", staff_idle_hour, "weight_staff_idle_hour", 3.5, 2, NULL},
    {"stranded by hours", stranded, "weight_stranded_day", 21, 1, NULL},
    {"two services are paid", stranded_services, "weight_stranded_day", 2, 1, NULL},
    {"extra day", extra_day, "weight_extra_day", 3, 2, NULL},
    {"not primary", not_primary, "weight_not_primary", 4, 1, NULL},
    {"not preferred", not_preferred, "weight_not_preferred_hour", 1.5, 1, NULL},
    {"change", change, "weight_change", 3, 1, "S1 Tue 09:00 R1 T1 P1"},
    {"cushion", cushion, "weight_cushion", 3, 2, NULL},
    {"cushion above hours", cushion_above_hours, "weight_cushion", 3, 2, NULL},
};

static struct ilp *build_without(const struct clinic *clinic, const struct previous *previous,
                                 const char *left_out) {
  struct ilp *ilp = ilp_begin(clinic, previous);
  for (int i = 0; i < n_rules; i++)
    if (strcmp(rules[i]->id, left_out) != 0) rules[i]->rows(ilp);
  for (int term = 0; term < N_TERMS; term++)
    if (clinic->weight_milli[term] > 0 && strcmp(term_infos[term].setting, left_out) != 0)
      cost_terms[term]->rows(ilp);
  return ilp;
}

static void check_optimum(const char *name, const struct ilp *ilp, double cost) {
  struct ilp_answer answer = ilp_solve(ilp);
  if (!answer.feasible || answer.cost != llround(cost * (double)COST_ONE))
    fail_msg("%s: %s %.4f, not %.4f", name, answer.feasible ? "costs" : "infeasible",
             (double)answer.cost / (double)COST_ONE, cost);
  free(answer.values);
}

static void check_schedule(const char *name, const struct ilp *ilp) {
  struct ilp_answer answer = ilp_solve(ilp), written = ilp_solve_written(ilp);
  struct schedule *schedule = ilp_read_back(ilp, answer.values);
  struct breaches breaches = {0};
  if (!verify_rules(ilp->clinic, schedule, &breaches))
    fail_msg("%s: %s", name, breaches.list[0].text);
  assert_int_equal(verify_cost(ilp->clinic, schedule, ilp->previous).total, answer.cost);
  assert_int_equal(written.cost, answer.cost);
  breaches_free(&breaches);
  schedule_free(schedule);
  free(answer.values);
}

static void test_known_optima(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(cases); i++) {
    const struct ilp_case *it = &cases[i];
    struct clinic *clinic = small_clinic();
    it->narrow(clinic);
    struct previous *previous = it->previous ? previous_of(clinic, it->previous) : NULL;
    struct ilp *ilp = ilp_build(clinic, previous);
    struct ilp *without = build_without(clinic, previous, it->without);
    check_optimum(it->name, ilp, it->cost);
    check_optimum(it->name, without, it->cost_without);
    check_schedule(it->name, ilp);
    ilp_free(ilp);
    ilp_free(without);
    previous_free(previous);
    clinic_free(clinic);
  }
}

/* The written program says the same as the one in memory. */
static void test_written(void **state) {
  (void)state;
  for (int style = 0; style < N_MICRO_STYLES; style++)
    for (uint64_t seed = 1001; seed <= 1010; seed++) {
      struct micro micro = micro_clinic((enum micro_style)style, seed);
      struct ilp *ilp = ilp_build(micro.clinic, micro.previous);
      struct ilp_answer answer = ilp_solve(ilp), written = ilp_solve_written(ilp);
      assert_int_equal(answer.feasible, written.feasible);
      assert_int_equal(answer.cost, written.cost);
      free(answer.values);
      ilp_free(ilp);
      micro_release(&micro);
    }
}

/* Costs whose decimals do not end are written with enough of them. */
static void test_endless_decimals(void **state) {
  (void)state;
  struct clinic *clinic = small_clinic();
  session_short(clinic);
  clinic->slot_minutes = 10;
  service_of(clinic, "S1")->minutes = 50;
  clinic->weight_milli[TERM_STAFF_HOUR] = 1001;
  struct ilp *ilp = ilp_build(clinic, NULL);
  struct ilp_answer written = ilp_solve_written(ilp);
  assert_int_equal(written.cost, 100 * COST_ONE + INT64_C(1001) * 50 * 1000);
  ilp_free(ilp);
  clinic_free(clinic);
}

/* A clinic without patients, or where nothing can be, is a program too. */
static void test_empty(void **state) {
  (void)state;
  for (int nobody = 0; nobody < 2; nobody++) {
    struct clinic *clinic = small_clinic();
    set_opening(clinic, nobody ? "Mon 09:00-10:00" : "Mon 09:00-09:30");
    if (nobody) clinic->n_patients = 0;
    struct ilp *ilp = ilp_build(clinic, NULL);
    check_optimum("empty", ilp, 0);
    check_schedule("empty", ilp);
    ilp_free(ilp);
    clinic_free(clinic);
  }
}

/* Fixed sessions that cannot be leave no schedule, and the written program says so too. */
static void test_impossible(void **state) {
  static const char *const fixed[][2] = {{"S1 Tue 09:00 - - P1", NULL},
                                         {"S1 Mon 09:00 - T1 P1", "S1 Mon 09:00 - T2 P1"},
                                         {"S1 Mon 09:00 R1 T1 P1", "S2 Mon 09:00 R1 T2 P2"},
                                         {"S3 Mon 09:00 R1 - P1", "S3 Mon 09:00 R1 T1 P2"},
                                         {"S3 Mon 09:00 - T1 -", "S3 Mon 09:00 - T1 P2"}};
  (void)state;
  for (size_t i = 0; i < COUNT(fixed); i++) {
    struct clinic *clinic = small_clinic();
    set_opening(clinic, "Mon 09:00-10:00");
    clinic_make_individual(clinic, "S3");
    clinic_add_fixed(clinic, fixed[i][0], "2");
    if (fixed[i][1]) clinic_add_fixed(clinic, fixed[i][1], "3");
    struct ilp *ilp = ilp_build(clinic, NULL);
    assert_false(ilp_solve(ilp).feasible);
    assert_false(ilp_solve_written(ilp).feasible);
    ilp_free(ilp);
    clinic_free(clinic);
  }
}

/* The relaxation of programs that a weaker statement would leave loose. */
static void test_relaxations(void **state) {
  static const struct {
    const char *name;
    void (*narrow)(struct clinic *clinic);
    double least;
  } strong[] = {
      {"a patient needs a whole session", stranded_services, 2},
      {"one stretch a day", idle_hour, 5},
      {"a visit is whole", h6_visit, 2},
      {"hours in quarters", hour_short, 63.5},
  };
  (void)state;
  for (size_t i = 0; i < COUNT(strong); i++) {
    struct clinic *clinic = small_clinic();
    strong[i].narrow(clinic);
    struct ilp *ilp = ilp_build(clinic, NULL);
    if (ilp_relaxation(ilp) < strong[i].least - 1e-6)
      fail_msg("%s: %.4f", strong[i].name, ilp_relaxation(ilp));
    ilp_free(ilp);
    clinic_free(clinic);
  }
}

static int compare_names(const void *a, const void *b) {
  return strcasecmp(*(const char *const *)a, *(const char *const *)b);
}

static void check_names(const char **names, int n) {
  qsort(names, (size_t)n, sizeof *names, compare_names);
  for (int i = 0; i < n; i++) {
    assert_true(strlen(names[i]) <= ILP_NAME_MAX);
    assert_true(isalpha((unsigned char)names[i][0]) && tolower(names[i][0]) != 'e');
    assert_int_equal(strspn(names[i],
                            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                            "0123456789_.,()"),
                     strlen(names[i]));
    if (i > 0 && strcasecmp(names[i - 1], names[i]) == 0) fail_msg("twice: %s", names[i]);
  }
}

static void check_all_names(const struct ilp *ilp) {
  int most = ilp->n_columns > ilp->n_rows ? ilp->n_columns : ilp->n_rows;
  const char **names = calloc((size_t)most + 1, sizeof *names);
  for (int i = 0; i < ilp->n_columns; i++) names[i] = ilp->columns[i].name;
  check_names(names, ilp->n_columns);
  for (int i = 0; i < ilp->n_rows; i++) names[i] = ilp->rows[i].name;
  check_names(names, ilp->n_rows);
  free(names);
}

/* Ids that differ only where names do not, or late. */
static void test_names(void **state) {
  static const char *const ids[] = {
      "A-1", "A_1", "A_1.2", "a.very-long-id-that-goes-on-and-on-and-on-and-on-and-on-and-on-1",
      "a.very-long-id-that-goes-on-and-on-and-on-and-on-and-on-and-on-2"};
  (void)state;
  for (int style = 0; style < N_MICRO_STYLES; style++)
    for (uint64_t seed = 1; seed <= 60; seed++) {
      struct micro micro = micro_clinic((enum micro_style)style, seed);
      struct clinic *clinic = micro.clinic;
      for (int i = 0; i < clinic->n_services; i++) clinic->services[i].id = ids[4 - i];
      for (int i = 0; i < clinic->n_patients; i++) clinic->patients[i].id = ids[4 - i];
      for (int i = 0; i < clinic->n_therapists; i++) clinic->therapists[i].id = ids[i];
      for (int i = 0; i < clinic->n_rooms; i++) clinic->rooms[i].id = ids[4 - i];
      struct ilp *ilp = ilp_build(clinic, micro.previous);
      check_all_names(ilp);
      ilp_free(ilp);
      micro_release(&micro);
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_known_optima),
      cmocka_unit_test(test_written),
      cmocka_unit_test(test_endless_decimals),
      cmocka_unit_test(test_empty),
      cmocka_unit_test(test_impossible),
      cmocka_unit_test(test_relaxations),
      cmocka_unit_test(test_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
