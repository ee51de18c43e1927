/* The parts of week.html, one file each, in the order in which the page shows them. */
#ifndef IOPSCHED_WRITE_HTML_PAGE_H
#define IOPSCHED_WRITE_HTML_PAGE_H

#include <stdbool.h>

#include "html_out.h"
#include "iopsched/roster.h"
#include "iopsched/write.h"

/* The page in the making. page_init() and page_release() are html_page.c's own. */
struct page {
  const struct report *report;
  const struct clinic *clinic;
  const struct schedule *schedule;
  struct roster rooms, therapists, patients;
  struct ints all, no_room; /* sessions; those by telehealth */
  bool day_shown[N_DAYS];
  int open_min, close_min; /* minutes of the day between which all sessions lie, whole hours */
  struct text text;
};

/* A person as the page calls them: the name, where it may be told, and the id in any case. */
void html_patient(struct page *page, int patient);
void html_therapist(struct page *page, int therapist);
/* Leaders' names (else ids), separated by commas. */
void html_leaders(struct page *page, const struct session *session);
/* Minutes of these sessions together. */
int html_minutes(const struct page *page, const struct ints *sessions);
/* Classes that give a service its colour and the pattern of its edge. */
void html_colour(struct page *page, int service);

/* The whole hours of the day between which all these sessions lie, less those that `view` keeps to
 * itself; some hours where there is none. */
void html_find_range(const struct page *page, const struct ints *sessions, enum view view,
                     int *open_min, int *close_min);

/* What a block of a time grid tells beside its time and service. */
enum { TELL_ROOM = 1, TELL_LEADERS = 2, TELL_SEATS = 4, TELL_PATIENT = 8 };
/* The week as a table with a column a day, in which the sessions stand at their times. `of` names
 * whose week it is. Sessions that `view` keeps to itself are left out. sessions: by start. */
void html_grid(struct page *page, const char *of, const struct ints *sessions, enum view view,
               unsigned tells);

void html_summary(struct page *page); /* figures, unmet needs, cost */
void html_changes(struct page *page); /* against the previous plan */
void html_load(struct page *page);    /* heat maps, seats */
void html_hours_table(struct page *page);
void html_legend(struct page *page);
void html_rooms(struct page *page);
void html_therapists(struct page *page);
void html_patients(struct page *page);
void html_handout(struct page *page, int patient); /* one of them */

/* The first lines of a sheet: a page of one room or person. kind: "room", ...; title may be NULL.
 * The sheet ends with html_sheet_end(). */
void html_sheet_begin(struct page *page, const char *kind, const char *id, const char *title);
void html_sheet_end(struct page *page, bool confidential);
/* Links to the sheets of a kind, folded away. */
void html_directory(struct page *page, const char *kind, const char *const *ids, int n);

#endif
