#include "day_patterns.h"

#include <stdlib.h>

void day_patterns_init(struct day_patterns *patterns, const struct grid *grid) {
  *patterns = (struct day_patterns){0};
  patterns->levels = mem_new((size_t)grid->day_slots + 2, sizeof *patterns->levels);
  day_patterns_clear(patterns);
}

void day_patterns_release(struct day_patterns *patterns) {
  free(patterns->list);
  free(patterns->levels);
}

void day_patterns_clear(struct day_patterns *patterns) {
  patterns->n = 0;
  patterns->levels[0] = (struct level){0, NONE, 0};
  patterns->n_levels = 1;
  patterns->left_out = false;
}

/* Cost of a finished day with this chain, or INT64_MAX if the day may not be so. */
static int64_t day_cost(const struct day_solver *day, const struct patient *who,
                        const struct day_label *last) {
  const struct clinic *clinic = day->grid->clinic;
  const struct lattice_node *node = &day->lattice->nodes[last->node];
  int counted_min = day->lattice->kind_counted[node->kind] * clinic->slot_minutes;
  if (node->onsite && counted_min < clinic->visit_min_minutes) return INT64_MAX;
  return last->cost + grid_stranded_cost(day->grid, who, counted_min, node->n_counted);
}

static int level_of(struct day_patterns *patterns, int counted) {
  int level = 1;
  while (level < patterns->n_levels && patterns->levels[level].counted != counted) level++;
  if (level == patterns->n_levels)
    patterns->levels[patterns->n_levels++] = (struct level){counted, NONE, INT64_MAX};
  return level;
}

/* A bound needs no more than the cost of a day, unless it must know which of the sessions that the
 * patient is bound to attend are in it. */
static bool may_shorten(const struct day_solver *day, const struct patient *who) {
  return !day->keep_breaks && day->grid->patient_fixed[who - day->grid->clinic->patients].n == 0;
}

static void add_pattern(struct day_patterns *patterns, const struct day_solver *day,
                        const struct patient *who, const struct chain *chain) {
  int n = 0, kind = day->lattice->nodes[day->labels[chain->label].node].kind;
  for (int at = chain->label; at != NONE; at = day->labels[at].parent) n++;
  if (n > MAX_DAY_SESSIONS && !may_shorten(day, who)) { /* far beyond what people do in a day */
    patterns->left_out = true;
    return;
  }
  int counted = day->lattice->kind_counted[kind], level = level_of(patterns, counted);
  patterns->list = mem_room_for_one(patterns->list, (size_t)patterns->n, &patterns->capacity,
                                    sizeof *patterns->list);
  struct pattern *pattern = &patterns->list[patterns->n++];
  *pattern =
      (struct pattern){.cost = chain->cost, .kind = kind, .counted = counted, .level = level};
  pattern->n = n < MAX_DAY_SESSIONS ? n : MAX_DAY_SESSIONS;
  for (int i = n - 1, at = chain->label; i >= 0; i--, at = day->labels[at].parent)
    if (i < pattern->n) pattern->offers[i] = day->labels[at].offer;
}

void day_patterns_list(struct day_patterns *patterns, const struct day_solver *day,
                       const struct patient *who, struct chain *cheapest) {
  const struct lattice *lattice = day->lattice;
  day_patterns_clear(patterns);
  for (int kind = 0; kind < lattice->n_kinds; kind++)
    cheapest[kind] = (struct chain){INT64_MAX, NONE};
  for (int i = 0; i < day->n_labels; i++) {
    struct chain chain = {day_cost(day, who, &day->labels[i]), i};
    struct chain *best = &cheapest[lattice->nodes[day->labels[i].node].kind];
    if (chain.cost < best->cost) *best = chain;
  }
  for (int kind = 0; kind < lattice->n_kinds; kind++)
    if (cheapest[kind].label != NONE) add_pattern(patterns, day, who, &cheapest[kind]);
}
