#include "moves.h"

#include <stdbool.h>

#include "iopsched/random.h"
#include "iopsched/terms.h"

/* EXPLORE_PERCENT of the work go to all alike. What was learnt counts half as much after MEMORY
 * units of work. */
enum { EXPLORE_PERCENT = 20, MEMORY = 10000000, FIRST_WORK = 20000 };

void moves_init(struct moves *moves) {
  *moves = (struct moves){0};
  for (int kind = 0; kind < N_MOVE_KINDS; kind++)
    for (int openness = 0; openness < N_OPENNESS; openness++)
      moves->records[kind][openness] = (struct move_record){COST_ONE, FIRST_WORK, 1};
}

static double cost_of_a_try(const struct move_record *record) {
  return (double)(1 + record->work) / (double)(1 + record->tries);
}

static double merit(const struct move_record *record) {
  return (double)(1 + record->gain) / (double)(1 + record->work);
}

struct move moves_draw(const struct moves *moves, uint64_t *random) {
  enum { N = N_MOVE_KINDS * (int)N_OPENNESS };
  const struct move_record *records = &moves->records[0][0];
  bool explore = random_below(random, 100) < EXPLORE_PERCENT;
  double weight[N], total = 0;
  for (int i = 0; i < N; i++) {
    weight[i] = (explore ? 1 : merit(&records[i])) / cost_of_a_try(&records[i]);
    total += weight[i];
  }
  double left = total * ((double)(random_next(random) >> 32) / 4294967296.0);
  int pick = 0;
  while (pick < N - 1 && left >= weight[pick]) left -= weight[pick++];
  return (struct move){(enum move_kind)(pick / N_OPENNESS), (enum openness)(pick % N_OPENNESS)};
}

void moves_learn(struct moves *moves, struct move move, int64_t gain, int64_t work) {
  struct move_record *record = &moves->records[move.kind][move.openness];
  record->gain += gain;
  record->work += work;
  record->tries++;
  moves->work += work;
  if (moves->work < MEMORY) return;
  moves->work = 0;
  for (int kind = 0; kind < N_MOVE_KINDS; kind++)
    for (int openness = 0; openness < N_OPENNESS; openness++) {
      struct move_record *old = &moves->records[kind][openness];
      *old = (struct move_record){old->gain / 2, old->work / 2, old->tries / 2};
    }
}

int moves_percent(const struct moves *moves, enum move_kind kind) {
  int64_t of_kind = 0, all = 0;
  for (int k = 0; k < N_MOVE_KINDS; k++)
    for (int openness = 0; openness < N_OPENNESS; openness++) {
      int64_t work = moves->records[k][openness].work;
      all += work;
      if (k == (int)kind) of_kind += work;
    }
  return (int)(100 * of_kind / all);
}
