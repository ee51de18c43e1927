/* Figures as people read them. */
#ifndef IOPSCHED_CLI_FIGURES_H
#define IOPSCHED_CLI_FIGURES_H

#include <stdint.h>

#include "iopsched/clinic.h"
#include "iopsched/terms.h"
#include "iopsched/text.h"

/* A cost in units of 1/COST_ONE, with at most two decimals. */
void add_cost(struct text *text, int64_t cost);
/* A share as "2.5 %"; 0 of 0 is "0 %". */
void add_percent(struct text *text, int64_t part, int64_t whole);
/* "1 patient", "2 patients" */
void add_count(struct text *text, int64_t n, const char *one, const char *many);
/* units/scale at the right edge of `width` columns. */
void add_right(struct text *text, int64_t units, int64_t scale, int decimals, int width);
/* A line for each term that is not zero, with weight, amount and cost, under a heading; then care,
 * quality and their sum. */
void add_cost_table(struct text *text, const struct clinic *clinic, const struct cost *cost);

#endif
