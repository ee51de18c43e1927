#include "day_patterns.h"

#include <stdlib.h>
#include <string.h>

static size_t words_for(int kinds) {
  return ((size_t)kinds + WORD_BITS - 1) / WORD_BITS;
}

void day_patterns_init(struct day_patterns *patterns, const struct grid *grid, int max_kinds) {
  *patterns = (struct day_patterns){0};
  patterns->cheapest = mem_new((size_t)max_kinds, sizeof *patterns->cheapest);
  patterns->found = mem_new(words_for(max_kinds), sizeof *patterns->found);
  patterns->levels = mem_new((size_t)grid->day_slots + 2, sizeof *patterns->levels);
  day_patterns_clear(patterns);
}

void day_patterns_release(struct day_patterns *patterns) {
  free(patterns->list);
  free(patterns->cheapest);
  free(patterns->found);
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

/* Of each kind of day the cheapest chain; of those that cost the same, the first. */
static void find_cheapest(struct day_patterns *patterns, const struct day_solver *day,
                          const struct patient *who) {
  memset(patterns->found, 0, words_for(day->lattice->n_kinds) * sizeof *patterns->found);
  for (int i = 0; i < day->n_labels; i++) {
    int64_t cost = day_cost(day, who, &day->labels[i]);
    if (cost == INT64_MAX) continue;
    int kind = day->lattice->nodes[day->labels[i].node].kind;
    word *found = &patterns->found[kind / WORD_BITS], bit = (word)1 << (kind % WORD_BITS);
    struct chain *cheapest = &patterns->cheapest[kind];
    if (*found & bit && cheapest->cost <= cost) continue;
    *found |= bit;
    *cheapest = (struct chain){cost, i};
  }
}

void day_patterns_list(struct day_patterns *patterns, const struct day_solver *day,
                       const struct patient *who) {
  day_patterns_clear(patterns);
  find_cheapest(patterns, day, who);
  int words = (int)words_for(day->lattice->n_kinds);
  for (int w = 0; w < words; w++)
    for (word left = patterns->found[w]; left; left &= left - 1)
      add_pattern(patterns, day, who, &patterns->cheapest[w * WORD_BITS + __builtin_ctzll(left)]);
}
