/* The primal search: a first plan by seating everyone, then large neighbourhoods: some sessions are
 * dissolved, the patients concerned are seated anew, and the plan is kept if it is not much worse.
 * Counts work, not seconds, so that equal runs give equal plans. */
#ifndef IOPSCHED_PLAN_SEARCH_H
#define IOPSCHED_PLAN_SEARCH_H

#include "board.h"
#include "halt.h"
#include "moves.h"
#include "seating.h"

/* Outweighs every cost: a plan with fewer defects is better. */
#define DEFECT_COST (INT64_C(1) << 52)

struct search {
  const struct grid *grid;
  const struct lattices *lattices;
  struct week_solver *solver;
  struct seating seating;
  struct moves moves;
  int64_t steps, work; /* of this round */
  struct board best, current, trial;
  int64_t best_cost;    /* of the best valid plan; INT64_MAX: none yet */
  int64_t current_cost; /* with DEFECT_COST for every defect */
  bool gained;          /* best is newer than the beginning of the round */
  uint64_t random;
  struct halt *halt; /* ends what takes long; or NULL */
  int32_t *pressure; /* [n_therapists]: patients short of what the therapist could lead */
  int *chosen;       /* [n_patients]: scratch, patients to be seated anew */
  bool *is_chosen;
  int n_chosen;
};

/* False if the fixed sessions find no leaders or rooms; *stuck is then the one. */
bool search_init(struct search *search, const struct grid *grid, const struct lattices *lattices,
                 uint64_t seed, int *stuck);
/* A search that begins where another one stands, with chances of its own. */
void search_init_copy(struct search *search, const struct search *from, uint64_t seed);
void search_release(struct search *search);

/* Seats everyone on the empty board. */
void search_construct(struct search *search, int n_threads);

/* Sets out from a schedule of this clinic instead: what of it is still valid stands as it was;
 * sessions whose leaders or room are gone find others; patients who lose something are seated
 * anew. */
void search_resume(struct search *search, const struct schedule *start);

/* Neighbourhoods, until they took this much work (as week_solver_work() counts it) or steps. `heat`
 * is how much worse a plan may well become, in units of 1/COST_ONE. search->steps tells how many.
 */
void search_go(struct search *search, int64_t heat, int64_t work, int64_t most_steps);
/* Starts a round from another search's current plan; remembers nothing better than it. */
void search_follow(struct search *search, const struct search *leader);
/* Cost of the plan that a follower reached. */
int64_t search_result_cost(const struct search *follower);
/* Takes over that plan. */
void search_take(struct search *search, const struct search *follower);
/* Remembers the follower's best plan if it is better than any before; goes on from where it is. */
void search_keep_best_of(struct search *search, const struct search *follower);
/* Repeats on the current plan what a follower changed since it set out from `origin`; kept if that
 * makes the current plan better. */
void search_replay(struct search *search, const struct search *follower,
                   const struct board *origin);
/* Plans a part of the week afresh, better or worse: a new place to search from. */
void search_shake(struct search *search, int most_percent);
/* Finds better times for the talks, if somebody lacks one (timetable.h). */
void search_retime_talks(struct search *search, struct halt *halt);
/* Goes on from a plan of that cost, and remembers it if it is the best. */
void search_adopt(struct search *search, const struct board *board, int64_t cost);
/* What a plan costs, with DEFECT_COST for every defect. */
int64_t search_cost_of(const struct board *board);
/* Goes on from the best plan, if there is one. */
void search_return_to_best(struct search *search);

/* ---- for the ways to a first plan ---- */

void search_unban_all(struct search *search);
/* Betters the week of a patient without taking anything away; seats them anew if that fails. */
void search_reseat(struct search *search, struct board *board, int patient);
/* Works out what the current plan costs and keeps it if it is the best. */
void search_judge(struct search *search);
/* The same after closing groups that are too small. */
void search_settle(struct search *search);
/* Closes sessions in which nobody sits, but for the fixed. */
void board_close_empty(struct board *board);

#endif
