/* Explanations as text. */
#include "iopsched/tell.h"

static void add_amount(struct text *text, enum need_kind kind, int amount) {
  if (kind == NEED_HOURS)
    text_add_ratio(text, amount, 60, 4);
  else
    text_printf(text, "%d", amount);
}

static void add_unit(struct text *text, enum need_kind kind, int amount) {
  int one = kind == NEED_HOURS ? 60 : 1;
  const char *word = kind == NEED_HOURS ? "hour" : kind == NEED_DAYS ? "day" : "session";
  text_printf(text, " %s%s", word, amount == one ? "" : "s");
}

static void add_service_name(struct text *text, const struct clinic *clinic, int service) {
  text_printf(text, "'%s' (%s)", clinic->services[service].name, clinic->services[service].id);
}

/* "P014 needs 12 hours and has 10.5: 1.5 hours short" */
static void add_heading(struct text *text, const struct clinic *clinic, const struct unmet *unmet) {
  int missing = unmet->required - unmet->planned;
  if (unmet->kind == NEED_OFFER)
    add_service_name(text, clinic, unmet->service);
  else
    text_add(text, clinic->patients[unmet->patient].id);
  text_add(text, unmet->kind == NEED_OFFER ? " is to be offered in " : " needs ");
  add_amount(text, unmet->kind, unmet->required);
  add_unit(text, unmet->kind, unmet->required);
  if (unmet->kind == NEED_SERVICE) {
    text_add(text, " of ");
    add_service_name(text, clinic, unmet->service);
  }
  if (unmet->kind == NEED_CATEGORY)
    text_printf(text, " of category '%s'", clinic->categories[unmet->category]);
  text_add(text, unmet->kind == NEED_OFFER ? " and is in " : " and has ");
  add_amount(text, unmet->kind, unmet->planned);
  text_add(text, ": ");
  add_amount(text, unmet->kind, missing);
  text_add(text, " short\n");
}

static void add_obstacle(struct text *text, const struct obstacle *obstacle) {
  text_printf(text, "  - %s", obstacle->text);
  if (*obstacle->rule) text_printf(text, " [%s]", obstacle->rule);
  text_add(text, "\n");
}

static void add_contest(struct text *text, const struct clinic *clinic,
                        const struct explained_need *need, const struct proven_remedy *proven) {
  text_add(text, "     contested: ");
  for (int i = 0; i < proven->n_gainers; i++)
    text_printf(text, "%s%s", i > 0 ? ", " : "", proven->gainers[i]);
  text_add(text, proven->n_gainers > 0 ? " would gain from it as well. "
                                       : "planned again, it may be used otherwise. ");
  if (need->unmet.patient == NONE)
    text_add(text, "What makes sure");
  else
    text_printf(text, "What makes it %s's", clinic->patients[need->unmet.patient].id);
  text_add(text, ", tried likewise: fixed.csv with ");
  claims_add_words(text, clinic, &proven->claims);
  text_add(text, "\n");
}

static void add_remedy(struct text *text, const struct explanation *explanation, int number,
                       const struct proven_remedy *proven) {
  text_printf(text, "  %d. %s\n     effort ", number, proven->text);
  text_add_ratio(text, proven->effort, 10, 1);
  text_add(text, "; cost ");
  text_add_ratio(text, explanation->cost.total, COST_ONE, 2);
  text_add(text, " -> ");
  text_add_ratio(text, proven->cost.total, COST_ONE, 2);
  for (int i = 0; i < proven->n_also; i++)
    text_printf(text, "%s%s", i == 0 ? "; also " : "; ", proven->also[i]);
  text_add(text, "\n");
}

static void add_need(struct text *text, const struct explanation *explanation,
                     const struct clinic *clinic, const struct explained_need *need) {
  add_heading(text, clinic, &need->unmet);
  text_printf(text, "  why: %s\n", need->unmet.reason);
  if (need->n_obstacles > 0) text_add(text, "  what binds, the nearest to it first:\n");
  for (int i = 0; i < need->n_obstacles; i++) add_obstacle(text, &need->obstacles[i]);
  if (need->note) text_printf(text, "  %s\n", need->note);
  if (need->n_remedies > 0)
    text_add(text, "  would meet it, each tried by planning again, the cheapest first:\n");
  for (int i = 0; i < need->n_remedies; i++) {
    add_remedy(text, explanation, i + 1, &need->remedies[i]);
    if (need->remedies[i].contested) add_contest(text, clinic, need, &need->remedies[i]);
  }
  if (need->n_remedies == 0 && !need->note)
    text_printf(text, "  no change that was tried (%d) was shown to meet it\n", need->n_tried);
}

/* "as repaired: without 'T03' on Tue 09:00-12:00; the days before Wed stay as they were" */
static void add_absences(struct text *text, const struct clinic *clinic,
                         const struct absences *absences) {
  if (!absences_say_anything(absences)) return;
  text_add(text, "as repaired:");
  for (int i = 0; i < absences->n; i++) {
    const struct window *when = &absences->list[i].when;
    int first = day_of(when->start_min), last = day_of(when->end_min - 1);
    char start[CLOCK_TEXT], end[CLOCK_TEXT];
    clock_format(when->start_min, false, start);
    clock_format(when->end_min, true, end);
    text_printf(text, "%s without '%s' on %s", i > 0 ? "," : "",
                absence_id(clinic, &absences->list[i]), day_names[first]);
    if (last > first) text_printf(text, " to %s", day_names[last]);
    if (last == first && when->end_min - when->start_min < DAY_MIN)
      text_printf(text, " %s-%s", start, end);
  }
  if (absences->from_min > 0)
    text_printf(text, "%s the days before %s stay as they were", absences->n > 0 ? ";" : "",
                day_names[day_of(absences->from_min)]);
  text_add(text, "\n");
}

void tell_explanation(const struct explanation *explanation, const struct clinic *clinic,
                      struct text *to) {
  char week[WEEK_TEXT];
  week_format(clinic->monday, week);
  text_printf(to, "week %s of '%s': ", week, clinic->program_name);
  if (explanation->n_unmet == 0)
    text_add(to, "every need is met\n");
  else
    text_printf(to, "%d need%s unmet", explanation->n_unmet, explanation->n_unmet == 1 ? "" : "s");
  if (explanation->n_unmet > 0 && explanation->n_needs < explanation->n_unmet)
    text_printf(to, ", %d of them asked for", explanation->n_needs);
  if (explanation->n_unmet > 0) text_add(to, "\n");
  add_absences(to, clinic, &explanation->absences);
  if (cost_care(&explanation->again) < cost_care(&explanation->cost)) {
    text_add(to, "planned again without any change, it costs ");
    text_add_ratio(to, explanation->again.total, COST_ONE, 2);
    text_add(to, " instead of ");
    text_add_ratio(to, explanation->cost.total, COST_ONE, 2);
    text_add(to, ": search longer first, what a change adds may then be used otherwise\n");
  }
  for (int i = 0; i < explanation->n_needs; i++) {
    text_add(to, "\n");
    add_need(to, explanation, clinic, &explanation->needs[i]);
  }
}

void tell_why(const struct why *why, struct text *to) {
  text_printf(to, "%s\n", why->text);
  if (why->verdict == WHY_FORBIDDEN) return;
  if (why->n_obstacles > 0) text_add(to, "in the plan as it is:\n");
  for (int i = 0; i < why->n_obstacles; i++) add_obstacle(to, &why->obstacles[i]);
  if (why->n_effects > 0) text_add(to, "planned again with it:\n");
  for (int i = 0; i < why->n_effects; i++) text_printf(to, "  - %s\n", why->effects[i]);
}
