/* Whom to call after a plan was changed. */
#ifndef IOPSCHED_CLI_CALLS_H
#define IOPSCHED_CLI_CALLS_H

#include "iopsched/changes.h"
#include "iopsched/text.h"

/* Prints to standard output, person by person (ids), what each patient attends and each therapist
 * leads that is not as it was. */
void calls_print(const struct clinic *clinic, const struct schedule *schedule,
                 const struct previous *previous);

/* "Tue 09:30 in G1 with T3", "Tue 09:30 with T3": the leaders but for `self`, who may be NONE. */
void add_place(struct text *text, const struct clinic *clinic, const struct session *session,
               int self);
/* Adds a line a person, with all their changes; returns how many. */
int add_calls(struct text *text, enum roster_kind people, const struct clinic *clinic,
              const struct schedule *schedule, const struct changes *changes);

#endif
