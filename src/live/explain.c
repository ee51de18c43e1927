#include "iopsched/explain.h"

#include <stdlib.h>

#include "drafts.h"
#include "iopsched/verify.h"
#include "obstacles.h"
#include "replan.h"
#include "words.h"

/* Plans tried for one need, and steps of the search for each: few where the plan that it sets out
 * from is good already, more where planning has to find out how. */
enum { MOST_TRIES = 12, WORK_IF_READY = 24, WORK = 64, BASELINE_WORK = 200 };

/* A remedy that was tried: what planning came to with it. */
struct tried {
  struct remedy remedy;
  struct replanned after;
};

/* Which plan showed a remedy to meet a need. */
struct proof {
  struct proven_remedy *proven;
  const struct unmet *need;
  size_t tried;
};

struct explaining {
  struct explanation *explanation;
  const struct clinic *clinic;
  const struct schedule *plan;
  struct budget budget;
  struct occupancy occupancy;
  struct outcome before;     /* with reasons */
  struct replanned baseline; /* planned again without a change, for as long */
  struct tried *tried;       /* [n_tried] */
  size_t n_tried, capacity;
  struct proof *proofs; /* [n_proofs] */
  size_t n_proofs, proofs_capacity;
};

/* ---- trying ---- */

static const struct replanned *find_tried(const struct explaining *explaining,
                                          const struct remedy *remedy) {
  for (size_t i = 0; i < explaining->n_tried; i++)
    if (remedy_compare(&explaining->tried[i].remedy, remedy) == 0)
      return &explaining->tried[i].after;
  return NULL;
}

static void keep_tried(struct explaining *explaining, const struct tried *tried) {
  explaining->tried = mem_room_for_one(explaining->tried, explaining->n_tried,
                                       &explaining->capacity, sizeof *explaining->tried);
  explaining->tried[explaining->n_tried++] = *tried;
}

static bool meets(const struct explaining *explaining, const struct replanned *after,
                  const struct unmet *need) {
  return after->week && outcome_short_of(&after->outcome, need) == 0 &&
         nobody_is_worse(&explaining->before, &after->outcome);
}

/* Plans again with the remedy, and with so many tenths more of the patient's priority. */
static void plan_with(struct explaining *explaining, const struct draft *draft,
                      const struct schedule *start, const struct unmet *need, int more_tenths,
                      struct replanned *after) {
  struct clinic *changed = remedy_apply(explaining->clinic, &draft->remedy);
  if (more_tenths != 0) {
    int *priority = &changed->patients[need->patient].priority_milli, own = *priority;
    *priority += own * more_tenths / 10;
    replan(after, changed, start, draft->ready ? WORK_IF_READY : WORK, &explaining->budget);
    *priority = own;
    if (after->week) after->cost = verify_cost(changed, after->week, NULL);
  } else {
    replan(after, changed, start, draft->ready ? WORK_IF_READY : WORK, &explaining->budget);
  }
  clinic_free(changed);
}

/* True if with the remedy somebody lacks less than before. */
static bool helps_somebody(const struct explaining *explaining, const struct replanned *after) {
  return after->week && cost_care(&after->cost) < cost_care(&explaining->explanation->cost);
}

/* The draft's own week as a plan; false if it breaks a rule. */
static bool measure_draft(const struct explaining *explaining, const struct draft *draft,
                          struct replanned *after) {
  struct clinic *changed = remedy_apply(explaining->clinic, &draft->remedy);
  struct breaches breaches = {0};
  bool valid = verify_rules(changed, draft->week, &breaches);
  breaches_free(&breaches);
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
static const struct replanned *try_draft(struct explaining *explaining, const struct draft *draft,
                                         const struct unmet *need, int more_tenths) {
  struct tried tried = {.remedy = draft->remedy};
  plan_with(explaining, draft, draft->week, need, more_tenths, &tried.after);
  keep_tried(explaining, &tried);
  const struct replanned *after = &explaining->tried[explaining->n_tried - 1].after;
  if (!after->week || !draft->ready || meets(explaining, after, need) ||
      outcome_short_of(&after->outcome, need) > 0)
    return after;
  tried.after = (struct replanned){0};
  if (!measure_draft(explaining, draft, &tried.after)) return after;
  keep_tried(explaining, &tried);
  return &explaining->tried[explaining->n_tried - 1].after;
}

/* Whether a remedy meets the need, by the plan that is made with it. What was tried for another
 * need may serve this one as well. If it helps somebody else instead, who needs it as much, it is
 * this patient's for a little more priority: then it is contested. */
static const struct replanned *prove(struct explaining *explaining, const struct draft *draft,
                                     const struct unmet *need, struct explained_need *explained,
                                     bool *contested) {
  const struct replanned *known = find_tried(explaining, &draft->remedy);
  *contested = false;
  if (known && meets(explaining, known, need)) return known;
  if (!known || draft->ready) {
    explained->n_tried++;
    known = try_draft(explaining, draft, need, 0);
    if (meets(explaining, known, need)) return known;
  }
  if (need->patient == NONE || !helps_somebody(explaining, known)) return NULL;
  explained->n_tried++;
  *contested = true;
  known = try_draft(explaining, draft, need, 1);
  return meets(explaining, known, need) ? known : NULL;
}

/* True if the edit could serve sessions of that service, beside those it is meant for. */
static bool serves(const struct clinic *clinic, const struct edit *edit, int meant_for,
                   int service) {
  switch (edit->kind) {
    case EDIT_THERAPIST_HOURS:
    case EDIT_THERAPIST_DAY:
    case EDIT_THERAPIST_WEEK:
      return clinic_may_lead(clinic, service, edit->who);
    case EDIT_ROOM_HOURS:
    case EDIT_ROOM:
      return clinic_room_fits(clinic, service, edit->who);
    case EDIT_PATIENT_HOURS:
    case EDIT_PATIENT_MAX_HOURS:
    case EDIT_PATIENT_MAX_DAYS:
      return false;
    default:
      return service == meant_for;
  }
}

/* True if somebody else is short, in the plan with the remedy, of what it could give them as well:
 * planned once more it may be theirs. */
static bool is_contested(const struct explaining *explaining, const struct draft *draft,
                         const struct replanned *after, const struct unmet *need) {
  const struct clinic *clinic = explaining->clinic;
  for (int i = 0; i < after->outcome.n_unmet && draft->service != NONE; i++) {
    const struct unmet *other = &after->outcome.unmet[i];
    if (other->patient == need->patient) continue;
    for (int service = 0; service < clinic->n_services; service++)
      for (int e = 0; e < draft->remedy.n && serves_need(&explaining->occupancy, other, service);
           e++)
        if (serves(clinic, &draft->remedy.edits[e], draft->service, service)) return true;
  }
  return false;
}

/* ---- what else it improves ---- */

static void add_less(struct text *text, enum need_kind kind, int less) {
  if (kind == NEED_HOURS)
    add_duration(text, less);
  else if (kind == NEED_DAYS)
    add_number(text, less, "day", "days");
  else
    add_number(text, less, "session", "sessions");
}

/* "P02, hours: 1 hour less short, met" */
static const char *improvement(struct explaining *explaining, const struct unmet *need, int less,
                               bool met) {
  struct arena *arena = &explaining->explanation->arena;
  struct text text = {0};
  if (need->patient != NONE)
    text_printf(&text, "%s, ", explaining->clinic->patients[need->patient].id);
  text_printf(&text, "%s: ", need_name(explaining->clinic, need, arena));
  add_less(&text, need->kind, less);
  text_add(&text, met ? " more, which meets it" : " less short");
  const char *copy = arena_strdup(arena, text.data);
  text_free(&text);
  return copy;
}

/* Needs of others that are less short than in the plan, and than without a change. */
static void find_improvements(struct explaining *explaining, const struct replanned *after,
                              const struct unmet *need, struct proven_remedy *proven) {
  const struct outcome *before = &explaining->before;
  proven->also =
      arena_alloc(&explaining->explanation->arena, (size_t)before->n_unmet, sizeof *proven->also);
  for (int i = 0; i < before->n_unmet; i++) {
    const struct unmet *other = &before->unmet[i];
    int was = other->required - other->planned;
    int now = outcome_short_of(&after->outcome, other);
    if (explaining->baseline.week) {
      int alone = outcome_short_of(&explaining->baseline.outcome, other);
      if (alone < was) was = alone;
    }
    if (!same_need(other, need) && now < was)
      proven->also[proven->n_also++] = improvement(explaining, other, was - now, now == 0);
  }
}

/* ---- a need ---- */

static void keep_proven(struct explaining *explaining, struct explained_need *explained,
                        const struct draft *draft, const struct replanned *after, bool contested) {
  struct proven_remedy *proven = &explained->remedies[explained->n_remedies++];
  struct text text = {0};
  *proven =
      (struct proven_remedy){.remedy = draft->remedy, .effort = draft->effort, .cost = after->cost};
  find_improvements(explaining, after, &explained->unmet, proven);
  proven->contested = contested || is_contested(explaining, draft, after, &explained->unmet);
  remedy_add_words(&text, explaining->clinic, &draft->remedy);
  proven->text = arena_strdup(&explaining->explanation->arena, text.data);
  text_free(&text);
}

/* A session that could be added as things are: what comes of it? */
static const char *say_possible(struct explaining *explaining, const struct draft *draft) {
  const struct clinic *clinic = explaining->clinic;
  struct breaches breaches = {0};
  bool valid = verify_rules(clinic, draft->week, &breaches);
  breaches_free(&breaches);
  if (!valid) return NULL;
  int64_t more = verify_cost(clinic, draft->week, NULL).total - explaining->explanation->cost.total;
  struct text text = {0};
  add_service(&text, clinic, draft->service);
  text_add(&text, " at ");
  add_time(&text, draft->start_min);
  text_add(&text, more < 0 ? " would meet it without a change: a longer search may find it"
                           : " would meet it without a change, but the week would cost ");
  if (more >= 0) {
    text_add_ratio(&text, more, COST_ONE, 2);
    text_add(&text, " more, by the weights of program.csv and the patients' priorities");
  }
  const char *note = arena_strdup(&explaining->explanation->arena, text.data);
  text_free(&text);
  return note;
}

static void note_proof(struct explaining *explaining, struct explained_need *explained,
                       const struct replanned *after) {
  explaining->proofs = mem_room_for_one(explaining->proofs, explaining->n_proofs,
                                        &explaining->proofs_capacity, sizeof *explaining->proofs);
  size_t tried = 0;
  while (&explaining->tried[tried].after != after) tried++;
  explaining->proofs[explaining->n_proofs++] =
      (struct proof){&explained->remedies[explained->n_remedies - 1], &explained->unmet, tried};
}

/* True if another plan with the same remedy, or with a part of it, leaves the need unmet, and costs
 * no more care: what the remedy adds is then somebody else's. */
static bool has_rival(const struct explaining *explaining, const struct proof *proof) {
  const struct replanned *own = &explaining->tried[proof->tried].after;
  for (size_t i = 0; i < explaining->n_tried; i++) {
    const struct tried *other = &explaining->tried[i];
    if (i != proof->tried && other->after.week &&
        remedy_includes(&proof->proven->remedy, &other->remedy) &&
        outcome_short_of(&other->after.outcome, proof->need) > 0 &&
        cost_care(&other->after.cost) <= cost_care(&own->cost))
      return true;
  }
  return false;
}

/* True if a part of it was shown to be enough. */
static bool is_more_than_enough(const struct explained_need *explained,
                                const struct remedy *remedy) {
  for (int i = 0; i < explained->n_remedies; i++)
    if (remedy_includes(remedy, &explained->remedies[i].remedy)) return true;
  return false;
}

static void find_remedies(struct explaining *explaining, struct explained_need *explained) {
  struct drafts drafts = {0};
  const struct unmet *need = &explained->unmet;
  drafts_find(&drafts, &explaining->occupancy, need);
  for (int i = 0; i < drafts.n && explained->n_remedies < MOST_REMEDIES &&
                  explained->n_tried < MOST_TRIES && !budget_is_spent(&explaining->budget);
       i++) {
    const struct draft *draft = &drafts.list[i];
    if (draft->remedy.n == 0) {
      if (!explained->note) explained->note = say_possible(explaining, draft);
      continue;
    }
    if (is_more_than_enough(explained, &draft->remedy)) continue;
    bool contested;
    const struct replanned *after = prove(explaining, draft, need, explained, &contested);
    if (!after) continue;
    keep_proven(explaining, explained, draft, after, contested);
    note_proof(explaining, explained, after);
  }
  drafts_release(&drafts);
}

static void explain_need(struct explaining *explaining, struct explained_need *explained) {
  const struct outcome *again = &explaining->baseline.outcome;
  explained->obstacles =
      obstacles_of_need(&explaining->occupancy, &explained->unmet, &explaining->explanation->arena,
                        &explained->n_obstacles);
  explained->remedies =
      arena_alloc(&explaining->explanation->arena, MOST_REMEDIES, sizeof *explained->remedies);
  if (explaining->baseline.week && outcome_short_of(again, &explained->unmet) == 0 &&
      nobody_is_worse(&explaining->before, again)) {
    explained->note = "no change is needed: planned again, it is met";
    return;
  }
  find_remedies(explaining, explained);
}

/* True if the need is among those asked for. */
static bool is_wanted(const struct clinic *clinic, const struct explain_options *options,
                      const struct unmet *need) {
  if (options->patient != NONE && need->patient != options->patient) return false;
  if (options->service == NONE) return true;
  return need->service == options->service ||
         (need->category != NONE && need->category == clinic->services[options->service].category);
}

static void choose_needs(struct explaining *explaining, const struct explain_options *options) {
  struct explanation *explanation = explaining->explanation;
  const struct outcome *before = &explaining->before;
  explanation->n_unmet = before->n_unmet;
  explanation->needs =
      arena_alloc(&explanation->arena, (size_t)before->n_unmet, sizeof *explanation->needs);
  for (int i = 0; i < before->n_unmet; i++) {
    if (!is_wanted(explaining->clinic, options, &before->unmet[i])) continue;
    struct explained_need *explained = &explanation->needs[explanation->n_needs++];
    explained->unmet = before->unmet[i];
    explained->unmet.reason = arena_strdup(&explanation->arena, before->unmet[i].reason);
  }
}

void explain_needs(struct explanation *explanation, const struct clinic *clinic,
                   const struct schedule *plan, const struct explain_options *options) {
  *explanation = (struct explanation){.cost = verify_cost(clinic, plan, NULL)};
  struct explaining explaining = {.explanation = explanation,
                                  .clinic = clinic,
                                  .plan = plan,
                                  .budget = budget_new(options, clinic, plan)};
  outcome_init(&explaining.before, clinic, plan);
  occupancy_init(&explaining.occupancy, clinic, plan);
  choose_needs(&explaining, options);
  if (explanation->n_needs > 0)
    replan(&explaining.baseline, clinic, plan, BASELINE_WORK, &explaining.budget);
  explanation->again = explaining.baseline.week ? explaining.baseline.cost : explanation->cost;
  for (int i = 0; i < explanation->n_needs; i++) explain_need(&explaining, &explanation->needs[i]);
  for (size_t i = 0; i < explaining.n_proofs; i++)
    explaining.proofs[i].proven->contested |= has_rival(&explaining, &explaining.proofs[i]);
  explanation->cut_short = explaining.budget.spent;
  for (size_t i = 0; i < explaining.n_tried; i++) replanned_release(&explaining.tried[i].after);
  free(explaining.tried);
  free(explaining.proofs);
  budget_release(&explaining.budget);
  replanned_release(&explaining.baseline);
  outcome_release(&explaining.before);
  occupancy_release(&explaining.occupancy);
}

void explanation_release(struct explanation *explanation) {
  arena_free(&explanation->arena);
  *explanation = (struct explanation){0};
}
