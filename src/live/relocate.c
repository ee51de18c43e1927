#include "relocate.h"

#include <stdlib.h>

#include "hurdles.h"
#include "iopsched/verify.h"

void relocation_init(struct relocation *relocation, const struct clinic *clinic,
                     struct schedule *schedule) {
  *relocation = (struct relocation){.clinic = clinic, .schedule = schedule};
  relocation->lifted = mem_new((size_t)schedule->n_sessions, sizeof(bool));
  occupancy_init(&relocation->occupancy, clinic, schedule);
}

void relocation_release(struct relocation *relocation) {
  occupancy_release(&relocation->occupancy);
  free(relocation->lifted);
  *relocation = (struct relocation){0};
}

bool session_is_own(const struct schedule *schedule, int session) {
  return schedule->sessions[session].patients.n == 1 && !schedule->sessions[session].fixed;
}

/* ---- changes, and back ---- */

static void save(struct relocation *relocation, int index) {
  if (relocation->n_saved == 2 * N_DAYS) die_internal("too many sessions in the air");
  relocation->saved[relocation->n_saved++] =
      (struct saved_session){index, relocation->schedule->sessions[index]};
}

/* Everything that the session keeps busy follows it. */
static void put(struct relocation *relocation, int index, const struct session *now) {
  struct session *session = &relocation->schedule->sessions[index];
  if (!relocation->lifted[index]) occupancy_set(&relocation->occupancy, session, false);
  *session = *now;
  relocation->lifted[index] = false;
  occupancy_set(&relocation->occupancy, session, true);
}

void relocation_keep(struct relocation *relocation) {
  relocation->n_saved = 0;
}

void relocation_undo(struct relocation *relocation) {
  while (relocation->n_saved > 0) {
    const struct saved_session *saved = &relocation->saved[--relocation->n_saved];
    put(relocation, saved->index, &saved->was);
  }
}

/* The session's patients with one more, or one less. */
static struct ints with_patient(struct relocation *relocation, const struct ints *patients,
                                int patient) {
  struct ints more = {
      arena_alloc(&relocation->schedule->arena, (size_t)patients->n + 1, sizeof *more.list), 0};
  int i = 0;
  while (i < patients->n && patients->list[i] < patient) more.list[more.n++] = patients->list[i++];
  more.list[more.n++] = patient;
  while (i < patients->n) more.list[more.n++] = patients->list[i++];
  return more;
}

static struct ints without_patient(struct relocation *relocation, const struct ints *patients,
                                   int patient) {
  struct ints less = {
      arena_alloc(&relocation->schedule->arena, (size_t)patients->n, sizeof *less.list), 0};
  for (int i = 0; i < patients->n; i++)
    if (patients->list[i] != patient) less.list[less.n++] = patients->list[i];
  return less;
}

void lift(struct relocation *relocation, int patient, int index) {
  struct session now = relocation->schedule->sessions[index];
  save(relocation, index);
  if (session_is_own(relocation->schedule, index)) {
    occupancy_set(&relocation->occupancy, &now, false);
    relocation->lifted[index] = true;
    return;
  }
  now.patients = without_patient(relocation, &now.patients, patient);
  put(relocation, index, &now);
}

/* ---- what the rules say ---- */

static bool share_leader(const struct session *a, const struct session *b) {
  for (int i = 0; i < a->leaders.n; i++)
    if (ints_contain_unsorted(&b->leaders, a->leaders.list[i])) return true;
  return false;
}

static bool is_about(const struct breach *breach, int patient, const struct session *session,
                     int index) {
  return breach->patient == patient || breach->session == index ||
         (breach->therapist != NONE && ints_contain_unsorted(&session->leaders, breach->therapist));
}

/* True if a session that the patient is in now, and the weeks of the patient and of its leaders,
 * which are all that changed, break no rule. Rooms and numbers of sessions were seen to. */
static bool is_allowed(const struct relocation *relocation, int patient, int index) {
  const struct schedule *schedule = relocation->schedule;
  const struct session *changed = &schedule->sessions[index];
  struct schedule part = {.sessions = mem_new((size_t)schedule->n_sessions, sizeof *part.sessions)};
  int place = NONE;
  for (int s = 0; s < schedule->n_sessions; s++) {
    const struct session *session = &schedule->sessions[s];
    if (s == index) place = part.n_sessions;
    if (!relocation->lifted[s] &&
        (ints_contain(&session->patients, patient) || share_leader(session, changed)))
      part.sessions[part.n_sessions++] = *session;
  }
  struct breaches breaches = {0};
  bool allowed = true;
  verify_rules(relocation->clinic, &part, &breaches);
  for (int i = 0; i < breaches.n; i++)
    if (is_about(&breaches.list[i], patient, changed, place)) allowed = false;
  breaches_free(&breaches);
  free(part.sessions);
  return allowed;
}

int days_attended(const struct relocation *relocation, int patient) {
  bool attended[N_DAYS] = {false};
  int n = 0;
  for (int s = 0; s < relocation->schedule->n_sessions; s++) {
    const struct session *session = &relocation->schedule->sessions[s];
    if (!relocation->lifted[s] && ints_contain(&session->patients, patient))
      attended[session_day(session)] = true;
  }
  for (int day = 0; day < N_DAYS; day++) n += attended[day];
  return n;
}

/* ---- where to ---- */

/* A place where a session could go. */
struct spot {
  int64_t cost; /* of the patient's day, in weight_milli x minutes x 1/60 hour */
  int start_min, room;
  int *leaders; /* the arena's */
};
struct spots {
  struct arena arena;
  struct spot list[DAY_MIN / 5]; /* [n] */
  int n;
};

static bool all_can_lead(const struct relocation *relocation, const struct ints *leaders,
                         int service, int start_min) {
  for (int i = 0; i < leaders->n; i++)
    if (!therapist_can_lead(&relocation->occupancy, leaders->list[i], service, start_min))
      return false;
  return true;
}

/* Those who lead it now if they can, else the patient's primary therapist, else anybody. */
static int *choose_leaders(const struct relocation *relocation, int patient,
                           const struct session *was, int start_min, struct arena *arena) {
  const struct clinic *clinic = relocation->clinic;
  int n = clinic->services[was->service].leaders, role;
  int *leaders = arena_alloc(arena, (size_t)n, sizeof *leaders);
  struct ints primary = {(int *)&clinic->patients[patient].primary, 1};
  const struct ints *wished = &was->leaders;
  if (!all_can_lead(relocation, wished, was->service, start_min)) wished = &primary;
  bool kept = wished == &was->leaders;
  if (kept || (n == 1 && clinic_primary_counts(clinic, patient, was->service) &&
               all_can_lead(relocation, wished, was->service, start_min))) {
    for (int i = 0; i < n; i++) leaders[i] = wished->list[i];
    return leaders;
  }
  bool found =
      find_leaders(&relocation->occupancy, patient, was->service, start_min, leaders, &role);
  return found ? leaders : NULL;
}

/* Minutes of the patient's day between first start and last end in which they are in no session,
 * with one more at start_min. */
static int idle_with(const struct relocation *relocation, int patient, int start_min, int minutes) {
  int first = start_min, last = start_min + minutes, busy = minutes;
  for (int s = 0; s < relocation->schedule->n_sessions; s++) {
    const struct session *session = &relocation->schedule->sessions[s];
    if (relocation->lifted[s] || session_day(session) != day_of(start_min) ||
        !ints_contain(&session->patients, patient))
      continue;
    int end = session_end(relocation->clinic, session);
    if (session->start_min < first) first = session->start_min;
    if (end > last) last = end;
    busy += end - session->start_min;
  }
  return last - first - busy;
}

static int64_t spot_cost(const struct relocation *relocation, int patient,
                         const struct session *was, int start_min, const int *leaders) {
  const struct clinic *clinic = relocation->clinic;
  const struct patient *who = &clinic->patients[patient];
  int minutes = clinic->services[was->service].minutes, not_preferred = 0;
  if (who->preferred.n > 0)
    not_preferred = minutes - windows_overlap(&who->preferred, start_min, start_min + minutes);
  struct ints leading = {(int *)(uintptr_t)leaders, clinic->services[was->service].leaders};
  bool not_primary = clinic_primary_counts(clinic, patient, was->service) &&
                     !ints_contain_unsorted(&leading, who->primary);
  return clinic->weight_milli[TERM_IDLE_HOUR] * idle_with(relocation, patient, start_min, minutes) +
         clinic->weight_milli[TERM_NOT_PREFERRED_HOUR] * not_preferred +
         clinic->weight_milli[TERM_NOT_PRIMARY] * 60 * not_primary;
}

static bool patient_can_come(const struct relocation *relocation, int patient, int service,
                             int start_min) {
  int end = start_min + relocation->clinic->services[service].minutes;
  return windows_cover(&relocation->clinic->patients[patient].available, start_min, end) &&
         patient_is_free(&relocation->occupancy, patient, start_min, end);
}

static void add_spot(struct relocation *relocation, int patient, const struct session *was,
                     int start_min, struct spots *spots) {
  const struct service *service = &relocation->clinic->services[was->service];
  const struct occupancy *occupancy = &relocation->occupancy;
  if (!service_allows_start(service, start_min) ||
      !patient_can_come(relocation, patient, was->service, start_min))
    return;
  int room = was->room;
  if (!service->telehealth && !room_can_hold(occupancy, room, was->service, start_min))
    room = find_room(occupancy, was->service, start_min);
  if (!service->telehealth && room == NONE) return;
  int *leaders = choose_leaders(relocation, patient, was, start_min, &spots->arena);
  if (!leaders) return;
  int64_t cost = spot_cost(relocation, patient, was, start_min, leaders);
  spots->list[spots->n++] = (struct spot){cost, start_min, room, leaders};
}

static int compare_spots(const void *a, const void *b) {
  const struct spot *x = a, *y = b;
  if (x->cost != y->cost) return x->cost < y->cost ? -1 : 1;
  return (x->start_min > y->start_min) - (x->start_min < y->start_min);
}

/* The patient's own session, as a whole. */
static bool land_own(struct relocation *relocation, int patient, int index, int day) {
  const struct clinic *clinic = relocation->clinic;
  struct session was = relocation->schedule->sessions[index];
  int minutes = clinic->services[was.service].minutes;
  struct spots *spots = mem_new(1, sizeof *spots);
  for (int start = day * DAY_MIN; start + minutes <= (day + 1) * DAY_MIN;
       start += clinic->slot_minutes)
    add_spot(relocation, patient, &was, start, spots);
  if (spots->n > 1) qsort(spots->list, (size_t)spots->n, sizeof *spots->list, compare_spots);
  bool landed = false;
  for (int i = 0; i < spots->n && !landed; i++) {
    const struct spot *spot = &spots->list[i];
    struct session now = was;
    now.start_min = spot->start_min;
    now.room = spot->room;
    now.leaders.list = arena_copy(&relocation->schedule->arena, spot->leaders,
                                  (size_t)now.leaders.n, sizeof *now.leaders.list);
    put(relocation, index, &now);
    landed = is_allowed(relocation, patient, index);
    if (landed) break;
    occupancy_set(&relocation->occupancy, &now, false);
    relocation->schedule->sessions[index] = was;
    relocation->lifted[index] = true;
  }
  arena_free(&spots->arena);
  free(spots);
  return landed;
}

/* One more in a session that is there. */
static bool land_among_others(struct relocation *relocation, int patient, int service, int day) {
  for (int s = 0; s < relocation->schedule->n_sessions; s++) {
    struct session was = relocation->schedule->sessions[s], now = was;
    if (was.service != service || session_day(&was) != day || relocation->lifted[s] ||
        was.patients.n >= session_seats(relocation->clinic, &was) ||
        !patient_can_come(relocation, patient, service, was.start_min))
      continue;
    now.patients = with_patient(relocation, &was.patients, patient);
    save(relocation, s);
    put(relocation, s, &now);
    if (is_allowed(relocation, patient, s)) return true;
    put(relocation, s, &was);
    relocation->n_saved--;
  }
  return false;
}

bool land(struct relocation *relocation, int patient, int session, int day) {
  int service = relocation->schedule->sessions[session].service;
  return relocation->lifted[session] ? land_own(relocation, patient, session, day)
                                     : land_among_others(relocation, patient, service, day);
}
