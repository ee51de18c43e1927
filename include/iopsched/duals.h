/* The prices that prove a lower bound on the cost of every valid schedule: what the planner found,
 * and what the verifier adds up anew. */
#ifndef IOPSCHED_DUALS_H
#define IOPSCHED_DUALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is paid for. Minutes are whole slots: prices are by the slot. */
enum dual_kind {
  DUAL_PLACE,  /* the patient's place in a group session of the service at that start */
  DUAL_TIME,   /* the therapist's slot from that start, in session or writing notes */
  DUAL_DAY,    /* a slot of the therapist's in session on the day of that start */
  DUAL_WEEK,   /* a slot of the therapist's in session */
  DUAL_ROOM,   /* the room's slot from that start */
  DUAL_WANTED, /* the reward for one more session of the service in the week */
  DUAL_CAPPED, /* the fine for one more session of the service in the week */
  N_DUAL_KINDS
};

extern const char *const dual_kind_names[N_DUAL_KINDS]; /* in the file of prices */

struct dual {
  enum dual_kind kind;
  int patient, service, therapist, room, start_min; /* NONE where the kind has none */
  int64_t price;                                    /* units of 1/COST_ONE, > 0 */
};

struct duals {
  struct dual *list; /* [n], heap, in any order, nothing twice; what is not there costs nothing */
  int n;
  size_t capacity;
  int64_t bound; /* that the planner proves with them; units of 1/COST_ONE */
};

void duals_add(struct duals *duals, struct dual dual);
/* By kind, then service, start, patient, therapist and room. */
void duals_sort_by_session(struct duals *duals);
/* By kind, then patient, service, start, therapist and room. */
void duals_sort_by_patient(struct duals *duals);
/* True if both are for the same thing. */
bool duals_same(const struct dual *a, const struct dual *b);
void duals_release(struct duals *duals);

#endif
