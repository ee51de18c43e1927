/* What the columns of the week's integer program mean, and how rows are added to it: for the rules
 * and cost terms, which add theirs, and for reading a solution back.
 *
 * NONE stands for a column that does not exist because it could not be more than 0. */
#ifndef IOPSCHED_ILP_MODEL_H
#define IOPSCHED_ILP_MODEL_H

#include "iopsched/ilp.h"

/* Binary: the patient attends a session of the offering. */
struct ilp_seat {
  int patient, column;
};
/* Binary: the therapist leads a session of the offering, in a role of the group. */
struct ilp_lead {
  int group, therapist, column;
};
/* Integer: sessions of the offering in rooms of the class. */
struct ilp_room_use {
  int room_class;
  int seats; /* patients in one session in such a room */
  int column;
};
/* Binary: the therapist leads this patient's own (individual or family) session. */
struct ilp_pairing {
  int patient, group, therapist, column;
};
/* One of several parallel group sessions, where people must be told apart. */
struct ilp_place {
  int room_class;         /* NONE: telehealth */
  int seats;              /* most patients */
  int open;               /* column, binary: takes place */
  int others;             /* column: patients in it beside the named ones */
  struct ilp_seat *named; /* [n_named]: those patients who are told apart, by patient */
  int n_named;
  struct ilp_lead *leads; /* [n_leads]: those leaders who are told apart, by group and therapist */
  int n_leads;
  const char *label; /* for names of rows */
};

/* A service at a start: what may run then, once or several times in parallel. */
struct ilp_offering {
  int service, start_min;
  int most;     /* sessions that could run in parallel, >= 1 */
  int sessions; /* column: sessions that do */
  int seated;   /* column: patients in all of them; the same as `sessions` if not a group */
  struct ilp_seat *seats; /* [n_seats], by patient */
  int n_seats;
  struct ilp_lead *leads; /* [n_leads], by group and therapist */
  int n_leads;
  struct ilp_room_use *rooms; /* [n_rooms], by class; none for telehealth */
  int n_rooms;
  struct ilp_pairing *pairings; /* [n_pairings], by patient, group and therapist */
  int n_pairings;
  struct ilp_place *places; /* [n_places]; 0 where counting is enough */
  int n_places;
  bool *told_apart; /* [n_seats] or NULL: the patient's leaders are all among the pairings */
};

/* Roles of a service that the same therapists may fill are one group. */
struct ilp_roles {
  int n_groups;
  int *needed;   /* [n_groups]: leaders of the group in one session */
  int *group_of; /* [leaders]: the group of each role */
};

/* Rooms that nothing tells apart. */
struct ilp_room_class {
  struct ints rooms; /* ascending */
  const char *label;
};

/* One thing of an offering, for lists over the week. */
struct ilp_use {
  int offering, column;
};
struct ilp_uses {
  struct ilp_use *list; /* [n], by start */
  int n;
};

/* Binary: the patient attends the service on the day. */
struct ilp_course {
  int service, column;
  int n_starts; /* with one alone, the column is that of the attendance */
};
/* A stretch of a patient's day between two possible starts or ends. */
struct ilp_piece {
  int start_min, end_min;
  int here;        /* column: between first start and last end; NONE if the day does not idle */
  int sits, calls; /* columns: in session, on site or by telehealth; NONE where nothing could be, or
                      the day has no such columns */
};
struct ilp_day {
  int patient, day;
  int attended; /* column, binary: attends anything */
  int onsite;   /* column, binary: attends something on site; `attended` where that is the same;
                   NONE where nothing is on site, or there is no least visit to care */
  struct ilp_uses visits;     /* all that may be attended */
  struct ilp_course *courses; /* [n_courses], by service */
  int n_courses;
  struct ilp_piece *pieces; /* [n_pieces], by time, without gaps; 0 where nothing asks for them */
  int n_pieces;
  bool idles;      /* idle time costs something, and can be: pieces have `here` */
  bool in_session; /* pieces have `sits` and `calls` */
};

struct ilp_labels {
  const char **patients, **therapists, **services, **categories; /* by index */
  const char **times;                                            /* by slot of the week */
};

struct ilp_model {
  struct ilp_offering *offerings; /* [n_offerings], by start and service */
  int n_offerings;
  struct ints *offerings_of; /* [n_services]: by start */
  struct ilp_day *days;      /* [n_days], by patient and day; only those with anything possible */
  int n_days;
  int *first_day;                      /* [n_patients + 1]: the patient's days are
                                          days[first_day[p], first_day[p + 1]) */
  struct ilp_uses *visits;             /* [n_patients]: all of the week */
  struct ilp_uses *duties;             /* [n_therapists] */
  struct ilp_uses *room_uses;          /* [n_room_classes] */
  struct ilp_room_class *room_classes; /* [n_room_classes] */
  int n_room_classes;
  int *class_of_room;      /* [n_rooms] */
  struct ilp_roles *roles; /* [n_services] */
  struct ilp_labels labels;
  int hour_unit_min; /* minutes of which all counted minutes and minima are multiples */
  int *hours_short;  /* [n_patients]: column in hour units, or NONE while nobody asked for it */
  int one;           /* column fixed to 1, or NONE while nobody asked for it */
};

/* The program with its columns and the rows that define them, before any rule's or term's: what
 * ilp_build() begins with. */
struct ilp *ilp_begin(const struct clinic *clinic, const struct previous *previous);

/* A new column, with a name made as by printf. */
__attribute__((format(printf, 5, 6))) int ilp_column(struct ilp *ilp, int64_t lower, int64_t upper,
                                                     bool integer, const char *format, ...);
/* Adds to a column's cost what one unit of it adds to a term's amount (units of 1/AMOUNT_ONE),
 * times the term's weight: no more than an int64 holds, since weights may be absurd. */
void ilp_cost(struct ilp *ilp, int column, enum term term, int64_t amount);

/* A row: opened with its name, filled, closed by one of the three bounds. Terms of one column are
 * added up. Closing divides by the common divisor and rounds the bound, which cuts off nothing
 * since all columns are whole; a row that no values can break is dropped, one of a single declared
 * column becomes the column's bound. */
__attribute__((format(printf, 2, 3))) void ilp_row(struct ilp *ilp, const char *format, ...);
void ilp_add(struct ilp *ilp, int column, int coefficient);
void ilp_at_most(struct ilp *ilp, int64_t upper);
void ilp_at_least(struct ilp *ilp, int64_t lower);
void ilp_equal(struct ilp *ilp, int64_t value);
/* A row that nothing satisfies: the clinic has no valid schedule. */
__attribute__((format(printf, 2, 3))) void ilp_impossible(struct ilp *ilp, const char *format, ...);

/* Column by which a patient's counted hours fall short, in hour units (made on first use). */
int ilp_hours_short(struct ilp *ilp, int patient);
/* Adds the minutes of all that counts, on the day or in the patient's week, to the open row.
 * Returns their greatest common divisor, 0 if there is nothing. */
int ilp_day_minutes(struct ilp *ilp, const struct ilp_day *day);
int ilp_week_minutes(struct ilp *ilp, int patient);
/* Adds the days that the patient attends in the week to the open row. */
void ilp_week_days(struct ilp *ilp, int patient);
/* The patient's column of attendance at an offering, or NONE. */
int ilp_attendance(const struct ilp_offering *offering, int patient);
/* The offering of a service at a start, or NULL. */
struct ilp_offering *ilp_find_offering(const struct ilp *ilp, int service, int start_min);
/* The fixed sessions of a service at a start: clinic->fixed[*first, *first + n). Returns n. */
int ilp_fixed(const struct ilp *ilp, int service, int start_min, int *first);
/* A fixed individual session that names leaders but no patient, and it matters whose it is. */
bool ilp_fixed_is_loose(const struct ilp *ilp, const struct ilp_offering *offering,
                        const struct fixed_session *fixed);
/* "Mon_0900" */
const char *ilp_time(const struct ilp *ilp, int minute);
/* The name in rows and columns of a role group of a service: "REL", or "REL.2" where it has
 * several. The string lasts until the program ends. */
const char *ilp_group_label(struct ilp *ilp, int service, int group);

static inline const struct service *ilp_service(const struct ilp *ilp,
                                                const struct ilp_offering *offering) {
  return &ilp->clinic->services[offering->service];
}
static inline int ilp_end(const struct ilp *ilp, const struct ilp_offering *offering) {
  return offering->start_min + ilp_service(ilp, offering)->minutes;
}

/* Adds the patients of a place to the open row. */
void ilp_place_patients(struct ilp *ilp, const struct ilp_place *place);
/* The column of a named patient at a place, or NONE. */
int ilp_named_column(const struct ilp_place *place, int patient);
/* Adds what the patient attends in the week of a service, or of a category (the other NONE), to the
 * open row. */
void ilp_week_sessions(struct ilp *ilp, int patient, int service, int category);

/* Patients at an offering who may not share a session. */
struct ilp_conflicts {
  struct ints *cliques; /* [n_cliques]: sets of seats, all pairs of which are kept apart; together
                           they hold every such pair */
  int n_cliques;
  struct ints seats; /* of any pair, ascending */
  bool disjoint;     /* no seat is in two cliques */
};
/* The lists are in the arena. */
struct ilp_conflicts ilp_conflicts_of(struct arena *arena, const struct clinic *clinic,
                                      const struct ilp_offering *offering);
/* True if the patient is kept apart from a therapist who may lead the offering. */
bool ilp_has_apart_leader(const struct clinic *clinic, const struct ilp_offering *offering,
                          int patient);

/* Stretches of time, in lists sorted by start. */
struct ilp_span {
  int start_min, end_min, column;
};
/* The spans of uses, each until its session's end, or until the end of its notes. [n], the caller
 * frees. */
struct ilp_span *ilp_spans(const struct ilp *ilp, const struct ilp_uses *uses, bool with_notes);
/* Minutes of [from_min, to_min) that lie in any of the spans. */
int ilp_covered(const struct ilp_span *spans, int n, int from_min, int to_min);

/* Starts and ends of the spans, ascending, each once, to cuts [2 n]. Returns how many. */
int ilp_cut(const struct ilp_span *spans, int n, int *cuts);
bool ilp_starts_at(const struct ilp_span *spans, int n, int minute);
/* True if two of the spans have time between them. */
bool ilp_may_idle(const struct ilp_span *spans, int n);
/* True if the spans of one day hold more of some stretch than the rule about breaks allows. */
bool ilp_may_lack_break(const struct clinic *clinic, const struct ilp_span *spans, int n);
/* A column KIND(label,time), and its row, for being in a session of the spans in each piece between
 * two of the cuts: in [n_cuts - 1], NONE where nothing could be. The spans are of one person and
 * exclude each other. */
void ilp_in_session(struct ilp *ilp, const struct ilp_span *spans, int n, const int *cuts,
                    int n_cuts, const char *kind, const char *label, int *in);

/* A walk over the largest sets of spans that share a moment. */
struct ilp_sweep {
  const struct ilp_span *spans; /* [n] */
  int n, next;
  int *active; /* [n_active]: indices of the spans of this set */
  int n_active;
  int at_min; /* a moment they share */
};
/* spans are borrowed; ilp_sweep_end() frees the walk. */
void ilp_sweep_begin(struct ilp_sweep *sweep, const struct ilp_span *spans, int n);
bool ilp_sweep_next(struct ilp_sweep *sweep);
void ilp_sweep_end(struct ilp_sweep *sweep);
/* For every such set a row RULE(label,time): at most `most` of it, or, if `on` is not NONE, at most
 * `most` times that column. */
void ilp_clique_rows(struct ilp *ilp, const struct ilp_span *spans, int n, const char *rule,
                     const char *label, int most, int on);

#endif
