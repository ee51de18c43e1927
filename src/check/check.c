#include "iopsched/check.h"

#include "parts.h"

void check_clinic(const struct clinic *clinic, struct diagnostics *diagnostics) {
  struct outlook *outlooks = outlooks_new(clinic);
  check_fixed(clinic, diagnostics);
  check_services(clinic, outlooks, diagnostics);
  check_patients(clinic, outlooks, diagnostics);
  check_supply(clinic, diagnostics);
  outlooks_free(outlooks, clinic);
}
