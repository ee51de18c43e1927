/* Sessions of one patient, therapist or room that lie over each other. */
#ifndef IOPSCHED_RULES_CLASHES_H
#define IOPSCHED_RULES_CLASHES_H

#include "iopsched/clinic.h"
#include "iopsched/schedule.h"

/* A walk through sessions in order of start; begin with {.sessions = ..., .with_notes = ...} and
 * the rest zero. */
struct clash_walk {
  const struct ints *sessions; /* as a roster lists them */
  bool with_notes;             /* busy until the notes are written */
  int next, latest, busy_until;
};
/* True and the pair for the next session that begins before an earlier one is over: *earlier is the
 * one that lasts longest. */
bool next_clash(const struct clinic *clinic, const struct schedule *schedule,
                struct clash_walk *walk, int *earlier, int *later);

#endif
