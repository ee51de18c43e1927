#include "lattice.h"

#include <stdlib.h>
#include <string.h>

/* What a day contributes to the requirements is kept up to MAX_NODES, whether or not its services
 * are told apart: all that a day of up to five out of twenty services that are needed once may be
 * (21,700 nodes), as in a week of 20 hours and days of 5. */
enum { MAX_NODES = 22000, MAX_TRACKED = 60 };

/* ---- the patient's requirements ---- */

static bool has_service_need(const struct patient *who, int service) {
  for (int i = 0; i < who->n_needs; i++)
    if (who->needs[i].service == service) return true;
  return false;
}

/* The requirements with a minimum, or a maximum that can bind. Returns how many. */
static int binding_rows(const struct clinic *clinic, int patient, const struct ints *services,
                        struct need *rows) {
  const struct patient *who = &clinic->patients[patient];
  int days = who->last_day - who->first_day + 1, n = 0;
  if (who->max_days < days) days = who->max_days;
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

/* ---- building ---- */

struct builder {
  const struct clinic *clinic;
  struct lattice *lattice;
  int most_nodes;
  int most_payable;       /* services of a day that any payer asks for */
  int *node_at, *kind_at; /* [index_size]: open addressing; NONE: empty */
  size_t index_size;      /* a power of two that leaves most places empty */
  uint8_t *counts;        /* [n_rows], scratch */
};

static size_t mix(uint64_t hash) {
  hash *= UINT64_C(0xD6E8FEB86659FD93);
  return (size_t)(hash ^ (hash >> 32));
}

static int find_or_add_kind(struct builder *builder, int counted, const uint8_t *counts) {
  struct lattice *lattice = builder->lattice;
  size_t n_rows = (size_t)lattice->n_rows, mask = builder->index_size - 1;
  uint64_t hash = (uint64_t)counted + 1;
  for (size_t r = 0; r < n_rows; r++) hash = hash * 31 + counts[r];
  size_t i = mix(hash) & mask;
  for (; builder->kind_at[i] != NONE; i = (i + 1) & mask) {
    int kind = builder->kind_at[i];
    if (lattice->kind_counted[kind] == counted &&
        memcmp(lattice->kind_rows + (size_t)kind * n_rows, counts, n_rows) == 0)
      return kind;
  }
  if (lattice->n_kinds >= builder->most_nodes) return NONE;
  lattice->kind_counted[lattice->n_kinds] = counted;
  memcpy(lattice->kind_rows + (size_t)lattice->n_kinds * n_rows, counts, n_rows);
  return builder->kind_at[i] = lattice->n_kinds++;
}

static int find_or_add_node(struct builder *builder, const struct lattice_node *node) {
  struct lattice *lattice = builder->lattice;
  uint64_t hash =
      node->tracked * UINT64_C(0x9E3779B97F4A7C15) ^
      (uint64_t)(node->kind * 64 + node->n_counted * 4 + node->onsite * 2 + node->telehealth);
  size_t mask = builder->index_size - 1, i = mix(hash) & mask;
  for (; builder->node_at[i] != NONE; i = (i + 1) & mask) {
    const struct lattice_node *other = &lattice->nodes[builder->node_at[i]];
    if (other->tracked == node->tracked && other->kind == node->kind &&
        other->n_counted == node->n_counted && other->onsite == node->onsite &&
        other->telehealth == node->telehealth)
      return builder->node_at[i];
  }
  if (lattice->n_nodes >= builder->most_nodes) return NONE;
  lattice->nodes[lattice->n_nodes] = *node;
  return builder->node_at[i] = lattice->n_nodes++;
}

enum extension { EXTENDED, NOT_ALLOWED, TOO_MANY };

static bool count_rows(struct builder *builder, int kind, int service) {
  const struct lattice *lattice = builder->lattice;
  size_t n_rows = (size_t)lattice->n_rows;
  memcpy(builder->counts, lattice->kind_rows + (size_t)kind * n_rows, n_rows);
  for (size_t r = 0; r < n_rows; r++) {
    const struct need *row = &lattice->rows[r];
    if (!clinic_need_holds(builder->clinic, row, service)) continue;
    if (row->max_sessions == UNLIMITED && builder->counts[r] >= row->min_sessions) continue;
    if (++builder->counts[r] > row->max_sessions || builder->counts[r] > 250) return false;
  }
  return true;
}

static enum extension extend(struct builder *builder, int from, int local,
                             struct lattice_node *to) {
  const struct clinic *clinic = builder->clinic;
  struct lattice *lattice = builder->lattice;
  const struct service *service = &clinic->services[lattice->services[local]];
  *to = lattice->nodes[from];
  if (local < lattice->n_tracked) {
    if (to->tracked >> local & 1) return NOT_ALLOWED;
    to->tracked |= (uint64_t)1 << local;
  }
  int counted = lattice->kind_counted[to->kind];
  if (service->counts_hours) {
    counted += service->minutes / clinic->slot_minutes;
    if (to->n_counted < builder->most_payable) to->n_counted++;
  }
  if (counted * clinic->slot_minutes > clinic->day_max_minutes) return NOT_ALLOWED;
  if (!count_rows(builder, to->kind, lattice->services[local])) return NOT_ALLOWED;
  *(service->telehealth ? &to->telehealth : &to->onsite) = true;
  to->kind = find_or_add_kind(builder, counted, builder->counts);
  return to->kind == NONE ? TOO_MANY : EXTENDED;
}

/* Scratch memory for so many nodes and kinds; whatever was built is forgotten. */
static void make_room(struct builder *builder, int nodes) {
  struct lattice *lattice = builder->lattice;
  size_t n = (size_t)nodes;
  builder->most_nodes = nodes;
  builder->index_size = 1;
  while (builder->index_size < 3 * n) builder->index_size *= 2;
  builder->node_at = mem_resize(builder->node_at, builder->index_size, sizeof(int));
  builder->kind_at = mem_resize(builder->kind_at, builder->index_size, sizeof(int));
  lattice->nodes = mem_resize(lattice->nodes, n, sizeof *lattice->nodes);
  lattice->child =
      mem_resize(lattice->child, n * (size_t)lattice->n_services, sizeof *lattice->child);
  lattice->kind_counted = mem_resize(lattice->kind_counted, n, sizeof(int));
  lattice->kind_rows = mem_resize(lattice->kind_rows, n * (size_t)lattice->n_rows, 1);
}

static void empty_index(struct builder *builder) {
  for (size_t i = 0; i < builder->index_size; i++) builder->node_at[i] = builder->kind_at[i] = NONE;
}

/* Builds nodes, kinds and children with so many services told apart; false if they are too many. */
static bool grow(struct builder *builder, int n_tracked) {
  struct lattice *lattice = builder->lattice;
  lattice->n_tracked = n_tracked;
  empty_index(builder);
  lattice->n_nodes = lattice->n_kinds = 0;
  memset(builder->counts, 0, (size_t)lattice->n_rows);
  struct lattice_node empty = {.kind = find_or_add_kind(builder, 0, builder->counts)};
  find_or_add_node(builder, &empty);
  for (int i = 0; i < builder->most_nodes * lattice->n_services; i++) lattice->child[i] = NONE;
  for (int node = 0; node < lattice->n_nodes; node++)
    for (int local = 0; local < lattice->n_services; local++) {
      struct lattice_node next;
      int32_t *child = &lattice->child[node * lattice->n_services + local];
      enum extension extension = extend(builder, node, local, &next);
      if (extension == TOO_MANY) return false;
      if (extension == NOT_ALLOWED) continue;
      *child = find_or_add_node(builder, &next);
      if (*child == NONE) return false;
    }
  return true;
}

/* Tells as many services apart as there is room for: the fewer, the fewer nodes. What suited the
 * last lattice likely suits this one. */
static void grow_most(struct builder *builder, int guess) {
  struct lattice *lattice = builder->lattice;
  int n = lattice->n_services < MAX_TRACKED ? lattice->n_services : MAX_TRACKED;
  if (grow(builder, n)) return;
  int fits = 0, fits_not = n; /* whether 0 does is found out last */
  bool stands = false;        /* what was built last is what fits */
  while (fits + 1 < fits_not) {
    int next = guess > fits && guess < fits_not ? guess : (fits + fits_not) / 2;
    stands = grow(builder, next);
    *(stands ? &fits : &fits_not) = next;
    guess = stands ? next + 1 : next - 1;
  }
  if (stands || grow(builder, fits)) return;
  make_room(builder, MAX_NODES);
  lattice->partial = !grow(builder, 0);
}

/* Services that cost most to attend twice come first: those of a requirement, then the long. */
static void order_services(struct builder *builder, const struct ints *services) {
  struct lattice *lattice = builder->lattice;
  for (int s = 0; s < builder->clinic->n_services; s++) lattice->local[s] = NONE;
  for (int i = 0; i < services->n; i++) {
    int at = i, minutes = builder->clinic->services[services->list[i]].minutes;
    for (; at > 0 && builder->clinic->services[lattice->services[at - 1]].minutes < minutes; at--)
      lattice->services[at] = lattice->services[at - 1];
    lattice->services[at] = services->list[i];
  }
  for (int i = 0; i < services->n; i++) lattice->local[lattice->services[i]] = i;
}

/* While growing, the children of one node stand together; afterwards those by one service. */
static int32_t *transposed(struct lattice *lattice, int32_t *scratch) {
  size_t nodes = (size_t)lattice->n_nodes, services = (size_t)lattice->n_services;
  int32_t *child = arena_alloc(&lattice->arena, nodes * services, sizeof *child);
  for (size_t node = 0; node < nodes; node++)
    for (size_t local = 0; local < services; local++)
      child[local * nodes + node] = scratch[node * services + local];
  free(scratch);
  return child;
}

/* Moves what was built in roomy scratch memory into the arena. */
static void *keep(struct lattice *lattice, void *scratch, size_t n, size_t size) {
  void *kept = arena_copy(&lattice->arena, scratch, n, size);
  free(scratch);
  return kept;
}

static void lattice_init(struct lattice *lattice, const struct clinic *clinic,
                         const struct ints *services, const struct need *rows, int n_rows,
                         int nodes, int guess) {
  struct arena *arena = &lattice->arena;
  size_t n_services = (size_t)services->n, width = (size_t)n_rows;
  lattice->n_services = services->n;
  lattice->n_rows = n_rows;
  lattice->rows = arena_copy(arena, rows, width, sizeof *rows);
  lattice->services = arena_alloc(arena, n_services, sizeof(int));
  lattice->local = arena_alloc(arena, (size_t)clinic->n_services, sizeof(int));
  struct builder builder = {.clinic = clinic, .lattice = lattice, .most_payable = 1};
  builder.counts = mem_new(width, 1);
  for (int i = 0; i < clinic->n_payers; i++)
    if (clinic->payers[i].day_min_services > builder.most_payable)
      builder.most_payable = clinic->payers[i].day_min_services;
  order_services(&builder, services);
  make_room(&builder, nodes);
  grow_most(&builder, guess);
  free(builder.counts);
  free(builder.node_at);
  free(builder.kind_at);
  size_t n_nodes = (size_t)lattice->n_nodes, kinds = (size_t)lattice->n_kinds;
  lattice->nodes = keep(lattice, lattice->nodes, n_nodes, sizeof *lattice->nodes);
  lattice->child = transposed(lattice, lattice->child);
  lattice->kind_counted = keep(lattice, lattice->kind_counted, kinds, sizeof(int));
  lattice->kind_rows = keep(lattice, lattice->kind_rows, kinds * width, 1);
  bool onsite = false, telehealth = false;
  for (int i = 0; i < services->n; i++)
    *(clinic->services[services->list[i]].telehealth ? &telehealth : &onsite) = true;
  lattice->mixes_modes = onsite && telehealth;
}

/* Of very many services those that the patient needs: sets of all of them are too many to tell
 * apart. False if that left some out. list: [services->n]. */
static bool choose_services(const struct grid *grid, int patient, const struct need *rows,
                            int n_rows, struct ints *chosen) {
  const struct ints *services = &grid->patient_services[patient];
  chosen->n = 0;
  for (int i = 0; i < services->n; i++) {
    bool wanted =
        services->n <= MANY_SERVICES || grid_fixed_names(grid, patient, services->list[i]);
    for (int r = 0; r < n_rows && !wanted; r++)
      wanted =
          rows[r].min_sessions > 0 && clinic_need_holds(grid->clinic, &rows[r], services->list[i]);
    if (wanted) chosen->list[chosen->n++] = services->list[i];
  }
  return chosen->n == services->n;
}

static bool lattice_suits(const struct lattice *lattice, const struct ints *services,
                          const struct need *rows, int n_rows) {
  if (lattice->n_services != services->n || lattice->n_rows != n_rows) return false;
  for (int i = 0; i < services->n; i++)
    if (lattice->local[services->list[i]] == NONE) return false;
  for (int r = 0; r < n_rows; r++)
    if (lattice->rows[r].service != rows[r].service ||
        lattice->rows[r].category != rows[r].category ||
        lattice->rows[r].min_sessions != rows[r].min_sessions ||
        lattice->rows[r].max_sessions != rows[r].max_sessions)
      return false;
  return true;
}

/* Stands for those who may attend too many services to list their days. */
static int find_or_add_nothing(struct lattices *lattices) {
  int i = 0;
  while (i < lattices->n && lattices->list[i].n_services != NONE) i++;
  if (i == lattices->n)
    lattices->list[lattices->n++] = (struct lattice){.n_services = NONE, .partial = true};
  return i;
}

static int find_or_add_lattice(struct lattices *lattices, const struct grid *grid, int patient,
                               int nodes) {
  const struct clinic *clinic = grid->clinic;
  const struct ints *may = &grid->patient_services[patient];
  size_t most = (size_t)clinic->patients[patient].n_needs + (size_t)may->n;
  struct need *rows = mem_new(most, sizeof *rows);
  struct ints services = {mem_new((size_t)may->n, sizeof(int)), 0};
  int n_rows = binding_rows(clinic, patient, may, rows), found = 0;
  bool all = choose_services(grid, patient, rows, n_rows, &services);
  if (!all) n_rows = binding_rows(clinic, patient, &services, rows);
  bool in_vain = !all && nodes == LATTICE_BOUND_NODES; /* no bound can rest on it */
  if (in_vain) found = find_or_add_nothing(lattices);
  while (!in_vain && found < lattices->n &&
         !lattice_suits(&lattices->list[found], &services, rows, n_rows))
    found++;
  if (!in_vain && found == lattices->n) {
    int guess = found > 0 ? lattices->list[found - 1].n_tracked : 0;
    lattice_init(&lattices->list[lattices->n++], clinic, &services, rows, n_rows, nodes, guess);
    if (!all) lattices->list[found].partial = true;
  }
  free(services.list);
  free(rows);
  return found;
}

bool lattices_init(struct lattices *lattices, const struct grid *grid, int nodes,
                   struct halt *halt) {
  const struct clinic *clinic = grid->clinic;
  size_t n_patients = (size_t)clinic->n_patients;
  lattices->of_patient = arena_alloc(&lattices->arena, n_patients, sizeof(int));
  lattices->list = arena_alloc(&lattices->arena, n_patients, sizeof *lattices->list);
  for (int p = 0; p < clinic->n_patients; p++) {
    lattices->of_patient[p] = NONE;
    if (halt_reached(halt)) return false;
    if (!clinic->patients[p].takes_part) continue;
    lattices->of_patient[p] = find_or_add_lattice(lattices, grid, p, nodes);
  }
  return true;
}

void lattices_release(struct lattices *lattices) {
  for (int i = 0; i < lattices->n; i++) arena_free(&lattices->list[i].arena);
  arena_free(&lattices->arena);
}
