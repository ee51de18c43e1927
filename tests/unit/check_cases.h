/* Cases for check_clinic(): a clinic and every line that is printed of it. */
#ifndef IOPSCHED_TESTS_CHECK_CASES_H
#define IOPSCHED_TESTS_CHECK_CASES_H

#include "rule_cases.h"

struct check_case {
  const char *name;
  void (*narrow)(struct clinic *clinic); /* changes cases_clinic() */
  const char *printed;                   /* all of it */
};
void run_check_cases(const struct check_case *cases, size_t n);
/* Takes all therapists' credentials for the first role of the service. */
void nobody_may_lead(struct clinic *clinic, const char *service);

#endif
