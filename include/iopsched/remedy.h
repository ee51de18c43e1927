/* A remedy: a few edits of the clinic's files that would let a need be met. */
#ifndef IOPSCHED_REMEDY_H
#define IOPSCHED_REMEDY_H

#include "iopsched/clinic.h"
#include "iopsched/text.h"

/* In the order in which equally cheap ones are told. */
enum edit_kind {
  EDIT_PATIENT_HOURS,     /* `window`, in which the patient could come, too */
  EDIT_ROOM_HOURS,        /* `window` of a room */
  EDIT_THERAPIST_HOURS,   /* `window` of a therapist */
  EDIT_THERAPIST_DAY,     /* max_hours_day becomes `value`, minutes */
  EDIT_THERAPIST_WEEK,    /* max_hours_week becomes `value`, minutes */
  EDIT_CAPACITY,          /* of a room becomes `value`, patients */
  EDIT_MAX_SIZE,          /* of a service becomes `value` */
  EDIT_MIN_SIZE,          /* of a service becomes `value` */
  EDIT_SESSIONS_MAX,      /* of a service becomes `value` */
  EDIT_PATIENT_MAX_HOURS, /* becomes `value`, minutes */
  EDIT_PATIENT_MAX_DAYS,  /* becomes `value` */
  EDIT_FEATURES,          /* the room gets what `service` asks for */
  EDIT_CREDENTIAL,        /* the therapist gets `credential` */
  EDIT_ROOM,              /* one more room like this one */
  EDIT_MIN_HOURS,         /* of a patient becomes `value`, minutes: the share, for part of a week */
  EDIT_MIN_DAYS,          /* the same of days */
  EDIT_MIN_SESSIONS,      /* the same of a need of `service` or `category` */
  EDIT_SESSIONS_MIN,      /* that a service is offered becomes `value` */
  N_EDIT_KINDS
};

struct edit {
  enum edit_kind kind;
  int who;                           /* the patient, therapist, room or service */
  int service, category, credential; /* where the kind names them, else NONE */
  struct window window;
  int value;
};

enum { MOST_EDITS = 3 };
struct remedy {
  struct edit edits[MOST_EDITS]; /* [n], by kind, then whom they are about and when */
  int n;
};

/* Adds an edit, joined with one of the same if there is one. False if there are too many. */
bool remedy_add(struct remedy *remedy, const struct edit *edit);
bool remedy_add_all(struct remedy *remedy, const struct remedy *more);
/* What it asks of people, in tenths of an hour of a patient's time: see the reference. */
int remedy_effort(const struct clinic *clinic, const struct remedy *remedy);
/* < 0, 0 or > 0: an order of all remedies. */
int remedy_compare(const struct remedy *a, const struct remedy *b);
/* True if the remedy makes all edits of the part, or more of them: more hours, a larger room. */
bool remedy_includes(const struct remedy *remedy, const struct remedy *part);
/* True if both ask the same of the same people and things, perhaps at another time of that half of
 * the day. */
bool remedy_alike(const struct remedy *a, const struct remedy *b);

/* The clinic with the edits made, which borrows what stays from this one; clinic_free() ends it. */
struct clinic *remedy_apply(const struct clinic *clinic, const struct remedy *remedy);

/* "1 hour more of Ana Ortiz (T03) on Tuesday afternoon, 16:00-17:00; ..." */
void remedy_add_words(struct text *text, const struct clinic *clinic, const struct remedy *remedy);

/* An edit as a row of one of the clinic's files. */
struct edit_cell {
  const char *column, *value;
};
struct edit_row {
  const char *file;          /* "rooms.csv" */
  struct edit_cell cells[8]; /* [n] */
  int n, n_keys; /* the first n_keys cells say which row it is, which is added if there is none; 0:
                    a row to be added in any case */
};
/* The texts are the arena's. */
struct edit_row edit_as_row(const struct clinic *clinic, const struct edit *edit,
                            struct arena *arena);

#endif
