/* The small linear program of the week that first_prices.h is about, while it is put together: for
 * first_prices.c and week_program*.c alone.
 *
 * Patients attend by the week, or by the day: then attendance, reach and seats count for each day,
 * and the days that a patient comes on cost what they do. Staff and rooms count by the week. */
#ifndef IOPSCHED_PLAN_WEEK_PROGRAM_H
#define IOPSCHED_PLAN_WEEK_PROGRAM_H

#include "draft.h"
#include "grid.h"

struct week_program {
  const struct grid *grid;
  const struct clinic *clinic;
  int n_periods; /* 1: the week; N_DAYS: its days */
  struct draft draft;
  struct arena arena;
  /* Columns, or NONE: */
  int *held;    /* [n_offers]: sessions of a group */
  int *attends; /* [n_patients * n_services * n_periods]: how often */
  int *leads;   /* [n_services * max_leaders * n_therapists]: sessions led in a role */
  int *hosts;   /* [n_services * n_rooms]: sessions in a room */
  /* Rows, or NONE: */
  int *seats;           /* [n_services * n_periods] */
  int *reach;           /* [n_patients * n_services * n_periods] */
  int *wanted, *capped; /* [n_services] */
  int *week, *time;     /* [n_therapists] */
  int *room;            /* [n_rooms] */
};

/* n_periods: 1 or N_DAYS. */
void week_program_init(struct week_program *week, const struct grid *grid, int n_periods);
void week_program_release(struct week_program *week);

static inline int service_period(const struct week_program *week, int service, int period) {
  return service * week->n_periods + period;
}

static inline size_t visit_index(const struct week_program *week, int patient, int service,
                                 int period) {
  size_t visits = (size_t)week->clinic->n_services * (size_t)week->n_periods;
  return (size_t)patient * visits + (size_t)service_period(week, service, period);
}

/* The offers of a service in a period: [first, end). */
static inline int first_offer(const struct week_program *week, int service, int period) {
  return week->n_periods == 1 ? week->grid->service_offers[service]
                              : week->grid->day_offers[service * (N_DAYS + 1) + period];
}
static inline int end_offer(const struct week_program *week, int service, int period) {
  return week->n_periods == 1 ? week->grid->service_offers[service + 1]
                              : week->grid->day_offers[service * (N_DAYS + 1) + period + 1];
}

static inline bool is_group(const struct week_program *week, int service) {
  return week->clinic->services[service].format == FORMAT_GROUP;
}

/* Of very many services those that the patient needs. */
bool week_program_considers(const struct grid *grid, int patient, int service);

/* A column of that cost, in units of 1/COST_ONE. */
int week_program_column(struct week_program *week, int64_t cost, double most);
/* All sessions of the service come into the row under way: those held, or those that patients have
 * alone with a therapist. */
void week_program_all_sessions(struct week_program *week, int service, double coefficient);
/* The same of what the patient attends of the service, in all periods. */
void week_program_attended(struct week_program *week, int patient, int service, double coefficient);

/* ---- week_program_patients.c ---- */

void week_program_attendance(struct week_program *week, int patient);
/* What bounds a patient's attendance, and what it costs. */
void week_program_care(struct week_program *week, int patient);

#endif
