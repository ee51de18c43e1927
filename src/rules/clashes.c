#include "clashes.h"

bool next_clash(const struct clinic *clinic, const struct schedule *schedule,
                struct clash_walk *walk, int *earlier, int *later) {
  while (walk->next < walk->sessions->n) {
    int current = walk->sessions->list[walk->next];
    const struct session *session = &schedule->sessions[current];
    int end = session_end(clinic, session);
    if (walk->with_notes) end += clinic->services[session->service].notes_minutes;
    bool clash = walk->next > 0 && session->start_min < walk->busy_until;
    *earlier = walk->latest;
    *later = current;
    if (walk->next == 0 || end > walk->busy_until) {
      walk->latest = current;
      walk->busy_until = end;
    }
    walk->next++;
    if (clash) return true;
  }
  return false;
}
