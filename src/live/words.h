/* The words of sentences about a week, and how people and things are called in them. */
#ifndef IOPSCHED_LIVE_WORDS_H
#define IOPSCHED_LIVE_WORDS_H

#include "iopsched/clinic.h"
#include "iopsched/text.h"

enum { MOST_LISTED = 4 }; /* of a list in a sentence; the rest is counted */

void add_clock(struct text *text, int minute); /* "09:00" */
void add_time(struct text *text, int minute);  /* "Tue 09:00" */
/* "Tue 09:00-10:30", "Tue 20:00-24:00" */
void add_span(struct text *text, int start_min, int end_min);
void add_number(struct text *text, int n, const char *one, const char *many); /* "2 patients" */
void add_windows(struct text *text, const struct windows *windows);
/* "'T1', 'T2' and 3 more"; false if there is nobody to list. */
bool add_ids(struct text *text, const char *const *ids, int n);

/* "Ana Ortiz (T03)", or the id alone where that is the name. */
void add_therapist(struct text *text, const struct clinic *clinic, int therapist);
void add_room(struct text *text, const struct clinic *clinic, int room);
/* "'Relapse prevention' (REL)", or the id alone. */
void add_service(struct text *text, const struct clinic *clinic, int service);
/* "Tuesday afternoon": morning to 12:00, evening from 17:00. */
void add_half_day(struct text *text, int minute);

#endif
