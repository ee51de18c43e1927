/* What makes sure that a need is met: sessions that are fixed beforehand, so many of those that
 * meet it in one week that every week with them meets it. */
#ifndef IOPSCHED_CLAIM_H
#define IOPSCHED_CLAIM_H

#include "iopsched/outcome.h"
#include "iopsched/remedy.h"
#include "iopsched/schedule.h"

/* One session that is to take place, with the patient in it. */
struct claim {
  int patient; /* NONE: with whomever */
  int service, start_min;
  int row; /* of the clinic's fixed sessions that it joins; NONE: one of its own */
};

/* By start; {0} is an empty list. */
struct claims {
  struct claim *list; /* [n] */
  int n;
};
/* The sessions of a week in which the need is met, as claims, in the arena; those that are fixed
 * already are left out. False if fixing them would not do, or there is nothing to fix. */
bool claims_find(struct claims *claims, const struct clinic *clinic, const struct schedule *week,
                 const struct unmet *need, struct arena *arena);
/* Fixes them in a clinic that remedy_apply() made of the one they were found in. */
void claims_apply(struct clinic *changed, const struct claims *claims);
/* "'Individual counseling' (IND) Tue 10:00, 'Skills' (SKL) Wed 09:00"; of many the first. */
void claims_add_words(struct text *text, const struct clinic *clinic, const struct claims *claims);
/* A claim as a row of fixed.csv, for this week; the texts are the arena's. */
struct edit_row claim_as_row(const struct clinic *clinic, const struct claim *claim,
                             struct arena *arena);

#endif
