/* Rows of fixed.csv that break a hard rule whatever is added, by the rules themselves. */
#include <stdlib.h>
#include <string.h>

#include "fixed.h"
#include "iopsched/roster.h"
#include "iopsched/text.h"

/* Lines of fixed.csv of the sessions [n], ascending; the caller frees. */
static struct ints lines_of(const struct clinic *clinic, const int *fixed, int n) {
  struct ints lines = {0};
  for (int i = 0; i < n; i++) lines.n += clinic->fixed[fixed[i]].lines.n;
  lines.list = mem_new((size_t)lines.n, sizeof *lines.list);
  int *next = lines.list;
  for (int i = 0; i < n; i++) {
    const struct ints *own = &clinic->fixed[fixed[i]].lines;
    if (own->n > 0) memcpy(next, own->list, (size_t)own->n * sizeof *next);
    next += own->n;
  }
  lines.n = ints_sort_unique(lines.list, lines.n);
  return lines;
}

void fixed_error(struct fixed_week *week, const int *fixed, int n, const char *rule,
                 const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const char *text = arena_vprintf(&week->diagnostics->arena, format, arguments);
  va_end(arguments);
  struct ints lines = lines_of(week->clinic, fixed, n);
  struct text others = {0};
  for (int i = 1; i < lines.n; i++)
    text_printf(&others, "%s%d", i == 1 ? "" : i == lines.n - 1 ? " and " : ", ", lines.list[i]);
  diagnose(week->diagnostics, SEVERITY_ERROR, "fixed.csv", lines.n > 0 ? lines.list[0] : 0, NULL,
           "breaks rule %s%s%s: %s", rule,
           lines.n < 2    ? ""
           : lines.n == 2 ? " with line "
                          : " with lines ",
           others.length > 0 ? others.data : "", text);
  for (int i = 0; i < n; i++) week->faulty[fixed[i]] = true;
  text_free(&others);
  free(lines.list);
}

/* All patients named in fixed sessions of the service, ascending; in the schedule's arena. */
static struct ints patients_of_service(const struct clinic *clinic, struct schedule *schedule,
                                       int service) {
  struct ints all = {0};
  for (int f = 0; f < clinic->n_fixed; f++)
    if (clinic->fixed[f].service == service) all.n += clinic->fixed[f].patients.n;
  all.list = arena_alloc(&schedule->arena, (size_t)all.n, sizeof *all.list);
  int n = 0;
  for (int f = 0; f < clinic->n_fixed; f++)
    for (int i = 0; i < clinic->fixed[f].patients.n && clinic->fixed[f].service == service; i++)
      all.list[n++] = clinic->fixed[f].patients.list[i];
  all.n = ints_sort_unique(all.list, n);
  return all;
}

/* Nobody can attend two sessions of a closed service on a day, and with one of them all who are in
 * any would have to. True if there are such. */
static bool check_closed_once_a_day(struct fixed_week *week, int service) {
  const struct clinic *clinic = week->clinic;
  bool twice = false;
  int on_day[N_DAYS];
  for (int day = 0; day < N_DAYS; day++) on_day[day] = NONE;
  for (int f = 0; f < clinic->n_fixed; f++) {
    if (clinic->fixed[f].service != service) continue;
    int day = session_day(&week->schedule->sessions[f]);
    if (on_day[day] != NONE) {
      fixed_error(week, (int[]){on_day[day], f}, 2, "H8",
                  "service '%s' has closed membership: its patients would attend twice on %s",
                  clinic->services[service].id, day_names[day]);
      twice = true;
    }
    on_day[day] = f;
  }
  return twice;
}

static void join_closed(struct fixed_week *week, int service) {
  if (check_closed_once_a_day(week, service)) return;
  struct ints all = patients_of_service(week->clinic, week->schedule, service);
  for (int f = 0; f < week->clinic->n_fixed; f++)
    if (week->clinic->fixed[f].service == service) week->schedule->sessions[f].patients = all;
}

static void fixed_week_init(struct fixed_week *week, const struct clinic *clinic,
                            struct diagnostics *diagnostics) {
  struct schedule *schedule = mem_new(1, sizeof *schedule);
  *week = (struct fixed_week){clinic, schedule, mem_new((size_t)clinic->n_fixed, sizeof(bool)),
                              diagnostics};
  schedule->n_sessions = clinic->n_fixed;
  schedule->sessions =
      arena_alloc(&schedule->arena, (size_t)clinic->n_fixed, sizeof *schedule->sessions);
  for (int f = 0; f < clinic->n_fixed; f++) {
    const struct fixed_session *fixed = &clinic->fixed[f];
    schedule->sessions[f] = (struct session){.service = fixed->service,
                                             .start_min = fixed->start_min,
                                             .room = fixed->room,
                                             .leaders = fixed->therapists,
                                             .patients = fixed->patients,
                                             .fixed = true};
  }
  for (int v = 0; v < clinic->n_services; v++)
    if (clinic->services[v].closed) join_closed(week, v);
}

/* True if a breach in `fixed`, of a closed service, may come of `other` naming patients: they are
 * in all sessions of it. */
static bool brings_in(const struct fixed_session *other, const struct fixed_session *fixed,
                      int patient) {
  if (other->service != fixed->service) return false;
  if (patient == NONE) return other->patients.n > 0;
  return ints_contain(&other->patients, patient) && !ints_contain(&fixed->patients, patient);
}

/* Fixed sessions whose rows make the breach, ascending: involved [n_fixed] is filled. */
static int involve(const struct clinic *clinic, const struct breach *breach, int *involved) {
  bool *named = mem_new((size_t)clinic->n_fixed, sizeof *named);
  for (int i = 0; i < breach->sessions.n; i++) {
    const struct fixed_session *fixed = &clinic->fixed[breach->sessions.list[i]];
    named[breach->sessions.list[i]] = true;
    for (int f = 0; f < clinic->n_fixed && clinic->services[fixed->service].closed; f++)
      if (brings_in(&clinic->fixed[f], fixed, breach->patient)) named[f] = true;
  }
  int n = 0;
  for (int f = 0; f < clinic->n_fixed; f++)
    if (named[f]) involved[n++] = f;
  free(named);
  return n;
}

static void check_rules(struct fixed_week *week) {
  struct breaches breaches = {0};
  int *involved = mem_new((size_t)week->clinic->n_fixed, sizeof *involved);
  for (int r = 0; r < n_rules; r++) rules[r]->check(week->clinic, week->schedule, &breaches);
  for (int b = 0; b < breaches.n; b++) {
    const struct breach *breach = &breaches.list[b];
    if (breach->mendable) continue;
    int n = involve(week->clinic, breach, involved);
    fixed_error(week, involved, n, breach->rule, "%s", breach->text);
  }
  free(involved);
  breaches_free(&breaches);
}

void check_fixed(const struct clinic *clinic, struct diagnostics *diagnostics) {
  if (clinic->n_fixed == 0) return;
  struct fixed_week week;
  fixed_week_init(&week, clinic, diagnostics);
  check_rules(&week);
  check_completion(&week);
  schedule_free(week.schedule);
  free(week.faulty);
}
