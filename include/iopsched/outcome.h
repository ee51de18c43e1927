/* What a finished schedule gives: each patient's hours and days, and every need it leaves unmet. */
#ifndef IOPSCHED_OUTCOME_H
#define IOPSCHED_OUTCOME_H

#include "iopsched/clinic.h"
#include "iopsched/memory.h"
#include "iopsched/schedule.h"

struct patient_outcome {
  int minutes; /* counted */
  int days;    /* attended */
  int idle_minutes;
  bool met;              /* hours and days reach their minima */
  int cushioned_minutes; /* counted, if the longest cushion_sessions groups are missed */
  bool fragile;          /* then below the minimum, or further below it */
};

enum need_kind { NEED_HOURS, NEED_DAYS, NEED_SERVICE, NEED_CATEGORY, NEED_OFFER };

/* A minimum that the schedule does not reach. */
struct unmet {
  enum need_kind kind;
  int patient;           /* NONE for NEED_OFFER: sessions that the program offers */
  int service, category; /* where the kind names one, else NONE */
  int required, planned; /* minutes for NEED_HOURS, else days or sessions; planned < required */
  const char *reason;    /* what stands in the way, in a sentence; never NULL */
  bool reason_tells_ids; /* ... that holds patients' ids */
};

/* patients: [n_patients] of the clinic; those who take no part have zeros and `met`. unmet: [n], by
 * patient, then in the order of need_kind; offers last. Everything is in the arena. */
struct outcome {
  struct arena arena;
  struct patient_outcome *patients;
  struct unmet *unmet;
  int n_unmet;
  int64_t required_minutes, cared_minutes; /* sums of min_minutes, and of what is given up to it */
};

/* outcome_release() frees what it holds. */
void outcome_init(struct outcome *outcome, const struct clinic *clinic,
                  const struct schedule *schedule);
/* The same with empty reasons, which take most of the time. */
void outcome_measure(struct outcome *outcome, const struct clinic *clinic,
                     const struct schedule *schedule);
/* True if both are the same need, perhaps of different outcomes. */
bool same_need(const struct unmet *a, const struct unmet *b);
/* By how much the schedule is short of a need of an outcome, perhaps another's: 0 where it is met.
 */
int outcome_short_of(const struct outcome *outcome, const struct unmet *need);
void outcome_release(struct outcome *outcome);

/* The name of a need in unmet.csv: "hours", "session:REL", "category:skills", "offer:REL". In the
 * arena. */
const char *need_name(const struct clinic *clinic, const struct unmet *unmet, struct arena *arena);

#endif
