/* Columns and rows of an integer program, and the order in which it is built. */
#include "iopsched/ilp.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "build.h"
#include "iopsched/divisor.h"
#include "iopsched/rules.h"

enum { NAME_BYTES = ILP_NAME_MAX + 1 };

/* The row being filled: its terms are the last of ilp->terms. */
struct ilp_open_row {
  char name[NAME_BYTES];
  size_t first;
  size_t *term_of; /* [column_capacity]: where a column's term was last put */
};

__attribute__((format(printf, 2, 0))) static void format_name(char name[NAME_BYTES],
                                                              const char *format,
                                                              va_list arguments) {
  int length = vsnprintf(name, NAME_BYTES, format, arguments);
  if (length < 0 || length >= NAME_BYTES)
    die_internal("name of a row or column too long: %s", name);
}

int ilp_column(struct ilp *ilp, int64_t lower, int64_t upper, bool integer, const char *format,
               ...) {
  char name[NAME_BYTES];
  va_list arguments;
  va_start(arguments, format);
  format_name(name, format, arguments);
  va_end(arguments);
  size_t n = (size_t)ilp->n_columns, capacity = ilp->column_capacity;
  ilp->columns = mem_room_for_one(ilp->columns, n, &ilp->column_capacity, sizeof *ilp->columns);
  if (ilp->column_capacity != capacity) {
    ilp->open->term_of =
        mem_resize(ilp->open->term_of, ilp->column_capacity, sizeof *ilp->open->term_of);
    memset(ilp->open->term_of + n, 0, (ilp->column_capacity - n) * sizeof *ilp->open->term_of);
  }
  ilp->columns[n] = (struct ilp_column){arena_strdup(&ilp->arena, name), 0, lower, upper, integer};
  return ilp->n_columns++;
}

void ilp_cost(struct ilp *ilp, int column, enum term term, int64_t amount) {
  int64_t cost, sum, most = amount < 0 ? -INT64_MAX : INT64_MAX;
  if (__builtin_mul_overflow(ilp->clinic->weight_milli[term], amount, &cost)) cost = most;
  if (__builtin_add_overflow(ilp->columns[column].cost, cost, &sum)) sum = most;
  ilp->columns[column].cost = sum;
}

void ilp_row(struct ilp *ilp, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  format_name(ilp->open->name, format, arguments);
  va_end(arguments);
  ilp->open->first = ilp->n_terms;
}

void ilp_add(struct ilp *ilp, int column, int coefficient) {
  size_t at = ilp->open->term_of[column];
  if (at >= ilp->open->first && at < ilp->n_terms && ilp->terms[at].column == column) {
    ilp->terms[at].coefficient += coefficient;
    return;
  }
  ilp->terms = mem_room_for_one(ilp->terms, ilp->n_terms, &ilp->term_capacity, sizeof *ilp->terms);
  ilp->open->term_of[column] = ilp->n_terms;
  ilp->terms[ilp->n_terms++] = (struct ilp_term){column, coefficient};
}

static void drop_zeros(struct ilp *ilp) {
  size_t kept = ilp->open->first;
  for (size_t i = kept; i < ilp->n_terms; i++)
    if (ilp->terms[i].coefficient != 0) ilp->terms[kept++] = ilp->terms[i];
  ilp->n_terms = kept;
}

static int64_t divide_down(int64_t a, int64_t b) {
  return a / b - (a % b != 0 && a < 0);
}

static void divide_row(struct ilp *ilp, int64_t *lower, int64_t *upper) {
  int divisor = 0;
  for (size_t i = ilp->open->first; i < ilp->n_terms; i++)
    divisor = (int)common_divisor(divisor, ilp->terms[i].coefficient);
  if (divisor <= 1) return;
  for (size_t i = ilp->open->first; i < ilp->n_terms; i++) ilp->terms[i].coefficient /= divisor;
  if (*lower != -ILP_INFINITY) *lower = -divide_down(-*lower, divisor);
  if (*upper != ILP_INFINITY) *upper = divide_down(*upper, divisor);
}

/* The least value a row can take, or its negated greatest for sign -1; -ILP_INFINITY if unbounded.
 */
static int64_t least_activity(const struct ilp *ilp, int sign) {
  int64_t least = 0;
  for (size_t i = ilp->open->first; i < ilp->n_terms; i++) {
    const struct ilp_column *column = &ilp->columns[ilp->terms[i].column];
    int coefficient = sign * ilp->terms[i].coefficient;
    int64_t bound = coefficient > 0 ? column->lower : column->upper;
    if (bound == ILP_INFINITY || bound == -ILP_INFINITY) return -ILP_INFINITY;
    least += coefficient * bound;
  }
  return least;
}

static bool always_holds(const struct ilp *ilp, int64_t lower, int64_t upper) {
  if (lower != -ILP_INFINITY) {
    int64_t least = least_activity(ilp, 1);
    if (least == -ILP_INFINITY || least < lower) return false;
  }
  if (upper != ILP_INFINITY) {
    int64_t greatest = least_activity(ilp, -1);
    if (greatest == -ILP_INFINITY || -greatest > upper) return false;
  }
  return true;
}

/* The bounds of a row of one column as bounds of the column, unless that would leave it no value.
 */
static bool became_bound(struct ilp *ilp, int64_t lower, int64_t upper) {
  if (ilp->n_terms - ilp->open->first != 1) return false;
  const struct ilp_term *term = &ilp->terms[ilp->open->first];
  struct ilp_column *column = &ilp->columns[term->column];
  if (term->coefficient < 0) { /* divided: it is 1 or -1 */
    int64_t negated = -lower;
    lower = -upper;
    upper = negated;
  }
  if (lower < column->lower) lower = column->lower;
  if (upper > column->upper) upper = column->upper;
  if (lower > upper) return false;
  column->lower = lower;
  column->upper = upper;
  return true;
}

static void close_row(struct ilp *ilp, int64_t lower, int64_t upper) {
  drop_zeros(ilp);
  divide_row(ilp, &lower, &upper);
  if (always_holds(ilp, lower, upper) || became_bound(ilp, lower, upper)) {
    ilp->n_terms = ilp->open->first;
    return;
  }
  if (ilp->n_terms == ilp->open->first) { /* 0 >= 1 */
    ilp_add(ilp, ilp_one(ilp), 1);
    lower = -ILP_INFINITY;
    upper = 0;
  }
  ilp->rows =
      mem_room_for_one(ilp->rows, (size_t)ilp->n_rows, &ilp->row_capacity, sizeof *ilp->rows);
  ilp->rows[ilp->n_rows++] =
      (struct ilp_row){arena_strdup(&ilp->arena, ilp->open->name), lower, upper, ilp->open->first,
                       (int)(ilp->n_terms - ilp->open->first)};
}

void ilp_at_most(struct ilp *ilp, int64_t upper) {
  close_row(ilp, -ILP_INFINITY, upper);
}

void ilp_at_least(struct ilp *ilp, int64_t lower) {
  close_row(ilp, lower, ILP_INFINITY);
}

void ilp_equal(struct ilp *ilp, int64_t value) {
  close_row(ilp, value, value);
}

int ilp_one(struct ilp *ilp) {
  if (ilp->model->one == NONE) ilp->model->one = ilp_column(ilp, 1, 1, false, "one");
  return ilp->model->one;
}

void ilp_impossible(struct ilp *ilp, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  format_name(ilp->open->name, format, arguments);
  va_end(arguments);
  ilp->open->first = ilp->n_terms;
  ilp_at_least(ilp, 1);
}

struct ilp *ilp_begin(const struct clinic *clinic, const struct previous *previous) {
  struct ilp *ilp = mem_new(1, sizeof *ilp);
  ilp->clinic = clinic;
  ilp->previous = previous;
  ilp->open = mem_new(1, sizeof *ilp->open);
  ilp->model = arena_alloc(&ilp->arena, 1, sizeof *ilp->model);
  ilp->model->one = NONE;
  build_labels(ilp);
  build_classes(ilp);
  build_offerings(ilp);
  build_days(ilp);
  build_hours(ilp);
  build_pairings(ilp);
  build_places(ilp);
  return ilp;
}

struct ilp *ilp_build(const struct clinic *clinic, const struct previous *previous) {
  struct ilp *ilp = ilp_begin(clinic, previous);
  for (int i = 0; i < n_rules; i++) rules[i]->rows(ilp);
  for (int term = 0; term < N_TERMS; term++)
    if (clinic->weight_milli[term] > 0) cost_terms[term]->rows(ilp);
  if (ilp->n_columns == 0) ilp_one(ilp); /* solvers want something to solve */
  return ilp;
}

void ilp_free(struct ilp *ilp) {
  if (!ilp) return;
  free(ilp->open->term_of);
  free(ilp->open);
  free(ilp->columns);
  free(ilp->rows);
  free(ilp->terms);
  arena_free(&ilp->arena);
  free(ilp);
}
