#include "rematch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "disturb.h"
#include "draft.h"
#include "iopsched/random.h"
#include "iopsched/rules.h"

enum {
  MIN_PATIENTS = 4,
  MAX_PATIENTS = 40,
  MAX_CHOICES = 6000,
  NODES = 200,
  WATCHDOG_SECONDS = 10
};
/* In units of week_solver_work(): a process made, and what a choice adds to its time. */
enum { SOLVE_WORK = 100000, CHOICE_WORK = 300 };

struct choice { /* a patient at an offer with a therapist */
  int patient;  /* position in struct rematch */
  int offer, therapist;
  double cost;
};

struct rematch {
  struct board *board;
  const struct lattices *lattices;
  int service;
  int patients[MAX_PATIENTS], n_patients, most_patients;
  bool must[MAX_PATIENTS]; /* without the session the rest of the week is not valid */
  struct choice choices[MAX_CHOICES];
  int n_choices;
};

/* ---- who takes part ---- */

static int session_of(const struct board *board, int patient, int service) {
  for (int i = 0; i < board->patient_n[patient]; i++) {
    int session = board_week(board, patient)[i];
    if (board->grid->offers[board->sessions[session].offer].service == service) return session;
  }
  return NONE;
}

static bool is_short_of(const struct board *board, int patient, int service) {
  const struct clinic *clinic = board->grid->clinic;
  const struct patient *who = &clinic->patients[patient];
  for (int i = 0; i < who->n_needs; i++) {
    const struct need *need = &who->needs[i];
    if (clinic_need_holds(clinic, need, service) && !need_is_met(board, patient, need)) return true;
  }
  return false;
}

/* A service of one leader and one patient; those that somebody is short of are drawn first. */
static int pick_service(const struct board *board, uint64_t *random) {
  const struct clinic *clinic = board->grid->clinic;
  int pick = NONE, n = 0, urgent = NONE, n_urgent = 0;
  for (int s = 0; s < clinic->n_services; s++) {
    if (clinic->services[s].format == FORMAT_GROUP || clinic->services[s].leaders != 1) continue;
    const struct ints *may = &board->grid->service_patients[s];
    bool any_short = false;
    for (int i = 0; i < may->n && !any_short; i++)
      any_short = session_of(board, may->list[i], s) == NONE && is_short_of(board, may->list[i], s);
    if (any_short && random_below(random, ++n_urgent) == 0) urgent = s;
    if (board->service_sessions[s] > 1 && random_below(random, ++n) == 0) pick = s;
  }
  return urgent != NONE && random_below(random, 4) > 0 ? urgent : pick;
}

static void add_patient(struct rematch *rematch, int patient) {
  if (rematch->n_patients < rematch->most_patients)
    rematch->patients[rematch->n_patients++] = patient;
}

/* As many patients as will hardly have more choices together than the program may hold. */
static int most_patients(const struct rematch *rematch) {
  const struct grid *grid = rematch->board->grid;
  const struct clinic *clinic = grid->clinic;
  int n_leaders = 0;
  for (int k = 0; k < clinic->n_therapists; k++)
    n_leaders += clinic_qualified(clinic, rematch->service, 0, k);
  int n_offers =
      grid->service_offers[rematch->service + 1] - grid->service_offers[rematch->service];
  int64_t each = 1 + (int64_t)n_offers * n_leaders / 6, most = MAX_CHOICES / each;
  return most < MIN_PATIENTS ? MIN_PATIENTS : most > MAX_PATIENTS ? MAX_PATIENTS : (int)most;
}

static void pick_patients(struct rematch *rematch, uint64_t *random) {
  struct board *board = rematch->board;
  rematch->most_patients = most_patients(rematch);
  const struct ints *may = &board->grid->service_patients[rematch->service];
  for (int i = 0; i < may->n; i++)
    if (session_of(board, may->list[i], rematch->service) == NONE &&
        is_short_of(board, may->list[i], rematch->service))
      add_patient(rematch, may->list[i]);
  int skip = may->n > 0 ? random_below(random, may->n) : 0;
  for (int i = 0; i < may->n; i++) {
    int patient = may->list[(i + skip) % may->n];
    int session = session_of(board, patient, rematch->service);
    if (session == NONE || board->sessions[session].fixed != NONE) continue;
    add_patient(rematch, patient);
  }
}

static void take_off(struct rematch *rematch) {
  for (int i = 0; i < rematch->n_patients; i++) {
    int session = session_of(rematch->board, rematch->patients[i], rematch->service);
    if (session != NONE) board_close(rematch->board, session);
  }
}

/* ---- where they could go ---- */

static int week_with(const struct board *board, int patient, int extra, int *offers) {
  int n = 0;
  for (int i = 0; i < board->patient_n[patient]; i++) {
    int offer = board->sessions[board_week(board, patient)[i]].offer;
    if (extra != NONE && board->grid->offers[extra].start < board->grid->offers[offer].start) {
      offers[n++] = extra;
      extra = NONE;
    }
    offers[n++] = offer;
  }
  if (extra != NONE) offers[n++] = extra;
  return n;
}

static void add_choices_at(struct rematch *rematch, int i, int offer, int64_t cost) {
  const struct clinic *clinic = rematch->board->grid->clinic;
  int patient = rematch->patients[i];
  bool primary_counts = clinic_primary_counts(clinic, patient, rematch->service);
  for (int k = 0; k < clinic->n_therapists && rematch->n_choices < MAX_CHOICES; k++) {
    if (!clinic_qualified(clinic, rematch->service, 0, k) ||
        clinic_apart_therapist(clinic, patient, k) ||
        !board_therapist_free(rematch->board, k, offer))
      continue;
    int64_t extra = primary_counts && clinic->patients[patient].primary != k
                        ? rematch->board->grid->not_primary
                        : 0;
    rematch->choices[rematch->n_choices++] =
        (struct choice){i, offer, k, (double)(cost + extra) / COST_ONE};
  }
}

static void list_choices(struct rematch *rematch, int i) {
  const struct board *board = rematch->board;
  const struct grid *grid = board->grid;
  int patient = rematch->patients[i], offers[MAX_WEEK_SESSIONS + 1];
  int n = week_with(board, patient, NONE, offers);
  int64_t without = week_own_cost(grid, patient, offers, n);
  rematch->must[i] = !week_is_valid(grid, rematch->lattices, patient, offers, n);
  if (n == MAX_WEEK_SESSIONS) return;
  for (int offer = grid->service_offers[rematch->service];
       offer < grid->service_offers[rematch->service + 1]; offer++) {
    if (!grid_patient_there(grid, patient, &grid->offers[offer]) || !board_could_open(board, offer))
      continue;
    n = week_with(board, patient, offer, offers);
    if (!week_is_valid(grid, rematch->lattices, patient, offers, n)) continue;
    int64_t with =
        week_own_cost(grid, patient, offers, n) + grid_session_cost(grid, rematch->service);
    add_choices_at(rematch, i, offer, with - without);
  }
}

/* ---- the program ---- */

static void add_patient_rows(const struct rematch *rematch, struct draft *draft) {
  for (int i = 0; i < rematch->n_patients; i++) {
    for (int c = 0; c < rematch->n_choices; c++)
      if (rematch->choices[c].patient == i) draft_term(draft, c, 1);
    draft_useful_row(draft, rematch->must[i] ? 1 : -INFINITY, 1);
  }
}

/* A therapist does one thing at a time and keeps to their hours. */
static void add_therapist_rows(const struct rematch *rematch, struct draft *draft) {
  const struct board *board = rematch->board;
  const struct grid *grid = board->grid;
  for (int k = 0; k < grid->clinic->n_therapists; k++) {
    const struct therapist *who = &grid->clinic->therapists[k];
    if (!clinic_qualified(grid->clinic, rematch->service, 0, k)) continue;
    for (int slot = 0; slot < grid->n_slots; slot++) {
      for (int c = 0; c < rematch->n_choices; c++) {
        const struct offer *offer = &grid->offers[rematch->choices[c].offer];
        if (rematch->choices[c].therapist == k && offer->start <= slot && slot < offer->busy_until)
          draft_term(draft, c, 1);
      }
      draft_useful_row(draft, -INFINITY, 1);
    }
    int length = grid->clinic->services[rematch->service].minutes / grid->clinic->slot_minutes;
    for (int day = NONE; day < N_DAYS; day++) { /* NONE: the week */
      int most =
          (day == NONE ? who->max_minutes_week : who->max_minutes_day) / grid->clinic->slot_minutes;
      int led = day == NONE ? board->week_slots_led[k] : board->day_slots_led[k * N_DAYS + day];
      for (int c = 0; c < rematch->n_choices; c++)
        if (rematch->choices[c].therapist == k &&
            (day == NONE || grid->offers[rematch->choices[c].offer].day == day))
          draft_term(draft, c, length);
      draft_useful_row(draft, -INFINITY, most - led);
    }
  }
}

static void add_room_rows(const struct rematch *rematch, struct draft *draft) {
  const struct board *board = rematch->board;
  const struct grid *grid = board->grid;
  if (grid->clinic->services[rematch->service].telehealth) return;
  for (int slot = 0; slot < grid->n_slots; slot++) {
    int n_free = 0;
    for (int w = 0; w < grid->room_words; w++)
      n_free += __builtin_popcountll(board->room_free[slot * grid->room_words + w] &
                                     grid->service_rooms[rematch->service * grid->room_words + w]);
    for (int c = 0; c < rematch->n_choices; c++) {
      const struct offer *offer = &grid->offers[rematch->choices[c].offer];
      if (offer->start <= slot && slot < offer->end) draft_term(draft, c, 1);
    }
    draft_useful_row(draft, -INFINITY, n_free);
  }
}

static bool solve(const struct rematch *rematch, struct halt *halt, double *values) {
  struct draft draft = {0};
  for (int c = 0; c < rematch->n_choices; c++)
    draft_column(&draft, (struct program_column){rematch->choices[c].cost, 1, 0, true});
  add_patient_rows(rematch, &draft);
  add_therapist_rows(rematch, &draft);
  add_room_rows(rematch, &draft);
  struct program program = draft_program(&draft);
  struct program_limits limits = {WATCHDOG_SECONDS, NODES, false, halt};
  bool solved = program_solve(&program, &limits, values) == PROGRAM_OPTIMAL;
  draft_release(&draft);
  return solved;
}

/* ---- the whole ---- */

static bool put_back(struct rematch *rematch, const double *values) {
  struct board *board = rematch->board;
  for (int c = 0; c < rematch->n_choices; c++) {
    if (values[c] < 0.5) continue;
    const struct choice *choice = &rematch->choices[c];
    int session = board_open_led(board, choice->offer, choice->therapist);
    if (session == NONE) return false;
    board_join(board, rematch->patients[choice->patient], session);
  }
  for (int i = 0; i < rematch->n_patients; i++) board_settle_patient(board, rematch->patients[i]);
  return true;
}

bool rematch(struct board *board, const struct lattices *lattices, uint64_t *random,
             struct halt *halt, int64_t *work) {
  struct rematch *rematch = mem_new(1, sizeof *rematch);
  *rematch = (struct rematch){.board = board, .lattices = lattices};
  rematch->service = pick_service(board, random);
  bool done = false;
  if (rematch->service != NONE) {
    pick_patients(rematch, random);
    take_off(rematch);
    for (int i = 0; i < rematch->n_patients; i++) list_choices(rematch, i);
    double *values = mem_new((size_t)rematch->n_choices, sizeof *values);
    done = rematch->n_choices > 0 && rematch->n_choices < MAX_CHOICES &&
           solve(rematch, halt, values) && put_back(rematch, values);
    free(values);
  }
  *work = SOLVE_WORK + CHOICE_WORK * (int64_t)rematch->n_choices;
  free(rematch);
  return done;
}
