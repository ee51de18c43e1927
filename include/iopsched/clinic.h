/* The validated clinic as it stands in one week: what the CSV folder says, with phases, shares,
 * requirement precedence, weekly hours and exceptions already worked out. Everything after the
 * loader (check, plan, verify, write) reads this and nothing else of the folder.
 *
 * People, rooms and services are called by their index: `patient` in [0, n_patients), and so on;
 * NONE is no one. All arrays and strings belong to the clinic's arena; clinic_free() ends them. */
#ifndef IOPSCHED_CLINIC_H
#define IOPSCHED_CLINIC_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include "iopsched/calendar.h"
#include "iopsched/ints.h"
#include "iopsched/memory.h"
#include "iopsched/terms.h"

enum { NONE = -1, UNLIMITED = INT_MAX };

/* Half-open stretch of time [start_min, end_min), minutes from Monday 00:00. */
struct window {
  int start_min, end_min;
};
/* Sorted, disjoint, not touching, both ends on the grid. */
struct windows {
  struct window *list; /* [n] */
  int n;
};

/* A start that a service allows: a time of day on one day, or on any (day == NONE). */
struct start_rule {
  int day;
  int minute_of_day;
};

enum format { FORMAT_GROUP, FORMAT_INDIVIDUAL, FORMAT_FAMILY };
extern const char *const format_names[]; /* "group", "individual", "family" */

struct service {
  const char *id, *name; /* name: the id where the file has none */
  int line;              /* of services.csv */
  enum format format;
  int category; /* index into clinic.categories, or NONE */
  int minutes, notes_minutes;
  int min_size, max_size;
  int leaders;      /* therapists in one session, >= 1; leader i fills role i */
  bool roles_named; /* true: the leaders' roles differ (LCSW + PEER) */
  bool telehealth;  /* no room */
  bool closed;      /* membership: all sessions of the week, or none */
  bool counts_hours;
  struct ints *roles; /* [n_roles]: credentials, any of which qualifies; empty: anybody. One for
                         each leader, or one for all of them */
  int n_roles;
  struct ints room_features; /* that a room must have */
  bool surprise; /* drawn and kept out of the patient's own calendar (an unannounced drug test) */
  int sessions_min, sessions_max; /* offered in the week; UNLIMITED */
  struct start_rule *starts;      /* [n_starts]; n_starts == 0: any start on the grid */
  int n_starts;
};

/* What one patient must and may have in the week, of one service or of one category. */
struct need {
  int service, category; /* one of them NONE */
  int min_sessions;      /* the share, for a patient who is here for part of the week */
  int max_sessions;      /* UNLIMITED */
};

enum telehealth { TELEHEALTH_YES, TELEHEALTH_NO, TELEHEALTH_ONLY };

struct patient {
  const char *id, *name; /* name: NULL where the file has none */
  int line;
  bool takes_part;              /* false: not here in this week; appears in no output */
  int first_day, last_day;      /* days of the week between admission and discharge, inclusive */
  int min_minutes, max_minutes; /* counted; the minimum is the share of a partial week */
  int min_days, max_days;
  int priority_milli;
  int primary; /* therapist or NONE */
  enum telehealth telehealth;
  int payer;                /* or NONE */
  struct ints tags;         /* indices into clinic.tags, ascending */
  struct windows available; /* within opening hours, admission and discharge, exceptions applied */
  struct windows preferred; /* empty: no preference */
  struct windows addable;   /* where exceptions could make them available: in opening hours, between
                               admission and discharge, and not taken away by one */
  struct need *needs;       /* [n_needs], services in file order, then categories */
  int n_needs;
  struct ints apart_patients, apart_therapists; /* ascending; the relation is kept both ways */
};

struct payer {
  const char *id, *name, *citation;
  int line;
  int day_min_minutes, day_min_services;
};

struct therapist {
  const char *id, *name;
  int line;
  int max_minutes_day, max_minutes_week;
  struct windows available; /* may reach past closing; exceptions applied */
  struct windows addable;   /* as a patient's */
  struct ints credentials;  /* ascending */
};

struct room {
  const char *id, *name;
  int line;
  int capacity; /* patients */
  struct windows available;
  struct windows addable; /* as a patient's */
  struct ints features;   /* ascending */
};

/* A session that is decided already. Named people and room are in it; the rest is free. */
struct fixed_session {
  int service, start_min;
  struct ints therapists; /* ascending */
  int room;               /* or NONE: free (or telehealth) */
  struct ints patients;   /* ascending */
  struct ints lines;      /* of fixed.csv, ascending */
};

struct clinic {
  struct arena arena;
  const char *folder;
  const char *program_name;
  const char *timezone; /* or NULL */
  int monday;           /* date of the planned week's Monday */
  int past_min;         /* of a week that has begun: starts before it are past; else 0 */

  int slot_minutes;
  bool operates[N_DAYS];  /* the setting `days`; a closed holiday still operates here */
  struct windows opening; /* closed days and hours taken out */
  int visit_min_minutes, day_max_minutes;
  int break_after_minutes, break_minutes; /* break_minutes 0 or break_after 0: no rule */
  int travel_minutes;
  int cushion_sessions;
  int hours_floor, hours_ceiling; /* minutes: what patients' own hours and days must lie in */
  int days_floor, days_ceiling;
  bool calendar_detail_full; /* the setting calendar_detail: events name the service */
  int64_t weight_milli[N_TERMS];

  struct service *services; /* [n_services] */
  int n_services;
  struct patient *patients; /* [n_patients], file order; those with takes_part == false too */
  int n_patients;
  struct therapist *therapists; /* [n_therapists] */
  int n_therapists;
  struct room *rooms; /* [n_rooms] */
  int n_rooms;
  struct payer *payers; /* [n_payers] */
  int n_payers;
  struct fixed_session *fixed; /* [n_fixed], by start, service, line */
  int n_fixed;

  const char **categories; /* [n_categories] */
  int n_categories;
  const char **tags; /* [n_tags] */
  int n_tags;
  const char **credentials; /* [n_credentials] */
  int n_credentials;
  const char **features; /* [n_features] of rooms */
  int n_features;

  bool *eligible;  /* [n_patients * n_services]: tags and telehealth let the patient in */
  int *weekly_max; /* [n_patients * n_services]: most sessions in the week (UNLIMITED where only
                      the days limit it); 0 where not eligible */
  bool *qualified; /* [n_services * max_leaders * n_therapists]: may fill that role */
  int max_leaders; /* largest `leaders` of any service, at least 1 */
  bool *room_fits; /* [n_services * n_rooms]: features; false for telehealth services */
};

static inline bool clinic_eligible(const struct clinic *clinic, int patient, int service) {
  return clinic->eligible[(size_t)patient * (size_t)clinic->n_services + (size_t)service];
}
static inline int clinic_weekly_max(const struct clinic *clinic, int patient, int service) {
  return clinic->weekly_max[(size_t)patient * (size_t)clinic->n_services + (size_t)service];
}
static inline bool clinic_qualified(const struct clinic *clinic, int service, int role,
                                    int therapist) {
  return clinic->qualified[((size_t)service * (size_t)clinic->max_leaders + (size_t)role) *
                               (size_t)clinic->n_therapists +
                           (size_t)therapist];
}
static inline bool clinic_room_fits(const struct clinic *clinic, int service, int room) {
  return clinic->room_fits[(size_t)service * (size_t)clinic->n_rooms + (size_t)room];
}

/* True if the service's `starts` allow the minute of the week (opening hours aside). */
bool service_allows_start(const struct service *service, int start_min);
/* True if a session of the service counts for the need. */
static inline bool clinic_need_holds(const struct clinic *clinic, const struct need *need,
                                     int service) {
  return need->service == service ||
         (need->category != NONE && need->category == clinic->services[service].category);
}
/* True if the therapist may fill some role of the service. */
bool clinic_may_lead(const struct clinic *clinic, int service, int therapist);
/* True if cost term weight_not_primary looks at this patient's sessions of this service: individual
 * or family, and the primary therapist could lead it. */
bool clinic_primary_counts(const struct clinic *clinic, int patient, int service);
bool clinic_apart_patients(const struct clinic *clinic, int a, int b);
bool clinic_apart_therapist(const struct clinic *clinic, int patient, int therapist);

/* True if [start_min, end_min) lies within one of the windows. */
bool windows_cover(const struct windows *windows, int start_min, int end_min);
/* Minutes of [start_min, end_min) inside the windows. */
int windows_overlap(const struct windows *windows, int start_min, int end_min);
/* Minutes of all the windows. */
int windows_minutes(const struct windows *windows);
bool windows_equal(const struct windows *a, const struct windows *b);
/* By start; list: [n]. */
void windows_sort(struct window *list, int n);

/* Index by id, ignoring case; NONE if there is no such one. */
int clinic_find_service(const struct clinic *clinic, const char *id);
int clinic_find_patient(const struct clinic *clinic, const char *id);
int clinic_find_therapist(const struct clinic *clinic, const char *id);
int clinic_find_room(const struct clinic *clinic, const char *id);

void clinic_free(struct clinic *clinic);

#endif
