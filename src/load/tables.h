/* The tables of a clinic, in the order in which they must be read: what a table names, those before
 * it have made known. */
#ifndef IOPSCHED_LOAD_TABLES_H
#define IOPSCHED_LOAD_TABLES_H

#include "loading.h"

void load_settings(struct loading *loading);
void load_services(struct loading *loading);
void load_payers(struct loading *loading);
void load_phases(struct loading *loading);
void load_therapists(struct loading *loading);
void load_rooms(struct loading *loading);
void load_patients(struct loading *loading);
/* Once patients, therapists, rooms and services are known: who may attend, lead and house what. */
void match_services(struct loading *loading);
void load_requirements(struct loading *loading);
void load_availability(struct loading *loading);
void load_exceptions(struct loading *loading);
/* Once weekly hours and exceptions are read: the windows of the program and of everyone. */
void settle_hours(struct loading *loading);
void load_apart(struct loading *loading);
void load_fixed(struct loading *loading);
/* Once all is read: that no schedule's cost can exceed what an int64_t counts. */
void check_magnitude(struct loading *loading);

#endif
