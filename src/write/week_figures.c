/* What one week of several gives and takes. */
#include <stdlib.h>

#include "iopsched/roster.h"
#include "iopsched/weeks.h"

/* Hours that a therapist could lead. */
static int64_t leadable(const struct therapist *therapist) {
  int64_t sum = 0;
  for (int day = 0; day < N_DAYS; day++) {
    int minutes = windows_overlap(&therapist->available, day * DAY_MIN, (day + 1) * DAY_MIN);
    sum += minutes < therapist->max_minutes_day ? minutes : therapist->max_minutes_day;
  }
  return sum < therapist->max_minutes_week ? sum : therapist->max_minutes_week;
}

static void add_therapists(struct week_figures *figures, const struct clinic *clinic,
                           const struct schedule *schedule) {
  bool *leads = mem_new((size_t)clinic->n_therapists, sizeof *leads);
  for (int s = 0; s < schedule->n_sessions; s++) {
    const struct session *session = &schedule->sessions[s];
    for (int i = 0; i < session->leaders.n; i++) {
      leads[session->leaders.list[i]] = true;
      figures->led_minutes += clinic->services[session->service].minutes;
    }
  }
  for (int t = 0; t < clinic->n_therapists; t++) {
    figures->n_leading += leads[t];
    figures->leadable_minutes += leadable(&clinic->therapists[t]);
  }
  free(leads);
}

static void add_patients(struct week_figures *figures, const struct report *report,
                         const struct clinic *before) {
  const struct clinic *clinic = report->clinic;
  for (int p = 0; p < clinic->n_patients; p++) {
    bool is_here = clinic->patients[p].takes_part;
    bool was_here = before ? before->patients[p].takes_part : is_here;
    figures->n_patients += is_here;
    figures->n_admitted += is_here && !was_here;
    figures->n_left += was_here && !is_here;
    figures->given_minutes += report->outcome->patients[p].minutes;
    figures->n_fragile += report->outcome->patients[p].fragile;
  }
  figures->due_minutes = report->outcome->required_minutes;
  figures->due_given_minutes = report->outcome->cared_minutes;
}

/* ---- groups ---- */

static int count_at(const struct clinic *clinic, int service, int start_min) {
  int n = 0;
  for (int p = 0; p < clinic->n_patients; p++) {
    const struct patient *patient = &clinic->patients[p];
    n += patient->takes_part && clinic_weekly_max(clinic, p, service) > 0 &&
         windows_cover(&patient->available, start_min,
                       start_min + clinic->services[service].minutes);
  }
  return n;
}

static int most_together(const struct clinic *clinic, int service) {
  const struct service *what = &clinic->services[service];
  int most = 0;
  for (int start = 0; start + what->minutes <= WEEK_MIN; start += clinic->slot_minutes) {
    if (!clinic->operates[day_of(start)] || !service_allows_start(what, start) ||
        !windows_cover(&clinic->opening, start, start + what->minutes))
      continue;
    int n = count_at(clinic, service, start);
    if (n > most) most = n;
  }
  return most;
}

static int count_attending(const struct clinic *clinic, const struct schedule *schedule,
                           int service) {
  bool *attends = mem_new((size_t)clinic->n_patients, sizeof *attends);
  int n = 0;
  for (int s = 0; s < schedule->n_sessions; s++) {
    const struct ints *patients = &schedule->sessions[s].patients;
    if (schedule->sessions[s].service != service) continue;
    for (int i = 0; i < patients->n; i++) {
      n += !attends[patients->list[i]];
      attends[patients->list[i]] = true;
    }
  }
  free(attends);
  return n;
}

static void add_groups(struct week_figures *figures, const struct clinic *clinic,
                       const struct schedule *schedule) {
  figures->groups = mem_new((size_t)clinic->n_services, sizeof *figures->groups);
  for (int s = 0; s < schedule->n_sessions; s++)
    figures->groups[schedule->sessions[s].service].n_sessions++;
  for (int service = 0; service < clinic->n_services; service++) {
    if (clinic->services[service].format != FORMAT_GROUP) continue;
    figures->groups[service].n_attending = count_attending(clinic, schedule, service);
    figures->groups[service].n_together = most_together(clinic, service);
  }
}

bool group_is_below(const struct clinic *clinic, const struct week_figures *figures, int service) {
  const struct service *what = &clinic->services[service];
  return what->format == FORMAT_GROUP && figures->groups[service].n_together < what->min_size;
}

void week_figures_init(struct week_figures *figures, const struct report *report,
                       const struct clinic *before) {
  const struct clinic *clinic = report->clinic;
  const struct schedule *schedule = report->schedule;
  *figures = (struct week_figures){.monday = clinic->monday,
                                   .n_unmet = report->outcome->n_unmet,
                                   .n_sessions = schedule->n_sessions,
                                   .n_changes = report->changes ? report->changes->n : 0,
                                   .cost = report->cost->total,
                                   .bound = report->bound};
  for (int s = 0; s < schedule->n_sessions; s++)
    figures->n_attendances += schedule->sessions[s].patients.n;
  add_patients(figures, report, before);
  add_therapists(figures, clinic, schedule);
  add_groups(figures, clinic, schedule);
}

void week_figures_release(struct week_figures *figures) {
  free(figures->groups);
  *figures = (struct week_figures){0};
}
