/* The clinic's folder, table by table, to the validated clinic. */
#include <sys/stat.h>

#include "tables.h"

static enum load_status check_folder(const char *folder, struct diagnostics *diagnostics) {
  struct stat about;
  if (stat(folder, &about) == 0 && S_ISDIR(about.st_mode)) return LOAD_OK;
  diagnose(diagnostics, SEVERITY_ERROR, NULL, 0, NULL, "there is no folder '%s'", folder);
  return LOAD_NO_INPUT;
}

static void make_room_for_hours(struct loading *loading) {
  const struct clinic *clinic = loading->clinic;
  const size_t n[] = {[ID_PATIENT] = (size_t)clinic->n_patients,
                      [ID_THERAPIST] = (size_t)clinic->n_therapists,
                      [ID_ROOM] = (size_t)clinic->n_rooms};
  for (int kind = 0; kind < (int)(sizeof n / sizeof *n); kind++) {
    loading->n_hours[kind] = n[kind];
    loading->hours[kind] = arena_alloc(&loading->scratch, n[kind], sizeof(struct hours));
  }
}

static void free_hours(struct hours *hours) {
  spans_free(&hours->available);
  spans_free(&hours->preferred);
  spans_free(&hours->on);
  spans_free(&hours->off);
}

static void release(struct loading *loading) {
  for (int kind = 0; kind < N_ID_KINDS; kind++)
    for (size_t i = 0; i < loading->n_hours[kind]; i++) free_hours(&loading->hours[kind][i]);
  free_hours(&loading->program_hours);
  ids_free(&loading->ids);
  words_free(&loading->tags);
  words_free(&loading->categories);
  words_free(&loading->credentials);
  words_free(&loading->features);
  arena_free(&loading->scratch);
}

/* A copy of the words, in the order of their numbers. */
static const char **keep_words(struct arena *arena, const struct words *words) {
  const char **list = arena_alloc(arena, (size_t)words->n, sizeof *list);
  for (int i = 0; i < words->n; i++) list[i] = arena_strdup(arena, words->list[i]);
  return list;
}

static void keep_all_words(struct loading *loading) {
  struct clinic *clinic = loading->clinic;
  clinic->categories = keep_words(&clinic->arena, &loading->categories);
  clinic->n_categories = loading->categories.n;
  clinic->tags = keep_words(&clinic->arena, &loading->tags);
  clinic->n_tags = loading->tags.n;
  clinic->credentials = keep_words(&clinic->arena, &loading->credentials);
  clinic->n_credentials = loading->credentials.n;
  clinic->features = keep_words(&clinic->arena, &loading->features);
  clinic->n_features = loading->features.n;
}

static void load_tables(struct loading *loading) {
  load_settings(loading);
  load_services(loading);
  load_payers(loading);
  load_phases(loading);
  load_therapists(loading);
  load_rooms(loading);
  load_patients(loading);
  match_services(loading);
  load_requirements(loading);
  make_room_for_hours(loading);
  load_availability(loading);
  load_exceptions(loading);
  settle_hours(loading);
  load_apart(loading);
  load_fixed(loading);
  keep_all_words(loading);
  check_magnitude(loading);
}

static struct clinic *clinic_new(const char *folder, int monday) {
  struct clinic *clinic = mem_new(1, sizeof *clinic);
  clinic->folder = arena_strdup(&clinic->arena, folder);
  clinic->monday = monday;
  return clinic;
}

enum load_status clinic_load(const char *folder, int monday, struct diagnostics *diagnostics,
                             struct clinic **clinic) {
  *clinic = NULL;
  enum load_status status = check_folder(folder, diagnostics);
  if (status != LOAD_OK) return status;
  int errors_before = diagnostics->n_errors;
  struct loading loading = {
      .clinic = clinic_new(folder, monday), .diagnostics = diagnostics, .folder = folder};
  load_tables(&loading);
  status = loading.status;
  if (status == LOAD_OK && diagnostics->n_errors > errors_before) status = LOAD_FAULTY;
  if (status == LOAD_OK)
    *clinic = loading.clinic;
  else
    clinic_free(loading.clinic);
  release(&loading);
  return status;
}

enum load_status clinic_load_timezone(const char *folder, struct diagnostics *diagnostics,
                                      const char **timezone) {
  *timezone = NULL;
  enum load_status status = check_folder(folder, diagnostics);
  if (status != LOAD_OK) return status;
  struct diagnostics unheard = {0};
  struct loading loading = {
      .clinic = clinic_new(folder, 0), .diagnostics = &unheard, .folder = folder};
  load_settings(&loading);
  if (loading.clinic->timezone)
    *timezone = arena_strdup(&diagnostics->arena, loading.clinic->timezone);
  clinic_free(loading.clinic);
  release(&loading);
  diagnostics_free(&unheard);
  return LOAD_OK;
}
