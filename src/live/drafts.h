/* Remedies of a need in full: as many sessions more as it takes, put into the week one by one. */
#ifndef IOPSCHED_LIVE_DRAFTS_H
#define IOPSCHED_LIVE_DRAFTS_H

#include "proposals.h"

struct draft {
  struct remedy remedy;
  int effort;
  struct schedule
      *week;  /* with the sessions in it: where planning sets out from. Perhaps not valid */
  bool ready; /* the week meets the need; else planning has to find out how */
  int service, start_min; /* the first of them; NONE: none had to be added */
};
/* By effort, then remedy; of those that are alike the cheapest. drafts_release() frees. */
struct drafts {
  struct draft *list; /* [n] */
  int n;
  size_t capacity;
};
void drafts_find(struct drafts *drafts, const struct occupancy *occupancy,
                 const struct unmet *need);
void drafts_release(struct drafts *drafts);

#endif
