/* What one plan has otherwise than another, person by person and session by session. */
#ifndef IOPSCHED_DIFFERENCE_H
#define IOPSCHED_DIFFERENCE_H

#include "iopsched/changes.h"
#include "iopsched/clinic.h"
#include "iopsched/schedule.h"
#include "iopsched/summary.h"
#include "iopsched/text.h"

enum session_change_kind { SESSION_ADDED, SESSION_REMOVED, SESSION_MOVED, SESSION_CHANGED };
extern const char *const session_change_names[]; /* "added", "removed", "moved", "changed" */

struct session_change {
  enum session_change_kind kind;
  int was, now;             /* indices into the schedules; NONE where there is none */
  struct ints gained, lost; /* patients, ascending; of one that is added or removed: all */
};

/* Of two plans: [0] is the earlier. What is given is borrowed. */
struct difference {
  const struct clinic *clinic; /* that knows all of their ids */
  const struct schedule *plans[2];
  int mondays[2];
  struct summary_costs costs[2];

  struct previous before; /* plans[0], to count changes against */
  struct changes patients, therapists;
  struct session_change *sessions; /* [n_sessions], by start (of the later plan, if it has it) */
  int n_sessions;
  struct arena arena;
};

/* Works out the rest from what stands above `before`. A session that is gone and one that is new
 * of the same service are one that moved, the earliest with the earliest. */
void difference_init(struct difference *difference);
/* True if people, sessions and costs are the same. */
bool difference_is_none(const struct difference *difference);
void difference_release(struct difference *difference);

/* As a table (RFC 4180), and as JSON; added to the text. */
void difference_add_csv(const struct difference *difference, struct text *text);
void difference_add_json(const struct difference *difference, struct text *text);

#endif
