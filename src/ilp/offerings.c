/* What may run when: offerings with the patients, leaders and rooms they could have. Whatever
 * cannot be is left out before it becomes a column. */
#include <stdlib.h>

#include "build.h"

static bool start_listed(const struct service *service, int start_min) {
  for (int i = 0; i < service->n_starts; i++)
    if (service->starts[i].minute_of_day == start_min % DAY_MIN &&
        (service->starts[i].day == NONE || service->starts[i].day == day_of(start_min)))
      return true;
  return service->n_starts == 0;
}

static bool may_start(const struct clinic *clinic, const struct service *service, int start_min) {
  return clinic->operates[day_of(start_min)] && start_listed(service, start_min) &&
         windows_cover(&clinic->opening, start_min, start_min + service->minutes);
}

static bool may_lead_group(const struct ilp *ilp, int service, int group, int therapist) {
  const struct ilp_roles *roles = &ilp->model->roles[service];
  for (int role = 0; role < ilp->clinic->services[service].leaders; role++)
    if (roles->group_of[role] == group)
      return clinic_qualified(ilp->clinic, service, role, therapist);
  return false;
}

static bool is_free_to_lead(const struct ilp *ilp, const struct ilp_offering *offering,
                            int therapist) {
  const struct therapist *who = &ilp->clinic->therapists[therapist];
  const struct service *service = ilp_service(ilp, offering);
  return service->minutes <= who->max_minutes_day && service->minutes <= who->max_minutes_week &&
         windows_cover(&who->available, offering->start_min,
                       ilp_end(ilp, offering) + service->notes_minutes);
}

static void find_leads(struct ilp *ilp, struct ilp_offering *offering) {
  int n_groups = ilp->model->roles[offering->service].n_groups;
  int n_therapists = ilp->clinic->n_therapists;
  struct ilp_lead *found = mem_new((size_t)n_groups * (size_t)n_therapists, sizeof *found);
  for (int group = 0; group < n_groups; group++)
    for (int t = 0; t < n_therapists; t++)
      if (may_lead_group(ilp, offering->service, group, t) && is_free_to_lead(ilp, offering, t))
        found[offering->n_leads++] = (struct ilp_lead){group, t, NONE};
  offering->leads = arena_copy(&ilp->arena, found, (size_t)offering->n_leads, sizeof *found);
  free(found);
}

static void find_rooms(struct ilp *ilp, struct ilp_offering *offering) {
  const struct clinic *clinic = ilp->clinic;
  const struct service *service = ilp_service(ilp, offering);
  if (service->telehealth) return;
  offering->rooms =
      arena_alloc(&ilp->arena, (size_t)ilp->model->n_room_classes, sizeof *offering->rooms);
  for (int class = 0; class < ilp->model->n_room_classes; class ++) {
    int room = ilp->model->room_classes[class].rooms.list[0];
    int capacity = clinic->rooms[room].capacity;
    if (!clinic_room_fits(clinic, offering->service, room) || capacity < service->min_size ||
        !windows_cover(&clinic->rooms[room].available, offering->start_min, ilp_end(ilp, offering)))
      continue;
    int seats = capacity < service->max_size ? capacity : service->max_size;
    offering->rooms[offering->n_rooms++] = (struct ilp_room_use){class, seats, NONE};
  }
}

/* Enough leaders of every group who are not kept apart from the patient. */
static bool can_be_led(const struct ilp *ilp, const struct ilp_offering *offering, int patient) {
  const struct ilp_roles *roles = &ilp->model->roles[offering->service];
  for (int group = 0; group < roles->n_groups; group++) {
    int able = 0;
    for (int i = 0; i < offering->n_leads; i++)
      able += offering->leads[i].group == group &&
              !clinic_apart_therapist(ilp->clinic, patient, offering->leads[i].therapist);
    if (able < roles->needed[group]) return false;
  }
  return true;
}

static bool may_attend(const struct ilp *ilp, const struct ilp_offering *offering, int patient) {
  const struct clinic *clinic = ilp->clinic;
  const struct patient *who = &clinic->patients[patient];
  const struct service *service = ilp_service(ilp, offering);
  int counted = service->counts_hours ? service->minutes : 0;
  return who->takes_part && clinic_eligible(clinic, patient, offering->service) &&
         clinic_weekly_max(clinic, patient, offering->service) > 0 && who->max_days > 0 &&
         counted <= who->max_minutes && counted <= clinic->day_max_minutes &&
         windows_cover(&who->available, offering->start_min, ilp_end(ilp, offering)) &&
         (who->apart_therapists.n == 0 || can_be_led(ilp, offering, patient));
}

static void find_seats(struct ilp *ilp, struct ilp_offering *offering) {
  struct ilp_seat *found = mem_new((size_t)ilp->clinic->n_patients, sizeof *found);
  for (int p = 0; p < ilp->clinic->n_patients; p++)
    if (may_attend(ilp, offering, p)) found[offering->n_seats++] = (struct ilp_seat){p, NONE};
  offering->seats = arena_copy(&ilp->arena, found, (size_t)offering->n_seats, sizeof *found);
  free(found);
}

static int least(int a, int b) {
  return a < b ? a : b;
}

/* Sessions that the leaders suffice for, each role group by itself and all together. */
static int most_by_leaders(const struct ilp *ilp, const struct ilp_offering *offering) {
  const struct ilp_roles *roles = &ilp->model->roles[offering->service];
  int most = INT_MAX, distinct = 0;
  bool *counted = mem_new((size_t)ilp->clinic->n_therapists, sizeof *counted);
  int *in_group = mem_new((size_t)roles->n_groups, sizeof *in_group);
  for (int i = 0; i < offering->n_leads; i++) {
    int therapist = offering->leads[i].therapist;
    in_group[offering->leads[i].group]++;
    distinct += !counted[therapist];
    counted[therapist] = true;
  }
  for (int group = 0; group < roles->n_groups; group++)
    most = least(most, in_group[group] / roles->needed[group]);
  most = least(most, distinct / ilp_service(ilp, offering)->leaders);
  free(counted);
  free(in_group);
  return most;
}

static int most_by_rooms(const struct ilp *ilp, const struct ilp_offering *offering) {
  if (ilp_service(ilp, offering)->telehealth) return INT_MAX;
  int most = 0;
  for (int i = 0; i < offering->n_rooms; i++)
    most += ilp->model->room_classes[offering->rooms[i].room_class].rooms.n;
  return most;
}

/* All who attend a closed service attend all its sessions, so no two run at once. */
static int most_by_itself(const struct ilp *ilp, const struct ilp_offering *offering) {
  const struct service *service = ilp_service(ilp, offering);
  int most = least(most_by_leaders(ilp, offering), most_by_rooms(ilp, offering));
  return least(most, service->closed ? least(1, service->sessions_max) : service->sessions_max);
}

/* All candidates of all services, by start and service. */
static void find_offerings(struct ilp *ilp) {
  const struct clinic *clinic = ilp->clinic;
  struct ilp_offering *found = NULL;
  size_t n = 0, capacity = 0;
  for (int start = 0; start < WEEK_MIN; start += clinic->slot_minutes)
    for (int service = 0; service < clinic->n_services; service++) {
      if (!may_start(clinic, &clinic->services[service], start)) continue;
      struct ilp_offering offering = {.service = service, .start_min = start};
      find_leads(ilp, &offering);
      find_rooms(ilp, &offering);
      offering.most = most_by_itself(ilp, &offering);
      if (offering.most < 1) continue;
      find_seats(ilp, &offering);
      found = mem_room_for_one(found, n, &capacity, sizeof *found);
      found[n++] = offering;
    }
  ilp->model->offerings = arena_copy(&ilp->arena, found, n, sizeof *found);
  ilp->model->n_offerings = (int)n;
  free(found);
}

/* Counted minutes a patient could have on one day if everything took place. */
struct reach {
  int minutes, until_min;
};

static struct reach *find_reach(const struct ilp *ilp) {
  struct reach *reach = mem_new((size_t)ilp->clinic->n_patients * N_DAYS, sizeof *reach);
  for (int i = 0; i < ilp->model->n_offerings; i++) {
    const struct ilp_offering *offering = &ilp->model->offerings[i];
    if (!ilp_service(ilp, offering)->counts_hours) continue;
    int day = day_of(offering->start_min), end = ilp_end(ilp, offering);
    for (int k = 0; k < offering->n_seats; k++) {
      struct reach *own = &reach[offering->seats[k].patient * N_DAYS + day];
      int from = offering->start_min > own->until_min ? offering->start_min : own->until_min;
      if (end <= from) continue;
      own->minutes += end - from;
      own->until_min = end;
    }
  }
  return reach;
}

/* Takes away seats of patients whose day on site could never be long enough, and all seats where
 * too few are left for one session. True if any went. */
static bool prune(struct ilp *ilp) {
  bool changed = false;
  struct reach *reach = find_reach(ilp);
  for (int i = 0; i < ilp->model->n_offerings; i++) {
    struct ilp_offering *offering = &ilp->model->offerings[i];
    const struct service *service = ilp_service(ilp, offering);
    int day = day_of(offering->start_min), kept = 0, had = offering->n_seats;
    for (int k = 0; k < had; k++)
      if (service->telehealth || reach[offering->seats[k].patient * N_DAYS + day].minutes >=
                                     ilp->clinic->visit_min_minutes)
        offering->seats[kept++] = offering->seats[k];
    offering->n_seats = kept < service->min_size ? 0 : kept;
    changed |= offering->n_seats != had;
  }
  free(reach);
  return changed;
}

static void drop_empty(struct ilp *ilp) {
  struct ilp_model *model = ilp->model;
  int kept = 0;
  for (int i = 0; i < model->n_offerings; i++)
    if (model->offerings[i].n_seats > 0) model->offerings[kept++] = model->offerings[i];
  model->n_offerings = kept;
}

static void add_seats(struct ilp *ilp, struct ilp_offering *offering) {
  const struct ilp_labels *labels = &ilp->model->labels;
  for (int i = 0; i < offering->n_seats; i++)
    offering->seats[i].column =
        ilp_column(ilp, 0, 1, true, "x(%s,%s,%s)", labels->patients[offering->seats[i].patient],
                   labels->services[offering->service], ilp_time(ilp, offering->start_min));
}

/* Sessions and those who sit in them; the row that counts the latter. */
static void add_sessions(struct ilp *ilp, struct ilp_offering *offering) {
  bool group = ilp_service(ilp, offering)->format == FORMAT_GROUP;
  const char *service = ilp->model->labels.services[offering->service];
  const char *time = ilp_time(ilp, offering->start_min);
  offering->most = least(offering->most, offering->n_seats / ilp_service(ilp, offering)->min_size);
  if (!group && offering->n_seats == 1) {
    offering->sessions = offering->seated = offering->seats[0].column;
    return;
  }
  offering->sessions = ilp_column(ilp, 0, offering->most, group, "n(%s,%s)", service, time);
  offering->seated =
      group ? ilp_column(ilp, 0, offering->n_seats, false, "seated(%s,%s)", service, time)
            : offering->sessions;
  ilp_row(ilp, "is.seated(%s,%s)", service, time);
  for (int i = 0; i < offering->n_seats; i++) ilp_add(ilp, offering->seats[i].column, 1);
  ilp_add(ilp, offering->seated, -1);
  ilp_equal(ilp, 0);
}

/* Where a group has no more than it needs, all lead whenever there is a session. */
static void add_leads(struct ilp *ilp, struct ilp_offering *offering) {
  const struct ilp_roles *roles = &ilp->model->roles[offering->service];
  int *in_group = mem_new((size_t)roles->n_groups, sizeof *in_group);
  for (int i = 0; i < offering->n_leads; i++) in_group[offering->leads[i].group]++;
  for (int i = 0; i < offering->n_leads; i++) {
    struct ilp_lead *lead = &offering->leads[i];
    lead->column = in_group[lead->group] == roles->needed[lead->group]
                       ? offering->sessions
                       : ilp_column(ilp, 0, 1, true, "leads(%s,%s,%s)",
                                    ilp->model->labels.therapists[lead->therapist],
                                    ilp_group_label(ilp, offering->service, lead->group),
                                    ilp_time(ilp, offering->start_min));
  }
  free(in_group);
}

static void add_rooms(struct ilp *ilp, struct ilp_offering *offering) {
  for (int i = 0; i < offering->n_rooms; i++) {
    struct ilp_room_use *use = &offering->rooms[i];
    const struct ilp_room_class *class = &ilp->model->room_classes[use->room_class];
    use->seats = least(use->seats, offering->n_seats);
    use->column =
        offering->n_rooms == 1
            ? offering->sessions
            : ilp_column(ilp, 0, least(class->rooms.n, offering->most), true, "room(%s,%s,%s)",
                         class->label, ilp->model->labels.services[offering->service],
                         ilp_time(ilp, offering->start_min));
  }
}

static void index_by_service(struct ilp *ilp) {
  struct ilp_model *model = ilp->model;
  int n_services = ilp->clinic->n_services;
  int *n_of = mem_new((size_t)n_services, sizeof *n_of);
  for (int i = 0; i < model->n_offerings; i++) n_of[model->offerings[i].service]++;
  model->offerings_of = arena_alloc(&ilp->arena, (size_t)n_services, sizeof *model->offerings_of);
  for (int s = 0; s < n_services; s++)
    model->offerings_of[s].list = arena_alloc(&ilp->arena, (size_t)n_of[s], sizeof(int));
  for (int i = 0; i < model->n_offerings; i++) {
    struct ints *own = &model->offerings_of[model->offerings[i].service];
    own->list[own->n++] = i;
  }
  free(n_of);
}

void build_offerings(struct ilp *ilp) {
  find_offerings(ilp);
  while (prune(ilp)) continue;
  drop_empty(ilp);
  for (int i = 0; i < ilp->model->n_offerings; i++) {
    struct ilp_offering *offering = &ilp->model->offerings[i];
    add_seats(ilp, offering);
    add_sessions(ilp, offering);
    add_leads(ilp, offering);
    add_rooms(ilp, offering);
  }
  index_by_service(ilp);
}

int ilp_attendance(const struct ilp_offering *offering, int patient) {
  int low = 0, high = offering->n_seats;
  while (low < high) {
    int middle = low + (high - low) / 2;
    if (offering->seats[middle].patient < patient)
      low = middle + 1;
    else
      high = middle;
  }
  bool found = low < offering->n_seats && offering->seats[low].patient == patient;
  return found ? offering->seats[low].column : NONE;
}

struct ilp_offering *ilp_find_offering(const struct ilp *ilp, int service, int start_min) {
  const struct ints *own = &ilp->model->offerings_of[service];
  for (int i = 0; i < own->n; i++)
    if (ilp->model->offerings[own->list[i]].start_min == start_min)
      return &ilp->model->offerings[own->list[i]];
  return NULL;
}
