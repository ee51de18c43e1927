/* The rules of a valid schedule (H1 ... H12) and the terms of its cost: one module each under
 * src/rules/. The rules are listed once, in src/rules/rules.def, the terms in terms.h.
 *
 * A check looks at the clinic and the finished schedule only, never at the planner's columns, so a
 * mistake of the model cannot hide itself. */
#ifndef IOPSCHED_RULES_H
#define IOPSCHED_RULES_H

#include "iopsched/clinic.h"
#include "iopsched/schedule.h"
#include "iopsched/terms.h"

struct ilp;

/* One way in which a schedule breaks a rule, in words with ids, days and times. */
struct breach {
  const char *rule; /* "H4" */
  const char *text; /* "session 'REL-Mon-0900-G1': 2 patients, at least 3 needed" */
  int patient, therapist, room, service; /* whom it is about, or NONE */
  int session;          /* the one session it is about (index into the schedule), or NONE */
  struct ints sessions; /* all sessions that make it together; the breaches' arena */
  bool mendable; /* something added (a person, a room, a session) could mend it: too few, not too
                    many. A breach that is not mendable stays whatever is added. */
};
struct breaches {
  struct arena arena;
  struct breach *list; /* [n] */
  int n;
  size_t capacity;
};
/* Adds one; the indices not given are NONE until the caller sets them in the breach returned (valid
 * until the next one is added). */
__attribute__((format(printf, 3, 4))) struct breach *breach_add(struct breaches *breaches,
                                                                const char *rule,
                                                                const char *format, ...);
/* Counts a session among those that make the breach together. */
void breach_involve(struct breaches *breaches, struct breach *breach, int session);
void breaches_free(struct breaches *breaches);

/* Busy time of one therapist on one day, for rules about a therapist's day. */
struct busy_session {
  int service, start_min;
};

struct rule {
  const char *id;    /* "H4" */
  const char *title; /* "group sizes" */
  /* Adds a breach for every way in which the schedule breaks the rule. */
  void (*check)(const struct clinic *clinic, const struct schedule *schedule,
                struct breaches *breaches);
  /* Adds the rule's rows to the compact ILP. */
  void (*rows)(struct ilp *ilp);
  /* Optional. True if a therapist's day may look like this: sessions [n], by start. A rule about
   * therapists' days that the planner knows nothing of is kept through this alone. It must be
   * inherited by subsets: a day that may be keeps being so when a session is taken away. */
  bool (*therapist_day_allowed)(const struct clinic *clinic, int therapist,
                                const struct busy_session *sessions, int n);
};

/* A term measures its amount (units of 1/AMOUNT_ONE) on a schedule: of each patient, whose amounts
 * are added up, or of all of it. The other of the two is NULL. */
struct cost_term {
  enum term term;
  const char *title; /* "hours below the patients' minimum" */
  /* sessions: of the patient, by start, each once. */
  int64_t (*of_patient)(const struct clinic *clinic, const struct schedule *schedule, int patient,
                        const struct ints *sessions);
  /* previous may be NULL. */
  int64_t (*amount)(const struct clinic *clinic, const struct schedule *schedule,
                    const struct previous *previous);
  /* Optional. What every amount is a multiple of; left out, of 1. */
  int64_t (*step)(const struct clinic *clinic);
  /* Adds the columns and rows that make the term's amount, and its cost, to the compact ILP. */
  void (*rows)(struct ilp *ilp);
};

int64_t cost_term_amount(const struct cost_term *term, const struct clinic *clinic,
                         const struct schedule *schedule, const struct previous *previous);
/* What the cost of every valid schedule is a multiple of, in units of 1/COST_ONE; >= 1. */
int64_t cost_step(const struct clinic *clinic);

extern const struct rule *const rules[]; /* [n_rules], H1 first */
extern const int n_rules;
extern const struct cost_term *const cost_terms[N_TERMS]; /* in the order of TERMS */

#endif
