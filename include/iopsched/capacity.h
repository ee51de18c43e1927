/* How many more patients would fit, and what more of staff and rooms would be worth: each answer is
 * a week that was planned and that the verifier accepts. */
#ifndef IOPSCHED_CAPACITY_H
#define IOPSCHED_CAPACITY_H

#include <signal.h>

#include "iopsched/clinic.h"
#include "iopsched/folder.h"
#include "iopsched/text.h"

enum track { TRACK_ONLINE, TRACK_MORNING, TRACK_AFTERNOON, TRACK_EVENING, TRACK_ANY_TIME };
extern const char *const track_names[]; /* "online", ... */

/* What is known of one more than fit. */
enum fit_end {
  FIT_NOT_LOOKED_FOR, /* the count ended before that, or at the most that are looked for */
  FIT_NOT_UNMOVED,    /* it was not found with nobody moved; with others moved it may fit */
  FIT_NOT_FOUND,      /* nor with others moved */
  FIT_PROVEN_NOT,     /* no week holds it: proven by a bound */
  N_FIT_ENDS
};
/* "not looked for", "not found with nobody moved", "not found", "proven not to fit" */
extern const char *const fit_end_names[N_FIT_ENDS];

/* Patients alike in track, hours, days and tags. */
struct patient_kind {
  enum track track;
  int min_minutes, max_minutes, min_days, max_days;
  const struct ints *tags;
  int n_members;
  int like;   /* the member that those to come are copies of */
  int n_more; /* so many more fit, by themselves: a week with all of them was found */
  enum fit_end end;
  int n_together; /* of those that fit together with other kinds */
};

enum resource_kind { RESOURCE_THERAPIST, RESOURCE_CREDENTIAL, RESOURCE_ROOM };
enum { N_HALF_DAYS = 2 * N_DAYS, NOON_MIN = 13 * 60 };

/* What an hour more of it in each half of a day brings: day * 2, + 1 from 13:00 on. */
struct resource {
  enum resource_kind kind;
  int who;                        /* index by kind */
  int64_t worth[N_HALF_DAYS];     /* by how much the cost falls, in units of 1/COST_ONE; NONE:
                                     not measured, or nothing can be added then */
  int n_seated[N_HALF_DAYS];      /* patients of the waiting list who then have all they need */
  int minutes_cared[N_HALF_DAYS]; /* of what is due on the waiting list, given then */
};

struct capacity_options {
  double time_limit; /* seconds for all of it; <= 0: none */
  int64_t work;      /* of each plan that is tried; 0: a little */
  uint64_t seed;
  int threads;
  const volatile sig_atomic_t *stop; /* set from outside: tell what is known. Or NULL */
};

struct capacity {
  struct arena arena;
  int64_t care;               /* unmet care of the clinic as it is, units of 1/COST_ONE */
  struct patient_kind *kinds; /* [n_kinds], the most members first */
  int n_kinds, n_part_week;   /* those here for part of the week are of no kind */
  int n_together;             /* patients who fit together, in the clinic's own mix */
  int n_waiting;              /* one more of each kind, none of whom fits then */
  struct resource *resources; /* [n_resources] */
  int n_resources;
  const char *bottleneck; /* in a sentence */
  bool cut_short;         /* the time was over before everything was tried */
  double seconds;
};

/* False if no plan of the clinic as it is was found. capacity_release() in any case. */
bool capacity_measure(struct capacity *capacity, const struct clinic *clinic,
                      const struct capacity_options *options);
void capacity_release(struct capacity *capacity);

/* True if more than n_more may fit: not everything was tried. */
bool kind_fits_at_least(const struct patient_kind *kind);
/* "evening, 9 to 12 hours on 3 to 4 days, women; dual" */
void kind_add_words(struct text *text, const struct clinic *clinic,
                    const struct patient_kind *kind);
const char *resource_id(const struct clinic *clinic, const struct resource *resource);
/* "Mon morning", "Thu afternoon" */
void half_day_add_words(struct text *text, int half_day);

/* What a folder of results holds, for folder_open(); and its files: capacity.csv, worth.csv and
 * capacity.html. */
const struct folder_contents *capacity_contents(void);
void write_capacity(const struct capacity *capacity, const struct clinic *clinic, bool with_bom,
                    struct folder *folder);

#endif
