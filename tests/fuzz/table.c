/* One table of a clinic folder, the others being the sample's. The target is called after it:
 * table_patients reads patients.csv. */
#include <stdio.h>
#include <string.h>

#include "fuzz.h"

static char name[64];

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  const char *program = strrchr((*argv)[0], '/');
  program = program ? program + 1 : (*argv)[0];
  REQUIRE(strncmp(program, "table_", 6) == 0);
  snprintf(name, sizeof name, "%s.csv", program + 6);
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_write(fuzz_clinic_folder(), name, data, size);
  clinic_free(fuzz_load(fuzz_clinic_folder()));
  return 0;
}
