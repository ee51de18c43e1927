/* A plan read back: its files, each after a line "%%% NAME", judged as `verify` does, taken as the
 * previous plan, asked who was absent, and compared with itself as `diff` does. */
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

static void ask_who_was_absent(const char *folder, struct diagnostics *diagnostics) {
  struct arena arena = {0};
  struct absences absences;
  absences_load(clinic, folder, diagnostics, &absences, &arena);
  for (int i = 0; i < absences.n; i++)
    REQUIRE(absences.list[i].when.start_min < absences.list[i].when.end_min &&
            absence_id(clinic, &absences.list[i]));
  arena_free(&arena);
}

static void compare(const char *folder) {
  struct diagnostics diagnostics = {0};
  struct schedule *schedule = NULL;
  struct clinic *both = clinic_of_plans((const char *const[]){folder, folder});
  schedule_load(both, folder, &diagnostics, &schedule);
  schedule_free(schedule);
  clinic_free(both);
  diagnostics_free(&diagnostics);
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
  ask_who_was_absent(folder, &diagnostics);
  compare(folder);
  if (schedule) judge(schedule, previous);
  diagnostics_free(&diagnostics);
  previous_free(previous);
  schedule_free(schedule);
  return 0;
}
