#include "clinic_builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ENTRIES = 80, ID_TEXT = 64, MOST_LEADERS = 3 };

static const char *const file_of[] = {"service", "patient", "therapist", "room"};

static int found(int index, const char *kind, const char *id) {
  if (index == NONE) {
    fprintf(stderr, "the test names an unknown %s '%s'\n", kind, id);
    abort();
  }
  return index;
}

static int the_service(const struct clinic *clinic, const char *id) {
  return found(clinic_find_service(clinic, id), file_of[0], id);
}
static int the_patient(const struct clinic *clinic, const char *id) {
  return found(clinic_find_patient(clinic, id), file_of[1], id);
}
static int the_therapist(const struct clinic *clinic, const char *id) {
  return found(clinic_find_therapist(clinic, id), file_of[2], id);
}
static int the_room(const struct clinic *clinic, const char *id) {
  return found(clinic_find_room(clinic, id), file_of[3], id);
}

struct service *service_of(struct clinic *clinic, const char *id) {
  return &clinic->services[the_service(clinic, id)];
}
struct patient *patient_of(struct clinic *clinic, const char *id) {
  return &clinic->patients[the_patient(clinic, id)];
}
struct therapist *therapist_of(struct clinic *clinic, const char *id) {
  return &clinic->therapists[the_therapist(clinic, id)];
}
struct room *room_of(struct clinic *clinic, const char *id) {
  return &clinic->rooms[the_room(clinic, id)];
}

/* Takes the next word that ends in one of `ends` from *text; false at the end of the text. */
static bool next_word(const char **text, const char *ends, char word[ID_TEXT]) {
  *text += strspn(*text, ends);
  size_t length = strcspn(*text, ends);
  if (length == 0) return false;
  if (length >= ID_TEXT) abort();
  memcpy(word, *text, length);
  word[length] = '\0';
  *text += length;
  return true;
}

/* Ids from a text; [*n], the clinic's. */
static const char **split_ids(struct clinic *clinic, const char *text, int *n) {
  const char **ids = arena_alloc(&clinic->arena, MOST_ENTRIES, sizeof *ids);
  char word[ID_TEXT];
  for (*n = 0; text && next_word(&text, " ", word); ++*n) {
    if (*n == MOST_ENTRIES) abort();
    ids[*n] = arena_strdup(&clinic->arena, word);
  }
  return ids;
}

int minute_of(const char *text) {
  char day_name[4] = {0};
  int day, hour, minute;
  if (sscanf(text, " %3s %d:%d", day_name, &hour, &minute) != 3 || !day_parse(day_name, &day))
    abort();
  return day * DAY_MIN + hour * 60 + minute;
}

struct windows windows_of(struct clinic *clinic, const char *text) {
  struct windows windows = {arena_alloc(&clinic->arena, MOST_ENTRIES, sizeof *windows.list), 0};
  char word[ID_TEXT];
  while (next_word(&text, ",", word)) {
    int start = minute_of(word), hour, minute;
    if (sscanf(strchr(word, '-'), "-%d:%d", &hour, &minute) != 2) abort();
    windows.list[windows.n++] =
        (struct window){start, day_of(start) * DAY_MIN + hour * 60 + minute};
  }
  return windows;
}

static void add_services(struct clinic *clinic, const char *ids) {
  const char **list = split_ids(clinic, ids, &clinic->n_services);
  clinic->services =
      arena_alloc(&clinic->arena, (size_t)clinic->n_services, sizeof *clinic->services);
  for (int v = 0; v < clinic->n_services; v++)
    clinic->services[v] = (struct service){.id = list[v],
                                           .name = list[v],
                                           .line = v + 2,
                                           .format = FORMAT_GROUP,
                                           .category = NONE,
                                           .minutes = 60,
                                           .min_size = 1,
                                           .max_size = 12,
                                           .leaders = 1,
                                           .counts_hours = true,
                                           .sessions_max = UNLIMITED};
}

static void add_patients(struct clinic *clinic, const char *ids) {
  const char **list = split_ids(clinic, ids, &clinic->n_patients);
  clinic->patients =
      arena_alloc(&clinic->arena, (size_t)clinic->n_patients, sizeof *clinic->patients);
  for (int p = 0; p < clinic->n_patients; p++)
    clinic->patients[p] =
        (struct patient){.id = list[p],
                         .line = p + 2,
                         .takes_part = true,
                         .last_day = N_DAYS - 1,
                         .max_minutes = 20 * 60,
                         .max_days = 5,
                         .priority_milli = 1000,
                         .primary = NONE,
                         .payer = NONE,
                         .available = clinic->opening,
                         .addable = clinic->opening,
                         .needs = arena_alloc(&clinic->arena, MOST_ENTRIES, sizeof(struct need))};
}

static void add_therapists_and_rooms(struct clinic *clinic, const struct clinic_shape *shape) {
  const char **list = split_ids(clinic, shape->therapists, &clinic->n_therapists);
  clinic->therapists =
      arena_alloc(&clinic->arena, (size_t)clinic->n_therapists, sizeof *clinic->therapists);
  for (int t = 0; t < clinic->n_therapists; t++)
    clinic->therapists[t] = (struct therapist){.id = list[t],
                                               .name = list[t],
                                               .line = t + 2,
                                               .max_minutes_day = 8 * 60,
                                               .max_minutes_week = 40 * 60,
                                               .available = clinic->opening,
                                               .addable = clinic->opening};
  list = split_ids(clinic, shape->rooms, &clinic->n_rooms);
  clinic->rooms = arena_alloc(&clinic->arena, (size_t)clinic->n_rooms, sizeof *clinic->rooms);
  for (int r = 0; r < clinic->n_rooms; r++)
    clinic->rooms[r] = (struct room){.id = list[r],
                                     .name = list[r],
                                     .line = r + 2,
                                     .capacity = 12,
                                     .available = clinic->opening,
                                     .addable = clinic->opening};
}

static bool *all_true(struct clinic *clinic, int rows, int columns) {
  size_t n = (size_t)rows * (size_t)columns;
  bool *table = arena_alloc(&clinic->arena, n, sizeof *table);
  memset(table, true, n);
  return table;
}

static void add_tables(struct clinic *clinic) {
  clinic->max_leaders = MOST_LEADERS;
  clinic->eligible = all_true(clinic, clinic->n_patients, clinic->n_services);
  clinic->qualified = all_true(clinic, clinic->n_services * MOST_LEADERS, clinic->n_therapists);
  clinic->room_fits = all_true(clinic, clinic->n_services, clinic->n_rooms);
  size_t n = (size_t)clinic->n_patients * (size_t)clinic->n_services;
  clinic->weekly_max = arena_alloc(&clinic->arena, n, sizeof *clinic->weekly_max);
  for (size_t i = 0; i < n; i++) clinic->weekly_max[i] = UNLIMITED;
  clinic->payers = arena_alloc(&clinic->arena, MOST_ENTRIES, sizeof *clinic->payers);
  clinic->fixed = arena_alloc(&clinic->arena, MOST_ENTRIES, sizeof *clinic->fixed);
  clinic->categories = arena_alloc(&clinic->arena, MOST_ENTRIES, sizeof *clinic->categories);
}

struct clinic *clinic_build(const struct clinic_shape *shape) {
  struct clinic *clinic = mem_new(1, sizeof *clinic);
  clinic->folder = clinic->program_name = "test";
  clinic->monday = date_from_civil(2026, 11, 30);
  clinic->slot_minutes = 30;
  for (int day = 0; day < 5; day++) clinic->operates[day] = true;
  clinic->opening = windows_of(clinic,
                               "Mon 08:00-21:00,Tue 08:00-21:00,Wed 08:00-21:00,Thu 08:00-21:00,"
                               "Fri 08:00-21:00");
  clinic->day_max_minutes = 5 * 60;
  for (int term = 0; term < N_TERMS; term++)
    clinic->weight_milli[term] = term_infos[term].default_milli;
  add_services(clinic, shape->services);
  add_patients(clinic, shape->patients);
  add_therapists_and_rooms(clinic, shape);
  add_tables(clinic);
  return clinic;
}

void clinic_make_telehealth(struct clinic *clinic, const char *service) {
  service_of(clinic, service)->telehealth = true;
  for (int r = 0; r < clinic->n_rooms; r++)
    clinic->room_fits[the_service(clinic, service) * clinic->n_rooms + r] = false;
}

void clinic_make_individual(struct clinic *clinic, const char *service) {
  struct service *it = service_of(clinic, service);
  it->format = FORMAT_INDIVIDUAL;
  it->min_size = it->max_size = 1;
}

void clinic_set_leaders(struct clinic *clinic, const char *service, int leaders) {
  if (leaders > MOST_LEADERS) abort();
  service_of(clinic, service)->leaders = leaders;
}

static size_t pair_index(const struct clinic *clinic, const char *patient, const char *service) {
  return (size_t)(the_patient(clinic, patient) * clinic->n_services + the_service(clinic, service));
}

void clinic_set_eligible(struct clinic *clinic, const char *patient, const char *service,
                         bool eligible) {
  clinic->eligible[pair_index(clinic, patient, service)] = eligible;
  clinic->weekly_max[pair_index(clinic, patient, service)] = eligible ? UNLIMITED : 0;
}

void clinic_set_weekly_max(struct clinic *clinic, const char *patient, const char *service,
                           int most) {
  clinic->weekly_max[pair_index(clinic, patient, service)] = most;
}

void clinic_set_qualified(struct clinic *clinic, const char *service, int role,
                          const char *therapist, bool qualified) {
  int row = the_service(clinic, service) * MOST_LEADERS + role;
  clinic->qualified[row * clinic->n_therapists + the_therapist(clinic, therapist)] = qualified;
}

void clinic_set_room_fits(struct clinic *clinic, const char *service, const char *room, bool fits) {
  clinic->room_fits[the_service(clinic, service) * clinic->n_rooms + the_room(clinic, room)] = fits;
}

static int category_named(struct clinic *clinic, const char *name) {
  for (int c = 0; c < clinic->n_categories; c++)
    if (strcmp(clinic->categories[c], name) == 0) return c;
  if (clinic->n_categories == MOST_ENTRIES) abort();
  clinic->categories[clinic->n_categories] = arena_strdup(&clinic->arena, name);
  return clinic->n_categories++;
}

void clinic_set_category(struct clinic *clinic, const char *service, const char *category) {
  service_of(clinic, service)->category = category_named(clinic, category);
}

void clinic_add_need(struct clinic *clinic, const char *patient, const char *what, int least,
                     int most) {
  struct patient *who = patient_of(clinic, patient);
  const char *colon = strchr(what, ':');
  struct need need = {NONE, NONE, least, most};
  if (colon) {
    need.category = category_named(clinic, colon + 1);
  } else {
    need.service = the_service(clinic, what);
    clinic_set_weekly_max(clinic, patient, what, most);
  }
  who->needs[who->n_needs++] = need;
}

static void insert(struct clinic *clinic, struct ints *ascending, int value) {
  int *list = arena_alloc(&clinic->arena, (size_t)ascending->n + 1, sizeof *list);
  int n = 0;
  for (; n < ascending->n && ascending->list[n] < value; n++) list[n] = ascending->list[n];
  list[n] = value;
  for (int i = n; i < ascending->n; i++) list[i + 1] = ascending->list[i];
  *ascending = (struct ints){list, ascending->n + 1};
}

void clinic_keep_apart(struct clinic *clinic, const char *patient,
                       const char *patient_or_therapist) {
  struct patient *who = patient_of(clinic, patient);
  int other = clinic_find_patient(clinic, patient_or_therapist);
  if (other == NONE) {
    insert(clinic, &who->apart_therapists, the_therapist(clinic, patient_or_therapist));
  } else {
    insert(clinic, &who->apart_patients, other);
    insert(clinic, &clinic->patients[other].apart_patients, the_patient(clinic, patient));
  }
}

/* A list of ids separated by commas; '-' is none. */
static struct ints indices_of(const struct clinic *clinic, struct arena *arena, const char *ids,
                              int (*find)(const struct clinic *, const char *)) {
  struct ints ints = {arena_alloc(arena, MOST_ENTRIES, sizeof *ints.list), 0};
  char word[ID_TEXT];
  if (strcmp(ids, "-") == 0) return ints;
  while (next_word(&ids, ",", word)) ints.list[ints.n++] = find(clinic, word);
  return ints;
}

static struct session session_from(const struct clinic *clinic, struct arena *arena,
                                   const char *text) {
  char service[ID_TEXT], day[ID_TEXT], clock[ID_TEXT], room[ID_TEXT], leaders[2 * ID_TEXT],
      patients[8 * ID_TEXT], start[2 * ID_TEXT + 2];
  if (sscanf(text, " %63s %63s %63s %63s %127s %511s", service, day, clock, room, leaders,
             patients) != 6) {
    fprintf(stderr, "the test's session '%s' is not one\n", text);
    abort();
  }
  snprintf(start, sizeof start, "%s %s", day, clock);
  return (struct session){.service = the_service(clinic, service),
                          .start_min = minute_of(start),
                          .room = strcmp(room, "-") == 0 ? NONE : the_room(clinic, room),
                          .leaders = indices_of(clinic, arena, leaders, the_therapist),
                          .patients = indices_of(clinic, arena, patients, the_patient)};
}

void clinic_add_fixed(struct clinic *clinic, const char *session, const char *lines) {
  struct session from = session_from(clinic, &clinic->arena, session);
  struct ints all = {arena_alloc(&clinic->arena, MOST_ENTRIES, sizeof *all.list), 0};
  char word[ID_TEXT];
  while (next_word(&lines, " ", word)) all.list[all.n++] = atoi(word);
  clinic->fixed[clinic->n_fixed++] = (struct fixed_session){
      from.service, from.start_min, from.leaders, from.room, from.patients, all};
}

struct schedule *schedule_of(const struct clinic *clinic, const char *sessions) {
  struct schedule *schedule = mem_new(1, sizeof *schedule);
  schedule->sessions = arena_alloc(&schedule->arena, MOST_ENTRIES, sizeof *schedule->sessions);
  while (sessions[strspn(sessions, "; ")] != '\0') {
    char one[1024];
    sessions += strspn(sessions, "; ");
    size_t length = strcspn(sessions, ";");
    if (length >= sizeof one || schedule->n_sessions == MOST_ENTRIES) abort();
    memcpy(one, sessions, length);
    one[length] = '\0';
    schedule->sessions[schedule->n_sessions++] = session_from(clinic, &schedule->arena, one);
    sessions += length;
  }
  return schedule;
}

static int compare_keys(const void *a, const void *b) {
  const struct attendance_key *x = a, *y = b;
  if (x->patient != y->patient) return x->patient - y->patient;
  return x->service != y->service ? x->service - y->service : x->start_min - y->start_min;
}

struct previous *previous_of(const struct clinic *clinic, const char *sessions) {
  struct schedule *schedule = schedule_of(clinic, sessions);
  struct previous *previous = mem_new(1, sizeof *previous);
  previous->was_in =
      arena_alloc(&previous->arena, (size_t)clinic->n_patients, sizeof *previous->was_in);
  previous->attendances =
      arena_alloc(&previous->arena, MOST_ENTRIES * MOST_ENTRIES, sizeof *previous->attendances);
  for (int s = 0; s < schedule->n_sessions; s++) {
    const struct session *session = &schedule->sessions[s];
    for (int i = 0; i < session->patients.n; i++) {
      previous->was_in[session->patients.list[i]] = true;
      previous->attendances[previous->n++] =
          (struct attendance_key){session->patients.list[i], session->service, session->start_min};
    }
  }
  qsort(previous->attendances, (size_t)previous->n, sizeof *previous->attendances, compare_keys);
  schedule_sort(schedule);
  previous->schedule = schedule;
  return previous;
}
