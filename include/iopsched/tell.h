/* Answers as text for people, as CSV and as JSON. */
#ifndef IOPSCHED_TELL_H
#define IOPSCHED_TELL_H

#include "iopsched/explain.h"
#include "iopsched/text.h"

void tell_explanation(const struct explanation *explanation, const struct clinic *clinic,
                      struct text *to);
void tell_explanation_csv(const struct explanation *explanation, const struct clinic *clinic,
                          struct text *to);
void tell_explanation_json(const struct explanation *explanation, const struct clinic *clinic,
                           struct text *to);

void tell_why(const struct why *why, struct text *to);
void tell_why_csv(const struct why *why, struct text *to);
void tell_why_json(const struct why *why, const struct clinic *clinic,
                   const struct attendance_question *question, struct text *to);

#endif
