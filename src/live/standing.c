/* The clinic in a week whose plan was repaired. */
#include "freeze.h"
#include "iopsched/repair.h"
#include "iopsched/variant.h"
#include "repair_parts.h"

/* True if the plan does without a row for a reason that its repair gave. */
static bool gave_way(struct clinic *variant, const struct schedule *plan, int row,
                     const struct absences *absences) {
  const struct fixed_session *fixed = &variant->fixed[row];
  bool touched = fixed->start_min < absences->from_min;
  for (int i = 0; i < absences->n; i++) touched |= take_off_row(variant, row, &absences->list[i]);
  return touched && !any_carries_out(fixed, plan);
}

struct clinic *clinic_as_repaired(const struct clinic *clinic, const struct schedule *plan,
                                  const struct absences *absences) {
  struct clinic *variant = clinic_variant(clinic);
  for (int i = 0; i < absences->n; i++) cut_absence(variant, &absences->list[i]);
  for (int row = variant->n_fixed - 1; row >= 0; row--) {
    if (!gave_way(variant, plan, row, absences)) continue;
    variant->n_fixed--;
    for (int i = row; i < variant->n_fixed; i++) variant->fixed[i] = variant->fixed[i + 1];
  }
  return variant;
}

struct clinic *clinic_from_now_on(const struct clinic *clinic, const struct schedule *plan,
                                  const struct absences *absences) {
  struct clinic *variant = clinic_as_repaired(clinic, plan, absences);
  if (absences->from_min == 0) return variant;
  hold_past(variant, plan, absences->from_min);
  variant->past_min = absences->from_min;
  return variant;
}
