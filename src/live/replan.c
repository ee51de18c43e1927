#include "replan.h"

#include "iopsched/plan.h"
#include "iopsched/verify.h"

struct budget budget_new(const struct explain_options *options, const struct clinic *clinic,
                         const struct schedule *plan) {
  struct budget budget = {
      .options = options,
      .previous = previous_from_schedule(plan, clinic->n_patients, clinic->monday)};
  clock_gettime(CLOCK_MONOTONIC, &budget.began);
  return budget;
}

void budget_release(struct budget *budget) {
  previous_free(budget->previous);
}

static double seconds_left(const struct budget *budget) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return budget->options->time_limit - (double)(now.tv_sec - budget->began.tv_sec) -
         1e-9 * (double)(now.tv_nsec - budget->began.tv_nsec);
}

bool budget_is_spent(struct budget *budget) {
  const struct explain_options *options = budget->options;
  if (options->stop && *options->stop) budget->spent = true;
  if (options->time_limit > 0 && seconds_left(budget) <= 0) budget->spent = true;
  return budget->spent;
}

bool replan(struct replanned *replanned, const struct clinic *clinic, const struct schedule *start,
            int64_t work, struct budget *budget) {
  const struct explain_options *options = budget->options;
  *replanned = (struct replanned){0};
  if (budget_is_spent(budget)) return false;
  struct plan_options wanted = {.time_limit = options->time_limit > 0 ? seconds_left(budget) : 0,
                                .seed = options->seed + budget->dice,
                                .threads = options->threads,
                                .work = options->work > 0 ? options->work : work,
                                .previous = budget->previous,
                                .start = start,
                                .without_bound = true,
                                .stop = options->stop};
  struct plan_result result;
  plan_search(clinic, &wanted, &result);
  budget->spent |= result.cut_short;
  /* What the planner refuses to break, the verifier may still find broken: then it is no plan. */
  if (result.schedule && verify_is_valid(clinic, result.schedule)) {
    replanned->week = result.schedule;
    result.schedule = NULL;
    replanned->cost = verify_cost(clinic, replanned->week, NULL);
    outcome_measure(&replanned->outcome, clinic, replanned->week);
  }
  plan_result_release(&result);
  return replanned->week != NULL;
}

void replanned_release(struct replanned *replanned) {
  schedule_free(replanned->week);
  outcome_release(&replanned->outcome);
  *replanned = (struct replanned){0};
}

bool nobody_is_worse(const struct outcome *before, const struct outcome *after) {
  for (int i = 0; i < after->n_unmet; i++) {
    const struct unmet *unmet = &after->unmet[i];
    if (outcome_short_of(before, unmet) < unmet->required - unmet->planned) return false;
  }
  return true;
}
