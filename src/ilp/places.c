/* Parallel group sessions told apart.
 *
 * The n parallel sessions of an offering are counted, and nobody says who sits in which: seats,
 * leaders and rooms can be dealt to them afterwards. That fails where two things must be, or must
 * not be, in the same session, and several may run:
 *
 *   - patients kept apart, unless the conflicts are q disjoint cliques, and q no more than the
 *     seats of the smallest session. Then |clique attending| <= n is enough: members can be dealt
 *     round the sessions, which puts at most one of a clique, and almost equal numbers, in each;
 *   - patients kept apart from leaders, unless it is enough that leaders they may have suffice for
 *     one session (H10). It is for one such patient, who counts as a clique above. It is for m of
 *     them where sessions have one leader, no clique holds two of them, and m + q is neither above
 *     min_size nor above the seats of the smallest session: each sits with any leader he may have,
 *     and even all in one session would leave no other short of patients;
 *   - fixed sessions that name more than one thing, or several that name people.
 *
 * There each possible session is a place (a room, or a number where rooms are alike or there are
 * none) with the columns: open (it takes place), in (a named patient sits there), others (how many
 * of the rest), runs (a named leader leads there). Only those who matter are named. */
#include <stdlib.h>

#include "build.h"

static bool fixed_needs_places(const struct ilp *ilp, const struct ilp_offering *offering) {
  int first, n = ilp_fixed(ilp, offering->service, offering->start_min, &first);
  for (int i = first; i < first + n; i++) {
    const struct fixed_session *fixed = &ilp->clinic->fixed[i];
    int n_people = fixed->therapists.n + fixed->patients.n;
    if (n > 1 ? n_people > 0 : n_people + (fixed->room != NONE) > 1) return true;
  }
  return false;
}

static int least_seats(const struct ilp *ilp, const struct ilp_offering *offering) {
  int least = ilp_service(ilp, offering)->max_size;
  for (int i = 0; i < offering->n_rooms; i++)
    if (offering->rooms[i].seats < least) least = offering->rooms[i].seats;
  return least;
}

static bool kept_apart(const struct ilp *ilp, const struct ilp_offering *offering, int seat) {
  return ilp_has_apart_leader(ilp->clinic, offering, offering->seats[seat].patient);
}

static bool clique_with_two(const struct ilp *ilp, const struct ilp_offering *offering,
                            const struct ilp_conflicts *conflicts) {
  for (int c = 0; c < conflicts->n_cliques; c++) {
    int n = 0;
    for (int i = 0; i < conflicts->cliques[c].n; i++)
      n += kept_apart(ilp, offering, conflicts->cliques[c].list[i]);
    if (n > 1) return true;
  }
  return false;
}

static bool needs_places(const struct ilp *ilp, const struct ilp_offering *offering,
                         const struct ilp_conflicts *conflicts) {
  const struct service *service = ilp_service(ilp, offering);
  if (service->format != FORMAT_GROUP || offering->most < 2) return false;
  if (!conflicts->disjoint || fixed_needs_places(ilp, offering)) return true;
  int n_apart = 0, seats = least_seats(ilp, offering);
  for (int i = 0; i < offering->n_seats; i++) n_apart += kept_apart(ilp, offering, i);
  if (n_apart + conflicts->n_cliques > seats) return true;
  return n_apart > 1 &&
         (service->leaders > 1 || n_apart + conflicts->n_cliques > service->min_size ||
          clique_with_two(ilp, offering, conflicts));
}

/* Who is called by name at an offering: [n_seats], [n_leads]. */
struct named {
  bool *seats, *leads;
};

static void name_fixed(const struct ilp *ilp, const struct ilp_offering *offering,
                       struct named *named) {
  int first, n = ilp_fixed(ilp, offering->service, offering->start_min, &first);
  for (int i = first; i < first + n; i++) {
    const struct fixed_session *fixed = &ilp->clinic->fixed[i];
    for (int k = 0; k < offering->n_seats; k++)
      if (ints_contain(&fixed->patients, offering->seats[k].patient)) named->seats[k] = true;
    for (int k = 0; k < offering->n_leads; k++)
      if (ints_contain(&fixed->therapists, offering->leads[k].therapist)) named->leads[k] = true;
  }
}

static struct named name_people(const struct ilp *ilp, const struct ilp_offering *offering,
                                const struct ilp_conflicts *conflicts) {
  struct named named = {mem_new((size_t)offering->n_seats, sizeof(bool)),
                        mem_new((size_t)offering->n_leads, sizeof(bool))};
  for (int i = 0; i < conflicts->seats.n; i++) named.seats[conflicts->seats.list[i]] = true;
  for (int i = 0; i < offering->n_seats; i++) {
    int patient = offering->seats[i].patient;
    if (!ilp_has_apart_leader(ilp->clinic, offering, patient)) continue;
    named.seats[i] = true;
    for (int k = 0; k < offering->n_leads; k++)
      if (clinic_apart_therapist(ilp->clinic, patient, offering->leads[k].therapist))
        named.leads[k] = true;
  }
  name_fixed(ilp, offering, &named);
  return named;
}

static int count(const bool *flags, int n) {
  int set = 0;
  for (int i = 0; i < n; i++) set += flags[i];
  return set;
}

/* One place with its columns; `open` NONE: a new column. */
static void add_place(struct ilp *ilp, struct ilp_offering *offering, const struct named *named,
                      struct ilp_place place) {
  const struct ilp_labels *labels = &ilp->model->labels;
  const char *service = labels->services[offering->service];
  const char *time = ilp_time(ilp, offering->start_min);
  if (place.open == NONE)
    place.open = ilp_column(ilp, 0, 1, true, "open(%s,%s,%s)", service, time, place.label);
  int n_named = count(named->seats, offering->n_seats);
  place.named = arena_alloc(&ilp->arena, (size_t)n_named, sizeof *place.named);
  for (int i = 0; i < offering->n_seats; i++) {
    if (!named->seats[i]) continue;
    int patient = offering->seats[i].patient;
    int column = ilp_column(ilp, 0, 1, true, "in(%s,%s,%s,%s)", labels->patients[patient], service,
                            time, place.label);
    place.named[place.n_named++] = (struct ilp_seat){patient, column};
  }
  place.others = NONE;
  if (n_named < offering->n_seats)
    place.others =
        ilp_column(ilp, 0, place.seats, false, "others(%s,%s,%s)", service, time, place.label);
  place.leads = arena_alloc(&ilp->arena, (size_t)offering->n_leads, sizeof *place.leads);
  for (int i = 0; i < offering->n_leads; i++) {
    if (!named->leads[i]) continue;
    struct ilp_lead lead = offering->leads[i];
    lead.column =
        ilp_column(ilp, 0, 1, true, "runs(%s,%s,%s,%s)", labels->therapists[lead.therapist],
                   ilp_group_label(ilp, offering->service, lead.group), time, place.label);
    place.leads[place.n_leads++] = lead;
  }
  offering->places[offering->n_places++] = place;
}

/* Places of one room class, or of telehealth; `sessions` counts those open. Alike places open in
 * their order. */
static void add_class(struct ilp *ilp, struct ilp_offering *offering, const struct named *named,
                      const struct ilp_room_use *use, int n) {
  int first = offering->n_places;
  const char *class = "s";
  if (use->room_class != NONE) class = ilp->model->room_classes[use->room_class].label;
  for (int i = 0; i < n; i++) {
    const char *label = n == 1 ? class : arena_printf(&ilp->arena, "%s.%d", class, i + 1);
    struct ilp_place place = {.room_class = use->room_class,
                              .seats = use->seats,
                              .open = n == 1 ? use->column : NONE,
                              .label = label};
    add_place(ilp, offering, named, place);
  }
  if (n == 1) return;
  const char *service = ilp->model->labels.services[offering->service];
  const char *time = ilp_time(ilp, offering->start_min);
  ilp_row(ilp, "is.open(%s,%s,%s)", service, time, class);
  for (int i = first; i < offering->n_places; i++) ilp_add(ilp, offering->places[i].open, 1);
  ilp_add(ilp, use->column, -1);
  ilp_equal(ilp, 0);
  for (int i = first + 1; i < offering->n_places; i++) {
    ilp_row(ilp, "is.order(%s,%s,%s)", service, time, offering->places[i].label);
    ilp_add(ilp, offering->places[i].open, 1);
    ilp_add(ilp, offering->places[i - 1].open, -1);
    ilp_at_most(ilp, 0);
  }
}

/* Sums over the places are what the offering counts. */
static void add_sums(struct ilp *ilp, const struct ilp_offering *offering) {
  const struct ilp_labels *labels = &ilp->model->labels;
  const struct ilp_place *places = offering->places;
  const char *service = labels->services[offering->service];
  const char *time = ilp_time(ilp, offering->start_min);
  for (int i = 0; i < places[0].n_named; i++) {
    int patient = places[0].named[i].patient;
    ilp_row(ilp, "is.in(%s,%s,%s)", labels->patients[patient], service, time);
    for (int k = 0; k < offering->n_places; k++) ilp_add(ilp, places[k].named[i].column, 1);
    ilp_add(ilp, ilp_attendance(offering, patient), -1);
    ilp_equal(ilp, 0);
  }
  for (int i = 0, lead = 0; i < places[0].n_leads; i++) {
    const struct ilp_lead *runs = &places[0].leads[i];
    while (offering->leads[lead].group != runs->group ||
           offering->leads[lead].therapist != runs->therapist)
      lead++;
    ilp_row(ilp, "is.runs(%s,%s,%s)", labels->therapists[runs->therapist],
            ilp_group_label(ilp, offering->service, runs->group), time);
    for (int k = 0; k < offering->n_places; k++) ilp_add(ilp, places[k].leads[i].column, 1);
    ilp_add(ilp, offering->leads[lead].column, -1);
    ilp_equal(ilp, 0);
  }
  if (places[0].others == NONE) return;
  ilp_row(ilp, "is.others(%s,%s)", service, time);
  for (int k = 0; k < offering->n_places; k++) ilp_add(ilp, places[k].others, 1);
  for (int i = 0; i < places[0].n_named; i++)
    ilp_add(ilp, ilp_attendance(offering, places[0].named[i].patient), 1);
  ilp_add(ilp, offering->seated, -1);
  ilp_equal(ilp, 0);
}

static void tell_apart(struct ilp *ilp, struct ilp_offering *offering,
                       const struct ilp_conflicts *conflicts) {
  const struct service *service = ilp_service(ilp, offering);
  struct named named = name_people(ilp, offering, conflicts);
  size_t most = (size_t)offering->most * (size_t)(offering->n_rooms ? offering->n_rooms : 1);
  offering->places = arena_alloc(&ilp->arena, most, sizeof *offering->places);
  for (int i = 0; i < offering->n_rooms; i++) {
    int n = ilp->model->room_classes[offering->rooms[i].room_class].rooms.n;
    add_class(ilp, offering, &named, &offering->rooms[i], n < offering->most ? n : offering->most);
  }
  if (service->telehealth) {
    int seats = service->max_size < offering->n_seats ? service->max_size : offering->n_seats;
    struct ilp_room_use use = {NONE, seats, offering->sessions};
    add_class(ilp, offering, &named, &use, offering->most);
  }
  add_sums(ilp, offering);
  free(named.seats);
  free(named.leads);
}

void build_places(struct ilp *ilp) {
  for (int i = 0; i < ilp->model->n_offerings; i++) {
    struct ilp_offering *offering = &ilp->model->offerings[i];
    struct arena scratch = {0};
    struct ilp_conflicts conflicts = ilp_conflicts_of(&scratch, ilp->clinic, offering);
    if (needs_places(ilp, offering, &conflicts)) tell_apart(ilp, offering, &conflicts);
    arena_free(&scratch);
  }
}

void ilp_place_patients(struct ilp *ilp, const struct ilp_place *place) {
  for (int i = 0; i < place->n_named; i++) ilp_add(ilp, place->named[i].column, 1);
  if (place->others != NONE) ilp_add(ilp, place->others, 1);
}

int ilp_named_column(const struct ilp_place *place, int patient) {
  for (int i = 0; i < place->n_named; i++)
    if (place->named[i].patient == patient) return place->named[i].column;
  return NONE;
}
