/* weight_cushion: hours by which a patient falls below the minimum if their longest group sessions
 * are missed, beyond the hours short already.
 *
 *   sum over patients p who take part of
 *     ((min_p - counted_p + missed_p)+ - (min_p - counted_p)+) / 60
 *
 *   missed_p: counted minutes of the cushion_sessions longest group sessions of p. No priority.
 *
 * In the integer program, in hour units, with K = cushion_sessions: the sum of the K longest is the
 * least value, over z >= 0, of K * z + sum over group services v and days d of
 * (minutes_v * attends[p, v, d] - z)+, so with over[p, v, d] >= 0 for the latter,
 *
 *   over[p, v, d]  >=  minutes_v * attends[p, v, d] - z[p]
 *   fall[p]        >=  min_p - counted_p + K * z[p] + sum of over[p, v, d],   fall[p] >= 0
 *
 * and the term is fall[p] - short[p]. Since more short would then be worth something, where the
 * cushion weighs more than the hours short the latter are held down to what they are:
 *
 *   short[p]  <=  min_p * lacks[p],
 *   short[p]  <=  min_p - counted_p + (max_p - min_p) * (1 - lacks[p]),   lacks[p] binary */
#include <stdlib.h>

#include "iopsched/divisor.h"
#include "iopsched/ilp_model.h"
#include "iopsched/roster.h"
#include "modules.h"
#include "steps.h"
#include "units.h"

static int64_t of_patient(const struct clinic *clinic, const struct schedule *schedule, int patient,
                          const struct ints *sessions) {
  if (!clinic->patients[patient].takes_part) return 0;
  return cushion_of(clinic, schedule, patient, sessions).fall_minutes * UNITS_PER_MINUTE;
}

/* Columns over[p, v, d] with their rows, added up in the row to come: [*n], the caller frees. */
static int *add_overs(struct ilp *ilp, int patient, int threshold, int *n) {
  const struct ilp_model *model = ilp->model;
  const char *label = model->labels.patients[patient];
  int *overs = mem_new((size_t)ilp->clinic->n_services * N_DAYS, sizeof *overs);
  *n = 0;
  for (int d = model->first_day[patient]; d < model->first_day[patient + 1]; d++)
    for (int i = 0; i < model->days[d].n_courses; i++) {
      const struct ilp_course *course = &model->days[d].courses[i];
      const struct service *service = &ilp->clinic->services[course->service];
      if (service->format != FORMAT_GROUP || !service->counts_hours) continue;
      int units = service->minutes / model->hour_unit_min;
      const char *name = model->labels.services[course->service];
      const char *weekday = day_names[model->days[d].day];
      int over = ilp_column(ilp, 0, units, false, "over(%s,%s,%s)", label, name, weekday);
      ilp_row(ilp, "is.over(%s,%s,%s)", label, name, weekday);
      ilp_add(ilp, over, 1);
      ilp_add(ilp, course->column, -units);
      ilp_add(ilp, threshold, 1);
      ilp_at_least(ilp, 0);
      overs[(*n)++] = over;
    }
  return overs;
}

/* short[p] is no more than what is short. */
static void hold_down(struct ilp *ilp, int patient, int hours_short) {
  const struct patient *who = &ilp->clinic->patients[patient];
  const char *label = ilp->model->labels.patients[patient];
  int unit = ilp->model->hour_unit_min, slack = who->max_minutes - who->min_minutes;
  int lacks = ilp_column(ilp, 0, 1, true, "lacks(%s)", label);
  ilp_row(ilp, "is.lacking(%s)", label);
  ilp_add(ilp, hours_short, unit);
  ilp_add(ilp, lacks, -who->min_minutes);
  ilp_at_most(ilp, 0);
  if (slack < 0) slack = 0;
  ilp_row(ilp, "is.lacked(%s)", label);
  ilp_week_minutes(ilp, patient);
  ilp_add(ilp, hours_short, unit);
  ilp_add(ilp, lacks, slack);
  ilp_at_most(ilp, who->min_minutes + slack);
}

static void add_patient(struct ilp *ilp, int patient) {
  const struct clinic *clinic = ilp->clinic;
  const struct patient *who = &clinic->patients[patient];
  const char *label = ilp->model->labels.patients[patient];
  int unit = ilp->model->hour_unit_min, n, hours_short = ilp_hours_short(ilp, patient);
  int threshold = ilp_column(ilp, 0, DAY_MIN / unit, false, "longest(%s)", label);
  int fall = ilp_column(ilp, 0, who->min_minutes / unit, false, "fall(%s)", label);
  int *overs = add_overs(ilp, patient, threshold, &n);
  ilp_row(ilp, "cushion(%s)", label);
  ilp_week_minutes(ilp, patient);
  for (int i = 0; i < n; i++) ilp_add(ilp, overs[i], -unit);
  ilp_add(ilp, threshold, -unit * (clinic->cushion_sessions < n ? clinic->cushion_sessions : n));
  ilp_add(ilp, fall, unit);
  ilp_at_least(ilp, who->min_minutes);
  free(overs);
  ilp_cost(ilp, fall, TERM_CUSHION, UNITS_PER_MINUTE * unit);
  ilp_cost(ilp, hours_short, TERM_CUSHION, -UNITS_PER_MINUTE * unit);
  if (clinic->weight_milli[TERM_CUSHION] * UNITS_PER_MINUTE >
      clinic->weight_milli[TERM_HOUR_SHORT] * who->priority_milli)
    hold_down(ilp, patient, hours_short);
}

static int64_t step(const struct clinic *clinic) {
  int64_t minutes = clinic->slot_minutes;
  for (int p = 0; p < clinic->n_patients; p++)
    minutes = common_divisor(minutes, clinic->patients[p].min_minutes);
  return minutes * UNITS_PER_MINUTE;
}

static void rows(struct ilp *ilp) {
  if (ilp->clinic->cushion_sessions <= 0) return;
  for (int p = 0; p < ilp->clinic->n_patients; p++)
    if (ilp->clinic->patients[p].takes_part && ilp->clinic->patients[p].min_minutes > 0)
      add_patient(ilp, p);
}

const struct cost_term term_cushion = {
    .term = TERM_CUSHION,
    .title = "hours below the minimum if the longest groups are missed",
    .of_patient = of_patient,
    .step = step,
    .rows = rows,
};
