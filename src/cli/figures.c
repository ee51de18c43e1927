#include "figures.h"

#include "iopsched/rules.h"

void add_cost(struct text *text, int64_t cost) {
  text_add_ratio(text, cost, COST_ONE, 2);
}

void add_percent(struct text *text, int64_t part, int64_t whole) {
  if (whole > 0 && part <= INT64_MAX / 100)
    text_add_ratio(text, 100 * part, whole, 1);
  else
    text_add_ratio(text, whole > 0 ? part : 0, whole > 0 ? whole / 100 + (whole < 100) : 1, 1);
  text_add(text, " %");
}

void add_count(struct text *text, int64_t n, const char *one, const char *many) {
  text_add_ratio(text, n, 1, 0);
  text_printf(text, " %s", n == 1 ? one : many);
}

void add_right(struct text *text, int64_t units, int64_t scale, int decimals, int width) {
  struct text digits = {0};
  text_add_ratio(&digits, units, scale, decimals);
  text_printf(text, "%*s", width, digits.data);
  text_free(&digits);
}

static void add_sum(struct text *text, const char *what, int64_t cost) {
  text_printf(text, "  %-48s", what);
  add_right(text, cost, COST_ONE, 2, 14);
  text_add(text, "\n");
}

void add_cost_table(struct text *text, const struct clinic *clinic, const struct cost *cost) {
  text_printf(text, "  %-28s%10s%10s%14s\n", "term", "weight", "amount", "cost");
  for (int term = 0; term < N_TERMS; term++) {
    if (cost->amount[term] == 0) continue;
    text_printf(text, "  %-28s", term_infos[term].setting);
    add_right(text, clinic->weight_milli[term], 1000, 3, 10);
    add_right(text, cost->amount[term], AMOUNT_ONE, 4, 10);
    add_right(text, cost->cost[term], COST_ONE, 2, 14);
    text_printf(text, "  %s\n", cost_terms[term]->title);
  }
  add_sum(text, "care", cost_care(cost));
  add_sum(text, "quality", cost_quality(cost));
  add_sum(text, "cost", cost->total);
}
