/* A plan read back: its files, each after a line "%%% NAME", judged as `verify` does, and taken as
 * the previous plan. */
#include "fuzz.h"
#include "iopsched/load.h"
#include "iopsched/summary.h"
#include "iopsched/verify.h"

static const char *const names[] = {"sessions.csv", "attendance.csv", "summary.json"};

static struct clinic *clinic;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  clinic = fuzz_load(fuzz_clinic_folder());
  REQUIRE(clinic);
  return 0;
}

static void judge(const struct schedule *schedule, const struct previous *previous) {
  struct breaches breaches = {0};
  bool valid = verify_rules(clinic, schedule, &breaches);
  REQUIRE(valid == (breaches.n == 0));
  breaches_free(&breaches);
  REQUIRE(verify_cost(clinic, schedule, previous).total >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *folder = fuzz_plan_folder();
  struct diagnostics diagnostics = {0};
  struct schedule *schedule = NULL;
  struct previous *previous = NULL;
  struct summary summary;
  int monday = 0;
  fuzz_write_sections(folder, names, sizeof names / sizeof *names, data, size);
  schedule_load_week(folder, &diagnostics, &monday);
  summary_read(folder, &summary);
  enum load_status status = schedule_load(clinic, folder, &diagnostics, &schedule);
  REQUIRE((status == LOAD_OK) == (schedule != NULL));
  previous_load(clinic, folder, &diagnostics, &previous);
  if (schedule) judge(schedule, previous);
  diagnostics_free(&diagnostics);
  previous_free(previous);
  schedule_free(schedule);
  return 0;
}
