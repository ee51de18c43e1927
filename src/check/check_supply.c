/* Hours asked of therapists and rooms against the hours they have.
 *
 * The sessions that every plan without unmet needs holds take their minutes of a therapist for each
 * role, and of a room. For each set of therapists that may fill some role:
 *   sum of minutes over the roles that only members of the set may fill <= minutes they have
 * and for all of them together, the patients' further hours included. Rooms likewise. */
#include <stdlib.h>
#include <string.h>

#include "demand.h"
#include "iopsched/text.h"

enum { MOST_NAMES = 6 };

/* Minutes asked of any of some members of a side: of one role of a service, or of its room. */
struct request {
  int service;
  int64_t minutes;
  bool *members; /* [n_members] */
};

/* All therapists, or all rooms. */
struct side {
  const char *file, *column;
  const char *one, *many; /* "therapist", "therapists" */
  const char **ids;       /* [n_members] */
  int64_t *minutes;       /* [n_members] that they have in the week */
  int n_members;
  struct request *requests; /* [n] */
  int n;
};

static void side_init(struct side *side, int n_members, int most_requests) {
  size_t n = (size_t)n_members;
  side->n_members = n_members;
  side->ids = mem_new(n, sizeof *side->ids);
  side->minutes = mem_new(n, sizeof *side->minutes);
  side->requests = mem_new((size_t)most_requests, sizeof *side->requests);
}

static void side_release(struct side *side) {
  for (int i = 0; i < side->n; i++) free(side->requests[i].members);
  free(side->requests);
  free(side->ids);
  free(side->minutes);
}

static bool *add_request(struct side *side, int service, int64_t minutes) {
  bool *members = mem_new((size_t)side->n_members, sizeof *members);
  side->requests[side->n++] = (struct request){service, minutes, members};
  return members;
}

/* Minutes of the day within opening hours and the windows. */
static int open_minutes(const struct clinic *clinic, const struct windows *windows, int day) {
  int minutes = 0;
  for (int i = 0; i < clinic->opening.n; i++) {
    const struct window *open = &clinic->opening.list[i];
    int from = open->start_min < day * DAY_MIN ? day * DAY_MIN : open->start_min;
    int to = open->end_min > (day + 1) * DAY_MIN ? (day + 1) * DAY_MIN : open->end_min;
    if (from < to && clinic->operates[day]) minutes += windows_overlap(windows, from, to);
  }
  return minutes;
}

static int64_t minutes_of_therapist(const struct clinic *clinic, const struct therapist *who) {
  int64_t sum = 0;
  for (int day = 0; day < N_DAYS; day++) {
    int minutes = open_minutes(clinic, &who->available, day);
    sum += minutes < who->max_minutes_day ? minutes : who->max_minutes_day;
  }
  return sum < who->max_minutes_week ? sum : who->max_minutes_week;
}

static int64_t minutes_of_room(const struct clinic *clinic, const struct room *room) {
  int64_t sum = 0;
  for (int day = 0; day < N_DAYS; day++) sum += open_minutes(clinic, &room->available, day);
  return sum;
}

static void therapists_side(struct side *side, const struct clinic *clinic,
                            const struct demand *demand) {
  *side = (struct side){
      .file = "therapists.csv", .column = "credentials", .one = "therapist", .many = "therapists"};
  side_init(side, clinic->n_therapists, clinic->n_services * clinic->max_leaders);
  for (int t = 0; t < clinic->n_therapists; t++) {
    side->ids[t] = clinic->therapists[t].id;
    side->minutes[t] = minutes_of_therapist(clinic, &clinic->therapists[t]);
  }
  for (int v = 0; v < clinic->n_services; v++)
    for (int role = 0; role < clinic->services[v].leaders && demand->n_sessions[v] > 0; role++) {
      bool *members = add_request(side, v, demand->n_sessions[v] * clinic->services[v].minutes);
      for (int t = 0; t < clinic->n_therapists; t++)
        members[t] = clinic_qualified(clinic, v, role, t);
    }
}

static void rooms_side(struct side *side, const struct clinic *clinic,
                       const struct demand *demand) {
  *side =
      (struct side){.file = "rooms.csv", .column = "room_features", .one = "room", .many = "rooms"};
  side_init(side, clinic->n_rooms, clinic->n_services);
  for (int r = 0; r < clinic->n_rooms; r++) {
    side->ids[r] = clinic->rooms[r].id;
    side->minutes[r] = minutes_of_room(clinic, &clinic->rooms[r]);
  }
  for (int v = 0; v < clinic->n_services; v++) {
    const struct service *it = &clinic->services[v];
    if (it->telehealth || demand->n_sessions[v] == 0) continue;
    bool *members = add_request(side, v, demand->n_sessions[v] * it->minutes);
    for (int r = 0; r < clinic->n_rooms; r++)
      members[r] = clinic_room_fits(clinic, v, r) && clinic->rooms[r].capacity >= it->min_size;
  }
}

static bool is_subset(const struct side *side, const bool *some, const bool *of) {
  for (int i = 0; i < side->n_members; i++)
    if (some[i] && !of[i]) return false;
  return true;
}

/* Adds the nth of n names: "'A'", ", 'B'" ..., the last ones as " and 3 more". */
static void add_names(struct text *text, const char *id, int nth, int n) {
  if (nth < MOST_NAMES) text_printf(text, "%s'%s'", nth > 0 ? ", " : "", id);
  if (nth == n - 1 && n > MOST_NAMES) text_printf(text, " and %d more", n - MOST_NAMES);
}

static void add_members(struct text *text, const struct side *side, const bool *members) {
  int n = 0, nth = 0;
  for (int i = 0; i < side->n_members; i++) n += members[i];
  for (int i = 0; i < side->n_members; i++)
    if (members[i]) add_names(text, side->ids[i], nth++, n);
}

/* Services of the requests that only members may fill; one with two such roles is named once. */
static int add_services(struct text *text, const struct clinic *clinic, const struct side *side,
                        const bool *members) {
  int *services = mem_new((size_t)side->n, sizeof *services), n = 0;
  for (int i = 0; i < side->n; i++)
    if (is_subset(side, side->requests[i].members, members) &&
        (n == 0 || services[n - 1] != side->requests[i].service))
      services[n++] = side->requests[i].service;
  for (int i = 0; i < n; i++) add_names(text, clinic->services[services[i]].id, i, n);
  free(services);
  return n;
}

static void check_set(const struct clinic *clinic, const struct side *side, int which,
                      struct diagnostics *diagnostics) {
  const bool *members = side->requests[which].members;
  int64_t asked = 0, had = 0;
  int n_members = 0;
  for (int i = 0; i < side->n; i++)
    if (is_subset(side, side->requests[i].members, members)) asked += side->requests[i].minutes;
  for (int i = 0; i < side->n_members; i++) {
    if (members[i]) had += side->minutes[i];
    n_members += members[i];
  }
  if (asked <= had || n_members == 0) return; /* nobody at all: the service's own warning */
  struct text services = {0}, names = {0};
  int n_services = add_services(&services, clinic, side, members);
  add_members(&names, side, members);
  diagnose(diagnostics, SEVERITY_WARNING, "services.csv",
           clinic->services[side->requests[which].service].line, side->column,
           "service%s %s take%s at least %s hours of %s %s in the week, more than their %s",
           n_services == 1 ? "" : "s", services.data, n_services == 1 ? "s" : "",
           hours_text(asked).text, n_members == 1 ? side->one : side->many, names.data,
           hours_text(had).text);
  text_free(&services);
  text_free(&names);
}

static bool is_everyone(const struct side *side, const bool *members) {
  return memchr(members, 0, (size_t)side->n_members) == NULL;
}

/* True if an earlier request asks the same set. */
static bool seen_before(const struct side *side, int which) {
  for (int i = 0; i < which; i++)
    if (memcmp(side->requests[i].members, side->requests[which].members, (size_t)side->n_members) ==
        0)
      return true;
  return false;
}

static void check_side(const struct clinic *clinic, const struct side *side, int64_t extra,
                       struct diagnostics *diagnostics) {
  int64_t asked = extra, had = 0;
  for (int i = 0; i < side->n; i++) asked += side->requests[i].minutes;
  for (int i = 0; i < side->n_members; i++) had += side->minutes[i];
  bool all_short = asked > had;
  if (all_short)
    diagnose(diagnostics, SEVERITY_WARNING, side->file, 0, NULL,
             "the patients' needs take at least %s %s hours in the week, and the %d %s have %s",
             hours_text(asked).text, side->one, side->n_members, side->many, hours_text(had).text);
  for (int i = 0; i < side->n; i++)
    if (!seen_before(side, i) && !(all_short && is_everyone(side, side->requests[i].members)))
      check_set(clinic, side, i, diagnostics);
}

void check_supply(const struct clinic *clinic, struct diagnostics *diagnostics) {
  struct demand demand;
  struct side side;
  demand_init(&demand, clinic);
  therapists_side(&side, clinic, &demand);
  check_side(clinic, &side, demand_extra_minutes(&demand, true), diagnostics);
  side_release(&side);
  rooms_side(&side, clinic, &demand);
  check_side(clinic, &side, demand_extra_minutes(&demand, false), diagnostics);
  side_release(&side);
  demand_release(&demand);
}
