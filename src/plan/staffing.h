/* Who leads a session and where it takes place: choices among those who are free. */
#ifndef IOPSCHED_PLAN_STAFFING_H
#define IOPSCHED_PLAN_STAFFING_H

#include "board.h"

struct staffing_wish {
  int offer;
  const int *patients; /* [n_patients]: known to be in it; leaders are not kept apart from them */
  int n_patients;
  const struct ints *named; /* therapists who must be among the leaders, or NULL */
};

/* Chooses leaders for the offer, one for each role in the order of the service's roles, into
 * leaders [service.leaders]. False if there are none. */
bool staffing_leaders(const struct board *board, const struct staffing_wish *wish, uint64_t *random,
                      int32_t *leaders);

/* Whether this room fits and is free. */
bool staffing_room_free(const struct board *board, int offer, int room);
/* A free room that fits, or NONE: of those that seat max_size the one that other services miss
 * least, else the largest. */
int staffing_room(const struct board *board, int offer);

/* Slots between the therapist's first start and last end of the day, neither in session nor writing
 * notes. */
int staffing_idle_slots(const struct board *board, int therapist, int day);

/* True if the therapist's limits of the day and the week leave the hours to lead at the offer, too.
 */
bool hours_left(const struct board *board, int therapist, const struct offer *offer);

#endif
