/* A plan and its clinic, as `render` reads them and every exporter writes them: each file after a
 * line "%%% NAME". What was written is then read back as an earlier plan. */
#include <stdio.h>

#include "fuzz.h"
#include "iopsched/load.h"
#include "iopsched/verify.h"
#include "iopsched/write.h"

static const char *const clinic_names[] = {"program.csv", "services.csv", "patients.csv",
                                           "therapists.csv", "rooms.csv"};
static const char *const plan_names[] = {"sessions.csv", "attendance.csv", "summary.json"};
static const char *const formats[] = {"csv", "json", "ics", "html", "xlsx"};

static char out[128];

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  snprintf(out, sizeof out, "%s/out", fuzz_clinic_folder());
  return 0;
}

static void write_out(const struct clinic *clinic, const struct schedule *schedule,
                      uint8_t chance) {
  const char *const earlier[] = {out};
  struct cost cost = verify_cost(clinic, schedule, NULL);
  struct outcome outcome;
  outcome_init(&outcome, clinic, schedule);
  struct report report = {.clinic = clinic,
                          .schedule = schedule,
                          .outcome = &outcome,
                          .cost = &cost,
                          .revision = next_revision(clinic->monday, earlier, 1),
                          .profile = chance % N_PROFILES,
                          .with_names = chance & 8,
                          .with_bom = chance & 16,
                          .earlier = earlier,
                          .n_earlier = 1};
  struct folder *folder;
  REQUIRE(folder_open(out, plan_contents(), &folder) == FOLDER_OK);
  write_plan(&report, formats, sizeof formats / sizeof *formats, folder);
  REQUIRE(folder_commit(folder) == FOLDER_OK);
  folder_close(folder);
  outcome_release(&outcome);
}

/* What the program writes it reads, and it is the same. */
static void read_again(const struct clinic *clinic, const struct schedule *schedule) {
  struct diagnostics diagnostics = {0};
  struct schedule *again = NULL;
  REQUIRE(schedule_load(clinic, out, &diagnostics, &again) == LOAD_OK);
  REQUIRE(again->n_sessions == schedule->n_sessions);
  REQUIRE(verify_cost(clinic, again, NULL).total == verify_cost(clinic, schedule, NULL).total);
  diagnostics_free(&diagnostics);
  schedule_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *folder = fuzz_clinic_folder(), *plan = fuzz_plan_folder();
  struct diagnostics diagnostics = {0};
  struct schedule *schedule = NULL;
  fuzz_write_sections(folder, clinic_names, sizeof clinic_names / sizeof *clinic_names, data, size);
  fuzz_write_sections(plan, plan_names, sizeof plan_names / sizeof *plan_names, data, size);
  struct clinic *clinic = fuzz_load(folder);
  if (clinic && schedule_load(clinic, plan, &diagnostics, &schedule) == LOAD_OK) {
    write_out(clinic, schedule, size > 0 ? data[size / 2] : 0);
    read_again(clinic, schedule);
  }
  diagnostics_free(&diagnostics);
  schedule_free(schedule);
  clinic_free(clinic);
  return 0;
}
