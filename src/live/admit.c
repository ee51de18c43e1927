#include "iopsched/admit.h"

#include <stdlib.h>

#include "admit_parts.h"
#include "freeze.h"
#include "iopsched/outcome.h"
#include "iopsched/variant.h"
#include "iopsched/verify.h"
#include "repair_parts.h"

/* ---- who is new ---- */

static bool plan_can_stand(const struct clinic *clinic, const struct schedule *plan,
                           struct diagnostics *diagnostics) {
  struct breaches breaches = {0};
  bool stands = true;
  verify_rules(clinic, plan, &breaches);
  for (int i = 0; i < breaches.n; i++) {
    if (breaches.list[i].mendable) continue;
    diagnose(diagnostics, SEVERITY_ERROR, "sessions.csv", 0, NULL, "the plan breaks %s: %s",
             breaches.list[i].rule, breaches.list[i].text);
    stands = false;
  }
  breaches_free(&breaches);
  return stands;
}

bool admission_init(struct admission *admission, const struct clinic *clinic,
                    const struct previous *plan, struct diagnostics *diagnostics) {
  *admission = (struct admission){.clinic = clinic, .plan = plan};
  admission->is_new = mem_new((size_t)clinic->n_patients, sizeof *admission->is_new);
  for (int p = 0; p < clinic->n_patients; p++) {
    admission->is_new[p] = clinic->patients[p].takes_part && !plan->was_in[p];
    admission->n_new += admission->is_new[p];
  }
  return plan_can_stand(clinic, plan->schedule, diagnostics);
}

void admission_release(struct admission *admission) {
  free(admission->is_new);
  *admission = (struct admission){0};
}

/* ---- moving nobody ---- */

static int compare_fixed(const void *a, const void *b) {
  const struct fixed_session *x = a, *y = b;
  if (x->start_min != y->start_min) return x->start_min < y->start_min ? -1 : 1;
  return (x->service > y->service) - (x->service < y->service);
}

static bool is_carried_out(const struct fixed_session *row, const struct schedule *plan,
                           bool *taken) {
  for (int s = 0; s < plan->n_sessions; s++)
    if (!taken[s] && session_carries_out(&plan->sessions[s], row)) return taken[s] = true;
  return false;
}

/* The plan's sessions, and rows of the clinic that it does not hold: about newcomers. */
static void fix_plan(struct clinic *task, const struct clinic *clinic,
                     const struct schedule *plan) {
  bool *taken = mem_new((size_t)plan->n_sessions, sizeof *taken);
  size_t most = (size_t)plan->n_sessions + (size_t)clinic->n_fixed;
  task->fixed = arena_alloc(&task->arena, most, sizeof *task->fixed);
  task->n_fixed = 0;
  for (int s = 0; s < plan->n_sessions; s++)
    task->fixed[task->n_fixed++] = fixed_as_held(&task->arena, &plan->sessions[s]);
  for (int row = 0; row < clinic->n_fixed; row++)
    if (!is_carried_out(&clinic->fixed[row], plan, taken))
      task->fixed[task->n_fixed++] = clinic->fixed[row];
  if (task->n_fixed > 1)
    qsort(task->fixed, (size_t)task->n_fixed, sizeof *task->fixed, compare_fixed);
  free(taken);
}

struct clinic *held_clinic(const struct clinic *clinic, const struct schedule *plan,
                           const bool *is_new) {
  struct clinic *task = clinic_variant(clinic);
  bool *stays = mem_new((size_t)clinic->n_patients, sizeof *stays);
  for (int p = 0; p < clinic->n_patients; p++) stays[p] = !is_new[p];
  fix_plan(task, clinic, plan);
  hold_patients(task, plan, WEEK_MIN, stays);
  free(stays);
  return task;
}

static void tell_stuck(const struct clinic *task, const struct ints *stuck,
                       struct diagnostics *diagnostics) {
  struct arena arena = {0};
  const char *where = "";
  if (stuck->n > 0) {
    const struct fixed_session *row = &task->fixed[stuck->list[0]];
    int minute = row->start_min % DAY_MIN;
    where = arena_printf(&arena, ": '%s' on %s at %02d:%02d", task->services[row->service].id,
                         day_names[day_of(row->start_min)], minute / 60, minute % 60);
  }
  diagnose(diagnostics, SEVERITY_ERROR, "sessions.csv", 0, NULL,
           "no way was found to complete the plan as it stands%s", where);
  arena_free(&arena);
}

/* ---- what became of it ---- */

static void count_outcome(struct admission *admission, const struct schedule *schedule) {
  const struct clinic *clinic = admission->clinic;
  bool *lacks = mem_new((size_t)clinic->n_patients, sizeof *lacks);
  struct outcome outcome;
  outcome_measure(&outcome, clinic, schedule);
  admission->n_unseated = 0;
  for (int i = 0; i < outcome.n_unmet; i++) {
    int patient = outcome.unmet[i].patient;
    if (patient == NONE || !admission->is_new[patient] || lacks[patient]) continue;
    lacks[patient] = true;
    admission->n_unseated++;
  }
  admission->n_moved = count_moved(admission, schedule);
  outcome_release(&outcome);
  free(lacks);
}

void admission_search(struct admission *admission, struct plan_options options, int max_moves,
                      struct diagnostics *diagnostics, struct plan_result *result) {
  struct clinic *task =
      held_clinic(admission->clinic, admission->plan->schedule, admission->is_new);
  options.previous = admission->plan;
  options.start = admission->plan->schedule;
  options.without_bound = true;
  plan_search(task, &options, result);
  if (!result->schedule) {
    tell_stuck(task, &result->fixed_stuck, diagnostics);
  } else {
    mark_clinics_fixed(admission->clinic, result->schedule);
    count_outcome(admission, result->schedule);
    if (admission->n_unseated > 0 && max_moves > 0)
      move_some(admission, &options, max_moves, result);
    count_outcome(admission, result->schedule);
  }
  clinic_free(task);
}
