/* What keeps one more session of a service from taking place: for a patient, or at all. */
#ifndef IOPSCHED_LIVE_HURDLES_H
#define IOPSCHED_LIVE_HURDLES_H

#include "occupancy.h"

/* In the order in which a start is tried: the later the hurdle, the nearer the session. */
enum hurdle {
  HURDLE_NO_START,    /* no allowed start lies within the opening hours */
  HURDLE_UNAVAILABLE, /* the patient is not available */
  HURDLE_SAME_DAY,    /* the patient has the service on that day already */
  HURDLE_WEEK_HOURS,  /* the patient's max_hours would be passed */
  HURDLE_WEEK_DAYS,   /* the patient's max_days would be passed */
  HURDLE_DAY_HOURS,   /* day_max_hours would be passed */
  HURDLE_BUSY,        /* the patient is in another session */
  HURDLE_OFFERED,     /* the service's sessions_max is reached */
  HURDLE_STAFF,       /* no leaders */
  HURDLE_ROOM,        /* no room */
  HURDLE_SIZE,        /* too few patients could come together */
  HURDLE_APART,       /* those who are in the session are kept apart from the patient */
  HURDLE_SEATS,       /* the session has no seat left */
  HURDLE_NONE         /* nothing that is looked at here */
};

enum { MOST_STARTS_KEPT = 4 };

/* What stands in the way at one start, which the service allows, within opening hours. */
struct start_finding {
  enum hurdle hurdle;
  int session; /* that could be joined, is full or holds people kept apart; or NONE */
  int n_could; /* HURDLE_SIZE: patients who could come */
  int role;    /* HURDLE_STAFF: one that nobody can take */
};
/* n_offered: sessions of the service in the week. patient may be NONE. */
struct start_finding find_hurdle_at(const struct occupancy *occupancy, int patient, int service,
                                    int n_offered, int start_min);

/* The first time on the grid that is not past. */
int first_start(const struct clinic *clinic);

/* How far the best starts get. */
struct finding {
  int service;
  enum hurdle hurdle;
  int starts[MOST_STARTS_KEPT]; /* the first of those with this hurdle, minutes of the week; with
                                   HURDLE_NONE those on days that the patient attends come first */
  int n_kept, n_attended;
  int n_starts; /* all of them */
  int session; /* that could be joined, is full or holds people kept apart, at starts[0]; or NONE */
  int n_could; /* HURDLE_SIZE: patients who could come, at the best start, which is starts[0] */
  int role;    /* HURDLE_STAFF: the role that nobody can take at starts[0] */
};

/* patient may be NONE: a session for whomever. only_new_days: days that the patient attends already
 * are left out. */
struct finding find_hurdle(const struct occupancy *occupancy, int patient, int service,
                           bool only_new_days);

/* What a session at a start would need, each by itself (patient may be NONE where it says so): */

/* A session of a group service that the patient could join, or NONE. */
int find_joinable(const struct occupancy *occupancy, int patient, int service, int start_min);
/* Leaders for every role who are free and not kept apart from the patient (or NONE); leaders:
 * [leaders of the service]. False if there are none such: *role then is one that stays open. */
bool find_leaders(const struct occupancy *occupancy, int patient, int service, int start_min,
                  int *leaders, int *role);
/* True if the therapist could take that role of a session at that start, with the patient (or NONE)
 * in it. */
bool could_lead(const struct occupancy *occupancy, int patient, int service, int role,
                int start_min, int therapist);
/* True if somebody in the session is kept apart from the patient. */
bool kept_apart(const struct clinic *clinic, int patient, const struct session *session);
/* A free room that fits, or NONE. */
int find_room(const struct occupancy *occupancy, int service, int start_min);
/* True if `other` could come to a new session, with the patient (or NONE) in it. */
bool could_come(const struct occupancy *occupancy, int patient, int other, int service,
                int start_min);
/* Patients who could come to a new session at that start, each taken by itself. */
int count_comers(const struct occupancy *occupancy, int patient, int service, int start_min);

#endif
