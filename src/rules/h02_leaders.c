/* H2: a therapist is in at most one session at a time and only when available, notes time included;
 * each session has its number of distinct leaders, who fill its roles one each with a credential of
 * the role; hours in session stay within the day's and the week's maximum.
 *
 *   for every session s:            |leaders_s| = leaders, with a one-to-one map leaders_s -> roles
 *                                   that only uses qualified[service_s, role, t]
 *   for every therapist t, s of t:  [start_s, end_s + notes_s) within one window of available_t
 *   for every t, minute m:          |{s of t: start_s <= m < end_s + notes_s}| <= 1
 *   for every t, day d:             sum of minutes_s over s of t on d <= max_minutes_day_t
 *   for every t:                    sum of minutes_s over s of t <= max_minutes_week_t
 *
 * In the integer program, for every offering o and role group g, therapist t, moment m, day d:
 *
 *   sum over t of leads[o, g, t]  =  needed_g * n[o]
 *   sum of leads[t] over what t may lead, or write notes of, at m  <=  1
 *   sum of minutes * leads[t] over d, and over the week  <=  their maxima
 *   sum over t of runs[place, g, t]  <=  needed_g * open[place]     (parallel sessions told apart)
 */
#include <stdlib.h>

#include "clashes.h"
#include "iopsched/ilp_model.h"
#include "iopsched/matching.h"
#include "judge.h"
#include "modules.h"

struct roles {
  const struct clinic *clinic;
  int service;
  const int *leaders;
};

static bool fills_role(const void *data, int leader, int role) {
  const struct roles *roles = data;
  return clinic_qualified(roles->clinic, roles->service, role, roles->leaders[leader]);
}

/* True if the leaders can fill roles of the service, each another one. */
static bool roles_can_be_filled(const struct clinic *clinic, int service, const int *leaders,
                                int n_leaders) {
  struct roles roles = {clinic, service, leaders};
  struct matching matching = {n_leaders, clinic->services[service].leaders, fills_role, &roles};
  int *role_of = mem_new((size_t)n_leaders, sizeof *role_of);
  int n_filled = matching_solve(&matching, role_of);
  free(role_of);
  return n_filled == n_leaders;
}

static bool listed_before(const struct ints *list, int i) {
  for (int j = 0; j < i; j++)
    if (list->list[j] == list->list[i]) return true;
  return false;
}

/* Copies the leaders who are qualified, each once, to `able`; says who is not, or is there twice.
 * *n_distinct counts the different ones. */
static int sort_out_leaders(const struct judge *judge, int s, int *able, int *n_distinct) {
  const struct session *session = judged_session(judge, s);
  int n_able = 0;
  *n_distinct = 0;
  for (int i = 0; i < session->leaders.n; i++) {
    int therapist = session->leaders.list[i];
    const char *id = judge->clinic->therapists[therapist].id;
    if (listed_before(&session->leaders, i)) {
      judge_session(judge, s, "therapist '%s' is listed more than once", id)->therapist = therapist;
      continue;
    }
    ++*n_distinct;
    if (clinic_may_lead(judge->clinic, session->service, therapist))
      able[n_able++] = therapist;
    else
      judge_session(judge, s, "therapist '%s' has no credential of service '%s'", id,
                    judged_service(judge, s)->id)
          ->therapist = therapist;
  }
  return n_able;
}

static void check_leaders(const struct judge *judge, int s) {
  const struct service *service = judged_service(judge, s);
  int *able = mem_new((size_t)judged_session(judge, s)->leaders.n, sizeof *able);
  int n_distinct;
  int n_able = sort_out_leaders(judge, s, able, &n_distinct);
  if (n_distinct != service->leaders)
    judge_session(judge, s, "%s, %d needed", count_words(judge, n_distinct, "leader"),
                  service->leaders)
        ->mendable = n_distinct < service->leaders;
  bool one_role_each =
      n_able > service->leaders ||
      roles_can_be_filled(judge->clinic, judged_session(judge, s)->service, able, n_able);
  if (!one_role_each)
    judge_session(judge, s, "the leaders cannot fill the roles of service '%s', one each",
                  service->id);
  free(able);
}

static void check_presence(const struct judge *judge, int therapist, const struct ints *sessions) {
  const struct therapist *who = &judge->clinic->therapists[therapist];
  for (int i = 0; i < sessions->n; i++) {
    int s = sessions->list[i], notes = judged_service(judge, s)->notes_minutes;
    int start = judged_session(judge, s)->start_min, end = judged_end(judge, s);
    if (windows_cover(&who->available, start, end + notes)) continue;
    bool notes_only = windows_cover(&who->available, start, end);
    struct breach *breach =
        notes_only ? judge_session(judge, s,
                                   "therapist '%s' is not available for %d minutes of notes after "
                                   "%s",
                                   who->id, notes, time_words(judge, s))
                   : judge_session(judge, s, "therapist '%s' is not available on %s", who->id,
                                   time_words(judge, s));
    breach->therapist = therapist;
  }
}

static void check_overlaps(const struct judge *judge, int therapist, const struct ints *sessions) {
  struct clash_walk walk = {.sessions = sessions, .with_notes = true};
  int earlier, later;
  while (next_clash(judge->clinic, judge->schedule, &walk, &earlier, &later)) {
    int notes = judged_service(judge, earlier)->notes_minutes;
    struct breach *breach =
        judge_add(judge, "therapist '%s' is busy with %s until %s%s and leads %s from %s",
                  judge->clinic->therapists[therapist].id, session_words(judge, earlier),
                  clock_words(judge, judged_end(judge, earlier) + notes),
                  notes > 0 ? " (notes included)" : "", session_words(judge, later),
                  clock_words(judge, judged_session(judge, later)->start_min));
    breach->therapist = therapist;
    judge_involve(judge, breach, earlier);
    judge_involve(judge, breach, later);
  }
}

static void check_day_hours(const struct judge *judge, int therapist, const struct ints *sessions,
                            int day, int minutes) {
  const struct therapist *who = &judge->clinic->therapists[therapist];
  if (minutes <= who->max_minutes_day) return;
  struct breach *breach = judge_add(judge, "therapist '%s' leads %s on %s, at most %s allowed",
                                    who->id, hours_words(judge, minutes), day_names[day],
                                    hours_words(judge, who->max_minutes_day));
  breach->therapist = therapist;
  judge_involve_day(judge, breach, sessions, day);
}

static void check_hours(const struct judge *judge, int therapist, const struct ints *sessions) {
  const struct therapist *who = &judge->clinic->therapists[therapist];
  int on_day[N_DAYS] = {0}, in_week = 0;
  for (int i = 0; i < sessions->n; i++) {
    int minutes = judged_service(judge, sessions->list[i])->minutes;
    on_day[session_day(judged_session(judge, sessions->list[i]))] += minutes;
    in_week += minutes;
  }
  for (int day = 0; day < N_DAYS; day++)
    check_day_hours(judge, therapist, sessions, day, on_day[day]);
  if (in_week <= who->max_minutes_week) return;
  struct breach *breach =
      judge_add(judge, "therapist '%s' leads %s in the week, at most %s allowed", who->id,
                hours_words(judge, in_week), hours_words(judge, who->max_minutes_week));
  breach->therapist = therapist;
  judge_involve_all(judge, breach, sessions);
}

static void check(const struct clinic *clinic, const struct schedule *schedule,
                  struct breaches *breaches) {
  struct judge judge = {"H2", clinic, schedule, breaches};
  for (int s = 0; s < schedule->n_sessions; s++) check_leaders(&judge, s);
  struct roster roster;
  roster_init(&roster, ROSTER_THERAPISTS, clinic, schedule);
  for (int t = 0; t < roster.n; t++) {
    check_presence(&judge, t, &roster.of[t]);
    check_overlaps(&judge, t, &roster.of[t]);
    check_hours(&judge, t, &roster.of[t]);
  }
  roster_release(&roster);
}

static bool therapist_day_allowed(const struct clinic *clinic, int therapist,
                                  const struct busy_session *sessions, int n) {
  const struct therapist *who = &clinic->therapists[therapist];
  int minutes = 0, busy_until = 0;
  for (int i = 0; i < n; i++) {
    const struct service *service = &clinic->services[sessions[i].service];
    int start = sessions[i].start_min, end = start + service->minutes + service->notes_minutes;
    if (i > 0 && start < busy_until) return false;
    if (!windows_cover(&who->available, start, end)) return false;
    busy_until = end;
    minutes += service->minutes;
  }
  return minutes <= who->max_minutes_day;
}

static void add_group_rows(struct ilp *ilp, const struct ilp_offering *offering, int group,
                           int needed) {
  const char *label = ilp_group_label(ilp, offering->service, group);
  const char *time = ilp_time(ilp, offering->start_min);
  ilp_row(ilp, "H2.roles(%s,%s)", label, time);
  for (int i = 0; i < offering->n_leads; i++)
    if (offering->leads[i].group == group) ilp_add(ilp, offering->leads[i].column, 1);
  ilp_add(ilp, offering->sessions, -needed);
  ilp_equal(ilp, 0);
  for (int k = 0; k < offering->n_places; k++) {
    const struct ilp_place *place = &offering->places[k];
    ilp_row(ilp, "H2.roles(%s,%s,%s)", label, time, place->label);
    for (int i = 0; i < place->n_leads; i++)
      if (place->leads[i].group == group) ilp_add(ilp, place->leads[i].column, 1);
    ilp_add(ilp, place->open, -needed);
    ilp_at_most(ilp, 0);
  }
}

/* Minutes of the duties [from, to) within `most`, unless there is no time for more. */
static void add_minutes_row(struct ilp *ilp, const struct ilp_uses *duties,
                            const struct ilp_span *spans, int from, int to, int most) {
  if (ilp_covered(spans + from, to - from, 0, INT_MAX) > most)
    for (int i = from; i < to; i++)
      ilp_add(ilp, spans[i].column,
              ilp_service(ilp, &ilp->model->offerings[duties->list[i].offering])->minutes);
  ilp_at_most(ilp, most);
}

static void add_hours_rows(struct ilp *ilp, int therapist) {
  const struct therapist *who = &ilp->clinic->therapists[therapist];
  const struct ilp_uses *duties = &ilp->model->duties[therapist];
  const char *label = ilp->model->labels.therapists[therapist];
  struct ilp_span *spans = ilp_spans(ilp, duties, false);
  for (int from = 0, to; from < duties->n; from = to) {
    int day = day_of(spans[from].start_min);
    for (to = from; to < duties->n && day_of(spans[to].start_min) == day; to++) continue;
    ilp_row(ilp, "H2.day(%s,%s)", label, day_names[day]);
    add_minutes_row(ilp, duties, spans, from, to, who->max_minutes_day);
  }
  ilp_row(ilp, "H2.week(%s)", label);
  add_minutes_row(ilp, duties, spans, 0, duties->n, who->max_minutes_week);
  free(spans);
}

static void rows(struct ilp *ilp) {
  for (int i = 0; i < ilp->model->n_offerings; i++) {
    const struct ilp_offering *offering = &ilp->model->offerings[i];
    const struct ilp_roles *groups = &ilp->model->roles[offering->service];
    for (int group = 0; group < groups->n_groups; group++)
      add_group_rows(ilp, offering, group, groups->needed[group]);
  }
  for (int t = 0; t < ilp->clinic->n_therapists; t++) {
    struct ilp_span *spans = ilp_spans(ilp, &ilp->model->duties[t], true);
    ilp_clique_rows(ilp, spans, ilp->model->duties[t].n, "H2", ilp->model->labels.therapists[t], 1,
                    NONE);
    free(spans);
    add_hours_rows(ilp, t);
  }
}

const struct rule h02_leaders = {
    .id = "H2",
    .title = "leaders",
    .check = check,
    .rows = rows,
    .therapist_day_allowed = therapist_day_allowed,
};
