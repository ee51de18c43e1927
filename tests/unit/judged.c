#include "judged.h"

#include "iopsched/verify.h"
#include "unit.h"

bool check_valid(const struct clinic *clinic, const struct schedule *schedule) {
  struct breaches breaches = {0};
  bool valid = verify_rules(clinic, schedule, &breaches);
  for (int i = 0; i < breaches.n; i++)
    print_error("%s: %s\n", breaches.list[i].rule, breaches.list[i].text);
  breaches_free(&breaches);
  return valid;
}

void assert_valid(const struct clinic *clinic, const struct schedule *schedule) {
  bool valid = check_valid(clinic, schedule);
  assert_true(valid);
}
