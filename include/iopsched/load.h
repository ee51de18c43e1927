/* From files to the validated clinic, and from a plan's CSV files back to a schedule. */
#ifndef IOPSCHED_LOAD_H
#define IOPSCHED_LOAD_H

#include "iopsched/absence.h"
#include "iopsched/clinic.h"
#include "iopsched/diagnostics.h"
#include "iopsched/duals.h"
#include "iopsched/schedule.h"

enum load_status {
  LOAD_OK,
  LOAD_FAULTY,     /* diagnostics hold at least one error: exit 65 */
  LOAD_NO_INPUT,   /* the folder or a required file is missing: exit 66 */
  LOAD_READ_FAILED /* the system refused to read: exit 74 */
};

/* Reads the clinic folder for the week beginning on `monday` (a date). Every fault of every file
 * goes to diagnostics. On LOAD_OK *clinic is set and the caller frees it with clinic_free(). */
enum load_status clinic_load(const char *folder, int monday, struct diagnostics *diagnostics,
                             struct clinic **clinic);

/* Reads the settings alone: *timezone is the setting (in diagnostics' arena), or NULL where there
 * is none or it is faulty. Used to find the default week before the whole folder is read: faults
 * are left for clinic_load() to report, but for a missing folder. */
enum load_status clinic_load_timezone(const char *folder, struct diagnostics *diagnostics,
                                      const char **timezone);

/* Reads sessions.csv and attendance.csv of a plan of the same clinic, also as a spreadsheet saved
 * them. sessions.csv leads. Ids that the clinic does not know are errors. The plan's week is that
 * of the sessions' dates. */
enum load_status schedule_load(const struct clinic *clinic, const char *folder,
                               struct diagnostics *diagnostics, struct schedule **schedule);

/* Who was absent, and what was past, when the plan in a folder was repaired, in this week; the list
 * is the arena's. Whom the clinic does not have is left out with a warning. */
void absences_load(const struct clinic *clinic, const char *folder, struct diagnostics *diagnostics,
                   struct absences *absences, struct arena *arena);

/* The Monday of the week that a plan's sessions.csv is about (from its dates; from summary.json
 * where there are no sessions). */
enum load_status schedule_load_week(const char *folder, struct diagnostics *diagnostics,
                                    int *monday);

/* A clinic that has the services, people and rooms that two plans name, and nothing of them but
 * their ids: enough to read and compare the plans. Services have no length. */
struct clinic *clinic_of_plans(const char *const folders[2]);

/* Reads the attendances of an earlier plan, of this week or another, to count changes against.
 * Patients and services that the clinic no longer has are left out, with one warning that counts
 * them. */
enum load_status previous_load(const struct clinic *clinic, const char *folder,
                               struct diagnostics *diagnostics, struct previous **previous);

/* Reads the prices that a bound rests on, as write_duals() wrote them for the same clinic. *duals
 * is set on LOAD_OK; duals_release() ends it. */
enum load_status duals_load(const struct clinic *clinic, const char *path,
                            struct diagnostics *diagnostics, struct duals *duals);

#endif
