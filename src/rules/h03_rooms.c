/* H3: an on-site session has one room, with all features of the service, free and available, and no
 * more patients than its capacity; a telehealth session has none.
 *
 *   for every on-site session s in room r:  room_fits[service_s, r], |patients_s| <= capacity_r,
 *                                           [start_s, end_s) within one window of available_r
 *   for every room r, minute m:             |{s in r: start_s <= m < end_s}| <= 1
 *
 * In the integer program, rooms that nothing tells apart are one class c, and counted. For every
 * on-site offering o, class c, moment m:
 *
 *   sum over c of room[o, c]  =  n[o]
 *   sum of room[c] over what may be in c at m  <=  rooms of c
 *   seated[o]  <=  sum over c of seats[o, c] * room[o, c]           (groups)
 *   patients in a place  <=  seats * open[place]                    (parallel sessions told apart)
 *
 * with seats the smaller of capacity and max_size, so that one row serves H3 and H4. Rooms of a
 * class can be given out by the clock: the first free one will do. */
#include <stdlib.h>

#include "clashes.h"
#include "iopsched/ilp_model.h"
#include "judge.h"
#include "modules.h"

static void check_suits(const struct judge *judge, int s, int n_patients) {
  const struct session *session = judged_session(judge, s);
  const struct room *room = &judge->clinic->rooms[session->room];
  if (!clinic_room_fits(judge->clinic, session->service, session->room))
    judge_session(judge, s, "room '%s' lacks a feature of service '%s'", room->id,
                  judged_service(judge, s)->id)
        ->room = session->room;
  if (n_patients > room->capacity)
    judge_session(judge, s, "%s in room '%s', which holds %d",
                  count_words(judge, n_patients, "patient"), room->id, room->capacity)
        ->room = session->room;
  if (!windows_cover(&room->available, session->start_min, judged_end(judge, s)))
    judge_session(judge, s, "room '%s' is not available on %s", room->id, time_words(judge, s))
        ->room = session->room;
}

static void check_room(const struct judge *judge, int s, int n_patients) {
  int room = judged_session(judge, s)->room;
  if (judged_service(judge, s)->telehealth) {
    if (room != NONE)
      judge_session(judge, s, "a telehealth session has no room, but '%s' is given",
                    judge->clinic->rooms[room].id)
          ->room = room;
  } else if (room == NONE) {
    judge_session(judge, s, "has no room")->mendable = true;
  } else {
    check_suits(judge, s, n_patients);
  }
}

static void check_free(const struct judge *judge, int room, const struct ints *sessions) {
  struct clash_walk walk = {.sessions = sessions};
  int earlier, later;
  while (next_clash(judge->clinic, judge->schedule, &walk, &earlier, &later)) {
    struct breach *breach = judge_add(
        judge, "room '%s' holds %s until %s and %s from %s", judge->clinic->rooms[room].id,
        session_words(judge, earlier), clock_words(judge, judged_end(judge, earlier)),
        session_words(judge, later), clock_words(judge, judged_session(judge, later)->start_min));
    breach->room = room;
    judge_involve(judge, breach, earlier);
    judge_involve(judge, breach, later);
  }
}

static void check(const struct clinic *clinic, const struct schedule *schedule,
                  struct breaches *breaches) {
  struct judge judge = {"H3", clinic, schedule, breaches};
  int *sizes = session_sizes(clinic, schedule);
  for (int s = 0; s < schedule->n_sessions; s++) check_room(&judge, s, sizes[s]);
  free(sizes);
  struct roster roster;
  roster_init(&roster, ROSTER_ROOMS, clinic, schedule);
  for (int r = 0; r < roster.n; r++) check_free(&judge, r, &roster.of[r]);
  roster_release(&roster);
}

static void add_seat_row(struct ilp *ilp, const struct ilp_offering *offering) {
  ilp_row(ilp, "H3.seats(%s,%s)", ilp->model->labels.services[offering->service],
          ilp_time(ilp, offering->start_min));
  ilp_add(ilp, offering->seated, 1);
  for (int i = 0; i < offering->n_rooms; i++)
    ilp_add(ilp, offering->rooms[i].column, -offering->rooms[i].seats);
  ilp_at_most(ilp, 0);
}

static void add_place_rows(struct ilp *ilp, const struct ilp_offering *offering) {
  for (int k = 0; k < offering->n_places; k++) {
    const struct ilp_place *place = &offering->places[k];
    ilp_row(ilp, "H3.seats(%s,%s,%s)", ilp->model->labels.services[offering->service],
            ilp_time(ilp, offering->start_min), place->label);
    ilp_place_patients(ilp, place);
    ilp_add(ilp, place->open, -place->seats);
    ilp_at_most(ilp, 0);
  }
}

static void add_offering_rows(struct ilp *ilp, const struct ilp_offering *offering) {
  ilp_row(ilp, "H3.room(%s,%s)", ilp->model->labels.services[offering->service],
          ilp_time(ilp, offering->start_min));
  for (int i = 0; i < offering->n_rooms; i++) ilp_add(ilp, offering->rooms[i].column, 1);
  ilp_add(ilp, offering->sessions, -1);
  ilp_equal(ilp, 0);
  if (offering->n_places > 0)
    add_place_rows(ilp, offering);
  else if (ilp_service(ilp, offering)->format == FORMAT_GROUP)
    add_seat_row(ilp, offering);
}

static void rows(struct ilp *ilp) {
  const struct ilp_model *model = ilp->model;
  for (int i = 0; i < model->n_offerings; i++)
    if (!ilp_service(ilp, &model->offerings[i])->telehealth)
      add_offering_rows(ilp, &model->offerings[i]);
  for (int c = 0; c < model->n_room_classes; c++) {
    struct ilp_span *spans = ilp_spans(ilp, &model->room_uses[c], false);
    ilp_clique_rows(ilp, spans, model->room_uses[c].n, "H3", model->room_classes[c].label,
                    model->room_classes[c].rooms.n, NONE);
    free(spans);
  }
}

const struct rule h03_rooms = {
    .id = "H3",
    .title = "rooms",
    .check = check,
    .rows = rows,
};
