#include "check_cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clinic_files.h"
#include "iopsched/check.h"
#include "unit.h"

static void run_one(const struct check_case *it) {
  struct clinic *clinic = cases_clinic();
  struct diagnostics diagnostics = {0};
  if (it->narrow) it->narrow(clinic);
  check_clinic(clinic, &diagnostics);
  char *printed = diagnostics_text(&diagnostics);
  if (strcmp(printed, it->printed) != 0)
    fail_msg("%s:\n%sinstead of\n%s", it->name, printed, it->printed);
  free(printed);
  diagnostics_free(&diagnostics);
  clinic_free(clinic);
}

void run_check_cases(const struct check_case *cases, size_t n) {
  for (size_t i = 0; i < n; i++) run_one(&cases[i]);
}

void nobody_may_lead(struct clinic *clinic, const char *service) {
  for (int t = 0; t < clinic->n_therapists; t++)
    clinic_set_qualified(clinic, service, 0, clinic->therapists[t].id, false);
}
