/* The parts of a repair that are worked out one after the other. */
#ifndef IOPSCHED_LIVE_REPAIR_PARTS_H
#define IOPSCHED_LIVE_REPAIR_PARTS_H

#include "iopsched/repair.h"

/* ---- absences.c ---- */

/* Takes the absent one's hours away. */
void cut_absence(struct clinic *facts, const struct absence *absence);
/* True if the session needs the absent one at that time. */
bool absence_hits(const struct clinic *clinic, const struct absence *absence,
                  const struct session *session);
/* Takes absent patients out of their sessions, and whole sessions away that have nobody left, or,
 * before from_min, no leader or room. */
void take_away_absent(struct schedule *plan, const struct repair_wish *wish,
                      struct diagnostics *diagnostics);
/* Takes names of the absent off the fixed rows after from_min; undone: [n_fixed], set where that
 * was so. Rows that are about an absent patient alone, and rows before from_min that the plan holds
 * no more, are left out. */
void relax_fixed(struct repair *repair, const struct repair_wish *wish,
                 struct diagnostics *diagnostics);
/* Takes the absent one's name off a fixed row of the facts; false if it is not about them, or not
 * at that time. */
bool take_off_row(struct clinic *facts, int row, const struct absence *absence);
/* Leaves a row out of the facts' fixed sessions. */
void leave_out_fixed(struct repair *repair, int row);

/* ---- past.c ---- */

/* Takes away from the past of repair->start what cannot stand after the absences (a group too
 * small, a day too short to come for). False if the past breaks rules for other reasons: said. */
bool settle_past(struct repair *repair, const struct repair_wish *wish,
                 struct diagnostics *diagnostics);
/* Makes the past of repair->start the only one that the task allows. */
void freeze_past(struct repair *repair);

/* ---- reunite.c ---- */

/* Exchanges patients, then rooms, between sessions at one time so that patients are with those who
 * led them in the earlier schedule, and these where they were; what is valid stays so. */
void reunite(const struct clinic *clinic, const struct schedule *was, struct schedule *now);

/* ---- for both ---- */

void drop_patient(struct session *session, int patient);
void drop_session(struct schedule *plan, int session);
/* True if any session of the plan carries out the row. */
bool any_carries_out(const struct fixed_session *row, const struct schedule *plan);

#endif
