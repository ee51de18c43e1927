/* The clinic as it would be after a remedy. */
#include <string.h>

#include "iopsched/remedy.h"
#include "limits.h"

static void *copy(struct clinic *variant, const void *from, int n, size_t size) {
  return arena_copy(&variant->arena, from, (size_t)n, size);
}

/* Everything that an edit may touch is the variant's own; names and lists are borrowed. */
static struct clinic *variant_of(const struct clinic *clinic) {
  struct clinic *variant = mem_new(1, sizeof *variant);
  *variant = *clinic;
  variant->arena = (struct arena){0};
  int n_services = clinic->n_services;
  variant->services = copy(variant, clinic->services, n_services, sizeof *clinic->services);
  variant->patients = copy(variant, clinic->patients, clinic->n_patients, sizeof *clinic->patients);
  variant->therapists =
      copy(variant, clinic->therapists, clinic->n_therapists, sizeof *clinic->therapists);
  variant->rooms = copy(variant, clinic->rooms, clinic->n_rooms, sizeof *clinic->rooms);
  variant->qualified = copy(variant, clinic->qualified, n_services * clinic->max_leaders,
                            (size_t)clinic->n_therapists * sizeof *clinic->qualified);
  variant->room_fits = copy(variant, clinic->room_fits, n_services,
                            (size_t)clinic->n_rooms * sizeof *clinic->room_fits);
  return variant;
}

static void add_window(struct clinic *variant, struct windows *windows,
                       const struct window *window) {
  struct windows more = {arena_alloc(&variant->arena, (size_t)windows->n + 1, sizeof *more.list),
                         0};
  struct window added = *window;
  int i = 0;
  for (; i < windows->n && windows->list[i].end_min < added.start_min; i++)
    more.list[more.n++] = windows->list[i];
  for (; i < windows->n && windows->list[i].start_min <= added.end_min; i++) {
    if (windows->list[i].start_min < added.start_min) added.start_min = windows->list[i].start_min;
    if (windows->list[i].end_min > added.end_min) added.end_min = windows->list[i].end_min;
  }
  more.list[more.n++] = added;
  for (; i < windows->n; i++) more.list[more.n++] = windows->list[i];
  *windows = more;
}

static void give_features(struct clinic *variant, int room, int service) {
  const struct ints *wanted = &variant->services[service].room_features;
  struct ints *features = &variant->rooms[room].features;
  for (int i = 0; i < wanted->n; i++)
    *features = ints_with(&variant->arena, features, wanted->list[i]);
  for (int s = 0; s < variant->n_services; s++)
    variant->room_fits[(size_t)s * (size_t)variant->n_rooms + (size_t)room] =
        !variant->services[s].telehealth &&
        ints_contain_all(features, &variant->services[s].room_features);
}

static bool *qualified_row(struct clinic *variant, int service, int role) {
  return variant->qualified + ((size_t)service * (size_t)variant->max_leaders + (size_t)role) *
                                  (size_t)variant->n_therapists;
}

/* Roles that the same therapists may fill are told apart no longer, or the other way round. */
static void compare_roles(struct clinic *variant, int service) {
  bool *differ = &variant->services[service].roles_named;
  *differ = false;
  for (int role = 1; role < variant->services[service].leaders; role++)
    *differ |= memcmp(qualified_row(variant, service, 0), qualified_row(variant, service, role),
                      (size_t)variant->n_therapists * sizeof(bool)) != 0;
}

static void give_credential(struct clinic *variant, int therapist, int credential) {
  struct ints *held = &variant->therapists[therapist].credentials;
  *held = ints_with(&variant->arena, held, credential);
  for (int s = 0; s < variant->n_services; s++) {
    const struct service *service = &variant->services[s];
    for (int leader = 0; leader < service->leaders && service->n_roles > 0; leader++)
      if (ints_contain(&service->roles[service->n_roles == 1 ? 0 : leader], credential))
        qualified_row(variant, s, leader)[therapist] = true;
    compare_roles(variant, s);
  }
}

/* One more room, the last one, like another. */
static void add_room_like(struct clinic *variant, int like) {
  int n = variant->n_rooms;
  struct room *rooms = arena_alloc(&variant->arena, (size_t)n + 1, sizeof *rooms);
  bool *fits =
      arena_alloc(&variant->arena, (size_t)variant->n_services, ((size_t)n + 1) * sizeof *fits);
  for (int i = 0; i <= n; i++) rooms[i] = variant->rooms[i < n ? i : like];
  rooms[n].id = rooms[n].name = new_room_id(variant, &variant->arena);
  rooms[n].available = rooms[n].addable = variant->opening; /* no hours of its own in the files */
  for (int s = 0; s < variant->n_services; s++)
    for (int i = 0; i <= n; i++)
      fits[(size_t)s * ((size_t)n + 1) + (size_t)i] =
          variant->room_fits[(size_t)s * (size_t)n + (size_t)(i < n ? i : like)];
  variant->rooms = rooms;
  variant->room_fits = fits;
  variant->n_rooms = n + 1;
}

static void set_need(struct clinic *variant, const struct edit *edit) {
  struct patient *patient = &variant->patients[edit->who];
  patient->needs = copy(variant, patient->needs, patient->n_needs, sizeof *patient->needs);
  edited_need(variant, edit)->min_sessions = edit->value;
}

static void make_edit(struct clinic *variant, const struct edit *edit) {
  if (limits[edit->kind].column) {
    *limit_place(variant, edit) = edit->value;
    return;
  }
  switch (edit->kind) {
    case EDIT_PATIENT_HOURS:
      add_window(variant, &variant->patients[edit->who].available, &edit->window);
      return;
    case EDIT_ROOM_HOURS:
      add_window(variant, &variant->rooms[edit->who].available, &edit->window);
      return;
    case EDIT_THERAPIST_HOURS:
      add_window(variant, &variant->therapists[edit->who].available, &edit->window);
      return;
    case EDIT_FEATURES:
      give_features(variant, edit->who, edit->service);
      return;
    case EDIT_CREDENTIAL:
      give_credential(variant, edit->who, edit->credential);
      return;
    case EDIT_ROOM:
      add_room_like(variant, edit->who);
      return;
    case EDIT_MIN_SESSIONS:
      set_need(variant, edit);
      return;
    default:
      die_internal("edit of unknown kind %d", (int)edit->kind);
  }
}

struct clinic *remedy_apply(const struct clinic *clinic, const struct remedy *remedy) {
  struct clinic *variant = variant_of(clinic);
  for (int i = 0; i < remedy->n; i++) make_edit(variant, &remedy->edits[i]);
  return variant;
}
