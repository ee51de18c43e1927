/* H1: a patient is in at most one session at a time, only when available, within opening hours and
 * not on an exception, from admission to discharge.
 *
 *   for every session s:             [start_s, end_s) within one window of opening
 *   for every patient p, s of p:     [start_s, end_s) within one window of available_p
 *   for every patient p, minute m:   |{s of p: start_s <= m < end_s}| <= 1
 *
 * available_p is cut to the opening hours, the dates of p and the exceptions by the loader.
 *
 * In the integer program, for every patient p and moment m of a day:
 *
 *   sum of x over what p may attend at m  <=  here[p, m], or day[p, d] where idle time costs
 * nothing
 *
 * in both cases a largest set of attendances that share a moment makes a row. What p may not attend
 * is no column. */
#include <stdlib.h>

#include "clashes.h"
#include "iopsched/ilp_model.h"
#include "judge.h"
#include "modules.h"

static bool is_open(const struct judge *judge, int s) {
  return windows_cover(&judge->clinic->opening, judged_session(judge, s)->start_min,
                       judged_end(judge, s));
}

static void check_opening(const struct judge *judge, int s) {
  if (!is_open(judge, s))
    judge_session(judge, s, "%s is outside opening hours", time_words(judge, s));
}

static void add_absence(const struct judge *judge, int patient, int s) {
  const struct patient *who = &judge->clinic->patients[patient];
  int day = session_day(judged_session(judge, s));
  bool in_treatment = who->takes_part && day >= who->first_day && day <= who->last_day;
  struct breach *breach =
      judge_session(judge, s, "patient '%s' is not %s on %s", who->id,
                    in_treatment ? "available" : "in treatment", time_words(judge, s));
  breach->patient = patient;
}

static void check_presence(const struct judge *judge, int patient, const struct ints *sessions) {
  const struct patient *who = &judge->clinic->patients[patient];
  for (int i = 0; i < sessions->n; i++) {
    int s = sessions->list[i], start = judged_session(judge, s)->start_min;
    bool present = who->takes_part && windows_cover(&who->available, start, judged_end(judge, s));
    /* A session out of hours is said once, not again for every patient in it. */
    bool said = who->takes_part && !is_open(judge, s);
    if (!present && !said) add_absence(judge, patient, s);
  }
}

static void check_overlaps(const struct judge *judge, int patient, const struct ints *sessions) {
  struct clash_walk walk = {.sessions = sessions};
  int earlier, later;
  while (next_clash(judge->clinic, judge->schedule, &walk, &earlier, &later)) {
    struct breach *breach =
        judge_add(judge, "patient '%s' is in %s until %s and in %s from %s",
                  judge->clinic->patients[patient].id, session_words(judge, earlier),
                  clock_words(judge, judged_end(judge, earlier)), session_words(judge, later),
                  clock_words(judge, judged_session(judge, later)->start_min));
    breach->patient = patient;
    judge_involve(judge, breach, earlier);
    judge_involve(judge, breach, later);
  }
}

static void check_listed_once(const struct judge *judge) {
  int *seen_in = mem_new((size_t)judge->clinic->n_patients, sizeof *seen_in); /* session + 1 */
  for (int s = 0; s < judge->schedule->n_sessions; s++) {
    const struct ints *patients = &judged_session(judge, s)->patients;
    for (int i = 0; i < patients->n; i++) {
      int patient = patients->list[i];
      if (seen_in[patient] == s + 1)
        judge_session(judge, s, "patient '%s' is listed more than once",
                      judge->clinic->patients[patient].id)
            ->patient = patient;
      seen_in[patient] = s + 1;
    }
  }
  free(seen_in);
}

static void check(const struct clinic *clinic, const struct schedule *schedule,
                  struct breaches *breaches) {
  struct judge judge = {"H1", clinic, schedule, breaches};
  for (int s = 0; s < schedule->n_sessions; s++) check_opening(&judge, s);
  check_listed_once(&judge);
  struct roster roster;
  roster_init(&roster, ROSTER_PATIENTS, clinic, schedule);
  for (int p = 0; p < roster.n; p++) {
    check_presence(&judge, p, &roster.of[p]);
    check_overlaps(&judge, p, &roster.of[p]);
  }
  roster_release(&roster);
}

/* What may be attended in the piece: its columns of being in session, or all attendances. */
static void add_piece(struct ilp *ilp, const struct ilp_day *day, const struct ilp_piece *piece,
                      const struct ilp_span *spans, int *from) {
  if (day->in_session) {
    if (piece->sits != NONE) ilp_add(ilp, piece->sits, 1);
    if (piece->calls != NONE) ilp_add(ilp, piece->calls, 1);
    return;
  }
  while (*from < day->visits.n && spans[*from].end_min <= piece->start_min) ++*from;
  for (int k = *from; k < day->visits.n && spans[k].start_min < piece->end_min; k++)
    if (spans[k].end_min > piece->start_min) ilp_add(ilp, spans[k].column, 1);
}

static void add_day_rows(struct ilp *ilp, const struct ilp_day *day) {
  const char *label = ilp->model->labels.patients[day->patient];
  struct ilp_span *spans = ilp_spans(ilp, &day->visits, false);
  if (day->n_pieces == 0) ilp_clique_rows(ilp, spans, day->visits.n, "H1", label, 1, day->attended);
  for (int i = 0, from = 0; i < day->n_pieces; i++) {
    const struct ilp_piece *piece = &day->pieces[i];
    ilp_row(ilp, "H1(%s,%s)", label, ilp_time(ilp, piece->start_min));
    add_piece(ilp, day, piece, spans, &from);
    ilp_add(ilp, day->idles ? piece->here : day->attended, -1);
    ilp_at_most(ilp, 0);
  }
  free(spans);
}

/* Sessions that last beyond midnight meet those of the next day, where hours run round the clock.
 */
static void add_midnight_rows(struct ilp *ilp, int patient) {
  const struct ilp_uses *visits = &ilp->model->visits[patient];
  struct ilp_span *spans = ilp_spans(ilp, visits, false);
  struct ilp_sweep sweep;
  ilp_sweep_begin(&sweep, spans, visits->n);
  while (ilp_sweep_next(&sweep)) {
    int first = day_of(spans[sweep.active[0]].start_min);
    if (day_of(spans[sweep.active[sweep.n_active - 1]].start_min) == first) continue;
    ilp_row(ilp, "H1.night(%s,%s)", ilp->model->labels.patients[patient],
            ilp_time(ilp, sweep.at_min));
    for (int i = 0; i < sweep.n_active; i++) ilp_add(ilp, spans[sweep.active[i]].column, 1);
    ilp_at_most(ilp, 1);
  }
  ilp_sweep_end(&sweep);
  free(spans);
}

static void rows(struct ilp *ilp) {
  for (int d = 0; d < ilp->model->n_days; d++) add_day_rows(ilp, &ilp->model->days[d]);
  for (int p = 0; p < ilp->clinic->n_patients; p++) add_midnight_rows(ilp, p);
}

const struct rule h01_patient_time = {
    .id = "H1",
    .title = "a patient's time",
    .check = check,
    .rows = rows,
};
