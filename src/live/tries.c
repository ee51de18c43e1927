#include "tries.h"

#include <stdlib.h>

#include "iopsched/verify.h"

/* Steps of the search for each: few where the week that it sets out from is good already, more
 * where planning has to find out how. */
enum { WORK_IF_READY = 24, WORK = 64 };
/* Tenths of a patient's priority, which is more than any tie, and less than a need of another. */
enum { MORE = 1, LESS = -2 };

void tries_release(struct tries *tries) {
  for (size_t i = 0; i < tries->n; i++) {
    replanned_release(&tries->list[i]->after);
    free(tries->list[i]);
  }
  free(tries->list);
  tries->list = NULL;
  tries->n = 0;
}

bool tries_meet(const struct tries *tries, const struct replanned *after,
                const struct unmet *need) {
  return after->week && outcome_short_of(&after->outcome, need) == 0 &&
         nobody_is_worse(tries->before, &after->outcome);
}

static const struct replanned *find_tried(const struct tries *tries, const struct remedy *remedy,
                                          bool from_plan) {
  for (size_t i = 0; i < tries->n; i++)
    if (tries->list[i]->from_plan == from_plan &&
        remedy_compare(&tries->list[i]->remedy, remedy) == 0)
      return &tries->list[i]->after;
  return NULL;
}

static struct tried *add_tried(struct tries *tries, const struct remedy *remedy) {
  tries->list = mem_room_for_one(tries->list, tries->n, &tries->capacity, sizeof *tries->list);
  struct tried *tried = mem_new(1, sizeof *tried);
  *tried = (struct tried){.remedy = *remedy};
  tries->list[tries->n++] = tried;
  return tried;
}

/* How to plan with a remedy. */
struct way {
  const struct schedule *start; /* NULL: the plan that is explained */
  int64_t work;
  int more_tenths;             /* of the patient's priority */
  uint64_t dice;               /* beside the seed of all */
  const struct claims *claims; /* or NULL */
};

static void plan_with(struct tries *tries, const struct remedy *remedy, const struct unmet *need,
                      const struct way *way, struct replanned *after) {
  struct clinic *changed = remedy_apply(tries->clinic, remedy);
  int none = 0, *priority = &none;
  if (need && need->patient != NONE) priority = &changed->patients[need->patient].priority_milli;
  int own = *priority;
  if (way->claims) claims_apply(changed, way->claims);
  *priority += own * way->more_tenths / 10;
  tries->budget.dice = way->dice;
  replan(after, changed, way->start, way->work, &tries->budget);
  *priority = own;
  if (after->week) after->cost = verify_cost(changed, after->week, NULL);
  clinic_free(changed);
}

/* ---- does it meet the need? ---- */

/* True if with the remedy somebody lacks less than before. */
static bool helps_somebody(const struct tries *tries, const struct replanned *after) {
  return after->week && cost_care(&after->cost) < cost_care(&tries->cost);
}

/* The draft's own week as a plan; false if it breaks a rule. */
static bool measure_draft(const struct tries *tries, const struct draft *draft,
                          struct replanned *after) {
  struct clinic *changed = remedy_apply(tries->clinic, &draft->remedy);
  bool valid = verify_is_valid(changed, draft->week);
  if (valid) {
    after->week = schedule_copy(draft->week);
    after->cost = verify_cost(changed, after->week, NULL);
    outcome_measure(&after->outcome, changed, after->week);
  }
  clinic_free(changed);
  return valid;
}

/* Plans with the remedy, and keeps what came of it. Where planning meets the need but trades
 * somebody's care for that of others, the draft's own week may show that nobody has to lose. */
static const struct replanned *try_draft(struct tries *tries, const struct draft *draft,
                                         const struct unmet *need, int more_tenths) {
  struct way way = {.start = draft->week,
                    .work = draft->ready ? WORK_IF_READY : WORK,
                    .more_tenths = more_tenths};
  struct replanned *after = &add_tried(tries, &draft->remedy)->after;
  plan_with(tries, &draft->remedy, need, &way, after);
  if (!after->week || !draft->ready || tries_meet(tries, after, need) ||
      outcome_short_of(&after->outcome, need) > 0)
    return after;
  struct replanned as_drafted = {0};
  if (!measure_draft(tries, draft, &as_drafted)) return after;
  struct tried *tried = add_tried(tries, &draft->remedy);
  tried->after = as_drafted;
  return &tried->after;
}

const struct replanned *tries_prove(struct tries *tries, const struct draft *draft,
                                    const struct unmet *need, int *n_tried,
                                    const struct replanned **rival) {
  const struct replanned *known = find_tried(tries, &draft->remedy, false);
  *rival = NULL;
  if (known && tries_meet(tries, known, need)) return known;
  if (!known || draft->ready) {
    ++*n_tried;
    known = try_draft(tries, draft, need, 0);
    if (tries_meet(tries, known, need)) return known;
  }
  if (need->patient == NONE || !helps_somebody(tries, known)) return NULL;
  ++*n_tried;
  if (outcome_short_of(&known->outcome, need) > 0) *rival = known;
  known = try_draft(tries, draft, need, MORE);
  return tries_meet(tries, known, need) ? known : NULL;
}

/* ---- is it sure to? ---- */

const struct replanned *tries_rival(const struct tries *tries, const struct remedy *remedy,
                                    const struct unmet *need, const struct replanned *own) {
  for (size_t i = 0; i < tries->n; i++) {
    const struct replanned *other = &tries->list[i]->after;
    if (other->week && remedy_includes(remedy, &tries->list[i]->remedy) &&
        outcome_short_of(&other->outcome, need) > 0 &&
        cost_care(&other->cost) <= cost_care(&own->cost))
      return other;
  }
  return NULL;
}

const struct replanned *tries_from_plan(struct tries *tries, const struct remedy *remedy) {
  const struct replanned *known = find_tried(tries, remedy, true);
  if (known) return known;
  struct way way = {.work = WORK};
  struct tried *tried = add_tried(tries, remedy);
  tried->from_plan = true;
  plan_with(tries, remedy, NULL, &way, &tried->after);
  return &tried->after;
}

const struct replanned *tries_slighted(struct tries *tries, const struct remedy *remedy,
                                       const struct unmet *need) {
  struct way way = {.work = WORK, .more_tenths = LESS, .dice = 1};
  struct tried *tried = add_tried(tries, remedy);
  plan_with(tries, remedy, need, &way, &tried->after);
  return &tried->after;
}

bool tries_with_claims(struct tries *tries, const struct remedy *remedy, const struct unmet *need,
                       const struct claims *claims) {
  struct way way = {.work = WORK, .claims = claims};
  struct replanned after;
  plan_with(tries, remedy, need, &way, &after);
  bool met = after.week && outcome_short_of(&after.outcome, need) == 0;
  replanned_release(&after);
  return met;
}
