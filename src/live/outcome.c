#include "iopsched/outcome.h"

#include <stdlib.h>

#include "iopsched/roster.h"
#include "reasons.h"

/* Unmet needs found so far; a heap array that ends up in the outcome's arena. */
struct unmet_list {
  struct unmet *list;
  size_t n, capacity;
};

static void add_unmet(struct unmet_list *found, struct unmet unmet) {
  if (unmet.planned >= unmet.required) return;
  unmet.reason = "";
  found->list = mem_room_for_one(found->list, found->n, &found->capacity, sizeof *found->list);
  found->list[found->n++] = unmet;
}

/* The patient's sessions of one service, or of one category. */
static int count_sessions(const struct clinic *clinic, const struct schedule *schedule,
                          const struct ints *own, const struct need *need) {
  int n = 0;
  for (int i = 0; i < own->n; i++) {
    int service = schedule->sessions[own->list[i]].service;
    n += need->service != NONE ? service == need->service
                               : clinic->services[service].category == need->category;
  }
  return n;
}

static void judge_patient(struct outcome *outcome, const struct clinic *clinic,
                          const struct schedule *schedule, int who, const struct ints *own,
                          struct unmet_list *found) {
  const struct patient *patient = &clinic->patients[who];
  struct attended_week week = attended_week_of(clinic, schedule, own);
  struct patient_outcome *has = &outcome->patients[who];
  int minutes = week.counted_minutes, due = patient->min_minutes;
  struct cushion cushion = cushion_of(clinic, schedule, who, own);
  *has = (struct patient_outcome){.minutes = minutes,
                                  .days = week.n_days,
                                  .idle_minutes = idle_minutes(clinic, schedule, own, false),
                                  .met = minutes >= due && week.n_days >= patient->min_days,
                                  .cushioned_minutes = minutes - cushion.missed_minutes,
                                  .fragile = cushion.fall_minutes > 0};
  outcome->required_minutes += due;
  outcome->cared_minutes += minutes < due ? minutes : due;
  add_unmet(found, (struct unmet){.kind = NEED_HOURS,
                                  .patient = who,
                                  .service = NONE,
                                  .category = NONE,
                                  .required = due,
                                  .planned = minutes});
  add_unmet(found, (struct unmet){.kind = NEED_DAYS,
                                  .patient = who,
                                  .service = NONE,
                                  .category = NONE,
                                  .required = patient->min_days,
                                  .planned = week.n_days});
  for (int i = 0; i < patient->n_needs; i++) {
    const struct need *need = &patient->needs[i];
    add_unmet(found, (struct unmet){.kind = need->service != NONE ? NEED_SERVICE : NEED_CATEGORY,
                                    .patient = who,
                                    .service = need->service,
                                    .category = need->category,
                                    .required = need->min_sessions,
                                    .planned = count_sessions(clinic, schedule, own, need)});
  }
}

static void judge_offers(const struct clinic *clinic, const struct schedule *schedule,
                         struct unmet_list *found) {
  int *n_offered = mem_new((size_t)clinic->n_services, sizeof *n_offered);
  for (int s = 0; s < schedule->n_sessions; s++) n_offered[schedule->sessions[s].service]++;
  for (int service = 0; service < clinic->n_services; service++)
    add_unmet(found, (struct unmet){.kind = NEED_OFFER,
                                    .patient = NONE,
                                    .service = service,
                                    .category = NONE,
                                    .required = clinic->services[service].sessions_min,
                                    .planned = n_offered[service]});
  free(n_offered);
}

static void add_reasons(struct outcome *outcome, const struct clinic *clinic,
                        const struct schedule *schedule) {
  if (outcome->n_unmet == 0) return;
  struct occupancy occupancy;
  occupancy_init(&occupancy, clinic, schedule);
  for (int i = 0; i < outcome->n_unmet; i++)
    set_reason(&occupancy, &outcome->unmet[i], &outcome->arena);
  occupancy_release(&occupancy);
}

void outcome_measure(struct outcome *outcome, const struct clinic *clinic,
                     const struct schedule *schedule) {
  *outcome = (struct outcome){0};
  outcome->patients =
      arena_alloc(&outcome->arena, (size_t)clinic->n_patients, sizeof *outcome->patients);
  struct roster roster;
  roster_init(&roster, ROSTER_PATIENTS, clinic, schedule);
  struct unmet_list found = {0};
  for (int i = 0; i < clinic->n_patients; i++) {
    outcome->patients[i].met = true;
    if (clinic->patients[i].takes_part)
      judge_patient(outcome, clinic, schedule, i, &roster.of[i], &found);
  }
  judge_offers(clinic, schedule, &found);
  outcome->unmet = arena_copy(&outcome->arena, found.list, found.n, sizeof *found.list);
  outcome->n_unmet = (int)found.n;
  free(found.list);
  roster_release(&roster);
}

void outcome_init(struct outcome *outcome, const struct clinic *clinic,
                  const struct schedule *schedule) {
  outcome_measure(outcome, clinic, schedule);
  add_reasons(outcome, clinic, schedule);
}

bool same_need(const struct unmet *a, const struct unmet *b) {
  return a->kind == b->kind && a->patient == b->patient && a->service == b->service &&
         a->category == b->category;
}

int outcome_short_of(const struct outcome *outcome, const struct unmet *need) {
  for (int i = 0; i < outcome->n_unmet; i++) {
    const struct unmet *unmet = &outcome->unmet[i];
    if (same_need(unmet, need)) return unmet->required - unmet->planned;
  }
  return 0;
}

void outcome_release(struct outcome *outcome) {
  arena_free(&outcome->arena);
  *outcome = (struct outcome){0};
}

const char *need_name(const struct clinic *clinic, const struct unmet *unmet, struct arena *arena) {
  switch (unmet->kind) {
    case NEED_HOURS:
      return "hours";
    case NEED_DAYS:
      return "days";
    case NEED_SERVICE:
      return arena_printf(arena, "session:%s", clinic->services[unmet->service].id);
    case NEED_CATEGORY:
      return arena_printf(arena, "category:%s", clinic->categories[unmet->category]);
    case NEED_OFFER:
      return arena_printf(arena, "offer:%s", clinic->services[unmet->service].id);
  }
  die_internal("need of unknown kind %d", (int)unmet->kind);
}
