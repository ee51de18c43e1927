/* Who leads whose own session.
 *
 * Individual and family sessions of one offering are counted like groups: as many leaders as
 * sessions, whoever leads whom. A pairing y[p, g, t] (therapist t leads p in a role of group g) is
 * added only where it matters:
 *
 *   for patients who must be told apart (kept apart from a leader, or fixed with one), with all
 *   leaders they may have:          sum over t of y[p, g, t] = needed_g * x[p]
 *   for the primary therapist of others, whom it is cheaper to have:   sum over g of y <= x[p]
 *   in both cases:                  sum over p of y[p, g, t] <= leads[g, t]
 *
 * Whatever values these have, the other leaders can be dealt to the other sessions at will. */

#include "build.h"

int ilp_fixed(const struct ilp *ilp, int service, int start_min, int *first) {
  const struct clinic *clinic = ilp->clinic;
  int low = 0, high = clinic->n_fixed, n = 0;
  while (low < high) {
    int middle = low + (high - low) / 2;
    const struct fixed_session *fixed = &clinic->fixed[middle];
    if (fixed->start_min < start_min || (fixed->start_min == start_min && fixed->service < service))
      low = middle + 1;
    else
      high = middle;
  }
  *first = low;
  while (low + n < clinic->n_fixed && clinic->fixed[low + n].start_min == start_min &&
         clinic->fixed[low + n].service == service)
    n++;
  return n;
}

bool ilp_fixed_is_loose(const struct ilp *ilp, const struct ilp_offering *offering,
                        const struct fixed_session *fixed) {
  int first, n = ilp_fixed(ilp, offering->service, offering->start_min, &first);
  return fixed->patients.n == 0 && fixed->therapists.n > 0 && (n > 1 || fixed->therapists.n > 1);
}

/* Whose leaders must be known one by one because of fixed sessions. */
static bool fixed_with_leader(const struct ilp *ilp, const struct ilp_offering *offering,
                              int patient) {
  int first, n = ilp_fixed(ilp, offering->service, offering->start_min, &first);
  for (int i = first; i < first + n; i++) {
    const struct fixed_session *fixed = &ilp->clinic->fixed[i];
    if (ilp_fixed_is_loose(ilp, offering, fixed)) return true;
    if (fixed->therapists.n > 0 && ints_contain(&fixed->patients, patient)) return true;
  }
  return false;
}

/* May t, among the leads of its group, be paired with the seat's patient? */
static bool may_pair(const struct ilp *ilp, const struct ilp_offering *offering, int seat,
                     int therapist) {
  int patient = offering->seats[seat].patient;
  if (offering->told_apart[seat]) return !clinic_apart_therapist(ilp->clinic, patient, therapist);
  return ilp->clinic->weight_milli[TERM_NOT_PRIMARY] > 0 &&
         therapist == ilp->clinic->patients[patient].primary &&
         clinic_primary_counts(ilp->clinic, patient, offering->service);
}

static int n_choices(const struct ilp *ilp, const struct ilp_offering *offering, int seat,
                     int group) {
  int n = 0;
  for (int i = 0; i < offering->n_leads; i++)
    n += offering->leads[i].group == group &&
         (!offering->told_apart[seat] ||
          may_pair(ilp, offering, seat, offering->leads[i].therapist));
  return n;
}

static void add_pairings(struct ilp *ilp, struct ilp_offering *offering, int seat) {
  const struct ilp_roles *roles = &ilp->model->roles[offering->service];
  const struct ilp_labels *labels = &ilp->model->labels;
  const struct ilp_seat *attendance = &offering->seats[seat];
  for (int i = 0; i < offering->n_leads; i++) {
    const struct ilp_lead *lead = &offering->leads[i];
    if (!may_pair(ilp, offering, seat, lead->therapist)) continue;
    /* Where there is no choice of leaders, all of them come with the session. */
    bool forced = n_choices(ilp, offering, seat, lead->group) == roles->needed[lead->group];
    int column = forced ? attendance->column
                        : ilp_column(ilp, 0, 1, true, "sees(%s,%s,%s,%s)",
                                     labels->therapists[lead->therapist],
                                     labels->patients[attendance->patient],
                                     ilp_group_label(ilp, offering->service, lead->group),
                                     ilp_time(ilp, offering->start_min));
    offering->pairings[offering->n_pairings++] =
        (struct ilp_pairing){attendance->patient, lead->group, lead->therapist, column};
  }
}

static void add_leader_rows(struct ilp *ilp, const struct ilp_offering *offering) {
  for (int i = 0; i < offering->n_leads; i++) {
    const struct ilp_lead *lead = &offering->leads[i];
    ilp_row(ilp, "is.led(%s,%s,%s)", ilp->model->labels.therapists[lead->therapist],
            ilp_group_label(ilp, offering->service, lead->group),
            ilp_time(ilp, offering->start_min));
    for (int k = 0; k < offering->n_pairings; k++)
      if (offering->pairings[k].group == lead->group &&
          offering->pairings[k].therapist == lead->therapist)
        ilp_add(ilp, offering->pairings[k].column, 1);
    ilp_add(ilp, lead->column, -1);
    ilp_at_most(ilp, 0);
  }
}

static void add_patient_row(struct ilp *ilp, const struct ilp_offering *offering, int seat,
                            int group, int needed) {
  const struct ilp_labels *labels = &ilp->model->labels;
  const struct ilp_seat *attendance = &offering->seats[seat];
  bool whole = offering->told_apart[seat];
  const char *service =
      whole ? ilp_group_label(ilp, offering->service, group) : labels->services[offering->service];
  ilp_row(ilp, "is.seen(%s,%s,%s)", labels->patients[attendance->patient], service,
          ilp_time(ilp, offering->start_min));
  for (int i = 0; i < offering->n_pairings; i++)
    if (offering->pairings[i].patient == attendance->patient &&
        (!whole || offering->pairings[i].group == group))
      ilp_add(ilp, offering->pairings[i].column, 1);
  ilp_add(ilp, attendance->column, -needed);
  if (whole)
    ilp_equal(ilp, 0);
  else
    ilp_at_most(ilp, 0);
}

static void pair_up(struct ilp *ilp, struct ilp_offering *offering) {
  const struct ilp_roles *roles = &ilp->model->roles[offering->service];
  size_t most = 0;
  offering->told_apart = arena_alloc(&ilp->arena, (size_t)offering->n_seats, sizeof(bool));
  for (int seat = 0; seat < offering->n_seats; seat++) {
    int patient = offering->seats[seat].patient;
    offering->told_apart[seat] = ilp_has_apart_leader(ilp->clinic, offering, patient) ||
                                 fixed_with_leader(ilp, offering, patient);
    for (int i = 0; i < offering->n_leads; i++)
      most += may_pair(ilp, offering, seat, offering->leads[i].therapist);
  }
  offering->pairings = arena_alloc(&ilp->arena, most, sizeof *offering->pairings);
  for (int seat = 0; seat < offering->n_seats; seat++) {
    int before = offering->n_pairings;
    add_pairings(ilp, offering, seat);
    if (offering->told_apart[seat])
      for (int group = 0; group < roles->n_groups; group++)
        add_patient_row(ilp, offering, seat, group, roles->needed[group]);
    else if (offering->n_pairings > before)
      add_patient_row(ilp, offering, seat, NONE, 1);
  }
  add_leader_rows(ilp, offering);
}

void build_pairings(struct ilp *ilp) {
  for (int i = 0; i < ilp->model->n_offerings; i++)
    if (ilp_service(ilp, &ilp->model->offerings[i])->format != FORMAT_GROUP)
      pair_up(ilp, &ilp->model->offerings[i]);
}
