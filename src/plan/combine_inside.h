/* What the parts of combine.h share; for combine.c and combine_rows.c alone. */
#ifndef IOPSCHED_PLAN_COMBINE_INSIDE_H
#define IOPSCHED_PLAN_COMBINE_INSIDE_H

#include "draft.h"
#include "week_pool.h"

struct choice { /* a column: a week for a patient, or a group with its leaders and room */
  int patient;  /* position in patients, or NONE: a group */
  int n;
  const spot *spots; /* [n * stride] */
};

/* A session that a column asks leaders and a room for. */
struct use {
  int column;
  const spot *at;
};

/* A week's attendance of a group, or of a fixed session. */
struct visit {
  int column, next; /* next: of the same offer, or NONE */
};

struct combining {
  struct board *board; /* what is kept of it stands */
  const struct grid *grid;
  const struct week_pool *pool;
  const int *patients; /* [n_patients]: whose weeks are chosen */
  int n_patients;
  struct draft draft;
  struct choice *choices; /* [draft.n_columns] */
  size_t choices_capacity;
  struct use *uses; /* [n_uses], by column */
  int n_uses;
  size_t uses_capacity;
  struct visit *visits; /* [n_visits] */
  int n_visits;
  size_t visits_capacity;
  int *first_visit; /* [n_offers], or NONE; by column */
  int *first_group; /* [n_offers]: column of the first group that could be held there */
  int *n_groups;    /* [n_offers]: how many could, by columns that follow each other */
};

/* All rows, and a column for what services are offered too seldom. */
void combine_add_rows(struct combining *combining);

#endif
