/* The rule and term modules of this folder, for the lists. */
#ifndef IOPSCHED_RULES_MODULES_H
#define IOPSCHED_RULES_MODULES_H

#include "iopsched/rules.h"

#define RULE(name) extern const struct rule name;
#include "rules.def"
#undef RULE

#define TERM_MODULE(symbol, name, weight, care) extern const struct cost_term term_##name;
TERMS(TERM_MODULE)
#undef TERM_MODULE

#endif
