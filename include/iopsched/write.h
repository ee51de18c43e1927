/* From a plan to files: the exporters, one a file, and the list of them. */
#ifndef IOPSCHED_WRITE_H
#define IOPSCHED_WRITE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "iopsched/absence.h"
#include "iopsched/changes.h"
#include "iopsched/clinic.h"
#include "iopsched/duals.h"
#include "iopsched/folder.h"
#include "iopsched/outcome.h"
#include "iopsched/profile.h"
#include "iopsched/schedule.h"
#include "iopsched/terms.h"

/* Everything an exporter may write; all borrowed. */
struct report {
  const struct clinic *clinic;
  const struct schedule *schedule;
  const struct previous *previous; /* or NULL */
  const struct changes *changes;   /* NULL without a previous plan */
  const struct outcome *outcome;
  const struct cost *cost;
  const struct absences *absences; /* that a repaired plan was made for, or NULL */
  bool has_bound;
  int64_t bound;        /* units of 1/COST_ONE, at most the cost */
  int64_t milliseconds; /* that the search took */
  int64_t seed;
  int revision;
  enum profile profile; /* of all but CSV and JSON */
  bool with_names;      /* patients' names beside their ids */
  bool with_bom;        /* CSV files begin with a byte order mark */
  /* Folders that hold what was published of earlier plans of this week; [n_earlier]. */
  const char *const *earlier;
  int n_earlier;
};

/* `write` puts the exporter's files into the folder; failures stay with the folder. */
struct exporter {
  const char *format;  /* the word of --formats */
  const char *name;    /* of the file or folder at the top of the output folder */
  bool always;         /* whatever the formats asked for */
  bool needs_previous; /* nothing to write without a previous plan */
  const char *lacks;   /* the library that was not there when the program was built, or NULL */
  void (*write)(const struct report *report, struct folder *folder);
};
extern const struct exporter *const exporters[]; /* [n_exporters] */
extern const int n_exporters;

/* What a plan's folder holds; for folder_open(). */
const struct folder_contents *plan_contents(void);

/* The exporter of a format, any case; NULL if there is none. */
const struct exporter *exporter_find(const char *format);

/* Calls every exporter that is always wanted or whose format is among formats[n]. */
void write_plan(const struct report *report, const char *const *formats, int n,
                struct folder *folder);

/* Writes the formats asked for again, of a plan that stands in the folder already: its CSV files
 * are kept as they are, also where people edited them, and of summary.json but the revision
 * changes. path: of that folder. */
void write_rendering(const struct report *report, const char *const *formats, int n,
                     const char *path, struct folder *folder);

/* The revision for a plan of this week that takes the place of those in the folders [n] (each may
 * be NULL or hold no plan): one more than the highest of the same week, else 0; -1 with errno set
 * if one cannot be read. */
int next_revision(int monday, const char *const *folders, int n);

/* Those of the folders [n] that hold a plan of this week: [returned] of them in `same`, which has
 * room for n; -1 with errno set if one cannot be read. */
int plans_of_week(int monday, const char *const *folders, int n, const char **same);

/* Sets `revision` and `earlier` by the plans in the folders [n], as above; `same`, with room for n,
 * is borrowed from then on. Where one cannot be read, nothing will be written to `folder`. */
void report_after(struct report *report, const char *const *folders, int n, const char **same,
                  struct folder *folder);

/* Writes the prices that prove a bound, as CSV, by patient (and sorts them so). False if the stream
 * failed. */
bool write_duals(const struct clinic *clinic, struct duals *duals, FILE *to);

#endif
