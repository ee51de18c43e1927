/* Counted hours that a patient falls short of the minimum, in hour units of hour_unit_min minutes:
 *
 *   short_p >= 0,   sum of minutes_v * attends[p, v, d] + unit * short_p >= min_minutes_p
 *
 * With G the common divisor of the minutes and r = min_minutes_p mod G > 0, mixed-integer rounding
 * adds
 *
 *   r/G * sum of minutes_v * attends[p, v, d] + unit * short_p >= r * ceil(min_minutes_p / G)
 *
 * since the hours are multiples of G: the last step to the minimum is worth r alone. */
#include "build.h"
#include "iopsched/divisor.h"

void build_hours(struct ilp *ilp) {
  const struct clinic *clinic = ilp->clinic;
  struct ilp_model *model = ilp->model;
  int unit = 0;
  for (int s = 0; s < clinic->n_services; s++)
    if (clinic->services[s].counts_hours)
      unit = (int)common_divisor(unit, clinic->services[s].minutes);
  for (int p = 0; p < clinic->n_patients; p++)
    if (clinic->patients[p].takes_part)
      unit = (int)common_divisor(unit, clinic->patients[p].min_minutes);
  model->hour_unit_min = unit > 0 ? unit : 60;
  model->hours_short = arena_alloc(&ilp->arena, (size_t)clinic->n_patients, sizeof(int));
  for (int p = 0; p < clinic->n_patients; p++) model->hours_short[p] = NONE;
}

/* Adds minutes / divisor * factor of what counts on the day to the open row. Returns the common
 * divisor of `common` and the minutes. */
static int add_minutes(struct ilp *ilp, const struct ilp_day *day, int factor, int divisor,
                       int common) {
  for (int i = 0; i < day->n_courses; i++) {
    const struct service *service = &ilp->clinic->services[day->courses[i].service];
    if (!service->counts_hours) continue;
    ilp_add(ilp, day->courses[i].column, service->minutes / divisor * factor);
    common = (int)common_divisor(common, service->minutes);
  }
  return common;
}

int ilp_day_minutes(struct ilp *ilp, const struct ilp_day *day) {
  return add_minutes(ilp, day, 1, 1, 0);
}

static int add_week(struct ilp *ilp, int patient, int factor, int divisor) {
  const struct ilp_model *model = ilp->model;
  int common = 0;
  for (int d = model->first_day[patient]; d < model->first_day[patient + 1]; d++)
    common = add_minutes(ilp, &model->days[d], factor, divisor, common);
  return common;
}

int ilp_week_minutes(struct ilp *ilp, int patient) {
  return add_week(ilp, patient, 1, 1);
}

int ilp_hours_short(struct ilp *ilp, int patient) {
  struct ilp_model *model = ilp->model;
  const struct patient *who = &ilp->clinic->patients[patient];
  if (!who->takes_part || who->min_minutes <= 0) return NONE;
  if (model->hours_short[patient] != NONE) return model->hours_short[patient];
  const char *label = model->labels.patients[patient];
  int unit = model->hour_unit_min;
  int column = ilp_column(ilp, 0, who->min_minutes / unit, false, "short(%s)", label);
  model->hours_short[patient] = column;
  ilp_row(ilp, "is.short(%s)", label);
  int common = add_week(ilp, patient, 1, 1);
  ilp_add(ilp, column, unit);
  ilp_at_least(ilp, who->min_minutes);
  int rest = common > 0 ? who->min_minutes % common : 0;
  if (rest == 0) return column;
  ilp_row(ilp, "is.short.whole(%s)", label);
  add_week(ilp, patient, rest, common);
  ilp_add(ilp, column, unit);
  ilp_at_least(ilp, (int64_t)rest * (who->min_minutes / common + 1));
  return column;
}

void ilp_week_sessions(struct ilp *ilp, int patient, int service, int category) {
  const struct ilp_model *model = ilp->model;
  for (int d = model->first_day[patient]; d < model->first_day[patient + 1]; d++)
    for (int i = 0; i < model->days[d].n_courses; i++) {
      const struct ilp_course *course = &model->days[d].courses[i];
      bool meant = service != NONE ? course->service == service
                                   : ilp->clinic->services[course->service].category == category;
      if (meant) ilp_add(ilp, course->column, 1);
    }
}
