/* The prices that a bound rests on, as `verify --bound` reads them. */
#include "fuzz.h"
#include "iopsched/load.h"
#include "iopsched/text.h"

static struct clinic *clinic;
static struct text path;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  clinic = fuzz_load(fuzz_clinic_folder());
  REQUIRE(clinic);
  text_printf(&path, "%s/duals.csv", fuzz_plan_folder());
  return 0;
}

static void judge(struct duals *duals) {
  REQUIRE(duals->bound >= 0);
  duals_sort_by_patient(duals);
  for (int i = 0; i < duals->n; i++) {
    const struct dual *dual = &duals->list[i], *last = dual - 1;
    REQUIRE(dual->price >= 0 && dual->patient >= 0 && dual->patient < clinic->n_patients);
    REQUIRE(dual->service >= 0 && dual->service < clinic->n_services);
    REQUIRE(dual->start_min >= 0 && dual->start_min < WEEK_MIN);
    REQUIRE(i == 0 || last->patient != dual->patient || last->service != dual->service ||
            last->start_min != dual->start_min);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct diagnostics diagnostics = {0};
  struct duals duals = {0};
  fuzz_write(fuzz_plan_folder(), "duals.csv", data, size);
  enum load_status status = duals_load(clinic, path.data, &diagnostics, &duals);
  REQUIRE((status == LOAD_OK) == (diagnostics.n_errors == 0));
  if (status == LOAD_OK) {
    judge(&duals);
    duals_release(&duals);
  }
  diagnostics_free(&diagnostics);
  return 0;
}
