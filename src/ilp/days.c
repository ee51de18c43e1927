/* A patient's days: what may be attended, whether anything is, and the stretch from first start to
 * last end. */
#include <stdlib.h>

#include "build.h"

static struct ilp_uses *lay_out_uses(struct ilp *ilp, const int *n_of, int n) {
  struct ilp_uses *uses = arena_alloc(&ilp->arena, (size_t)n, sizeof *uses);
  for (int i = 0; i < n; i++)
    uses[i].list = arena_alloc(&ilp->arena, (size_t)n_of[i], sizeof *uses[i].list);
  return uses;
}

static struct ilp_uses *visits_by_patient(struct ilp *ilp) {
  const struct ilp_model *model = ilp->model;
  int *n_of = mem_new((size_t)ilp->clinic->n_patients, sizeof *n_of);
  for (int i = 0; i < model->n_offerings; i++)
    for (int k = 0; k < model->offerings[i].n_seats; k++)
      n_of[model->offerings[i].seats[k].patient]++;
  struct ilp_uses *visits = lay_out_uses(ilp, n_of, ilp->clinic->n_patients);
  for (int i = 0; i < model->n_offerings; i++)
    for (int k = 0; k < model->offerings[i].n_seats; k++) {
      const struct ilp_seat *seat = &model->offerings[i].seats[k];
      struct ilp_uses *own = &visits[seat->patient];
      own->list[own->n++] = (struct ilp_use){i, seat->column};
    }
  free(n_of);
  return visits;
}

static const struct ilp_offering *visited(const struct ilp *ilp, const struct ilp_day *day,
                                          int visit) {
  return &ilp->model->offerings[day->visits.list[visit].offering];
}

/* The column of a service on the day: that of its only start, or a new one with its row. */
static void add_course(struct ilp *ilp, struct ilp_day *day, int service, int n_starts) {
  const struct ilp_labels *labels = &ilp->model->labels;
  struct ilp_course *course = &day->courses[day->n_courses++];
  *course = (struct ilp_course){service, NONE, n_starts};
  if (n_starts > 1) {
    const char *patient = labels->patients[day->patient], *name = labels->services[service];
    course->column =
        ilp_column(ilp, 0, 1, true, "attends(%s,%s,%s)", patient, name, day_names[day->day]);
    ilp_row(ilp, "is.attends(%s,%s,%s)", patient, name, day_names[day->day]);
  }
  for (int i = 0; i < day->visits.n; i++) {
    if (visited(ilp, day, i)->service != service) continue;
    if (n_starts == 1)
      course->column = day->visits.list[i].column;
    else
      ilp_add(ilp, day->visits.list[i].column, 1);
  }
  if (n_starts == 1) return;
  ilp_add(ilp, course->column, -1);
  ilp_equal(ilp, 0);
}

static void add_courses(struct ilp *ilp, struct ilp_day *day, int *n_starts) {
  int n_courses = 0;
  for (int i = 0; i < day->visits.n; i++)
    n_courses += n_starts[visited(ilp, day, i)->service]++ == 0;
  day->courses = arena_alloc(&ilp->arena, (size_t)n_courses, sizeof *day->courses);
  for (int service = 0; service < ilp->clinic->n_services; service++) {
    if (n_starts[service] == 0) continue;
    add_course(ilp, day, service, n_starts[service]);
    n_starts[service] = 0;
  }
}

static void add_attended(struct ilp *ilp, struct ilp_day *day) {
  const char *patient = ilp->model->labels.patients[day->patient];
  if (day->visits.n == 1) {
    day->attended = day->visits.list[0].column;
    return;
  }
  day->attended = ilp_column(ilp, 0, 1, true, "day(%s,%s)", patient, day_names[day->day]);
  ilp_row(ilp, "is.day(%s,%s)", patient, day_names[day->day]);
  for (int i = 0; i < day->n_courses; i++) ilp_add(ilp, day->courses[i].column, 1);
  ilp_add(ilp, day->attended, -1);
  ilp_at_least(ilp, 0);
}

static void add_onsite(struct ilp *ilp, struct ilp_day *day) {
  int n_onsite = 0, last = NONE;
  for (int i = 0; i < day->visits.n; i++) {
    if (ilp_service(ilp, visited(ilp, day, i))->telehealth) continue;
    n_onsite++;
    last = day->visits.list[i].column;
  }
  if (n_onsite == day->visits.n)
    day->onsite = day->attended;
  else if (n_onsite == 0 || ilp->clinic->visit_min_minutes == 0)
    day->onsite = NONE;
  else if (n_onsite == 1)
    day->onsite = last;
  else
    day->onsite = ilp_column(ilp, 0, 1, true, "onsite(%s,%s)",
                             ilp->model->labels.patients[day->patient], day_names[day->day]);
}

static void add_days(struct ilp *ilp, int patient, const struct ilp_uses *visits, int *n_starts) {
  struct ilp_model *model = ilp->model;
  for (int from = 0, to; from < visits->n; from = to) {
    int weekday = day_of(model->offerings[visits->list[from].offering].start_min);
    for (to = from; to < visits->n; to++)
      if (day_of(model->offerings[visits->list[to].offering].start_min) != weekday) break;
    struct ilp_day *day = &model->days[model->n_days++];
    *day = (struct ilp_day){.patient = patient, .day = weekday};
    day->visits = (struct ilp_uses){visits->list + from, to - from};
    add_courses(ilp, day, n_starts);
    add_attended(ilp, day);
    add_onsite(ilp, day);
    build_pieces(ilp, day);
  }
}

static void index_duties(struct ilp *ilp) {
  struct ilp_model *model = ilp->model;
  int *n_of = mem_new((size_t)ilp->clinic->n_therapists, sizeof *n_of);
  for (int i = 0; i < model->n_offerings; i++)
    for (int k = 0; k < model->offerings[i].n_leads; k++)
      n_of[model->offerings[i].leads[k].therapist]++;
  model->duties = lay_out_uses(ilp, n_of, ilp->clinic->n_therapists);
  for (int i = 0; i < model->n_offerings; i++)
    for (int k = 0; k < model->offerings[i].n_leads; k++) {
      const struct ilp_lead *lead = &model->offerings[i].leads[k];
      struct ilp_uses *own = &model->duties[lead->therapist];
      own->list[own->n++] = (struct ilp_use){i, lead->column};
    }
  free(n_of);
}

static void index_room_uses(struct ilp *ilp) {
  struct ilp_model *model = ilp->model;
  int *n_of = mem_new((size_t)model->n_room_classes, sizeof *n_of);
  for (int i = 0; i < model->n_offerings; i++)
    for (int k = 0; k < model->offerings[i].n_rooms; k++)
      n_of[model->offerings[i].rooms[k].room_class]++;
  model->room_uses = lay_out_uses(ilp, n_of, model->n_room_classes);
  for (int i = 0; i < model->n_offerings; i++)
    for (int k = 0; k < model->offerings[i].n_rooms; k++) {
      const struct ilp_room_use *use = &model->offerings[i].rooms[k];
      struct ilp_uses *own = &model->room_uses[use->room_class];
      own->list[own->n++] = (struct ilp_use){i, use->column};
    }
  free(n_of);
}

void build_days(struct ilp *ilp) {
  struct ilp_model *model = ilp->model;
  const struct clinic *clinic = ilp->clinic;
  size_t n_patients = (size_t)clinic->n_patients;
  model->visits = visits_by_patient(ilp);
  model->days = arena_alloc(&ilp->arena, n_patients * N_DAYS, sizeof *model->days);
  model->first_day = arena_alloc(&ilp->arena, n_patients + 1, sizeof(int));
  int *n_starts = mem_new((size_t)clinic->n_services, sizeof *n_starts);
  for (int p = 0; p < clinic->n_patients; p++) {
    model->first_day[p] = model->n_days;
    add_days(ilp, p, &model->visits[p], n_starts);
  }
  model->first_day[n_patients] = model->n_days;
  free(n_starts);
  index_duties(ilp);
  index_room_uses(ilp);
}

void ilp_week_days(struct ilp *ilp, int patient) {
  const struct ilp_model *model = ilp->model;
  for (int d = model->first_day[patient]; d < model->first_day[patient + 1]; d++)
    ilp_add(ilp, model->days[d].attended, 1);
}
