/* A plan made good after something went wrong in its week: somebody is ill, a room is flooded. What
 * is past stays, less what an absence takes away; the rest is planned again so that as few people's
 * times as possible change, which comes before quality and after care. */
#ifndef IOPSCHED_REPAIR_H
#define IOPSCHED_REPAIR_H

#include "iopsched/absence.h"
#include "iopsched/clinic.h"
#include "iopsched/diagnostics.h"
#include "iopsched/plan.h"
#include "iopsched/schedule.h"

struct repair_wish {
  const struct clinic *clinic;
  const struct previous *plan;    /* of the clinic's week, with its schedule */
  const struct absence *absences; /* [n_absences] */
  int n_absences;
  int from_min; /* what starts before stays; 0: nothing needs to */
};

struct repair {
  struct clinic *facts; /* the clinic with the absences, and without the fixed rows that they undo:
                           by this and its own weights a repaired plan is judged */
  struct clinic *task;  /* the same with the past fixed and the weights of a repair */
  struct schedule *start; /* the plan, less what the absences take away for certain */
  const struct previous *plan;
  int from_min;
  int64_t hold_milli;
  bool *undone; /* [facts.n_fixed]: an absence took something away from the row */
};

/* False if the past cannot be kept as it is, or the rest cannot be planned: diagnostics say why.
 * Those of fixed rows that give way are warnings. repair_release() in any case. The clinic and the
 * plan are borrowed until then. */
bool repair_init(struct repair *repair, const struct repair_wish *wish,
                 struct diagnostics *diagnostics);
/* Plans. Of the options, previous, start and hold_milli are set here. result.schedule is valid for
 * `facts`; NULL (and diagnosed) if nothing was found that holds the fixed rows. */
void repair_search(struct repair *repair, struct plan_options options,
                   struct diagnostics *diagnostics, struct plan_result *result);
void repair_release(struct repair *repair);

/* The clinic as it stands for the rest of a week with a repaired plan: without the hours of those
 * who are absent, and without the fixed rows that gave way to that in the plan. The clinic must
 * outlive it; clinic_free() ends it. */
struct clinic *clinic_as_repaired(const struct clinic *clinic, const struct schedule *plan,
                                  const struct absences *absences);
/* The same with the past as it was: nothing else can take place then. */
struct clinic *clinic_from_now_on(const struct clinic *clinic, const struct schedule *plan,
                                  const struct absences *absences);

#endif
