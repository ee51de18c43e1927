#include "draft.h"

#include <math.h>
#include <stdlib.h>

#include "iopsched/clinic.h"
#include "iopsched/memory.h"

void draft_release(struct draft *draft) {
  free(draft->columns);
  free(draft->rows);
  free(draft->terms);
}

int draft_column(struct draft *draft, struct program_column column) {
  draft->columns = mem_room_for_one(draft->columns, (size_t)draft->n_columns,
                                    &draft->columns_capacity, sizeof *draft->columns);
  draft->columns[draft->n_columns] = column;
  return draft->n_columns++;
}

int draft_row_begin(const struct draft *draft) {
  if (draft->n_rows == 0) return 0;
  const struct program_row *last = &draft->rows[draft->n_rows - 1];
  return last->first + last->n;
}

int draft_row(struct draft *draft, double lower, double upper) {
  int first = draft_row_begin(draft);
  draft->rows = mem_room_for_one(draft->rows, (size_t)draft->n_rows, &draft->rows_capacity,
                                 sizeof *draft->rows);
  draft->rows[draft->n_rows] = (struct program_row){lower, upper, first, draft->n_terms - first};
  return draft->n_rows++;
}

/* True if the row under way can be anything but within the limits. */
static bool can_bind(const struct draft *draft, double lower, double upper) {
  double least = 0, most = 0;
  for (int i = draft_row_begin(draft); i < draft->n_terms; i++) {
    least += fmin(0, draft->terms[i].coefficient);
    most += fmax(0, draft->terms[i].coefficient);
  }
  return least < lower || most > upper;
}

/* True if the row under way is like the last one. */
static bool is_repeated(const struct draft *draft, double lower, double upper) {
  if (draft->n_rows == 0) return false;
  const struct program_row *last = &draft->rows[draft->n_rows - 1];
  int first = draft_row_begin(draft);
  if (last->n != draft->n_terms - first || last->lower != lower || last->upper != upper)
    return false;
  for (int i = 0; i < last->n; i++) {
    const struct program_term *a = &draft->terms[last->first + i], *b = &draft->terms[first + i];
    if (a->column != b->column || a->coefficient != b->coefficient) return false;
  }
  return true;
}

void draft_useful_row(struct draft *draft, double lower, double upper) {
  bool empty = draft_row_begin(draft) == draft->n_terms;
  if (empty || !can_bind(draft, lower, upper) || is_repeated(draft, lower, upper))
    draft_forget_row(draft);
  else
    draft_row(draft, lower, upper);
}

void draft_term(struct draft *draft, int column, double coefficient) {
  if (column == NONE) return;
  struct program_term *last = draft->n_terms > 0 ? &draft->terms[draft->n_terms - 1] : NULL;
  if (last && draft->n_terms > draft_row_begin(draft) && last->column == column) {
    last->coefficient += coefficient;
    return;
  }
  draft->terms = mem_room_for_one(draft->terms, (size_t)draft->n_terms, &draft->terms_capacity,
                                  sizeof *draft->terms);
  draft->terms[draft->n_terms++] = (struct program_term){column, coefficient};
}

void draft_forget_row(struct draft *draft) {
  draft->n_terms = draft_row_begin(draft);
}

struct program draft_program(const struct draft *draft) {
  return (struct program){draft->columns, draft->n_columns, draft->rows, draft->n_rows,
                          draft->terms};
}
