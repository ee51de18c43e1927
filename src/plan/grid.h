/* The planner's view of a clinic: time in slots, and the offers, i.e. every service at every start
 * at which a session of it could take place at all. Built once, read by all; nothing here changes
 * during a search. A slot is slot_minutes long and counted from Monday 00:00. */
#ifndef IOPSCHED_PLAN_GRID_H
#define IOPSCHED_PLAN_GRID_H

#include <stdbool.h>
#include <stdint.h>

#include "iopsched/clinic.h"
#include "iopsched/schedule.h"

struct offer {
  int service;
  int start, end; /* slots of the week, half-open */
  int busy_until; /* slot at which the leaders have written their notes */
  int day;
};

/* Sets of therapists or rooms, one bit each. */
typedef uint64_t word;
enum { WORD_BITS = 64 };

struct grid {
  struct arena arena;
  const struct clinic *clinic;
  const struct previous *previous; /* or NULL */
  int day_slots, n_slots;

  struct offer *offers; /* [n_offers], by service, then start */
  int n_offers;
  int *service_offers; /* [n_services + 1]: first offer of each service */
  int *day_offers;     /* [n_services * (N_DAYS + 1)]: first offer of each service and day */

  uint16_t *patient_free; /* [n_patients * n_slots]: slots from here on that the patient is there */
  uint16_t *not_preferred; /* [n_patients * (n_slots + 1)]: slots before this one outside the
                              preferred windows; all 0 without preferences */

  int therapist_words, room_words;
  word *therapist_there; /* [n_slots * therapist_words] */
  word *room_there;      /* [n_slots * room_words] */
  word *role_words;      /* [n_services * max_leaders * therapist_words]: qualified for the role */
  word *service_rooms;   /* [n_services * room_words] */
  int *rooms_by_size;    /* [n_rooms]: by capacity, smallest first */
  int *rooms_by_demand;  /* [n_rooms]: those that few services depend on first */

  int32_t *wanted; /* [n_therapists * n_services]: how much a therapist is wanted for other services
                      than this one; 100: the others need all who can lead them */

  struct ints *patient_services; /* [n_patients]: services a patient may attend this week */
  struct ints *service_patients; /* [n_services] */
  struct ints *patient_fixed;    /* [n_patients]: fixed sessions that name the patient */

  /* Costs of the terms, per slot or per thing, units of 1/COST_ONE. */
  int64_t idle_slot, not_preferred_slot, staff_slot, staff_idle_slot, extra_day, stranded_day;
  int64_t not_primary, change, offer_short;

  /* Where a previous plan is to be held on to: */
  int64_t lost, disturbed; /* cost of an attendance of it that is lost, of a patient with changes */
  int *n_before;           /* [n_patients]: attendances in it; NULL if it is not to be held */
  int64_t led_anew;        /* cost of a therapist leading what they did not */
  word *led_before;        /* [n_offers * therapist_words]: who led there; NULL with n_before */
  word *room_before;       /* [n_offers * room_words]: where it was; NULL with n_before */
};

static inline bool in_words(const word *words, int i) {
  return words[i / WORD_BITS] >> (i % WORD_BITS) & 1;
}

void grid_init(struct grid *grid, const struct clinic *clinic, const struct previous *previous);
void grid_release(struct grid *grid);

/* Makes the patients' changes against the previous plan cost this weight more: see plan.h. */
void grid_hold(struct grid *grid, int64_t weight_milli);

/* The offer of a service at a start slot, or NONE. */
int grid_offer_at(const struct grid *grid, int service, int start);

/* True if the therapist is there for the whole offer, notes included. */
bool grid_therapist_there(const struct grid *grid, int therapist, const struct offer *offer);
bool grid_room_there(const struct grid *grid, int room, const struct offer *offer);

/* True if a fixed session of the service names the patient. */
bool grid_fixed_names(const struct grid *grid, int patient, int service);

/* What attending costs this patient whoever else does: outside preferred windows, a change. */
int64_t grid_attendance_cost(const struct grid *grid, int patient, int offer);

/* What changes against a previous plan that is to be held on to cost in the patient's week, beyond
 * what grid_attendance_cost() says of each offer. offers: [n]. */
int64_t grid_held_cost(const struct grid *grid, int patient, const int *offers, int n);

/* True if the therapist leads there in a previous plan that is to be held on to. */
static inline bool grid_led_before(const struct grid *grid, int therapist, int offer) {
  return grid->led_before &&
         in_words(grid->led_before + (ptrdiff_t)offer * grid->therapist_words, therapist);
}

/* What a day with this much counted care costs if the patient's payer does not pay for it. */
int64_t grid_stranded_cost(const struct grid *grid, const struct patient *who, int counted_min,
                           int n_counted);

/* What the leaders of one session of the service cost. */
static inline int64_t grid_session_cost(const struct grid *grid, int service) {
  const struct service *what = &grid->clinic->services[service];
  return grid->staff_slot * (what->minutes / grid->clinic->slot_minutes) * what->leaders;
}

/* Cost of one session below a requirement's minimum. */
static inline int64_t grid_session_short(const struct grid *grid, const struct patient *who) {
  return grid->clinic->weight_milli[TERM_SESSION_SHORT] * (AMOUNT_ONE / 1000) * who->priority_milli;
}

static inline bool grid_patient_there(const struct grid *grid, int patient,
                                      const struct offer *offer) {
  return grid->patient_free[(size_t)patient * (size_t)grid->n_slots + (size_t)offer->start] >=
         offer->end - offer->start;
}

static inline int smaller(int a, int b) {
  return a < b ? a : b;
}

static inline int offer_slots(const struct offer *offer) {
  return offer->end - offer->start;
}

#endif
