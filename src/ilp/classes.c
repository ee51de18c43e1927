/* What is alike: roles that the same therapists may fill, rooms that nothing tells apart. */
#include <stdlib.h>

#include "build.h"

static bool same_role(const struct clinic *clinic, int service, int role, int other) {
  for (int t = 0; t < clinic->n_therapists; t++)
    if (clinic_qualified(clinic, service, role, t) != clinic_qualified(clinic, service, other, t))
      return false;
  return true;
}

static struct ilp_roles group_roles(struct ilp *ilp, int service) {
  const struct clinic *clinic = ilp->clinic;
  int leaders = clinic->services[service].leaders;
  struct ilp_roles roles = {0};
  roles.needed = arena_alloc(&ilp->arena, (size_t)leaders, sizeof(int));
  roles.group_of = arena_alloc(&ilp->arena, (size_t)leaders, sizeof(int));
  for (int role = 0; role < leaders; role++) {
    int alike = 0;
    while (alike < role && !same_role(clinic, service, role, alike)) alike++;
    roles.group_of[role] = alike < role ? roles.group_of[alike] : roles.n_groups++;
    roles.needed[roles.group_of[role]]++;
  }
  return roles;
}

const char *ilp_group_label(struct ilp *ilp, int service, int group) {
  const char *label = ilp->model->labels.services[service];
  if (ilp->model->roles[service].n_groups == 1) return label;
  return arena_printf(&ilp->arena, "%s.%d", label, group + 1);
}

/* Patients of one session of the service in the room; 0 if it may not be there. */
static int seats_in_room(const struct clinic *clinic, int service, int room) {
  const struct service *it = &clinic->services[service];
  int capacity = clinic->rooms[room].capacity;
  if (!clinic_room_fits(clinic, service, room) || capacity < it->min_size) return 0;
  return capacity < it->max_size ? capacity : it->max_size;
}

/* named: [n_rooms]. A room that a fixed session names is one of a kind. */
static bool same_room(const struct clinic *clinic, const bool *named, int a, int b) {
  if (named[a] || named[b]) return false;
  if (!windows_equal(&clinic->rooms[a].available, &clinic->rooms[b].available)) return false;
  for (int service = 0; service < clinic->n_services; service++)
    if (seats_in_room(clinic, service, a) != seats_in_room(clinic, service, b)) return false;
  return true;
}

static void add_to_class(struct ilp *ilp, struct ilp_room_class *class, int room) {
  if (class->rooms.n == 0)
    class->rooms.list = arena_alloc(&ilp->arena, (size_t)ilp->clinic->n_rooms, sizeof(int));
  class->rooms.list[class->rooms.n++] = room;
}

static void label_classes(struct ilp *ilp) {
  struct label_set taken = {0};
  for (int i = 0; i < ilp->model->n_room_classes; i++) {
    struct ilp_room_class *class = &ilp->model->room_classes[i];
    const char *id = ilp->clinic->rooms[class->rooms.list[0]].id;
    if (class->rooms.n > 1) id = arena_printf(&ilp->arena, "%.12s.x%d", id, class->rooms.n);
    class->label = label_new(&ilp->arena, &taken, id);
  }
  label_set_release(&taken);
}

void build_classes(struct ilp *ilp) {
  const struct clinic *clinic = ilp->clinic;
  struct ilp_model *model = ilp->model;
  model->roles = arena_alloc(&ilp->arena, (size_t)clinic->n_services, sizeof *model->roles);
  for (int service = 0; service < clinic->n_services; service++)
    model->roles[service] = group_roles(ilp, service);

  size_t n_rooms = (size_t)clinic->n_rooms;
  bool *named = mem_new(n_rooms, sizeof *named);
  for (int i = 0; i < clinic->n_fixed; i++)
    if (clinic->fixed[i].room != NONE) named[clinic->fixed[i].room] = true;
  model->room_classes = arena_alloc(&ilp->arena, n_rooms, sizeof *model->room_classes);
  model->class_of_room = arena_alloc(&ilp->arena, n_rooms, sizeof(int));
  for (int room = 0; room < clinic->n_rooms; room++) {
    int class = 0;
    while (class < model->n_room_classes &&
           !same_room(clinic, named, room, model->room_classes[class].rooms.list[0]))
      class ++;
    if (class == model->n_room_classes) model->n_room_classes++;
    add_to_class(ilp, &model->room_classes[class], room);
    model->class_of_room[room] = class;
  }
  free(named);
  label_classes(ilp);
}
