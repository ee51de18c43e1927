/* How many more fit: copies of a patient are admitted, a few at a time, to the week found with
 * those before. First nobody is moved, for every kind; what else there is time for comes after. */
#include <stdlib.h>
#include <string.h>

#include "admit_parts.h"
#include "capacity_parts.h"
#include "clones.h"
#include "iopsched/verify.h"

const char *const fit_end_names[N_FIT_ENDS] = {[FIT_NOT_LOOKED_FOR] = "not looked for",
                                               [FIT_NOT_UNMOVED] = "not found with nobody moved",
                                               [FIT_NOT_FOUND] = "not found",
                                               [FIT_PROVEN_NOT] = "proven not to fit"};

enum {
  FEW = 3, /* so many copies are admitted one by one, then more at once */
  HELD_WORK = 12,
  OPEN_WORK = 24,
  PROOF_WORK = 48,
  SMALL = 12,
  SMALL_WORK = 600
};

static struct schedule *if_all_are_served(const struct measuring *measuring,
                                          const struct clinic *clinic, struct schedule *week) {
  if (!week || all_are_served(measuring, clinic, week)) return week;
  schedule_free(week);
  return NULL;
}

struct schedule *fit_unmoved(struct measuring *measuring, const int *like, int n, int n_new,
                             const struct schedule *from) {
  struct clinic *more = with_patients_like(measuring->clinic, like, n);
  bool *is_new = mem_new((size_t)more->n_patients, sizeof *is_new);
  for (int i = 0; i < n_new; i++) is_new[more->n_patients - 1 - i] = true;
  struct clinic *held = held_clinic(more, from, is_new);
  struct schedule *week =
      if_all_are_served(measuring, more, plan_from(measuring, held, from, HELD_WORK));
  free(is_new);
  clinic_free(held);
  clinic_free(more);
  return week;
}

/* The same with one more, and everybody free to move. */
static struct schedule *fit_moving(struct measuring *measuring, const int *like, int n,
                                   const struct schedule *from) {
  struct clinic *more = with_patients_like(measuring->clinic, like, n);
  struct schedule *week =
      if_all_are_served(measuring, more, plan_from(measuring, more, from, OPEN_WORK));
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

/* ---- each kind by itself ---- */

/* The copies of one kind, and the week with those that fit so far. */
struct count {
  struct measuring *measuring;
  struct patient_kind *kind;
  struct schedule **week;
  int like[MOST_MORE + 1];
};

static struct count count_of(struct measuring *measuring, int index) {
  struct count count = {.measuring = measuring,
                        .kind = &measuring->capacity->kinds[index],
                        .week = &measuring->weeks[index]};
  for (int i = 0; i <= MOST_MORE; i++) count.like[i] = count.kind->like;
  return count;
}

/* Takes over a week with n_new more; false if there is none. */
static bool take(struct count *count, struct schedule *week, int n_new) {
  if (!week) return false;
  schedule_free(*count->week);
  *count->week = week;
  count->kind->n_more += n_new;
  return true;
}

/* Admits copies until one more does not find a place: one by one, after a few twice as many each
 * time, and fewer again from the first time that they do not fit. */
static void count_unmoved(struct count *count) {
  struct patient_kind *kind = count->kind;
  bool grows = true;
  for (int step = 1; step > 0 && !time_is_over(count->measuring);) {
    if (kind->n_more + step > MOST_MORE) step = MOST_MORE - kind->n_more;
    if (step == 0) return;
    struct schedule *week =
        fit_unmoved(count->measuring, count->like, kind->n_more + step, step, *count->week);
    bool fits = take(count, week, step);
    grows &= fits;
    if (grows && kind->n_more >= FEW) step *= 2;
    if (!fits) step /= 2;
  }
  if (!time_is_over(count->measuring)) kind->end = FIT_NOT_UNMOVED;
}

static void count_moving(struct count *count) {
  struct patient_kind *kind = count->kind;
  while (kind->end == FIT_NOT_UNMOVED && !time_is_over(count->measuring)) {
    struct schedule *week =
        fit_moving(count->measuring, count->like, kind->n_more + 1, *count->week);
    if (take(count, week, 1)) {
      kind->end = FIT_NOT_LOOKED_FOR;
      count_unmoved(count);
    } else if (!time_is_over(count->measuring)) {
      kind->end = FIT_NOT_FOUND;
    }
  }
}

void count_each_unmoved(struct measuring *measuring) {
  struct capacity *capacity = measuring->capacity;
  measuring->weeks = mem_new((size_t)capacity->n_kinds, sizeof *measuring->weeks);
  for (int i = 0; i < capacity->n_kinds; i++) {
    struct count count = count_of(measuring, i);
    measuring->weeks[i] = schedule_copy(measuring->base);
    count_unmoved(&count);
  }
}

void count_each_moving(struct measuring *measuring) {
  for (int i = 0; i < measuring->capacity->n_kinds; i++) {
    struct count count = count_of(measuring, i);
    if (count.kind->end == FIT_NOT_LOOKED_FOR) count_unmoved(&count);
    count_moving(&count);
  }
}

void prove_each(struct measuring *measuring) {
  for (int i = 0; i < measuring->capacity->n_kinds && !time_is_over(measuring); i++) {
    struct count count = count_of(measuring, i);
    if (count.kind->end == FIT_NOT_FOUND &&
        is_proven_not_to_fit(measuring, count.like, count.kind->n_more + 1))
      count.kind->end = FIT_PROVEN_NOT;
  }
}
