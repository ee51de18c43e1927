#include "iopsched/explain.h"

#include <stdlib.h>

#include "contest.h"
#include "drafts.h"
#include "iopsched/verify.h"
#include "obstacles.h"
#include "words.h"

/* Changes tried for one need, and steps of the search without a change. */
enum { MOST_TRIES = 12, BASELINE_WORK = 200 };

/* The weeks that show what was proven for a need. */
struct shown {
  const struct replanned *week[MOST_REMEDIES]; /* [n_remedies] of the need */
};

struct explaining {
  struct explanation *explanation;
  const struct clinic *clinic;
  struct occupancy occupancy;
  struct outcome before;     /* with reasons */
  struct replanned baseline; /* planned again without a change, for as long */
  struct tries tries;
  struct shown *shown; /* [n_needs] */
};

/* ---- what else it improves ---- */

static void add_less(struct text *text, enum need_kind kind, int less) {
  if (kind == NEED_HOURS)
    text_add_hours(text, less);
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

/* In the order of effort; the dearest goes if they are too many. */
static void keep_proven(struct explained_need *explained, struct shown *shown,
                        const struct proven_remedy *proven, const struct replanned *week) {
  int place = explained->n_remedies;
  if (place == MOST_REMEDIES && explained->remedies[place - 1].effort <= proven->effort) return;
  if (place == MOST_REMEDIES)
    place--;
  else
    explained->n_remedies++;
  for (; place > 0 && explained->remedies[place - 1].effort > proven->effort; place--) {
    explained->remedies[place] = explained->remedies[place - 1];
    shown->week[place] = shown->week[place - 1];
  }
  explained->remedies[place] = *proven;
  shown->week[place] = week;
}

/* What the week shows of the draft. False if planning again would not be sure to meet the need. */
static bool settle(struct explaining *explaining, const struct unmet *need,
                   const struct draft *draft, const struct replanned *week,
                   const struct replanned *rival, struct proven_remedy *proven) {
  struct arena *arena = &explaining->explanation->arena;
  struct text text = {0};
  *proven =
      (struct proven_remedy){.remedy = draft->remedy, .effort = draft->effort, .cost = week->cost};
  if (!contest_settle(&explaining->tries, proven, need, week, rival, arena)) return false;
  find_improvements(explaining, week, need, proven);
  remedy_add_words(&text, explaining->clinic, &draft->remedy);
  proven->text = arena_strdup(arena, text.data);
  text_free(&text);
  return true;
}

/* A session that could be added as things are: what comes of it? */
static const char *say_possible(struct explaining *explaining, const struct draft *draft) {
  const struct clinic *clinic = explaining->clinic;
  if (!verify_is_valid(clinic, draft->week)) return NULL;
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

/* True if a part of it was shown to be enough. */
static bool is_more_than_enough(const struct explained_need *explained,
                                const struct remedy *remedy) {
  for (int i = 0; i < explained->n_remedies; i++)
    if (remedy_includes(remedy, &explained->remedies[i].remedy)) return true;
  return false;
}

/* True if no remedy of that effort, or more, would be kept. */
static bool is_full(const struct explained_need *explained, int effort) {
  int n = explained->n_remedies;
  return n == MOST_REMEDIES && explained->remedies[n - 1].effort <= effort;
}

static void try_draft(struct explaining *explaining, struct explained_need *explained,
                      struct shown *shown, const struct draft *draft) {
  const struct unmet *need = &explained->unmet;
  const struct replanned *rival;
  const struct replanned *week =
      tries_prove(&explaining->tries, draft, need, &explained->n_tried, &rival);
  struct proven_remedy proven;
  if (week && settle(explaining, need, draft, week, rival, &proven))
    keep_proven(explained, shown, &proven, week);
}

static void find_remedies(struct explaining *explaining, struct explained_need *explained,
                          struct shown *shown) {
  struct drafts drafts = {0};
  drafts_find(&drafts, &explaining->occupancy, &explained->unmet);
  for (int i = 0; i < drafts.n && !is_full(explained, drafts.list[i].effort) &&
                  explained->n_tried < MOST_TRIES && !budget_is_spent(&explaining->tries.budget);
       i++) {
    const struct draft *draft = &drafts.list[i];
    if (draft->remedy.n == 0) {
      if (!explained->note) explained->note = say_possible(explaining, draft);
    } else if (!is_more_than_enough(explained, &draft->remedy)) {
      try_draft(explaining, explained, shown, draft);
    }
  }
  drafts_release(&drafts);
}

/* What was tried for later needs may have shown that somebody else gains by an earlier one's. */
static void look_again(struct explaining *explaining, struct explained_need *explained,
                       struct shown *shown) {
  struct shown was = *shown;
  int n = explained->n_remedies;
  struct proven_remedy remedies[MOST_REMEDIES];
  for (int i = 0; i < n; i++) remedies[i] = explained->remedies[i];
  explained->n_remedies = 0;
  for (int i = 0; i < n; i++) {
    const struct replanned *rival = NULL;
    if (!remedies[i].contested)
      rival = tries_rival(&explaining->tries, &remedies[i].remedy, &explained->unmet, was.week[i]);
    if (!rival || contest_settle(&explaining->tries, &remedies[i], &explained->unmet, was.week[i],
                                 rival, &explaining->explanation->arena))
      keep_proven(explained, shown, &remedies[i], was.week[i]);
  }
}

static void explain_need(struct explaining *explaining, struct explained_need *explained,
                         struct shown *shown) {
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
  find_remedies(explaining, explained, shown);
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

static void explain_all(struct explaining *explaining) {
  struct explanation *explanation = explaining->explanation;
  struct budget *budget = &explaining->tries.budget;
  if (explanation->n_needs > 0)
    replan(&explaining->baseline, explaining->clinic, explaining->tries.plan, BASELINE_WORK,
           budget);
  explanation->again = explaining->baseline.week ? explaining->baseline.cost : explanation->cost;
  explaining->shown = mem_new((size_t)explanation->n_needs, sizeof *explaining->shown);
  for (int i = 0; i < explanation->n_needs; i++)
    explain_need(explaining, &explanation->needs[i], &explaining->shown[i]);
  for (int i = 0; i < explanation->n_needs; i++)
    look_again(explaining, &explanation->needs[i], &explaining->shown[i]);
  explanation->cut_short = budget->spent;
}

void explain_needs(struct explanation *explanation, const struct clinic *clinic,
                   const struct schedule *plan, const struct explain_options *options) {
  *explanation = (struct explanation){.cost = verify_cost(clinic, plan, NULL)};
  if (options->absences) {
    explanation->absences.from_min = options->absences->from_min;
    absences_add(&explanation->absences, options->absences, &explanation->arena);
  }
  struct explaining explaining = {.explanation = explanation,
                                  .clinic = clinic,
                                  .tries = {.clinic = clinic,
                                            .plan = plan,
                                            .before = &explaining.before,
                                            .cost = explanation->cost,
                                            .budget = budget_new(options, clinic, plan)}};
  outcome_init(&explaining.before, clinic, plan);
  occupancy_init(&explaining.occupancy, clinic, plan);
  choose_needs(&explaining, options);
  explain_all(&explaining);
  free(explaining.shown);
  budget_release(&explaining.tries.budget);
  tries_release(&explaining.tries);
  replanned_release(&explaining.baseline);
  outcome_release(&explaining.before);
  occupancy_release(&explaining.occupancy);
}

void explanation_release(struct explanation *explanation) {
  arena_free(&explanation->arena);
  *explanation = (struct explanation){0};
}
