/* requirements.csv: who needs what. Every row becomes a bound for one patient, one tag or all, on
 * one target: a service, or a category. For each patient and target the bounds of the highest rank
 * hold, the highest minimum and the highest maximum of them. */
#include <stdlib.h>
#include <string.h>

#include "cells.h"
#include "iopsched/text.h"
#include "tables.h"

enum { MAX_SESSIONS = 1000, MAX_EVERY = 520 };

enum rank { RANK_NONE, RANK_ALL, RANK_TAG, RANK_PATIENT };

struct scope {
  enum rank rank; /* RANK_NONE: not known, which is reported */
  int index;      /* of the patient or the tag; 0 for all */
};

struct requirement_row {
  struct scope scope;
  int target; /* service, or n_services + category; NONE: not known */
  int min_sessions, max_sessions;
  int every_weeks, first_week;
};

struct bound {
  struct scope scope;
  int target;
  int min_sessions, max_sessions;
};

struct bounds {
  struct bound *list; /* [n], heap; once settled by scope and target, one for each */
  size_t n, capacity;
};

/* struct scope: a patient_id, tag:NAME or all. */
static bool read_scope(const struct cell *cell, void *field);
/* int: a service_id or category:NAME. */
static bool read_target(const struct cell *cell, void *field);

#define OF_ROW(member) .field = offsetof(struct requirement_row, member)

static const struct column columns[] = {
    {"applies_to", REQUIRED, read_scope, OF_ROW(scope)},
    {"service", REQUIRED, read_target, OF_ROW(target)},
    {"min_sessions", "0", read_count, OF_ROW(min_sessions), .high = MAX_SESSIONS},
    {"max_sessions", "", read_count, OF_ROW(max_sessions), .high = MAX_SESSIONS,
     .absent = UNLIMITED},
    {"every_weeks", "1", read_count, OF_ROW(every_weeks), .low = 1, .high = MAX_EVERY},
    {"first_week", "", read_week, OF_ROW(first_week)},
};
static const struct table table = {
    .file = "requirements.csv", TABLE_COLUMNS(columns), .row_size = sizeof(struct requirement_row)};

/* What follows "tag:" (the prefix, in any case) in the text; NULL if it does not start so. */
static const char *after_prefix(const char *text, const char *prefix) {
  for (; *prefix; prefix++, text++)
    if (!*text || (*text | 0x20) != (*prefix | 0x20)) return NULL;
  return text + strspn(text, " ");
}

/* A tag that no patient and no service has is no error: nobody may have it this week. */
static void warn_of_unknown_tag(const struct cell *cell, const char *tag) {
  struct loading *loading = cell->loading;
  if (loading->ids.n_suggestions++ >= MOST_SUGGESTIONS) return;
  const struct words *tags = &loading->tags;
  const char *suggestion = text_suggest(tag, tags->list, (size_t)tags->n);
  if (!suggestion || differ_in_digits_only(tag, suggestion)) return;
  diagnose(loading->diagnostics, SEVERITY_WARNING, cell->file, cell->line, cell->place,
           "no patient has tag '%s': did you mean '%s'?", shown(loading, tag), suggestion);
}

static bool read_scope(const struct cell *cell, void *field) {
  struct scope *scope = field;
  const char *tag = after_prefix(cell->text, "tag:");
  if (text_equal_nocase(cell->text, "all")) {
    *scope = (struct scope){RANK_ALL, 0};
  } else if (tag) {
    if (!*tag) return cell_fault(cell, cell->text, "names no tag");
    *scope = (struct scope){RANK_TAG, words_find(&cell->loading->tags, tag)};
    if (scope->index == NONE) warn_of_unknown_tag(cell, tag);
  } else {
    const struct id *id = find_reference(cell, ID_PATIENT, cell->text);
    if (!id) return false;
    *scope = (struct scope){RANK_PATIENT, id->index};
  }
  return true;
}

static bool unknown_category(const struct cell *cell, const char *category) {
  struct loading *loading = cell->loading;
  const struct words *categories = &loading->categories;
  if (loading->are_services_hidden) return false;
  const char *suggestion = text_suggest(category, categories->list, (size_t)categories->n);
  if (suggestion)
    return cell_report(cell, "no category '%s' in services.csv: did you mean '%s'?",
                       shown(loading, category), suggestion);
  return cell_report(cell, "no category '%s' in services.csv", shown(loading, category));
}

static bool read_target(const struct cell *cell, void *field) {
  struct loading *loading = cell->loading;
  const char *category = after_prefix(cell->text, "category:");
  int *target = field;
  *target = NONE;
  if (category) {
    int number = words_find(&loading->categories, category);
    if (number == NONE) return unknown_category(cell, category);
    *target = loading->clinic->n_services + number;
  } else {
    const struct id *id = find_reference(cell, ID_SERVICE, cell->text);
    if (!id) return false;
    *target = id->index;
  }
  return true;
}

/* Which targets are open to whom: services, and categories with any service that is. */
struct openings {
  const struct clinic *clinic;
  bool *category; /* [n_patients * n_categories], heap */
  int n_categories;
};

static struct openings find_openings(const struct loading *loading) {
  const struct clinic *clinic = loading->clinic;
  struct openings openings = {clinic, NULL, loading->categories.n};
  size_t n_categories = (size_t)openings.n_categories;
  openings.category = mem_new((size_t)clinic->n_patients, n_categories * sizeof *openings.category);
  for (int patient = 0; patient < clinic->n_patients; patient++) {
    bool *of_patient = openings.category + (size_t)patient * n_categories;
    for (int service = 0; service < clinic->n_services; service++) {
      int category = clinic->services[service].category;
      if (category != NONE && clinic_eligible(clinic, patient, service))
        of_patient[category] = true;
    }
  }
  return openings;
}

static bool is_open(const struct openings *openings, int patient, int target) {
  int n_services = openings->clinic->n_services;
  if (target < n_services) return clinic_eligible(openings->clinic, patient, target);
  return openings
      ->category[(size_t)patient * (size_t)openings->n_categories + (size_t)(target - n_services)];
}

/* True if a fault of the target's rows may be what keeps the patient out. */
static bool is_doubtful(const struct loading *loading, int patient, int target) {
  const struct clinic *clinic = loading->clinic;
  if (loading->stays[patient].is_doubtful || loading->are_services_hidden) return true;
  int category = target - clinic->n_services;
  for (int service = 0; service < clinic->n_services; service++)
    if ((service == target || (category >= 0 && clinic->services[service].category == category)) &&
        loading->service_terms[service].is_doubtful)
      return true;
  return false;
}

static void check_open(const struct table_reader *reader, const struct requirement_row *row,
                       const struct openings *openings) {
  int patient = row->scope.index;
  if (row->scope.rank != RANK_PATIENT || is_open(openings, patient, row->target)) return;
  if (is_doubtful(reader->loading, patient, row->target)) return;
  row_fault(reader, "service", "is not open to patient '%s': tags or telehealth keep them out",
            openings->clinic->patients[patient].id);
}

/* True if the row can be used. */
static bool check_row(const struct table_reader *reader, const struct requirement_row *row,
                      const struct openings *openings) {
  bool is_good = row_is_sound(reader);
  if (row_sound(reader, "applies_to") && row_sound(reader, "service"))
    check_open(reader, row, openings);
  if (row_sound(reader, "min_sessions") && row_sound(reader, "max_sessions") &&
      row->max_sessions < row->min_sessions) {
    row_fault(reader, "max_sessions", "is below min_sessions '%d'", row->min_sessions);
    is_good = false;
  }
  if (!row_sound(reader, "every_weeks") || !row_sound(reader, "first_week")) return false;
  if (row->every_weeks > 1 && row->first_week == NO_DATE) {
    cell_report(row_cell(reader, "first_week"),
                "an empty cell: every_weeks '%d' counts from a first week", row->every_weeks);
    is_good = false;
  } else if (row->every_weeks == 1 && row->first_week != NO_DATE) {
    row_warning(reader, "first_week", "without every_weeks above 1 the row holds in every week");
  }
  return is_good;
}

static bool holds_in(const struct requirement_row *row, int monday) {
  if (row->every_weeks == 1) return true;
  int weeks = (monday - row->first_week) / N_DAYS;
  return monday >= row->first_week && weeks % row->every_weeks == 0;
}

static struct bounds read_bounds(struct loading *loading, const struct openings *openings) {
  struct bounds bounds = {0};
  struct table_reader reader;
  table_open(&reader, loading, &table);
  struct requirement_row row;
  while (table_next(&reader, &row)) {
    if (!check_row(&reader, &row, openings) || row.scope.index == NONE) continue;
    if (!holds_in(&row, loading->clinic->monday)) continue;
    bounds.list = mem_room_for_one(bounds.list, bounds.n, &bounds.capacity, sizeof *bounds.list);
    bounds.list[bounds.n++] =
        (struct bound){row.scope, row.target, row.min_sessions, row.max_sessions};
  }
  table_close(&reader);
  return bounds;
}

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

static int compare_scopes(const struct scope *x, const struct scope *y) {
  int order = COMPARE(x->rank, y->rank);
  return order ? order : COMPARE(x->index, y->index);
}

static int compare_bounds(const void *a, const void *b) {
  const struct bound *x = a, *y = b;
  int order = compare_scopes(&x->scope, &y->scope);
  return order ? order : COMPARE(x->target, y->target);
}

/* Lets the bound hold beside another of the same rank. */
static void join_bound(struct bound *bound, const struct bound *other) {
  if (other->min_sessions > bound->min_sessions) bound->min_sessions = other->min_sessions;
  if (other->max_sessions > bound->max_sessions) bound->max_sessions = other->max_sessions;
}

static void settle_bounds(struct bounds *bounds) {
  if (bounds->n < 2) return;
  qsort(bounds->list, bounds->n, sizeof *bounds->list, compare_bounds);
  size_t last = 0;
  for (size_t i = 1; i < bounds->n; i++) {
    if (compare_bounds(&bounds->list[last], &bounds->list[i]) == 0)
      join_bound(&bounds->list[last], &bounds->list[i]);
    else
      bounds->list[++last] = bounds->list[i];
  }
  bounds->n = last + 1;
}

/* The first bound of the scope, or of one after it. */
static size_t first_of(const struct bounds *bounds, const struct scope *scope) {
  size_t low = 0, high = bounds->n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (compare_scopes(&bounds->list[middle].scope, scope) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The bounds that hold for one patient, while they are found. */
struct holding {
  const struct openings *openings;
  const struct bounds *bounds;
  int patient;
  struct bound *of_target; /* [n_targets]; RANK_NONE: none */
};

static void take_scope(struct holding *holding, enum rank rank, int index) {
  struct scope scope = {rank, index};
  const struct bounds *bounds = holding->bounds;
  for (size_t i = first_of(bounds, &scope);
       i < bounds->n && compare_scopes(&bounds->list[i].scope, &scope) == 0; i++) {
    const struct bound *bound = &bounds->list[i];
    struct bound *held = &holding->of_target[bound->target];
    if (!is_open(holding->openings, holding->patient, bound->target)) continue;
    if (held->scope.rank == rank)
      join_bound(held, bound);
    else
      *held = *bound; /* ranks are taken in ascending order */
  }
}

static void keep_needs(struct loading *loading, const struct holding *holding, int n_targets) {
  struct clinic *clinic = loading->clinic;
  struct patient *patient = &clinic->patients[holding->patient];
  int *weekly_max = clinic->weekly_max + (size_t)holding->patient * (size_t)clinic->n_services;
  int n = 0;
  for (int target = 0; target < n_targets; target++)
    n += holding->of_target[target].scope.rank != 0;
  patient->needs = arena_alloc(&clinic->arena, (size_t)n, sizeof *patient->needs);
  for (int target = 0; target < n_targets; target++) {
    const struct bound *bound = &holding->of_target[target];
    bool is_service = target < clinic->n_services;
    if (bound->scope.rank == RANK_NONE) continue;
    if (is_service) weekly_max[target] = bound->max_sessions;
    int share = bound->min_sessions * loading->stays[holding->patient].n_days / loading->n_days;
    patient->needs[patient->n_needs++] =
        (struct need){.service = is_service ? target : NONE,
                      .category = is_service ? NONE : target - clinic->n_services,
                      .min_sessions = share,
                      .max_sessions = bound->max_sessions};
  }
}

static void settle_weekly_max(struct loading *loading) {
  struct clinic *clinic = loading->clinic;
  clinic->weekly_max = arena_alloc(&clinic->arena, (size_t)clinic->n_patients,
                                   (size_t)clinic->n_services * sizeof *clinic->weekly_max);
  int *weekly_max = clinic->weekly_max;
  for (int patient = 0; patient < clinic->n_patients; patient++)
    for (int service = 0; service < clinic->n_services; service++)
      *weekly_max++ = clinic_eligible(clinic, patient, service)
                          ? loading->service_terms[service].weekly_max
                          : 0;
}

void load_requirements(struct loading *loading) {
  const struct clinic *clinic = loading->clinic;
  struct openings openings = find_openings(loading);
  struct bounds bounds = read_bounds(loading, &openings);
  settle_bounds(&bounds);
  settle_weekly_max(loading);
  int n_targets = clinic->n_services + openings.n_categories;
  struct holding holding = {.openings = &openings, .bounds = &bounds};
  holding.of_target = mem_new((size_t)n_targets, sizeof *holding.of_target);
  for (int i = 0; i < clinic->n_patients; i++) {
    if (!clinic->patients[i].takes_part) continue;
    memset(holding.of_target, 0, (size_t)n_targets * sizeof *holding.of_target);
    holding.patient = i;
    const struct ints *tags = &clinic->patients[i].tags;
    take_scope(&holding, RANK_ALL, 0);
    for (int tag = 0; tag < tags->n; tag++) take_scope(&holding, RANK_TAG, tags->list[tag]);
    take_scope(&holding, RANK_PATIENT, i);
    keep_needs(loading, &holding, n_targets);
  }
  free(holding.of_target);
  free(bounds.list);
  free(openings.category);
}
