/* What a step of the search takes apart: the patients to be seated anew and the sessions that are
 * dissolved for them. Patients are chosen into search->chosen; whoever loses a session by what is
 * dissolved here is chosen too. Sessions that are fixed stay. */
#ifndef IOPSCHED_PLAN_DISTURB_H
#define IOPSCHED_PLAN_DISTURB_H

#include "search.h"

/* ---- disturb.c: neighbourhoods ---- */

void choose_none(struct search *search);
/* Chooses a patient, once; those who take no part are passed over. */
void choose_patient(struct search *search, int patient);
void choose_members(struct search *search, const struct board *board, int session);
bool sits_in(const struct board *board, int patient, int session);
/* True if the patient is there and has nothing else then. */
bool is_free_then(const struct board *board, int patient, const struct offer *then);
/* A group session that is neither fixed nor of a closed service. */
bool is_loose_group(const struct board *board, int session);
/* Some loose group of the service other than the session `except` (or NONE); NONE: there is none.
 */
int pick_group_of(struct search *search, const struct board *board, int service, int except);
/* Closes a session whose members are chosen; with `ban` none is opened there in this step. */
void dissolve_session(struct search *search, struct board *board, int session, bool ban);

int pick_patient(struct search *search);
/* The costliest of a few. */
int pick_costly_patient(struct search *search, const struct board *board);
/* A patient and others, mostly of those who share sessions with them. */
void choose_companions(struct search *search, const struct board *board, int first, int n_wanted);
/* A group session with many empty seats. */
void dissolve_thin_group(struct search *search, struct board *board);
/* Two groups of one service, or close in time: their patients may be better off together. */
void dissolve_pair(struct search *search, struct board *board);
/* All that a therapist leads on one day. */
void dissolve_therapist_day(struct search *search, struct board *board);

/* ---- closed_groups.c ---- */

bool member_of(const struct board *board, int patient, int service);
bool needs_service(const struct clinic *clinic, int patient, int service);
/* True if the patient needs the service and is in no session of it. */
bool lacks_service(const struct board *board, int patient, int service);
/* True if a row of fixed.csv decides about the service. */
bool has_fixed(const struct clinic *clinic, int service);
/* Draws starts for a closed service: on different days, at times at which many can come. */
void place_closed(struct search *search, struct board *board, int service);
/* Takes all sessions of a closed service off the board, their members chosen. */
void clear_closed(struct search *search, struct board *board, int service);
/* Draws the starts of some closed service anew. */
void redraw_closed(struct search *search, struct board *board);

/* ---- shortage.c: care that is short ---- */

/* Counts, for every therapist, who is short of a service that the therapist could lead. */
void measure_pressure(struct search *search, const struct board *board);
/* True if the patient has the sessions that the need asks for. */
bool need_is_met(const struct board *board, int patient, const struct need *need);
/* True if somebody is short of hours, days or sessions. */
bool anybody_short(const struct board *board);
/* A patient who is short of something is to be seated first, with those who hold the seats, the
 * therapists or the time that could serve. */
void help_short(struct search *search, struct board *board);

/* The therapist is made free at the offer, with hours left to lead there. */
void free_therapist(struct search *search, struct board *board, int therapist,
                    const struct offer *offer);

/* ---- gather.c: services that may not be held more often ---- */

/* True if the service has all the sessions that it may have. */
bool is_held_out(const struct board *board, int service);
/* One of the service's sessions is to be at the time that suits most of its members and of those
 * who lack it. False if all its sessions are fixed. */
bool gather_elsewhere(struct search *search, struct board *board, int service);

/* ---- shift.c: towards another time ---- */

/* A group is to meet at another time, at which many of its members are there. */
void shift_group(struct search *search, struct board *board);
/* A patient is to see the primary therapist, at a time that others give up. */
void shift_individual(struct search *search, struct board *board);
/* True if somebody's primary therapist could lead a session of theirs but does not, and that costs
 * something. */
bool anybody_led_by_another(const struct board *board);

#endif
