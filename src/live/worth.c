/* What an hour more is worth: the clinic that is full, with a waiting list, is planned again with
 * an hour more of somebody like a therapist, of somebody with a credential alone, or with a room
 * more for an hour, in each half of each day. What the cost then falls by is what was found, and so
 * at least what it is worth. Those who may lead the same at the same hours are measured once. */
#include <stdlib.h>
#include <string.h>

#include "admit_parts.h"
#include "capacity_parts.h"
#include "clones.h"
#include "iopsched/verify.h"

enum { SEATING_WORK = 8, WORTH_WORK = 12, HOUR_MIN = 60 };

/* An hour more of something, as the clinic would then be. */
struct gift {
  enum resource_kind kind;
  const bool *qualified; /* [n_services * max_leaders]; NULL for a room */
  int room;              /* or NONE */
  struct windows windows;
};

struct gain {
  int64_t worth;
  int n_seated, minutes_cared;
};

/* Hours short, in minutes, of all patients; and how many of them lack anything. Whoever it is
 * waits: patients who are alike may take turns. */
static int64_t minutes_short(const struct outcome *outcome, int *n_lacking) {
  int64_t minutes = 0;
  int last = NONE;
  *n_lacking = 0;
  for (int i = 0; i < outcome->n_unmet; i++) {
    const struct unmet *unmet = &outcome->unmet[i];
    if (unmet->patient == NONE) continue;
    if (unmet->kind == NEED_HOURS) minutes += unmet->required - unmet->planned;
    *n_lacking += unmet->patient != last;
    last = unmet->patient;
  }
  return minutes;
}

/* What the week with the gift gains over one without it. */
static struct gain compare(struct measuring *measuring, const struct clinic *richer,
                           const struct schedule *with, const struct schedule *without) {
  struct outcome before, after;
  int lacked, lack;
  outcome_measure(&before, measuring->full, without);
  outcome_measure(&after, richer, with);
  int64_t minutes = minutes_short(&before, &lacked) - minutes_short(&after, &lack);
  int64_t worth =
      verify_cost(measuring->full, without, NULL).total - verify_cost(richer, with, NULL).total;
  outcome_release(&before);
  outcome_release(&after);
  if (worth <= 0) return (struct gain){0};
  return (struct gain){worth, lacked > lack ? lacked - lack : 0, minutes > 0 ? (int)minutes : 0};
}

static bool leads(const struct session *session, int therapist) {
  for (int i = 0; i < session->leaders.n; i++)
    if (session->leaders.list[i] == therapist) return true;
  return false;
}

/* Of the therapist or the room that is added. */
static int number_of_gift(const struct measuring *measuring, const struct gift *gift) {
  return gift->kind == RESOURCE_ROOM ? measuring->full->n_rooms : measuring->full->n_therapists;
}

static bool uses(const struct session *session, const struct gift *gift, int added) {
  return gift->kind == RESOURCE_ROOM ? session->room == added : leads(session, added);
}

/* Takes away the sessions that use the gift. How many they are. */
static int take_back(struct schedule *week, const struct gift *gift, int added) {
  int n_kept = 0, n = week->n_sessions;
  for (int s = 0; s < n; s++)
    if (!uses(&week->sessions[s], gift, added)) week->sessions[n_kept++] = week->sessions[s];
  week->n_sessions = n_kept;
  return n - n_kept;
}

/* The better one of two weeks of the full clinic is the one to compare with, from now on. */
static void keep_better(struct measuring *measuring, struct schedule *week) {
  if (week && verify_cost(measuring->full, week, NULL).total <
                  verify_cost(measuring->full, measuring->full_week, NULL).total) {
    struct schedule *worse = measuring->full_week;
    measuring->full_week = week;
    week = worse;
  }
  schedule_free(week);
}

/* True if the week uses the gift and costs less than the full clinic's. */
static bool gains(const struct measuring *measuring, const struct gift *gift,
                  const struct clinic *richer, const struct schedule *week) {
  bool is_used = false;
  for (int s = 0; s < week->n_sessions; s++)
    is_used |= uses(&week->sessions[s], gift, number_of_gift(measuring, gift));
  return is_used && verify_cost(richer, week, NULL).total <
                        verify_cost(measuring->full, measuring->full_week, NULL).total;
}

/* First only those who lack something may take what is new, which is soon seen; if they cannot, or
 * it is to be searched thoroughly, everybody. */
static struct schedule *use_gift(struct measuring *measuring, const struct gift *gift,
                                 const struct clinic *richer, bool thorough) {
  bool *waits = mem_new((size_t)richer->n_patients, sizeof *waits);
  struct outcome outcome;
  outcome_measure(&outcome, measuring->full, measuring->full_week);
  for (int i = 0; i < outcome.n_unmet; i++)
    if (outcome.unmet[i].patient != NONE) waits[outcome.unmet[i].patient] = true;
  outcome_release(&outcome);
  struct clinic *held = held_clinic(richer, measuring->full_week, waits);
  struct schedule *week = plan_from(measuring, held, measuring->full_week, SEATING_WORK);
  clinic_free(held);
  free(waits);
  if (week && !thorough && gains(measuring, gift, richer, week)) return week;
  struct schedule *moved =
      plan_from(measuring, richer, week ? week : measuring->full_week, WORTH_WORK);
  schedule_free(week);
  return moved;
}

/* Searching longer would have made the week better without the gift, too: what the gift was used
 * for is taken away again, and the rest planned again as long. */
static struct gain gain_of(struct measuring *measuring, const struct gift *gift,
                           const struct clinic *richer, const struct schedule *with) {
  struct schedule *rest = schedule_copy(with);
  int n_uses = take_back(rest, gift, number_of_gift(measuring, gift));
  if (n_uses == 0) { /* without the gift it is as good */
    keep_better(measuring, rest);
    return (struct gain){0};
  }
  keep_better(measuring, plan_from(measuring, measuring->full, rest, WORTH_WORK));
  schedule_free(rest);
  return compare(measuring, richer, with, measuring->full_week);
}

static struct gain try_gift(struct measuring *measuring, const struct gift *gift, bool thorough) {
  struct gain gain = {.worth = NONE};
  if (gift->windows.n == 0 || stops_early(measuring)) return gain;
  struct clinic *richer =
      gift->kind == RESOURCE_ROOM
          ? with_room_like(measuring->full, gift->room, gift->windows)
          : with_therapist(measuring->full, gift->qualified, gift->windows, HOUR_MIN);
  struct schedule *week = use_gift(measuring, gift, richer, thorough);
  if (week) gain = gain_of(measuring, gift, richer, week);
  schedule_free(week);
  clinic_free(richer);
  if (gain.worth == 0 && stops_early(measuring)) gain.worth = NONE; /* it may have been cut short */
  return gain;
}

/* ---- hours ---- */

static struct window half_day_window(int half_day) {
  int midnight = half_day / 2 * DAY_MIN;
  return half_day % 2 ? (struct window){midnight + NOON_MIN, midnight + DAY_MIN}
                      : (struct window){midnight, midnight + NOON_MIN};
}

/* The part of the windows that lies in the half of the day. */
static struct windows part_of(struct arena *arena, const struct windows *windows, int half_day) {
  struct window half = half_day_window(half_day);
  struct windows part = {arena_alloc(arena, (size_t)windows->n, sizeof *part.list), 0};
  for (int i = 0; i < windows->n; i++) {
    int start = windows->list[i].start_min, end = windows->list[i].end_min;
    if (start < half.start_min) start = half.start_min;
    if (end > half.end_min) end = half.end_min;
    if (end - start >= HOUR_MIN) part.list[part.n++] = (struct window){start, end};
  }
  return part;
}

static bool same_room(const struct clinic *clinic, int a, int b) {
  if (clinic->rooms[a].capacity != clinic->rooms[b].capacity) return false;
  for (int service = 0; service < clinic->n_services; service++)
    if (clinic_room_fits(clinic, service, a) != clinic_room_fits(clinic, service, b)) return false;
  return true;
}

static bool overlaps(const struct clinic *clinic, const struct session *session, int start_min) {
  return session->start_min < start_min + HOUR_MIN &&
         session->start_min + clinic->services[session->service].minutes > start_min;
}

static bool fits_what_they_lead(const struct clinic *clinic, int room, int therapist) {
  for (int service = 0; service < clinic->n_services; service++)
    if (clinic_room_fits(clinic, service, room) && clinic_may_lead(clinic, service, therapist))
      return true;
  return false;
}

/* Therapists who are free in that hour and could lead something in the room, if no room like it is
 * free. */
static int wanted_at(const struct measuring *measuring, int room, int start_min) {
  const struct clinic *clinic = measuring->full;
  const struct schedule *week = measuring->full_week;
  int n = 0, end = start_min + HOUR_MIN;
  for (int other = 0; other < clinic->n_rooms; other++) {
    bool is_free = same_room(clinic, room, other) &&
                   windows_cover(&clinic->rooms[other].available, start_min, end);
    for (int s = 0; s < week->n_sessions && is_free; s++)
      is_free = week->sessions[s].room != other || !overlaps(clinic, &week->sessions[s], start_min);
    if (is_free) return 0;
  }
  for (int t = 0; t < clinic->n_therapists; t++) {
    bool is_free = windows_cover(&clinic->therapists[t].available, start_min, end) &&
                   fits_what_they_lead(clinic, room, t);
    for (int s = 0; s < week->n_sessions && is_free; s++)
      is_free = !ints_contain_unsorted(&week->sessions[s].leaders, t) ||
                !overlaps(clinic, &week->sessions[s], start_min);
    n += is_free;
  }
  return n;
}

/* The hour of the half-day at which such a room is wanted most. */
static struct windows wanted_hour(const struct measuring *measuring, struct arena *arena, int room,
                                  int half_day) {
  struct windows open = part_of(arena, &measuring->full->opening, half_day);
  struct windows hour = {arena_alloc(arena, 1, sizeof *hour.list), 0};
  int most = NONE;
  for (int i = 0; i < open.n; i++)
    for (int at = open.list[i].start_min; at + HOUR_MIN <= open.list[i].end_min;
         at += measuring->full->slot_minutes) {
      int wanted = wanted_at(measuring, room, at);
      if (wanted <= most) continue;
      most = wanted;
      hour.list[0] = (struct window){at, at + HOUR_MIN};
      hour.n = 1;
    }
  return hour;
}

/* ---- the gifts ---- */

static void qualify_like(const struct clinic *clinic, int therapist, bool *qualified) {
  for (int service = 0; service < clinic->n_services; service++)
    for (int role = 0; role < clinic->services[service].leaders; role++)
      qualified[service * clinic->max_leaders + role] =
          clinic_qualified(clinic, service, role, therapist);
}

static void qualify_by(const struct clinic *clinic, int credential, bool *qualified) {
  for (int s = 0; s < clinic->n_services; s++) {
    const struct service *service = &clinic->services[s];
    for (int leader = 0; leader < service->leaders; leader++) {
      const struct ints *any =
          service->n_roles == 0 ? NULL : &service->roles[service->n_roles == 1 ? 0 : leader];
      qualified[s * clinic->max_leaders + leader] =
          !any || any->n == 0 || ints_contain(any, credential);
    }
  }
}

static struct windows joined(struct arena *arena, const struct windows *a,
                             const struct windows *b) {
  struct windows all = {arena_alloc(arena, (size_t)a->n + (size_t)b->n, sizeof *all.list), 0};
  int i = 0, k = 0;
  while (i < a->n || k < b->n) {
    bool from_a = k == b->n || (i < a->n && a->list[i].start_min <= b->list[k].start_min);
    struct window next = from_a ? a->list[i++] : b->list[k++];
    struct window *last = all.n > 0 ? &all.list[all.n - 1] : NULL;
    if (last && next.start_min <= last->end_min) {
      if (next.end_min > last->end_min) last->end_min = next.end_min;
    } else {
      all.list[all.n++] = next;
    }
  }
  return all;
}

/* All hours at which an hour more could be had. */
static struct gift gift_of(struct measuring *measuring, const struct resource *resource,
                           struct arena *arena) {
  const struct clinic *clinic = measuring->full;
  struct gift gift = {.kind = resource->kind, .room = NONE, .windows = clinic->opening};
  bool *qualified = arena_alloc(arena, (size_t)clinic->n_services * (size_t)clinic->max_leaders,
                                sizeof *qualified);
  if (resource->kind == RESOURCE_ROOM) {
    gift.room = resource->who;
    return gift;
  }
  gift.qualified = qualified;
  if (resource->kind == RESOURCE_CREDENTIAL) {
    qualify_by(clinic, resource->who, qualified);
    return gift;
  }
  const struct therapist *therapist = &clinic->therapists[resource->who];
  qualify_like(clinic, resource->who, qualified);
  gift.windows = joined(arena, &therapist->available, &therapist->addable);
  return gift;
}

static bool same_gift(const struct clinic *clinic, const struct gift *a, const struct gift *b) {
  if ((a->kind == RESOURCE_ROOM) != (b->kind == RESOURCE_ROOM)) return false;
  if (a->kind == RESOURCE_ROOM) return same_room(clinic, a->room, b->room);
  return windows_equal(&a->windows, &b->windows) &&
         memcmp(a->qualified, b->qualified,
                (size_t)clinic->n_services * (size_t)clinic->max_leaders * sizeof(bool)) == 0;
}

/* Windows of the half of the day in which the gift is given. */
static struct windows windows_at(const struct measuring *measuring, const struct gift *gift,
                                 struct arena *arena, int half_day) {
  return gift->kind == RESOURCE_ROOM ? wanted_hour(measuring, arena, gift->room, half_day)
                                     : part_of(arena, &gift->windows, half_day);
}

/* A resource, and what an hour of it at any time of the week would bring, or a room all week. */
struct asked {
  struct resource *resource;
  struct gift gift;
  int64_t at_most; /* of that, what was found; NONE: not measured */
  int twin;        /* the first one like it, perhaps itself */
};

/* True if whatever this gives the other would give as well. */
static bool is_within(const struct clinic *clinic, const struct gift *gift,
                      const struct gift *other) {
  if (gift->kind == RESOURCE_ROOM || other->kind == RESOURCE_ROOM) return false;
  for (int i = 0; i < gift->windows.n; i++)
    if (!windows_cover(&other->windows, gift->windows.list[i].start_min,
                       gift->windows.list[i].end_min))
      return false;
  for (int i = 0; i < clinic->n_services * clinic->max_leaders; i++)
    if (gift->qualified[i] && !other->qualified[i]) return false;
  return true;
}

/* Measured at any time of the week; nothing, where nothing was found for one that gives more. */
static int64_t worth_at_most(struct measuring *measuring, const struct asked *asked, int n) {
  const struct gift *gift = &asked[n].gift;
  for (int i = 0; i < n; i++)
    if (asked[i].at_most == 0 && is_within(measuring->full, gift, &asked[i].gift)) return 0;
  return try_gift(measuring, gift, false).worth;
}

static void set_gain(struct resource *resource, int half_day, const struct gain *gain) {
  resource->worth[half_day] = gain->worth;
  resource->n_seated[half_day] = gain->n_seated;
  resource->minutes_cared[half_day] = gain->minutes_cared;
}

/* An hour at any time helps at least as much as one in half a day: where that brings nothing, no
 * half-day is looked at. */
static void measure_half_days(struct measuring *measuring, const struct asked *asked,
                              struct arena *arena) {
  struct resource *resource = asked->resource;
  for (int half_day = 0; half_day < N_HALF_DAYS && asked->at_most != NONE; half_day++) {
    struct gift part = asked->gift;
    part.windows = windows_at(measuring, &asked->gift, arena, half_day);
    struct gain gain = {.worth = part.windows.n > 0 ? 0 : NONE};
    if (asked->at_most > 0) gain = try_gift(measuring, &part, false);
    set_gain(resource, half_day, &gain);
  }
}

static void list_resources(struct capacity *capacity, const struct clinic *clinic) {
  static const enum resource_kind order[] = {RESOURCE_CREDENTIAL, RESOURCE_ROOM,
                                             RESOURCE_THERAPIST};
  int n[] = {clinic->n_credentials, clinic->n_rooms, clinic->n_therapists};
  capacity->resources = arena_alloc(&capacity->arena, (size_t)n[0] + (size_t)n[1] + (size_t)n[2],
                                    sizeof *capacity->resources);
  for (int k = 0; k < 3; k++)
    for (int who = 0; who < n[k]; who++) {
      struct resource *resource = &capacity->resources[capacity->n_resources++];
      *resource = (struct resource){.kind = order[k], .who = who};
      for (int half_day = 0; half_day < N_HALF_DAYS; half_day++) resource->worth[half_day] = NONE;
    }
}

/* What each resource could bring at most, credentials first. */
static void ask_all(struct measuring *measuring, struct asked *asked, struct arena *arena) {
  struct capacity *capacity = measuring->capacity;
  for (int i = 0; i < capacity->n_resources; i++) {
    struct asked *one = &asked[i];
    *one = (struct asked){.resource = &capacity->resources[i]};
    one->gift = gift_of(measuring, one->resource, arena);
    while (!same_gift(measuring->full, &asked[one->twin].gift, &one->gift)) one->twin++;
    one->at_most = one->twin == i ? worth_at_most(measuring, asked, i) : asked[one->twin].at_most;
  }
}

/* The best half-day decides what the bottleneck is: it is searched thoroughly. */
static void measure_best_again(struct measuring *measuring, const struct asked *asked,
                               struct arena *arena) {
  struct resource *resource = asked->resource;
  int best = 0;
  for (int half_day = 1; half_day < N_HALF_DAYS; half_day++)
    if (resource->worth[half_day] > resource->worth[best]) best = half_day;
  if (resource->worth[best] <= 0) return;
  struct gift part = asked->gift;
  part.windows = windows_at(measuring, &asked->gift, arena, best);
  struct gain gain = try_gift(measuring, &part, true);
  if (gain.worth > resource->worth[best]) set_gain(resource, best, &gain);
}

static int compare_asked(const void *a, const void *b) {
  const struct asked *x = *(const struct asked *const *)a, *y = *(const struct asked *const *)b;
  if (x->at_most != y->at_most) return x->at_most > y->at_most ? -1 : 1;
  return (x > y) - (x < y);
}

/* Those that could bring most come first, since the time may be over before the last. */
static void measure_each(struct measuring *measuring, const struct asked *asked, int n,
                         struct arena *arena) {
  const struct asked **order = arena_alloc(arena, (size_t)n, sizeof *order);
  for (int i = 0; i < n; i++) order[i] = &asked[i];
  if (n > 1) qsort(order, (size_t)n, sizeof *order, compare_asked);
  for (int i = 0; i < n; i++)
    if (&asked[order[i]->twin] == order[i]) measure_half_days(measuring, order[i], arena);
  for (int i = 0; i < n; i++)
    if (&asked[order[i]->twin] == order[i]) measure_best_again(measuring, order[i], arena);
  for (int i = 0; i < n; i++) {
    struct resource *resource = asked[i].resource, measured = *asked[asked[i].twin].resource;
    measured.kind = resource->kind;
    measured.who = resource->who;
    *resource = measured;
  }
}

void measure_worth(struct measuring *measuring) {
  struct capacity *capacity = measuring->capacity;
  list_resources(capacity, measuring->clinic);
  if (!measuring->full_week) return;
  struct arena arena = {0};
  struct asked *asked = arena_alloc(&arena, (size_t)capacity->n_resources, sizeof *asked);
  ask_all(measuring, asked, &arena);
  measure_each(measuring, asked, capacity->n_resources, &arena);
  arena_free(&arena);
}

/* ---- the bottleneck ---- */

static const char *const one_of[] = {[RESOURCE_THERAPIST] = "therapist",
                                     [RESOURCE_CREDENTIAL] = "credential",
                                     [RESOURCE_ROOM] = "rooms like"};

static void add_bottleneck(struct text *text, const struct measuring *measuring,
                           const struct resource *best, int half_day) {
  text_printf(text, "the bottleneck is %s %s: an hour more on ", one_of[best->kind],
              resource_id(measuring->clinic, best));
  half_day_add_words(text, half_day);
  text_add(text, " lowers the cost by ");
  text_add_ratio(text, best->worth[half_day], COST_ONE, 1);
  if (best->n_seated[half_day] > 0)
    text_printf(text, " and gives %d more of %d who wait all they need", best->n_seated[half_day],
                measuring->capacity->n_waiting);
  else if (best->minutes_cared[half_day] > 0) {
    text_add(text, " and gives those who wait ");
    text_add_ratio(text, best->minutes_cared[half_day], 60, 2);
    text_add(text, " hours of care");
  }
}

/* The best half-day of all; credentials before therapists and rooms where they are worth the same,
 * since they say more. */
void find_bottleneck(struct measuring *measuring) {
  struct capacity *capacity = measuring->capacity;
  const struct resource *best = NULL;
  int best_half = 0, rank[] = {1, 0, 2};
  for (int i = 0; i < capacity->n_resources; i++)
    for (int half = 0; half < N_HALF_DAYS; half++) {
      const struct resource *resource = &capacity->resources[i];
      int64_t worth = resource->worth[half];
      if (worth <= 0) continue;
      if (best && (worth < best->worth[best_half] ||
                   (worth == best->worth[best_half] && rank[resource->kind] >= rank[best->kind])))
        continue;
      best = resource;
      best_half = half;
    }
  struct text text = {0};
  if (best)
    add_bottleneck(&text, measuring, best, best_half);
  else
    text_add(&text, measuring->stopped
                        ? "no bottleneck was found in the time given"
                        : "no hour more of any one therapist, credential or room was found to help "
                          "those who wait: more than one thing is short, or their own hours are");
  capacity->bottleneck = arena_strdup(&capacity->arena, text.data);
  text_free(&text);
}
