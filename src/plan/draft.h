/* A linear or integer program while it is put together: columns first, then row by row. */
#ifndef IOPSCHED_PLAN_DRAFT_H
#define IOPSCHED_PLAN_DRAFT_H

#include <stddef.h>

#include "program.h"

struct draft {
  struct program_column *columns; /* [n_columns] */
  struct program_row *rows;       /* [n_rows] */
  struct program_term *terms;     /* [n_terms]: of the rows, then of the one under way */
  int n_columns, n_rows, n_terms;
  size_t columns_capacity, rows_capacity, terms_capacity;
};

void draft_release(struct draft *draft);

/* Both return the index of what they add. */
int draft_column(struct draft *draft, struct program_column column);
/* Closes the row of the terms added since the last one. */
int draft_row(struct draft *draft, double lower, double upper);

/* The same for columns of 0 to 1, unless the row cannot bind or says what the last one said, as
 * those of neighbouring slots do. */
void draft_useful_row(struct draft *draft, double lower, double upper);

/* Adds to the row under way, or to its last term if that is of the same column; nothing if there is
 * no such column (NONE). */
void draft_term(struct draft *draft, int column, double coefficient);
/* First term of the row under way. */
int draft_row_begin(const struct draft *draft);
/* Gives the row under way up. */
void draft_forget_row(struct draft *draft);

/* Good until the draft changes. */
struct program draft_program(const struct draft *draft);

#endif
