/* H4: a session is neither too small nor too large.
 *
 *   for every session s:  min_size <= |patients_s| <= max_size
 *
 * An individual or family session has exactly one patient: its sizes are 1 and 1.
 *
 * In the integer program, for every group offering o and patient p:
 *
 *   min_size * n[o]  <=  seated[o]  (<= max_size * n[o] by telehealth: on site it is H3's)
 *   x[p, o]  <=  n[o]
 *
 * of which the last follows for whole values, but not for others: without it a twelfth of a session
 * would seat a patient. Likewise for each place where parallel sessions are told apart. Individual
 * sessions have their one patient because n[o] is the sum of x[p, o]. */
#include <stdlib.h>

#include "iopsched/ilp_model.h"
#include "judge.h"
#include "modules.h"

static void check_size(const struct judge *judge, int s, int n_patients) {
  const struct service *service = judged_service(judge, s);
  const char *patients = count_words(judge, n_patients, "patient");
  if (n_patients >= service->min_size && n_patients <= service->max_size) return;
  struct breach *breach;
  if (service->format != FORMAT_GROUP)
    breach = judge_session(judge, s, "%s, exactly 1 needed", patients);
  else if (n_patients < service->min_size)
    breach = judge_session(judge, s, "%s, at least %d needed", patients, service->min_size);
  else
    breach = judge_session(judge, s, "%s, at most %d allowed", patients, service->max_size);
  breach->mendable = n_patients < service->min_size;
}

static void check(const struct clinic *clinic, const struct schedule *schedule,
                  struct breaches *breaches) {
  struct judge judge = {"H4", clinic, schedule, breaches};
  int *sizes = session_sizes(clinic, schedule);
  for (int s = 0; s < schedule->n_sessions; s++) check_size(&judge, s, sizes[s]);
  free(sizes);
}

static void add_offering_rows(struct ilp *ilp, const struct ilp_offering *offering) {
  const struct service *service = ilp_service(ilp, offering);
  const char *label = ilp->model->labels.services[offering->service];
  const char *time = ilp_time(ilp, offering->start_min);
  ilp_row(ilp, "H4(%s,%s)", label, time);
  ilp_add(ilp, offering->seated, 1);
  ilp_add(ilp, offering->sessions, -service->min_size);
  ilp_at_least(ilp, 0);
  if (service->telehealth) {
    ilp_row(ilp, "H4.most(%s,%s)", label, time);
    ilp_add(ilp, offering->seated, 1);
    ilp_add(ilp, offering->sessions,
            -(service->max_size < offering->n_seats ? service->max_size : offering->n_seats));
    ilp_at_most(ilp, 0);
  }
  for (int i = 0; i < offering->n_seats; i++) {
    ilp_row(ilp, "H4.x(%s,%s,%s)", ilp->model->labels.patients[offering->seats[i].patient], label,
            time);
    ilp_add(ilp, offering->seats[i].column, 1);
    ilp_add(ilp, offering->sessions, -1);
    ilp_at_most(ilp, 0);
  }
}

static void add_place_rows(struct ilp *ilp, const struct ilp_offering *offering,
                           const struct ilp_place *place) {
  const struct service *service = ilp_service(ilp, offering);
  const char *label = ilp->model->labels.services[offering->service];
  const char *time = ilp_time(ilp, offering->start_min);
  ilp_row(ilp, "H4(%s,%s,%s)", label, time, place->label);
  ilp_place_patients(ilp, place);
  ilp_add(ilp, place->open, -service->min_size);
  ilp_at_least(ilp, 0);
  if (service->telehealth) {
    ilp_row(ilp, "H4.most(%s,%s,%s)", label, time, place->label);
    ilp_place_patients(ilp, place);
    ilp_add(ilp, place->open, -place->seats);
    ilp_at_most(ilp, 0);
  }
  for (int i = 0; i < place->n_named; i++) {
    ilp_row(ilp, "H4.in(%s,%s,%s,%s)", ilp->model->labels.patients[place->named[i].patient], label,
            time, place->label);
    ilp_add(ilp, place->named[i].column, 1);
    ilp_add(ilp, place->open, -1);
    ilp_at_most(ilp, 0);
  }
}

static void rows(struct ilp *ilp) {
  for (int i = 0; i < ilp->model->n_offerings; i++) {
    const struct ilp_offering *offering = &ilp->model->offerings[i];
    if (ilp_service(ilp, offering)->format != FORMAT_GROUP) continue;
    add_offering_rows(ilp, offering);
    for (int k = 0; k < offering->n_places; k++)
      add_place_rows(ilp, offering, &offering->places[k]);
  }
}

const struct rule h04_group_size = {
    .id = "H4",
    .title = "group sizes",
    .check = check,
    .rows = rows,
};
