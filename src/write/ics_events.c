#include "ics_events.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "iopsched/file.h"

static const char *or_id(const char *name, const char *id) {
  return name ? name : id;
}

const char *ics_path(const struct clinic *clinic, const struct ics_owner *owner,
                     struct arena *arena) {
  switch (owner->view) {
    case VIEW_ROOM:
      return arena_printf(arena, "calendars/rooms/%s.ics", clinic->rooms[owner->index].id);
    case VIEW_THERAPIST:
      return arena_printf(arena, "calendars/therapists/%s.ics",
                          clinic->therapists[owner->index].id);
    case VIEW_PATIENT:
      return arena_printf(arena, "calendars/patients/%s.ics", clinic->patients[owner->index].id);
    default:
      return "calendars/program.ics";
  }
}

/* A phone's list of calendars is seen by others: a patient's says nothing by default. */
static const char *calendar_name(const struct clinic *clinic, const struct ics_owner *owner,
                                 struct arena *arena) {
  const char *program = clinic->program_name;
  if (owner->view == VIEW_PATIENT) return clinic->calendar_detail_full ? program : "Appointments";
  if (owner->view == VIEW_ROOM) {
    const struct room *room = &clinic->rooms[owner->index];
    return arena_printf(arena, "%s: %s", program, or_id(room->name, room->id));
  }
  if (owner->view == VIEW_THERAPIST) {
    const struct therapist *therapist = &clinic->therapists[owner->index];
    return arena_printf(arena, "%s: %s", program, or_id(therapist->name, therapist->id));
  }
  return program;
}

/* FNV-1a over a text and the NUL at its end. */
static uint64_t hash_text(uint64_t hash, const char *text) {
  do {
    hash ^= (unsigned char)*text;
    hash *= UINT64_C(0x100000001b3);
  } while (*text++);
  return hash;
}

/* The same for a session of a week in each revision and in all calendars of the staff, other for
 * another week or program. It tells nothing of the service; and a patient's own calendar has UIDs
 * of its own, or two patients could find out that they sit in one group. */
static void set_uid(char uid[UID_TEXT], const struct clinic *clinic, const struct ics_owner *owner,
                    const char *session_id) {
  uint64_t halves[2] = {UINT64_C(0xcbf29ce484222325), UINT64_C(0x6c62272e07bb0142)};
  char week[WEEK_TEXT];
  bool own = owner->view == VIEW_PATIENT;
  week_format(clinic->monday, week);
  for (int i = 0; i < 2; i++) {
    halves[i] = hash_text(halves[i], clinic->program_name);
    halves[i] = hash_text(halves[i], week);
    halves[i] = hash_text(halves[i], session_id);
    if (own) halves[i] = hash_text(halves[i], clinic->patients[owner->index].id);
  }
  /* The form of RFC 9562, version 8 (of one's own making), variant 10. */
  snprintf(uid, UID_TEXT, "%08" PRIx64 "-%04" PRIx64 "-8%03" PRIx64 "-%04" PRIx64 "-%012" PRIx64,
           halves[0] >> 32, halves[0] >> 16 & 0xffff, halves[0] & 0xfff,
           (halves[1] >> 48 & 0x3fff) | 0x8000, halves[1] & UINT64_C(0xffffffffffff));
}

static const char *leaders_of(const struct clinic *clinic, const struct session *session,
                              struct arena *arena) {
  const char *list = "";
  for (int i = 0; i < session->leaders.n; i++) {
    const struct therapist *leader = &clinic->therapists[session->leaders.list[i]];
    list = arena_printf(arena, "%s%s%s", list, i > 0 ? ", " : "", or_id(leader->name, leader->id));
  }
  return list;
}

static const char *place_of(const struct clinic *clinic, const struct session *session) {
  if (session->room == NONE) return clinic->services[session->service].telehealth ? "Online" : NULL;
  const struct room *room = &clinic->rooms[session->room];
  return or_id(room->name, room->id);
}

static void add_patients(struct text *text, const struct report *report,
                         const struct session *session) {
  const struct clinic *clinic = report->clinic;
  text_printf(text, "\nPatients (%d): ", session->patients.n);
  for (int i = 0; i < session->patients.n; i++) {
    const struct patient *patient = &clinic->patients[session->patients.list[i]];
    text_printf(text, "%s%s", i > 0 ? ", " : "", patient_label(patient, report->with_names));
  }
}

/* For the staff. A room's calendar hangs at a door or feeds a booking system: it counts patients at
 * most. */
static const char *staff_description(const struct report *report, enum view view,
                                     const struct session *session, struct arena *arena) {
  const struct clinic *clinic = report->clinic;
  const struct service *service = &clinic->services[session->service];
  struct text text = {0};
  text_printf(&text, "Session %s", session->id);
  if (session->leaders.n > 0) text_printf(&text, "\nLed by %s", leaders_of(clinic, session, arena));
  if (view == VIEW_THERAPIST && service->notes_minutes > 0)
    text_printf(&text, "\nNotes: %d minutes after it", service->notes_minutes);
  if (view != VIEW_ROOM && profile_tells_patients(report->profile, view))
    add_patients(&text, report, session);
  else if (profile_tells_seats(report->profile, view))
    text_printf(&text, "\nPatients: %d", session->patients.n);
  const char *description = arena_strdup(arena, text.data);
  text_free(&text);
  return description;
}

/* Being in treatment is itself protected: unless the clinic decides otherwise, a patient's event
 * says when, and whether it is online. */
static void tell_patient(const struct clinic *clinic, const struct session *session,
                         struct ics_event *event, struct arena *arena) {
  const struct service *service = &clinic->services[session->service];
  event->summary = "Appointment";
  event->location = service->telehealth ? "Online" : NULL;
  if (!clinic->calendar_detail_full) return;
  event->summary = arena_printf(arena, "%s: %s", clinic->program_name, service->name);
  event->location = place_of(clinic, session);
  if (session->leaders.n > 0)
    event->description = arena_printf(arena, "With %s", leaders_of(clinic, session, arena));
}

static struct ics_event event_of(const struct report *report, const struct ics_owner *owner,
                                 const struct session *session, struct arena *arena) {
  const struct clinic *clinic = report->clinic;
  struct ics_event event = {.start_min = session->start_min,
                            .end_min = session_end(clinic, session)};
  set_uid(event.uid, clinic, owner, session->id);
  if (owner->view == VIEW_PATIENT) {
    tell_patient(clinic, session, &event, arena);
    return event;
  }
  event.summary = clinic->services[session->service].name;
  event.location = place_of(clinic, session);
  event.description = staff_description(report, owner->view, session, arena);
  return event;
}

struct ics_calendar ics_calendar_of(const struct report *report, const struct ics_owner *owner,
                                    const struct ints *sessions, struct arena *arena) {
  const struct clinic *clinic = report->clinic;
  struct ics_calendar calendar = {
      .name = calendar_name(clinic, owner, arena),
      .monday = clinic->monday,
      .revision = report->revision,
      .events = arena_alloc(arena, (size_t)sessions->n, sizeof *calendar.events)};
  for (int i = 0; i < sessions->n; i++) {
    const struct session *session = &report->schedule->sessions[sessions->list[i]];
    if (view_has_service(owner->view, &clinic->services[session->service]))
      calendar.events[calendar.n++] = event_of(report, owner, session, arena);
  }
  return calendar;
}

static int compare_uids(const void *a, const void *b) {
  const struct ics_event *const *x = a, *const *y = b;
  return strcmp((*x)->uid, (*y)->uid);
}

static int compare_starts(const void *a, const void *b) {
  const struct ics_event *x = a, *y = b;
  int order = (x->start_min > y->start_min) - (x->start_min < y->start_min);
  return order ? order : strcmp(x->uid, y->uid);
}

/* Events by UID, to look them up. */
struct uids {
  const struct ics_event **sorted; /* [n] */
  size_t n;
};

static bool has_uid(const struct uids *uids, const struct ics_event *event) {
  return uids->n > 0 &&
         bsearch(&event, uids->sorted, uids->n, sizeof *uids->sorted, compare_uids) != NULL;
}

static struct uids uids_of(const struct ics_event *events, int n, struct arena *arena) {
  struct uids uids = {arena_alloc(arena, (size_t)n, sizeof *uids.sorted), (size_t)n};
  for (int i = 0; i < n; i++) uids.sorted[i] = &events[i];
  if (n > 1) qsort(uids.sorted, uids.n, sizeof *uids.sorted, compare_uids);
  return uids;
}

/* What an old event may still say: the service to staff, who knew it, and to a patient no more than
 * a new one would. */
static const char *gone_summary(const struct clinic *clinic, const struct ics_owner *owner,
                                const char *was) {
  if (owner->view != VIEW_PATIENT) return was;
  return clinic->calendar_detail_full ? clinic->program_name : "Appointment";
}

static struct ics_event *read_earlier(const struct report *report, const char *folder,
                                      const struct ics_owner *owner, struct folder *to,
                                      struct arena *arena, int *n) {
  enum { LARGEST_CALENDAR = 64 << 20 };
  struct text text = {0};
  struct ics_event *events = NULL;
  const char *path = arena_printf(arena, "%s/%s", folder, ics_path(report->clinic, owner, arena));
  *n = 0;
  errno = ENOENT;
  if (file_read(AT_FDCWD, path, LARGEST_CALENDAR, &text) && text.length > 0)
    events = ics_read(text.data, report->clinic->monday, arena, n);
  else if (file_was_refused(errno))
    folder_give_up(to, "the earlier plan", errno);
  text_free(&text);
  return events;
}

static void add_gone_of(struct ics_calendar *calendar, const struct report *report,
                        const struct ics_owner *owner, const char *folder, struct folder *to,
                        struct arena *arena) {
  int n_was, n = calendar->n;
  struct ics_event *was = read_earlier(report, folder, owner, to, arena, &n_was);
  struct uids uids = uids_of(calendar->events, n, arena);
  struct ics_event *all = arena_alloc(arena, (size_t)n + (size_t)n_was, sizeof *all);
  for (int i = 0; i < n; i++) all[i] = calendar->events[i];
  for (int i = 0; was && i < n_was; i++) {
    if (has_uid(&uids, &was[i])) continue;
    was[i].cancelled = true;
    was[i].summary = gone_summary(report->clinic, owner, was[i].summary);
    all[n++] = was[i];
  }
  calendar->events = all;
  calendar->n = n;
}

void ics_add_gone(struct ics_calendar *calendar, const struct report *report,
                  const struct ics_owner *owner, struct folder *folder, struct arena *arena) {
  int n_now = calendar->n;
  for (int i = 0; i < report->n_earlier; i++)
    add_gone_of(calendar, report, owner, report->earlier[i], folder, arena);
  size_t n_gone = (size_t)(calendar->n - n_now);
  if (n_gone > 1) qsort(calendar->events + n_now, n_gone, sizeof *calendar->events, compare_starts);
}
