/* The steps that make the program's columns, in their order, and what they share. */
#ifndef IOPSCHED_ILP_BUILD_H
#define IOPSCHED_ILP_BUILD_H

#include "iopsched/ilp_model.h"

/* The column that is fixed to 1. */
int ilp_one(struct ilp *ilp);

void build_labels(struct ilp *ilp);
void build_classes(struct ilp *ilp);   /* of roles and rooms */
void build_offerings(struct ilp *ilp); /* attendances, leaders, rooms, sessions */
void build_days(struct ilp *ilp);      /* patients' days; uses of therapists and rooms */
void build_pieces(struct ilp *ilp, struct ilp_day *day);
void build_hours(struct ilp *ilp);    /* the unit of hours */
void build_pairings(struct ilp *ilp); /* who leads whose own session */
void build_places(struct ilp *ilp);   /* parallel sessions told apart */

/* Sets `fixed` in those of the sessions [n >= 1], all of one service and start, that stand for its
 * fixed sessions. Individual sessions change rooms with each other where a fixed one asks for it.
 */
void mark_fixed(const struct ilp *ilp, struct session *sessions, int n);

/* A label unique among those of `taken`, ignoring case: letters, digits, '_' and '.', at most
 * LABEL_MAX of them. The string is in the arena. */
enum { LABEL_MAX = 18 };
struct label_set {
  struct label_entry *entries;
  struct arena arena; /* of the entries */
};
const char *label_new(struct arena *arena, struct label_set *taken, const char *id);
void label_set_release(struct label_set *taken);

#endif
