/* A whole clinic folder: any of its files, each after a line "%%% NAME". */
#include "fuzz.h"
#include "iopsched/load.h"

static const char *const names[] = {"program.csv",    "services.csv",     "patients.csv",
                                    "phases.csv",     "payers.csv",       "therapists.csv",
                                    "rooms.csv",      "requirements.csv", "availability.csv",
                                    "exceptions.csv", "apart.csv",        "fixed.csv"};

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *folder = fuzz_clinic_folder(), *zone;
  fuzz_write_sections(folder, names, sizeof names / sizeof *names, data, size);
  struct diagnostics diagnostics = {0};
  REQUIRE(clinic_load_timezone(folder, &diagnostics, &zone) == LOAD_OK);
  diagnostics_free(&diagnostics);
  clinic_free(fuzz_load(folder));
  return 0;
}
