/* Who a calendar, a page or a workbook is for, and what it may therefore show. The CSV files and
 * summary.json are the director's own and heed no profile.
 *
 * A view is a week seen by one program, room, therapist or patient: a calendar, or the pages of one
 * kind. A profile says which views are written, and which of them tell who is in a session.
 * Patients are told by id; by name only under --names. A patient's own view never tells of another
 * patient, whatever the profile. */
#ifndef IOPSCHED_PROFILE_H
#define IOPSCHED_PROFILE_H

#include <stdbool.h>

#include "iopsched/clinic.h"

enum profile { PROFILE_DIRECTOR, PROFILE_THERAPIST, PROFILE_DOOR, PROFILE_PATIENT, N_PROFILES };
extern const char *const profile_names[N_PROFILES]; /* "director", ... */

enum view { VIEW_PROGRAM, VIEW_ROOM, VIEW_THERAPIST, VIEW_PATIENT, N_VIEWS };

/* False if there is no such profile; any case. */
bool profile_find(const char *name, enum profile *profile);

/* May this view be written at all? */
bool profile_has_view(enum profile profile, enum view view);
/* May the view tell which patients are in a session? Never true of VIEW_PATIENT: there, only the
 * patient whose view it is. */
bool profile_tells_patients(enum profile profile, enum view view);
/* May it tell how many patients are in a session, and of how many seats? */
bool profile_tells_seats(enum profile profile, enum view view);
/* May it tell hours against what is asked, unmet needs and their reasons, changes, cost and load?
 */
bool profile_tells_account(enum profile profile);

/* False for what a view keeps to itself: sessions of a service drawn by surprise are not in the
 * patient's own. */
bool view_has_service(enum view view, const struct service *service);

/* What a patient is called: the id, or under --names the name where the file has one. */
const char *patient_label(const struct patient *patient, bool with_names);

#endif
