/* A patient's side of the small program: what they attend, and what it is worth to them. */
#include <math.h>

#include "lattice.h"
#include "week_program.h"

bool week_program_considers(const struct grid *grid, int patient, int service) {
  const struct patient *who = &grid->clinic->patients[patient];
  bool considered = grid->patient_services[patient].n <= MANY_SERVICES;
  for (int i = 0; i < who->n_needs && !considered; i++)
    considered =
        who->needs[i].min_sessions > 0 && clinic_need_holds(grid->clinic, &who->needs[i], service);
  return considered;
}

void week_program_attended(struct week_program *week, int patient, int service,
                           double coefficient) {
  for (int period = 0; period < week->n_periods; period++)
    draft_term(&week->draft, week->attends[visit_index(week, patient, service, period)],
               coefficient);
}

/* ---- columns ---- */

static bool could_attend(const struct week_program *week, int patient, int service, int period) {
  const struct grid *grid = week->grid;
  for (int o = first_offer(week, service, period); o < end_offer(week, service, period); o++)
    if (grid_patient_there(grid, patient, &grid->offers[o])) return true;
  return false;
}

/* Days of the week on which the patient could attend the service. */
static int days_of(const struct week_program *week, int patient, int service) {
  const struct grid *grid = week->grid;
  bool on[N_DAYS] = {false};
  for (int o = grid->service_offers[service]; o < grid->service_offers[service + 1]; o++)
    if (grid_patient_there(grid, patient, &grid->offers[o])) on[grid->offers[o].day] = true;
  int n = 0;
  for (int day = 0; day < N_DAYS; day++) n += on[day];
  return n;
}

/* How often in a week. */
static int most_attended(const struct week_program *week, int patient, int service) {
  int days = days_of(week, patient, service);
  return smaller(clinic_weekly_max(week->clinic, patient, service),
                 smaller(days, week->clinic->patients[patient].max_days));
}

void week_program_attendance(struct week_program *week, int patient) {
  const struct grid *grid = week->grid;
  const struct ints *services = &grid->patient_services[patient];
  for (int i = 0; i < services->n; i++) {
    int s = services->list[i];
    if (!week_program_considers(grid, patient, s)) continue;
    int most = week->n_periods == 1 ? most_attended(week, patient, s) : 1;
    for (int period = 0; period < week->n_periods; period++)
      if (week->n_periods == 1 || could_attend(week, patient, s, period))
        week->attends[visit_index(week, patient, s, period)] =
            week_program_column(week, is_group(week, s) ? 0 : grid_session_cost(grid, s), most);
  }
}

/* ---- rows ---- */

/* A patient attends no more sessions than are held while they are there. */
static void reach(struct week_program *week, int patient, int s, int period) {
  const struct grid *grid = week->grid;
  size_t visit = visit_index(week, patient, s, period);
  if (week->attends[visit] == NONE) return;
  for (int o = first_offer(week, s, period); o < end_offer(week, s, period); o++)
    if (grid_patient_there(grid, patient, &grid->offers[o]))
      draft_term(&week->draft, week->held[o], 1);
  draft_term(&week->draft, week->attends[visit], -1);
  week->reach[visit] = draft_row(&week->draft, 0, INFINITY);
}

static void add_needed(struct week_program *week, int patient, const struct need *need) {
  const struct ints *services = &week->grid->patient_services[patient];
  for (int i = 0; i < services->n; i++)
    if (clinic_need_holds(week->clinic, need, services->list[i]))
      week_program_attended(week, patient, services->list[i], 1);
}

static void meet_need(struct week_program *week, int patient, const struct need *need) {
  int64_t one_short = grid_session_short(week->grid, &week->clinic->patients[patient]);
  if (need->min_sessions > 0) {
    add_needed(week, patient, need);
    draft_term(&week->draft, week_program_column(week, one_short, INFINITY), 1);
    draft_row(&week->draft, need->min_sessions, INFINITY);
  }
  if (need->max_sessions == UNLIMITED) return;
  add_needed(week, patient, need);
  draft_row(&week->draft, -INFINITY, need->max_sessions);
}

static void add_hours(struct week_program *week, int patient) {
  const struct ints *services = &week->grid->patient_services[patient];
  for (int i = 0; i < services->n; i++) {
    const struct service *service = &week->clinic->services[services->list[i]];
    if (service->counts_hours)
      week_program_attended(week, patient, services->list[i], service->minutes);
  }
}

static void meet_hours(struct week_program *week, int patient) {
  const struct patient *who = &week->clinic->patients[patient];
  add_hours(week, patient);
  int64_t minute_short = week->clinic->weight_milli[TERM_HOUR_SHORT] * who->priority_milli;
  draft_term(&week->draft, week_program_column(week, minute_short, INFINITY), 1);
  draft_row(&week->draft, who->min_minutes, INFINITY);
  add_hours(week, patient);
  draft_row(&week->draft, -INFINITY, who->max_minutes);
}

/* ---- rows of days ---- */

/* What the patient attends on the day: each session as much as it `counts`. */
static void add_day(struct week_program *week, int patient, int day,
                    int counts(const struct service *service)) {
  const struct ints *services = &week->grid->patient_services[patient];
  for (int i = 0; i < services->n; i++)
    draft_term(&week->draft, week->attends[visit_index(week, patient, services->list[i], day)],
               counts(&week->clinic->services[services->list[i]]));
}

static int minutes_taken(const struct service *service) {
  return -service->minutes;
}
static int counted_minutes_of(const struct service *service) {
  return service->counts_hours ? service->minutes : 0;
}
static int counted_sessions_of(const struct service *service) {
  return service->counts_hours;
}

static int minutes_there(const struct grid *grid, int patient, int day) {
  const uint16_t *free = grid->patient_free + (size_t)patient * (size_t)grid->n_slots;
  int n = 0;
  for (int slot = day * grid->day_slots; slot < (day + 1) * grid->day_slots; slot++)
    n += free[slot] > 0;
  return n * grid->clinic->slot_minutes;
}

/* Of a day on which somebody comes their payer asks for `least`, or it is stranded. */
static void pay_day(struct week_program *week, int patient, int day, int comes, int stranded,
                    int least, int counts(const struct service *service)) {
  add_day(week, patient, day, counts);
  draft_term(&week->draft, comes, -least);
  draft_term(&week->draft, stranded, least);
  draft_row(&week->draft, 0, INFINITY);
}

/* Returns the column of the day: 1 if the patient comes. */
static int come_on_day(struct week_program *week, int patient, int day) {
  const struct grid *grid = week->grid;
  const struct patient *who = &week->clinic->patients[patient];
  int comes = week_program_column(week, 0, 1);
  draft_term(&week->draft, comes, minutes_there(grid, patient, day));
  add_day(week, patient, day, minutes_taken);
  draft_row(&week->draft, 0, INFINITY);
  if (who->payer == NONE || grid->stranded_day == 0) return comes;
  const struct payer *payer = &week->clinic->payers[who->payer];
  int stranded = week_program_column(week, grid->stranded_day, 1);
  pay_day(week, patient, day, comes, stranded, payer->day_min_minutes, counted_minutes_of);
  pay_day(week, patient, day, comes, stranded, payer->day_min_services, counted_sessions_of);
  return comes;
}

static void add_days(struct week_program *week, const int *comes) {
  for (int day = 0; day < N_DAYS; day++) draft_term(&week->draft, comes[day], 1);
}

static void limit_days(struct week_program *week, int patient) {
  const struct grid *grid = week->grid;
  const struct patient *who = &week->clinic->patients[patient];
  int comes[N_DAYS];
  for (int day = 0; day < N_DAYS; day++)
    comes[day] = minutes_there(grid, patient, day) > 0 ? come_on_day(week, patient, day) : NONE;
  add_days(week, comes);
  draft_row(&week->draft, -INFINITY, who->max_days);
  add_days(week, comes);
  draft_term(&week->draft, week_program_column(week, grid->extra_day, INFINITY), -1);
  draft_row(&week->draft, -INFINITY, who->min_days);
  int64_t day_short =
      week->clinic->weight_milli[TERM_DAY_SHORT] * (AMOUNT_ONE / 1000) * who->priority_milli;
  add_days(week, comes);
  draft_term(&week->draft, week_program_column(week, day_short, INFINITY), 1);
  draft_row(&week->draft, who->min_days, INFINITY);
}

/* By the week the columns say it. */
static void limit_visits(struct week_program *week, int patient, int service) {
  week_program_attended(week, patient, service, 1);
  draft_useful_row(&week->draft, -INFINITY, most_attended(week, patient, service));
}

void week_program_care(struct week_program *week, int patient) {
  const struct patient *who = &week->clinic->patients[patient];
  const struct ints *services = &week->grid->patient_services[patient];
  for (int i = 0; i < services->n; i++) {
    int s = services->list[i];
    for (int period = 0; period < week->n_periods && is_group(week, s); period++)
      reach(week, patient, s, period);
    if (week->n_periods > 1) limit_visits(week, patient, s);
  }
  for (int i = 0; i < who->n_needs; i++) meet_need(week, patient, &who->needs[i]);
  meet_hours(week, patient);
  if (week->n_periods > 1) limit_days(week, patient);
}
