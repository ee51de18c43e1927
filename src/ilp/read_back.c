/* From a solution to sessions with people and rooms. What the program only counts is dealt here;
 * that there is always a way to deal it is what src/ilp/places.c, src/ilp/pairings.c and the rules'
 * comments promise. */
#include <stdlib.h>

#include "build.h"

struct reader {
  const struct ilp *ilp;
  const double *values;
  struct schedule *schedule;
  size_t capacity;      /* of schedule->sessions, on the heap until the end */
  int *room_busy_until; /* [n_rooms] */
};

/* The sessions of one offering. */
struct dealt {
  const struct ilp_offering *offering;
  int first, n; /* schedule->sessions[first, first + n) */
  int *seats;   /* [n]: most patients */
  int *place;   /* [n]: index into the offering's places, where they are told apart */
};

static bool is_set(const struct reader *reader, int column) {
  return reader->values[column] > 0.5;
}

static int count_of(const struct reader *reader, int column) {
  return (int)(reader->values[column] + 0.5);
}

static struct session *session_of(const struct reader *reader, const struct dealt *dealt, int i) {
  return &reader->schedule->sessions[dealt->first + i];
}

static int take_room(struct reader *reader, const struct ilp_offering *offering, int class) {
  const struct ints *rooms = &reader->ilp->model->room_classes[class].rooms;
  for (int i = 0; i < rooms->n; i++) {
    int room = rooms->list[i];
    if (reader->room_busy_until[room] > offering->start_min) continue;
    reader->room_busy_until[room] = ilp_end(reader->ilp, offering);
    return room;
  }
  die_internal("a solution has more sessions than rooms");
}

/* One more session of the offering, without people yet. class NONE: no room. */
static void add_session(struct reader *reader, struct dealt *dealt, int class, int seats,
                        int place) {
  struct schedule *schedule = reader->schedule;
  const struct ilp_offering *offering = dealt->offering;
  int leaders = ilp_service(reader->ilp, offering)->leaders;
  struct session session = {.service = offering->service, .start_min = offering->start_min};
  session.room = class == NONE ? NONE : take_room(reader, offering, class);
  session.leaders.list = arena_alloc(&schedule->arena, (size_t)leaders, sizeof(int));
  session.leaders.n = leaders;
  for (int i = 0; i < leaders; i++) session.leaders.list[i] = NONE;
  session.patients.list = arena_alloc(&schedule->arena, (size_t)seats, sizeof(int));
  schedule->sessions = mem_room_for_one(schedule->sessions, (size_t)schedule->n_sessions,
                                        &reader->capacity, sizeof *schedule->sessions);
  schedule->sessions[schedule->n_sessions++] = session;
  dealt->seats[dealt->n] = seats;
  dealt->place[dealt->n++] = place;
}

static void open_sessions(struct reader *reader, struct dealt *dealt, int n) {
  const struct ilp_offering *offering = dealt->offering;
  if (offering->n_places > 0) {
    for (int k = 0; k < offering->n_places; k++)
      if (is_set(reader, offering->places[k].open))
        add_session(reader, dealt, offering->places[k].room_class, offering->places[k].seats, k);
    return;
  }
  if (offering->n_rooms == 0)
    for (int i = 0; i < n; i++)
      add_session(reader, dealt, NONE, ilp_service(reader->ilp, offering)->max_size, NONE);
  for (int k = 0; k < offering->n_rooms; k++)
    for (int i = count_of(reader, offering->rooms[k].column); i > 0; i--)
      add_session(reader, dealt, offering->rooms[k].room_class, offering->rooms[k].seats, NONE);
}

static bool lead(const struct reader *reader, struct session *session, int group, int therapist) {
  const int *group_of = reader->ilp->model->roles[session->service].group_of;
  for (int role = 0; role < session->leaders.n; role++) {
    if (group_of[role] != group || session->leaders.list[role] != NONE) continue;
    session->leaders.list[role] = therapist;
    return true;
  }
  return false;
}

static bool already_leads(const struct reader *reader, const struct dealt *dealt, int therapist) {
  for (int i = 0; i < dealt->n; i++) {
    const struct ints *leaders = &session_of(reader, dealt, i)->leaders;
    for (int role = 0; role < leaders->n; role++)
      if (leaders->list[role] == therapist) return true;
  }
  return false;
}

/* Leaders whose session the solution knows. */
static void deal_known_leaders(const struct reader *reader, const struct dealt *dealt) {
  const struct ilp_offering *offering = dealt->offering;
  for (int i = 0; i < dealt->n; i++) {
    struct session *session = session_of(reader, dealt, i);
    if (dealt->place[i] != NONE) {
      const struct ilp_place *place = &offering->places[dealt->place[i]];
      for (int k = 0; k < place->n_leads; k++)
        if (is_set(reader, place->leads[k].column))
          lead(reader, session, place->leads[k].group, place->leads[k].therapist);
    }
    for (int k = 0; k < offering->n_pairings; k++)
      if (offering->pairings[k].patient == session->patients.list[0] &&
          is_set(reader, offering->pairings[k].column))
        lead(reader, session, offering->pairings[k].group, offering->pairings[k].therapist);
  }
}

/* The only patient who attends and is kept apart from a leader, of parallel sessions that are not
 * told apart: the first session is for that patient. NONE if there is none or several, *several. */
static int apart_patient(const struct reader *reader, const struct ilp_offering *offering,
                         bool *several) {
  int patient = NONE;
  *several = false;
  if (offering->n_places > 0 || offering->n_pairings > 0) return NONE;
  for (int i = 0; i < offering->n_seats; i++) {
    if (!is_set(reader, offering->seats[i].column) ||
        !ilp_has_apart_leader(reader->ilp->clinic, offering, offering->seats[i].patient))
      continue;
    *several = patient != NONE;
    if (*several) return NONE;
    patient = offering->seats[i].patient;
  }
  return patient;
}

/* Everybody else who leads, in the first session that wants one: first those with whom `apart` may
 * be. */
static void deal_other_leaders(const struct reader *reader, const struct dealt *dealt, int apart) {
  const struct ilp_offering *offering = dealt->offering;
  for (int last = 0; last < 2; last++)
    for (int k = 0; k < offering->n_leads; k++) {
      const struct ilp_lead *it = &offering->leads[k];
      bool kept_apart =
          apart != NONE && clinic_apart_therapist(reader->ilp->clinic, apart, it->therapist);
      if (!is_set(reader, it->column) || kept_apart != (last == 1)) continue;
      if (already_leads(reader, dealt, it->therapist)) continue;
      for (int i = 0; i < dealt->n; i++)
        if (lead(reader, session_of(reader, dealt, i), it->group, it->therapist)) break;
    }
}

static void sit(const struct reader *reader, const struct dealt *dealt, int i, int patient) {
  struct session *session = session_of(reader, dealt, i);
  if (session->patients.n == dealt->seats[i]) die_internal("a solution overfills a session");
  session->patients.list[session->patients.n++] = patient;
}

static void sit_at_places(const struct reader *reader, const struct dealt *dealt, bool *seated) {
  for (int i = 0; i < dealt->n; i++) {
    const struct ilp_place *place = &dealt->offering->places[dealt->place[i]];
    for (int k = 0; k < place->n_named; k++) {
      if (!is_set(reader, place->named[k].column)) continue;
      sit(reader, dealt, i, place->named[k].patient);
      for (int s = 0; s < dealt->offering->n_seats; s++)
        seated[s] |= dealt->offering->seats[s].patient == place->named[k].patient;
    }
  }
}

/* Patients kept apart from each other go round the sessions, clique by clique; `apart` begins. */
static void sit_in_turn(const struct reader *reader, const struct dealt *dealt, int apart,
                        bool *seated) {
  const struct ilp_offering *offering = dealt->offering;
  struct arena scratch = {0};
  struct ilp_conflicts conflicts = ilp_conflicts_of(&scratch, reader->ilp->clinic, offering);
  int turn = 0, own_clique = NONE;
  for (int s = 0; s < offering->n_seats && apart != NONE; s++) {
    if (offering->seats[s].patient != apart) continue;
    sit(reader, dealt, turn++ % dealt->n, apart);
    seated[s] = true;
    for (int c = 0; c < conflicts.n_cliques; c++)
      for (int k = 0; k < conflicts.cliques[c].n; k++)
        if (conflicts.cliques[c].list[k] == s) own_clique = c;
  }
  for (int i = 0; i < conflicts.n_cliques; i++) { /* own_clique comes first */
    int c = own_clique == NONE ? i : i == 0 ? own_clique : i <= own_clique ? i - 1 : i;
    for (int k = 0; k < conflicts.cliques[c].n; k++) {
      int s = conflicts.cliques[c].list[k];
      if (seated[s] || !is_set(reader, offering->seats[s].column)) continue;
      sit(reader, dealt, turn++ % dealt->n, offering->seats[s].patient);
      seated[s] = true;
    }
  }
  arena_free(&scratch);
}

/* True if nobody in the session, patient or leader, is kept apart from the patient. */
static bool may_sit(const struct reader *reader, const struct session *session, int patient) {
  for (int i = 0; i < session->leaders.n; i++)
    if (clinic_apart_therapist(reader->ilp->clinic, patient, session->leaders.list[i]))
      return false;
  for (int i = 0; i < session->patients.n; i++)
    if (clinic_apart_patients(reader->ilp->clinic, patient, session->patients.list[i]))
      return false;
  return true;
}

/* Several patients kept apart from leaders take the first session they may; after them, those kept
 * apart from other patients do. */
static void sit_with_leaders(const struct reader *reader, const struct dealt *dealt, bool *seated) {
  const struct ilp_offering *offering = dealt->offering;
  const struct clinic *clinic = reader->ilp->clinic;
  struct arena scratch = {0};
  struct ilp_conflicts conflicts = ilp_conflicts_of(&scratch, clinic, offering);
  for (int last = 0; last < 2; last++)
    for (int s = 0; s < offering->n_seats; s++) {
      int patient = offering->seats[s].patient;
      bool matters = last ? ints_contain(&conflicts.seats, s)
                          : ilp_has_apart_leader(clinic, offering, patient);
      if (!matters || seated[s] || !is_set(reader, offering->seats[s].column)) continue;
      int i = 0;
      while (i < dealt->n && !may_sit(reader, session_of(reader, dealt, i), patient)) i++;
      if (i == dealt->n) die_internal("a solution seats people who are kept apart");
      sit(reader, dealt, i, patient);
      seated[s] = true;
    }
  arena_free(&scratch);
}

/* The rest: first what each session needs, then what it holds. */
static void sit_anywhere(const struct reader *reader, const struct dealt *dealt, bool *seated) {
  const struct ilp_offering *offering = dealt->offering;
  int least = ilp_service(reader->ilp, offering)->min_size, i = 0;
  bool needed = true;
  for (int s = 0; s < offering->n_seats; s++) {
    if (seated[s] || !is_set(reader, offering->seats[s].column)) continue;
    while (i < dealt->n &&
           session_of(reader, dealt, i)->patients.n >= (needed ? least : dealt->seats[i])) {
      if (++i < dealt->n || !needed) continue;
      needed = false;
      i = 0;
    }
    if (i == dealt->n) die_internal("a solution overfills the sessions of an offering");
    sit(reader, dealt, i, offering->seats[s].patient);
  }
}

static void deal_patients(const struct reader *reader, const struct dealt *dealt, int apart,
                          bool several) {
  bool *seated = mem_new((size_t)dealt->offering->n_seats, sizeof *seated);
  if (dealt->offering->n_places > 0)
    sit_at_places(reader, dealt, seated);
  else if (several)
    sit_with_leaders(reader, dealt, seated);
  else
    sit_in_turn(reader, dealt, apart, seated);
  sit_anywhere(reader, dealt, seated);
  free(seated);
}

/* In individual sessions the patient says which session it is; in groups the leaders may say who
 * can sit there. */
static void deal_people(const struct reader *reader, const struct dealt *dealt) {
  bool group = ilp_service(reader->ilp, dealt->offering)->format == FORMAT_GROUP, several;
  int apart = apart_patient(reader, dealt->offering, &several);
  if (!group) deal_patients(reader, dealt, NONE, false);
  deal_known_leaders(reader, dealt);
  deal_other_leaders(reader, dealt, apart);
  if (group) deal_patients(reader, dealt, apart, several);
}

static void read_offering(struct reader *reader, const struct ilp_offering *offering) {
  int n = count_of(reader, offering->sessions);
  if (n == 0) return;
  struct dealt dealt = {.offering = offering, .first = reader->schedule->n_sessions};
  dealt.seats = mem_new((size_t)n, sizeof *dealt.seats);
  dealt.place = mem_new((size_t)n, sizeof *dealt.place);
  open_sessions(reader, &dealt, n);
  if (dealt.n != n) die_internal("a solution has %d sessions in %d rooms", n, dealt.n);
  deal_people(reader, &dealt);
  mark_fixed(reader->ilp, session_of(reader, &dealt, 0), dealt.n);
  free(dealt.seats);
  free(dealt.place);
}

struct schedule *ilp_read_back(const struct ilp *ilp, const double *values) {
  struct reader reader = {
      .ilp = ilp, .values = values, .schedule = mem_new(1, sizeof(struct schedule))};
  reader.room_busy_until = mem_new((size_t)ilp->clinic->n_rooms, sizeof *reader.room_busy_until);
  for (int i = 0; i < ilp->model->n_offerings; i++)
    read_offering(&reader, &ilp->model->offerings[i]);
  struct schedule *schedule = reader.schedule;
  struct session *on_heap = schedule->sessions;
  schedule->sessions = arena_copy(&schedule->arena, on_heap, (size_t)schedule->n_sessions,
                                  sizeof *schedule->sessions);
  free(on_heap);
  free(reader.room_busy_until);
  schedule_sort(schedule);
  return schedule;
}
