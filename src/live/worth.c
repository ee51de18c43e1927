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

enum { WORTH_WORK = 12, HOUR_MIN = 60 };

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

/* Takes away the sessions that use the gift: therapist or room number `added`. How many they are.
 */
static int take_back(struct schedule *week, const struct gift *gift, int added) {
  int n_kept = 0, n = week->n_sessions;
  for (int s = 0; s < n; s++) {
    const struct session *session = &week->sessions[s];
    bool uses = gift->kind == RESOURCE_ROOM ? session->room == added
                                            : ints_contain_unsorted(&session->leaders, added);
    if (!uses) week->sessions[n_kept++] = *session;
  }
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

/* First only those who lack something may take what is new, which is soon seen; then everybody. */
static struct schedule *use_gift(struct measuring *measuring, const struct clinic *richer) {
  bool *waits = mem_new((size_t)richer->n_patients, sizeof *waits);
  struct outcome outcome;
  outcome_measure(&outcome, measuring->full, measuring->full_week);
  for (int i = 0; i < outcome.n_unmet; i++)
    if (outcome.unmet[i].patient != NONE) waits[outcome.unmet[i].patient] = true;
  outcome_release(&outcome);
  struct clinic *held = held_clinic(richer, measuring->full_week, waits);
  struct schedule *seated = plan_from(measuring, held, measuring->full_week, WORTH_WORK);
  struct schedule *week =
      plan_from(measuring, richer, seated ? seated : measuring->full_week, WORTH_WORK);
  schedule_free(seated);
  clinic_free(held);
  free(waits);
  return week;
}

/* Searching longer would have made the week better without the gift, too: what the gift was used
 * for is taken away again, and the rest planned again as long. */
static struct gain gain_of(struct measuring *measuring, const struct gift *gift,
                           const struct clinic *richer, const struct schedule *with) {
  int added =
      gift->kind == RESOURCE_ROOM ? measuring->full->n_rooms : measuring->full->n_therapists;
  struct schedule *rest = schedule_copy(with);
  int n_uses = take_back(rest, gift, added);
  struct schedule *without = plan_from(measuring, measuring->full, rest, WORTH_WORK);
  keep_better(measuring, without);
  schedule_free(rest);
  if (n_uses == 0) return (struct gain){0};
  return compare(measuring, richer, with, measuring->full_week);
}

static struct gain try_gift(struct measuring *measuring, const struct gift *gift) {
  struct gain gain = {.worth = NONE};
  if (gift->windows.n == 0 || time_is_over(measuring)) return gain;
  struct clinic *richer =
      gift->kind == RESOURCE_ROOM
          ? with_room_like(measuring->full, gift->room, gift->windows)
          : with_therapist(measuring->full, gift->qualified, gift->windows, HOUR_MIN);
  struct schedule *week = use_gift(measuring, richer);
  if (week) gain = gain_of(measuring, gift, richer, week);
  schedule_free(week);
  clinic_free(richer);
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

/* An hour at any time of the week, or a room all week, helps at least as much as one in half a day:
 * where that brings nothing, no half-day is looked at. */
static void measure_resource(struct measuring *measuring, struct resource *resource,
                             const struct gift *gift, struct arena *arena) {
  struct gain all = try_gift(measuring, gift);
  if (all.worth == NONE) return;
  for (int half_day = 0; half_day < N_HALF_DAYS; half_day++) {
    struct gift part = *gift;
    part.windows = windows_at(measuring, gift, arena, half_day);
    struct gain gain = {.worth = part.windows.n > 0 ? 0 : NONE};
    if (all.worth > 0) gain = try_gift(measuring, &part);
    resource->worth[half_day] = gain.worth;
    resource->n_seated[half_day] = gain.n_seated;
    resource->minutes_cared[half_day] = gain.minutes_cared;
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

void measure_worth(struct measuring *measuring) {
  struct capacity *capacity = measuring->capacity;
  list_resources(capacity, measuring->clinic);
  if (!measuring->full_week) return;
  struct arena arena = {0};
  struct gift *gifts = arena_alloc(&arena, (size_t)capacity->n_resources, sizeof *gifts);
  for (int i = 0; i < capacity->n_resources; i++) {
    struct resource *resource = &capacity->resources[i];
    int twin = 0;
    gifts[i] = gift_of(measuring, resource, &arena);
    while (twin < i && !same_gift(measuring->full, &gifts[twin], &gifts[i])) twin++;
    if (twin == i) {
      measure_resource(measuring, resource, &gifts[i], &arena);
    } else {
      struct resource measured = capacity->resources[twin];
      measured.kind = resource->kind;
      measured.who = resource->who;
      *resource = measured;
    }
  }
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
    text_add(&text, capacity->cut_short
                        ? "no bottleneck was found in the time given"
                        : "no hour more of any one therapist, credential or room was found to help "
                          "those who wait: more than one thing is short, or their own hours are");
  capacity->bottleneck = arena_strdup(&capacity->arena, text.data);
  text_free(&text);
}
