/* Why is this not so? One attendance, looked at and planned for. */

#include "hurdles.h"
#include "iopsched/explain.h"
#include "iopsched/rules.h"
#include "iopsched/verify.h"
#include "obstacles.h"
#include "replan.h"
#include "words.h"

const char *const why_verdict_names[N_WHY_VERDICTS] = {[WHY_IS_SO] = "is so",
                                                       [WHY_FORBIDDEN] = "forbidden",
                                                       [WHY_NOT_FOUND] = "not found",
                                                       [WHY_COSTS] = "costs"};

enum { WORK = 400 }; /* steps of the search, by default: there is one plan to make */

struct asking {
  struct why *why;
  const struct clinic *clinic;
  const struct schedule *plan;
  const struct attendance_question *question;
  struct budget budget;
};

/* "P014, 'Relapse prevention' (REL), Tue 09:00" */
static void add_question(struct text *text, const struct asking *asking) {
  const struct attendance_question *question = asking->question;
  text_printf(text, "%s in ", asking->clinic->patients[question->patient].id);
  add_service(text, asking->clinic, question->service);
  text_add(text, " at ");
  add_time(text, question->start_min);
}

static void keep_text(struct asking *asking, struct text *text) {
  asking->why->text = arena_strdup(&asking->why->arena, text->data);
  text_free(text);
}

static const struct session *session_of(const struct schedule *week,
                                        const struct attendance_question *question) {
  for (int s = 0; s < week->n_sessions; s++) {
    const struct session *session = &week->sessions[s];
    if (session->service == question->service && session->start_min == question->start_min &&
        ints_contain(&session->patients, question->patient))
      return session;
  }
  return NULL;
}

static bool say_so(struct asking *asking) {
  const struct session *session = session_of(asking->plan, asking->question);
  struct text text = {0};
  if (!session) return false;
  asking->why->verdict = WHY_IS_SO;
  text_add(&text, "it is so: ");
  add_question(&text, asking);
  if (session->leaders.n > 0) text_add(&text, ", led by ");
  for (int i = 0; i < session->leaders.n; i++) {
    if (i > 0) text_add(&text, " and ");
    add_therapist(&text, asking->clinic, session->leaders.list[i]);
  }
  if (session->room != NONE) {
    text_add(&text, ", in ");
    add_room(&text, asking->clinic, session->room);
  }
  keep_text(asking, &text);
  return true;
}

/* ---- forbidden, whatever else is planned ---- */

static void forbid(struct asking *asking, const char *rule, struct text *reason) {
  struct why *why = asking->why;
  struct text text = {0};
  why->verdict = WHY_FORBIDDEN;
  text_add(&text, "it cannot be: ");
  text_add(&text, reason->data);
  why->obstacles = arena_alloc(&why->arena, 1, sizeof *why->obstacles);
  why->obstacles[0] = (struct obstacle){rule, arena_strdup(&why->arena, reason->data)};
  why->n_obstacles = 1;
  text_free(reason);
  keep_text(asking, &text);
}

static void add_allowed_starts(struct text *text, const struct service *service) {
  for (int i = 0; i < service->n_starts && i < MOST_LISTED; i++) {
    const struct start_rule *start = &service->starts[i];
    text_printf(text, "%s%s%s%02d:%02d", i > 0 ? ", " : " ",
                start->day == NONE ? "" : day_names[start->day], start->day == NONE ? "" : " ",
                start->minute_of_day / 60, start->minute_of_day % 60);
  }
  if (service->n_starts > MOST_LISTED)
    text_printf(text, " and %d more", service->n_starts - MOST_LISTED);
}

/* The start itself, for whomever. */
static bool forbid_start(struct asking *asking) {
  const struct clinic *clinic = asking->clinic;
  int start = asking->question->start_min, end;
  const struct service *service = &clinic->services[asking->question->service];
  struct text text = {0};
  end = start + service->minutes;
  if (start < clinic->past_min) {
    add_time(&text, start);
    text_printf(&text, " is past: the plan was repaired from %s on, and the days before stay",
                day_names[day_of(clinic->past_min)]);
    forbid(asking, "", &text);
    return true;
  }
  if (start % clinic->slot_minutes != 0) {
    add_time(&text, start);
    text_printf(&text, " does not lie on the grid of slot_minutes %d", clinic->slot_minutes);
  } else if (!windows_cover(&clinic->opening, start, end)) {
    add_span(&text, start, end);
    text_add(&text, " lies outside the opening hours, ");
    add_windows(&text, &clinic->opening);
  } else if (!service_allows_start(service, start)) {
    add_service(&text, clinic, asking->question->service);
    text_add(&text, " starts only at");
    add_allowed_starts(&text, service);
  } else {
    return false;
  }
  forbid(asking, "H12", &text);
  return true;
}

static const char *ineligible(const struct patient *patient, const struct service *service) {
  if (service->telehealth && patient->telehealth == TELEHEALTH_NO) return "never takes telehealth";
  if (!service->telehealth && patient->telehealth == TELEHEALTH_ONLY) return "never comes on site";
  return "has none of the service's tags";
}

/* The patient, at whatever start. */
static bool forbid_patient(struct asking *asking) {
  const struct clinic *clinic = asking->clinic;
  int patient = asking->question->patient, service = asking->question->service;
  const struct patient *who = &clinic->patients[patient];
  const char *rule = "H8";
  struct text text = {0};
  if (!who->takes_part) {
    text_printf(&text, "%s is not here on any day of the week", who->id);
    rule = "H1";
  } else if (!clinic_eligible(clinic, patient, service)) {
    add_service(&text, clinic, service);
    text_printf(&text, " is not open to %s, who %s", who->id,
                ineligible(who, &clinic->services[service]));
  } else if (clinic_weekly_max(clinic, patient, service) == 0) {
    text_printf(&text, "%s may have no session of ", who->id);
    add_service(&text, clinic, service);
    text_add(&text, ": neither weekly_max nor a requirement allows one");
    rule = "H7";
  } else {
    return false;
  }
  forbid(asking, rule, &text);
  return true;
}

/* What stands in the way in an empty week stands there in every week. */
static bool forbid_anyway(struct asking *asking) {
  const struct attendance_question *question = asking->question;
  struct schedule empty = {0};
  struct occupancy occupancy;
  occupancy_init(&occupancy, asking->clinic, &empty);
  enum hurdle hurdle =
      find_hurdle_at(&occupancy, question->patient, question->service, 0, question->start_min)
          .hurdle;
  if (hurdle != HURDLE_NONE) {
    int n;
    struct obstacle *obstacles =
        obstacles_of_start(&occupancy, question->patient, question->service, question->start_min,
                           &asking->why->arena, &n);
    struct text text = {0};
    text_add(&text, obstacles[0].text);
    forbid(asking, obstacles[0].rule, &text);
  }
  occupancy_release(&occupancy);
  return hurdle != HURDLE_NONE;
}

/* ---- what it would cost ---- */

/* A copy of the clinic with the attendance fixed: in the row of fixed.csv for that session, if
 * there is one for a group, else in one of its own. */
static struct clinic *clinic_with_it(const struct asking *asking) {
  const struct attendance_question *question = asking->question;
  const struct clinic *clinic = asking->clinic;
  struct remedy none = {0};
  struct claim claim = {question->patient, question->service, question->start_min, NONE};
  for (int row = 0; row < clinic->n_fixed && claim.row == NONE; row++)
    if (clinic->fixed[row].start_min == question->start_min &&
        clinic->fixed[row].service == question->service &&
        clinic->services[question->service].format == FORMAT_GROUP)
      claim.row = row;
  struct clinic *with_it = remedy_apply(clinic, &none);
  claims_apply(with_it, &(struct claims){&claim, 1});
  return with_it;
}

static void add_effect(struct why *why, struct text *text) {
  why->effects[why->n_effects++] = arena_strdup(&why->arena, text->data);
  text_free(text);
}

static void add_care_effect(struct asking *asking, const struct unmet *need, int was, int now) {
  struct text text = {0};
  if (need->patient != NONE) text_printf(&text, "%s, ", asking->clinic->patients[need->patient].id);
  text_printf(&text, "%s: ", need_name(asking->clinic, need, &asking->why->arena));
  int by = now > was ? now - was : was - now;
  if (need->kind == NEED_HOURS)
    text_add_hours(&text, by);
  else if (need->kind == NEED_DAYS)
    add_number(&text, by, "day", "days");
  else
    add_number(&text, by, "session", "sessions");
  text_add(&text, now > was ? " more short" : " less short");
  add_effect(asking->why, &text);
}

static void add_term_effects(struct why *why) {
  for (int term = 0; term < N_TERMS; term++) {
    int64_t more = why->after.amount[term] - why->before.amount[term];
    int64_t cost = why->after.cost[term] - why->before.cost[term];
    if (cost == 0 || term_infos[term].is_care) continue;
    struct text text = {0};
    text_add(&text, cost_terms[term]->title);
    text_add(&text, ": ");
    text_add_ratio(&text, more < 0 ? -more : more, AMOUNT_ONE, 2);
    text_add(&text, more < 0 ? " less, " : " more, ");
    text_add_ratio(&text, cost < 0 ? -cost : cost, COST_ONE, 2);
    text_add(&text, cost < 0 ? " of cost less" : " of cost more");
    add_effect(why, &text);
  }
}

static void tell_effects(struct asking *asking, const struct outcome *after) {
  struct why *why = asking->why;
  struct outcome before;
  outcome_measure(&before, asking->clinic, asking->plan);
  size_t most = (size_t)before.n_unmet + (size_t)after->n_unmet + N_TERMS;
  why->effects = arena_alloc(&why->arena, most, sizeof *why->effects);
  for (int i = 0; i < after->n_unmet; i++) {
    const struct unmet *need = &after->unmet[i];
    int was = outcome_short_of(&before, need), now = need->required - need->planned;
    if (now > was) add_care_effect(asking, need, was, now);
  }
  for (int i = 0; i < before.n_unmet; i++) {
    const struct unmet *need = &before.unmet[i];
    int was = need->required - need->planned, now = outcome_short_of(after, need);
    if (now < was) add_care_effect(asking, need, was, now);
  }
  add_term_effects(why);
  outcome_release(&before);
}

static void say_cost(struct asking *asking) {
  struct why *why = asking->why;
  int64_t more = why->after.total - why->before.total;
  struct text text = {0};
  text_add(&text, "it could be: planned again with it, the week costs ");
  text_add_ratio(&text, more < 0 ? -more : more, COST_ONE, 2);
  text_add(&text, more < 0 ? " less, " : " more, ");
  text_add_ratio(&text, why->after.total, COST_ONE, 2);
  text_add(&text, " instead of ");
  text_add_ratio(&text, why->before.total, COST_ONE, 2);
  if (more <= 0) text_add(&text, ": no rule is against it, and a longer search may find it");
  keep_text(asking, &text);
}

static void price(struct asking *asking) {
  struct why *why = asking->why;
  struct clinic *clinic = clinic_with_it(asking);
  struct replanned with_it;
  bool found = replan(&with_it, clinic, asking->plan, WORK, &asking->budget) &&
               session_of(with_it.week, asking->question);
  if (found) {
    why->verdict = WHY_COSTS;
    why->before = verify_cost(asking->clinic, asking->plan, NULL);
    why->after = with_it.cost;
    tell_effects(asking, &with_it.outcome);
    say_cost(asking);
  } else {
    struct text text = {0};
    why->verdict = WHY_NOT_FOUND;
    text_add(&text, "no week was found with ");
    add_question(&text, asking);
    keep_text(asking, &text);
  }
  replanned_release(&with_it);
  clinic_free(clinic);
}

void explain_why(struct why *why, const struct clinic *clinic, const struct schedule *plan,
                 const struct attendance_question *question,
                 const struct explain_options *options) {
  *why = (struct why){0};
  struct asking asking = {why, clinic, plan, question, budget_new(options, clinic, plan)};
  if (!say_so(&asking) && !forbid_patient(&asking) && !forbid_start(&asking) &&
      !forbid_anyway(&asking)) {
    struct occupancy occupancy;
    occupancy_init(&occupancy, clinic, plan);
    why->obstacles = obstacles_of_start(&occupancy, question->patient, question->service,
                                        question->start_min, &why->arena, &why->n_obstacles);
    occupancy_release(&occupancy);
    price(&asking);
  }
  budget_release(&asking.budget);
}

void why_release(struct why *why) {
  arena_free(&why->arena);
  *why = (struct why){0};
}
