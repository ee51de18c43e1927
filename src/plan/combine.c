#include "combine.h"

#include <stdlib.h>

#include "combine_inside.h"
#include "disturb.h"
#include "staffing.h"

/* Nodes of the search tree: most programs need a few, and what the others found by then will do. */
enum { NODES = 30, MOST_COLUMNS = 3000, WATCHDOG_SECONDS = 20 };

static const struct service *service_at(const struct combining *combining, int offer) {
  return &combining->grid->clinic->services[combining->grid->offers[offer].service];
}

static const spot *spot_of(const struct combining *combining, const spot *spots, int i) {
  return spots + (ptrdiff_t)i * combining->pool->stride;
}

/* ---- what is taken off the board ---- */

static void take_off(struct combining *combining) {
  struct board *board = combining->board;
  for (int i = 0; i < combining->n_patients; i++)
    board_clear_patient(board, combining->patients[i]);
  for (int i = 0; i < board->totals->high_water; i++)
    if (is_loose_group(board, i) && board->sessions[i].n_patients == 0) board_close(board, i);
}

/* ---- columns ---- */

static bool could_stand(const struct combining *combining, const spot *at) {
  const struct board *board = combining->board;
  int offer = spot_offer(at), n = service_at(combining, offer)->leaders;
  for (int i = 0; i < n; i++)
    if (!board_therapist_free(board, spot_leaders(at)[i], offer)) return false;
  return spot_room(at) == NONE || staffing_room_free(board, offer, spot_room(at));
}

static int add_choice(struct combining *combining, struct choice choice, int64_t cost) {
  combining->choices = mem_room_for_one(combining->choices, (size_t)combining->draft.n_columns,
                                        &combining->choices_capacity, sizeof *combining->choices);
  combining->choices[combining->draft.n_columns] = choice;
  return draft_column(&combining->draft,
                      (struct program_column){(double)cost / COST_ONE, 1, 0, true});
}

static void add_use(struct combining *combining, int column, const spot *at) {
  combining->uses = mem_room_for_one(combining->uses, (size_t)combining->n_uses,
                                     &combining->uses_capacity, sizeof *combining->uses);
  combining->uses[combining->n_uses++] = (struct use){column, at};
}

static const struct weeks_of_patient *weeks_of(const struct combining *combining, int i) {
  return &combining->pool->patients[combining->patients[i]];
}

/* Where somebody's week asks for a group. */
static bool *find_wanted(const struct combining *combining) {
  bool *wanted = mem_new((size_t)combining->grid->n_offers, sizeof *wanted);
  for (int i = 0; i < combining->n_patients; i++)
    for (int w = 0; w < weeks_of(combining, i)->n; w++) {
      const struct pooled_week *week = &weeks_of(combining, i)->list[w];
      for (int s = 0; s < week->n; s++) {
        const spot *at = spot_of(combining, week->spots, s);
        if (spot_room(at) == ROOM_OF_GROUP) wanted[spot_offer(at)] = true;
      }
    }
  return wanted;
}

/* Groups of closed membership stay as they are. */
static void add_groups(struct combining *combining) {
  bool *wanted = find_wanted(combining);
  for (int offer = 0; offer < combining->grid->n_offers; offer++) {
    const struct casts_of_offer *casts = &combining->pool->offers[offer];
    combining->first_group[offer] = combining->draft.n_columns;
    combining->n_groups[offer] = 0;
    if (!wanted[offer] || service_at(combining, offer)->closed) continue;
    for (int i = 0; i < casts->n; i++) {
      const spot *at = spot_of(combining, casts->list, i);
      if (!could_stand(combining, at)) continue;
      int64_t cost = grid_session_cost(combining->grid, combining->grid->offers[offer].service);
      add_use(combining, add_choice(combining, (struct choice){NONE, 1, at}, cost), at);
      combining->n_groups[offer]++;
    }
  }
  free(wanted);
}

/* Who is in one session of a closed group is in all of them. */
static bool keeps_membership(const struct combining *combining, const struct pooled_week *week,
                             int service) {
  int n = 0;
  for (int s = 0; s < week->n; s++)
    n += combining->grid->offers[spot_offer(spot_of(combining, week->spots, s))].service == service;
  return n == combining->board->service_sessions[service];
}

static bool could_attend(const struct combining *combining, int patient,
                         const struct pooled_week *week) {
  for (int s = 0; s < week->n; s++) {
    const spot *at = spot_of(combining, week->spots, s);
    int offer = spot_offer(at);
    if (spot_room(at) != ROOM_OF_GROUP) {
      if (!could_stand(combining, at)) return false;
      continue;
    }
    if (combining->n_groups[offer] == 0 &&
        board_find_seat(combining->board, patient, offer) == NONE)
      return false;
    if (service_at(combining, offer)->closed &&
        !keeps_membership(combining, week, combining->grid->offers[offer].service))
      return false;
  }
  return true;
}

static void add_weeks(struct combining *combining) {
  for (int i = 0; i < combining->n_patients; i++)
    for (int w = 0; w < weeks_of(combining, i)->n; w++) {
      const struct pooled_week *week = &weeks_of(combining, i)->list[w];
      if (!could_attend(combining, combining->patients[i], week)) continue;
      int column = add_choice(combining, (struct choice){i, week->n, week->spots}, week->cost);
      for (int s = 0; s < week->n; s++) {
        const spot *at = spot_of(combining, week->spots, s);
        if (spot_room(at) != ROOM_OF_GROUP) add_use(combining, column, at);
      }
    }
}

static void add_visit(struct combining *combining, int offer, int column) {
  combining->visits = mem_room_for_one(combining->visits, (size_t)combining->n_visits,
                                       &combining->visits_capacity, sizeof *combining->visits);
  combining->visits[combining->n_visits] = (struct visit){column, combining->first_visit[offer]};
  combining->first_visit[offer] = combining->n_visits++;
}

/* From the last column on, so that the first comes first. */
static void list_visits(struct combining *combining) {
  for (int offer = 0; offer < combining->grid->n_offers; offer++)
    combining->first_visit[offer] = NONE;
  for (int c = combining->draft.n_columns - 1; c >= 0; c--) {
    const struct choice *choice = &combining->choices[c];
    for (int s = 0; choice->patient != NONE && s < choice->n; s++) {
      const spot *at = spot_of(combining, choice->spots, s);
      if (spot_room(at) == ROOM_OF_GROUP) add_visit(combining, spot_offer(at), c);
    }
  }
}

/* ---- putting back ---- */

static int open_session(struct combining *combining, const spot *at) {
  if (!could_stand(combining, at)) return NONE;
  return board_place(combining->board, spot_offer(at), spot_room(at), spot_leaders(at), NONE);
}

static bool seat(struct combining *combining, const struct choice *choice) {
  struct board *board = combining->board;
  int patient = combining->patients[choice->patient];
  for (int s = 0; s < choice->n; s++) {
    const spot *at = spot_of(combining, choice->spots, s);
    int session = spot_room(at) == ROOM_OF_GROUP ? board_find_seat(board, patient, spot_offer(at))
                                                 : open_session(combining, at);
    if (session == NONE) return false;
    board_join(board, patient, session);
  }
  board_settle_patient(board, patient);
  return true;
}

/* The groups come first, as columns and here. */
static bool put_back(struct combining *combining, int n_choices, const double *values) {
  for (int c = 0; c < n_choices; c++) {
    const struct choice *choice = &combining->choices[c];
    if (values[c] < 0.5) continue;
    if (choice->patient == NONE ? open_session(combining, choice->spots) == NONE
                                : !seat(combining, choice))
      return false;
  }
  return true;
}

/* ---- the whole ---- */

static bool solve(struct combining *combining, struct halt *halt) {
  int n_choices = combining->draft.n_columns;
  combine_add_rows(combining);
  struct program program = draft_program(&combining->draft);
  struct program_limits limits = {WATCHDOG_SECONDS, NODES, false, halt};
  double *values = mem_new((size_t)program.n_columns, sizeof *values);
  enum program_status status = program_solve(&program, &limits, values);
  bool done = program_answered(status) && put_back(combining, n_choices, values);
  free(values);
  return done;
}

bool combine(struct board *board, const struct week_pool *pool, const int *patients, int n,
             struct halt *halt) {
  struct combining combining = {
      .board = board, .grid = board->grid, .pool = pool, .patients = patients, .n_patients = n};
  size_t offers = (size_t)board->grid->n_offers;
  combining.first_visit = mem_new(offers, sizeof *combining.first_visit);
  combining.first_group = mem_new(offers, sizeof *combining.first_group);
  combining.n_groups = mem_new(offers, sizeof *combining.n_groups);
  take_off(&combining);
  add_groups(&combining);
  add_weeks(&combining);
  list_visits(&combining);
  bool done = combining.draft.n_columns <= MOST_COLUMNS && solve(&combining, halt);
  draft_release(&combining.draft);
  free(combining.choices);
  free(combining.uses);
  free(combining.visits);
  free(combining.first_visit);
  free(combining.first_group);
  free(combining.n_groups);
  return done;
}
