#include "iopsched/clinic.h"

#include <stdlib.h>

#include "iopsched/text.h"

const char *const format_names[] = {
    [FORMAT_GROUP] = "group", [FORMAT_INDIVIDUAL] = "individual", [FORMAT_FAMILY] = "family"};

bool service_allows_start(const struct service *service, int start_min) {
  for (int i = 0; i < service->n_starts; i++) {
    const struct start_rule *start = &service->starts[i];
    if (start->minute_of_day == start_min % DAY_MIN &&
        (start->day == NONE || start->day == day_of(start_min)))
      return true;
  }
  return service->n_starts == 0;
}

bool clinic_may_lead(const struct clinic *clinic, int service, int therapist) {
  for (int role = 0; role < clinic->services[service].leaders; role++)
    if (clinic_qualified(clinic, service, role, therapist)) return true;
  return false;
}

bool clinic_primary_counts(const struct clinic *clinic, int patient, int service) {
  int primary = clinic->patients[patient].primary;
  return clinic->services[service].format != FORMAT_GROUP && primary != NONE &&
         clinic_may_lead(clinic, service, primary) &&
         !clinic_apart_therapist(clinic, patient, primary);
}

bool clinic_apart_patients(const struct clinic *clinic, int a, int b) {
  return ints_contain(&clinic->patients[a].apart_patients, b);
}

bool clinic_apart_therapist(const struct clinic *clinic, int patient, int therapist) {
  return ints_contain(&clinic->patients[patient].apart_therapists, therapist);
}

/* Index of the first window that ends after `minute`, or n. */
static int first_ending_after(const struct windows *windows, int minute) {
  int low = 0, high = windows->n;
  while (low < high) {
    int middle = low + (high - low) / 2;
    if (windows->list[middle].end_min > minute)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

bool windows_cover(const struct windows *windows, int start_min, int end_min) {
  int window = first_ending_after(windows, start_min);
  return window < windows->n && windows->list[window].start_min <= start_min &&
         end_min <= windows->list[window].end_min;
}

int windows_overlap(const struct windows *windows, int start_min, int end_min) {
  int minutes = 0;
  for (int i = first_ending_after(windows, start_min);
       i < windows->n && windows->list[i].start_min < end_min; i++) {
    const struct window *window = &windows->list[i];
    int from = window->start_min > start_min ? window->start_min : start_min;
    int to = window->end_min < end_min ? window->end_min : end_min;
    minutes += to - from;
  }
  return minutes;
}

int windows_minutes(const struct windows *windows) {
  int minutes = 0;
  for (int i = 0; i < windows->n; i++)
    minutes += windows->list[i].end_min - windows->list[i].start_min;
  return minutes;
}

bool windows_equal(const struct windows *a, const struct windows *b) {
  if (a->n != b->n) return false;
  for (int i = 0; i < a->n; i++)
    if (a->list[i].start_min != b->list[i].start_min || a->list[i].end_min != b->list[i].end_min)
      return false;
  return true;
}

static int compare_starts(const void *a, const void *b) {
  const struct window *x = a, *y = b;
  return (x->start_min > y->start_min) - (x->start_min < y->start_min);
}

void windows_sort(struct window *list, int n) {
  if (n > 1) qsort(list, (size_t)n, sizeof *list, compare_starts);
}

int clinic_find_service(const struct clinic *clinic, const char *id) {
  for (int i = 0; i < clinic->n_services; i++)
    if (text_equal_nocase(clinic->services[i].id, id)) return i;
  return NONE;
}

int clinic_find_patient(const struct clinic *clinic, const char *id) {
  for (int i = 0; i < clinic->n_patients; i++)
    if (text_equal_nocase(clinic->patients[i].id, id)) return i;
  return NONE;
}

int clinic_find_therapist(const struct clinic *clinic, const char *id) {
  for (int i = 0; i < clinic->n_therapists; i++)
    if (text_equal_nocase(clinic->therapists[i].id, id)) return i;
  return NONE;
}

int clinic_find_room(const struct clinic *clinic, const char *id) {
  for (int i = 0; i < clinic->n_rooms; i++)
    if (text_equal_nocase(clinic->rooms[i].id, id)) return i;
  return NONE;
}

void clinic_free(struct clinic *clinic) {
  if (!clinic) return;
  arena_free(&clinic->arena);
  free(clinic);
}
