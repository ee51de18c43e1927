#include "freeze.h"

#include <stdlib.h>

#include "iopsched/roster.h"
#include "iopsched/variant.h"
#include "repair_parts.h"

static struct ints ascending(struct arena *arena, const struct ints *ints) {
  struct ints copy = {arena_copy(arena, ints->list, (size_t)ints->n, sizeof(int)), ints->n};
  ints_sort(copy.list, copy.n);
  return copy;
}

struct fixed_session fixed_as_held(struct arena *arena, const struct session *session) {
  return (struct fixed_session){.service = session->service,
                                .start_min = session->start_min,
                                .therapists = ascending(arena, &session->leaders),
                                .room = session->room,
                                .patients = ascending(arena, &session->patients)};
}

void hold_patients(struct clinic *variant, const struct schedule *schedule, int from_min,
                   const bool *who) {
  struct roster roster;
  roster_init(&roster, ROSTER_PATIENTS, variant, schedule);
  for (int p = 0; p < variant->n_patients; p++) {
    const struct ints *own = &roster.of[p];
    if (who && !who[p]) continue;
    struct window *attended = mem_new((size_t)own->n, sizeof *attended);
    for (int i = 0; i < own->n; i++) {
      const struct session *session = &schedule->sessions[own->list[i]];
      attended[i] = (struct window){session->start_min, session_end(variant, session)};
    }
    variant_keep_before(variant, &variant->patients[p].available, from_min, attended, own->n);
    free(attended);
  }
  roster_release(&roster);
}

/* Rows before from_min become the sessions that took place. */
static void fix_past(struct clinic *variant, const struct schedule *past, int from_min) {
  const struct fixed_session *rows = variant->fixed;
  int first = 0, n_rows = variant->n_fixed;
  while (first < n_rows && rows[first].start_min < from_min) first++;
  variant->n_fixed = past->n_sessions + n_rows - first;
  variant->fixed = arena_alloc(&variant->arena, (size_t)variant->n_fixed, sizeof *variant->fixed);
  for (int s = 0; s < past->n_sessions; s++)
    variant->fixed[s] = fixed_as_held(&variant->arena, &past->sessions[s]);
  for (int row = first; row < n_rows; row++)
    variant->fixed[past->n_sessions + row - first] = rows[row];
}

void hold_past(struct clinic *variant, const struct schedule *week, int from_min) {
  struct schedule past = {.sessions = week->sessions};
  while (past.n_sessions < week->n_sessions && week->sessions[past.n_sessions].start_min < from_min)
    past.n_sessions++;
  fix_past(variant, &past, from_min);
  hold_patients(variant, &past, from_min, NULL);
  for (int p = 0; p < variant->n_patients; p++)
    variant_keep_before(variant, &variant->patients[p].addable, from_min, NULL, 0);
}

void mark_clinics_fixed(const struct clinic *clinic, struct schedule *schedule) {
  for (int s = 0; s < schedule->n_sessions; s++) schedule->sessions[s].fixed = false;
  for (int row = 0; row < clinic->n_fixed; row++)
    for (int s = 0; s < schedule->n_sessions; s++) {
      struct session *session = &schedule->sessions[s];
      if (session->fixed || !session_carries_out(session, &clinic->fixed[row])) continue;
      session->fixed = true;
      break;
    }
}
