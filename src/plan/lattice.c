#include "lattice.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_NODES = 3000, MAX_TRACKED = 60 };

static int count_days(const struct patient *who) {
  int days = who->last_day - who->first_day + 1;
  return days < who->max_days ? days : who->max_days;
}

static bool has_service_need(const struct patient *who, int service) {
  for (int i = 0; i < who->n_needs; i++)
    if (who->needs[i].service == service) return true;
  return false;
}

int patient_rows(const struct clinic *clinic, int patient, const struct ints *services,
                 struct need *rows) {
  const struct patient *who = &clinic->patients[patient];
  int n = 0, days = count_days(who);
  for (int i = 0; i < who->n_needs; i++) {
    struct need need = who->needs[i];
    if (need.service != NONE) {
      int most = clinic_weekly_max(clinic, patient, need.service);
      need.max_sessions = most < days ? most : UNLIMITED;
    }
    if (need.min_sessions > 0 || need.max_sessions != UNLIMITED) rows[n++] = need;
  }
  for (int i = 0; i < services->n; i++) {
    int most = clinic_weekly_max(clinic, patient, services->list[i]);
    if (!has_service_need(who, services->list[i]) && most < days)
      rows[n++] = (struct need){services->list[i], NONE, 0, most};
  }
  return n;
}

static bool row_holds(const struct clinic *clinic, const struct lattice_row *row, int service) {
  return row->service == service ||
         (row->category != NONE && row->category == clinic->services[service].category);
}

static bool in_some_row(const struct clinic *clinic, const struct lattice *lattice, int service) {
  for (int r = 0; r < lattice->n_rows; r++)
    if (row_holds(clinic, &lattice->rows[r], service)) return true;
  return false;
}

/* Services of a requirement are tracked first. */
static void order_services(const struct clinic *clinic, struct lattice *lattice,
                           const struct ints *services) {
  int n = 0;
  for (int pass = 0; pass < 2; pass++)
    for (int i = 0; i < services->n; i++)
      if (in_some_row(clinic, lattice, services->list[i]) == (pass == 0))
        lattice->services[n++] = services->list[i];
  for (int s = 0; s < clinic->n_services; s++) lattice->local[s] = NONE;
  for (int i = 0; i < n; i++) lattice->local[lattice->services[i]] = i;
}

/* Open addressing over the nodes' settled quantities. */
struct node_index {
  int *slots; /* [size], node or NONE */
  size_t size;
};

static bool same_node(const struct lattice_node *a, const struct lattice_node *b) {
  return a->tracked == b->tracked && a->counted == b->counted && a->in_session == b->in_session &&
         a->n_counted == b->n_counted && a->n_sessions == b->n_sessions && a->onsite == b->onsite &&
         a->telehealth == b->telehealth;
}

static size_t hash_node(const struct lattice_node *node) {
  uint64_t hash = node->tracked * UINT64_C(0x9E3779B97F4A7C15);
  hash ^= (uint64_t)(node->counted * 131 + node->in_session * 31 + node->n_counted * 7 +
                     node->onsite * 2 + node->telehealth);
  hash *= UINT64_C(0xD6E8FEB86659FD93);
  return (size_t)(hash ^ (hash >> 32));
}

/* The node's number, added if new; NONE if that would be one too many. */
static int find_or_add(struct lattice *lattice, struct node_index *index,
                       const struct lattice_node *node) {
  size_t i = hash_node(node) & (index->size - 1);
  for (; index->slots[i] != NONE; i = (i + 1) & (index->size - 1))
    if (same_node(&lattice->nodes[index->slots[i]], node)) return index->slots[i];
  if (lattice->n_nodes == MAX_NODES) return NONE;
  lattice->nodes[lattice->n_nodes] = *node;
  return index->slots[i] = lattice->n_nodes++;
}

static bool extend(const struct clinic *clinic, struct lattice *lattice,
                   const struct lattice_node *from, int local, struct lattice_node *to) {
  const struct service *service = &clinic->services[lattice->services[local]];
  int slots = service->minutes / clinic->slot_minutes;
  *to = *from;
  if (local < lattice->n_tracked) {
    if (from->tracked >> local & 1) return false;
    to->tracked |= (uint64_t)1 << local;
  }
  to->in_session += slots;
  to->n_sessions++;
  if (service->counts_hours) {
    to->counted += slots;
    to->n_counted++;
  }
  if (service->telehealth)
    to->telehealth = true;
  else
    to->onsite = true;
  if (to->counted * clinic->slot_minutes > clinic->day_max_minutes ||
      to->in_session * clinic->slot_minutes > DAY_MIN)
    return false;
  if (to->n_sessions > MAX_DAY_SESSIONS) lattice->truncated = true;
  return to->n_sessions <= MAX_DAY_SESSIONS;
}

/* Builds nodes and children; false if there are too many nodes for this n_tracked. */
static bool grow(const struct clinic *clinic, struct lattice *lattice, struct node_index *index) {
  for (size_t i = 0; i < index->size; i++) index->slots[i] = NONE;
  lattice->n_nodes = 0;
  find_or_add(lattice, index, &(struct lattice_node){0});
  for (int node = 0; node < lattice->n_nodes; node++)
    for (int local = 0; local < lattice->n_services; local++) {
      struct lattice_node next;
      int32_t *child = &lattice->child[node * lattice->n_services + local];
      *child = NONE;
      if (!extend(clinic, lattice, &lattice->nodes[node], local, &next)) continue;
      *child = find_or_add(lattice, index, &next);
      if (*child == NONE) return false;
    }
  return true;
}

static void count_rows(const struct clinic *clinic, const struct lattice *lattice,
                       const struct lattice_node *node, uint8_t *counts) {
  for (int r = 0; r < lattice->n_rows; r++) counts[r] = 0;
  for (int local = 0; local < lattice->n_tracked; local++)
    if (node->tracked >> local & 1)
      for (int r = 0; r < lattice->n_rows; r++)
        counts[r] = (uint8_t)(counts[r] +
                              row_holds(clinic, &lattice->rows[r], lattice->services[local]));
}

static void number_kinds(const struct clinic *clinic, struct lattice *lattice) {
  size_t rows = (size_t)lattice->n_rows, nodes = (size_t)lattice->n_nodes;
  lattice->kind_counted = arena_alloc(&lattice->arena, nodes, sizeof(int));
  lattice->kind_rows = arena_alloc(&lattice->arena, nodes * rows, 1);
  uint8_t *counts = mem_new(rows, 1);
  for (int i = 0; i < lattice->n_nodes; i++) {
    struct lattice_node *node = &lattice->nodes[i];
    count_rows(clinic, lattice, node, counts);
    int kind = 0;
    while (kind < lattice->n_kinds &&
           (lattice->kind_counted[kind] != node->counted ||
            memcmp(lattice->kind_rows + (size_t)kind * rows, counts, rows) != 0))
      kind++;
    if (kind == lattice->n_kinds) {
      lattice->kind_counted[kind] = node->counted;
      memcpy(lattice->kind_rows + (size_t)kind * rows, counts, rows);
      lattice->n_kinds++;
    }
    node->kind = kind;
  }
  free(counts);
}

/* Moves what was built in roomy scratch memory into the arena. */
static void keep_only_used(struct lattice *lattice) {
  size_t nodes = (size_t)lattice->n_nodes, services = (size_t)lattice->n_services;
  struct lattice_node *all_nodes = lattice->nodes;
  int32_t *all_children = lattice->child;
  lattice->nodes = arena_copy(&lattice->arena, all_nodes, nodes, sizeof *all_nodes);
  lattice->child = arena_copy(&lattice->arena, all_children, nodes * services, sizeof(int32_t));
  free(all_nodes);
  free(all_children);
}

static void lattice_init(struct lattice *lattice, const struct clinic *clinic,
                         const struct ints *services, const struct need *rows, int n_rows) {
  struct arena *arena = &lattice->arena;
  lattice->n_services = services->n;
  lattice->n_rows = n_rows;
  lattice->rows = arena_alloc(arena, (size_t)n_rows, sizeof *lattice->rows);
  for (int r = 0; r < n_rows; r++)
    lattice->rows[r] = (struct lattice_row){rows[r].service, rows[r].category};
  lattice->services = arena_alloc(arena, (size_t)services->n, sizeof(int));
  lattice->local = arena_alloc(arena, (size_t)clinic->n_services, sizeof(int));
  order_services(clinic, lattice, services);
  lattice->nodes = mem_new(MAX_NODES, sizeof *lattice->nodes);
  lattice->child = mem_new((size_t)MAX_NODES * (size_t)services->n, sizeof *lattice->child);
  struct node_index index = {mem_new(4 * 4096, sizeof(int)), 4 * 4096};
  lattice->n_tracked = services->n < MAX_TRACKED ? services->n : MAX_TRACKED;
  while (!grow(clinic, lattice, &index)) lattice->n_tracked--;
  free(index.slots);
  keep_only_used(lattice);
  number_kinds(clinic, lattice);
  bool onsite = false, telehealth = false;
  for (int i = 0; i < services->n; i++)
    *(clinic->services[services->list[i]].telehealth ? &telehealth : &onsite) = true;
  lattice->mixes_modes = onsite && telehealth;
}

static bool lattice_suits(const struct lattice *lattice, const struct ints *services,
                          const struct need *rows, int n_rows) {
  if (lattice->n_services != services->n || lattice->n_rows != n_rows) return false;
  for (int i = 0; i < services->n; i++)
    if (lattice->local[services->list[i]] == NONE) return false;
  for (int r = 0; r < n_rows; r++)
    if (lattice->rows[r].service != rows[r].service ||
        lattice->rows[r].category != rows[r].category)
      return false;
  return true;
}

void lattices_init(struct lattices *lattices, const struct grid *grid) {
  const struct clinic *clinic = grid->clinic;
  size_t n_patients = (size_t)clinic->n_patients;
  lattices->of_patient = arena_alloc(&lattices->arena, n_patients, sizeof(int));
  lattices->list = arena_alloc(&lattices->arena, n_patients, sizeof *lattices->list);
  for (int p = 0; p < clinic->n_patients; p++) {
    lattices->of_patient[p] = NONE;
    if (!clinic->patients[p].takes_part) continue;
    const struct ints *services = &grid->patient_services[p];
    struct need *rows =
        mem_new((size_t)(clinic->patients[p].n_needs + services->n), sizeof *rows);
    int n_rows = patient_rows(clinic, p, services, rows), found = 0;
    while (found < lattices->n && !lattice_suits(&lattices->list[found], services, rows, n_rows))
      found++;
    if (found == lattices->n) {
      lattice_init(&lattices->list[found], clinic, services, rows, n_rows);
      lattices->n++;
    }
    lattices->of_patient[p] = found;
    free(rows);
  }
}

void lattices_release(struct lattices *lattices) {
  for (int i = 0; i < lattices->n; i++) arena_free(&lattices->list[i].arena);
  arena_free(&lattices->arena);
}
