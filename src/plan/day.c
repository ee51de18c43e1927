#include "day.h"

#include <stdlib.h>
#include <string.h>

#include "week.h"

/* Tables of waiting chains: those whose next session is of the same mode, and those that have
 * travelled to the other one. */
enum { SAME_MODE = 0, OTHER_MODE = 2 };

enum { COARSE_GRID = 30, /* minutes */ IN_SESSION_MASK = 0x7FFF };

void day_solver_init(struct day_solver *solver, const struct grid *grid, int max_nodes) {
  *solver = (struct day_solver){.grid = grid, .max_nodes = max_nodes};
  size_t slots = (size_t)grid->day_slots, nodes = (size_t)max_nodes;
  solver->label_at = mem_new(2 * (slots + 1) * nodes, sizeof(int32_t));
  solver->cost_at = mem_new(2 * (slots + 1) * nodes, sizeof(int64_t));
  for (size_t i = 0; i < 2 * (slots + 1) * nodes; i++) solver->cost_at[i] = INT64_MAX;
  solver->better = mem_new(nodes, sizeof(int32_t));
  solver->first_ended = mem_new(slots + 1, sizeof(int32_t));
  solver->first_entry = mem_new(slots + 1, sizeof(int32_t));
  for (int i = 0; i < 4; i++) {
    struct day_waiting *waiting = &solver->waiting[i];
    waiting->cost = mem_new(nodes, sizeof(int64_t));
    waiting->label = mem_new(nodes, sizeof(int32_t));
    waiting->active = mem_new(nodes, sizeof(int32_t));
    for (size_t node = 0; node < nodes; node++) waiting->label[node] = NONE;
  }
}

void day_solver_release(struct day_solver *solver) {
  for (int i = 0; i < 4; i++) {
    free(solver->waiting[i].cost);
    free(solver->waiting[i].label);
    free(solver->waiting[i].active);
  }
  free(solver->labels);
  free(solver->label_at);
  free(solver->cost_at);
  free(solver->better);
  free(solver->first_ended);
  free(solver->next_ended);
  free(solver->entries);
  free(solver->first_entry);
}

/* Where the labels of one mode and end begin in cost_at and label_at; nodes follow each other. */
static size_t row_of(const struct day_solver *solver, int telehealth, int end) {
  size_t slots = (size_t)solver->grid->day_slots + 1;
  return ((size_t)telehealth * slots + (size_t)end) * (size_t)solver->max_nodes;
}

/* Undoes what the last run left in the tables; costs no more than that run did. */
static void forget(struct day_solver *solver) {
  for (int i = 0; i < solver->n_labels; i++) {
    const struct day_label *label = &solver->labels[i];
    solver->cost_at[row_of(solver, label->telehealth, label->end) + (size_t)label->node] =
        INT64_MAX;
  }
  solver->n_labels = 0;
  for (int i = 0; i < 4; i++) {
    struct day_waiting *waiting = &solver->waiting[i];
    for (int a = 0; a < waiting->n_active; a++) waiting->label[waiting->active[a]] = NONE;
    waiting->n_active = 0;
  }
  for (int slot = 0; slot <= solver->grid->day_slots; slot++)
    solver->first_ended[slot] = solver->first_entry[slot] = NONE;
  solver->n_entries = 0;
}

/* Of chains that cost the same the one tried first stays. On a fine grid plans do better with long
 * sessions, which leave fewer gaps to be filled; on one of half hours, and for bounds, it makes no
 * difference. The services stand by length, and an entry comes before the earlier ones of its slot.
 */
static bool likes_long_sessions(const struct day_solver *solver) {
  return solver->keep_breaks && solver->grid->clinic->slot_minutes < COARSE_GRID;
}

static void collect_entries(struct day_solver *solver, const int64_t *price) {
  const struct grid *grid = solver->grid;
  int n = solver->lattice->n_services;
  bool long_first = likes_long_sessions(solver);
  for (int i = 0; i < n; i++) {
    int local = long_first ? n - 1 - i : i;
    const int *of_day =
        grid->day_offers + (ptrdiff_t)solver->lattice->services[local] * (N_DAYS + 1) + solver->day;
    for (int offer = of_day[0]; offer < of_day[1]; offer++) {
      if (price[offer] == PRICE_NEVER) continue;
      solver->entries = mem_room_for_one(solver->entries, (size_t)solver->n_entries,
                                         &solver->entries_capacity, sizeof *solver->entries);
      int32_t *first = &solver->first_entry[grid->offers[offer].start % grid->day_slots];
      solver->entries[solver->n_entries] = (struct day_entry){price[offer], offer, local, *first};
      *first = solver->n_entries++;
    }
  }
}

static void wait_with(struct day_waiting *waiting, int node, int64_t cost, int label) {
  if (waiting->label[node] == NONE)
    waiting->active[waiting->n_active++] = node;
  else if (waiting->cost[node] <= cost)
    return;
  waiting->cost[node] = cost;
  waiting->label[node] = label;
}

/* True if no week of interest goes on, after the slot, with a chain that waits at that cost. */
static bool waits_in_vain(const struct day_solver *solver, int slot, int node, int64_t cost) {
  const struct day_outlook *outlook = solver->outlook;
  return outlook_is_vain(outlook, outlook->longer, solver->lattice, slot, node,
                         cost + slot * solver->grid->idle_slot);
}

/* Chains that have waited so long that nothing can come of them any more wait no longer. */
static void send_home(struct day_solver *solver, struct day_waiting *waiting, int slot) {
  int n = 0;
  for (int a = 0; a < waiting->n_active; a++) {
    int node = waiting->active[a];
    if (waits_in_vain(solver, slot, node, waiting->cost[node]))
      waiting->label[node] = NONE;
    else
      waiting->active[n++] = node;
  }
  waiting->n_active = n;
}

static bool telehealth_matters(const struct day_solver *solver) {
  return solver->lattice->mixes_modes && solver->grid->clinic->travel_minutes > 0;
}

/* Chains that ended at slot `ended` wait from now on, in the table for their kind of successor. */
static void merge_ended(struct day_solver *solver, int ended, int table) {
  bool modes = telehealth_matters(solver);
  for (int i = solver->first_ended[ended]; i != NONE; i = solver->next_ended[i]) {
    const struct day_label *label = &solver->labels[i];
    int64_t cost = label->cost - ended * solver->grid->idle_slot;
    if (solver->outlook && waits_in_vain(solver, ended, label->node, cost)) continue;
    wait_with(&solver->waiting[table + (modes ? label->telehealth : 0)], label->node, cost, i);
  }
}

/* True if the chain before, followed by the offer, keeps the patient's breaks: in the stretch that
 * ends with the offer nobody is in session longer than break_after. Stretches that end elsewhere
 * hold no more. */
static bool breaks_kept(const struct day_solver *solver, int parent, const struct offer *offer) {
  const struct clinic *clinic = solver->grid->clinic;
  if (clinic->break_after_minutes == 0 || clinic->break_minutes == 0) return true;
  int in_session = offer_slots(offer);
  int in_all = in_session + (parent == NONE ? 0 : solver->labels[parent].in_session);
  if (in_all * clinic->slot_minutes <= clinic->break_after_minutes) return true;
  int stretch = (clinic->break_after_minutes + clinic->break_minutes) / clinic->slot_minutes;
  int from = offer->end - stretch;
  if (in_session > stretch) in_session = stretch;
  for (; parent != NONE; parent = solver->labels[parent].parent) {
    const struct offer *earlier = &solver->grid->offers[solver->labels[parent].offer];
    if (earlier->end <= from) break;
    in_session += earlier->end - (earlier->start > from ? earlier->start : from);
  }
  return in_session * clinic->slot_minutes <= clinic->break_after_minutes;
}

static uint64_t bit_of(int local) {
  return local < WORD_BITS ? UINT64_C(1) << local : 0;
}

/* local: the service's place in the lattice. */
static bool held_already(const struct day_solver *solver, int parent, int local, int service) {
  if (local < WORD_BITS) return parent != NONE && (solver->labels[parent].held & bit_of(local));
  for (; parent != NONE; parent = solver->labels[parent].parent)
    if (solver->grid->offers[solver->labels[parent].offer].service == service) return true;
  return false;
}

static bool may_follow(const struct day_solver *solver, int parent, const struct day_entry *entry,
                       const struct offer *offer) {
  if (entry->local >= solver->lattice->n_tracked &&
      held_already(solver, parent, entry->local, offer->service))
    return false;
  return breaks_kept(solver, parent, offer);
}

/* An offer about to be appended to many chains: what is the same for all of them. */
struct extension {
  const struct day_entry *entry;
  const struct offer *offer;
  const int32_t *child; /* [n_nodes] */
  size_t row;
  int end;
  unsigned telehealth, slots;
};

static struct extension extension_of(const struct day_solver *solver,
                                     const struct day_entry *entry) {
  const struct lattice *lattice = solver->lattice;
  struct extension extension = {.entry = entry, .offer = &solver->grid->offers[entry->offer]};
  extension.child = lattice->child + (size_t)entry->local * (size_t)lattice->n_nodes;
  extension.end = extension.offer->end - solver->day * solver->grid->day_slots;
  extension.telehealth = telehealth_matters(solver) &&
                         solver->grid->clinic->services[extension.offer->service].telehealth;
  extension.slots = (unsigned)offer_slots(extension.offer);
  extension.row = row_of(solver, (int)extension.telehealth, extension.end);
  return extension;
}

static int new_label(struct day_solver *solver, int end) {
  if ((size_t)solver->n_labels == solver->labels_capacity) {
    solver->labels = mem_room_for_one(solver->labels, (size_t)solver->n_labels,
                                      &solver->labels_capacity, sizeof *solver->labels);
    solver->next_ended = mem_resize(solver->next_ended, solver->labels_capacity, sizeof(int32_t));
  }
  int label = solver->n_labels++;
  solver->next_ended[label] = solver->first_ended[end];
  solver->first_ended[end] = label;
  return label;
}

/* True if no week of interest holds a chain of that cost, whether it goes on or not. */
static bool leads_nowhere(const struct day_solver *solver, const struct extension *by, int node,
                          int64_t cost) {
  const struct day_outlook *outlook = solver->outlook;
  return outlook_is_vain(outlook, outlook->least, solver->lattice, by->end, node, cost);
}

/* Called for a chain that is better than the best known so far. */
static void add_label(struct day_solver *solver, const struct extension *by, int parent, int node,
                      int64_t cost) {
  if (solver->outlook && leads_nowhere(solver, by, node, cost)) return;
  if (solver->keep_breaks && !may_follow(solver, parent, by->entry, by->offer)) return;
  size_t at = by->row + (size_t)node;
  if (solver->cost_at[at] == INT64_MAX) solver->label_at[at] = new_label(solver, by->end);
  solver->cost_at[at] = cost;
  const struct day_label *before = parent == NONE ? NULL : &solver->labels[parent];
  solver->labels[solver->label_at[at]] = (struct day_label){
      .cost = cost,
      .node = node,
      .parent = parent,
      .offer = by->entry->offer,
      .end = (int16_t)by->end,
      .in_session = ((before ? before->in_session : 0U) + by->slots) & IN_SESSION_MASK,
      .telehealth = by->telehealth & 1U,
      .held = (before ? before->held : 0) | bit_of(by->entry->local)};
}

/* Lists into `better` the nodes whose waiting chains, extended for so much `more`, are better than
 * the best known, and returns how many. Free of branches: nobody can guess which ones are. */
static int list_better(const struct day_waiting *waiting, const int32_t *child, const int64_t *best,
                       int64_t more, int32_t *restrict better) {
  const int32_t *active = waiting->active;
  const int64_t *cost = waiting->cost;
  int n = 0, n_active = waiting->n_active;
  for (int a = 0; a < n_active; a++) {
    int node = active[a], to = child[node];
    better[n] = node;
    n += (to != NONE) & (cost[node] + more < best[to & -(to != NONE)]);
  }
  return n;
}

/* Continues every chain that waits in the table with every offer of the given mode. */
static void extend_waiting(struct day_solver *solver, int slot, const struct day_waiting *waiting,
                           int mode) {
  const struct service *services = solver->grid->clinic->services;
  int64_t idle = slot * solver->grid->idle_slot;
  for (int e = solver->first_entry[slot]; e != NONE; e = solver->entries[e].next) {
    const struct day_entry *entry = &solver->entries[e];
    struct extension by = extension_of(solver, entry);
    if (mode != NONE && services[by.offer->service].telehealth != mode) continue;
    const int64_t *best = solver->cost_at + by.row;
    int64_t more = idle + entry->price;
    int n_better = list_better(waiting, by.child, best, more, solver->better);
    for (int i = 0; i < n_better; i++) {
      int node = solver->better[i], child = by.child[node];
      int64_t cost = waiting->cost[node] + more;
      if (cost < best[child]) add_label(solver, &by, waiting->label[node], child, cost);
    }
    solver->work += waiting->n_active;
  }
}

static void start_chains(struct day_solver *solver, int slot) {
  for (int e = solver->first_entry[slot]; e != NONE; e = solver->entries[e].next) {
    const struct day_entry *entry = &solver->entries[e];
    struct extension by = extension_of(solver, entry);
    int child = by.child[0];
    if (child != NONE && entry->price < solver->cost_at[by.row + (size_t)child])
      add_label(solver, &by, NONE, child, entry->price);
  }
}

void day_solve(struct day_solver *solver, const struct lattice *lattice, int day,
               const int64_t *price, bool keep_breaks, const struct day_outlook *outlook) {
  forget(solver);
  solver->lattice = lattice;
  solver->day = day;
  solver->keep_breaks = keep_breaks;
  solver->outlook = outlook;
  collect_entries(solver, price);
  if (solver->n_entries == 0) return;
  bool modes = telehealth_matters(solver);
  const struct clinic *clinic = solver->grid->clinic;
  int travel = (clinic->travel_minutes + clinic->slot_minutes - 1) / clinic->slot_minutes;
  for (int slot = 0; slot < solver->grid->day_slots; slot++) {
    merge_ended(solver, slot, SAME_MODE);
    if (modes && slot >= travel) merge_ended(solver, slot - travel, OTHER_MODE);
    if (solver->first_entry[slot] == NONE) continue;
    if (outlook)
      for (int i = 0; i < 4; i++) send_home(solver, &solver->waiting[i], slot);
    start_chains(solver, slot);
    if (!modes) {
      extend_waiting(solver, slot, &solver->waiting[SAME_MODE], NONE);
      continue;
    }
    for (int mode = 0; mode < 2; mode++) {
      extend_waiting(solver, slot, &solver->waiting[SAME_MODE + mode], mode);
      extend_waiting(solver, slot, &solver->waiting[OTHER_MODE + !mode], mode);
    }
  }
}
