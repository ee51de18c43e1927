#include "sums.h"

int64_t sum_over_patients(const struct clinic *clinic, const struct schedule *schedule,
                          int64_t (*of_patient)(const struct clinic *clinic,
                                                const struct schedule *schedule, int patient,
                                                const struct ints *sessions)) {
  int64_t sum = 0;
  struct roster roster;
  roster_init(&roster, ROSTER_PATIENTS, clinic, schedule);
  for (int p = 0; p < roster.n; p++) sum += of_patient(clinic, schedule, p, &roster.of[p]);
  roster_release(&roster);
  return sum;
}
