#include "contest.h"

#include "words.h"

enum { CLAIM_EFFORT = 10 }; /* as of every edit beyond the first */

/* Who lacks less in the week of the rival than in one's own. */
static void find_gainers(struct proven_remedy *proven, const struct clinic *clinic,
                         const struct unmet *need, const struct replanned *own,
                         const struct replanned *rival, struct arena *arena) {
  const struct outcome *outcome = &own->outcome;
  int last = need->patient;
  proven->gainers = arena_alloc(arena, (size_t)outcome->n_unmet, sizeof *proven->gainers);
  for (int i = 0; i < outcome->n_unmet; i++) {
    const struct unmet *other = &outcome->unmet[i];
    if (other->patient == NONE || other->patient == last || other->patient == need->patient ||
        outcome_short_of(&rival->outcome, other) >= other->required - other->planned)
      continue;
    last = other->patient;
    proven->gainers[proven->n_gainers++] = clinic->patients[last].id;
  }
}

/* A week that leaves the need unmet, or NULL. *known: whether all was tried. */
static const struct replanned *look_for_rival(struct tries *tries, const struct remedy *remedy,
                                              const struct unmet *need, const struct replanned *own,
                                              bool *known) {
  const struct replanned *rival = tries_rival(tries, remedy, need, own);
  *known = true;
  if (rival) return rival;
  const struct replanned *again = tries_from_plan(tries, remedy);
  if (again->week && outcome_short_of(&again->outcome, need) == 0)
    again = tries_slighted(tries, remedy, need);
  *known = again->week != NULL;
  return *known && outcome_short_of(&again->outcome, need) > 0 ? again : NULL;
}

bool contest_settle(struct tries *tries, struct proven_remedy *proven, const struct unmet *need,
                    const struct replanned *own, const struct replanned *rival,
                    struct arena *arena) {
  bool known = true;
  if (!rival) rival = look_for_rival(tries, &proven->remedy, need, own, &known);
  if (!known || !rival) return known;
  proven->contested = true;
  proven->effort += CLAIM_EFFORT;
  find_gainers(proven, tries->clinic, need, own, rival, arena);
  return claims_find(&proven->claims, tries->clinic, own->week, need, arena) &&
         tries_with_claims(tries, &proven->remedy, need, &proven->claims);
}
