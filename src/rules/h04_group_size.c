/* H4: a session is neither too small nor too large.
 *
 *   for every session s:  min_size <= |patients_s| <= max_size
 *
 * An individual or family session has exactly one patient: its sizes are 1 and 1. */
#include <stdlib.h>

#include "judge.h"
#include "modules.h"

static void check_size(const struct judge *judge, int s, int n_patients) {
  const struct service *service = judged_service(judge, s);
  const char *patients = count_words(judge, n_patients, "patient");
  if (n_patients >= service->min_size && n_patients <= service->max_size) return;
  struct breach *breach;
  if (service->format != FORMAT_GROUP)
    breach = judge_session(judge, s, "%s, exactly 1 needed", patients);
  else if (n_patients < service->min_size)
    breach = judge_session(judge, s, "%s, at least %d needed", patients, service->min_size);
  else
    breach = judge_session(judge, s, "%s, at most %d allowed", patients, service->max_size);
  breach->mendable = n_patients < service->min_size;
}

static void check(const struct clinic *clinic, const struct schedule *schedule,
                  struct breaches *breaches) {
  struct judge judge = {"H4", clinic, schedule, breaches};
  int *sizes = session_sizes(clinic, schedule);
  for (int s = 0; s < schedule->n_sessions; s++) check_size(&judge, s, sizes[s]);
  free(sizes);
}

const struct rule h04_group_size = {
    .id = "H4",
    .title = "group sizes",
    .check = check,
};
