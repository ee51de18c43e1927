/* Patients whose needs cannot be met, whatever the others do. */
#include <limits.h>
#include <stdlib.h>

#include "parts.h"

/* What one patient could attend at most. */
struct prospects {
  const struct clinic *clinic;
  const struct outlook *outlooks;
  const struct patient *who;
  int patient;
  int *days; /* [n_services]: days of the week with an open start, 0 where not eligible */
};

__attribute__((format(printf, 4, 5))) static void warn(struct diagnostics *diagnostics,
                                                       const struct patient *who,
                                                       const char *column, const char *format,
                                                       ...) {
  va_list arguments;
  va_start(arguments, format);
  char *text = arena_vprintf(&diagnostics->arena, format, arguments);
  va_end(arguments);
  diagnose(diagnostics, SEVERITY_WARNING, "patients.csv", who->line, column, "patient '%s' %s",
           who->id, text);
}

/* Days on which the patient is available for the whole of some possible session. */
static int days_open(const struct clinic *clinic, const struct outlook *outlook, int service,
                     const struct windows *available) {
  int n = 0, last_day = NONE;
  for (int i = 0; i < outlook->starts.n; i++) {
    int start = outlook->starts.list[i];
    if (day_of(start) == last_day) continue;
    if (!windows_cover(available, start, start + clinic->services[service].minutes)) continue;
    last_day = day_of(start);
    n++;
  }
  return n;
}

static void look_ahead(struct prospects *prospects) {
  for (int v = 0; v < prospects->clinic->n_services; v++)
    prospects->days[v] =
        may_attend(prospects->clinic, prospects->patient, v)
            ? days_open(prospects->clinic, &prospects->outlooks[v], v, &prospects->who->available)
            : 0;
}

/* Most sessions of the service in the week: one a day, within the patient's maximum. */
static int most_sessions(const struct prospects *prospects, int service) {
  int most = clinic_weekly_max(prospects->clinic, prospects->patient, service);
  return prospects->days[service] < most ? prospects->days[service] : most;
}

/* Minutes of the shortest service that the patient may attend; INT_MAX if there is none. */
static int shortest_service(const struct prospects *prospects) {
  int shortest = INT_MAX;
  for (int v = 0; v < prospects->clinic->n_services; v++)
    if (may_attend(prospects->clinic, prospects->patient, v) &&
        prospects->clinic->services[v].minutes < shortest)
      shortest = prospects->clinic->services[v].minutes;
  return shortest;
}

/* False, with a warning, where the patient's windows hold fewer hours than needed. */
static bool check_windows(const struct prospects *prospects, struct diagnostics *diagnostics) {
  const struct patient *who = prospects->who;
  int on_day[N_DAYS], n_days = 0, sum = 0, shortest = shortest_service(prospects);
  if (shortest == INT_MAX) {
    if (who->min_minutes > 0) warn(diagnostics, who, NULL, "may attend no service");
    return false;
  }
  for (int day = 0; day < N_DAYS; day++) {
    on_day[day] = window_minutes_on(&who->available, day, shortest);
    n_days += on_day[day] > 0;
    if (on_day[day] > prospects->clinic->day_max_minutes)
      on_day[day] = prospects->clinic->day_max_minutes;
  }
  ints_sort(on_day, N_DAYS);
  for (int i = 0; i < N_DAYS && i < who->max_days; i++) sum += on_day[N_DAYS - 1 - i];
  if (n_days < who->min_days)
    warn(diagnostics, who, "min_days",
         "needs %d days, and is available on %d for %d minutes or more", who->min_days, n_days,
         shortest);
  if (sum >= who->min_minutes) return true;
  if (n_days > who->max_days) n_days = who->max_days;
  warn(diagnostics, who, "min_hours",
       "needs %s hours, and is available for at most %s on %d day%s with day_max_hours %s",
       hours_text(who->min_minutes).text, hours_text(sum).text, n_days, n_days == 1 ? "" : "s",
       hours_text(prospects->clinic->day_max_minutes).text);
  return false;
}

/* False, with a warning, where the maxima alone rule the minimum out. */
static bool check_maxima(const struct prospects *prospects, struct diagnostics *diagnostics) {
  const struct patient *who = prospects->who;
  int64_t most = (int64_t)who->max_days * prospects->clinic->day_max_minutes;
  if (who->min_minutes <= most) return true;
  warn(diagnostics, who, "min_hours", "needs %s hours, and max_days %d x day_max_hours %s allow %s",
       hours_text(who->min_minutes).text, who->max_days,
       hours_text(prospects->clinic->day_max_minutes).text, hours_text(most).text);
  return false;
}

/* Every day on site takes visit_min_hours; days of telehealth alone do not. */
static void check_visits(const struct prospects *prospects, struct diagnostics *diagnostics) {
  const struct patient *who = prospects->who;
  int64_t least = (int64_t)who->min_days * prospects->clinic->visit_min_minutes;
  for (int v = 0; v < prospects->clinic->n_services; v++)
    if (prospects->clinic->services[v].telehealth && prospects->days[v] > 0) return;
  if (least > who->max_minutes)
    warn(diagnostics, who, "max_hours",
         "needs %d days, and %d visits of visit_min_hours %s are more than max_hours %s",
         who->min_days, who->min_days, hours_text(prospects->clinic->visit_min_minutes).text,
         hours_text(who->max_minutes).text);
}

static void check_curriculum(const struct prospects *prospects, struct diagnostics *diagnostics) {
  int64_t most = 0;
  for (int v = 0; v < prospects->clinic->n_services; v++)
    if (prospects->clinic->services[v].counts_hours)
      most += (int64_t)most_sessions(prospects, v) * prospects->clinic->services[v].minutes;
  if (most < prospects->who->min_minutes)
    warn(diagnostics, prospects->who, "min_hours",
         "needs %s hours, and the sessions open to them in the week hold at most %s",
         hours_text(prospects->who->min_minutes).text, hours_text(most).text);
}

static void check_service_needs(const struct prospects *prospects,
                                struct diagnostics *diagnostics) {
  const struct patient *who = prospects->who;
  int64_t counted = 0;
  for (int i = 0; i < who->n_needs; i++) {
    const struct need *need = &who->needs[i];
    if (need->service == NONE) continue;
    const struct service *service = &prospects->clinic->services[need->service];
    if (service->counts_hours) counted += (int64_t)need->min_sessions * service->minutes;
    /* Where the patient's windows take no day away the service has its own warning. */
    if (prospects->days[need->service] < need->min_sessions &&
        prospects->days[need->service] < prospects->outlooks[need->service].n_days)
      warn(diagnostics, who, NULL,
           "needs %d session%s of service '%s', and can attend it on %d "
           "day%s",
           need->min_sessions, need->min_sessions == 1 ? "" : "s", service->id,
           prospects->days[need->service], prospects->days[need->service] == 1 ? "" : "s");
  }
  if (counted > who->max_minutes)
    warn(diagnostics, who, "max_hours", "has requirements of %s hours in all, and max_hours is %s",
         hours_text(counted).text, hours_text(who->max_minutes).text);
}

static void check_category_needs(const struct prospects *prospects,
                                 struct diagnostics *diagnostics) {
  const struct patient *who = prospects->who;
  for (int i = 0; i < who->n_needs; i++) {
    const struct need *need = &who->needs[i];
    int64_t most = 0;
    bool held = false;
    for (int v = 0; v < prospects->clinic->n_services && need->category != NONE; v++) {
      if (prospects->clinic->services[v].category != need->category) continue;
      if (prospects->days[v] > 0) most += most_sessions(prospects, v);
      held |= prospects->outlooks[v].starts.n > 0;
    }
    if (held && most < need->min_sessions)
      warn(diagnostics, who, NULL,
           "needs %d session%s of category '%s', and can attend at most %lld in the week",
           need->min_sessions, need->min_sessions == 1 ? "" : "s",
           prospects->clinic->categories[need->category], (long long)most);
  }
}

void check_patients(const struct clinic *clinic, const struct outlook *outlooks,
                    struct diagnostics *diagnostics) {
  int *days = mem_new((size_t)clinic->n_services, sizeof *days);
  for (int p = 0; p < clinic->n_patients; p++) {
    struct prospects prospects = {clinic, outlooks, &clinic->patients[p], p, days};
    if (!clinic->patients[p].takes_part) continue;
    look_ahead(&prospects);
    /* The first of these to warn says it best. */
    if (check_maxima(&prospects, diagnostics) && check_windows(&prospects, diagnostics))
      check_curriculum(&prospects, diagnostics);
    check_visits(&prospects, diagnostics);
    check_service_needs(&prospects, diagnostics);
    check_category_needs(&prospects, diagnostics);
  }
  free(days);
}
