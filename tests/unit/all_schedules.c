#include "all_schedules.h"

#include <stdlib.h>

#include "iopsched/verify.h"

enum { MOST_SESSIONS = 16, MOST_CANDIDATES = 4000 };

struct search {
  const struct clinic *clinic;
  const struct previous *previous;
  struct arena arena;
  struct session *candidates; /* [n_candidates] */
  int n_candidates;
  int most;
  struct session chosen[MOST_SESSIONS];
  struct all_answer answer;
};

static struct ints members(struct arena *arena, unsigned set) {
  struct ints ints = {arena_alloc(arena, 32, sizeof *ints.list), 0};
  for (int i = 0; i < 32; i++)
    if (set >> i & 1) ints.list[ints.n++] = i;
  return ints;
}

/* 0: breaks a rule beyond mending, 1: breaks one, 2: valid. */
static int judge(const struct search *search, int n) {
  struct schedule schedule = {.sessions = (struct session *)search->chosen, .n_sessions = n};
  struct breaches breaches = {0};
  int verdict = verify_rules(search->clinic, &schedule, &breaches) ? 2 : 1;
  for (int i = 0; i < breaches.n; i++)
    if (!breaches.list[i].mendable) verdict = 0;
  breaches_free(&breaches);
  return verdict;
}

/* Keeps a session that may be in a schedule: by itself it breaks nothing that stays broken. */
static void add_candidate(struct search *search, struct session session) {
  search->chosen[0] = session;
  if (judge(search, 1) == 0) return;
  if (search->n_candidates == MOST_CANDIDATES) {
    search->answer.too_many = true;
    return;
  }
  search->candidates[search->n_candidates++] = session;
}

static void add_candidates(struct search *search, int service, int start, unsigned patients) {
  const struct clinic *clinic = search->clinic;
  const struct service *it = &clinic->services[service];
  int n = __builtin_popcount(patients);
  if (n < it->min_size || n > it->max_size) return;
  for (unsigned leaders = 0; leaders < 1u << clinic->n_therapists; leaders++) {
    if (__builtin_popcount(leaders) != it->leaders) continue;
    for (int room = it->telehealth ? NONE : 0; room < (it->telehealth ? 0 : clinic->n_rooms);
         room++)
      add_candidate(search, (struct session){.service = service,
                                             .start_min = start,
                                             .room = room,
                                             .leaders = members(&search->arena, leaders),
                                             .patients = members(&search->arena, patients)});
  }
}

static bool share(const struct ints *a, const struct ints *b) {
  for (int i = 0; i < a->n; i++)
    for (int k = 0; k < b->n; k++)
      if (a->list[i] == b->list[k]) return true;
  return false;
}

/* Quick look before the rules are asked: nobody, and no room, in two sessions at once. */
static bool clash(const struct clinic *clinic, const struct session *a, const struct session *b) {
  if (a->start_min >= session_end(clinic, b) || b->start_min >= session_end(clinic, a))
    return false;
  return share(&a->patients, &b->patients) || share(&a->leaders, &b->leaders) ||
         (a->room != NONE && a->room == b->room);
}

static void extend(struct search *search, int n, int next) {
  if (search->answer.too_many || ++search->answer.n > search->most) {
    search->answer.too_many = true;
    return;
  }
  int verdict = judge(search, n);
  if (verdict == 0) return;
  struct schedule schedule = {.sessions = search->chosen, .n_sessions = n};
  if (verdict == 2) {
    int64_t cost = verify_cost(search->clinic, &schedule, search->previous).total;
    if (!search->answer.feasible || cost < search->answer.cost) search->answer.cost = cost;
    search->answer.feasible = true;
  }
  for (int i = next; i < search->n_candidates; i++) {
    bool clashes = n == MOST_SESSIONS;
    for (int k = 0; k < n && !clashes; k++)
      clashes = clash(search->clinic, &search->chosen[k], &search->candidates[i]);
    if (clashes) continue;
    search->chosen[n] = search->candidates[i];
    extend(search, n + 1, i + 1);
  }
}

struct all_answer all_schedules(const struct clinic *clinic, const struct previous *previous,
                                int most) {
  struct search search = {.clinic = clinic, .previous = previous, .most = most};
  search.candidates = calloc(MOST_CANDIDATES, sizeof *search.candidates);
  for (int start = 0; start < WEEK_MIN; start += clinic->slot_minutes)
    for (int service = 0; service < clinic->n_services; service++) {
      int end = start + clinic->services[service].minutes;
      if (!windows_cover(&clinic->opening, start, end)) continue;
      for (unsigned patients = 1; patients < 1u << clinic->n_patients; patients++)
        add_candidates(&search, service, start, patients);
    }
  extend(&search, 0, 0);
  free(search.candidates);
  arena_free(&search.arena);
  return search.answer;
}
