#include "account.h"

#include <stdio.h>
#include <string.h>

#include "figures.h"

static void add_heading(struct text *text, const struct report *report, const char *output) {
  char week[WEEK_TEXT];
  week_format(report->clinic->monday, week);
  int64_t attendances = 0;
  for (int i = 0; i < report->schedule->n_sessions; i++)
    attendances += report->schedule->sessions[i].patients.n;
  text_printf(text, "week %s of '%s': ", week, report->clinic->program_name);
  add_count(text, report->schedule->n_sessions, "session", "sessions");
  text_add(text, ", ");
  add_count(text, attendances, "attendance", "attendances");
  text_printf(text, ", written to '%s'\n", output);
}

static void add_care(struct text *text, const struct outcome *outcome) {
  text_add(text, "care met: ");
  if (outcome->required_minutes > 0)
    add_percent(text, outcome->cared_minutes, outcome->required_minutes);
  else
    text_add(text, "100 %");
  text_add(text, " of the hours due, ");
  text_add_ratio(text, outcome->cared_minutes, 60, 2);
  text_add(text, " of ");
  text_add_ratio(text, outcome->required_minutes, 60, 2);
  text_add(text, "\n");
}

/* Who would fall below their hours by a few missed groups. */
static void add_cushion(struct text *text, const struct report *report) {
  const struct clinic *clinic = report->clinic;
  int n = 0, fragile = 0;
  if (clinic->cushion_sessions <= 0) return;
  for (int i = 0; i < clinic->n_patients; i++) {
    n += clinic->patients[i].takes_part;
    fragile += report->outcome->patients[i].fragile;
  }
  text_printf(text, "fragile: %d of ", fragile);
  add_count(text, n, "patient", "patients");
  text_add(text, " would fall short, or shorter, of their hours by missing ");
  add_count(text, clinic->cushion_sessions, "group session", "group sessions");
  text_add(text, "\n");
}

static void add_proof(struct text *text, const struct report *report, bool cut_short) {
  int64_t total = report->cost->total, open = total - report->bound;
  text_add(text, "cost ");
  add_cost(text, total);
  if (report->has_bound) {
    text_add(text, ", no plan costs less than ");
    add_cost(text, report->bound);
    text_add(text, ": gap ");
    add_percent(text, open, total);
    int64_t quality = cost_quality(report->cost);
    if (quality > 0 && open > 0) {
      text_add(text, ", ");
      add_percent(text, open, quality);
      text_add(text, " of its quality part");
    }
  }
  text_add(text, "; ");
  text_add_ratio(text, report->milliseconds, 1000, 1);
  text_printf(text, " s%s\n", cut_short ? ", cut short" : "");
}

/* Needs of one name: how many, and by how much they are short. */
struct group {
  const char *need;
  const char *reason; /* NULL: more than one, or not to be told here */
  enum need_kind kind;
  int n;
  int64_t missing;
};

static void add_to_groups(struct group *groups, int *n, const struct unmet *unmet,
                          const char *need) {
  int64_t missing = unmet->required - unmet->planned;
  for (int i = 0; i < *n; i++) {
    if (strcmp(groups[i].need, need) != 0) continue;
    groups[i].n++;
    groups[i].missing += missing;
    if (groups[i].reason && strcmp(groups[i].reason, unmet->reason) != 0) groups[i].reason = NULL;
    return;
  }
  const char *reason = unmet->reason_tells_ids ? NULL : unmet->reason;
  groups[(*n)++] = (struct group){need, reason, unmet->kind, 1, missing};
}

static void add_missing(struct text *text, enum need_kind kind, int64_t missing) {
  if (kind == NEED_HOURS)
    text_add_hours(text, missing);
  else if (kind == NEED_DAYS)
    add_count(text, missing, "day", "days");
  else
    add_count(text, missing, "session", "sessions");
  text_add(text, " short");
}

static void add_group(struct text *text, const struct group *group) {
  text_printf(text, "  %s: ", group->need);
  add_missing(text, group->kind, group->missing);
  if (group->kind != NEED_OFFER) {
    text_add(text, " for ");
    add_count(text, group->n, "patient", "patients");
  }
  if (group->reason) text_printf(text, ": %s", group->reason);
  text_add(text, "\n");
}

static void add_each(struct text *text, const struct report *report, struct arena *arena) {
  for (int i = 0; i < report->outcome->n_unmet; i++) {
    const struct unmet *unmet = &report->outcome->unmet[i];
    if (unmet->patient != NONE)
      text_printf(text, "  %s,", report->clinic->patients[unmet->patient].id);
    text_printf(text, "%s%s: ", unmet->patient != NONE ? " " : "  ",
                need_name(report->clinic, unmet, arena));
    add_missing(text, unmet->kind, unmet->required - unmet->planned);
    text_printf(text, ": %s\n", unmet->reason);
  }
}

static void add_groups(struct text *text, const struct report *report, struct arena *arena) {
  const struct outcome *outcome = report->outcome;
  struct group *groups = arena_alloc(arena, (size_t)outcome->n_unmet, sizeof *groups);
  int n = 0;
  for (int i = 0; i < outcome->n_unmet; i++)
    add_to_groups(groups, &n, &outcome->unmet[i],
                  need_name(report->clinic, &outcome->unmet[i], arena));
  for (int i = 0; i < n; i++) add_group(text, &groups[i]);
}

static void add_unmet(struct text *text, const struct report *report, enum account_depth depth,
                      const char *output) {
  struct arena arena = {0};
  int n = report->outcome->n_unmet;
  if (n == 0) {
    text_add(text, "every need is met\n");
    return;
  }
  add_count(text, n, "need", "needs");
  text_printf(text, " unmet, each with its reason in '%s/unmet.csv':\n", output);
  if (depth == ACCOUNT_VERBOSE)
    add_each(text, report, &arena);
  else
    add_groups(text, report, &arena);
  arena_free(&arena);
}

void account_add(struct text *text, const struct report *report, bool cut_short,
                 enum account_depth depth, const char *output) {
  add_heading(text, report, output);
  add_care(text, report->outcome);
  add_cushion(text, report);
  add_proof(text, report, cut_short);
  if (depth != ACCOUNT_BRIEF) add_cost_table(text, report->clinic, report->cost);
  add_unmet(text, report, depth, output);
}

void account_print(const struct report *report, bool cut_short, bool verbose, const char *output) {
  struct text text = {0};
  account_add(&text, report, cut_short, verbose ? ACCOUNT_VERBOSE : ACCOUNT_FULL, output);
  fputs(text.data, stderr);
  text_free(&text);
}
