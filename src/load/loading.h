/* What the readers of the clinic's files share while a clinic is loaded. */
#ifndef IOPSCHED_LOAD_LOADING_H
#define IOPSCHED_LOAD_LOADING_H

#include "iopsched/clinic.h"
#include "iopsched/load.h"
#include "names.h"
#include "spans.h"

/* Settings of program.csv that others are worked out from. */
struct program {
  const char *name, *timezone;
  int days;                       /* bit d: day d of the week is a day of operation */
  int open, close;                /* minutes of the day */
  int hours_floor, hours_ceiling; /* minutes */
  int days_floor, days_ceiling;
  int own_days;    /* bit d: availability.csv gives day d its own opening hours */
  bool grid_known; /* false: slot_minutes is faulty, so nothing is held against it */
};

/* What one patient, therapist, room or the program says about when it is there. */
struct hours {
  struct spans available, preferred; /* the weekly rows */
  struct spans on, off;              /* this week's exceptions */
};

/* Therapists wanted in a session: one for each role, who holds one of its credentials. */
struct roles {
  struct ints *list; /* [n]: numbers in loading.credentials; none: anyone */
  int n;
};

/* What a service asks for, in words that are matched with those of people and rooms. */
struct service_terms {
  struct roles roles;
  struct ints room_features, tags;
  int weekly_max;
  bool is_doubtful; /* its row has a fault: nobody is blamed for what follows from it */
};

/* Limits of a week that phases give and patients may have of their own. */
struct limits {
  int min_minutes, max_minutes, min_days, max_days; /* NOT_GIVEN, FAULTY, or the limit */
};
enum { NOT_GIVEN = -1, FAULTY = -2 };

struct phase {
  const char *name;
  int line;
  int from_week, to_week; /* of treatment, inclusive; UNLIMITED */
  struct limits limits;
};

/* What is known of a patient beside struct patient. */
struct stay {
  int n_days;       /* days of operation between admission and discharge in this week */
  bool is_doubtful; /* as above */
};

struct loading {
  struct clinic *clinic;
  struct diagnostics *diagnostics;
  const char *folder;
  enum load_status status; /* the worst so far, but for LOAD_FAULTY */
  struct arena scratch;    /* gone when loading ends */

  struct program program;
  int n_days; /* days of operation in a week */
  struct ids ids;
  struct words tags, categories, credentials, features;

  struct service_terms *service_terms; /* [n_services] */
  bool are_services_hidden;            /* some rows could not be read */
  struct ints *therapist_credentials;  /* [n_therapists] */
  struct ints *room_features;          /* [n_rooms] */
  struct stay *stays;                  /* [n_patients] */
  struct phase *phases;                /* [n_phases], file order */
  int n_phases;
  bool are_phases_doubtful; /* a fault may hide one: nobody is told that none applies */
  struct hours program_hours;
  struct hours *hours[N_ID_KINDS]; /* of patients, therapists and rooms: [n_hours] of each */
  size_t n_hours[N_ID_KINDS];
};

#endif
