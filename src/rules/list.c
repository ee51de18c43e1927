/* The lists of rules and of cost terms. */
#include "modules.h"

#define RULE(name) &(name),
const struct rule *const rules[] = {
#include "rules.def"
};
#undef RULE
const int n_rules = sizeof rules / sizeof *rules;

#define TERM_MODULE(symbol, name, weight, care) [TERM_##symbol] = &term_##name,
const struct cost_term *const cost_terms[N_TERMS] = {TERMS(TERM_MODULE)};
#undef TERM_MODULE
