#include "micro_clinics.h"

#include <stdlib.h>
#include <string.h>

#include "clinic_builder.h"
#include "iopsched/verify.h"

struct maker {
  uint64_t state;
  enum micro_style style;
  struct clinic *clinic;
};

/* splitmix64 */
static uint64_t next_random(struct maker *maker) {
  uint64_t z = maker->state += UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* From `low` to `high`, both possible. */
static int between(struct maker *maker, int low, int high) {
  return low + (int)(next_random(maker) % (uint64_t)(high - low + 1));
}

static bool in_hundred(struct maker *maker, int chances) {
  return between(maker, 1, 100) <= chances;
}

static int one_of(struct maker *maker, const int *values, int n) {
  return values[between(maker, 0, n - 1)];
}
#define ONE_OF(maker, ...) \
  one_of(maker, (const int[]){__VA_ARGS__}, sizeof((int[]){__VA_ARGS__}) / sizeof(int))

/* The first n of some ids, separated by blanks. */
static const char *some_ids(char *out, const char *letter, int n) {
  out[0] = '\0';
  for (int i = 0; i < n; i++) {
    char digit[3] = {(char)('1' + i), ' ', '\0'};
    strcat(strcat(out, letter), digit);
  }
  return out;
}

/* How many of each, and how much time, by style. */
struct scale {
  int services[2], patients[2], therapists[2], rooms[2], days[2], slots[2], slot_minutes;
};
static const struct scale scales[N_MICRO_STYLES] = {
    [MICRO_PARALLEL] = {{1, 2}, {3, 5}, {2, 3}, {2, 3}, {1, 2}, {1, 1}, 60},
    [MICRO_APART] = {{1, 1}, {4, 5}, {2, 3}, {2, 2}, {1, 1}, {1, 1}, 60},
    [MICRO_FIXED] = {{1, 2}, {3, 5}, {2, 4}, {2, 3}, {1, 1}, {1, 2}, 60},
    [MICRO_LONG_DAY] = {{2, 3}, {1, 2}, {1, 2}, {1, 1}, {1, 1}, {4, 8}, 30},
    [MICRO_INDIVIDUAL] = {{1, 2}, {2, 4}, {2, 3}, {2, 3}, {1, 2}, {1, 2}, 60},
    [MICRO_WEEK] = {{1, 3}, {1, 2}, {1, 2}, {1, 2}, {2, 4}, {1, 2}, 60},
    [MICRO_MIXED] = {{1, 3}, {1, 3}, {1, 3}, {1, 2}, {1, 2}, {1, 3}, 60},
};

static int in_scale(struct maker *maker, const int range[2]) {
  return between(maker, range[0], range[1]);
}

static struct windows hours(struct maker *maker, int n_days, int first_slot, int n_slots) {
  struct clinic *clinic = maker->clinic;
  struct windows windows = {arena_alloc(&clinic->arena, (size_t)n_days, sizeof *windows.list), 0};
  for (int day = 0; day < n_days; day++) {
    int start = day * DAY_MIN + 9 * 60 + first_slot * clinic->slot_minutes;
    windows.list[windows.n++] = (struct window){start, start + n_slots * clinic->slot_minutes};
  }
  return windows;
}

/* Opening hours with a slot taken off at either end, or a day, now and then. */
static struct windows narrowed(struct maker *maker) {
  const struct windows *opening = &maker->clinic->opening;
  struct windows windows = {
      arena_alloc(&maker->clinic->arena, (size_t)opening->n, sizeof *windows.list), 0};
  for (int i = 0; i < opening->n; i++) {
    struct window window = opening->list[i];
    if (in_hundred(maker, 8)) window.start_min += maker->clinic->slot_minutes;
    if (in_hundred(maker, 8)) window.end_min -= maker->clinic->slot_minutes;
    if (window.start_min < window.end_min && !in_hundred(maker, 4))
      windows.list[windows.n++] = window;
  }
  return windows;
}

static void make_program(struct maker *maker, const struct scale *scale) {
  struct clinic *clinic = maker->clinic;
  clinic->slot_minutes = scale->slot_minutes;
  if (scale->slot_minutes == 30 && in_hundred(maker, 40)) clinic->slot_minutes = 15;
  int n_days = in_scale(maker, scale->days);
  clinic->opening = hours(maker, n_days, 0, in_scale(maker, scale->slots));
  clinic->visit_min_minutes = ONE_OF(maker, 0, 0, 0, 60, 60, 90, 120);
  clinic->day_max_minutes = ONE_OF(maker, 60, 90, 120, 180, 300, 300, 300);
  clinic->travel_minutes = ONE_OF(maker, 0, 30, 60, 90);
  if (in_hundred(maker, 40)) {
    clinic->break_after_minutes = ONE_OF(maker, 60, 90, 120);
    clinic->break_minutes = ONE_OF(maker, 30, 60);
    if (clinic->slot_minutes == 60) clinic->break_after_minutes = clinic->break_minutes = 60;
  }
  clinic->cushion_sessions = in_hundred(maker, 50) ? between(maker, 1, 2) : 0;
  for (int term = 0; term < N_TERMS; term++)
    clinic->weight_milli[term] = ONE_OF(maker, 0, 500, 1000, 1000, 2000, 3000, 7125);
  if (in_hundred(maker, 70)) clinic->weight_milli[TERM_STAFF_HOUR] = 1000;
  for (int term = TERM_HOUR_SHORT; term <= TERM_OFFER_SHORT; term++)
    clinic->weight_milli[term] = ONE_OF(maker, 0, 5000, 10000, 20000, 20000, 50000, 100000);
  if (in_hundred(maker, 50))
    clinic->weight_milli[TERM_CUSHION] = ONE_OF(maker, 3000, 30000, 200000);
  clinic->payers[0] = (struct payer){.id = "PAY1",
                                     .day_min_minutes = ONE_OF(maker, 0, 60, 90, 120, 180),
                                     .day_min_services = between(maker, 0, 2)};
  clinic->n_payers = 1;
}

static void make_qualified(struct maker *maker, int service) {
  struct clinic *clinic = maker->clinic;
  struct service *it = &clinic->services[service];
  it->leaders = in_hundred(maker, clinic->n_therapists > 2   ? 25
                                  : clinic->n_therapists > 1 ? 12
                                                             : 1)
                    ? 2
                    : 1;
  it->roles_named = in_hundred(maker, 50);
  for (int t = 0; t < clinic->n_therapists; t++)
    for (int role = 0; role < it->leaders; role++) {
      bool *row = &clinic->qualified[(service * clinic->max_leaders + role) * clinic->n_therapists];
      row[t] = role > 0 && !it->roles_named ? row[t - clinic->n_therapists] : in_hundred(maker, 88);
    }
  for (int t = 0; t < clinic->n_therapists && !it->roles_named; t++)
    for (int role = 1; role < it->leaders; role++)
      clinic->qualified[(service * clinic->max_leaders + role) * clinic->n_therapists + t] =
          clinic_qualified(clinic, service, 0, t);
}

static void make_starts(struct maker *maker, struct service *service) {
  const struct windows *opening = &maker->clinic->opening;
  if (!in_hundred(maker, 20)) return;
  service->starts = arena_alloc(&maker->clinic->arena, 1, sizeof *service->starts);
  service->n_starts = 1;
  int slots = (opening->list[0].end_min - opening->list[0].start_min) / maker->clinic->slot_minutes;
  int start =
      opening->list[0].start_min + between(maker, 0, slots - 1) * maker->clinic->slot_minutes;
  service->starts[0] = (struct start_rule){in_hundred(maker, 30) ? 0 : NONE, start % DAY_MIN};
}

static void make_service(struct maker *maker, int service) {
  struct clinic *clinic = maker->clinic;
  struct service *it = &clinic->services[service];
  int slot = clinic->slot_minutes;
  bool parallel = maker->style <= MICRO_FIXED;
  it->minutes =
      slot == 60 ? (in_hundred(maker, 15) && !parallel ? 120 : 60) : ONE_OF(maker, 30, 60, 60, 90);
  it->notes_minutes = in_hundred(maker, 25) ? slot : 0;
  it->min_size = parallel ? between(maker, 1, 2) : ONE_OF(maker, 1, 1, 1, 2);
  it->max_size = ONE_OF(maker, it->min_size, 2, 2, 3, 12);
  if (in_hundred(maker, maker->style == MICRO_INDIVIDUAL ? 75 : parallel ? 15 : 25)) {
    it->format = in_hundred(maker, 50) ? FORMAT_INDIVIDUAL : FORMAT_FAMILY;
    it->min_size = it->max_size = 1;
  }
  if (maker->style == MICRO_APART) {
    it->format = FORMAT_GROUP;
    it->min_size = 2;
    it->max_size = between(maker, 2, 3);
  }
  if (in_hundred(maker, 20)) clinic_make_telehealth(clinic, it->id);
  it->closed = in_hundred(maker, maker->style == MICRO_WEEK ? 30 : 4);
  it->counts_hours = !in_hundred(maker, 10);
  if (in_hundred(maker, 25)) it->sessions_min = between(maker, 1, 2);
  if (in_hundred(maker, 20)) it->sessions_max = between(maker, 1, 2);
  if (in_hundred(maker, 50)) clinic_set_category(clinic, it->id, "skills");
  make_starts(maker, it);
  make_qualified(maker, service);
  for (int room = 0; room < clinic->n_rooms && !it->telehealth; room++)
    clinic->room_fits[service * clinic->n_rooms + room] = in_hundred(maker, 92);
}

static void make_needs(struct maker *maker, struct patient *who) {
  struct clinic *clinic = maker->clinic;
  for (int service = 0; service < clinic->n_services; service++) {
    int least = between(maker, 0, 2);
    if (in_hundred(maker, 35) && clinic_eligible(clinic, (int)(who - clinic->patients), service))
      clinic_add_need(clinic, who->id, clinic->services[service].id, least,
                      in_hundred(maker, 50) ? UNLIMITED : least + between(maker, 0, 1));
  }
  int least = between(maker, 0, 2);
  if (clinic->n_categories > 0 && in_hundred(maker, 40))
    clinic_add_need(clinic, who->id, "category:skills", least,
                    in_hundred(maker, 50) ? UNLIMITED : least + between(maker, 0, 1));
}

static void make_patient(struct maker *maker, int patient) {
  struct clinic *clinic = maker->clinic;
  struct patient *who = &clinic->patients[patient];
  who->takes_part = !in_hundred(maker, 3);
  who->min_minutes = ONE_OF(maker, 0, 60, 75, 120, 180, 240, 300);
  who->max_minutes = who->min_minutes + ONE_OF(maker, 0, 45, 60, 600, 600);
  who->min_days = between(maker, 0, 2);
  who->max_days = who->min_days + between(maker, 0, 3);
  if (who->max_days == 0) who->max_days = 1;

  who->priority_milli = ONE_OF(maker, 1000, 1000, 2500, 300);
  if (in_hundred(maker, maker->style == MICRO_INDIVIDUAL ? 80 : 40))
    who->primary = between(maker, 0, clinic->n_therapists - 1);
  if (in_hundred(maker, 50)) who->payer = 0;
  who->available = narrowed(maker);
  if (in_hundred(maker, 35)) who->preferred = narrowed(maker);
  for (int service = 0; service < clinic->n_services; service++) {
    const char *id = clinic->services[service].id;
    if (in_hundred(maker, 8))
      clinic_set_eligible(clinic, who->id, id, false);
    else if (in_hundred(maker, 25))
      clinic_set_weekly_max(clinic, who->id, id, between(maker, 1, 2));
  }
  make_needs(maker, who);
}

static void keep_people_apart(struct maker *maker) {
  struct clinic *clinic = maker->clinic;
  int chances = maker->style == MICRO_APART                                    ? 14
                : maker->style == MICRO_LONG_DAY || maker->style == MICRO_WEEK ? 8
                                                                               : 22;
  for (int p = 0; p < clinic->n_patients; p++) {
    for (int q = 0; q < p; q++)
      if (in_hundred(maker, chances))
        clinic_keep_apart(clinic, clinic->patients[p].id, clinic->patients[q].id);
    for (int t = 0; t < clinic->n_therapists; t++)
      if (in_hundred(maker, chances))
        clinic_keep_apart(clinic, clinic->patients[p].id, clinic->therapists[t].id);
  }
}

/* Therapists, or patients, whom a fixed session might name; seldom one who cannot be there. */
static struct ints some_of(struct maker *maker, const struct fixed_session *fixed, bool patients,
                           int most) {
  const struct clinic *clinic = maker->clinic;
  int n = patients ? clinic->n_patients : clinic->n_therapists;
  int end = fixed->start_min + clinic->services[fixed->service].minutes;
  struct ints ints = {arena_alloc(&maker->clinic->arena, (size_t)n, sizeof *ints.list), 0};
  for (int i = 0; i < n && ints.n < most; i++) {
    bool can = patients
                   ? clinic_eligible(clinic, i, fixed->service) &&
                         clinic_weekly_max(clinic, i, fixed->service) > 0 &&
                         windows_cover(&clinic->patients[i].available, fixed->start_min, end)
                   : clinic_may_lead(clinic, fixed->service, i) &&
                         windows_cover(&clinic->therapists[i].available, fixed->start_min, end);
    if (in_hundred(maker, can ? 35 : 1)) ints.list[ints.n++] = i;
  }
  return ints;
}

/* Group rows with equal cells would have been one session. */
static bool would_be_joined(const struct clinic *clinic, const struct fixed_session *fixed) {
  for (int i = 0; i < clinic->n_fixed; i++) {
    const struct fixed_session *other = &clinic->fixed[i];
    if (other->service == fixed->service && other->start_min == fixed->start_min &&
        other->room == fixed->room && ints_equal(&other->therapists, &fixed->therapists))
      return true;
  }
  return false;
}

static int compare_fixed(const void *a, const void *b) {
  const struct fixed_session *x = a, *y = b;
  if (x->start_min != y->start_min) return x->start_min - y->start_min;
  return x->service != y->service ? x->service - y->service : x->lines.list[0] - y->lines.list[0];
}

static void fix_sessions(struct maker *maker, int n) {
  struct clinic *clinic = maker->clinic;
  for (int i = 0; i < n; i++) {
    int service = between(maker, 0, clinic->n_services - 1);
    const struct service *it = &clinic->services[service];
    const struct window *window = &clinic->opening.list[between(maker, 0, clinic->opening.n - 1)];
    int slots = (window->end_min - window->start_min) / clinic->slot_minutes;
    struct fixed_session fixed = {
        .service = service,
        .start_min = window->start_min + between(maker, 0, slots - 1) * clinic->slot_minutes,
        .room = it->telehealth || in_hundred(maker, 60) ? NONE
                                                        : between(maker, 0, clinic->n_rooms - 1)};
    if (fixed.room != NONE && !clinic_room_fits(clinic, service, fixed.room)) fixed.room = NONE;
    fixed.therapists = some_of(maker, &fixed, false, it->leaders);
    fixed.patients = some_of(maker, &fixed, true, it->max_size);
    fixed.lines = (struct ints){arena_alloc(&clinic->arena, 1, sizeof(int)), 1};
    fixed.lines.list[0] = i + 2;
    if (it->format == FORMAT_GROUP && would_be_joined(clinic, &fixed)) continue;
    clinic->fixed[clinic->n_fixed++] = fixed;
  }
  qsort(clinic->fixed, (size_t)clinic->n_fixed, sizeof *clinic->fixed, compare_fixed);
}

/* Sessions of one service and start, with people and rooms drawn at random, each in one at most. */
static void draw_parallel(struct maker *maker, struct schedule *schedule,
                          struct session *sessions) {
  const struct clinic *clinic = maker->clinic;
  int service = between(maker, 0, clinic->n_services - 1);
  const struct service *it = &clinic->services[service];
  const struct window *window = &clinic->opening.list[between(maker, 0, clinic->opening.n - 1)];
  int slots = (window->end_min - window->start_min) / clinic->slot_minutes;
  int start = window->start_min + between(maker, 0, slots - 1) * clinic->slot_minutes;
  unsigned used[3] = {0};
  schedule->n_sessions = between(maker, 1, 3);
  for (int i = 0; i < schedule->n_sessions; i++) {
    struct session *session = &sessions[i];
    *session = (struct session){.service = service, .start_min = start, .room = NONE};
    int of_kind[3] = {clinic->n_patients, clinic->n_therapists, clinic->n_rooms};
    int wanted[3] = {between(maker, it->min_size, it->max_size < 3 ? it->max_size : 3), it->leaders,
                     it->telehealth ? 0 : 1};
    for (int kind = 0; kind < 3; kind++) {
      struct ints drawn = {arena_alloc(&maker->clinic->arena, 16, sizeof(int)), 0};
      for (int k = 0; k < of_kind[kind]; k++)
        if (!(used[kind] >> k & 1) && drawn.n < wanted[kind] && in_hundred(maker, 60)) {
          used[kind] |= 1u << k;
          drawn.list[drawn.n++] = k;
        }
      if (kind == 0) session->patients = drawn;
      if (kind == 1) session->leaders = drawn;
      if (kind == 2 && drawn.n > 0) session->room = drawn.list[0];
    }
  }
}

/* Fixes parallel sessions that can be, each with some of its people and its room left free. */
static void plant_sessions(struct maker *maker) {
  struct clinic *clinic = maker->clinic;
  struct session sessions[3];
  struct schedule schedule = {.sessions = sessions};
  bool possible = false;
  for (int attempt = 0; attempt < 60 && !possible; attempt++) {
    struct breaches breaches = {0};
    draw_parallel(maker, &schedule, sessions);
    verify_rules(clinic, &schedule, &breaches);
    possible = true;
    for (int i = 0; i < breaches.n; i++)
      if (strcmp(breaches.list[i].rule, "H6") != 0) possible = false;
    breaches_free(&breaches);
  }
  for (int i = 0; possible && i < schedule.n_sessions; i++) {
    struct session *it = &sessions[i];
    struct fixed_session fixed = {.service = it->service, .start_min = it->start_min};
    fixed.room = in_hundred(maker, 40) ? it->room : NONE;
    if (in_hundred(maker, 50)) fixed.therapists = it->leaders;
    if (in_hundred(maker, 60)) fixed.patients = it->patients;
    if (fixed.patients.n > 1 && in_hundred(maker, 50)) fixed.patients.n--;
    fixed.lines = (struct ints){arena_alloc(&clinic->arena, 1, sizeof(int)), 1};
    fixed.lines.list[0] = i + 2;
    if (clinic->services[it->service].format == FORMAT_GROUP && would_be_joined(clinic, &fixed))
      continue;
    clinic->fixed[clinic->n_fixed++] = fixed;
  }
}

static struct previous *make_previous(struct maker *maker) {
  const struct clinic *clinic = maker->clinic;
  struct previous *previous = mem_new(1, sizeof *previous);
  size_t n_patients = (size_t)clinic->n_patients;
  previous->was_in = arena_alloc(&previous->arena, n_patients, sizeof *previous->was_in);
  previous->attendances = arena_alloc(&previous->arena, n_patients, sizeof *previous->attendances);
  for (int p = 0; p < clinic->n_patients; p++) {
    if (in_hundred(maker, 30)) continue;
    previous->was_in[p] = true;
    previous->attendances[previous->n++] = (struct attendance_key){
        p, between(maker, 0, clinic->n_services - 1), clinic->opening.list[0].start_min};
  }
  return previous;
}

/* Nothing in the way but who is kept apart from whom. */
static void clear_the_way(struct maker *maker) {
  struct clinic *clinic = maker->clinic;
  for (int i = 0; i < clinic->n_patients; i++) {
    struct patient *who = &clinic->patients[i];
    who->available = clinic->opening;
    who->min_minutes = in_hundred(maker, 75) ? 60 : 0;
    who->max_minutes = 600;
    clinic_set_eligible(clinic, who->id, clinic->services[0].id, true);
  }
  for (int i = 0; i < clinic->n_therapists; i++) {
    clinic->therapists[i].available = clinic->opening;
    clinic->qualified[i] = in_hundred(maker, 95);
  }
  for (int i = 0; i < clinic->n_rooms; i++) {
    clinic->rooms[i].available = clinic->opening;
    clinic->rooms[i].capacity = between(maker, 2, 4);
  }
  clinic->services[0].notes_minutes = 0;
  clinic->services[0].closed = false;
  clinic->weight_milli[TERM_HOUR_SHORT] = between(maker, 3, 20) * 1000;
}

struct micro micro_clinic(enum micro_style style, uint64_t seed) {
  const struct scale *scale = &scales[style];
  struct maker maker = {.state = seed * N_MICRO_STYLES + style, .style = style};
  char services[64], patients[64], therapists[64], rooms[64];
  struct clinic_shape shape = {some_ids(services, "S", in_scale(&maker, scale->services)),
                               some_ids(patients, "P", in_scale(&maker, scale->patients)),
                               some_ids(therapists, "T", in_scale(&maker, scale->therapists)),
                               some_ids(rooms, "R", in_scale(&maker, scale->rooms))};
  struct clinic *clinic = maker.clinic = clinic_build(&shape);
  make_program(&maker, scale);
  for (int i = 0; i < clinic->n_services; i++) make_service(&maker, i);
  for (int i = 0; i < clinic->n_patients; i++) make_patient(&maker, i);
  for (int i = 0; i < clinic->n_therapists; i++) {
    clinic->therapists[i].available = narrowed(&maker);
    clinic->therapists[i].max_minutes_day = ONE_OF(&maker, 60, 120, 480, 480);
    clinic->therapists[i].max_minutes_week = ONE_OF(&maker, 60, 120, 180, 2400, 2400);
    /* Notes may be written after closing. */
    struct windows *own = &clinic->therapists[i].available;
    if (own->n > 0 && in_hundred(&maker, 50)) own->list[own->n - 1].end_min += 60;
  }
  for (int i = 0; i < clinic->n_rooms; i++) {
    clinic->rooms[i].available = narrowed(&maker);
    clinic->rooms[i].capacity = ONE_OF(&maker, 1, 2, 2, 3, 12);
  }
  if (style == MICRO_APART || style == MICRO_FIXED) clinic->visit_min_minutes = 0;
  if (style == MICRO_APART) clear_the_way(&maker);
  keep_people_apart(&maker);
  if (style == MICRO_FIXED)
    in_hundred(&maker, 15) ? fix_sessions(&maker, between(&maker, 1, 3)) : plant_sessions(&maker);
  else if (in_hundred(&maker, 20))
    fix_sessions(&maker, between(&maker, 1, 2));
  return (struct micro){clinic, in_hundred(&maker, 40) ? make_previous(&maker) : NULL};
}

void micro_release(struct micro *micro) {
  clinic_free(micro->clinic);
  previous_free(micro->previous);
}
