/* What a patient's day can hold: the sets of services that fit under day_max_hours, as a lattice.
 * A node is such a set; a service leads from one node to a larger one. Since a service occurs at
 * most once a day, a node settles the hours, the payable services and what the day contributes to
 * each requirement. Patients with the same services and requirements share a lattice.
 *
 * Where there are too many sets, only the first `n_tracked` services are told apart; a node then
 * still settles the hours, but a chain may hold an untracked service twice, which the caller must
 * exclude where it matters (it does not for a lower bound). */
#ifndef IOPSCHED_PLAN_LATTICE_H
#define IOPSCHED_PLAN_LATTICE_H

#include "grid.h"

enum { MAX_DAY_SESSIONS = 14 };

struct lattice_row { /* a requirement's subject */
  int service, category; /* one of them NONE */
};

struct lattice_node {
  uint64_t tracked;  /* bit per tracked service */
  int counted;       /* slots */
  int in_session;    /* slots */
  int n_counted;     /* different counted services */
  int n_sessions;
  bool onsite, telehealth;
  int kind; /* nodes of a kind count alike for hours and requirements */
};

struct lattice {
  struct arena arena;
  int n_services, n_tracked;
  int *services;  /* [n_services], tracked ones first */
  int *local;     /* [clinic.n_services]: position in `services`, or NONE */
  int n_rows;
  struct lattice_row *rows; /* [n_rows] */
  int n_nodes;
  struct lattice_node *nodes; /* [n_nodes]; node 0 is the empty day */
  int32_t *child;             /* [n_nodes * n_services]: node, or NONE */
  int n_kinds;
  int *kind_counted;    /* [n_kinds]: slots */
  uint8_t *kind_rows;   /* [n_kinds * n_rows]: sessions of the row's subject */
  bool mixes_modes;     /* holds both on-site and telehealth services */
  bool truncated;       /* days of more than MAX_DAY_SESSIONS sessions were left out */
};

struct lattices {
  struct arena arena;
  struct lattice *list; /* [n] */
  int n;
  int *of_patient;      /* [n_patients]: index into list; NONE for those who take no part */
};

/* The requirement rows of a patient: those with a minimum, or a maximum that can bind. */
int patient_rows(const struct clinic *clinic, int patient, const struct ints *services,
                 struct need *rows);

void lattices_init(struct lattices *lattices, const struct grid *grid);
void lattices_release(struct lattices *lattices);

#endif
