/* What a patient's day can hold, as a lattice: a node is what matters of the sessions attended so
 * far (hours, contribution to each requirement, services that must not come twice), and a service
 * leads from one node to the next. Patients with the same services and requirements share one.
 *
 * A service occurs at most once a day, so ideally a node is a set of services. There are too many
 * sets for that: only the first `n_tracked` services are told apart. A chain of sessions may then
 * hold an untracked service twice, which the caller must exclude where it matters (it does not for
 * a lower bound). */
#ifndef IOPSCHED_PLAN_LATTICE_H
#define IOPSCHED_PLAN_LATTICE_H

#include "grid.h"
#include "halt.h"

enum { MAX_DAY_SESSIONS = 14 };
/* Whoever may attend more services than this is planned with those that they need. */
enum { MANY_SERVICES = 64 };

struct lattice_node {
  uint64_t tracked; /* bit per tracked service */
  int kind;         /* nodes of a kind count alike for hours and requirements */
  int n_counted;    /* counted services, up to the most that any payer asks for */
  bool onsite, telehealth;
};

struct lattice {
  struct arena arena;
  int n_services, n_tracked;
  int *services; /* [n_services], tracked ones first */
  int *local;    /* [clinic.n_services]: position in `services`, or NONE */
  int n_rows;
  struct need *rows; /* [n_rows]: the patients' requirements that can bind */
  int n_nodes;
  struct lattice_node *nodes; /* [n_nodes]; node 0 is the empty day */
  int32_t *child; /* [n_services * n_nodes]: node that a service leads to from a node, or NONE */
  int n_kinds;
  int *kind_counted;  /* [n_kinds]: slots */
  uint8_t *kind_rows; /* [n_kinds * n_rows]: sessions, up to the row's minimum where it has no
                         maximum */
  bool mixes_modes;   /* holds both on-site and telehealth services */
  bool partial;       /* days were left out: too many kinds even with nothing tracked */
};

struct lattices {
  struct arena arena;
  struct lattice *list; /* [n] */
  int n;
  int *of_patient; /* [n_patients]: index into list; NONE for those who take no part */
};

/* How many nodes it may take to tell services apart: few where weeks are sought, since the rules
 * are kept anyway; all that there is room for where they are bounded. */
enum { LATTICE_SEAT_NODES = 400, LATTICE_BOUND_NODES = 20000 };

/* False if `halt` (or NULL) was reached first; then they are good for lattices_release() alone. */
bool lattices_init(struct lattices *lattices, const struct grid *grid, int nodes,
                   struct halt *halt);
void lattices_release(struct lattices *lattices);

#endif
