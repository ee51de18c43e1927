#include "clinic_input.h"

#include "iopsched/check.h"
#include "iopsched/load.h"
#include "messages.h"
#include "week.h"

int wanted_week(const struct options *options, const char *folder, time_t now) {
  if (options->has_week) return options->monday;
  /* Faults of program.csv are told when the clinic is loaded. */
  struct diagnostics untold = {0};
  const char *zone = NULL;
  clinic_load_timezone(folder, &untold, &zone);
  int monday = week_after(now, zone);
  diagnostics_free(&untold);
  return monday;
}

enum exit_status read_plan_week(const char *folder, enum telling telling, int *monday) {
  struct diagnostics diagnostics = {0};
  enum load_status status = schedule_load_week(folder, &diagnostics, monday);
  if (status != LOAD_OK) print_diagnostics(&diagnostics, telling);
  diagnostics_free(&diagnostics);
  return exit_of_load(status);
}

enum exit_status read_clinic(const char *folder, int monday, bool check, enum telling telling,
                             struct clinic **clinic, int *n_warnings) {
  struct diagnostics diagnostics = {0};
  *clinic = NULL;
  enum load_status loaded = clinic_load(folder, monday, &diagnostics, clinic);
  if (loaded == LOAD_OK && check) check_clinic(*clinic, &diagnostics);
  print_diagnostics(&diagnostics, telling);
  *n_warnings = diagnostics.n - diagnostics.n_errors;
  enum exit_status status = exit_of_load(loaded);
  if (status == EXIT_DONE && diagnostics.n_errors > 0) status = EXIT_FAULTY_INPUT;
  if (status != EXIT_DONE) {
    clinic_free(*clinic);
    *clinic = NULL;
  }
  diagnostics_free(&diagnostics);
  return status;
}

enum exit_status read_clinic_and_plan(const char *clinic_folder, const char *plan_folder,
                                      enum telling telling, struct clinic **clinic,
                                      struct previous **plan) {
  int monday, n_warnings;
  enum exit_status status = read_plan_week(plan_folder, telling, &monday);
  if (status != EXIT_DONE) return status;
  status = read_clinic(clinic_folder, monday, true, telling, clinic, &n_warnings);
  if (status != EXIT_DONE) return status;
  struct diagnostics diagnostics = {0};
  enum load_status loaded = previous_load(*clinic, plan_folder, &diagnostics, plan);
  if (loaded == LOAD_OK && (*plan)->n == 0 && (*plan)->n_left_out > 0) {
    diagnose(&diagnostics, SEVERITY_ERROR, NULL, 0, NULL,
             "'%s' is no plan of this clinic: it knows none of its attendances", plan_folder);
    loaded = LOAD_FAULTY;
  }
  print_diagnostics(&diagnostics, telling);
  diagnostics_free(&diagnostics);
  return exit_of_load(loaded);
}

struct absences read_absences(const struct clinic *clinic, const char *plan_folder,
                              enum telling telling, struct arena *arena) {
  struct diagnostics diagnostics = {0};
  struct absences absences;
  absences_load(clinic, plan_folder, &diagnostics, &absences, arena);
  print_diagnostics(&diagnostics, telling);
  diagnostics_free(&diagnostics);
  return absences;
}
