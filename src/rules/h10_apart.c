/* H10: those who are kept apart.
 *
 *   for every session s, patients p, q of s:            (p, q) not in apart_patients
 *   for every session s, patient p, leader t of s:      (p, t) not in apart_therapists */
#include <stdlib.h>

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

const struct rule h10_apart = {
    .id = "H10",
    .title = "people kept apart",
    .check = check,
};
