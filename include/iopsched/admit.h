/* Newcomers seated in a week that stands: nobody who has a place is moved, or as few attendances as
 * allowed. */
#ifndef IOPSCHED_ADMIT_H
#define IOPSCHED_ADMIT_H

#include "iopsched/clinic.h"
#include "iopsched/diagnostics.h"
#include "iopsched/plan.h"
#include "iopsched/schedule.h"

struct admission {
  const struct clinic *clinic;
  const struct previous *plan; /* of the clinic's week, with its schedule */
  bool *is_new;                /* [n_patients]: takes part, and has nothing in the plan */
  int n_new;
  int n_unseated; /* newcomers whose needs are not all met */
  int n_moved;    /* attendances of others that changed */
};

/* Finds the newcomers. False if the plan breaks a rule in a way that no newcomer could mend:
 * diagnostics say which. admission_release() in any case. */
bool admission_init(struct admission *admission, const struct clinic *clinic,
                    const struct previous *plan, struct diagnostics *diagnostics);
void admission_release(struct admission *admission);

/* Seats the newcomers, moving nobody: every session of the plan stays, with all who are in it, its
 * leaders and its room. Those for whom that leaves something unmet then get the best that was found
 * with at most max_moves attendances of others changed, nobody of whom gets less than they had of
 * what is due to them. Of the options, previous and start are set here. result->schedule is valid
 * for the clinic; NULL (and diagnosed) if the plan cannot be completed as it stands. */
void admission_search(struct admission *admission, struct plan_options options, int max_moves,
                      struct diagnostics *diagnostics, struct plan_result *result);

#endif
