/* The week as it is being planned: sessions in place, who sits in them, who leads them and where.
 * A board keeps the rules of therapists and rooms and the seats of sessions at every step; the
 * rules of a patient's own week are kept by who seats them (week.h). Only sessions below min_size
 * may stand for a while: board_defects() tells.
 *
 * A board lives in one block of memory, so that keeping and restoring one is a copy. */
#ifndef IOPSCHED_PLAN_BOARD_H
#define IOPSCHED_PLAN_BOARD_H

#include "grid.h"
#include "week.h"

struct placed {  /* a session on the board */
  int32_t offer; /* NONE: this place is unused */
  int32_t room;  /* NONE: telehealth */
  int32_t n_patients, seats;
  int32_t fixed; /* index into clinic.fixed, or NONE */
  int32_t next;  /* next session at the same offer, or next unused place */
};

struct board {
  const struct grid *grid;
  size_t bytes;
  char *block;
  int max_sessions;
  const int32_t *pressure; /* [n_therapists] or NULL: how much a therapist is wanted elsewhere */

  /* Within the block: */
  struct board_totals {
    int64_t patients_cost, staff_cost;
    int32_t n_sessions, first_unused, high_water;
  } * totals;
  struct placed *sessions;   /* [max_sessions] */
  int32_t *leaders;          /* [max_sessions * max_leaders] */
  int32_t *at_offer;         /* [n_offers]: first session, or NONE */
  int32_t *service_sessions; /* [n_services] */
  word *therapist_free;      /* [n_slots * therapist_words] */
  word *room_free;           /* [n_slots * room_words] */
  int32_t *therapist_at;     /* [n_therapists * n_slots]: session led, or NONE */
  int32_t *day_slots_led;    /* [n_therapists * N_DAYS] */
  int32_t *week_slots_led;   /* [n_therapists] */
  int64_t *patient_cost;     /* [n_patients]: own cost and cost of changes */
  int32_t *patient_n;        /* [n_patients] */
  int32_t *patient_sessions; /* [n_patients * MAX_WEEK_SESSIONS], by start */
  int32_t *fixed_session;    /* [n_fixed] */
};

/* Empty but for the fixed sessions and the patients they name. False if those cannot stand
 * together (a leader or room cannot be found for one); *stuck is then that fixed session. */
bool board_init(struct board *board, const struct grid *grid, uint64_t *random, int *stuck);
/* Another board of the same grid, a copy. */
void board_init_copy(struct board *board, const struct board *from);
void board_copy(struct board *to, const struct board *from);
void board_release(struct board *board);

static inline int32_t *board_leaders(const struct board *board, int session) {
  return board->leaders + (size_t)session * (size_t)board->grid->clinic->max_leaders;
}
static inline int32_t *board_week(const struct board *board, int patient) {
  return board->patient_sessions + (size_t)patient * MAX_WEEK_SESSIONS;
}

/* Whether a session could be opened at the offer now: leaders and a room are free. Hours limits and
 * rules of a therapist's day may still forbid it. */
bool board_could_open(const struct board *board, int offer);
/* Whether this therapist could lead a session at the offer now. */
bool board_therapist_free(const struct board *board, int therapist, int offer);
bool board_leads(const struct board *board, int therapist, int session);

/* Opens a session, choosing leaders and a room; for is the patient of an individual session (or
 * NONE). NONE if it cannot be. */
int board_open(struct board *board, int offer, int patient, uint64_t *random);
/* Puts a session there with these leaders, by role, and this room, all known to be free; fixed is
 * the row it stands for, or NONE. NONE if the service has no more sessions or there is no place. */
int board_place(struct board *board, int offer, int room, const int32_t *leaders, int fixed);
/* Takes the session's leaders and room for its time, or gives them free. */
void board_occupy(struct board *board, int session, bool taken);
/* Opens a session with this leader (of a service that asks for one) in a free room. */
int board_open_led(struct board *board, int offer, int leader);
/* Chooses the leaders of a session afresh, so that the patient (or NONE) could join those who are
 * in it; they stay if there are no others. */
void board_relead(struct board *board, int session, int patient, uint64_t *random);
/* Closes a session; patients in it leave it first. */
void board_close(struct board *board, int session);

/* A session at the offer with a seat for the patient whom nothing keeps apart from those in it, or
 * NONE; the fullest such, but first those that are fixed and lack patients. */
int board_find_seat(const struct board *board, int patient, int offer);
/* True if the patient could join this one: a seat, and nothing keeps them apart from it. */
bool board_has_seat(const struct board *board, int patient, int session);
void board_leave(struct board *board, int patient, int session);
void board_join(struct board *board, int patient, int session);
/* Takes the patient out of everything; closes their individual sessions that are not fixed. */
void board_clear_patient(struct board *board, int patient);
/* Works out the patient's cost after their week changed. */
void board_settle_patient(struct board *board, int patient);

/* Sum over everything, in units of 1/COST_ONE. */
int64_t board_cost(const struct board *board);
/* What keeps the board from being a valid plan: seats missing below min_size, fixed patients not in
 * their session, members missing in a session of their closed group. 0: it is a valid plan. */
int64_t board_defects(const struct board *board);
/* The same of one fixed session: missing seats and named patients. */
int64_t board_fixed_defects(const struct board *board, int fixed);

struct schedule *board_schedule(const struct board *board);

#endif
