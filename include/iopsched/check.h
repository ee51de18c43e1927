/* What can be seen before solving: warnings of needs that arithmetic alone shows to be impossible,
 * and errors of fixed rows that break a hard rule beyond mending. */
#ifndef IOPSCHED_CHECK_H
#define IOPSCHED_CHECK_H

#include "iopsched/clinic.h"
#include "iopsched/diagnostics.h"

void check_clinic(const struct clinic *clinic, struct diagnostics *diagnostics);

#endif
