/* One patient's week: the planner's answers against all weeks, tried one by one, and its idea of a
 * patient's rules and costs against the rules themselves. */
#include <stdlib.h>
#include <string.h>

#include "../../src/plan/week_join.h"
#include "iopsched/random.h"
#include "iopsched/verify.h"
#include "micro_clinics.h"
#include "random_clinics.h"
#include "unit.h"

enum { N_SEEDS = 60, MOST_WEEKS = 6000, MOST_SESSIONS = 24 };

struct bench { /* a patient of a clinic, at prices */
  struct micro micro;
  struct grid grid;
  struct lattices lattices;
  struct week_solver *solver;
  int64_t *price;            /* [n_offers] */
  int offers[256], n_offers; /* that the patient could take, by start */
  int patient;
};

static void set_up(struct bench *bench) {
  grid_init(&bench->grid, bench->micro.clinic, bench->micro.previous);
  lattices_init(&bench->lattices, &bench->grid, LATTICE_SEAT_NODES, NULL);
  bench->solver = week_solver_new(&bench->grid, &bench->lattices);
  bench->price = mem_new((size_t)bench->grid.n_offers, sizeof *bench->price);
}

static void bench_init(struct bench *bench, enum micro_style style, uint64_t seed, bool cushioned) {
  *bench = (struct bench){.micro = micro_clinic(style, seed)};
  if (!cushioned) bench->micro.clinic->weight_milli[TERM_CUSHION] = 0;
  set_up(bench);
}

static void bench_release(struct bench *bench) {
  week_solver_free(bench->solver);
  lattices_release(&bench->lattices);
  grid_release(&bench->grid);
  free(bench->price);
  micro_release(&bench->micro);
}

/* The offers of the patient's services at which the patient is there, by start. */
static void list_offers(struct bench *bench) {
  const struct grid *grid = &bench->grid;
  bench->n_offers = 0;
  for (int start = 0; start < grid->n_slots; start++)
    for (int i = 0; i < grid->n_offers; i++)
      if (grid->offers[i].start == start && bench->n_offers < 256 &&
          ints_contain(&grid->patient_services[bench->patient], grid->offers[i].service) &&
          grid_patient_there(grid, bench->patient, &grid->offers[i]))
        bench->offers[bench->n_offers++] = i;
}

/* Prices of either sign, some offers kept out, now and then one that is forced. */
static void draw_prices(struct bench *bench, uint64_t *random) {
  for (int i = 0; i < bench->grid.n_offers; i++) bench->price[i] = PRICE_NEVER;
  for (int i = 0; i < bench->n_offers; i++) {
    int64_t price = (random_below(random, 400) - 150) * (COST_ONE / 8);
    if (random_below(random, 8) > 0) bench->price[bench->offers[i]] = price;
  }
  if (bench->n_offers > 0 && random_below(random, 4) == 0)
    bench->price[bench->offers[random_below(random, bench->n_offers)]] = PRICE_FORCED;
}

/* Calls visit() for every set of offers no two of which overlap; false if there are too many. */
struct weeks {
  struct bench *bench;
  int chosen[MOST_SESSIONS], n, count;
  int64_t best; /* of the valid weeks at the bench's prices */
  void (*visit)(struct weeks *weeks);
};

static bool all_weeks(struct weeks *weeks, int next) {
  if (++weeks->count > MOST_WEEKS) return false;
  weeks->visit(weeks);
  const struct bench *bench = weeks->bench;
  for (int i = next; i < bench->n_offers && weeks->n < MOST_SESSIONS; i++) {
    const struct offer *offer = &bench->grid.offers[bench->offers[i]];
    if (weeks->n > 0 && bench->grid.offers[weeks->chosen[weeks->n - 1]].end > offer->start)
      continue;
    weeks->chosen[weeks->n++] = bench->offers[i];
    bool all = all_weeks(weeks, i + 1);
    weeks->n--;
    if (!all) return false;
  }
  return true;
}

/* What week_solve() calls the value: prices and all own costs but those that prices hold. */
static int64_t value_of(const struct bench *bench, const int *offers, int n) {
  int64_t value = week_own_cost(&bench->grid, bench->patient, offers, n);
  for (int i = 0; i < n; i++)
    value +=
        bench->price[offers[i]] - grid_attendance_cost(&bench->grid, bench->patient, offers[i]);
  return value;
}

static void visit_value(struct weeks *weeks) {
  const struct bench *bench = weeks->bench;
  for (int i = 0; i < weeks->n; i++)
    if (bench->price[weeks->chosen[i]] == PRICE_NEVER) return;
  if (!week_is_valid(&bench->grid, &bench->lattices, bench->patient, weeks->chosen, weeks->n))
    return;
  int64_t value = value_of(bench, weeks->chosen, weeks->n);
  if (value < weeks->best) weeks->best = value;
}

/* No service is held twice on a day of the bound's: then it bounds by the best week itself. */
static bool all_told_apart(const struct bench *bench) {
  const struct lattice *lattice = &bench->lattices.list[bench->lattices.of_patient[bench->patient]];
  return lattice->n_tracked == lattice->n_services && !lattice->partial;
}

/* Small weeks are proven before their days would be joined: joined from nothing known, they are the
 * same weeks. Returns whether there was anything to join. */
static bool check_join(struct bench *bench, const struct week *week) {
  struct week_solver *solver = bench->solver;
  if (solver->left_out) return false;
  solver->best = INT64_MAX / 4;
  for (int day = 0; day < N_DAYS; day++) solver->best_chosen[day] = NONE;
  int64_t least = week_join(solver, solver->multipliers[bench->patient].worth);
  assert_int_equal(least, week->lower);
  assert_int_equal(solver->best, week->value);
  return week->n > 0;
}

/* Tries the solver at some prices; *exact counts the weeks that were the best, *joined those whose
 * days were joined. */
static void check_prices(struct bench *bench, uint64_t *random, int *tried, int *exact,
                         int *joined) {
  const struct clinic *clinic = bench->micro.clinic;
  draw_prices(bench, random);
  struct weeks weeks = {.bench = bench, .best = INT64_MAX, .visit = visit_value};
  if (!all_weeks(&weeks, 0)) return;
  struct week week;
  week_solve(bench->solver, bench->patient, bench->price, WEEK_SEAT, &week);
  assert_true(week_is_valid(&bench->grid, &bench->lattices, bench->patient, week.offers, week.n));
  assert_int_equal(week.value, value_of(bench, week.offers, week.n));
  assert_true(week.value >= weeks.best);
  ++*tried;
  *exact += week.value == weeks.best;
  if (clinic->break_after_minutes == 0 || clinic->break_minutes == 0)
    assert_int_equal(week.value, weeks.best);
  week_solve(bench->solver, bench->patient, bench->price, WEEK_BOUND, &week);
  assert_true(week.lower <= weeks.best);
  if (all_told_apart(bench) && clinic->break_minutes == 0) assert_int_equal(week.lower, weeks.best);
  *joined += check_join(bench, &week);
}

static void test_best_week(void **state) {
  (void)state;
  uint64_t random = 1;
  int tried = 0, exact = 0, joined = 0;
  for (uint64_t seed = 1; seed <= N_SEEDS; seed++)
    for (int style = 0; style < N_MICRO_STYLES; style++) {
      struct bench bench;
      bench_init(&bench, (enum micro_style)style, seed, false);
      for (int p = 0; p < bench.micro.clinic->n_patients; p++) {
        if (!bench.micro.clinic->patients[p].takes_part) continue;
        bench.patient = p;
        list_offers(&bench);
        for (int i = 0; i < 3; i++) check_prices(&bench, &random, &tried, &exact, &joined);
      }
      bench_release(&bench);
    }
  assert_true(tried > 1000 && joined > tried / 4);
  if (exact < tried) print_message("%d of %d weeks are the best\n", exact, tried);
  assert_true(exact >= tried - tried / 50); /* breaks may cost a little */
}

/* ---- against whole days ---- */

static int n_patterns(const struct week_solver *solver) {
  int n = 0;
  for (int day = 0; day < N_DAYS; day++) n += solver->days[day].n;
  return n;
}

/* Prices as of places that some want and others do not. */
static void draw_small_prices(struct bench *bench, uint64_t *random) {
  for (int i = 0; i < bench->grid.n_offers; i++) bench->price[i] = PRICE_NEVER;
  for (int i = 0; i < bench->n_offers; i++)
    bench->price[bench->offers[i]] = random_below(random, 100) * (COST_ONE / 25);
}

/* Prices near what they were, as from step to step of a bound. */
static void drift_prices(struct bench *bench, uint64_t *random) {
  for (int i = 0; i < bench->n_offers; i++)
    if (bench->price[bench->offers[i]] < PRICE_NEVER)
      bench->price[bench->offers[i]] += (random_below(random, 400) - 200) * (COST_ONE / 800);
}

struct days_compared {
  int tried, proven;
  int64_t near, whole; /* patterns listed */
};

/* A solver that knows the patient works out only the days that matter; one that does not, all. */
static void compare_days(struct bench *bench, struct days_compared *compared) {
  struct week_solver *fresh = week_solver_new(&bench->grid, &bench->lattices);
  struct week near, whole;
  week_solve(bench->solver, bench->patient, bench->price, WEEK_BOUND, &near);
  week_solve(fresh, bench->patient, bench->price, WEEK_BOUND, &whole);
  compared->tried++;
  compared->near += n_patterns(bench->solver);
  compared->whole += n_patterns(fresh);
  assert_true(near.lower <= whole.value && whole.lower <= near.value);
  if (near.lower == near.value && whole.lower == whole.value) {
    compared->proven++;
    assert_int_equal(near.value, whole.value);
  }
  week_solver_free(fresh);
}

static void compare_all_days(struct bench *bench, uint64_t *random,
                             struct days_compared *compared) {
  for (int p = 0; p < bench->micro.clinic->n_patients; p++) {
    if (!bench->micro.clinic->patients[p].takes_part) continue;
    bench->patient = p;
    list_offers(bench);
    draw_small_prices(bench, random);
    struct days_compared first = {0}; /* the solver does not know the patient yet */
    compare_days(bench, &first);
    for (int i = 0; i < 4; i++) {
      drift_prices(bench, random);
      compare_days(bench, compared);
    }
  }
  bench_release(bench);
}

static void test_days_near_the_outlook(void **state) {
  (void)state;
  uint64_t random = 7;
  struct days_compared small = {0}, large = {0};
  for (uint64_t seed = 1; seed <= N_SEEDS; seed++) {
    struct bench bench;
    for (int style = 0; style < N_MICRO_STYLES; style++) {
      bench_init(&bench, (enum micro_style)style, seed, true);
      compare_all_days(&bench, &random, &small);
    }
    bench = (struct bench){.micro = {.clinic = random_clinic(seed)}};
    set_up(&bench);
    compare_all_days(&bench, &random, &large);
  }
  assert_true(small.tried > 1000 && small.proven == small.tried);
  assert_true(large.tried > 1000 && large.proven > large.tried * 9 / 10);
  assert_true(large.near < large.whole / 4 * 3);
}

/* ---- against the rules ---- */

/* The week as a schedule of sessions without leaders or rooms. */
static void as_schedule(const struct weeks *weeks, struct session *sessions,
                        struct schedule *schedule) {
  const struct bench *bench = weeks->bench;
  for (int i = 0; i < weeks->n; i++) {
    const struct offer *offer = &bench->grid.offers[weeks->chosen[i]];
    sessions[i] = (struct session){.service = offer->service,
                                   .start_min = offer->start * bench->micro.clinic->slot_minutes,
                                   .room = NONE,
                                   .patients = {(int *)&bench->patient, 1}};
  }
  *schedule = (struct schedule){.sessions = sessions, .n_sessions = weeks->n};
}

static void visit_rules(struct weeks *weeks) {
  static const char *const own[] = {"H1", "H5", "H6", "H7", "H9"};
  const struct bench *bench = weeks->bench;
  struct session sessions[MOST_SESSIONS];
  struct schedule schedule;
  struct breaches breaches = {0};
  as_schedule(weeks, sessions, &schedule);
  verify_rules(bench->micro.clinic, &schedule, &breaches);
  bool broken = false;
  for (int i = 0; i < breaches.n; i++)
    for (size_t r = 0; r < COUNT(own); r++)
      broken |=
          breaches.list[i].patient == bench->patient && strcmp(breaches.list[i].rule, own[r]) == 0;
  bool valid =
      week_is_valid(&bench->grid, &bench->lattices, bench->patient, weeks->chosen, weeks->n);
  if (valid == broken) {
    print_error("patient %d, %d sessions, valid %d\n", bench->patient, weeks->n, valid);
    for (int i = 0; i < weeks->n; i++)
      print_error("  service %d slot %d\n", bench->grid.offers[weeks->chosen[i]].service,
                  bench->grid.offers[weeks->chosen[i]].start);
    for (int i = 0; i < breaches.n; i++)
      print_error("%s: %s\n", breaches.list[i].rule, breaches.list[i].text);
  }
  breaches_free(&breaches);
  assert_int_equal(valid, !broken);
}

/* Only what a patient's week costs by itself. */
static int64_t patient_terms(const struct cost *cost) {
  return cost->cost[TERM_HOUR_SHORT] + cost->cost[TERM_DAY_SHORT] + cost->cost[TERM_SESSION_SHORT] +
         cost->cost[TERM_IDLE_HOUR] + cost->cost[TERM_STRANDED_DAY] + cost->cost[TERM_EXTRA_DAY] +
         cost->cost[TERM_NOT_PREFERRED_HOUR] + cost->cost[TERM_CHANGE] + cost->cost[TERM_CUSHION];
}

/* weeks->best: what the others cost, all staying at home. */
static void visit_cost(struct weeks *weeks) {
  const struct bench *bench = weeks->bench;
  if (!week_is_valid(&bench->grid, &bench->lattices, bench->patient, weeks->chosen, weeks->n))
    return;
  struct session sessions[MOST_SESSIONS];
  struct schedule schedule;
  as_schedule(weeks, sessions, &schedule);
  struct cost cost = verify_cost(bench->micro.clinic, &schedule, bench->micro.previous);
  int64_t own = week_own_cost(&bench->grid, bench->patient, weeks->chosen, weeks->n);
  if (weeks->n == 0) weeks->best = patient_terms(&cost) - own;
  assert_int_equal(patient_terms(&cost), weeks->best + own);
}

static void each_week(void (*visit)(struct weeks *weeks)) {
  int n_weeks = 0;
  for (uint64_t seed = 1; seed <= N_SEEDS / 2; seed++)
    for (int style = 0; style < N_MICRO_STYLES; style++) {
      struct bench bench;
      bench_init(&bench, (enum micro_style)style, seed, true);
      for (int p = 0; p < bench.micro.clinic->n_patients; p++) {
        if (!bench.micro.clinic->patients[p].takes_part) continue;
        bench.patient = p;
        list_offers(&bench);
        struct weeks weeks = {.bench = &bench, .visit = visit, .count = MOST_WEEKS - 500};
        all_weeks(&weeks, 0);
        n_weeks += weeks.count - (MOST_WEEKS - 500);
      }
      bench_release(&bench);
    }
  assert_true(n_weeks > 5000);
}

static void test_week_is_valid(void **state) {
  (void)state;
  each_week(visit_rules);
}

static void test_week_own_cost(void **state) {
  (void)state;
  each_week(visit_cost);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_best_week),
      cmocka_unit_test(test_days_near_the_outlook),
      cmocka_unit_test(test_week_is_valid),
      cmocka_unit_test(test_week_own_cost),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
