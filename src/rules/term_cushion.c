/* weight_cushion: hours by which a patient falls below the minimum if their longest group sessions
 * are missed, beyond the hours short already.
 *
 *   sum over patients p who take part of
 *     ((min_p - counted_p + missed_p)+ - (min_p - counted_p)+) / 60
 *
 *   missed_p: counted minutes of the cushion_sessions longest group sessions of p. No priority. */
#include <stdlib.h>

#include "modules.h"
#include "sums.h"

static int compare_descending(const void *a, const void *b) {
  int x = *(const int *)a, y = *(const int *)b;
  return (x < y) - (x > y);
}

/* Counted minutes of the patient's longest group sessions. */
static int minutes_missed(const struct clinic *clinic, const struct schedule *schedule,
                          const struct ints *sessions) {
  int *groups = mem_new((size_t)sessions->n, sizeof *groups);
  int n = 0, missed = 0;
  for (int i = 0; i < sessions->n; i++) {
    const struct service *service =
        &clinic->services[schedule->sessions[sessions->list[i]].service];
    if (service->format == FORMAT_GROUP) groups[n++] = counted_minutes(service);
  }
  qsort(groups, (size_t)n, sizeof *groups, compare_descending);
  for (int i = 0; i < n && i < clinic->cushion_sessions; i++) missed += groups[i];
  free(groups);
  return missed;
}

static int64_t of_patient(const struct clinic *clinic, const struct schedule *schedule, int patient,
                          const struct ints *sessions) {
  const struct patient *who = &clinic->patients[patient];
  if (!who->takes_part) return 0;
  int missing = who->min_minutes - attended_week_of(clinic, schedule, sessions).counted_minutes;
  int missing_then = missing + minutes_missed(clinic, schedule, sessions);
  if (missing < 0) missing = 0;
  return missing_then > missing ? (missing_then - missing) * UNITS_PER_MINUTE : 0;
}

static int64_t amount(const struct clinic *clinic, const struct schedule *schedule,
                      const struct previous *previous) {
  (void)previous;
  return sum_over_patients(clinic, schedule, of_patient);
}

const struct cost_term term_cushion = {
    .term = TERM_CUSHION,
    .title = "hours below the minimum if the longest groups are missed",
    .amount = amount,
};
