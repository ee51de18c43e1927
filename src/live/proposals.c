#include "proposals.h"

#include <stdlib.h>

#include "hurdles.h"
#include "iopsched/matching.h"

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

enum { QUARTER_HOUR = 15, MOST_ALTERNATIVES = 6, MOST_FEWER_IN_GROUP = 2 };

/* One start of one service, and the ways found so far. */
struct search {
  const struct occupancy *occupancy;
  const struct clinic *clinic;
  const struct service *what;
  int patient, service, start_min, end_min; /* patient NONE: for whomever */
  struct remedy own;                        /* what the patient would have to change */
  struct proposals *proposals;
};

/* Ways to come by one thing: leaders, or a room. An empty remedy: it is there. */
struct alternatives {
  struct remedy list[MOST_ALTERNATIVES]; /* [n], cheapest first */
  int effort[MOST_ALTERNATIVES];
  int n;
};

static struct edit edit_of(enum edit_kind kind, int who) {
  return (struct edit){
      .kind = kind, .who = who, .service = NONE, .category = NONE, .credential = NONE};
}

static int up_to_quarter(int minutes) {
  return (minutes + QUARTER_HOUR - 1) / QUARTER_HOUR * QUARTER_HOUR;
}

static void keep_alternative(struct alternatives *alternatives, const struct clinic *clinic,
                             const struct remedy *remedy) {
  int effort = remedy_effort(clinic, remedy), place = alternatives->n;
  if (place == MOST_ALTERNATIVES && alternatives->effort[place - 1] <= effort) return;
  if (place == MOST_ALTERNATIVES)
    place--;
  else
    alternatives->n++;
  for (; place > 0 && alternatives->effort[place - 1] > effort; place--) {
    alternatives->list[place] = alternatives->list[place - 1];
    alternatives->effort[place] = alternatives->effort[place - 1];
  }
  alternatives->list[place] = *remedy;
  alternatives->effort[place] = effort;
}

/* Adds what is missing of [start_min, end_min) to the hours; false if exceptions cannot add it. */
static bool add_hours_edit(struct remedy *remedy, struct edit edit, const struct windows *available,
                           const struct windows *addable, int slot, int start_min, int end_min) {
  int from = NONE, to = NONE;
  for (int minute = start_min; minute < end_min; minute += slot) {
    if (windows_cover(available, minute, minute + slot)) continue;
    if (!windows_cover(addable, minute, minute + slot)) return false;
    if (from == NONE) from = minute;
    to = minute + slot;
  }
  edit.window = (struct window){from, to};
  return from == NONE || remedy_add(remedy, &edit);
}

static bool add_limit_edit(struct remedy *remedy, enum edit_kind kind, int who, int value) {
  struct edit edit = edit_of(kind, who);
  edit.value = value;
  return remedy_add(remedy, &edit);
}

/* ---- the patient ---- */

/* False if no change that is proposed here would let the patient come. */
static bool settle_patient(struct search *search) {
  const struct occupancy *occupancy = search->occupancy;
  const struct clinic *clinic = search->clinic;
  int patient = search->patient, day = day_of(search->start_min);
  const struct patient *who = &clinic->patients[patient];
  const struct attended_week *week = &occupancy->weeks[patient];
  int counted = counted_minutes(search->what), minutes = week->counted_minutes + counted;
  if (patient_has_on_day(occupancy, patient, search->service, day) ||
      week->days[day].counted_minutes + counted > clinic->day_max_minutes ||
      !patient_is_free(occupancy, patient, search->start_min, search->end_min) ||
      !add_hours_edit(&search->own, edit_of(EDIT_PATIENT_HOURS, patient), &who->available,
                      &who->addable, clinic->slot_minutes, search->start_min, search->end_min))
    return false;
  if (minutes > who->max_minutes &&
      (up_to_quarter(minutes) > clinic->hours_ceiling ||
       !add_limit_edit(&search->own, EDIT_PATIENT_MAX_HOURS, patient, up_to_quarter(minutes))))
    return false;
  bool new_day = week->days[day].n_sessions == 0;
  return !new_day || week->n_days < who->max_days ||
         (week->n_days < clinic->days_ceiling &&
          add_limit_edit(&search->own, EDIT_PATIENT_MAX_DAYS, patient, week->n_days + 1));
}

/* ---- leaders ---- */

/* Casting of the roles with one therapist taken to be able to. */
struct casting {
  const struct search *search;
  int therapist, credential; /* credential: that they would have, or NONE */
};

static bool credential_fits(const struct service *service, int role, int credential) {
  return credential != NONE && service->n_roles > 0 &&
         ints_contain(&service->roles[service->n_roles == 1 ? 0 : role], credential);
}

static bool can_take(const void *data, int role, int therapist) {
  const struct casting *casting = data;
  const struct search *search = casting->search;
  if (therapist == casting->therapist)
    return clinic_qualified(search->clinic, search->service, role, therapist) ||
           credential_fits(search->what, role, casting->credential);
  return could_lead(search->occupancy, search->patient, search->service, role, search->start_min,
                    therapist);
}

static bool roles_are_filled(const struct search *search, int therapist, int credential) {
  struct casting casting = {search, therapist, credential};
  int n = search->what->leaders, *leaders = mem_new((size_t)n, sizeof *leaders);
  struct matching matching = {n, search->clinic->n_therapists, can_take, &casting};
  bool filled = matching_solve(&matching, leaders) == n;
  free(leaders);
  return filled;
}

/* What the therapist's hours lack; false if they are busy, or it cannot be had. */
static bool settle_therapist(const struct search *search, int therapist, struct remedy *remedy) {
  const struct occupancy *occupancy = search->occupancy;
  const struct therapist *who = &search->clinic->therapists[therapist];
  int end = search->end_min + search->what->notes_minutes, minutes = search->what->minutes;
  int day = day_of(search->start_min);
  int on_day = occupancy->therapist_minutes[therapist * N_DAYS + day] + minutes;
  int in_week = therapist_week_minutes(occupancy, therapist) + minutes;
  if (end > (day + 1) * DAY_MIN ||
      !therapist_is_free(occupancy, therapist, search->start_min, end) ||
      (search->patient != NONE &&
       clinic_apart_therapist(search->clinic, search->patient, therapist)) ||
      !add_hours_edit(remedy, edit_of(EDIT_THERAPIST_HOURS, therapist), &who->available,
                      &who->addable, search->clinic->slot_minutes, search->start_min, end))
    return false;
  if (on_day > who->max_minutes_day &&
      !add_limit_edit(remedy, EDIT_THERAPIST_DAY, therapist, up_to_quarter(on_day)))
    return false;
  return in_week <= who->max_minutes_week ||
         add_limit_edit(remedy, EDIT_THERAPIST_WEEK, therapist, up_to_quarter(in_week));
}

/* Therapists who are there and free lack at most a credential: the first of each role is looked
 * at. */
static void try_credentials(const struct search *search, int therapist,
                            struct alternatives *found) {
  const struct service *what = search->what;
  for (int role = 0; role < what->n_roles; role++) {
    if (what->roles[role].n == 0) continue;
    struct edit edit = edit_of(EDIT_CREDENTIAL, therapist);
    edit.credential = what->roles[role].list[0];
    struct remedy remedy = {.edits = {edit}, .n = 1};
    if (roles_are_filled(search, therapist, edit.credential))
      keep_alternative(found, search->clinic, &remedy);
  }
}

static void find_staff(const struct search *search, struct alternatives *found) {
  if (roles_are_filled(search, NONE, NONE)) {
    found->n = 1;
    return;
  }
  for (int t = 0; t < search->clinic->n_therapists; t++) {
    struct remedy remedy = {0};
    if (!settle_therapist(search, t, &remedy)) continue;
    if (roles_are_filled(search, t, NONE))
      keep_alternative(found, search->clinic, &remedy);
    else if (remedy.n == 0)
      try_credentials(search, t, found);
  }
}

/* ---- a room ---- */

static void try_room(const struct search *search, int room, struct alternatives *found) {
  const struct room *what = &search->clinic->rooms[room];
  struct remedy remedy = {0};
  if (!room_is_free(search->occupancy, room, search->start_min, search->end_min) ||
      !add_hours_edit(&remedy, edit_of(EDIT_ROOM_HOURS, room), &what->available, &what->addable,
                      search->clinic->slot_minutes, search->start_min, search->end_min))
    return;
  if (!clinic_room_fits(search->clinic, search->service, room)) {
    struct edit edit = edit_of(EDIT_FEATURES, room);
    edit.service = search->service;
    if (remedy.n > 0 || !remedy_add(&remedy, &edit)) return;
  }
  keep_alternative(found, search->clinic, &remedy);
}

static void find_rooms(const struct search *search, struct alternatives *found) {
  const struct clinic *clinic = search->clinic;
  if (search->what->telehealth ||
      find_room(search->occupancy, search->service, search->start_min) != NONE) {
    found->n = 1;
    return;
  }
  for (int room = 0; room < clinic->n_rooms; room++) try_room(search, room, found);
  for (int room = 0; room < clinic->n_rooms; room++) {
    if (!clinic_room_fits(clinic, search->service, room)) continue;
    struct remedy one_more = {.edits = {edit_of(EDIT_ROOM, room)}, .n = 1};
    keep_alternative(found, clinic, &one_more);
    return;
  }
}

/* ---- a start ---- */

static void propose(const struct search *search, const struct remedy *remedy) {
  struct proposals *to = search->proposals;
  to->list = mem_room_for_one(to->list, (size_t)to->n, &to->capacity, sizeof *to->list);
  to->list[to->n++] = (struct proposal){.remedy = *remedy,
                                        .effort = remedy_effort(search->clinic, remedy),
                                        .service = search->service,
                                        .start_min = search->start_min};
}

/* A seat more in a session that is there. */
static void propose_joining(const struct search *search) {
  const struct schedule *schedule = search->occupancy->schedule;
  const struct clinic *clinic = search->clinic;
  for (int s = 0; s < schedule->n_sessions; s++) {
    const struct session *session = &schedule->sessions[s];
    if (session->service != search->service || session->start_min != search->start_min ||
        kept_apart(clinic, search->patient, session))
      continue;
    struct remedy remedy = search->own;
    int seats = session->patients.n + 1;
    bool small = session->room != NONE && clinic->rooms[session->room].capacity < seats;
    if (search->what->max_size < seats &&
        !add_limit_edit(&remedy, EDIT_MAX_SIZE, search->service, seats))
      continue;
    if (small && !add_limit_edit(&remedy, EDIT_CAPACITY, session->room, seats)) continue;
    propose(search, &remedy);
  }
}

/* A new session. */
static void propose_opening(const struct search *search, int n_offered) {
  struct alternatives staff = {0}, rooms = {0};
  struct remedy base = search->own;
  if (n_offered >= search->what->sessions_max &&
      !add_limit_edit(&base, EDIT_SESSIONS_MAX, search->service, n_offered + 1))
    return;
  find_rooms(search, &rooms);
  if (rooms.n == 0) return;
  find_staff(search, &staff);
  if (staff.n == 0) return;
  int n_could =
      count_comers(search->occupancy, search->patient, search->service, search->start_min);
  int missing = search->what->min_size - n_could;
  if (n_could == 0 || missing > MOST_FEWER_IN_GROUP) return;
  if (missing > 0 && !add_limit_edit(&base, EDIT_MIN_SIZE, search->service, n_could)) return;
  for (int i = 0; i < rooms.n; i++)
    for (int j = 0; j < staff.n; j++) {
      struct remedy remedy = base;
      if (remedy_add_all(&remedy, &rooms.list[i]) && remedy_add_all(&remedy, &staff.list[j]))
        propose(search, &remedy);
    }
}

bool serves_need(const struct occupancy *occupancy, const struct unmet *need, int service) {
  const struct clinic *clinic = occupancy->clinic;
  if (need->kind == NEED_OFFER) return service == need->service;
  if (!clinic_eligible(clinic, need->patient, service)) return false;
  if (need->kind == NEED_HOURS && !clinic->services[service].counts_hours) return false;
  if (need->kind == NEED_SERVICE && service != need->service) return false;
  if (need->kind == NEED_CATEGORY && clinic->services[service].category != need->category)
    return false;
  return patient_sessions_of(occupancy, need->patient, service) <
         clinic_weekly_max(clinic, need->patient, service);
}

static void look_at_start(struct search *search, const struct unmet *need, int n_offered) {
  const struct occupancy *occupancy = search->occupancy;
  bool with_patient = need->patient != NONE;
  search->own = (struct remedy){0};
  search->end_min = search->start_min + search->what->minutes;
  if (!service_allows_start(search->what, search->start_min) ||
      !windows_cover(&search->clinic->opening, search->start_min, search->end_min))
    return;
  if (with_patient && need->kind == NEED_DAYS &&
      occupancy->weeks[need->patient].days[day_of(search->start_min)].n_sessions > 0)
    return;
  if (with_patient && !settle_patient(search)) return;
  if (with_patient && search->what->format == FORMAT_GROUP) propose_joining(search);
  propose_opening(search, n_offered);
}

static int compare_proposals(const void *a, const void *b) {
  const struct proposal *x = a, *y = b;
  int order = COMPARE(x->effort, y->effort);
  if (order == 0) order = remedy_compare(&x->remedy, &y->remedy);
  if (order == 0) order = COMPARE(x->start_min, y->start_min);
  return order ? order : COMPARE(x->service, y->service);
}

void proposals_find(struct proposals *proposals, const struct occupancy *occupancy,
                    const struct unmet *need) {
  const struct clinic *clinic = occupancy->clinic;
  for (int service = 0; service < clinic->n_services; service++) {
    struct search search = {.occupancy = occupancy,
                            .clinic = clinic,
                            .what = &clinic->services[service],
                            .patient = need->patient,
                            .service = service,
                            .start_min = first_start(clinic),
                            .proposals = proposals};
    /* A closed service is all or nothing: a session more is no help. */
    if (!serves_need(occupancy, need, service) || search.what->closed) continue;
    int n_offered = sessions_offered(occupancy, service);
    for (; search.start_min + search.what->minutes <= WEEK_MIN;
         search.start_min += clinic->slot_minutes)
      look_at_start(&search, need, n_offered);
  }
  if (proposals->n > 1)
    qsort(proposals->list, (size_t)proposals->n, sizeof *proposals->list, compare_proposals);
}

void proposals_release(struct proposals *proposals) {
  free(proposals->list);
  *proposals = (struct proposals){0};
}
