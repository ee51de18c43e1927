#include "drafts.h"

#include <stdlib.h>

#include "limits.h"
#include "trial.h"

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

enum {
  MOST_SESSIONS_ADDED = 8,
  MOST_PROPOSALS = 60, /* looked at for one need; those alike are not counted */
  MOST_DRAFTS = 30,
  MOST_SINGLES = 4
};

/* A week in the making. */
struct making {
  const struct clinic *clinic; /* as it is */
  const struct unmet *need;
  struct remedy remedy;
  struct clinic *changed; /* by the remedy */
  struct schedule *week;
};

static int given(const struct occupancy *occupancy, const struct unmet *need) {
  const struct attended_week *week = &occupancy->weeks[need->patient == NONE ? 0 : need->patient];
  const struct clinic *clinic = occupancy->clinic;
  int n = 0;
  switch (need->kind) {
    case NEED_HOURS:
      return week->counted_minutes;
    case NEED_DAYS:
      return week->n_days;
    case NEED_SERVICE:
      return patient_sessions_of(occupancy, need->patient, need->service);
    case NEED_CATEGORY:
      for (int s = 0; s < clinic->n_services; s++)
        if (clinic->services[s].category == need->category)
          n += patient_sessions_of(occupancy, need->patient, s);
      return n;
    case NEED_OFFER:
      return sessions_offered(occupancy, need->service);
  }
  die_internal("need of unknown kind %d", (int)need->kind);
}

/* A day on which the patient would come for too little, or NONE. */
static int day_to_fill(const struct occupancy *occupancy, int patient) {
  for (int day = 0; patient != NONE && day < N_DAYS; day++) {
    const struct attended_day *on = &occupancy->weeks[patient].days[day];
    if (on->n_onsite > 0 && on->counted_minutes < occupancy->clinic->visit_min_minutes) return day;
  }
  return NONE;
}

/* Makes the edits and adds the session; false if that cannot be. */
static bool add_session(struct making *making, const struct remedy *remedy, int service,
                        int start_min) {
  struct clinic *changed = remedy_apply(making->clinic, remedy);
  struct occupancy occupancy;
  occupancy_init(&occupancy, changed, making->week);
  struct schedule *week = week_with_session(&occupancy, making->need->patient, service, start_min);
  occupancy_release(&occupancy);
  clinic_free(making->changed);
  making->changed = changed;
  making->remedy = *remedy;
  if (!week) return false;
  schedule_free(making->week);
  making->week = week;
  return true;
}

/* The cheapest session to add to what is there, given the remedy so far; false if there is none. */
static bool choose_next(const struct making *making, const struct occupancy *occupancy, int fill,
                        struct proposal *next) {
  struct unmet need = *making->need;
  struct proposals proposals = {0};
  /* A day is filled with whatever counts. */
  if (fill != NONE) need = (struct unmet){NEED_HOURS, need.patient, NONE, NONE, 0, 0, "", false};
  proposals_find(&proposals, occupancy, &need);
  int best = NONE;
  for (int i = 0; i < proposals.n; i++) {
    struct proposal *proposal = &proposals.list[i];
    if (fill != NONE && day_of(proposal->start_min) != fill) continue;
    struct remedy both = making->remedy;
    if (!remedy_add_all(&both, &proposal->remedy)) continue;
    proposal->remedy = both;
    proposal->effort = remedy_effort(making->clinic, &both);
    if (best == NONE || proposal->effort < proposals.list[best].effort) best = i;
  }
  if (best != NONE) *next = proposals.list[best];
  proposals_release(&proposals);
  return best != NONE;
}

/* Adds sessions until the need is met and no day is left with too little. */
static bool complete(struct making *making, const struct proposal *first) {
  struct proposal next = *first;
  for (int n = 0; n < MOST_SESSIONS_ADDED; n++) {
    if (!add_session(making, &next.remedy, next.service, next.start_min)) return false;
    struct occupancy occupancy;
    occupancy_init(&occupancy, making->changed, making->week);
    int fill = day_to_fill(&occupancy, making->need->patient);
    bool done = fill == NONE && given(&occupancy, making->need) >= making->need->required;
    bool more = !done && choose_next(making, &occupancy, fill, &next);
    occupancy_release(&occupancy);
    if (done || !more) return done;
  }
  return false;
}

static struct draft *keep_draft(struct drafts *drafts, const struct making *making) {
  drafts->list =
      mem_room_for_one(drafts->list, (size_t)drafts->n, &drafts->capacity, sizeof *drafts->list);
  struct draft *draft = &drafts->list[drafts->n++];
  *draft = (struct draft){.remedy = making->remedy,
                          .effort = remedy_effort(making->clinic, &making->remedy),
                          .week = making->week,
                          .ready = true,
                          .service = NONE,
                          .start_min = NONE};
  return draft;
}

static void draft_proposal(struct drafts *drafts, const struct occupancy *occupancy,
                           const struct unmet *need, const struct proposal *first) {
  struct making making = {
      .clinic = occupancy->clinic, .need = need, .week = schedule_copy(occupancy->schedule)};
  if (complete(&making, first)) {
    struct draft *draft = keep_draft(drafts, &making);
    draft->service = first->service;
    draft->start_min = first->start_min;
  } else {
    schedule_free(making.week);
  }
  clinic_free(making.changed);
}

/* Less asked for: possible as long as the program's floors allow it. */
static void draft_less(struct drafts *drafts, const struct occupancy *occupancy,
                       const struct unmet *need) {
  static const enum edit_kind kinds[] = {[NEED_HOURS] = EDIT_MIN_HOURS,
                                         [NEED_DAYS] = EDIT_MIN_DAYS,
                                         [NEED_SERVICE] = EDIT_MIN_SESSIONS,
                                         [NEED_CATEGORY] = EDIT_MIN_SESSIONS,
                                         [NEED_OFFER] = EDIT_SESSIONS_MIN};
  const struct clinic *clinic = occupancy->clinic;
  int step = need->kind == NEED_HOURS ? 15 : 1;
  struct edit edit = {.kind = kinds[need->kind],
                      .who = need->kind == NEED_OFFER ? need->service : need->patient,
                      .service = need->service,
                      .category = need->category,
                      .credential = NONE,
                      .value = need->planned / step * step};
  if (need->kind == NEED_OFFER) edit.service = NONE;
  if (need->kind == NEED_HOURS && minimum_in_files(clinic, &edit) < clinic->hours_floor) return;
  if (need->kind == NEED_DAYS && minimum_in_files(clinic, &edit) < clinic->days_floor) return;
  struct making making = {.clinic = clinic,
                          .need = need,
                          .remedy = {.edits = {edit}, .n = 1},
                          .week = schedule_copy(occupancy->schedule)};
  keep_draft(drafts, &making);
}

/* One edit of several by itself: others may make room for each other if they are planned again. The
 * patient's own hours help nobody else. */
static void draft_single(struct drafts *drafts, const struct occupancy *occupancy,
                         const struct unmet *need, const struct proposal *proposal) {
  for (int i = 0; i < proposal->remedy.n && proposal->remedy.n > 1; i++) {
    const struct edit *edit = &proposal->remedy.edits[i];
    struct making making = {
        .clinic = occupancy->clinic, .need = need, .remedy = {.edits = {*edit}, .n = 1}};
    bool known = edit->kind == EDIT_PATIENT_HOURS;
    for (int j = 0; j < drafts->n; j++)
      known |= remedy_alike(&drafts->list[j].remedy, &making.remedy);
    if (known) continue;
    making.week = schedule_copy(occupancy->schedule);
    struct draft *draft = keep_draft(drafts, &making);
    draft->ready = false;
    draft->service = proposal->service;
  }
}

static void draft_singles(struct drafts *drafts, const struct occupancy *occupancy,
                          const struct unmet *need, const struct proposals *proposals) {
  int most = drafts->n + MOST_SINGLES;
  for (int i = 0; i < proposals->n && drafts->n < most; i++)
    draft_single(drafts, occupancy, need, &proposals->list[i]);
}

static int compare_drafts(const void *a, const void *b) {
  const struct draft *x = a, *y = b;
  int order = COMPARE(x->effort, y->effort);
  if (order == 0) order = remedy_compare(&x->remedy, &y->remedy);
  if (order == 0) order = COMPARE(x->start_min, y->start_min);
  return order ? order : COMPARE(x->service, y->service);
}

/* Sorts, and leaves out what is like something cheaper. */
static void settle(struct drafts *drafts) {
  if (drafts->n > 1) qsort(drafts->list, (size_t)drafts->n, sizeof *drafts->list, compare_drafts);
  int kept = 0;
  for (int i = 0; i < drafts->n; i++) {
    bool alike = false;
    for (int j = 0; j < kept; j++)
      alike |= remedy_alike(&drafts->list[j].remedy, &drafts->list[i].remedy);
    if (alike)
      schedule_free(drafts->list[i].week);
    else
      drafts->list[kept++] = drafts->list[i];
  }
  drafts->n = kept;
}

void drafts_find(struct drafts *drafts, const struct occupancy *occupancy,
                 const struct unmet *need) {
  struct proposals proposals = {0};
  proposals_find(&proposals, occupancy, need);
  const struct proposal *seen[MOST_PROPOSALS] = {NULL};
  int n_seen = 0;
  for (int i = 0; i < proposals.n && n_seen < MOST_PROPOSALS && drafts->n < MOST_DRAFTS; i++) {
    const struct proposal *proposal = &proposals.list[i];
    bool alike = false;
    for (int j = 0; j < n_seen; j++)
      alike |= remedy_alike(&seen[j]->remedy, &proposal->remedy) &&
               seen[j]->service == proposal->service;
    if (alike) continue;
    seen[n_seen++] = proposal;
    draft_proposal(drafts, occupancy, need, proposal);
  }
  draft_singles(drafts, occupancy, need, &proposals);
  proposals_release(&proposals);
  draft_less(drafts, occupancy, need);
  settle(drafts);
}

void drafts_release(struct drafts *drafts) {
  for (int i = 0; i < drafts->n; i++) schedule_free(drafts->list[i].week);
  free(drafts->list);
  *drafts = (struct drafts){0};
}
