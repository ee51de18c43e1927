/* Taking one patient's sessions of a service out of a finished week and putting them on other days,
 * where they break no rule and nobody else is touched; or all back again. */
#ifndef IOPSCHED_LIVE_RELOCATE_H
#define IOPSCHED_LIVE_RELOCATE_H

#include "occupancy.h"

/* The week in hand. The schedule belongs to the caller and is changed in place: sessions keep their
 * index, and their order by time is lost. relocation_release() frees the rest. */
struct relocation {
  const struct clinic *clinic;
  struct schedule *schedule;
  struct occupancy occupancy; /* its rosters are those of the beginning */
  bool *lifted;               /* [n_sessions]: out of the week for now */

  /* Sessions as they were before, newest last; [n_saved]. */
  struct saved_session {
    int index;
    struct session was;
  } saved[2 * N_DAYS];
  int n_saved;
};

void relocation_init(struct relocation *relocation, const struct clinic *clinic,
                     struct schedule *schedule);
void relocation_release(struct relocation *relocation);

/* True if the patient has the session for themselves, and so takes it along; else they leave it to
 * the others, and join another one. */
bool session_is_own(const struct schedule *schedule, int session);

/* Takes the patient out of a session. At most N_DAYS of them before relocation_keep() or _undo().
 */
void lift(struct relocation *relocation, int patient, int session);
/* Puts the patient, lifted out of `session`, on a day: with the whole session if it is their own,
 * at the start that costs their day least, else in another one of the service. False, with nothing
 * done, where every such start breaks a rule. */
bool land(struct relocation *relocation, int patient, int session, int day);
/* Days on which the patient is in any session. */
int days_attended(const struct relocation *relocation, int patient);

/* Everything since the last of these two calls stays, or is as it was. */
void relocation_keep(struct relocation *relocation);
void relocation_undo(struct relocation *relocation);

#endif
