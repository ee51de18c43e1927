#include "draft.h"

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
