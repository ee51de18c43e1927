#include "hours.h"

#include "cells.h"
#include "tables.h"

const struct fixed_word owner_kinds[] = {{"patient", ID_PATIENT},
                                         {"therapist", ID_THERAPIST},
                                         {"room", ID_ROOM},
                                         {"program", OWNER_PROGRAM},
                                         {NULL, 0}};

struct hours *find_hours(const struct table_reader *reader, int kind, const char *id) {
  struct loading *loading = reader->loading;
  if (!row_sound(reader, "kind")) return NULL;
  const struct cell *cell = row_cell(reader, "id");
  if (kind == OWNER_PROGRAM) {
    if (*id) cell_fault(cell, id, "is not wanted: the hours of the program are nobody's");
    return *id ? NULL : &loading->program_hours;
  }
  if (!*id) {
    cell_report(cell, "an empty cell: the id of a %s is required", id_kind_infos[kind].noun);
    return NULL;
  }
  const struct id *owner = find_reference(cell, (enum id_kind)kind, id);
  return owner ? &loading->hours[kind][owner->index] : NULL;
}

bool check_times(const struct table_reader *reader, int start, int end) {
  if (!row_sound(reader, "start") || !row_sound(reader, "end") || start < end) return true;
  if (row_given(reader, "end"))
    row_fault(reader, "end", "is not after start '%s'",
              row_given(reader, "start") ? row_value(reader, "start") : "00:00");
  else
    row_fault(reader, "start", "is not before the day's end");
  return false;
}

/* The opening hours: of each day of operation its own, or else open to close; less the times at
 * which the program is closed. */
static struct spans opening_spans(struct loading *loading) {
  const struct program *program = &loading->program;
  struct hours *hours = &loading->program_hours;
  struct spans days = {0}, weekly = {0};
  for (int day = 0; day < N_DAYS; day++) {
    if (!(program->days >> day & 1)) continue;
    spans_add(&days, day * DAY_MIN, (day + 1) * DAY_MIN);
    if (!(program->own_days >> day & 1))
      spans_add(&hours->available, day * DAY_MIN + program->open, day * DAY_MIN + program->close);
  }
  spans_join(&days);
  spans_join(&hours->available);
  spans_join(&hours->off);
  weekly = spans_both(&hours->available, &days);
  struct spans opening = spans_without(&weekly, &hours->off);
  spans_free(&days);
  spans_free(&weekly);
  return opening;
}

/* When someone is there: the weekly hours, and what is on beside them within opening hours; less
 * what is off. */
static struct spans presence(struct hours *hours, const struct spans *opening) {
  struct spans with = {0};
  spans_join(&hours->on);
  spans_join(&hours->off);
  struct spans on = spans_both(&hours->on, opening);
  if (hours->available.n > 0) {
    spans_add_all(&with, &hours->available);
    spans_add_all(&with, &hours->preferred);
  } else {
    spans_add_all(&with, opening);
  }
  spans_add_all(&with, &on);
  spans_join(&with);
  struct spans rest = spans_without(&with, &hours->off);
  spans_free(&on);
  spans_free(&with);
  return rest;
}

/* The presence within some spans, on the grid. */
static struct windows presence_within(struct loading *loading, struct hours *hours,
                                      const struct spans *opening, const struct spans *within) {
  struct clinic *clinic = loading->clinic;
  struct spans present = presence(hours, opening), both = spans_both(&present, within);
  struct windows windows = spans_on_grid(&both, clinic->slot_minutes, &clinic->arena);
  spans_free(&present);
  spans_free(&both);
  return windows;
}

/* What an exception could add within some spans: all of them but what another takes away. */
static struct windows addable_within(struct loading *loading, const struct hours *hours,
                                     const struct spans *within) {
  struct clinic *clinic = loading->clinic;
  struct spans rest = spans_without(within, &hours->off);
  struct windows windows = spans_on_grid(&rest, clinic->slot_minutes, &clinic->arena);
  spans_free(&rest);
  return windows;
}

static void settle_patient(struct loading *loading, int index, const struct spans *opening) {
  struct clinic *clinic = loading->clinic;
  struct patient *patient = &clinic->patients[index];
  struct hours *hours = &loading->hours[ID_PATIENT][index];
  struct spans stay = {0};
  spans_add(&stay, patient->first_day * DAY_MIN, (patient->last_day + 1) * DAY_MIN);
  struct spans within = spans_both(opening, &stay);
  patient->available = presence_within(loading, hours, opening, &within);
  patient->addable = addable_within(loading, hours, &within);
  spans_join(&hours->preferred);
  /* Not cut to the availability: whose preferred times all fall out this week still has some. */
  patient->preferred = spans_on_grid(&hours->preferred, clinic->slot_minutes, &clinic->arena);
  spans_free(&within);
  spans_free(&stay);
}

void settle_hours(struct loading *loading) {
  struct clinic *clinic = loading->clinic;
  struct spans opening = opening_spans(loading), always = {0};
  spans_add(&always, 0, WEEK_MIN);
  clinic->opening = spans_on_grid(&opening, clinic->slot_minutes, &clinic->arena);
  for (int i = 0; i < clinic->n_patients; i++) settle_patient(loading, i, &opening);
  for (int i = 0; i < clinic->n_therapists; i++) { /* their notes may reach past closing */
    struct hours *hours = &loading->hours[ID_THERAPIST][i];
    clinic->therapists[i].available = presence_within(loading, hours, &opening, &always);
    clinic->therapists[i].addable = addable_within(loading, hours, &opening);
  }
  for (int i = 0; i < clinic->n_rooms; i++) {
    struct hours *hours = &loading->hours[ID_ROOM][i];
    clinic->rooms[i].available = presence_within(loading, hours, &opening, &opening);
    clinic->rooms[i].addable = addable_within(loading, hours, &opening);
  }
  spans_free(&opening);
  spans_free(&always);
}
