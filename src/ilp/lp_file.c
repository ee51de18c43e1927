/* The program as a CPLEX LP file, in words that every reader knows: no ranges, no negative right
 * side left of a comparison, bounds in the forms `l <= x <= u` and `x >= l` only, lines of some 100
 * characters, and every column mentioned before the bounds. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "iopsched/ilp.h"

enum { LINE_MAX_CHARS = 100, NUMBER_MAX_CHARS = 48 };

struct lp_file {
  const struct ilp *ilp;
  FILE *to;
  int column; /* characters in the current line */
};

static void put(struct lp_file *file, const char *text) {
  fputs(text, file->to);
  file->column += (int)strlen(text);
}

static void end_line(struct lp_file *file) {
  fputc('\n', file->to);
  file->column = 0;
}

/* cost / COST_ONE: exact where its decimals end (COST_ONE is 3 x 2^8 x 5^7),
 * otherwise to 18 of them. */
static void format_cost(int64_t cost, char out[NUMBER_MAX_CHARS]) {
  uint64_t one = (uint64_t)COST_ONE, size = cost < 0 ? 0 - (uint64_t)cost : (uint64_t)cost;
  uint64_t rest = size % one;
  int n = sprintf(out, "%" PRIu64, size / one);
  if (rest != 0) out[n++] = '.';
  for (int decimals = 0; rest != 0 && decimals < 18; decimals++) {
    uint64_t digit = rest * 10 / one;
    out[n++] = (char)('0' + digit);
    rest = rest * 10 - digit * one;
  }
  out[n] = '\0';
}

/* " + 2 name": a coefficient of 1 is left out. */
static void put_term(struct lp_file *file, bool negative, const char *size, int column) {
  const char *name = file->ilp->columns[column].name;
  if (file->column + (int)(strlen(size) + strlen(name)) + 4 > LINE_MAX_CHARS) {
    end_line(file);
    put(file, " ");
  }
  put(file, negative ? " - " : " + ");
  if (strcmp(size, "1") != 0) {
    put(file, size);
    put(file, " ");
  }
  put(file, name);
}

static void put_objective(struct lp_file *file) {
  const struct ilp *ilp = file->ilp;
  char size[NUMBER_MAX_CHARS];
  bool *in_row = mem_new((size_t)ilp->n_columns, sizeof *in_row);
  for (size_t i = 0; i < ilp->n_terms; i++) in_row[ilp->terms[i].column] = true;
  put(file, "Minimize\n cost:");
  bool any = false;
  for (int i = 0; i < ilp->n_columns; i++) {
    int64_t cost = ilp->columns[i].cost;
    bool is_last = i == ilp->n_columns - 1;
    if (cost == 0 && in_row[i] && (any || !is_last)) continue;
    format_cost(cost, size);
    put_term(file, cost < 0, size, i);
    any = true;
  }
  end_line(file);
  free(in_row);
}

static void put_row(struct lp_file *file, const struct ilp_row *row, const char *suffix,
                    const char *relation, int64_t bound) {
  char size[NUMBER_MAX_CHARS];
  put(file, " ");
  put(file, row->name);
  put(file, suffix);
  put(file, ":");
  for (int i = 0; i < row->n; i++) {
    const struct ilp_term *term = &file->ilp->terms[row->first + (size_t)i];
    snprintf(size, sizeof size, "%d", abs(term->coefficient));
    put_term(file, term->coefficient < 0, size, term->column);
  }
  fprintf(file->to, " %s %" PRId64, relation, bound);
  end_line(file);
}

static void put_rows(struct lp_file *file) {
  const struct ilp *ilp = file->ilp;
  put(file, "Subject To");
  end_line(file);
  for (int i = 0; i < ilp->n_rows; i++) {
    const struct ilp_row *row = &ilp->rows[i];
    bool has_lower = row->lower != -ILP_INFINITY, has_upper = row->upper != ILP_INFINITY;
    if (has_lower && row->lower == row->upper) {
      put_row(file, row, "", "=", row->lower);
      continue;
    }
    if (has_lower) put_row(file, row, has_upper ? ".lo" : "", ">=", row->lower);
    if (has_upper) put_row(file, row, has_lower ? ".up" : "", "<=", row->upper);
  }
  if (ilp->n_rows == 0) /* readers want a row */
    fprintf(file->to, " always: %s >= %" PRId64 "\n", ilp->columns[0].name, ilp->columns[0].lower);
}

static bool is_binary(const struct ilp_column *column) {
  return column->integer && column->lower == 0 && column->upper == 1;
}

static void put_bounds(struct lp_file *file) {
  put(file, "Bounds");
  end_line(file);
  for (int i = 0; i < file->ilp->n_columns; i++) {
    const struct ilp_column *column = &file->ilp->columns[i];
    bool has_upper = column->upper != ILP_INFINITY;
    if (is_binary(column) || (column->lower == 0 && !has_upper)) continue;
    if (has_upper)
      fprintf(file->to, " %" PRId64 " <= %s <= %" PRId64 "\n", column->lower, column->name,
              column->upper);
    else
      fprintf(file->to, " %s >= %" PRId64 "\n", column->name, column->lower);
  }
}

/* The declared columns, binary ones or the others. */
static void put_integers(struct lp_file *file, const char *heading, bool binary) {
  bool any = false;
  for (int i = 0; i < file->ilp->n_columns; i++) {
    const struct ilp_column *column = &file->ilp->columns[i];
    if (!column->integer || is_binary(column) != binary) continue;
    if (!any) {
      put(file, heading);
      end_line(file);
      any = true;
    }
    if (file->column + (int)strlen(column->name) + 1 > LINE_MAX_CHARS) end_line(file);
    put(file, " ");
    put(file, column->name);
  }
  if (any) end_line(file);
}

bool ilp_write_lp(const struct ilp *ilp, FILE *to) {
  struct lp_file file = {ilp, to, 0};
  put(&file,
      "\\ The week of an intensive outpatient program as an integer linear program.\n"
      "\\ x(patient,service,start): attends; n: parallel sessions; leads, room: who and where.\n"
      "\\ Rows are named after the rule they keep; those named is define a column.");
  end_line(&file);
  put_objective(&file);
  put_rows(&file);
  put_bounds(&file);
  put_integers(&file, "General", false);
  put_integers(&file, "Binary", true);
  put(&file, "End");
  end_line(&file);
  return !ferror(to);
}
