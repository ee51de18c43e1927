/* The parts of check_clinic(), and what they share. */
#ifndef IOPSCHED_CHECK_PARTS_H
#define IOPSCHED_CHECK_PARTS_H

#include "iopsched/clinic.h"
#include "iopsched/diagnostics.h"

/* Where and when a service could be held at all, one session by itself. */
struct outlook {
  bool wanted;         /* some requirement asks for it, or the program is to offer it */
  int n_clock_starts;  /* starts within opening hours that the service allows */
  int n_room_starts;   /* of these: with a room that fits, large enough for min_size */
  int n_leader_starts; /* of these clock starts: with leaders for all roles */
  struct ints starts;  /* all of that together, ascending; empty: it cannot be held */
  int n_days;          /* days with such a start */
  int n_eligible;      /* patients who may attend it */
  int most_needed;     /* sessions of it that one patient needs */
};
/* [n_services]; outlooks_free() frees. */
struct outlook *outlooks_new(const struct clinic *clinic);
void outlooks_free(struct outlook *outlooks, const struct clinic *clinic);

/* Warnings of services that are wanted and cannot be held. */
void check_services(const struct clinic *clinic, const struct outlook *outlooks,
                    struct diagnostics *diagnostics);
/* Warnings of patients whose needs cannot be met whatever the others do. */
void check_patients(const struct clinic *clinic, const struct outlook *outlooks,
                    struct diagnostics *diagnostics);
/* Warnings of more hours asked of therapists or rooms than they have. */
void check_supply(const struct clinic *clinic, struct diagnostics *diagnostics);
/* Errors of fixed rows that break a hard rule whatever is added. */
void check_fixed(const struct clinic *clinic, struct diagnostics *diagnostics);

/* True for a patient who may attend the service and takes part in the week. */
bool may_attend(const struct clinic *clinic, int patient, int service);
/* True if different therapists can fill all roles of a session of the service: those for whom
 * `may` is true. may: [n_therapists]. */
bool roles_covered(const struct clinic *clinic, int service, const bool *may);
/* Patients that one session can hold: max_size, or less where no room that fits is as large. */
int seats_of(const struct clinic *clinic, int service);
/* Minutes of the windows on the day, leaving out windows shorter than `shortest`. */
int window_minutes_on(const struct windows *windows, int day, int shortest);

/* "4.5" for 270 minutes. */
struct hours_text {
  char text[32];
};
struct hours_text hours_text(int64_t minutes);

#endif
