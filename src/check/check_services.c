/* Services that are wanted and cannot be held. */
#include <stdlib.h>
#include <string.h>

#include "parts.h"

static const char services_csv[] = "services.csv";

__attribute__((format(printf, 4, 5))) static void warn(struct diagnostics *diagnostics,
                                                       const struct service *service,
                                                       const char *column, const char *format,
                                                       ...) {
  va_list arguments;
  va_start(arguments, format);
  char *text = arena_vprintf(&diagnostics->arena, format, arguments);
  va_end(arguments);
  diagnose(diagnostics, SEVERITY_WARNING, services_csv, service->line, column,
           "service '%s' cannot be held: %s", service->id, text);
}

static void warn_of_room(const struct clinic *clinic, int service,
                         struct diagnostics *diagnostics) {
  const struct service *it = &clinic->services[service];
  int seats = seats_of(clinic, service);
  if (seats == 0)
    warn(diagnostics, it, "room_features", "no room has all its features");
  else if (seats < it->min_size)
    warn(diagnostics, it, "min_size", "min_size is %d, the largest room with its features holds %d",
         it->min_size, seats);
  else
    warn(diagnostics, it, "room_features",
         "no room with its features is available for %d minutes at a possible start", it->minutes);
}

/* True if the staff can fill the roles, one each, when all of them are there. */
static bool has_leaders(const struct clinic *clinic, int service) {
  size_t n_therapists = (size_t)clinic->n_therapists;
  bool *anyone = mem_new(n_therapists, sizeof *anyone);
  if (n_therapists > 0) memset(anyone, true, n_therapists);
  bool covered = roles_covered(clinic, service, anyone);
  free(anyone);
  return covered;
}

static void warn_of_leaders(const struct clinic *clinic, int service,
                            struct diagnostics *diagnostics) {
  const struct service *it = &clinic->services[service];
  int n_able = 0;
  for (int t = 0; t < clinic->n_therapists; t++) n_able += clinic_may_lead(clinic, service, t);
  if (n_able == 0)
    warn(diagnostics, it, "credentials", "no therapist holds a credential for it");
  else if (!has_leaders(clinic, service))
    warn(diagnostics, it, it->roles_named ? "credentials" : "leaders",
         "it takes %d leaders%s, and %d therapist%s a credential for it", it->leaders,
         it->roles_named ? ", one for each role" : "", n_able, n_able == 1 ? " holds" : "s hold");
  else
    warn(diagnostics, it, "credentials",
         "%s for %d minutes (%d of them for notes) at a possible start",
         it->leaders > 1 ? "leaders for all its roles are never available together"
                         : "no therapist with a credential for it is available",
         it->minutes + it->notes_minutes, it->notes_minutes);
}

static void check_service(const struct clinic *clinic, int service, const struct outlook *outlook,
                          struct diagnostics *diagnostics) {
  const struct service *it = &clinic->services[service];
  if (outlook->n_clock_starts == 0)
    warn(diagnostics, it, it->n_starts > 0 ? "starts" : "minutes",
         "%s leaves %d minutes within opening hours",
         it->n_starts > 0 ? "none of its starts" : "no start on the grid", it->minutes);
  if (outlook->n_clock_starts > 0 && outlook->n_room_starts == 0)
    warn_of_room(clinic, service, diagnostics);
  if (outlook->n_clock_starts > 0 && outlook->n_leader_starts == 0)
    warn_of_leaders(clinic, service, diagnostics);
  if (outlook->n_room_starts > 0 && outlook->n_leader_starts > 0 && outlook->starts.n == 0)
    warn(diagnostics, it, NULL, "its rooms and its leaders are never available at the same time");
  if (outlook->n_days > 0 && outlook->most_needed > outlook->n_days)
    diagnose(diagnostics, SEVERITY_WARNING, services_csv, it->line, NULL,
             "service '%s' can be held on %d day%s, and a patient who attends once a day needs %d "
             "sessions",
             it->id, outlook->n_days, outlook->n_days == 1 ? "" : "s", outlook->most_needed);
  if (outlook->n_eligible < it->min_size)
    warn(diagnostics, it, "min_size", "min_size is %d, %d patient%s may attend it", it->min_size,
         outlook->n_eligible, outlook->n_eligible == 1 ? "" : "s");
}

/* True if somebody could attend the service though nobody must. */
static bool is_on_offer(const struct clinic *clinic, int service) {
  if (clinic->services[service].sessions_max == 0) return false;
  for (int p = 0; p < clinic->n_patients; p++)
    if (may_attend(clinic, p, service) && clinic_weekly_max(clinic, p, service) > 0) return true;
  return false;
}

/* Of a service that nobody must attend it is not said that this week is a bad one for it, but that
 * staff or rooms never suit it: mostly a credential or a feature is misspelt. */
static void check_on_offer(const struct clinic *clinic, int service,
                           struct diagnostics *diagnostics) {
  if (seats_of(clinic, service) < clinic->services[service].min_size)
    warn_of_room(clinic, service, diagnostics);
  if (!has_leaders(clinic, service)) warn_of_leaders(clinic, service, diagnostics);
}

void check_services(const struct clinic *clinic, const struct outlook *outlooks,
                    struct diagnostics *diagnostics) {
  for (int v = 0; v < clinic->n_services; v++)
    if (outlooks[v].wanted)
      check_service(clinic, v, &outlooks[v], diagnostics);
    else if (is_on_offer(clinic, v))
      check_on_offer(clinic, v, diagnostics);
}
