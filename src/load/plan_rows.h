/* The rows of a plan's sessions.csv and attendance.csv, read back. */
#ifndef IOPSCHED_LOAD_PLAN_ROWS_H
#define IOPSCHED_LOAD_PLAN_ROWS_H

#include "iopsched/clinic.h"
#include "iopsched/csv.h"
#include "iopsched/load.h"
#include "names.h"

/* A row of sessions.csv. */
struct session_row {
  int line;
  const char *id;
  int start_min; /* of the plan's week */
  int service;   /* NONE: not known to the clinic */
  int room;
  struct ints leaders;
  bool fixed;
  bool sound; /* no fault was reported in it, and the clinic knows its service */
};

/* Both files of one plan, and what is known while they are read. */
struct plan_reader {
  const struct clinic *clinic;
  const char *folder;
  struct diagnostics *diagnostics;
  bool lenient; /* an earlier plan: ids that the clinic does not know are counted, not faulty */
  int monday;   /* of the plan's week */
  int n_unknown_patients, n_unknown_services; /* rows, when lenient */

  struct arena arena; /* of everything read */
  struct ids ids;     /* of the clinic */
  struct csv_file sessions_csv, attendance_csv;
  const struct plan_column *session_columns;
  struct session_row *sessions; /* [n_sessions] rows with an id of their own, file order */
  int n_sessions;
  struct session_entry *by_id;
  /* A sound row of attendance.csv. */
  struct attendance_row {
    int line, patient;
    int session;   /* index into sessions */
  } * attendances; /* [n_attendances], file order */
  int n_attendances;
};

/* Opens sessions.csv, and looks for the columns that it must have. */
enum load_status plan_open_sessions(struct plan_reader *reader);
/* The week of most of its dates; false if no row has a date that can be read. */
bool plan_find_week(const struct plan_reader *reader, int *monday);
/* Reads its rows; faults go to the diagnostics. Those after it need `monday`. */
void plan_read_sessions(struct plan_reader *reader);
/* Opens and reads attendance.csv. */
enum load_status plan_read_attendances(struct plan_reader *reader);
/* Frees the index of session ids. */
void plan_forget_sessions(struct plan_reader *reader);

/* For the readers of these and of other files about a plan: */

/* Makes the clinic's ids known. */
void plan_add_ids(struct plan_reader *reader);
void plan_reader_release(struct plan_reader *reader);

/* A column: its name, whether it must be there, and where it is (-1: absent). */
struct plan_column {
  const char *name;
  bool is_required;
  int place;
};
/* Opens a file and finds its columns; what is missing or unknown is reported. */
enum load_status plan_open(struct plan_reader *reader, const char *name, struct csv_file *csv,
                           struct plan_column *columns, int n);
/* The cell of a record without the mark that keeps a spreadsheet from running it; "" where the
 * column is absent. */
const char *plan_cell(const struct csv_record *record, const struct plan_column *column);
/* Index of a part of the clinic; NONE if there is no such one. */
int plan_find(const struct plan_reader *reader, enum id_kind kind, const char *id);
/* A value as a message may quote it, in the reader's arena. */
const char *plan_shown(struct plan_reader *reader, const char *value);
/* Reports an unknown id, with the one that may have been meant. */
void plan_report_unknown(struct plan_reader *reader, const struct csv_file *csv, int line,
                         const char *column, enum id_kind kind, const char *id);
/* Therapists of a list such as "T1;T2", in its order, in the reader's arena. False if one is
 * unknown: *unknown is then that part of the list, in the arena too. */
bool plan_read_leaders(struct plan_reader *reader, const char *list, struct ints *leaders,
                       const char **unknown);
/* Index into reader->sessions of the session of that id, or NONE. */
int plan_find_session(const struct plan_reader *reader, const char *id);

#endif
