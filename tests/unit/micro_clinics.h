/* Made-up clinics so small that all their schedules can be tried, with every feature now and then.
 */
#ifndef IOPSCHED_TESTS_MICRO_CLINICS_H
#define IOPSCHED_TESTS_MICRO_CLINICS_H

#include "iopsched/clinic.h"
#include "iopsched/schedule.h"

enum micro_style {
  MICRO_PARALLEL,   /* one or two starts, several rooms and leaders */
  MICRO_APART,      /* the same with pairs and threes, many of whom are kept apart */
  MICRO_FIXED,      /* the same with fixed sessions */
  MICRO_LONG_DAY,   /* one day on a 30-minute grid */
  MICRO_INDIVIDUAL, /* individual sessions, primary therapists, people kept apart */
  MICRO_WEEK,       /* several days, closed services, cushion */
  MICRO_MIXED,
  N_MICRO_STYLES
};

struct micro {
  struct clinic *clinic;
  struct previous *previous; /* or NULL */
};
/* The same for the same seed everywhere. micro_release() ends it. */
struct micro micro_clinic(enum micro_style style, uint64_t seed);
void micro_release(struct micro *micro);

#endif
