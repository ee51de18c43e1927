/* A run told in a mail: plain ASCII, short lines, the first fit for a subject, so that `mail` sends
 * it as it is whatever the locale. Patients are counted and never told, for mail is read on its
 * way. */
#ifndef IOPSCHED_CLI_MAIL_TEXT_H
#define IOPSCHED_CLI_MAIL_TEXT_H

#include "iopsched/text.h"
#include "iopsched/write.h"
#include "options.h"

/* The first line, and an empty one. */
void mail_add_subject(struct text *text, const char *subject);
/* The plan of a week, which was written to `output`. */
void mail_add_plan(struct text *text, const struct report *report, bool cut_short,
                   const char *output);
/* The mail of a run that wrote no plan, and why. */
void mail_add_failure(struct text *text, const char *why, const struct options *options);

#endif
