/* Which of a schedule's sessions stand for fixed ones. */
#include <stdlib.h>

#include "build.h"
#include "iopsched/matching.h"

/* Fixed sessions and sessions of one service and start. */
struct candidates {
  const struct fixed_session *fixed;
  const struct session *sessions;
  bool rooms_can_move; /* individual sessions: any of their rooms will do for each */
};

static bool stands_for(const void *data, int fixed_index, int session_index) {
  const struct candidates *candidates = data;
  struct fixed_session wanted = candidates->fixed[fixed_index];
  if (candidates->rooms_can_move) wanted.room = NONE;
  return session_carries_out(&candidates->sessions[session_index], &wanted);
}

/* Gives the session the room, and the session that had it the other. */
static void swap_rooms(struct session *sessions, int n, int session, int room) {
  int had = sessions[session].room;
  for (int i = 0; i < n; i++)
    if (sessions[i].room == room) sessions[i].room = had;
  sessions[session].room = room;
}

void mark_fixed(const struct ilp *ilp, struct session *sessions, int n) {
  int first, n_fixed = ilp_fixed(ilp, sessions[0].service, sessions[0].start_min, &first);
  if (n_fixed == 0) return;
  const struct fixed_session *fixed = &ilp->clinic->fixed[first];
  bool individual = ilp->clinic->services[sessions[0].service].format != FORMAT_GROUP;
  struct candidates candidates = {fixed, sessions, individual};
  struct matching matching = {n_fixed, n, stands_for, &candidates};
  int *session_of = mem_new((size_t)n_fixed, sizeof *session_of);
  matching_solve(&matching, session_of);
  for (int f = 0; f < n_fixed; f++) {
    if (session_of[f] < 0) continue;
    sessions[session_of[f]].fixed = true;
    if (individual && fixed[f].room != NONE) swap_rooms(sessions, n, session_of[f], fixed[f].room);
  }
  free(session_of);
}
