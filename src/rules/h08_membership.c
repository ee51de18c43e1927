/* H8: services are for those whom their tags and telehealth let in; who attends one session of a
 * closed service attends every session of it in the week.
 *
 *   for every session s, p of s:            eligible[p, service_s]
 *   for every closed service v, patient p:  |{s of p: service_s = v}| is 0 or |{s: service_s = v}|
 *
 * Two sessions of a closed service on one day therefore break H7 for whoever is in it. */
#include <stdlib.h>

#include "judge.h"
#include "modules.h"

static const char *reason_kept_out(const struct patient *who, const struct service *service) {
  if (who->telehealth == TELEHEALTH_NO && service->telehealth) return "never has telehealth";
  if (who->telehealth == TELEHEALTH_ONLY && !service->telehealth) return "never comes on site";
  return "has none of the tags the service asks for";
}

static void check_eligible(const struct judge *judge, int patient, const struct ints *sessions) {
  const struct patient *who = &judge->clinic->patients[patient];
  for (int i = 0; i < sessions->n; i++) {
    int s = sessions->list[i];
    if (clinic_eligible(judge->clinic, patient, judged_session(judge, s)->service)) continue;
    judge_session(judge, s, "patient '%s' is not eligible for service '%s': %s", who->id,
                  judged_service(judge, s)->id, reason_kept_out(who, judged_service(judge, s)))
        ->patient = patient;
  }
}

static void add_part_attended(const struct judge *judge, int patient, const struct ints *sessions,
                              int service, int n_attended, int n_sessions) {
  struct breach *breach =
      judge_add(judge, "patient '%s' attends %d of the %d sessions of closed service '%s'",
                judge->clinic->patients[patient].id, n_attended, n_sessions,
                judge->clinic->services[service].id);
  breach->patient = patient;
  breach->service = service;
  breach->mendable = true;
  for (int i = 0; i < sessions->n; i++)
    if (judged_session(judge, sessions->list[i])->service == service)
      judge_involve(judge, breach, sessions->list[i]);
}

/* n_sessions: [n_services] in the schedule. n_attended: [n_services], zero before and after. */
static void check_closed(const struct judge *judge, int patient, const struct ints *sessions,
                         const int *n_sessions, int *n_attended) {
  for (int i = 0; i < sessions->n; i++)
    n_attended[judged_session(judge, sessions->list[i])->service]++;
  for (int i = 0; i < sessions->n; i++) {
    int v = judged_session(judge, sessions->list[i])->service;
    if (judge->clinic->services[v].closed && n_attended[v] > 0 && n_attended[v] < n_sessions[v])
      add_part_attended(judge, patient, sessions, v, n_attended[v], n_sessions[v]);
    n_attended[v] = 0;
  }
}

static void check(const struct clinic *clinic, const struct schedule *schedule,
                  struct breaches *breaches) {
  struct judge judge = {"H8", clinic, schedule, breaches};
  int *n_sessions = mem_new((size_t)clinic->n_services, sizeof *n_sessions);
  int *n_attended = mem_new((size_t)clinic->n_services, sizeof *n_attended);
  for (int s = 0; s < schedule->n_sessions; s++) n_sessions[schedule->sessions[s].service]++;
  struct roster roster;
  roster_init(&roster, ROSTER_PATIENTS, clinic, schedule);
  for (int p = 0; p < roster.n; p++) {
    check_eligible(&judge, p, &roster.of[p]);
    check_closed(&judge, p, &roster.of[p], n_sessions, n_attended);
  }
  roster_release(&roster);
  free(n_sessions);
  free(n_attended);
}

const struct rule h08_membership = {
    .id = "H8",
    .title = "tags, telehealth and closed membership",
    .check = check,
};
