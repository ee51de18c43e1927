/* What an absence takes away: hours, seats in sessions, names in fixed rows. */

#include "iopsched/variant.h"
#include "repair_parts.h"

static struct windows *windows_of(struct clinic *clinic, const struct absence *absence) {
  switch (absence->kind) {
    case ROSTER_PATIENTS:
      return &clinic->patients[absence->who].available;
    case ROSTER_THERAPISTS:
      return &clinic->therapists[absence->who].available;
    default:
      return &clinic->rooms[absence->who].available;
  }
}

static struct windows *addable_of(struct clinic *clinic, const struct absence *absence) {
  switch (absence->kind) {
    case ROSTER_PATIENTS:
      return &clinic->patients[absence->who].addable;
    case ROSTER_THERAPISTS:
      return &clinic->therapists[absence->who].addable;
    default:
      return &clinic->rooms[absence->who].addable;
  }
}

void cut_absence(struct clinic *facts, const struct absence *absence) {
  variant_cut(facts, windows_of(facts, absence), absence->when);
  variant_cut(facts, addable_of(facts, absence), absence->when);
}

/* At that time a session from start_min would be in the way of the absence. */
static bool overlaps(const struct clinic *clinic, const struct absence *absence, int service,
                     int start_min) {
  const struct service *what = &clinic->services[service];
  int notes = absence->kind == ROSTER_THERAPISTS ? what->notes_minutes : 0;
  return start_min < absence->when.end_min &&
         absence->when.start_min < start_min + what->minutes + notes;
}

bool absence_hits(const struct clinic *clinic, const struct absence *absence,
                  const struct session *session) {
  if (!overlaps(clinic, absence, session->service, session->start_min)) return false;
  if (absence->kind == ROSTER_ROOMS) return session->room == absence->who;
  return ints_contain_unsorted(
      absence->kind == ROSTER_PATIENTS ? &session->patients : &session->leaders, absence->who);
}

/* ---- the plan ---- */

void drop_patient(struct session *session, int patient) {
  int n = 0;
  for (int i = 0; i < session->patients.n; i++)
    if (session->patients.list[i] != patient)
      session->patients.list[n++] = session->patients.list[i];
  session->patients.n = n;
}

void drop_session(struct schedule *plan, int session) {
  plan->n_sessions--;
  for (int i = session; i < plan->n_sessions; i++) plan->sessions[i] = plan->sessions[i + 1];
}

/* Whoever misses one session of a closed group is out of it for the week: all or none. */
static void leave_closed(const struct clinic *clinic, struct schedule *plan, int patient,
                         int service, struct diagnostics *diagnostics) {
  if (!clinic->services[service].closed) return;
  bool was_in_more = false;
  for (int s = 0; s < plan->n_sessions; s++) {
    struct session *session = &plan->sessions[s];
    if (session->service != service || !ints_contain_unsorted(&session->patients, patient))
      continue;
    drop_patient(session, patient);
    was_in_more = true;
  }
  if (was_in_more)
    diagnose(diagnostics, SEVERITY_WARNING, NULL, 0, NULL,
             "'%s' misses a session of '%s', a closed group, and is out of it for the week",
             clinic->patients[patient].id, clinic->services[service].id);
}

static void take_patient_away(const struct clinic *clinic, struct schedule *plan,
                              const struct absence *absence, struct diagnostics *diagnostics) {
  for (int s = 0; s < plan->n_sessions; s++) {
    if (!absence_hits(clinic, absence, &plan->sessions[s])) continue;
    drop_patient(&plan->sessions[s], absence->who);
    leave_closed(clinic, plan, absence->who, plan->sessions[s].service, diagnostics);
  }
}

void take_away_absent(struct schedule *plan, const struct repair_wish *wish,
                      struct diagnostics *diagnostics) {
  for (int i = 0; i < wish->n_absences; i++) {
    const struct absence *absence = &wish->absences[i];
    if (absence->kind == ROSTER_PATIENTS) {
      take_patient_away(wish->clinic, plan, absence, diagnostics);
      continue;
    }
    for (int s = plan->n_sessions - 1; s >= 0; s--)
      if (plan->sessions[s].start_min < wish->from_min &&
          absence_hits(wish->clinic, absence, &plan->sessions[s]))
        drop_session(plan, s);
  }
  for (int s = plan->n_sessions - 1; s >= 0; s--)
    if (plan->sessions[s].patients.n == 0) drop_session(plan, s);
}

/* ---- fixed rows ---- */

bool any_carries_out(const struct fixed_session *row, const struct schedule *plan) {
  for (int s = 0; s < plan->n_sessions; s++)
    if (session_carries_out(&plan->sessions[s], row)) return true;
  return false;
}

static void take_out(struct clinic *facts, struct ints *list, int value) {
  struct ints left = {arena_alloc(&facts->arena, (size_t)list->n, sizeof(int)), 0};
  for (int i = 0; i < list->n; i++)
    if (list->list[i] != value) left.list[left.n++] = list->list[i];
  *list = left;
}

static int first_line(const struct fixed_session *row) {
  return row->lines.n > 0 ? row->lines.list[0] : 0;
}

bool take_off_row(struct clinic *facts, int index, const struct absence *absence) {
  struct fixed_session *row = &facts->fixed[index];
  if (!overlaps(facts, absence, row->service, row->start_min)) return false;
  struct ints *names = absence->kind == ROSTER_PATIENTS ? &row->patients : &row->therapists;
  bool named =
      absence->kind == ROSTER_ROOMS ? row->room == absence->who : ints_contain(names, absence->who);
  if (!named) return false;
  if (absence->kind == ROSTER_ROOMS)
    row->room = NONE;
  else
    take_out(facts, names, absence->who);
  return true;
}

/* Takes the absent one off the row; true if that leaves nothing of it. */
static bool relax_row(struct repair *repair, int index, const struct absence *absence,
                      struct diagnostics *diagnostics) {
  struct clinic *facts = repair->facts;
  const struct fixed_session *row = &facts->fixed[index];
  if (!take_off_row(facts, index, absence)) return false;
  repair->undone[index] = true;
  bool alone =
      absence->kind == ROSTER_PATIENTS && facts->services[row->service].format != FORMAT_GROUP;
  diagnose(diagnostics, SEVERITY_WARNING, "fixed.csv", first_line(row), NULL,
           alone ? "'%s' is absent: the row is left out" : "holds without '%s', who is absent",
           absence_id(facts, absence));
  return alone;
}

void leave_out_fixed(struct repair *repair, int row) {
  struct clinic *facts = repair->facts;
  facts->n_fixed--;
  for (int i = row; i < facts->n_fixed; i++) {
    facts->fixed[i] = facts->fixed[i + 1];
    repair->undone[i] = repair->undone[i + 1];
  }
}

/* A row of the past that the plan held. */
static bool past_row_is_gone(const struct repair *repair, const struct fixed_session *row,
                             struct diagnostics *diagnostics) {
  if (any_carries_out(row, repair->start)) return false;
  if (any_carries_out(row, repair->plan->schedule))
    diagnose(diagnostics, SEVERITY_WARNING, "fixed.csv", first_line(row), NULL,
             "did not take place: the row is left out");
  else
    diagnose(diagnostics, SEVERITY_ERROR, "fixed.csv", first_line(row), NULL,
             "the plan does not hold this row, whose day is to stay as it is");
  return true;
}

/* True if the plan carried the row out by a session that the absence takes something from: then,
 * whomever the row names, it may have to give way. */
static bool hits_row(const struct repair *repair, int row, const struct absence *absence) {
  const struct schedule *plan = repair->plan->schedule;
  for (int s = 0; s < plan->n_sessions; s++)
    if (session_carries_out(&plan->sessions[s], &repair->facts->fixed[row]) &&
        absence_hits(repair->facts, absence, &plan->sessions[s]))
      return true;
  return false;
}

void relax_fixed(struct repair *repair, const struct repair_wish *wish,
                 struct diagnostics *diagnostics) {
  struct clinic *facts = repair->facts;
  for (int row = facts->n_fixed - 1; row >= 0; row--) {
    bool gone = false;
    if (facts->fixed[row].start_min < wish->from_min)
      gone = past_row_is_gone(repair, &facts->fixed[row], diagnostics);
    else
      for (int i = 0; i < wish->n_absences && !gone; i++) {
        repair->undone[row] |= hits_row(repair, row, &wish->absences[i]);
        gone = relax_row(repair, row, &wish->absences[i], diagnostics);
      }
    if (gone) leave_out_fixed(repair, row);
  }
}
