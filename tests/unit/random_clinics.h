/* Made-up clinics of middling size for tests of the planner: every feature of the input now and
 * then, a dozen or so patients, several therapists and rooms. Too large to try all schedules. */
#ifndef IOPSCHED_TESTS_RANDOM_CLINICS_H
#define IOPSCHED_TESTS_RANDOM_CLINICS_H

#include "iopsched/clinic.h"

/* As clinic_build() makes it: services S1 ..., patients P1 ..., therapists T1 ..., rooms R1 ...; of
 * each at most 60. */
struct clinic *plain_clinic(int services, int patients, int therapists, int rooms);
/* The same for the same seed everywhere; clinic_free() ends it. */
struct clinic *random_clinic(uint64_t seed);
/* The same with every patient, therapist and room always there and nothing fixed. */
struct clinic *easy_clinic(uint64_t seed, int n_patients);

#endif
