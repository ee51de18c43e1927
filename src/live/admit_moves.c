/* The best that moving a few attendances would give. The search weighs a change against care; the
 * more a change weighs, the fewer it makes. Several weights are tried, from light to heavy, and the
 * best plan with few enough changes is kept: what was found, not what is proven. */

#include "admit_parts.h"
#include "freeze.h"
#include "iopsched/changes.h"
#include "iopsched/outcome.h"
#include "iopsched/variant.h"
#include "iopsched/verify.h"

/* A change weighs so many thousandths of the least weight of care. */
static const int change_shares[] = {5, 50, 200, 500, 1000, 2000};
enum { N_SHARES = sizeof change_shares / sizeof *change_shares, OTHERS_PRIORITY = 8 };

int count_moved(const struct admission *admission, const struct schedule *schedule) {
  struct changes changes;
  int n = 0;
  changes_init(&changes, ROSTER_PATIENTS, admission->clinic, schedule, admission->plan);
  for (int i = 0; i < changes.n; i++) n += !admission->is_new[changes.list[i].person];
  changes_release(&changes);
  return n;
}

/* ---- care ---- */

/* What is unmet of the needs of newcomers, and of each of the others, in minutes, days and sessions
 * times priority. */
struct care {
  int64_t of_new;
  struct cost cost; /* of all */
};

static int64_t weigh(const struct clinic *clinic, const struct unmet *unmet) {
  int64_t missing = unmet->required - unmet->planned;
  int64_t priority = clinic->patients[unmet->patient].priority_milli;
  switch (unmet->kind) {
    case NEED_HOURS:
      return clinic->weight_milli[TERM_HOUR_SHORT] * missing * priority;
    case NEED_DAYS:
      return clinic->weight_milli[TERM_DAY_SHORT] * missing * 60 * priority;
    default:
      return clinic->weight_milli[TERM_SESSION_SHORT] * missing * 60 * priority;
  }
}

/* True if nothing is unmet of those who are not new, or of the offers, that was not unmet before,
 * at least as much. */
static bool others_keep_care(const struct admission *admission, const struct outcome *before,
                             const struct outcome *after) {
  for (int i = 0; i < after->n_unmet; i++) {
    const struct unmet *now = &after->unmet[i];
    bool of_new = now->patient != NONE && admission->is_new[now->patient];
    if (!of_new && outcome_short_of(before, now) < now->required - now->planned) return false;
  }
  return true;
}

static struct care care_of(const struct admission *admission, const struct schedule *schedule,
                           const struct outcome *outcome) {
  struct care care = {.cost = verify_cost(admission->clinic, schedule, admission->plan)};
  for (int i = 0; i < outcome->n_unmet; i++) {
    const struct unmet *unmet = &outcome->unmet[i];
    if (unmet->patient != NONE && admission->is_new[unmet->patient])
      care.of_new += weigh(admission->clinic, unmet);
  }
  return care;
}

/* ---- the task ---- */

static int least(int a, int b) {
  return a < b ? a : b;
}

static int sessions_of(const struct clinic *clinic, const struct schedule *plan,
                       const struct ints *own, const struct need *need) {
  int n = 0;
  for (int i = 0; i < own->n; i++) {
    int service = plan->sessions[own->list[i]].service;
    n += need->service != NONE ? service == need->service
                               : clinic->services[service].category == need->category;
  }
  return n;
}

/* Others ask for what they have, and for no more: moves are for the newcomers. */
static void ask_for_no_more(struct clinic *task, const struct schedule *plan, int patient,
                            const struct ints *own) {
  struct patient *who = &task->patients[patient];
  struct attended_week week = attended_week_of(task, plan, own);
  who->min_minutes = least(who->min_minutes, week.counted_minutes);
  who->min_days = least(who->min_days, week.n_days);
  who->needs = arena_copy(&task->arena, who->needs, (size_t)who->n_needs, sizeof *who->needs);
  for (int i = 0; i < who->n_needs; i++)
    who->needs[i].min_sessions =
        least(who->needs[i].min_sessions, sessions_of(task, plan, own, &who->needs[i]));
  who->priority_milli *= OTHERS_PRIORITY;
}

static struct clinic *open_clinic(const struct admission *admission) {
  const struct schedule *plan = admission->plan->schedule;
  struct clinic *task = clinic_variant(admission->clinic);
  struct roster roster;
  roster_init(&roster, ROSTER_PATIENTS, task, plan);
  for (int p = 0; p < task->n_patients; p++)
    if (!admission->is_new[p] && task->patients[p].takes_part)
      ask_for_no_more(task, plan, p, &roster.of[p]);
  for (int service = 0; service < task->n_services; service++) {
    int n = 0;
    for (int s = 0; s < plan->n_sessions; s++) n += plan->sessions[s].service == service;
    task->services[service].sessions_min = least(task->services[service].sessions_min, n);
  }
  roster_release(&roster);
  return task;
}

static int64_t least_care_weight(const struct clinic *clinic) {
  int64_t weight = 0;
  for (int term = 0; term < N_TERMS; term++)
    if (term_infos[term].is_care && clinic->weight_milli[term] > 0 &&
        (weight == 0 || clinic->weight_milli[term] < weight))
      weight = clinic->weight_milli[term];
  return weight;
}

/* ---- the search ---- */

struct best {
  struct schedule *schedule; /* NULL: none yet; owned */
  struct care care;
  int n_moved;
};

static bool is_better(const struct care *care, int n_moved, const struct best *best) {
  if (care->of_new != best->care.of_new) return care->of_new < best->care.of_new;
  if (n_moved != best->n_moved) return n_moved < best->n_moved;
  return care->cost.total < best->care.cost.total;
}

/* Takes the schedule if it is allowed and better; true if it moves few enough. */
static bool consider(const struct admission *admission, const struct outcome *before, int max_moves,
                     struct schedule *schedule, struct best *best) {
  int n_moved = count_moved(admission, schedule);
  bool few = n_moved <= max_moves;
  struct outcome outcome;
  outcome_measure(&outcome, admission->clinic, schedule);
  struct care care = care_of(admission, schedule, &outcome);
  struct breaches breaches = {0};
  if (few && verify_rules(admission->clinic, schedule, &breaches) &&
      others_keep_care(admission, before, &outcome) && is_better(&care, n_moved, best)) {
    schedule_free(best->schedule);
    *best = (struct best){schedule_copy(schedule), care, n_moved};
  }
  breaches_free(&breaches);
  outcome_release(&outcome);
  return few;
}

void move_some(const struct admission *admission, const struct plan_options *options, int max_moves,
               struct plan_result *result) {
  struct clinic *task = open_clinic(admission);
  struct outcome before, seated;
  outcome_measure(&before, admission->clinic, admission->plan->schedule);
  outcome_measure(&seated, admission->clinic, result->schedule);
  struct best best = {.care = care_of(admission, result->schedule, &seated)};
  struct plan_options wanted = *options;
  struct schedule *start = schedule_copy(result->schedule);
  wanted.start = start;
  int64_t care = least_care_weight(admission->clinic);
  bool few = false;
  for (int i = 0; i < N_SHARES && !few && !(options->stop && *options->stop); i++) {
    struct plan_result found;
    wanted.hold_milli = task->weight_milli[TERM_CHANGE] = care * change_shares[i] / 1000 + 1;
    plan_search(task, &wanted, &found);
    if (found.schedule) {
      mark_clinics_fixed(admission->clinic, found.schedule);
      few = consider(admission, &before, max_moves, found.schedule, &best);
    }
    result->seconds += found.seconds;
    plan_result_release(&found);
  }
  if (best.schedule) {
    schedule_free(result->schedule);
    result->schedule = best.schedule;
  }
  schedule_free(start);
  outcome_release(&seated);
  outcome_release(&before);
  clinic_free(task);
}
