/* Where and when each service could be held, by itself. */
#include <stdio.h>
#include <stdlib.h>

#include "iopsched/matching.h"
#include "iopsched/text.h"
#include "parts.h"

struct hours_text hours_text(int64_t minutes) {
  struct text text = {0};
  struct hours_text hours;
  text_add_ratio(&text, minutes, 60, 2);
  snprintf(hours.text, sizeof hours.text, "%s", text.data);
  text_free(&text);
  return hours;
}

bool may_attend(const struct clinic *clinic, int patient, int service) {
  return clinic->patients[patient].takes_part && clinic_eligible(clinic, patient, service) &&
         clinic_weekly_max(clinic, patient, service) > 0;
}

struct roles {
  const struct clinic *clinic;
  int service;
  const bool *may;
};

static bool fills(const void *data, int role, int therapist) {
  const struct roles *roles = data;
  return roles->may[therapist] && clinic_qualified(roles->clinic, roles->service, role, therapist);
}

bool roles_covered(const struct clinic *clinic, int service, const bool *may) {
  struct roles roles = {clinic, service, may};
  int n_leaders = clinic->services[service].leaders;
  struct matching matching = {n_leaders, clinic->n_therapists, fills, &roles};
  int *therapist_of = mem_new((size_t)n_leaders, sizeof *therapist_of);
  bool covered = matching_solve(&matching, therapist_of) == n_leaders;
  free(therapist_of);
  return covered;
}

int seats_of(const struct clinic *clinic, int service) {
  const struct service *it = &clinic->services[service];
  int largest = 0;
  if (it->telehealth) return it->max_size;
  for (int r = 0; r < clinic->n_rooms; r++)
    if (clinic_room_fits(clinic, service, r) && clinic->rooms[r].capacity > largest)
      largest = clinic->rooms[r].capacity;
  return largest < it->max_size ? largest : it->max_size;
}

int window_minutes_on(const struct windows *windows, int day, int shortest) {
  int minutes = 0;
  for (int i = 0; i < windows->n; i++) {
    struct window window = windows->list[i];
    if (window.start_min < day * DAY_MIN) window.start_min = day * DAY_MIN;
    if (window.end_min > (day + 1) * DAY_MIN) window.end_min = (day + 1) * DAY_MIN;
    if (window.end_min - window.start_min >= shortest && window.end_min > window.start_min)
      minutes += window.end_min - window.start_min;
  }
  return minutes;
}

static bool room_available(const struct clinic *clinic, int service, int start_min) {
  const struct service *it = &clinic->services[service];
  if (it->telehealth) return true;
  for (int r = 0; r < clinic->n_rooms; r++)
    if (clinic_room_fits(clinic, service, r) && clinic->rooms[r].capacity >= it->min_size &&
        windows_cover(&clinic->rooms[r].available, start_min, start_min + it->minutes))
      return true;
  return false;
}

/* may: [n_therapists], scratch. */
static bool leaders_available(const struct clinic *clinic, int service, int start_min, bool *may) {
  const struct service *it = &clinic->services[service];
  int n_able = 0;
  for (int t = 0; t < clinic->n_therapists; t++) {
    may[t] = windows_cover(&clinic->therapists[t].available, start_min,
                           start_min + it->minutes + it->notes_minutes) &&
             clinic_may_lead(clinic, service, t);
    n_able += may[t];
  }
  if (n_able < it->leaders) return false;
  return it->leaders == 1 || roles_covered(clinic, service, may);
}

static void look_at_start(const struct clinic *clinic, int service, int start_min, bool *may,
                          struct outlook *outlook) {
  bool room = room_available(clinic, service, start_min);
  bool leaders = leaders_available(clinic, service, start_min, may);
  outlook->n_clock_starts++;
  outlook->n_room_starts += room;
  outlook->n_leader_starts += leaders;
  if (!room || !leaders) return;
  const struct ints *starts = &outlook->starts;
  if (starts->n == 0 || day_of(starts->list[starts->n - 1]) != day_of(start_min)) outlook->n_days++;
  outlook->starts.list[outlook->starts.n++] = start_min;
}

static void look_at_service(const struct clinic *clinic, int service, bool *may,
                            struct outlook *outlook) {
  const struct service *it = &clinic->services[service];
  outlook->starts.list = mem_new((size_t)(WEEK_MIN / clinic->slot_minutes), sizeof(int));
  for (int start = 0; start < WEEK_MIN; start += clinic->slot_minutes)
    if (clinic->operates[day_of(start)] && service_allows_start(it, start) &&
        windows_cover(&clinic->opening, start, start + it->minutes))
      look_at_start(clinic, service, start, may, outlook);
  for (int p = 0; p < clinic->n_patients; p++)
    outlook->n_eligible += may_attend(clinic, p, service);
}

/* A category that is asked for wants all its services that the patient may attend. */
static void mark_need(const struct clinic *clinic, int patient, const struct need *need,
                      struct outlook *outlooks) {
  if (need->min_sessions == 0) return;
  if (need->service != NONE) {
    struct outlook *outlook = &outlooks[need->service];
    outlook->wanted = true;
    if (need->min_sessions > outlook->most_needed) outlook->most_needed = need->min_sessions;
    return;
  }
  for (int v = 0; v < clinic->n_services; v++)
    if (clinic->services[v].category == need->category && may_attend(clinic, patient, v))
      outlooks[v].wanted = true;
}

static void mark_wanted(const struct clinic *clinic, struct outlook *outlooks) {
  for (int v = 0; v < clinic->n_services; v++)
    outlooks[v].wanted = clinic->services[v].sessions_min > 0;
  for (int p = 0; p < clinic->n_patients; p++) {
    const struct patient *who = &clinic->patients[p];
    for (int i = 0; i < who->n_needs && who->takes_part; i++)
      mark_need(clinic, p, &who->needs[i], outlooks);
  }
}

struct outlook *outlooks_new(const struct clinic *clinic) {
  struct outlook *outlooks = mem_new((size_t)clinic->n_services, sizeof *outlooks);
  bool *may = mem_new((size_t)clinic->n_therapists, sizeof *may);
  for (int v = 0; v < clinic->n_services; v++) look_at_service(clinic, v, may, &outlooks[v]);
  mark_wanted(clinic, outlooks);
  free(may);
  return outlooks;
}

void outlooks_free(struct outlook *outlooks, const struct clinic *clinic) {
  if (!outlooks) return;
  for (int v = 0; v < clinic->n_services; v++) free(outlooks[v].starts.list);
  free(outlooks);
}
