#include "calls.h"

#include <stdio.h>

#include "iopsched/text.h"

static void add_start(struct text *text, int minute) {
  char clock[CLOCK_TEXT];
  clock_format(minute, false, clock);
  text_printf(text, "%s %s", day_names[day_of(minute)], clock);
}

void add_place(struct text *text, const struct clinic *clinic, const struct session *session,
               int self) {
  int n = 0;
  add_start(text, session->start_min);
  if (session->room != NONE) text_printf(text, " in %s", clinic->rooms[session->room].id);
  for (int i = 0; i < session->leaders.n; i++)
    if (session->leaders.list[i] != self)
      text_printf(text, "%s%s", n++ > 0 ? ", " : " with ",
                  clinic->therapists[session->leaders.list[i]].id);
}

/* "REL moves from Tue 09:00 to Thu 10:00 in G1 with T3" */
static void add_change(struct text *text, enum roster_kind people, const struct clinic *clinic,
                       const struct schedule *schedule, const struct change *change) {
  const struct session *session =
      change->session == NONE ? NULL : &schedule->sessions[change->session];
  text_printf(text, "%s ", clinic->services[change->service].id);
  if (change->kind == CHANGE_MOVED) text_add(text, "moves from ");
  if (change->kind == CHANGE_REMOVED) text_add(text, "no more on ");
  if (change->kind == CHANGE_ADDED) text_add(text, "new on ");
  if (change->was_min != NONE) add_start(text, change->was_min);
  if (change->kind == CHANGE_MOVED) text_add(text, " to ");
  if (session)
    add_place(text, clinic, session, people == ROSTER_THERAPISTS ? change->person : NONE);
}

static const char *id_of(const struct clinic *clinic, enum roster_kind people, int person) {
  return people == ROSTER_PATIENTS ? clinic->patients[person].id : clinic->therapists[person].id;
}

int add_calls(struct text *text, enum roster_kind people, const struct clinic *clinic,
              const struct schedule *schedule, const struct changes *changes) {
  int n = 0, last = NONE;
  for (int i = 0; i < changes->n; i++) {
    int person = changes->list[i].person;
    if (person == last) {
      text_add(text, "; ");
    } else {
      text_printf(text, "%s  %s: ", n++ > 0 ? "\n" : "", id_of(clinic, people, person));
      last = person;
    }
    add_change(text, people, clinic, schedule, &changes->list[i]);
  }
  if (n > 0) text_add(text, "\n");
  return n;
}

static int add_people(struct text *text, enum roster_kind people, const struct clinic *clinic,
                      const struct schedule *schedule, const struct previous *previous) {
  struct changes changes;
  changes_init(&changes, people, clinic, schedule, previous);
  int n = add_calls(text, people, clinic, schedule, &changes);
  changes_release(&changes);
  return n;
}

void calls_print(const struct clinic *clinic, const struct schedule *schedule,
                 const struct previous *previous) {
  struct text patients = {0}, therapists = {0};
  int n_patients = add_people(&patients, ROSTER_PATIENTS, clinic, schedule, previous);
  int n_therapists = add_people(&therapists, ROSTER_THERAPISTS, clinic, schedule, previous);
  if (n_patients + n_therapists == 0) printf("nobody needs to be called\n");
  if (n_patients > 0)
    printf("call %d %s:\n%s", n_patients, n_patients == 1 ? "patient" : "patients", patients.data);
  if (n_therapists > 0)
    printf("call %d %s:\n%s", n_therapists, n_therapists == 1 ? "therapist" : "therapists",
           therapists.data);
  text_free(&patients);
  text_free(&therapists);
}
