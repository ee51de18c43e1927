#include "iopsched/check.h"

#include "parts.h"

void check_clinic(const struct clinic *clinic, struct diagnostics *diagnostics) {
  check_fixed(clinic, diagnostics);
  if (clinic->opening.n == 0) { /* says all that could be said of patients and services */
    diagnose(diagnostics, SEVERITY_WARNING, NULL, 0, NULL,
             "the program is closed all week: no session can take place");
    return;
  }
  struct outlook *outlooks = outlooks_new(clinic);
  check_services(clinic, outlooks, diagnostics);
  check_patients(clinic, outlooks, diagnostics);
  check_supply(clinic, diagnostics);
  outlooks_free(outlooks, clinic);
}
