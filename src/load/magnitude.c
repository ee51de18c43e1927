/* Costs are counted exactly in an int64_t: no schedule of this clinic may cost more than one holds.
 * For every term, the most that its amount can be. */
#include "tables.h"

__extension__ typedef __int128 wide;

static const int64_t most_units = INT64_C(1) << 62;

/* Sums over the clinic, from which the terms' greatest amounts follow. */
struct sums {
  wide short_minutes, short_days, short_sessions; /* x priority, in thousandths */
  wide offers;                                    /* sessions_min of all services */
  wide staff_minutes;                             /* most in session, all therapists */
  wide patient_minutes;                           /* opening hours, once a patient */
  wide patient_days, patient_sessions;
  wide cushion_minutes;
};

static struct sums sum_up(const struct clinic *clinic) {
  struct sums sums = {0};
  int opening = windows_minutes(&clinic->opening);
  for (int i = 0; i < clinic->n_patients; i++) {
    const struct patient *patient = &clinic->patients[i];
    wide sessions = 0;
    for (int need = 0; need < patient->n_needs; need++)
      sessions += patient->needs[need].min_sessions;
    sums.short_minutes += (wide)patient->min_minutes * patient->priority_milli;
    sums.short_days += (wide)patient->min_days * patient->priority_milli;
    sums.short_sessions += sessions * patient->priority_milli;
    sums.cushion_minutes += patient->min_minutes;
  }
  for (int i = 0; i < clinic->n_services; i++) sums.offers += clinic->services[i].sessions_min;
  for (int i = 0; i < clinic->n_therapists; i++)
    sums.staff_minutes += clinic->therapists[i].max_minutes_week;
  sums.patient_minutes = (wide)clinic->n_patients * opening;
  sums.patient_days = (wide)clinic->n_patients * N_DAYS;
  sums.patient_sessions = (wide)clinic->n_patients * (opening / clinic->slot_minutes);
  return sums;
}

static wide most_of(const struct clinic *clinic, const struct sums *sums, enum term term) {
  const wide minute = AMOUNT_ONE / 60;
  switch (term) {
    case TERM_HOUR_SHORT:
      return sums->short_minutes;
    case TERM_DAY_SHORT:
      return sums->short_days * 60;
    case TERM_SESSION_SHORT:
      return sums->short_sessions * 60;
    case TERM_OFFER_SHORT:
      return sums->offers * AMOUNT_ONE;
    case TERM_STAFF_HOUR:
      return sums->staff_minutes * minute;
    case TERM_IDLE_HOUR:
    case TERM_NOT_PREFERRED_HOUR:
      return sums->patient_minutes * minute;
    case TERM_STAFF_IDLE_HOUR:
      return (wide)clinic->n_therapists * WEEK_MIN * minute;
    case TERM_STRANDED_DAY:
    case TERM_EXTRA_DAY:
      return sums->patient_days * AMOUNT_ONE;
    case TERM_NOT_PRIMARY:
    case TERM_CHANGE:
      return sums->patient_sessions * AMOUNT_ONE;
    case TERM_CUSHION:
      return sums->cushion_minutes * minute;
    case N_TERMS:
      break;
  }
  die_internal("term %d has no greatest amount", (int)term);
}

void check_magnitude(struct loading *loading) {
  const struct clinic *clinic = loading->clinic;
  struct sums sums = sum_up(clinic);
  wide total = 0, largest = -1;
  int culprit = 0;
  for (int term = 0; term < N_TERMS; term++) {
    wide most = clinic->weight_milli[term] * most_of(clinic, &sums, (enum term)term);
    total += most;
    if (most <= largest) continue;
    largest = most;
    culprit = term;
  }
  if (total > most_units)
    diagnose(loading->diagnostics, SEVERITY_ERROR, "program.csv", 0, NULL,
             "the weights are too large for a clinic of this size to count its cost exactly: lower "
             "'%s'",
             term_infos[culprit].setting);
}
