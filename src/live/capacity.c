#include "iopsched/capacity.h"

#include <stdlib.h>

#include "capacity_parts.h"
#include "iopsched/verify.h"

static double seconds_since(const struct timespec *began) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)(now.tv_sec - began->tv_sec) + 1e-9 * (double)(now.tv_nsec - began->tv_nsec);
}

bool time_is_over(const struct measuring *measuring) {
  const struct capacity_options *options = measuring->options;
  return (options->stop && *options->stop) ||
         (measuring->until > 0 && seconds_since(&measuring->began) >= measuring->until);
}

bool stops_early(struct measuring *measuring) {
  measuring->stopped |= time_is_over(measuring);
  return time_is_over(measuring);
}

struct schedule *plan_from(struct measuring *measuring, const struct clinic *clinic,
                           const struct schedule *start, int64_t work) {
  const struct capacity_options *options = measuring->options;
  double left = measuring->until > 0 ? measuring->until - seconds_since(&measuring->began) : 0;
  struct plan_options wanted = {.time_limit = measuring->until <= 0 ? 0
                                              : left > 0.1          ? left
                                                                    : 0.1,
                                .seed = options->seed,
                                .threads = options->threads,
                                .work = options->work > 0 ? options->work : work,
                                .start = start,
                                .without_bound = true,
                                .stop = options->stop};
  struct plan_result result;
  plan_search(clinic, &wanted, &result);
  struct schedule *week = result.schedule;
  result.schedule = NULL;
  plan_result_release(&result);
  if (!week || verify_is_valid(clinic, week)) return week;
  schedule_free(week);
  return NULL;
}

bool all_are_served(const struct measuring *measuring, const struct clinic *clinic,
                    const struct schedule *week) {
  struct outcome outcome;
  bool served = verify_is_valid(clinic, week);
  outcome_measure(&outcome, clinic, week);
  for (int i = 0; i < outcome.n_unmet && served; i++) {
    const struct unmet *unmet = &outcome.unmet[i];
    served = unmet->patient < measuring->clinic->n_patients &&
             outcome_short_of(&measuring->outcome, unmet) >= unmet->required - unmet->planned;
  }
  outcome_release(&outcome);
  return served;
}

/* A part of the time for each question. */
static void set_time(struct measuring *measuring, double share) {
  measuring->until = measuring->options->time_limit * share;
}

static bool plan_base(struct measuring *measuring) {
  enum { BASE_WORK = 4000 };
  measuring->base = plan_from(measuring, measuring->clinic, NULL, BASE_WORK);
  if (!measuring->base) return false;
  struct cost cost = verify_cost(measuring->clinic, measuring->base, NULL);
  measuring->capacity->care = cost_care(&cost);
  outcome_measure(&measuring->outcome, measuring->clinic, measuring->base);
  return true;
}

/* What tells most comes first: of every kind whether one more fits at all, and what would help. */
static void ask(struct measuring *measuring) {
  set_time(measuring, 0.35);
  count_each_unmoved(measuring);
  set_time(measuring, 0.5);
  count_together(measuring);
  set_time(measuring, 0.85);
  measure_worth(measuring);
  set_time(measuring, 1);
  count_each_moving(measuring);
  prove_each(measuring);
  find_bottleneck(measuring);
}

static bool is_cut_short(const struct measuring *measuring) {
  bool cut_short = measuring->stopped;
  for (int i = 0; i < measuring->capacity->n_kinds; i++) {
    const struct patient_kind *kind = &measuring->capacity->kinds[i];
    cut_short |= kind_fits_at_least(kind) && kind->n_more < MOST_MORE;
  }
  return cut_short;
}

static void measuring_release(struct measuring *measuring) {
  for (int i = 0; i < measuring->capacity->n_kinds && measuring->weeks; i++)
    schedule_free(measuring->weeks[i]);
  free(measuring->weeks);
  schedule_free(measuring->full_week);
  clinic_free(measuring->full);
  outcome_release(&measuring->outcome);
  schedule_free(measuring->base);
}

bool capacity_measure(struct capacity *capacity, const struct clinic *clinic,
                      const struct capacity_options *options) {
  *capacity = (struct capacity){0};
  struct measuring measuring = {.capacity = capacity, .clinic = clinic, .options = options};
  clock_gettime(CLOCK_MONOTONIC, &measuring.began);
  set_time(&measuring, 0.15);
  bool planned = plan_base(&measuring);
  if (planned) {
    find_kinds(capacity, clinic);
    ask(&measuring);
    capacity->cut_short = is_cut_short(&measuring);
  }
  capacity->seconds = seconds_since(&measuring.began);
  measuring_release(&measuring);
  return planned;
}

void capacity_release(struct capacity *capacity) {
  arena_free(&capacity->arena);
  *capacity = (struct capacity){0};
}

const char *resource_id(const struct clinic *clinic, const struct resource *resource) {
  if (resource->kind == RESOURCE_THERAPIST) return clinic->therapists[resource->who].id;
  if (resource->kind == RESOURCE_ROOM) return clinic->rooms[resource->who].id;
  return clinic->credentials[resource->who];
}

void half_day_add_words(struct text *text, int half_day) {
  text_printf(text, "%s %s", day_names[half_day / 2], half_day % 2 ? "afternoon" : "morning");
}
