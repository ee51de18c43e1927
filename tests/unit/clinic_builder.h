/* Clinics and schedules made in memory, for tests of what follows the loader. */
#ifndef IOPSCHED_TESTS_CLINIC_BUILDER_H
#define IOPSCHED_TESTS_CLINIC_BUILDER_H

#include "iopsched/clinic.h"
#include "iopsched/schedule.h"

/* Ids separated by blanks; NULL: none. */
struct clinic_shape {
  const char *services, *patients, *therapists, *rooms;
};

/* A clinic in which hardly anything is forbidden, to be narrowed by the test and given up with
 * clinic_free(). Monday to Friday 08:00-21:00 on a 30-minute grid; no least visit, breaks or travel
 * time; default weights. Services: on-site groups of 60 minutes, 1 to 12 patients, one leader.
 * Patients: 0 to 20 hours on 0 to 5 days. Therapists: 8 hours a day, 40 a week. Rooms of 12.
 * All are available in all opening hours, everybody is eligible and qualified, every room fits.
 * Line numbers of the files: the first of each kind stands in line 2. */
struct clinic *clinic_build(const struct clinic_shape *shape);

/* What leaves a table of the clinic wrong when set by hand. */
void clinic_make_telehealth(struct clinic *clinic, const char *service);
void clinic_make_individual(struct clinic *clinic, const char *service);
void clinic_set_leaders(struct clinic *clinic, const char *service, int leaders);
void clinic_set_eligible(struct clinic *clinic, const char *patient, const char *service,
                         bool eligible);
void clinic_set_weekly_max(struct clinic *clinic, const char *patient, const char *service,
                           int most);
void clinic_set_qualified(struct clinic *clinic, const char *service, int role,
                          const char *therapist, bool qualified);
void clinic_set_room_fits(struct clinic *clinic, const char *service, const char *room, bool fits);
/* Gives the service a category of that name, adding it to the clinic. */
void clinic_set_category(struct clinic *clinic, const char *service, const char *category);
/* what: a service, or "category:NAME". A service's maximum becomes the patient's weekly maximum. */
void clinic_add_need(struct clinic *clinic, const char *patient, const char *what, int least,
                     int most);
void clinic_keep_apart(struct clinic *clinic, const char *patient,
                       const char *patient_or_therapist);
/* "REL Mon 09:00 R1 T1 P1,P2"; '-' stands for nobody or no room. lines: "4 5". */
void clinic_add_fixed(struct clinic *clinic, const char *session, const char *lines);

struct patient *patient_of(struct clinic *clinic, const char *id);
struct therapist *therapist_of(struct clinic *clinic, const char *id);
struct room *room_of(struct clinic *clinic, const char *id);
struct service *service_of(struct clinic *clinic, const char *id);

/* "Mon 09:00-12:00, Tue 13:00-17:30"; "" is no window. Memory of the clinic's arena. */
struct windows windows_of(struct clinic *clinic, const char *text);
/* "Mon 09:00" in minutes of the week. */
int minute_of(const char *text);

/* Sessions as in clinic_add_fixed(), separated by semicolons, in the order given and without ids;
 * a day may be followed by any minute ("Mon 09:10"). schedule_free() frees. */
struct schedule *schedule_of(const struct clinic *clinic, const char *sessions);
/* The attendances of such a schedule as a previous plan. previous_free() frees. */
struct previous *previous_of(const struct clinic *clinic, const char *sessions);

#endif
