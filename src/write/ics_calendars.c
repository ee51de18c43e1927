#include "ics_calendars.h"

#include <errno.h>

#include "ics_events.h"
#include "iopsched/roster.h"

/* What all calendars of one plan share. */
struct calendars {
  const struct report *report;
  struct folder *folder;
  struct ics_zone *zone;
};

/* A calendar without events is written too, so that a subscription finds its file. But not for a
 * patient who is not here in this week, unless there is something to cancel. */
static void write_one(const struct calendars *calendars, const struct ics_owner *owner,
                      const struct ints *sessions) {
  const struct report *report = calendars->report;
  struct arena arena = {0};
  struct ics_calendar calendar = ics_calendar_of(report, owner, sessions, &arena);
  ics_add_gone(&calendar, report, owner, calendars->folder, &arena);
  bool away = owner->view == VIEW_PATIENT && !report->clinic->patients[owner->index].takes_part;
  if (!away || calendar.n > 0) {
    struct text text = {0};
    ics_write(&calendar, calendars->zone, &text);
    folder_put(calendars->folder, ics_path(report->clinic, owner, &arena), text.data, text.length);
    text_free(&text);
  }
  arena_free(&arena);
}

static void write_roster(const struct calendars *calendars, enum view view, enum roster_kind kind) {
  struct roster roster;
  if (!profile_has_view(calendars->report->profile, view)) return;
  roster_init(&roster, kind, calendars->report->clinic, calendars->report->schedule);
  for (int i = 0; i < roster.n; i++)
    write_one(calendars, &(struct ics_owner){view, i}, &roster.of[i]);
  roster_release(&roster);
}

static void write_program(const struct calendars *calendars) {
  struct arena arena = {0};
  if (!profile_has_view(calendars->report->profile, VIEW_PROGRAM)) return;
  int n = calendars->report->schedule->n_sessions;
  struct ints all = {arena_alloc(&arena, (size_t)n, sizeof *all.list), n};
  for (int i = 0; i < n; i++) all.list[i] = i;
  write_one(calendars, &(struct ics_owner){VIEW_PROGRAM, NONE}, &all);
  arena_free(&arena);
}

void ics_write_calendars(const struct report *report, struct folder *folder) {
  struct calendars calendars = {report, folder,
                                ics_zone_new(report->clinic->timezone, report->clinic->monday)};
  if (!calendars.zone) {
    folder_give_up(folder, "the rules of the time zone", errno);
    return;
  }
  write_program(&calendars);
  write_roster(&calendars, VIEW_ROOM, ROSTER_ROOMS);
  write_roster(&calendars, VIEW_THERAPIST, ROSTER_THERAPISTS);
  write_roster(&calendars, VIEW_PATIENT, ROSTER_PATIENTS);
  ics_zone_free(calendars.zone);
}
