/* Weeks planned one after another, each the previous of the next: what each gives and takes, and
 * which groups are about to have too few patients. */
#ifndef IOPSCHED_WEEKS_H
#define IOPSCHED_WEEKS_H

#include "iopsched/clinic.h"
#include "iopsched/folder.h"
#include "iopsched/write.h"

/* One group service in one week. */
struct group_week {
  int n_sessions;
  int n_attending; /* different patients in them */
  int n_together;  /* most patients who may attend it and can come at one and the same start */
};

struct week_figures {
  int monday;
  int n_patients, n_admitted,
      n_left; /* taking part; newly so, and no more, since the week before */
  int64_t due_minutes, given_minutes; /* counted hours of all patients */
  int64_t due_given_minutes;          /* of what is given, the part that is due */
  int n_unmet, n_fragile;
  int n_sessions, n_attendances, n_changes;
  int n_leading; /* therapists who lead anything */
  int64_t led_minutes,
      leadable_minutes;      /* of all therapists; leadable: within windows and maxima */
  int64_t cost, bound;       /* units of 1/COST_ONE */
  struct group_week *groups; /* [n_services]; week_figures_release() frees */
};

/* before: the clinic as it stood in the week before, or NULL. */
void week_figures_init(struct week_figures *figures, const struct report *report,
                       const struct clinic *before);
void week_figures_release(struct week_figures *figures);

/* True if fewer than min_size patients can come together, so that the group cannot take place. */
bool group_is_below(const struct clinic *clinic, const struct week_figures *figures, int service);

/* What a folder of weeks holds, for folder_open(): a plan's folder for each week, and the tables.
 */
const struct folder_contents *weeks_contents(void);
/* Writes weeks.csv and groups.csv at the top. The clinic: of any of the weeks [n]. */
void write_weeks(const struct clinic *clinic, const struct week_figures *weeks, int n,
                 bool with_bom, struct folder *folder);

#endif
