/* Which neighbourhood a search tries next: the more one gained for its work lately, the more work
 * it gets (after the adaptive large neighbourhood search of Ropke & Pisinger 2006). */
#ifndef IOPSCHED_PLAN_MOVES_H
#define IOPSCHED_PLAN_MOVES_H

#include <stdint.h>

/* What is taken apart. */
enum move_kind {
  MOVE_THIN_GROUP,
  MOVE_PAIR_OF_GROUPS,
  MOVE_FEW_PATIENTS,
  MOVE_COMPANIONS,
  MOVE_COSTLY_PATIENTS,
  MOVE_SHORT_OF_CARE,
  MOVE_THERAPIST_DAY,
  MOVE_CLOSED_GROUP,
  MOVE_SHIFT_GROUP,
  MOVE_SHIFT_INDIVIDUAL,
  MOVE_RETIME, /* nothing: individual sessions of one service find new times, all else standing */
  N_MOVE_KINDS
};

/* How many sessions may be opened that did not stand before. The fewer, the quicker a step. */
enum openness { OPEN_NONE, OPEN_SOME, OPEN_MANY, N_OPENNESS };

struct move {
  enum move_kind kind;
  enum openness openness;
};

struct move_record {
  int64_t gain; /* units of 1/COST_ONE */
  int64_t work; /* units of week_solver_work() */
  int64_t tries;
};

struct moves {
  struct move_record records[N_MOVE_KINDS][N_OPENNESS];
  int64_t work; /* of all, since they were last halved */
};

void moves_init(struct moves *moves);
struct move moves_draw(const struct moves *moves, uint64_t *random);
/* gain: by how much the plan got better, 0 if it did not. */
void moves_learn(struct moves *moves, struct move move, int64_t gain, int64_t work);

/* Of the work done lately, how much went to the kind: 0 to 100. */
int moves_percent(const struct moves *moves, enum move_kind kind);

#endif
