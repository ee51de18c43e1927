/* HTML text. Whatever comes from a clinic passes through html_add(), the one place that escapes. */
#ifndef IOPSCHED_WRITE_HTML_OUT_H
#define IOPSCHED_WRITE_HTML_OUT_H

#include <stdint.h>

#include "iopsched/text.h"

/* Adds the template, a literal of the program's own. %s stands for a text, which is escaped for
 * element content and quoted attributes alike (NULL: nothing), %d for an int; nothing else. */
__attribute__((format(printf, 2, 3))) void html_add(struct text *to, const char *template, ...);

/* "12.5": minutes as hours. */
void html_hours(struct text *to, int64_t minutes);
/* "87.5%", for people and for CSS: part of whole with at most so many decimals; 0 of nothing is
 * "0%". */
void html_percent(struct text *to, int64_t part, int64_t whole, int decimals);
/* "09:00–10:30" */
void html_span_of_time(struct text *to, int start_min, int end_min);
/* "30 November 2026" */
void html_date(struct text *to, int date);

#endif
