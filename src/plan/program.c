#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <glpk.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "iopsched/memory.h"

enum { POLL_MS = 50, CPU_SLACK = 5 };
#define SLACK 1e-4 /* of a value, and of a row's sum as a share of its parts */

/* ---- in the process that solves ---- */

static int bound_kind(double lower, double upper) {
  bool has_lower = isfinite(lower), has_upper = isfinite(upper);
  if (has_lower && has_upper) return lower < upper ? GLP_DB : GLP_FX;
  return has_lower ? GLP_LO : has_upper ? GLP_UP : GLP_FR;
}

static void put_columns(glp_prob *problem, const struct program *program) {
  if (program->n_columns > 0) glp_add_cols(problem, program->n_columns);
  for (int i = 0; i < program->n_columns; i++) {
    const struct program_column *column = &program->columns[i];
    glp_set_col_bnds(problem, i + 1, bound_kind(column->lower, column->upper), column->lower,
                     column->upper);
    glp_set_obj_coef(problem, i + 1, column->cost);
    glp_set_col_kind(problem, i + 1, column->integer ? GLP_IV : GLP_CV);
  }
}

static void put_rows(glp_prob *problem, const struct program *program) {
  int *columns = mem_new((size_t)program->n_columns + 1, sizeof *columns);
  double *coefficients = mem_new((size_t)program->n_columns + 1, sizeof *coefficients);
  if (program->n_rows > 0) glp_add_rows(problem, program->n_rows);
  for (int i = 0; i < program->n_rows; i++) {
    const struct program_row *row = &program->rows[i];
    glp_set_row_bnds(problem, i + 1, bound_kind(row->lower, row->upper), row->lower, row->upper);
    for (int k = 0; k < row->n; k++) {
      columns[k + 1] = program->terms[row->first + k].column + 1;
      coefficients[k + 1] = program->terms[row->first + k].coefficient;
    }
    glp_set_mat_row(problem, i + 1, row->n, columns, coefficients);
  }
  free(columns);
  free(coefficients);
}

/* Counts nodes, so that a limit falls on the same one on every machine. */
static void count_node(glp_tree *tree, void *info) {
  int *left = info;
  if (glp_ios_reason(tree) == GLP_ISELECT && --*left < 0) glp_ios_terminate(tree);
}

/* A search that was stopped on the way proves nothing, whatever is said of what it found. */
static enum program_status what_is_shown(int status, bool stopped) {
  if (status == GLP_FEAS || (status == GLP_OPT && stopped)) return PROGRAM_FEASIBLE;
  if (status == GLP_OPT) return PROGRAM_OPTIMAL;
  return status == GLP_NOFEAS && !stopped ? PROGRAM_INFEASIBLE : PROGRAM_UNSOLVED;
}

static enum program_status branch_and_cut(glp_prob *problem, const struct program_limits *limits) {
  glp_iocp how;
  int nodes_left = limits->nodes;
  glp_init_iocp(&how);
  how.msg_lev = GLP_MSG_OFF;
  how.presolve = GLP_ON;
  how.tol_obj = 1e-7;
  if (limits->cuts) {
    how.mir_cuts = how.cov_cuts = how.clq_cuts = GLP_ON;
    how.br_tech = GLP_BR_DTH;
    how.bt_tech = GLP_BT_BLB;
  }
  if (limits->nodes > 0) {
    how.cb_func = count_node;
    how.cb_info = &nodes_left;
  }
  int code = glp_intopt(problem, &how);
  if (code == GLP_ENOPFS) return PROGRAM_INFEASIBLE;
  if (code != 0 && code != GLP_ESTOP) return PROGRAM_UNSOLVED;
  return what_is_shown(glp_mip_status(problem), code == GLP_ESTOP);
}

/* No column costs less than nothing, so that the dual simplex method can set out from no column at
 * all. */
static enum program_status simplex(glp_prob *problem, const struct program_limits *limits) {
  glp_smcp how;
  glp_init_smcp(&how);
  how.msg_lev = GLP_MSG_OFF;
  how.meth = GLP_DUAL;
  if (limits->nodes > 0) how.it_lim = limits->nodes;
  if (glp_simplex(problem, &how) != 0) return PROGRAM_UNSOLVED;
  int status = glp_get_status(problem);
  return status == GLP_OPT      ? PROGRAM_OPTIMAL
         : status == GLP_NOFEAS ? PROGRAM_INFEASIBLE
                                : PROGRAM_UNSOLVED;
}

static bool write_all(int to, const void *data, size_t n) {
  for (const char *at = data; n > 0;) {
    ssize_t written = write(to, at, n);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    at += written;
    n -= (size_t)written;
  }
  return true;
}

/* An orphan must not go on, nor hold open what the parent has: its lock on the output folder, or
 * the pipe of another child. Only the answer's pipe stays, as descriptor 0. */
static void cut_loose(const struct program_limits *limits, pid_t parent, int answer) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent || dup2(answer, 0) < 0) _exit(1);
  close_range(1, ~0U, 0);
  (void)signal(SIGABRT, SIG_DFL);
  (void)signal(SIGINT, SIG_IGN); /* the parent decides */
  (void)signal(SIGTERM, SIG_DFL);
  rlim_t seconds = (rlim_t)limits->seconds + CPU_SLACK;
  setrlimit(RLIMIT_CPU, &(struct rlimit){seconds, seconds});
}

/* What GLPK calls where it would abort: out of memory, or an assertion that failed. */
static void give_up(void *info) {
  (void)info;
  _exit(1);
}

static int say_nothing(void *info, const char *text) {
  (void)info;
  (void)text;
  return 1;
}

/* What is asked: the values of a solution in whole numbers, or the rows' prices of the relaxation.
 */
struct question {
  const struct program *program;
  const struct program_limits *limits;
  bool relaxed;
  int n; /* numbers in the answer */
};

static _Noreturn void solve_and_tell(const struct question *question) {
  if (glp_init_env() != 0) _exit(1);
  glp_error_hook(give_up, NULL);
  glp_term_hook(say_nothing, NULL);
  glp_prob *problem = glp_create_prob();
  put_columns(problem, question->program);
  put_rows(problem, question->program);
  enum program_status status = question->relaxed ? simplex(problem, question->limits)
                                                 : branch_and_cut(problem, question->limits);
  double *answer = mem_new((size_t)question->n, sizeof *answer);
  for (int i = 0; i < question->n && program_answered(status); i++)
    answer[i] =
        question->relaxed ? glp_get_row_dual(problem, i + 1) : glp_mip_col_val(problem, i + 1);
  bool told = write_all(0, &status, sizeof status) &&
              write_all(0, answer, (size_t)question->n * sizeof *answer);
  _exit(told ? 0 : 1);
}

/* ---- in the process that asks ---- */

/* Reads n bytes; false at the deadline, on a halt or when the other end is closed. */
static bool read_all(int from, void *data, size_t n, double deadline, struct halt *halt) {
  for (char *at = data; n > 0;) {
    double left = deadline - halt_clock();
    if (left <= 0 || halt_reached(halt)) return false;
    struct pollfd wait = {.fd = from, .events = POLLIN};
    int ready = poll(&wait, 1, left * 1000 < (double)POLL_MS ? (int)(left * 1000) + 1 : POLL_MS);
    if (ready < 0 && errno != EINTR) return false;
    if (ready <= 0) continue;
    ssize_t got = read(from, at, n);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += got;
    n -= (size_t)got;
  }
  return true;
}

static bool lies_within(double value, double lower, double upper, double slack) {
  return value >= lower - slack && value <= upper + slack; /* no NaN does */
}

/* Whatever the solver did, its answer must be one: whole numbers where they are asked for (made
 * exact here), bounds and rows kept. */
static bool holds(const struct program *program, double *values) {
  for (int i = 0; i < program->n_columns; i++) {
    const struct program_column *column = &program->columns[i];
    if (!lies_within(values[i], column->lower, column->upper, SLACK)) return false;
    double whole = nearbyint(values[i]);
    if (!column->integer) continue;
    if (fabs(values[i] - whole) > SLACK) return false;
    values[i] = whole;
  }
  for (int i = 0; i < program->n_rows; i++) {
    const struct program_row *row = &program->rows[i];
    double sum = 0, size = 1;
    for (int k = row->first; k < row->first + row->n; k++) {
      double part = program->terms[k].coefficient * values[program->terms[k].column];
      sum += part;
      size += fabs(part);
    }
    if (!lies_within(sum, row->lower, row->upper, SLACK * size)) return false;
  }
  return true;
}

static void reap(pid_t child) {
  kill(child, SIGKILL);
  while (waitpid(child, NULL, 0) < 0 && errno == EINTR) continue;
}

static enum program_status ask(const struct question *question, double *answer) {
  const struct program_limits *limits = question->limits;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return PROGRAM_UNSOLVED;
  double deadline = halt_clock() + limits->seconds;
  pid_t parent = getpid(), child = fork();
  if (child == 0) {
    cut_loose(limits, parent, ends[1]);
    solve_and_tell(question);
  }
  close(ends[1]);
  enum program_status status = PROGRAM_UNSOLVED;
  size_t bytes = (size_t)question->n * sizeof *answer;
  if (child > 0 && (!read_all(ends[0], &status, sizeof status, deadline, limits->halt) ||
                    !read_all(ends[0], answer, bytes, deadline, limits->halt)))
    status = PROGRAM_UNSOLVED;
  close(ends[0]);
  if (child > 0) reap(child);
  return status;
}

enum program_status program_solve(const struct program *program,
                                  const struct program_limits *limits, double *values) {
  enum program_status status =
      ask(&(struct question){program, limits, false, program->n_columns}, values);
  return program_answered(status) && !holds(program, values) ? PROGRAM_UNSOLVED : status;
}

enum program_status program_relax(const struct program *program,
                                  const struct program_limits *limits, double *prices) {
  enum program_status status =
      ask(&(struct question){program, limits, true, program->n_rows}, prices);
  for (int i = 0; i < program->n_rows && status == PROGRAM_OPTIMAL; i++)
    if (!isfinite(prices[i])) status = PROGRAM_UNSOLVED;
  return status;
}
