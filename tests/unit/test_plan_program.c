/* The door to the solver: what it answers, and that its failures cost nothing but the answer. */
#include <dirent.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../src/plan/halt.h"
#include "../../src/plan/program.h"
#include "iopsched/random.h"
#include "unit.h"

/* max 5x + 4y + 3z in whole numbers, 2x + 3y + z <= 5, 4x + y + 2z <= 11, 3x + 4y + 2z <= 8: 13 at
 * (2, 0, 1). */
static void test_optimal(void **state) {
  (void)state;
  const struct program_column columns[] = {
      {-5, INFINITY, 0, true}, {-4, INFINITY, 0, true}, {-3, INFINITY, 0, true}};
  const struct program_term terms[] = {{0, 2}, {1, 3}, {2, 1}, {0, 4}, {1, 1},
                                       {2, 2}, {0, 3}, {1, 4}, {2, 2}};
  const struct program_row rows[] = {
      {-INFINITY, 5, 0, 3}, {-INFINITY, 11, 3, 3}, {-INFINITY, 8, 6, 3}};
  const struct program program = {columns, 3, rows, 3, terms};
  const struct program_limits limits = {10, 0, true, NULL};
  double x[3];
  assert_int_equal(program_solve(&program, &limits, x), PROGRAM_OPTIMAL);
  assert_true(fabs(x[0] - 2) < 1e-6 && fabs(x[1]) < 1e-6 && fabs(x[2] - 1) < 1e-6);
}

/* min 2x + 3y, x + y >= 4, x <= 3: 9 at (3, 1); each more of the first limit costs 3, of the second
 * saves 1. */
static void test_relaxed(void **state) {
  (void)state;
  const struct program_column columns[] = {{2, INFINITY, 0, false}, {3, INFINITY, 0, false}};
  const struct program_term terms[] = {{0, 1}, {1, 1}, {0, 1}, {0, 1}, {1, 1}};
  const struct program_row rows[] = {
      {4, INFINITY, 0, 2}, {-INFINITY, 3, 2, 1}, {-INFINITY, 2, 3, 2}};
  struct program program = {columns, 2, rows, 2, terms};
  const struct program_limits limits = {10, 0, false, NULL}, one_step = {10, 1, false, NULL};
  double prices[3];
  assert_int_equal(program_relax(&program, &limits, prices), PROGRAM_OPTIMAL);
  assert_true(fabs(prices[0] - 3) < 1e-6 && fabs(prices[1] + 1) < 1e-6);
  assert_int_equal(program_relax(&program, &one_step, prices), PROGRAM_UNSOLVED);
  program.n_rows = 3; /* and no more than two of them */
  assert_int_equal(program_relax(&program, &limits, prices), PROGRAM_INFEASIBLE);
}

static void test_infeasible(void **state) {
  (void)state;
  const struct program_column columns[] = {{1, 1, 0, true}, {1, 1, 0, true}};
  const struct program_term terms[] = {{0, 2}, {1, 2}};
  const struct program_limits limits = {10, 0, false, NULL};
  double x[2];
  /* Beyond the bounds, and between two whole numbers only. */
  const struct program_row beyond = {5, INFINITY, 0, 2}, between = {1, 1, 0, 2};
  const struct program one = {columns, 2, &beyond, 1, terms},
                       two = {columns, 2, &between, 1, terms};
  assert_int_equal(program_solve(&one, &limits, x), PROGRAM_INFEASIBLE);
  assert_int_equal(program_solve(&two, &limits, x), PROGRAM_INFEASIBLE);
}

/* A market split program (Cornuejols & Dawande 1998): a handful of rows, a great many nodes. */
enum { SPLIT_ROWS = 6, SPLIT_BINARIES = 50, SPLIT_COLUMNS = SPLIT_BINARIES + 2 * SPLIT_ROWS };
struct split {
  struct program_column columns[SPLIT_COLUMNS];
  struct program_row rows[SPLIT_ROWS];
  struct program_term terms[SPLIT_ROWS * (SPLIT_BINARIES + 2)];
  struct program program;
  double values[SPLIT_COLUMNS];
};

static void make_split(struct split *split) {
  uint64_t random = 1;
  int n = 0;
  for (int i = 0; i < SPLIT_COLUMNS; i++)
    split->columns[i] = i < SPLIT_BINARIES ? (struct program_column){0, 1, 0, true}
                                           : (struct program_column){1, INFINITY, 0, false};
  for (int r = 0; r < SPLIT_ROWS; r++) {
    int sum = 0, first = n;
    for (int i = 0; i < SPLIT_BINARIES; i++) {
      int share = random_below(&random, 100);
      sum += share;
      split->terms[n++] = (struct program_term){i, share};
    }
    split->terms[n++] = (struct program_term){SPLIT_BINARIES + 2 * r, 1};
    split->terms[n++] = (struct program_term){SPLIT_BINARIES + 2 * r + 1, -1};
    split->rows[r] = (struct program_row){sum / 2, sum / 2, first, n - first};
  }
  split->program =
      (struct program){split->columns, SPLIT_COLUMNS, split->rows, SPLIT_ROWS, split->terms};
}

static void test_node_limit(void **state) {
  (void)state;
  struct split split;
  make_split(&split);
  const struct program_limits limits = {30, 5, false, NULL};
  double began = halt_clock();
  assert_int_equal(program_solve(&split.program, &limits, split.values), PROGRAM_UNSOLVED);
  assert_true(halt_clock() - began < 10);
}

/* Children of a process that still run (or wait to be reaped). */
static int list_children_of(pid_t process, pid_t *list, int most) {
  DIR *all = opendir("/proc");
  int n = 0;
  for (struct dirent *entry; all && (entry = readdir(all));) {
    char path[300], state;
    int pid, parent;
    if (sscanf(entry->d_name, "%d", &pid) != 1) continue;
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *stat = fopen(path, "r");
    if (!stat) continue;
    if (fscanf(stat, "%*d %*s %c %d", &state, &parent) == 2 && parent == process && n < most)
      list[n++] = pid;
    fclose(stat);
  }
  if (all) closedir(all);
  return n;
}

static int list_children(pid_t *list, int most) {
  return list_children_of(getpid(), list, most);
}

static void test_watchdog(void **state) {
  (void)state;
  struct split split;
  make_split(&split);
  const struct program_limits limits = {0.3, 0, false, NULL};
  double began = halt_clock();
  assert_int_equal(program_solve(&split.program, &limits, split.values), PROGRAM_UNSOLVED);
  assert_true(halt_clock() - began < 2);
  pid_t child;
  assert_int_equal(list_children(&child, 1), 0);
}

struct attack { /* what befalls the child that solves */
  int signal;
  double seconds; /* of the watchdog */
  bool done;
  volatile sig_atomic_t *stop; /* instead of a signal */
};

static void *strike(void *argument) {
  struct attack *attack = argument;
  struct timespec moment = {0, 50 * 1000 * 1000};
  for (int i = 0; i < 100 && !attack->done; i++) {
    pid_t child;
    nanosleep(&moment, NULL);
    if (list_children(&child, 1) == 0) continue;
    nanosleep(&moment, NULL);
    if (attack->stop)
      *attack->stop = 1;
    else
      kill(child, attack->signal);
    attack->done = true;
  }
  return NULL;
}

static void check_attack(struct attack *attack) {
  struct split split;
  make_split(&split);
  struct halt halt;
  halt_init(&halt, attack->stop, 0);
  const struct program_limits limits = {attack->seconds, 0, false, &halt};
  pthread_t thread;
  assert_int_equal(pthread_create(&thread, NULL, strike, attack), 0);
  double began = halt_clock();
  assert_int_equal(program_solve(&split.program, &limits, split.values), PROGRAM_UNSOLVED);
  assert_true(halt_clock() - began < 6);
  pthread_join(thread, NULL);
  assert_true(attack->done);
  pid_t child;
  assert_int_equal(list_children(&child, 1), 0);
}

static void test_killed_child(void **state) {
  (void)state;
  static const int signals[] = {SIGKILL, SIGABRT, SIGTERM};
  for (size_t i = 0; i < COUNT(signals); i++)
    check_attack(&(struct attack){signals[i], 30, false, NULL});
}

/* One that hangs without using the processor. */
static void test_stuck_child(void **state) {
  (void)state;
  check_attack(&(struct attack){SIGSTOP, 1.5, false, NULL});
}

/* The plan's own clock ends it before the watchdog does. */
static void test_deadline(void **state) {
  (void)state;
  struct split split;
  struct halt halt;
  make_split(&split);
  halt_init(&halt, NULL, 0.3);
  const struct program_limits limits = {30, 0, false, &halt};
  double began = halt_clock();
  assert_int_equal(program_solve(&split.program, &limits, split.values), PROGRAM_UNSOLVED);
  assert_true(halt_clock() - began < 3);
}

/* A dead orphan may wait long for init to reap it. */
static bool is_alive(pid_t process) {
  char path[64], state = 'Z';
  snprintf(path, sizeof path, "/proc/%d/stat", (int)process);
  FILE *stat = fopen(path, "r");
  if (!stat) return false;
  if (fscanf(stat, "%*d %*s %c", &state) != 1) state = 'Z';
  fclose(stat);
  return state != 'Z';
}

/* The process that asks is killed: the one that solves must not stay, with what it holds open. */
static void test_orphan(void **state) {
  (void)state;
  struct split split;
  make_split(&split);
  const struct program_limits limits = {30, 0, false, NULL};
  const struct timespec moment = {0, 20 * 1000 * 1000};
  pid_t asking = fork(), solving;
  if (asking == 0) {
    program_solve(&split.program, &limits, split.values);
    _exit(0);
  }
  while (list_children_of(asking, &solving, 1) == 0) nanosleep(&moment, NULL);
  nanosleep(&moment, NULL);
  assert_int_equal(kill(asking, SIGKILL), 0);
  assert_int_equal(waitpid(asking, NULL, 0), asking);
  for (int i = 0; i < 200 && is_alive(solving); i++) nanosleep(&moment, NULL);
  assert_false(is_alive(solving));
}

static void test_stop(void **state) {
  (void)state;
  volatile sig_atomic_t stop = 0;
  check_attack(&(struct attack){0, 30, false, &stop});
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_optimal),      cmocka_unit_test(test_infeasible),
      cmocka_unit_test(test_node_limit),   cmocka_unit_test(test_watchdog),
      cmocka_unit_test(test_killed_child), cmocka_unit_test(test_stop),
      cmocka_unit_test(test_stuck_child),  cmocka_unit_test(test_deadline),
      cmocka_unit_test(test_orphan),       cmocka_unit_test(test_relaxed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
