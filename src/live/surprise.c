#include "iopsched/surprise.h"

#include <stdlib.h>

#include "iopsched/random.h"
#include "relocate.h"

/* Where two want one place, the first round leaves the second one what the first did not take;
 * after a few every arrangement that is possible is about as likely as any other (Geman & Geman
 * 1984). */
enum { N_ROUNDS = 4 };

/* One patient's sessions of one service, to be drawn together. */
struct lot {
  int patient, service;
  uint64_t dice; /* its own: others do not change what it throws */
};
struct lots {
  struct lot *list; /* [n] */
  size_t n, capacity;
};

/* FNV-1a (Fowler, Noll & Vo), ids in lower case since case does not tell them apart. */
static uint64_t mix_in(uint64_t hash, const char *id) {
  for (; *id; id++) {
    unsigned char c = (unsigned char)*id;
    hash = (hash ^ (uint64_t)(c >= 'A' && c <= 'Z' ? c + 32 : c)) * UINT64_C(0x100000001B3);
  }
  return (hash ^ 0xFF) * UINT64_C(0x100000001B3);
}

static uint64_t dice_of(const struct clinic *clinic, uint64_t seed, int patient, int service) {
  uint64_t hash = UINT64_C(0xCBF29CE484222325);
  hash = mix_in(mix_in(hash, clinic->patients[patient].id), clinic->services[service].id);
  hash ^= random_next(&seed);
  uint64_t dice = hash + (uint64_t)clinic->monday * UINT64_C(0x9E3779B97F4A7C15);
  random_next(&dice);
  return dice;
}

static bool is_named(const struct clinic *clinic, int patient, const struct session *session) {
  for (int f = 0; f < clinic->n_fixed; f++)
    if (clinic->fixed[f].service == session->service &&
        clinic->fixed[f].start_min == session->start_min &&
        ints_contain(&clinic->fixed[f].patients, patient))
      return true;
  return false;
}

/* True if the patient may be taken out of the session, and put elsewhere. */
static bool is_movable(const struct relocation *relocation, const struct previous *drawn,
                       int patient, int index) {
  const struct session *session = &relocation->schedule->sessions[index];
  const struct service *service = &relocation->clinic->services[session->service];
  if (drawn && previous_has(drawn, patient, session->service, session->start_min)) return false;
  if (service->closed || is_named(relocation->clinic, patient, session)) return false;
  return session_is_own(relocation->schedule, index) || session->patients.n > service->min_size;
}

/* The sessions of a lot, and the days that they could be on. */
struct draw {
  int sessions[N_DAYS]; /* [n], one a day */
  int n;
  unsigned days;  /* bit by day: those they are on */
  unsigned other; /* days that hold another session of the patient's, but none of the service that
                     stays */
};

static struct draw look_at(const struct relocation *relocation, const struct previous *drawn,
                           const struct lot *lot) {
  struct draw draw = {0};
  unsigned stays = 0;
  for (int s = 0; s < relocation->schedule->n_sessions; s++) {
    const struct session *session = &relocation->schedule->sessions[s];
    unsigned day = 1U << session_day(session);
    if (!ints_contain(&session->patients, lot->patient)) continue;
    if (session->service != lot->service) {
      draw.other |= day;
    } else if (is_movable(relocation, drawn, lot->patient, s) && !(draw.days & day)) {
      draw.sessions[draw.n++] = s;
      draw.days |= day;
    } else {
      stays |= day;
    }
  }
  draw.other &= ~stays;
  return draw;
}

/* Puts the sessions on just these days; those that are on one stay. */
static bool move_to(struct relocation *relocation, const struct lot *lot, const struct draw *draw,
                    unsigned days) {
  const struct patient *patient = &relocation->clinic->patients[lot->patient];
  int leaving[N_DAYS], n = 0, before = days_attended(relocation, lot->patient);
  for (int i = 0; i < draw->n; i++) {
    const struct session *session = &relocation->schedule->sessions[draw->sessions[i]];
    if (!(days & 1U << session_day(session))) leaving[n++] = draw->sessions[i];
  }
  unsigned arriving = days & ~draw->days;
  for (int i = 0; i < n; i++) lift(relocation, lot->patient, leaving[i]);
  bool possible = true;
  for (int day = 0; day < N_DAYS && possible; day++)
    if (arriving & 1U << day) possible = land(relocation, lot->patient, leaving[--n], day);
  int after = days_attended(relocation, lot->patient);
  return possible && (after >= before || after >= patient->min_days);
}

/* All sets of as many of the days as there are sessions, in random order. */
static int shuffled_sets(const struct draw *draw, uint64_t *dice, unsigned *sets) {
  int n = 0;
  for (unsigned set = 1; set < 1U << N_DAYS; set++)
    if ((set & ~draw->other) == 0 && __builtin_popcount(set) == draw->n) sets[n++] = set;
  for (int i = n - 1; i > 0; i--) {
    int j = random_below(dice, i + 1);
    unsigned set = sets[i];
    sets[i] = sets[j];
    sets[j] = set;
  }
  return n;
}

/* The first set that is possible is equally likely any of the possible ones. */
static int draw_lot(struct relocation *relocation, const struct previous *drawn, struct lot *lot) {
  unsigned sets[1U << N_DAYS];
  struct draw draw = look_at(relocation, drawn, lot);
  int n = draw.n == 0 ? 0 : shuffled_sets(&draw, &lot->dice, sets);
  for (int i = 0; i < n; i++) {
    bool possible = sets[i] == draw.days || move_to(relocation, lot, &draw, sets[i]);
    if (possible) {
      relocation_keep(relocation);
      return draw.n;
    }
    relocation_undo(relocation);
  }
  return 0;
}

static int compare_lots(const void *a, const void *b) {
  const struct lot *x = a, *y = b;
  if (x->dice != y->dice) return x->dice < y->dice ? -1 : 1;
  return (x->patient > y->patient) - (x->patient < y->patient);
}

/* In random order: where staff or rooms are few, nobody is always the last. */
static void collect_lots(const struct clinic *clinic, uint64_t seed, struct lots *lots) {
  for (int service = 0; service < clinic->n_services; service++) {
    if (!clinic->services[service].surprise) continue;
    for (int patient = 0; patient < clinic->n_patients; patient++) {
      if (!clinic->patients[patient].takes_part) continue;
      lots->list = mem_room_for_one(lots->list, lots->n, &lots->capacity, sizeof *lots->list);
      lots->list[lots->n++] =
          (struct lot){patient, service, dice_of(clinic, seed, patient, service)};
    }
  }
  if (lots->n > 1) qsort(lots->list, lots->n, sizeof *lots->list, compare_lots);
}

int surprise_draw(const struct clinic *clinic, struct schedule *schedule,
                  const struct previous *drawn, uint64_t seed) {
  struct lots lots = {0};
  int n = 0;
  if (drawn && drawn->monday != clinic->monday) drawn = NULL;
  collect_lots(clinic, seed, &lots);
  if (lots.n > 0) {
    struct relocation relocation;
    relocation_init(&relocation, clinic, schedule);
    for (int round = 0; round < N_ROUNDS; round++) {
      n = 0;
      for (size_t i = 0; i < lots.n; i++) n += draw_lot(&relocation, drawn, &lots.list[i]);
    }
    relocation_release(&relocation);
    schedule_sort(schedule);
    schedule_name_sessions(clinic, schedule);
  }
  free(lots.list);
  return n;
}
