/* Who may not share a session with whom, at one offering. */
#include <stdlib.h>

#include "build.h"

bool ilp_has_apart_leader(const struct clinic *clinic, const struct ilp_offering *offering,
                          int patient) {
  if (clinic->patients[patient].apart_therapists.n == 0) return false;
  for (int i = 0; i < offering->n_leads; i++)
    if (clinic_apart_therapist(clinic, patient, offering->leads[i].therapist)) return true;
  return false;
}

static struct ints seats_in_conflict(struct arena *arena, const struct clinic *clinic,
                                     const struct ilp_offering *offering) {
  struct ints seats = {arena_alloc(arena, (size_t)offering->n_seats, sizeof(int)), 0};
  for (int i = 0; i < offering->n_seats; i++) {
    const struct ints *apart = &clinic->patients[offering->seats[i].patient].apart_patients;
    bool any = false;
    for (int k = 0; k < apart->n && !any; k++)
      any = ilp_attendance(offering, apart->list[k]) != NONE;
    if (any) seats.list[seats.n++] = i;
  }
  return seats;
}

/* The conflicts between the seats of a list, and which of them lie in a clique already. */
struct graph {
  const struct clinic *clinic;
  const struct ilp_offering *offering;
  const struct ints *seats;
  bool *covered; /* [seats->n * seats->n] */
};

static bool apart(const struct graph *graph, int i, int k) {
  const struct ilp_seat *seats = graph->offering->seats;
  return clinic_apart_patients(graph->clinic, seats[graph->seats->list[i]].patient,
                               seats[graph->seats->list[k]].patient);
}

static bool apart_from_all(const struct graph *graph, int i, const struct ints *members) {
  for (int k = 0; k < members->n; k++)
    if (members->list[k] == i || !apart(graph, i, members->list[k])) return false;
  return true;
}

/* The pair i, k and all others that go with it, by index into graph->seats. */
static struct ints grow_clique(struct arena *arena, struct graph *graph, int i, int k) {
  struct ints clique = {arena_alloc(arena, (size_t)graph->seats->n, sizeof(int)), 0};
  clique.list[clique.n++] = i;
  clique.list[clique.n++] = k;
  for (int other = 0; other < graph->seats->n; other++)
    if (apart_from_all(graph, other, &clique)) clique.list[clique.n++] = other;
  for (int a = 0; a < clique.n; a++)
    for (int b = 0; b < clique.n; b++)
      graph->covered[clique.list[a] * graph->seats->n + clique.list[b]] = true;
  return clique;
}

static void cover_by_cliques(struct arena *arena, struct graph *graph,
                             struct ilp_conflicts *conflicts) {
  int n = graph->seats->n;
  int *n_cliques_of = mem_new((size_t)n, sizeof *n_cliques_of);
  size_t capacity = 0;
  struct ints *cliques = NULL;
  conflicts->disjoint = true;
  for (int i = 0; i < n; i++)
    for (int k = i + 1; k < n; k++) {
      if (graph->covered[i * n + k] || !apart(graph, i, k)) continue;
      struct ints clique = grow_clique(arena, graph, i, k);
      for (int m = 0; m < clique.n; m++) {
        if (++n_cliques_of[clique.list[m]] > 1) conflicts->disjoint = false;
        clique.list[m] = graph->seats->list[clique.list[m]];
      }
      cliques = mem_room_for_one(cliques, (size_t)conflicts->n_cliques, &capacity, sizeof *cliques);
      cliques[conflicts->n_cliques++] = clique;
    }
  conflicts->cliques = arena_copy(arena, cliques, (size_t)conflicts->n_cliques, sizeof *cliques);
  free(cliques);
  free(n_cliques_of);
}

struct ilp_conflicts ilp_conflicts_of(struct arena *arena, const struct clinic *clinic,
                                      const struct ilp_offering *offering) {
  struct ilp_conflicts conflicts = {.seats = seats_in_conflict(arena, clinic, offering),
                                    .disjoint = true};
  size_t n = (size_t)conflicts.seats.n;
  if (n == 0) return conflicts;
  struct graph graph = {clinic, offering, &conflicts.seats, mem_new(n * n, sizeof(bool))};
  cover_by_cliques(arena, &graph, &conflicts);
  free(graph.covered);
  return conflicts;
}
