/* Names that LP readers accept for ids that may hold more: '-' becomes '_', long ids are cut, and
 * what is no longer unique gets a number. */
#include <string.h>

#include "build.h"

#define uthash_fatal(message) die_out_of_memory()
#include <uthash.h>

struct label_entry {
  char folded[LABEL_MAX + 1];
  UT_hash_handle hh;
};

static bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.';
}

static void fold(const char *label, char folded[LABEL_MAX + 1]) {
  size_t i = 0;
  for (; label[i]; i++) {
    char c = label[i];
    folded[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
  }
  folded[i] = '\0';
}

/* True if the label was free and is taken now. */
static bool take(struct label_set *taken, const char *label) {
  char folded[LABEL_MAX + 1];
  struct label_entry *entry;
  fold(label, folded);
  HASH_FIND_STR(taken->entries, folded, entry);
  if (entry) return false;
  entry = arena_alloc(&taken->arena, 1, sizeof *entry);
  memcpy(entry->folded, folded, sizeof folded);
  HASH_ADD_STR(taken->entries, folded, entry);
  return true;
}

/* gcc's analyzer does not see that uthash keeps its table in the entries themselves. */
#if defined __GNUC__ && !defined __clang__
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"
#endif
const char *label_new(struct arena *arena, struct label_set *taken, const char *id) {
  char label[LABEL_MAX + 1], suffix[16] = "";
  for (int number = 2;; number++) {
    size_t room = LABEL_MAX - strlen(suffix), length = strlen(id);
    if (length > room) length = room;
    for (size_t i = 0; i < length; i++) label[i] = (char)(is_plain(id[i]) ? id[i] : '_');
    strcpy(label + length, suffix);
    if (take(taken, label)) return arena_strdup(arena, label);
    snprintf(suffix, sizeof suffix, ".%d", number);
  }
}

#if defined __GNUC__ && !defined __clang__
#pragma GCC diagnostic pop
#endif

void label_set_release(struct label_set *taken) {
  HASH_CLEAR(hh, taken->entries);
  arena_free(&taken->arena);
}

void build_labels(struct ilp *ilp) {
  const struct clinic *clinic = ilp->clinic;
  struct ilp_labels *labels = &ilp->model->labels;
  struct label_set people = {0}, services = {0}, categories = {0};
  labels->patients = arena_alloc(&ilp->arena, (size_t)clinic->n_patients, sizeof(char *));
  labels->therapists = arena_alloc(&ilp->arena, (size_t)clinic->n_therapists, sizeof(char *));
  labels->services = arena_alloc(&ilp->arena, (size_t)clinic->n_services, sizeof(char *));
  labels->categories = arena_alloc(&ilp->arena, (size_t)clinic->n_categories, sizeof(char *));
  for (int i = 0; i < clinic->n_patients; i++)
    labels->patients[i] = label_new(&ilp->arena, &people, clinic->patients[i].id);
  for (int i = 0; i < clinic->n_therapists; i++)
    labels->therapists[i] = label_new(&ilp->arena, &people, clinic->therapists[i].id);
  for (int i = 0; i < clinic->n_services; i++)
    labels->services[i] = label_new(&ilp->arena, &services, clinic->services[i].id);
  for (int i = 0; i < clinic->n_categories; i++)
    labels->categories[i] = label_new(&ilp->arena, &categories, clinic->categories[i]);
  label_set_release(&people);
  label_set_release(&services);
  label_set_release(&categories);

  int slot = clinic->slot_minutes, n_slots = WEEK_MIN / slot;
  labels->times = arena_alloc(&ilp->arena, (size_t)n_slots, sizeof(char *));
  for (int i = 0; i < n_slots; i++) {
    int minute = i * slot % DAY_MIN;
    labels->times[i] = arena_printf(&ilp->arena, "%s_%02d%02d", day_names[day_of(i * slot)],
                                    minute / 60, minute % 60);
  }
}

const char *ilp_time(const struct ilp *ilp, int minute) {
  /* Pieces of a day may end with the week. */
  int n_slots = WEEK_MIN / ilp->clinic->slot_minutes, slot = minute / ilp->clinic->slot_minutes;
  return ilp->model->labels.times[slot % n_slots];
}
