/* The clinic that a command is about. */
#ifndef IOPSCHED_CLI_CLINIC_INPUT_H
#define IOPSCHED_CLI_CLINIC_INPUT_H

#include <time.h>

#include "exit_status.h"
#include "iopsched/absence.h"
#include "iopsched/clinic.h"
#include "iopsched/schedule.h"
#include "messages.h"
#include "options.h"

/* The Monday that --week names, or the next one after today in the program's time zone. */
int wanted_week(const struct options *options, const char *folder, time_t now);
/* The Monday of the week that the plan in a folder is about; says what is wrong with it. */
enum exit_status read_plan_week(const char *folder, enum telling telling, int *monday);
/* Loads the clinic and says what is wrong with it; with `check` also what is doubtful before any
 * planning. *n_warnings counts what was only doubtful. On EXIT_DONE the caller frees *clinic. */
enum exit_status read_clinic(const char *folder, int monday, bool check, enum telling telling,
                             struct clinic **clinic, int *n_warnings);
/* Loads the clinic for the week of the plan in a folder, and the plan with its schedule; says what
 * is wrong with either. The caller frees both in any case. */
enum exit_status read_clinic_and_plan(const char *clinic_folder, const char *plan_folder,
                                      enum telling telling, struct clinic **clinic,
                                      struct previous **plan);

/* Who was absent when the plan in a folder was repaired; says what of that is left out. The list is
 * the arena's. */
struct absences read_absences(const struct clinic *clinic, const char *plan_folder,
                              enum telling telling, struct arena *arena);

#endif
