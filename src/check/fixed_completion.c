/* What a fixed session leaves open must be there to be had: a room, leaders, patients, and hours
 * enough for those whom it brings on site. Sessions that go on at one time need different rooms and
 * leaders, so they are matched together. */
#include <stdlib.h>

#include "fixed.h"
#include "iopsched/matching.h"
#include "iopsched/roster.h"

struct completion {
  struct fixed_week *week;
  const struct clinic *clinic;
  struct roster patients, therapists, rooms; /* of the fixed sessions */
  int *slot_session, *slot_role; /* [n_slots]: places to fill, of the sessions at one time */
  int *sessions;                 /* [n_sessions] at one time */
  int n_slots, n_sessions;
};

static const struct service *service_at(const struct completion *completion, int f) {
  return &completion->clinic->services[completion->clinic->fixed[f].service];
}

static int end_of(const struct completion *completion, int f, bool with_notes) {
  const struct service *service = service_at(completion, f);
  return completion->clinic->fixed[f].start_min + service->minutes +
         (with_notes ? service->notes_minutes : 0);
}

/* True if none of the sessions but f lies over f. */
static bool is_free(const struct completion *completion, const struct ints *sessions, int f,
                    bool with_notes) {
  const struct fixed_session *fixed = completion->clinic->fixed;
  for (int i = 0; i < sessions->n; i++) {
    int other = sessions->list[i];
    if (other != f && fixed[other].start_min < end_of(completion, f, with_notes) &&
        fixed[f].start_min < end_of(completion, other, with_notes))
      return false;
  }
  return true;
}

static bool room_serves(const void *data, int slot, int room) {
  const struct completion *completion = data;
  const struct clinic *clinic = completion->clinic;
  int f = completion->slot_session[slot];
  const struct fixed_session *fixed = &clinic->fixed[f];
  int n_patients = completion->week->schedule->sessions[f].patients.n;
  int least = service_at(completion, f)->min_size;
  return clinic_room_fits(clinic, fixed->service, room) &&
         clinic->rooms[room].capacity >= (n_patients > least ? n_patients : least) &&
         windows_cover(&clinic->rooms[room].available, fixed->start_min,
                       end_of(completion, f, false)) &&
         is_free(completion, &completion->rooms.of[room], f, false);
}

static bool kept_apart(const struct completion *completion, int f, int therapist) {
  const struct ints *patients = &completion->week->schedule->sessions[f].patients;
  for (int i = 0; i < patients->n; i++)
    if (clinic_apart_therapist(completion->clinic, patients->list[i], therapist)) return true;
  return false;
}

static bool therapist_serves(const void *data, int slot, int therapist) {
  const struct completion *completion = data;
  const struct clinic *clinic = completion->clinic;
  int f = completion->slot_session[slot];
  const struct fixed_session *fixed = &clinic->fixed[f];
  return clinic_qualified(clinic, fixed->service, completion->slot_role[slot], therapist) &&
         windows_cover(&clinic->therapists[therapist].available, fixed->start_min,
                       end_of(completion, f, true)) &&
         !kept_apart(completion, f, therapist) &&
         is_free(completion, &completion->therapists.of[therapist], f, true);
}

/* Gathers the sound sessions that go on at the minute, notes included if asked. */
static void gather(struct completion *completion, int minute, bool with_notes) {
  completion->n_sessions = 0;
  for (int f = 0; f < completion->clinic->n_fixed; f++)
    if (!completion->week->faulty[f] && completion->clinic->fixed[f].start_min <= minute &&
        minute < end_of(completion, f, with_notes))
      completion->sessions[completion->n_sessions++] = f;
}

static void add_slot(struct completion *completion, int f, int role) {
  completion->slot_session[completion->n_slots] = f;
  completion->slot_role[completion->n_slots++] = role;
}

static bool can_fill(const struct completion *completion, int n_right,
                     bool (*serves)(const void *data, int slot, int right)) {
  struct matching matching = {completion->n_slots, n_right, serves, completion};
  int *right_of = mem_new((size_t)completion->n_slots, sizeof *right_of);
  bool all = matching_solve(&matching, right_of) == completion->n_slots;
  free(right_of);
  return all;
}

/* "the session of 'REL' on Mon at 09:00", or with "the 3 fixed sessions at that time". */
static const char *words_for(const struct completion *completion) {
  struct arena *arena = &completion->week->diagnostics->arena;
  const struct session *first = &completion->week->schedule->sessions[completion->sessions[0]];
  char clock[CLOCK_TEXT];
  clock_format(first->start_min, false, clock);
  if (completion->n_sessions == 1)
    return arena_printf(arena, "the session of '%s' on %s at %s",
                        completion->clinic->services[first->service].id,
                        day_names[session_day(first)], clock);
  return arena_printf(arena, "the %d fixed sessions that go on at one time from %s %s",
                      completion->n_sessions, day_names[session_day(first)], clock);
}

/* Can the gathered sessions all have a room? A session with a room named has been judged. */
static void match_rooms(struct completion *completion) {
  completion->n_slots = 0;
  for (int i = 0; i < completion->n_sessions; i++) {
    int f = completion->sessions[i];
    if (completion->clinic->fixed[f].room == NONE && !service_at(completion, f)->telehealth)
      add_slot(completion, f, NONE);
  }
  if (can_fill(completion, completion->clinic->n_rooms, room_serves)) return;
  fixed_error(completion->week, completion->sessions, completion->n_sessions, "H3",
              "there is no free room that fits, large enough, for %s", words_for(completion));
}

static void match_leaders(struct completion *completion) {
  completion->n_slots = 0;
  for (int i = 0; i < completion->n_sessions; i++)
    for (int role = 0; role < service_at(completion, completion->sessions[i])->leaders; role++)
      add_slot(completion, completion->sessions[i], role);
  if (can_fill(completion, completion->clinic->n_therapists, therapist_serves)) return;
  fixed_error(completion->week, completion->sessions, completion->n_sessions, "H2",
              "there are not enough therapists who may lead, available and free, for %s",
              words_for(completion));
}

/* Each session by itself first, so that an error names no more rows than it must. */
static void match_all(struct completion *completion, bool with_notes,
                      void (*match)(struct completion *completion)) {
  int n_fixed = completion->clinic->n_fixed;
  for (int f = 0; f < n_fixed; f++) {
    if (completion->week->faulty[f]) continue;
    completion->sessions[0] = f;
    completion->n_sessions = 1;
    match(completion);
  }
  for (int f = 0; f < n_fixed; f++) {
    int start = completion->clinic->fixed[f].start_min;
    if (completion->week->faulty[f] ||
        (f > 0 && completion->clinic->fixed[f - 1].start_min == start))
      continue;
    gather(completion, start, with_notes);
    if (completion->n_sessions > 1) match(completion);
  }
}

static bool could_join(const struct completion *completion, int f, int patient) {
  const struct clinic *clinic = completion->clinic;
  const struct patient *who = &clinic->patients[patient];
  const struct session *session = &completion->week->schedule->sessions[f];
  if (!may_attend(clinic, patient, session->service) ||
      !windows_cover(&who->available, session->start_min, end_of(completion, f, false)) ||
      !is_free(completion, &completion->patients.of[patient], f, false))
    return false;
  for (int i = 0; i < session->patients.n; i++)
    if (clinic_apart_patients(clinic, patient, session->patients.list[i])) return false;
  for (int i = 0; i < session->leaders.n; i++)
    if (clinic_apart_therapist(clinic, patient, session->leaders.list[i])) return false;
  return true;
}

static void check_patients_found(struct completion *completion, int f) {
  int n = 0, needed = service_at(completion, f)->min_size;
  if (completion->week->faulty[f] || completion->week->schedule->sessions[f].patients.n >= needed)
    return;
  for (int p = 0; p < completion->clinic->n_patients && n < needed; p++)
    n += could_join(completion, f, p);
  if (n >= needed) return;
  completion->sessions[0] = f;
  completion->n_sessions = 1;
  fixed_error(completion->week, &f, 1, "H4", "%s: %d patient%s could be in it, %d needed",
              words_for(completion), n, n == 1 ? "" : "s", needed);
}

/* Minutes of uncounted sessions of the patient on the day. */
static int uncounted_on(const struct completion *completion, const struct ints *sessions, int day) {
  int minutes = 0;
  for (int i = 0; i < sessions->n; i++) {
    const struct service *service = service_at(completion, sessions->list[i]);
    if (day_of(completion->clinic->fixed[sessions->list[i]].start_min) == day)
      minutes += service->minutes - counted_minutes(service);
  }
  return minutes;
}

/* True and the sessions of the day in completion->sessions, unless one of them is faulty. */
static bool gather_day(struct completion *completion, const struct ints *sessions, int day) {
  completion->n_sessions = 0;
  for (int i = 0; i < sessions->n; i++) {
    int f = sessions->list[i];
    if (day_of(completion->clinic->fixed[f].start_min) != day) continue;
    if (completion->week->faulty[f]) return false;
    completion->sessions[completion->n_sessions++] = f;
  }
  return true;
}

static void check_visits(struct completion *completion, int patient) {
  const struct clinic *clinic = completion->clinic;
  const struct patient *who = &clinic->patients[patient];
  const struct ints *sessions = &completion->patients.of[patient];
  struct attended_week week = attended_week_of(clinic, completion->week->schedule, sessions);
  int least = 0;
  for (int day = 0; day < N_DAYS; day++) {
    const struct attended_day *attended = &week.days[day];
    bool short_visit =
        attended->n_onsite > 0 && attended->counted_minutes < clinic->visit_min_minutes;
    least += short_visit ? clinic->visit_min_minutes : attended->counted_minutes;
    if (!short_visit || !gather_day(completion, sessions, day)) continue;
    int most = window_minutes_on(&who->available, day, 1) - uncounted_on(completion, sessions, day);
    if (most > clinic->day_max_minutes) most = clinic->day_max_minutes;
    if (most < clinic->visit_min_minutes)
      fixed_error(completion->week, completion->sessions, completion->n_sessions, "H6",
                  "patient '%s' comes on site on %s and can have %s counted hours that day, "
                  "visit_min_hours is %s",
                  who->id, day_names[day], hours_text(most).text,
                  hours_text(clinic->visit_min_minutes).text);
  }
  if (least > who->max_minutes && week.counted_minutes <= who->max_minutes)
    fixed_error(completion->week, sessions->list, sessions->n, "H6",
                "patient '%s' comes on days that take %s hours with visit_min_hours %s, max_hours "
                "is %s",
                who->id, hours_text(least).text, hours_text(clinic->visit_min_minutes).text,
                hours_text(who->max_minutes).text);
}

void check_completion(struct fixed_week *week) {
  const struct clinic *clinic = week->clinic;
  size_t n_fixed = (size_t)clinic->n_fixed, n_slots = n_fixed * (size_t)clinic->max_leaders;
  struct completion completion = {.week = week, .clinic = clinic};
  completion.slot_session = mem_new(n_slots, sizeof(int));
  completion.slot_role = mem_new(n_slots, sizeof(int));
  completion.sessions = mem_new(n_fixed, sizeof(int));
  roster_init(&completion.patients, ROSTER_PATIENTS, clinic, week->schedule);
  roster_init(&completion.therapists, ROSTER_THERAPISTS, clinic, week->schedule);
  roster_init(&completion.rooms, ROSTER_ROOMS, clinic, week->schedule);
  match_all(&completion, false, match_rooms);
  match_all(&completion, true, match_leaders);
  for (int f = 0; f < clinic->n_fixed; f++) check_patients_found(&completion, f);
  for (int p = 0; p < clinic->n_patients; p++) check_visits(&completion, p);
  roster_release(&completion.patients);
  roster_release(&completion.therapists);
  roster_release(&completion.rooms);
  free(completion.slot_session);
  free(completion.slot_role);
  free(completion.sessions);
}
