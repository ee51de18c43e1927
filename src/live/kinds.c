/* Patients sorted into kinds: track, hours and days, tags. */
#include <stdlib.h>

#include "capacity_parts.h"

const char *const track_names[] = {[TRACK_ONLINE] = "online",
                                   [TRACK_MORNING] = "morning",
                                   [TRACK_AFTERNOON] = "afternoon",
                                   [TRACK_EVENING] = "evening",
                                   [TRACK_ANY_TIME] = "any time"};

/* By the middle of the hours in which the patient can come. */
static enum track track_of(const struct clinic *clinic, const struct patient *patient) {
  enum { AFTERNOON = 12 * 60 + 30, EVENING = 16 * 60 + 30 };
  int64_t total = windows_minutes(&patient->available), middle = 0;
  if (patient->telehealth == TELEHEALTH_ONLY) return TRACK_ONLINE;
  if (total == 0 || total * 10 >= INT64_C(8) * windows_minutes(&clinic->opening))
    return TRACK_ANY_TIME;
  for (int i = 0; i < patient->available.n; i++) {
    const struct window *window = &patient->available.list[i];
    int64_t minutes = window->end_min - window->start_min;
    middle += minutes * (INT64_C(2) * (window->start_min % DAY_MIN) + minutes);
  }
  middle /= 2 * total;
  return middle < AFTERNOON ? TRACK_MORNING : middle < EVENING ? TRACK_AFTERNOON : TRACK_EVENING;
}

static bool is_whole_week(const struct patient *patient) {
  return patient->takes_part && patient->first_day <= 0 && patient->last_day >= N_DAYS - 1;
}

static bool is_of_kind(const struct patient_kind *kind, enum track track,
                       const struct patient *patient) {
  return kind->track == track && kind->min_minutes == patient->min_minutes &&
         kind->max_minutes == patient->max_minutes && kind->min_days == patient->min_days &&
         kind->max_days == patient->max_days && ints_equal(kind->tags, &patient->tags);
}

static struct patient_kind *find_kind(struct capacity *capacity, enum track track,
                                      const struct patient *patient) {
  for (int i = 0; i < capacity->n_kinds; i++)
    if (is_of_kind(&capacity->kinds[i], track, patient)) return &capacity->kinds[i];
  struct patient_kind *kind = &capacity->kinds[capacity->n_kinds++];
  *kind = (struct patient_kind){.track = track,
                                .min_minutes = patient->min_minutes,
                                .max_minutes = patient->max_minutes,
                                .min_days = patient->min_days,
                                .max_days = patient->max_days,
                                .tags = &patient->tags,
                                .like = NONE};
  return kind;
}

static int compare_kinds(const void *a, const void *b) {
  const struct patient_kind *x = a, *y = b;
  if (x->n_members != y->n_members) return x->n_members > y->n_members ? -1 : 1;
  return (x->like > y->like) - (x->like < y->like);
}

/* The member whose hours are in the middle of all members'. */
static int middle_member(const struct clinic *clinic, const int *members, int n) {
  for (int i = 0; i < n; i++) {
    int64_t own = windows_minutes(&clinic->patients[members[i]].available);
    int fewer = 0, same_before = 0;
    for (int k = 0; k < n; k++) {
      int64_t other = windows_minutes(&clinic->patients[members[k]].available);
      fewer += other < own;
      same_before += other == own && k < i;
    }
    if (fewer + same_before == (n - 1) / 2) return members[i];
  }
  return members[0];
}

static void choose_members(struct patient_kind *kind, const struct clinic *clinic) {
  int *members = mem_new((size_t)clinic->n_patients, sizeof *members), n = 0;
  for (int p = 0; p < clinic->n_patients; p++) {
    const struct patient *patient = &clinic->patients[p];
    if (is_whole_week(patient) && is_of_kind(kind, track_of(clinic, patient), patient))
      members[n++] = p;
  }
  kind->n_members = n;
  kind->like = middle_member(clinic, members, n);
  free(members);
}

void find_kinds(struct capacity *capacity, const struct clinic *clinic) {
  capacity->kinds =
      arena_alloc(&capacity->arena, (size_t)clinic->n_patients, sizeof *capacity->kinds);
  for (int p = 0; p < clinic->n_patients; p++) {
    const struct patient *patient = &clinic->patients[p];
    if (is_whole_week(patient))
      find_kind(capacity, track_of(clinic, patient), patient);
    else
      capacity->n_part_week += patient->takes_part;
  }
  for (int i = 0; i < capacity->n_kinds; i++) choose_members(&capacity->kinds[i], clinic);
  if (capacity->n_kinds > 1)
    qsort(capacity->kinds, (size_t)capacity->n_kinds, sizeof *capacity->kinds, compare_kinds);
}

static void add_range(struct text *text, int64_t least, int64_t most, int64_t scale,
                      const char *unit) {
  text_add_ratio(text, least, scale, 2);
  if (most != least) {
    text_add(text, "-");
    text_add_ratio(text, most, scale, 2);
  }
  text_add(text, unit);
}

void kind_add_words(struct text *text, const struct clinic *clinic,
                    const struct patient_kind *kind) {
  text_printf(text, "%s, ", track_names[kind->track]);
  add_range(text, kind->min_minutes, kind->max_minutes, 60, " hours on ");
  add_range(text, kind->min_days, kind->max_days, 1, " days");
  for (int i = 0; i < kind->tags->n; i++)
    text_printf(text, "%s%s", i == 0 ? ", " : ";", clinic->tags[kind->tags->list[i]]);
}

bool kind_fits_at_least(const struct patient_kind *kind) {
  return kind->end < FIT_NOT_FOUND;
}
