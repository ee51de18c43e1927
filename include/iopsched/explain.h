/* Why a plan leaves needs unmet, and which small changes of the clinic would meet them: each one
 * tried by planning again. */
#ifndef IOPSCHED_EXPLAIN_H
#define IOPSCHED_EXPLAIN_H

#include <signal.h>

#include "iopsched/absence.h"
#include "iopsched/claim.h"
#include "iopsched/outcome.h"
#include "iopsched/remedy.h"
#include "iopsched/terms.h"

struct explain_options {
  int patient, service; /* only their needs; NONE: all */
  int64_t work;         /* of each plan that is tried; 0: a little */
  double time_limit;    /* seconds for all of it; <= 0: none */
  uint64_t seed;
  int threads;
  const struct absences *absences;   /* that the plan was repaired for: to be told. Or NULL */
  const volatile sig_atomic_t *stop; /* set from outside: tell what is known. Or NULL */
};

enum { MOST_REMEDIES = 3 };

/* A rule that stands in the way, and how. */
struct obstacle {
  const char *rule; /* "H2", or "" where it is none of the rules */
  const char *text; /* "at 12 starts nobody is free who may lead 'Skills' (SKL): ..." */
};

/* A remedy that meets the need: a week was planned with it in which nobody is worse off in care. */
struct proven_remedy {
  struct remedy remedy;
  int effort; /* in tenths, with that of the claims: see the reference */
  const char *text;
  struct cost cost;  /* of the plan with it */
  const char **also; /* [n_also]: needs of others that it meets or lessens, "P02, hours: 1 hour less
                        short" */
  int n_also;
  /* Planned again with it, a week may leave the need unmet: then these gain, and fixing the claims'
   * sessions makes sure that they do not. */
  bool contested;
  const char **gainers; /* [n_gainers]: ids of patients */
  int n_gainers;
  struct claims claims; /* none if it is not contested */
};

struct explained_need {
  struct unmet unmet;
  struct obstacle *obstacles; /* [n_obstacles], the nearest to being met first */
  int n_obstacles;
  struct proven_remedy *remedies; /* [n_remedies], by effort; at most MOST_REMEDIES */
  int n_remedies;
  int n_tried;      /* changes that were tried by planning */
  const char *note; /* what there is to say beside; or NULL */
};

/* Everything is in the arena. */
struct explanation {
  struct arena arena;
  struct cost cost;  /* of the plan */
  struct cost again; /* planned again as it is, for a while; `cost` where that was not done */
  int n_unmet;       /* in the whole plan */
  struct absences absences;     /* of the options */
  struct explained_need *needs; /* [n_needs], those asked for, in the order of unmet.csv */
  int n_needs;
  bool cut_short; /* the time was over before everything was tried */
};

void explain_needs(struct explanation *explanation, const struct clinic *clinic,
                   const struct schedule *plan, const struct explain_options *options);
void explanation_release(struct explanation *explanation);

/* ---- why not so? ---- */

struct attendance_question {
  int patient, service, start_min;
};

enum why_verdict {
  WHY_IS_SO,     /* the plan has it */
  WHY_FORBIDDEN, /* a rule forbids it, however the rest is planned */
  WHY_NOT_FOUND, /* no plan with it was found */
  WHY_COSTS,     /* it can be had, at a cost (perhaps none) */
  N_WHY_VERDICTS
};
/* "is so", "forbidden", "not found", "costs" */
extern const char *const why_verdict_names[N_WHY_VERDICTS];

struct why {
  struct arena arena;
  enum why_verdict verdict;
  struct obstacle *obstacles; /* [n_obstacles] */
  int n_obstacles;
  struct cost before, after; /* WHY_COSTS: of the plan, and planned again with it */
  const char **effects;      /* [n_effects]: what that plan would lose and gain in care */
  int n_effects;
  const char *text; /* the verdict in a sentence */
};

void explain_why(struct why *why, const struct clinic *clinic, const struct schedule *plan,
                 const struct attendance_question *question, const struct explain_options *options);
void why_release(struct why *why);

#endif
