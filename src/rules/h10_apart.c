/* H10: those who are kept apart.
 *
 *   for every session s, patients p, q of s:            (p, q) not in apart_patients
 *   for every session s, patient p, leader t of s:      (p, t) not in apart_therapists
 *
 * In the integer program, for every group offering o, with A_p the leaders p is kept apart from:
 *
 *   sum of x over patients all kept apart from each other  <=  n[o]
 *   sum over t in A_p of leads[o, g, t] + needed_g * x[p, o]  <=  needed_g * n[o]
 *
 * the same with in, runs and open for each place where parallel sessions are told apart
 * (src/ilp/places.c says when these rows alone are enough). In individual sessions whoever is kept
 * apart from a leader has no pairing with him (src/ilp/pairings.c). */
#include <stdlib.h>

#include "iopsched/ilp_model.h"
#include "judge.h"
#include "modules.h"

/* present: [n_patients], session + 1 in which the patient was last seen. */
static void check_patients(const struct judge *judge, int s, int patient, const int *present) {
  const struct ints *apart = &judge->clinic->patients[patient].apart_patients;
  for (int i = 0; i < apart->n; i++) {
    int other = apart->list[i];
    if (other < patient || present[other] != s + 1) continue; /* each pair once */
    judge_session(judge, s, "patients '%s' and '%s' are to be kept apart",
                  judge->clinic->patients[patient].id, judge->clinic->patients[other].id)
        ->patient = patient;
  }
}

static void check_leaders(const struct judge *judge, int s, int patient) {
  const struct ints *leaders = &judged_session(judge, s)->leaders;
  for (int i = 0; i < leaders->n; i++) {
    if (!clinic_apart_therapist(judge->clinic, patient, leaders->list[i])) continue;
    struct breach *breach = judge_session(
        judge, s, "patient '%s' is to be kept apart from therapist '%s'",
        judge->clinic->patients[patient].id, judge->clinic->therapists[leaders->list[i]].id);
    breach->patient = patient;
    breach->therapist = leaders->list[i];
  }
}

static void check(const struct clinic *clinic, const struct schedule *schedule,
                  struct breaches *breaches) {
  struct judge judge = {"H10", clinic, schedule, breaches};
  int *present = mem_new((size_t)clinic->n_patients, sizeof *present);
  for (int s = 0; s < schedule->n_sessions; s++) {
    const struct ints *patients = &schedule->sessions[s].patients;
    for (int i = 0; i < patients->n; i++) present[patients->list[i]] = s + 1;
    for (int i = 0; i < patients->n; i++) {
      check_patients(&judge, s, patients->list[i], present);
      check_leaders(&judge, s, patients->list[i]);
    }
  }
  free(present);
}

/* sum of some columns <= n[o] or open[place]. */
static void add_clique_row(struct ilp *ilp, const struct ilp_offering *offering,
                           const struct ilp_place *place, const struct ints *clique, int number) {
  const char *label = ilp->model->labels.services[offering->service];
  const char *time = ilp_time(ilp, offering->start_min);
  if (place)
    ilp_row(ilp, "H10(%s,%s,%s,%d)", label, time, place->label, number);
  else
    ilp_row(ilp, "H10(%s,%s,%d)", label, time, number);
  for (int i = 0; i < clique->n; i++) {
    const struct ilp_seat *seat = &offering->seats[clique->list[i]];
    ilp_add(ilp, place ? ilp_named_column(place, seat->patient) : seat->column, 1);
  }
  ilp_add(ilp, place ? place->open : offering->sessions, -1);
  ilp_at_most(ilp, 0);
}

static void add_leader_row(struct ilp *ilp, const struct ilp_offering *offering,
                           const struct ilp_place *place, int patient, int group) {
  const struct ilp_lead *leads = place ? place->leads : offering->leads;
  int n_leads = place ? place->n_leads : offering->n_leads, n_apart = 0;
  int needed = ilp->model->roles[offering->service].needed[group];
  ilp_row(ilp, "H10.led(%s,%s,%s%s%s)", ilp->model->labels.patients[patient],
          ilp_group_label(ilp, offering->service, group), ilp_time(ilp, offering->start_min),
          place ? "," : "", place ? place->label : "");
  for (int i = 0; i < n_leads; i++) {
    if (leads[i].group != group) continue;
    if (!clinic_apart_therapist(ilp->clinic, patient, leads[i].therapist)) continue;
    ilp_add(ilp, leads[i].column, 1);
    n_apart++;
  }
  if (n_apart > 0) {
    ilp_add(ilp, place ? ilp_named_column(place, patient) : ilp_attendance(offering, patient),
            needed);
    ilp_add(ilp, place ? place->open : offering->sessions, -needed);
  }
  ilp_at_most(ilp, 0);
}

/* place NULL: of the offering as a whole. */
static void add_rows(struct ilp *ilp, const struct ilp_offering *offering,
                     const struct ilp_place *place, const struct ilp_conflicts *conflicts) {
  int n_groups = ilp->model->roles[offering->service].n_groups;
  for (int i = 0; i < conflicts->n_cliques; i++)
    add_clique_row(ilp, offering, place, &conflicts->cliques[i], i + 1);
  for (int i = 0; i < offering->n_seats; i++) {
    int patient = offering->seats[i].patient;
    if (!ilp_has_apart_leader(ilp->clinic, offering, patient)) continue;
    for (int group = 0; group < n_groups; group++)
      add_leader_row(ilp, offering, place, patient, group);
  }
}

static void rows(struct ilp *ilp) {
  for (int i = 0; i < ilp->model->n_offerings; i++) {
    const struct ilp_offering *offering = &ilp->model->offerings[i];
    if (ilp_service(ilp, offering)->format != FORMAT_GROUP) continue;
    struct arena scratch = {0};
    struct ilp_conflicts conflicts = ilp_conflicts_of(&scratch, ilp->clinic, offering);
    if (offering->n_places == 0) add_rows(ilp, offering, NULL, &conflicts);
    for (int k = 0; k < offering->n_places; k++)
      add_rows(ilp, offering, &offering->places[k], &conflicts);
    arena_free(&scratch);
  }
}

const struct rule h10_apart = {
    .id = "H10",
    .title = "people kept apart",
    .check = check,
    .rows = rows,
};
