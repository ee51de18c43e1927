/* The days before the repair: they stay, less what absences take away. */
#include <string.h>

#include "freeze.h"
#include "iopsched/verify.h"
#include "repair_parts.h"

/* Sessions are sorted by start. */
static int n_past(const struct repair *repair) {
  int n = 0;
  while (n < repair->start->n_sessions && repair->start->sessions[n].start_min < repair->from_min)
    n++;
  return n;
}

/* ---- what cannot stand ---- */

/* Takes away what breaks a rule for lack of those who are absent; false if that is not why. */
static bool give_way(struct repair *repair, const struct breach *breach,
                     struct diagnostics *diagnostics) {
  struct schedule *start = repair->start;
  if (!breach->mendable) return false;
  if (strcmp(breach->rule, "H4") == 0 && breach->session != NONE) {
    diagnose(diagnostics, SEVERITY_WARNING, NULL, 0, NULL, "does not count as held: %s",
             breach->text);
    drop_session(start, breach->session);
    return true;
  }
  if (strcmp(breach->rule, "H6") != 0 || breach->patient == NONE) return false;
  diagnose(diagnostics, SEVERITY_WARNING, NULL, 0, NULL, "that day does not count as attended: %s",
           breach->text);
  for (int i = 0; i < breach->sessions.n; i++)
    drop_patient(&start->sessions[breach->sessions.list[i]], breach->patient);
  for (int s = start->n_sessions - 1; s >= 0; s--)
    if (start->sessions[s].patients.n == 0) drop_session(start, s);
  return true;
}

static bool is_about_past(const struct repair_wish *wish) {
  for (int i = 0; i < wish->n_absences; i++)
    if (wish->absences[i].when.start_min < wish->from_min) return true;
  return false;
}

static void tell_broken(const struct breaches *breaches, int from_min,
                        struct diagnostics *diagnostics) {
  for (int i = 0; i < breaches->n; i++)
    diagnose(diagnostics, SEVERITY_ERROR, "sessions.csv", 0, NULL,
             "the days before %s break %s and cannot stay: %s", day_names[day_of(from_min)],
             breaches->list[i].rule, breaches->list[i].text);
}

bool settle_past(struct repair *repair, const struct repair_wish *wish,
                 struct diagnostics *diagnostics) {
  struct clinic unfixed = *repair->facts; /* rows of the past are looked at one by one */
  unfixed.n_fixed = 0;
  for (;;) {
    struct schedule past = {.sessions = repair->start->sessions, .n_sessions = n_past(repair)};
    struct breaches breaches = {0};
    bool sound = verify_rules(&unfixed, &past, &breaches), gave_way = false;
    for (int i = 0; i < breaches.n && !gave_way && is_about_past(wish); i++)
      gave_way = give_way(repair, &breaches.list[i], diagnostics);
    if (!sound && !gave_way) tell_broken(&breaches, repair->from_min, diagnostics);
    breaches_free(&breaches);
    if (!gave_way) return sound;
  }
}

/* ---- what stays ---- */

void freeze_past(struct repair *repair) {
  hold_past(repair->task, repair->start, repair->from_min);
}
