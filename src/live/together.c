/* How many more fit together: copies of all kinds in turn, and who else a week has room for. */
#include <stdlib.h>

#include "capacity_parts.h"
#include "clones.h"

enum { MOST_WAITING = 12, JOINT_WORK = 64, FULL_WORK = 192, SETTLE_WORK = 12 };
/* Of those who wait: less than anybody's who is there, so that they push nobody out. */
enum { WAITING_PRIORITY_MILLI = 100 };

/* The copies so far, and the week with them. */
struct crowd {
  struct measuring *measuring;
  int *like; /* [n] */
  int n, most;
  struct schedule *week;
};

/* The kind next in turn, so that those added keep to the clinic's mix; NONE: all are done. */
static int next_kind(const struct capacity *capacity, const bool *done) {
  int next = NONE;
  for (int i = 0; i < capacity->n_kinds; i++) {
    if (done[i]) continue;
    if (next == NONE) next = i;
    const struct patient_kind *a = &capacity->kinds[i], *b = &capacity->kinds[next];
    if ((int64_t)a->n_members * (b->n_together + 1) > (int64_t)b->n_members * (a->n_together + 1))
      next = i;
  }
  return next;
}

static void keep_week(struct crowd *crowd, struct schedule *week) {
  schedule_free(crowd->week);
  crowd->week = week;
}

static void count_kind_in(struct crowd *crowd, int kind) {
  crowd->like[crowd->n++] = crowd->measuring->capacity->kinds[kind].like;
  crowd->measuring->capacity->kinds[kind].n_together++;
  crowd->measuring->capacity->n_together++;
}

/* In turn, moving nobody. */
static void add_in_turn(struct crowd *crowd) {
  struct measuring *measuring = crowd->measuring;
  struct capacity *capacity = measuring->capacity;
  bool *done = mem_new((size_t)capacity->n_kinds, sizeof *done);
  int kind;
  for (int i = 0; i < capacity->n_kinds; i++) done[i] = capacity->kinds[i].n_more == 0;
  while ((kind = next_kind(capacity, done)) != NONE && crowd->n < crowd->most &&
         !stops_early(measuring)) {
    crowd->like[crowd->n] = capacity->kinds[kind].like;
    struct schedule *week = fit_unmoved(measuring, crowd->like, crowd->n + 1, 1, crowd->week);
    done[kind] = !week;
    if (!week) continue;
    keep_week(crowd, week);
    count_kind_in(crowd, kind);
  }
  free(done);
}

/* ---- who else there is room for ---- */

/* One of each of some kinds waits. They are the last of the clinic. */
struct waiting {
  int first, n; /* kinds */
  bool served[MOST_WAITING];
};

static struct waiting waiting_from(const struct capacity *capacity, int first) {
  int n = capacity->n_kinds - first;
  return (struct waiting){.first = first, .n = n < MOST_WAITING ? n : MOST_WAITING};
}

static struct clinic *with_waiting(struct crowd *crowd, const struct waiting *waiting) {
  const struct patient_kind *kinds = crowd->measuring->capacity->kinds + waiting->first;
  for (int i = 0; i < waiting->n; i++) crowd->like[crowd->n + i] = kinds[i].like;
  return with_patients_like(crowd->measuring->clinic, crowd->like, crowd->n + waiting->n);
}

/* Leaves only the waiting who are served: the others' places are given up. new_index: [n_patients],
 * NONE for who leaves. */
static struct schedule *without_the_unserved(const struct schedule *week, const int *new_index) {
  struct schedule *left = schedule_copy(week);
  int n_sessions = 0;
  for (int s = 0; s < left->n_sessions; s++) {
    struct session *session = &left->sessions[s];
    int n = 0;
    for (int i = 0; i < session->patients.n; i++)
      if (new_index[session->patients.list[i]] != NONE)
        session->patients.list[n++] = new_index[session->patients.list[i]];
    session->patients.n = n;
    if (n > 0) left->sessions[n_sessions++] = *session;
  }
  left->n_sessions = n_sessions;
  return left;
}

/* Which of the waiting lack nothing, and how many they are. */
static int find_served(const struct crowd *crowd, const struct clinic *clinic,
                       const struct schedule *week, struct waiting *waiting) {
  const struct patient_kind *kinds = crowd->measuring->capacity->kinds + waiting->first;
  int first = clinic->n_patients - waiting->n, n = 0;
  struct outcome outcome;
  outcome_measure(&outcome, clinic, week);
  for (int i = 0; i < waiting->n; i++) waiting->served[i] = kinds[i].n_more > 0;
  for (int i = 0; i < outcome.n_unmet; i++)
    if (outcome.unmet[i].patient >= first)
      waiting->served[outcome.unmet[i].patient - first] = false;
  for (int i = 0; i < waiting->n; i++) n += waiting->served[i];
  outcome_release(&outcome);
  return n;
}

/* Takes those in for good if the week stands without the others. */
static bool take_served(struct crowd *crowd, const struct schedule *week,
                        const struct waiting *waiting) {
  struct measuring *measuring = crowd->measuring;
  const struct patient_kind *kinds = measuring->capacity->kinds + waiting->first;
  int first = measuring->clinic->n_patients + crowd->n, n = crowd->n;
  int *new_index = mem_new((size_t)first + (size_t)waiting->n, sizeof *new_index);
  for (int p = 0; p < first; p++) new_index[p] = p;
  for (int i = 0; i < waiting->n; i++) {
    new_index[first + i] = waiting->served[i] ? measuring->clinic->n_patients + n : NONE;
    if (waiting->served[i]) crowd->like[n++] = kinds[i].like;
  }
  struct schedule *start = without_the_unserved(week, new_index);
  struct clinic *more = with_patients_like(measuring->clinic, crowd->like, n);
  struct schedule *settled = plan_from(measuring, more, start, SETTLE_WORK);
  bool stands = settled && all_are_served(measuring, more, settled);
  if (stands) {
    for (int i = 0; i < waiting->n; i++)
      if (waiting->served[i]) count_kind_in(crowd, waiting->first + i);
    keep_week(crowd, settled);
    settled = NULL;
  }
  schedule_free(settled);
  schedule_free(start);
  clinic_free(more);
  free(new_index);
  return stands;
}

/* Plans with everybody free to move, and one of each of some kinds waiting; false if nobody more
 * fits. */
static bool add_jointly(struct crowd *crowd, int first_kind) {
  bool more = false;
  struct waiting waiting = waiting_from(crowd->measuring->capacity, first_kind);
  if (crowd->n + waiting.n > crowd->most) return false;
  struct clinic *clinic = with_waiting(crowd, &waiting);
  for (int i = 1; i <= waiting.n; i++)
    clinic->patients[clinic->n_patients - i].priority_milli = WAITING_PRIORITY_MILLI;
  struct schedule *week = plan_from(crowd->measuring, clinic, crowd->week, JOINT_WORK);
  if (week && find_served(crowd, clinic, week, &waiting) > 0)
    more = take_served(crowd, week, &waiting);
  schedule_free(week);
  clinic_free(clinic);
  return more;
}

void count_together(struct measuring *measuring) {
  struct capacity *capacity = measuring->capacity;
  struct crowd crowd = {.measuring = measuring,
                        .most = 2 * measuring->clinic->n_patients + capacity->n_kinds,
                        .week = schedule_copy(measuring->base)};
  crowd.like = mem_new((size_t)crowd.most + MOST_WAITING, sizeof *crowd.like);
  add_in_turn(&crowd);
  for (int first = 0; first < capacity->n_kinds; first += MOST_WAITING)
    while (!stops_early(measuring) && add_jointly(&crowd, first)) continue;
  struct waiting waiting = waiting_from(capacity, 0);
  capacity->n_waiting = waiting.n;
  measuring->full = with_waiting(&crowd, &waiting);
  measuring->until *= 1.15; /* what follows is measured on this plan: it should be a good one */
  measuring->full_week = plan_from(measuring, measuring->full, crowd.week, FULL_WORK);
  schedule_free(crowd.week);
  free(crowd.like);
}
