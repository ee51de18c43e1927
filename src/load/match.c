/* Services matched with the words of people and rooms: who may attend, who may lead, where. */
#include <string.h>

#include "iopsched/text.h"
#include "tables.h"

static bool any_in(const struct ints *wanted, const struct ints *had) {
  for (int i = 0; i < wanted->n; i++)
    if (ints_contain(had, wanted->list[i])) return true;
  return false;
}

static bool is_eligible(const struct patient *patient, const struct service *service,
                        const struct ints *service_tags) {
  if (patient->telehealth == TELEHEALTH_NO && service->telehealth) return false;
  if (patient->telehealth == TELEHEALTH_ONLY && !service->telehealth) return false;
  return service_tags->n == 0 || any_in(service_tags, &patient->tags);
}

static void match_patients(struct loading *loading) {
  struct clinic *clinic = loading->clinic;
  size_t n_patients = (size_t)clinic->n_patients, n_services = (size_t)clinic->n_services;
  if (n_patients > 0 && n_services > SIZE_MAX / n_patients) die_out_of_memory();
  clinic->eligible = arena_alloc(&clinic->arena, n_patients * n_services, sizeof *clinic->eligible);
  bool *eligible = clinic->eligible;
  for (int patient = 0; patient < clinic->n_patients; patient++)
    for (int service = 0; service < clinic->n_services; service++)
      *eligible++ = is_eligible(&clinic->patients[patient], &clinic->services[service],
                                &loading->service_terms[service].tags);
}

/* Fills the roles of one service, [max_leaders * n_therapists]. */
static void match_roles(const struct loading *loading, const struct service *service,
                        const struct roles *roles, bool *qualified) {
  for (int leader = 0; leader < service->leaders; leader++) {
    const struct ints *role = &roles->list[roles->n == 1 ? 0 : leader];
    for (int therapist = 0; therapist < loading->clinic->n_therapists; therapist++)
      *qualified++ = role->n == 0 || any_in(role, &loading->therapist_credentials[therapist]);
  }
}

/* True if some role may be filled by others than the first. */
static bool differ(const bool *qualified, int n_roles, size_t n_therapists) {
  for (int role = 1; role < n_roles; role++)
    if (memcmp(qualified, qualified + (size_t)role * n_therapists,
               n_therapists * sizeof *qualified) != 0)
      return true;
  return false;
}

static void match_therapists(struct loading *loading) {
  struct clinic *clinic = loading->clinic;
  clinic->max_leaders = 1;
  for (int i = 0; i < clinic->n_services; i++)
    if (clinic->services[i].leaders > clinic->max_leaders)
      clinic->max_leaders = clinic->services[i].leaders;
  size_t of_role = (size_t)clinic->n_therapists, of_service = of_role * (size_t)clinic->max_leaders;
  clinic->qualified = arena_alloc(&clinic->arena, (size_t)clinic->n_services,
                                  of_service * sizeof *clinic->qualified);
  for (int i = 0; i < clinic->n_services; i++) {
    struct service *service = &clinic->services[i];
    bool *qualified = clinic->qualified + (size_t)i * of_service;
    match_roles(loading, service, &loading->service_terms[i].roles, qualified);
    service->roles_named = differ(qualified, service->leaders, of_role);
  }
}

static void match_rooms(struct loading *loading) {
  struct clinic *clinic = loading->clinic;
  clinic->room_fits = arena_alloc(&clinic->arena, (size_t)clinic->n_services,
                                  (size_t)clinic->n_rooms * sizeof *clinic->room_fits);
  bool *fits = clinic->room_fits;
  for (int service = 0; service < clinic->n_services; service++)
    for (int room = 0; room < clinic->n_rooms; room++)
      *fits++ = !clinic->services[service].telehealth &&
                ints_contain_all(&loading->room_features[room],
                                 &loading->service_terms[service].room_features);
}

/* Words are compared exactly, so a misspelt one matches nobody, silently. Services that ask for one
 * that nobody has, but something like it, are warned about. */

struct holders {
  const char *column; /* of services.csv */
  const char *nobody; /* "no therapist holds" */
  const struct words *words;
  bool *is_held;     /* [words->n] */
  const char **held; /* [n_held] */
  size_t n_held;
  bool *is_reported; /* [words->n] */
};

static struct holders find_holders(struct loading *loading, const char *column, const char *nobody,
                                   const struct words *words) {
  size_t n = (size_t)words->n;
  struct arena *arena = &loading->scratch;
  return (struct holders){.column = column,
                          .nobody = nobody,
                          .words = words,
                          .is_held = arena_alloc(arena, n, sizeof(bool)),
                          .held = arena_alloc(arena, n, sizeof(char *)),
                          .is_reported = arena_alloc(arena, n, sizeof(bool))};
}

static void hold(struct holders *holders, const struct ints *words) {
  for (int i = 0; i < words->n; i++) {
    int word = words->list[i];
    if (!holders->is_held[word]) holders->held[holders->n_held++] = holders->words->list[word];
    holders->is_held[word] = true;
  }
}

static void warn_if_misspelt(struct loading *loading, struct holders *holders,
                             const struct service *service, const struct ints *words) {
  for (int i = 0; i < words->n; i++) {
    int word = words->list[i];
    if (holders->is_held[word] || holders->is_reported[word]) continue;
    holders->is_reported[word] = true;
    if (loading->ids.n_suggestions++ >= MOST_SUGGESTIONS) return;
    const char *name = holders->words->list[word];
    const char *suggestion = text_suggest(name, holders->held, holders->n_held);
    if (!suggestion || differ_in_digits_only(name, suggestion)) continue;
    diagnose(loading->diagnostics, SEVERITY_WARNING, "services.csv", service->line, holders->column,
             "%s '%s': did you mean '%s'?", holders->nobody, name, suggestion);
  }
}

static void warn_of_misspelt_words(struct loading *loading) {
  const struct clinic *clinic = loading->clinic;
  struct holders credentials =
      find_holders(loading, "credentials", "no therapist holds", &loading->credentials);
  struct holders features =
      find_holders(loading, "room_features", "no room has", &loading->features);
  struct holders tags = find_holders(loading, "tags", "no patient has", &loading->tags);
  for (int i = 0; i < clinic->n_therapists; i++)
    hold(&credentials, &loading->therapist_credentials[i]);
  for (int i = 0; i < clinic->n_rooms; i++) hold(&features, &loading->room_features[i]);
  for (int i = 0; i < clinic->n_patients; i++) hold(&tags, &clinic->patients[i].tags);
  for (int i = 0; i < clinic->n_services; i++) {
    const struct service *service = &clinic->services[i];
    const struct service_terms *terms = &loading->service_terms[i];
    for (int role = 0; role < terms->roles.n; role++)
      warn_if_misspelt(loading, &credentials, service, &terms->roles.list[role]);
    warn_if_misspelt(loading, &features, service, &terms->room_features);
    warn_if_misspelt(loading, &tags, service, &terms->tags);
  }
}

void match_services(struct loading *loading) {
  match_patients(loading);
  match_therapists(loading);
  match_rooms(loading);
  if (loading->diagnostics->n_errors == 0) warn_of_misspelt_words(loading);
}
