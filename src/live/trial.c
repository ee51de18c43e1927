#include "trial.h"

#include "hurdles.h"
#include "iopsched/verify.h"

static void add_patient(struct schedule *week, struct session *session, int patient) {
  struct ints *patients = &session->patients;
  int *more = arena_alloc(&week->arena, (size_t)patients->n + 1, sizeof *more);
  for (int i = 0; i < patients->n; i++) more[i] = patients->list[i];
  more[patients->n] = patient;
  *patients = (struct ints){more, patients->n + 1};
}

static bool apart_from_any(const struct clinic *clinic, int patient, const struct ints *others) {
  for (int i = 0; i < others->n; i++)
    if (clinic_apart_patients(clinic, patient, others->list[i])) return true;
  return false;
}

/* Fills the session up to min_size with the first who could come. */
static bool fill_up(const struct occupancy *occupancy, int patient, struct schedule *week,
                    struct session *session) {
  const struct clinic *clinic = occupancy->clinic;
  int wanted = clinic->services[session->service].min_size;
  if (patient != NONE) add_patient(week, session, patient);
  for (int p = 0; p < clinic->n_patients && session->patients.n < wanted; p++)
    if (p != patient && could_come(occupancy, patient, p, session->service, session->start_min) &&
        !apart_from_any(clinic, p, &session->patients))
      add_patient(week, session, p);
  return session->patients.n >= wanted;
}

/* Adds a session to the copy; false if its parts cannot be found. */
static bool add_session(const struct occupancy *occupancy, int patient, int service, int start_min,
                        struct schedule *week) {
  const struct service *what = &occupancy->clinic->services[service];
  struct session *sessions =
      arena_alloc(&week->arena, (size_t)week->n_sessions + 1, sizeof *sessions);
  for (int i = 0; i < week->n_sessions; i++) sessions[i] = week->sessions[i];
  struct session *added = &sessions[week->n_sessions];
  *added = (struct session){.service = service, .start_min = start_min, .room = NONE};
  int role, *leaders = arena_alloc(&week->arena, (size_t)what->leaders, sizeof *leaders);
  added->leaders = (struct ints){leaders, what->leaders};
  if (!what->telehealth) added->room = find_room(occupancy, service, start_min);
  if ((!what->telehealth && added->room == NONE) ||
      !find_leaders(occupancy, patient, service, start_min, leaders, &role) ||
      !fill_up(occupancy, patient, week, added))
    return false;
  week->sessions = sessions;
  week->n_sessions++;
  return true;
}

static enum trial judge(const struct occupancy *occupancy, const struct schedule *week,
                        struct arena *arena, const char **breach) {
  const struct clinic *clinic = occupancy->clinic;
  struct breaches breaches = {0};
  bool valid = verify_rules(clinic, week, &breaches);
  if (!valid) *breach = arena_strdup(arena, breaches.list[0].text);
  breaches_free(&breaches);
  if (!valid) return TRIAL_BROKEN;
  /* Without an earlier plan to compare with: what counts here is care against quality. */
  struct cost now = verify_cost(clinic, week, NULL);
  struct cost was = verify_cost(clinic, occupancy->schedule, NULL);
  return now.total < was.total ? TRIAL_BETTER : TRIAL_DEARER;
}

struct schedule *week_with_session(const struct occupancy *occupancy, int patient, int service,
                                   int start_min) {
  struct schedule *week = schedule_copy(occupancy->schedule);
  int joinable = patient == NONE ? NONE : find_joinable(occupancy, patient, service, start_min);
  if (joinable != NONE) {
    add_patient(week, &week->sessions[joinable], patient);
  } else if (!add_session(occupancy, patient, service, start_min, week)) {
    schedule_free(week);
    return NULL;
  }
  schedule_sort(week);
  schedule_name_sessions(occupancy->clinic, week);
  return week;
}

enum trial try_session(struct occupancy *occupancy, int patient, int service, int start_min,
                       struct arena *arena, const char **breach) {
  if (occupancy->trials_left <= 0) return TRIAL_NONE;
  occupancy->trials_left--;
  struct schedule *week = week_with_session(occupancy, patient, service, start_min);
  enum trial trial = week ? judge(occupancy, week, arena, breach) : TRIAL_NONE;
  schedule_free(week);
  return trial;
}
