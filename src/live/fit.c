/* How many more fit: copies of a patient are admitted one after another, each to the week found
 * with those before. First nobody is moved; where that fails, everybody may be. */
#include <stdlib.h>

#include "admit_parts.h"
#include "capacity_parts.h"
#include "clones.h"

enum {
  MOST_MORE = 60,
  HELD_WORK = 12,
  OPEN_WORK = 24,
  PROOF_WORK = 48,
  SMALL = 12,
  SMALL_WORK = 600
};

/* A week with the copies of like[n], from one with all but the last; NULL if none was found. */
static struct schedule *fit_one_more(struct measuring *measuring, const int *like, int n,
                                     const struct schedule *from) {
  struct clinic *more = with_patients_like(measuring->clinic, like, n);
  bool *is_new = mem_new((size_t)more->n_patients, sizeof *is_new);
  is_new[more->n_patients - 1] = true;
  struct clinic *held = held_clinic(more, from, is_new);
  struct schedule *week = plan_from(measuring, held, from, HELD_WORK);
  if (week && !all_are_served(measuring, more, week)) {
    struct schedule *moved = plan_from(measuring, more, week, OPEN_WORK);
    schedule_free(week);
    week = moved;
  }
  if (week && !all_are_served(measuring, more, week)) {
    schedule_free(week);
    week = NULL;
  }
  free(is_new);
  clinic_free(held);
  clinic_free(more);
  return week;
}

/* True if no week at all holds the copies without somebody's care being less: care alone is
 * weighed, and costs more than it does now in every week. */
static bool is_proven_not_to_fit(struct measuring *measuring, const int *like, int n) {
  struct clinic *more = with_patients_like(measuring->clinic, like, n);
  for (int term = 0; term < N_TERMS; term++)
    if (!term_infos[term].is_care) more->weight_milli[term] = 0;
  const struct capacity_options *options = measuring->options;
  struct plan_options wanted = {.time_limit = options->time_limit / 150,
                                .seed = options->seed,
                                .threads = options->threads,
                                .work = more->n_patients <= SMALL ? SMALL_WORK : PROOF_WORK,
                                .start = measuring->base,
                                .stop = options->stop};
  struct plan_result result;
  plan_search(more, &wanted, &result);
  bool proven = result.schedule && result.bound > measuring->capacity->care;
  plan_result_release(&result);
  clinic_free(more);
  return proven;
}

static void count_kind(struct measuring *measuring, struct patient_kind *kind) {
  int like[MOST_MORE + 1];
  struct schedule *week = schedule_copy(measuring->base);
  for (int i = 0; i <= MOST_MORE; i++) like[i] = kind->like;
  while (kind->n_more < MOST_MORE && !time_is_over(measuring)) {
    struct schedule *more = fit_one_more(measuring, like, kind->n_more + 1, week);
    if (!more) break;
    schedule_free(week);
    week = more;
    kind->n_more++;
  }
  schedule_free(week);
  kind->at_least = kind->n_more == MOST_MORE || time_is_over(measuring);
  if (!kind->at_least) kind->is_proven = is_proven_not_to_fit(measuring, like, kind->n_more + 1);
}

void count_each(struct measuring *measuring) {
  for (int i = 0; i < measuring->capacity->n_kinds; i++)
    count_kind(measuring, &measuring->capacity->kinds[i]);
}

/* ---- together ---- */

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

/* One of each kind waits: those with most members first, not more than can be looked at. */
static void add_waiting(struct measuring *measuring, int *like, int n, struct schedule *week) {
  enum { MOST_WAITING = 12 };
  struct capacity *capacity = measuring->capacity;
  for (int i = 0; i < capacity->n_kinds && i < MOST_WAITING; i++)
    like[n + i] = capacity->kinds[i].like;
  capacity->n_waiting = capacity->n_kinds < MOST_WAITING ? capacity->n_kinds : MOST_WAITING;
  measuring->full = with_patients_like(measuring->clinic, like, n + capacity->n_waiting);
  measuring->full_week = plan_from(measuring, measuring->full, week, INT64_C(8) * OPEN_WORK);
  schedule_free(week);
}

void count_together(struct measuring *measuring) {
  struct capacity *capacity = measuring->capacity;
  bool *done = mem_new((size_t)capacity->n_kinds, sizeof *done);
  int most = 2 * measuring->clinic->n_patients + capacity->n_kinds, kind;
  int *like = mem_new((size_t)most + (size_t)capacity->n_kinds, sizeof *like);
  struct schedule *week = schedule_copy(measuring->base);
  for (int i = 0; i < capacity->n_kinds; i++) done[i] = capacity->kinds[i].n_more == 0;
  while ((kind = next_kind(capacity, done)) != NONE && capacity->n_together < most &&
         !time_is_over(measuring)) {
    like[capacity->n_together] = capacity->kinds[kind].like;
    struct schedule *more = fit_one_more(measuring, like, capacity->n_together + 1, week);
    done[kind] = !more;
    if (!more) continue;
    schedule_free(week);
    week = more;
    capacity->kinds[kind].n_together++;
    capacity->n_together++;
  }
  add_waiting(measuring, like, capacity->n_together, week);
  free(like);
  free(done);
}
