#include "iopsched/repair.h"

#include <stdlib.h>

#include "freeze.h"
#include "iopsched/variant.h"
#include "repair_parts.h"
#include "repair_weights.h"

static void make_task(struct repair *repair) {
  clinic_free(repair->task);
  repair->task = clinic_variant(repair->facts);
  repair->hold_milli = set_repair_weights(repair->task);
  freeze_past(repair);
  repair->task->past_min = repair->from_min;
}

bool repair_init(struct repair *repair, const struct repair_wish *wish,
                 struct diagnostics *diagnostics) {
  int n_errors = diagnostics->n_errors;
  *repair = (struct repair){.plan = wish->plan, .from_min = wish->from_min};
  repair->facts = clinic_variant(wish->clinic);
  repair->start = schedule_copy(wish->plan->schedule);
  repair->undone = mem_new((size_t)wish->clinic->n_fixed, sizeof *repair->undone);
  for (int i = 0; i < wish->n_absences; i++) cut_absence(repair->facts, &wish->absences[i]);
  take_away_absent(repair->start, wish, diagnostics);
  if (!settle_past(repair, wish, diagnostics)) return false;
  relax_fixed(repair, wish, diagnostics);
  if (diagnostics->n_errors > n_errors) return false;
  make_task(repair);
  return true;
}

void repair_release(struct repair *repair) {
  schedule_free(repair->start);
  clinic_free(repair->task);
  clinic_free(repair->facts);
  free(repair->undone);
  *repair = (struct repair){0};
}

/* ---- fixed rows that cannot be held ---- */

/* The facts' row that one of the task stands for; NONE: a session of the past. */
static int row_of_facts(const struct repair *repair, int row) {
  int n_later = repair->task->n_fixed - row;
  int index = repair->facts->n_fixed - n_later;
  if (index < 0 || repair->task->fixed[row].start_min < repair->from_min) return NONE;
  return index;
}

/* Leaves out a row that could not be completed and that an absence took something from. */
static bool leave_out_one(struct repair *repair, const struct ints *stuck,
                          struct diagnostics *diagnostics) {
  for (int i = stuck->n - 1; i >= 0; i--) {
    int row = row_of_facts(repair, stuck->list[i]);
    if (row == NONE || !repair->undone[row]) continue;
    const struct fixed_session *fixed = &repair->facts->fixed[row];
    diagnose(diagnostics, SEVERITY_WARNING, "fixed.csv",
             fixed->lines.n > 0 ? fixed->lines.list[0] : 0, NULL,
             "cannot take place without who is absent: the row is left out");
    leave_out_fixed(repair, row);
    return true;
  }
  return false;
}

static void tell_stuck(const struct repair *repair, const struct ints *stuck,
                       struct diagnostics *diagnostics) {
  int n_told = 0;
  for (int i = 0; i < stuck->n; i++) {
    int row = row_of_facts(repair, stuck->list[i]);
    if (row == NONE) continue;
    const struct ints *lines = &repair->facts->fixed[row].lines;
    diagnose(diagnostics, SEVERITY_ERROR, "fixed.csv", lines->n > 0 ? lines->list[0] : 0, NULL,
             "no plan was found that completes this row");
    n_told++;
  }
  if (n_told == 0)
    diagnose(diagnostics, SEVERITY_ERROR, NULL, 0, NULL,
             "no plan was found that keeps the days before as they were");
}

/* ---- the search ---- */

void repair_search(struct repair *repair, struct plan_options options,
                   struct diagnostics *diagnostics, struct plan_result *result) {
  options.previous = repair->plan;
  options.start = repair->start;
  options.hold_milli = repair->hold_milli;
  options.without_bound = true;
  for (;;) {
    plan_search(repair->task, &options, result);
    if (result->schedule) break;
    bool again = leave_out_one(repair, &result->fixed_stuck, diagnostics);
    if (!again) tell_stuck(repair, &result->fixed_stuck, diagnostics);
    if (!again) return;
    plan_result_release(result);
    make_task(repair);
  }
  reunite(repair->facts, repair->plan->schedule, result->schedule);
  schedule_sort(result->schedule);
  schedule_name_sessions(repair->facts, result->schedule);
  mark_clinics_fixed(repair->facts, result->schedule);
}
