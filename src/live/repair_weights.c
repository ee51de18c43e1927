/* Care, changes and quality are weighed so far apart that they hardly trade with each other: one
 * session's worth of the least care stands above a thousand changes; one change above whatever
 * quality it can bring, since an attendance touches a handful of quality's units at most. All that
 * the engine adds up stays far below 2^52. */
#include "repair_weights.h"

__extension__ typedef __int128 wide;

/* QUALITY_SHARE: a change outweighs so many units of the quality that weighs most. */
enum { CARE_MILLI = 1000000, CHANGE_MILLI = 1000, QUALITY_SHARE = 25 };
/* Costs of the empty week, in units of 1/COST_ONE. */
static const wide most_units = (wide)1 << 50;

static bool is_care(int term) {
  return term_infos[term].is_care;
}

static int64_t least_care(const struct clinic *clinic) {
  int64_t least = 0;
  for (int term = 0; term < N_TERMS; term++) {
    int64_t weight = clinic->weight_milli[term];
    if (is_care(term) && weight > 0 && (least == 0 || weight < least)) least = weight;
  }
  return least;
}

static int64_t greatest_quality(const struct clinic *clinic) {
  int64_t greatest = 0;
  for (int term = 0; term < N_TERMS; term++)
    if (!is_care(term) && term != TERM_CHANGE && clinic->weight_milli[term] > greatest)
      greatest = clinic->weight_milli[term];
  return greatest;
}

/* What no care at all would cost by the clinic's own weights. */
static wide cost_of_no_care(const struct clinic *clinic) {
  const int64_t *weight = clinic->weight_milli;
  wide cost = 0;
  for (int p = 0; p < clinic->n_patients; p++) {
    const struct patient *patient = &clinic->patients[p];
    wide sessions = 0;
    for (int i = 0; i < patient->n_needs; i++) sessions += patient->needs[i].min_sessions;
    cost += (wide)weight[TERM_HOUR_SHORT] * patient->min_minutes * patient->priority_milli;
    cost += (wide)weight[TERM_DAY_SHORT] * patient->min_days * 60 * patient->priority_milli;
    cost += (wide)weight[TERM_SESSION_SHORT] * sessions * 60 * patient->priority_milli;
  }
  for (int s = 0; s < clinic->n_services; s++)
    cost += (wide)weight[TERM_OFFER_SHORT] * clinic->services[s].sessions_min * AMOUNT_ONE;
  return cost;
}

/* weight x numerator / denominator, at least 1 where there was a weight. */
static int64_t scaled(int64_t weight, wide numerator, wide denominator) {
  wide result = (wide)weight * numerator / denominator;
  return result > 0 ? (int64_t)result : weight > 0;
}

int64_t set_repair_weights(struct clinic *clinic) {
  int64_t least = least_care(clinic), greatest = greatest_quality(clinic);
  wide numerator = CARE_MILLI, denominator = least > 0 ? least : 1;
  wide none = cost_of_no_care(clinic);
  if (none * numerator / denominator > most_units) {
    numerator = most_units;
    denominator = none;
  }
  for (int term = 0; term < N_TERMS; term++)
    if (is_care(term))
      clinic->weight_milli[term] = scaled(clinic->weight_milli[term], numerator, denominator);
  int64_t care = least_care(clinic), change = CHANGE_MILLI;
  if (care > 0 && care < CARE_MILLI) change = scaled(care, CHANGE_MILLI, CARE_MILLI);
  for (int term = 0; term < N_TERMS; term++)
    if (!is_care(term) && greatest > 0)
      clinic->weight_milli[term] =
          scaled(clinic->weight_milli[term], change, (wide)greatest * QUALITY_SHARE);
  clinic->weight_milli[TERM_CHANGE] = change;
  return change;
}
