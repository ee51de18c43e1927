/* The prices that prove a lower bound on the cost of every valid schedule: what the planner found,
 * and what the verifier adds up anew. */
#ifndef IOPSCHED_DUALS_H
#define IOPSCHED_DUALS_H

#include <stddef.h>
#include <stdint.h>

/* What a patient pays for a place in a group session of the service at that start. */
struct dual {
  int patient, service, start_min;
  int64_t price; /* units of 1/COST_ONE, > 0 */
};

struct duals {
  struct dual *list; /* [n], heap, in any order, nothing twice; what is not there costs nothing */
  int n;
  size_t capacity;
  int64_t bound; /* that the planner proves with them; units of 1/COST_ONE */
};

void duals_add(struct duals *duals, struct dual dual);
/* By service, start and patient. */
void duals_sort_by_session(struct duals *duals);
/* By patient, service and start. */
void duals_sort_by_patient(struct duals *duals);
void duals_release(struct duals *duals);

#endif
