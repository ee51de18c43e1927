#include "hurdles.h"

#include <stdlib.h>

#include "iopsched/matching.h"
#include "iopsched/memory.h"

static enum hurdle patient_hurdle(const struct occupancy *occupancy, int patient, int service,
                                  int start_min) {
  const struct clinic *clinic = occupancy->clinic;
  const struct patient *who = &clinic->patients[patient];
  const struct attended_week *week = &occupancy->weeks[patient];
  int minutes = clinic->services[service].minutes, day = day_of(start_min);
  int counted = counted_minutes(&clinic->services[service]);
  if (!windows_cover(&who->available, start_min, start_min + minutes)) return HURDLE_UNAVAILABLE;
  if (patient_has_on_day(occupancy, patient, service, day)) return HURDLE_SAME_DAY;
  if (week->counted_minutes + counted > who->max_minutes) return HURDLE_WEEK_HOURS;
  if (week->days[day].n_sessions == 0 && week->n_days >= who->max_days) return HURDLE_WEEK_DAYS;
  if (week->days[day].counted_minutes + counted > clinic->day_max_minutes) return HURDLE_DAY_HOURS;
  if (!patient_is_free(occupancy, patient, start_min, start_min + minutes)) return HURDLE_BUSY;
  return HURDLE_NONE;
}

bool kept_apart(const struct clinic *clinic, int patient, const struct session *session) {
  for (int i = 0; i < session->patients.n; i++)
    if (clinic_apart_patients(clinic, patient, session->patients.list[i])) return true;
  for (int i = 0; i < session->leaders.n; i++)
    if (clinic_apart_therapist(clinic, patient, session->leaders.list[i])) return true;
  return false;
}

static enum hurdle join_hurdle(const struct clinic *clinic, int patient,
                               const struct session *session) {
  int seats = clinic->services[session->service].max_size;
  if (session->room != NONE && clinic->rooms[session->room].capacity < seats)
    seats = clinic->rooms[session->room].capacity;
  if (session->patients.n >= seats) return HURDLE_SEATS;
  return kept_apart(clinic, patient, session) ? HURDLE_APART : HURDLE_NONE;
}

/* The furthest that joining one of the sessions at that start gets; HURDLE_NO_START if there is
 * none. */
static struct start_finding try_joining(const struct occupancy *occupancy, int patient, int service,
                                        int start_min) {
  struct start_finding best = {.hurdle = HURDLE_NO_START, .session = NONE};
  const struct schedule *schedule = occupancy->schedule;
  if (occupancy->clinic->services[service].format != FORMAT_GROUP) return best;
  for (int s = 0; s < schedule->n_sessions; s++) {
    const struct session *session = &schedule->sessions[s];
    if (session->service != service || session->start_min != start_min) continue;
    enum hurdle hurdle = join_hurdle(occupancy->clinic, patient, session);
    if (hurdle > best.hurdle) best = (struct start_finding){.hurdle = hurdle, .session = s};
  }
  return best;
}

int find_joinable(const struct occupancy *occupancy, int patient, int service, int start_min) {
  struct start_finding found = try_joining(occupancy, patient, service, start_min);
  return found.hurdle == HURDLE_NONE ? found.session : NONE;
}

/* Who can take which role at a start. */
struct casting {
  const struct occupancy *occupancy;
  int patient, service, start_min;
};

bool could_lead(const struct occupancy *occupancy, int patient, int service, int role,
                int start_min, int therapist) {
  const struct clinic *clinic = occupancy->clinic;
  return clinic_qualified(clinic, service, role, therapist) &&
         (patient == NONE || !clinic_apart_therapist(clinic, patient, therapist)) &&
         therapist_can_lead(occupancy, therapist, service, start_min);
}

static bool can_take(const void *data, int role, int therapist) {
  const struct casting *casting = data;
  return could_lead(casting->occupancy, casting->patient, casting->service, role,
                    casting->start_min, therapist);
}

bool find_leaders(const struct occupancy *occupancy, int patient, int service, int start_min,
                  int *leaders, int *role) {
  struct casting casting = {occupancy, patient, service, start_min};
  const struct clinic *clinic = occupancy->clinic;
  int n = clinic->services[service].leaders;
  struct matching matching = {n, clinic->n_therapists, can_take, &casting};
  if (matching_solve(&matching, leaders) == n) return true;
  for (*role = 0; leaders[*role] >= 0;) ++*role;
  return false;
}

int find_room(const struct occupancy *occupancy, int service, int start_min) {
  for (int room = 0; room < occupancy->clinic->n_rooms; room++)
    if (room_can_hold(occupancy, room, service, start_min)) return room;
  return NONE;
}

bool could_come(const struct occupancy *occupancy, int patient, int other, int service,
                int start_min) {
  const struct clinic *clinic = occupancy->clinic;
  if (!clinic->patients[other].takes_part || !clinic_eligible(clinic, other, service)) return false;
  if (patient != NONE && clinic_apart_patients(clinic, patient, other)) return false;
  int most = clinic_weekly_max(clinic, other, service);
  return patient_sessions_of(occupancy, other, service) < most &&
         patient_hurdle(occupancy, other, service, start_min) == HURDLE_NONE;
}

static bool staff_is_free(const struct occupancy *occupancy, int patient, int service,
                          int start_min, int *role) {
  int *leaders = mem_new((size_t)occupancy->clinic->services[service].leaders, sizeof *leaders);
  bool found = find_leaders(occupancy, patient, service, start_min, leaders, role);
  free(leaders);
  return found;
}

int count_comers(const struct occupancy *occupancy, int patient, int service, int start_min) {
  int n = 0;
  for (int other = 0; other < occupancy->clinic->n_patients; other++)
    n += other == patient || could_come(occupancy, patient, other, service, start_min);
  return n;
}

static struct start_finding try_opening(const struct occupancy *occupancy, int patient, int service,
                                        int n_offered, int start_min) {
  const struct service *what = &occupancy->clinic->services[service];
  struct start_finding found = {.hurdle = HURDLE_OFFERED, .session = NONE};
  if (n_offered >= what->sessions_max) return found;
  found.hurdle = HURDLE_STAFF;
  if (!staff_is_free(occupancy, patient, service, start_min, &found.role)) return found;
  found.hurdle = HURDLE_ROOM;
  if (!what->telehealth && find_room(occupancy, service, start_min) == NONE) return found;
  found.n_could = count_comers(occupancy, patient, service, start_min);
  found.hurdle = found.n_could < what->min_size ? HURDLE_SIZE : HURDLE_NONE;
  return found;
}

struct start_finding find_hurdle_at(const struct occupancy *occupancy, int patient, int service,
                                    int n_offered, int start_min) {
  if (patient != NONE) {
    enum hurdle own = patient_hurdle(occupancy, patient, service, start_min);
    if (own != HURDLE_NONE) return (struct start_finding){.hurdle = own, .session = NONE};
    struct start_finding joining = try_joining(occupancy, patient, service, start_min);
    struct start_finding opening = try_opening(occupancy, patient, service, n_offered, start_min);
    return joining.hurdle >= opening.hurdle ? joining : opening;
  }
  return try_opening(occupancy, patient, service, n_offered, start_min);
}

/* `attended`: the patient comes on that day anyway. Where several starts would do, those are the
 * likelier ones: no other day must fill a visit. */
static void keep(struct finding *finding, const struct start_finding *found, int start_min,
                 bool attended) {
  bool larger = found->hurdle == HURDLE_SIZE && found->n_could > finding->n_could;
  if (found->hurdle < finding->hurdle) return;
  if (found->hurdle > finding->hurdle || larger) {
    finding->hurdle = found->hurdle;
    finding->session = found->session;
    finding->n_could = found->n_could;
    finding->role = found->role;
    finding->n_starts = finding->n_kept = finding->n_attended = 0;
  }
  finding->n_starts++;
  bool first = found->hurdle == HURDLE_NONE && attended;
  int place =
      first && finding->n_attended < MOST_STARTS_KEPT ? finding->n_attended++ : finding->n_kept;
  if (place == MOST_STARTS_KEPT) return;
  if (finding->n_kept < MOST_STARTS_KEPT)
    finding->starts[finding->n_kept++] = finding->starts[place];
  finding->starts[place] = start_min;
}

int first_start(const struct clinic *clinic) {
  int slot = clinic->slot_minutes;
  return (clinic->past_min + slot - 1) / slot * slot;
}

struct finding find_hurdle(const struct occupancy *occupancy, int patient, int service,
                           bool only_new_days) {
  const struct clinic *clinic = occupancy->clinic;
  int minutes = clinic->services[service].minutes;
  int n_offered = sessions_offered(occupancy, service);
  struct finding finding = {.service = service, .hurdle = HURDLE_NO_START, .session = NONE};
  for (int start = first_start(clinic); start + minutes <= WEEK_MIN;
       start += clinic->slot_minutes) {
    bool attended = patient != NONE && occupancy->weeks[patient].days[day_of(start)].n_sessions > 0;
    if (!service_allows_start(&clinic->services[service], start) ||
        !windows_cover(&clinic->opening, start, start + minutes) || (only_new_days && attended))
      continue;
    struct start_finding found = find_hurdle_at(occupancy, patient, service, n_offered, start);
    keep(&finding, &found, start, attended);
  }
  return finding;
}
