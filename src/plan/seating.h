/* Seating one patient after another on a board: every offer gets a price, the patient's best week
 * is found, and its sessions are joined or opened. */
#ifndef IOPSCHED_PLAN_SEATING_H
#define IOPSCHED_PLAN_SEATING_H

#include "board.h"
#include "week.h"
#include "week_memory.h"

struct seating {
  const struct grid *grid;
  struct week_solver *solver;
  struct week_memory memory;
  int64_t work;             /* what remembering took, in units of week_solver_work() */
  int64_t *price;           /* [n_offers], of the patient at hand */
  int64_t *full_open_price; /* [n_offers]: staff cost of a session there */
  int *want;                /* [n_offers]: how many of those to be seated could come there */
  bool *banned;             /* [n_offers]: no group is opened there for now */
  int claimed;              /* offer of a group that is to come about, or NONE */
  bool may_open;            /* groups may be opened at all */
  int open_percent, individual_percent; /* of the offers of groups and of individual sessions, how
                                           many are considered beside those that stood before */
  uint64_t salt;                        /* which ones */
  const struct board *before;           /* or NULL */
  int hope_percent; /* of those who could come to a new group, how many are hoped to */
  uint64_t random;
};

void seating_init(struct seating *seating, const struct grid *grid, struct week_solver *solver);
void seating_release(struct seating *seating);

/* Sets want[] for patients [n] who are about to be seated. */
void seating_expect(struct seating *seating, const int *patients, int n);

/* Seats a patient who is in no session. False if no week holds what is fixed for the patient. */
bool seat_patient(struct seating *seating, struct board *board, int patient);
/* Joins a session at the offer, or opens one. False if neither is possible. */
bool seating_take_up(struct seating *seating, struct board *board, int patient, int offer);
/* Betters the week of a patient who is in sessions already, without leaving any. False if no valid
 * week holds them all. */
bool seat_more(struct seating *seating, struct board *board, int patient);

#endif
