#include "ics.h"

#include <errno.h>
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "iopsched/calendar.h"

struct ics_zone {
  bool utc;
  char *tzid;      /* NULL: floating, or UTC */
  char *vtimezone; /* the component as text; NULL with tzid */
};

/* libical gives NULL for want of memory only, where its arguments are sound. */
static void *must(void *made) {
  if (!made) die_out_of_memory();
  return made;
}

static struct icaltimetype time_at(int date, int seconds, bool utc) {
  struct icaltimetype at = icaltime_null_time();
  date_to_civil(date, &at.year, &at.month, &at.day);
  at.hour = seconds / 3600;
  at.minute = seconds / 60 % 60;
  at.second = seconds % 60;
  at.is_date = 0;
  at.zone = utc ? icaltimezone_get_utc_timezone() : NULL;
  return at;
}

/* libical's TZID begins with a path of its own, which some readers do not understand. */
static void set_tzid(icalcomponent *vtimezone, const char *name) {
  icalproperty *tzid = icalcomponent_get_first_property(vtimezone, ICAL_TZID_PROPERTY);
  if (tzid) icalproperty_set_tzid(tzid, name);
}

/* A copy through text: the function that clones has another name in each version. */
static icalcomponent *component_from(const char *text) {
  return must(icalcomponent_new_from_string(text));
}

static icalcomponent *copy_component(icalcomponent *component) {
  char *text = must(icalcomponent_as_ical_string_r(component));
  icalcomponent *copy = component_from(text);
  icalmemory_free_buffer(text);
  return copy;
}

/* The zone's rules as they are in force during the week and around it. */
static char *vtimezone_of(icalcomponent *whole, const char *name, int monday) {
  icalcomponent *vtimezone = copy_component(whole);
  struct icaltimetype from = time_at(monday - N_DAYS, 0, true);
  struct icaltimetype until = time_at(monday + 2 * N_DAYS, 0, true);
  icaltimezone_truncate_vtimezone(vtimezone, from, until, 0);
  set_tzid(vtimezone, name);
  char *text = must(icalcomponent_as_ical_string_r(vtimezone));
  icalcomponent_free(vtimezone);
  return text;
}

static bool was_refused(int reason) {
  return reason == EIO || reason == EACCES || reason == EPERM || reason == EMFILE ||
         reason == ENFILE || reason == ENOMEM;
}

struct ics_zone *ics_zone_new(const char *name, int monday) {
  struct ics_zone *zone = mem_new(1, sizeof *zone);
  icaltimezone_set_tzid_prefix("");
  errno = 0; /* libical tells nobody that it could not read a zone's rules */
  icaltimezone *known = name ? icaltimezone_get_builtin_timezone(name) : NULL;
  icalcomponent *rules = known ? icaltimezone_get_component(known) : NULL;
  if (name && was_refused(errno)) {
    free(zone);
    return NULL;
  }
  zone->utc = known && !rules;
  if (!rules) return zone;
  zone->tzid = must(strdup(name));
  zone->vtimezone = vtimezone_of(rules, name, monday);
  return zone;
}

void ics_zone_free(struct ics_zone *zone) {
  if (!zone) return;
  free(zone->tzid);
  if (zone->vtimezone) icalmemory_free_buffer(zone->vtimezone);
  free(zone);
  icaltimezone_free_builtin_timezones();
}

/* Bytes at `at` that stand for a line break; 0 for none. U+0085, U+2028 and U+2029 break lines in
 * some readers. */
static size_t line_break(const char *at) {
  if (*at == '\n') return 1;
  if (*at == '\r') return at[1] == '\n' ? 2 : 1;
  if (strncmp(at, "\xC2\x85", 2) == 0) return 2;
  return strncmp(at, "\xE2\x80\xA8", 3) == 0 || strncmp(at, "\xE2\x80\xA9", 3) == 0 ? 3 : 0;
}

/* Control characters are no part of an iCalendar text; libical would let them through. */
static void add_clean(struct text *to, const char *text, const char *for_break) {
  while (*text) {
    size_t skip = line_break(text);
    bool control = ((unsigned char)*text < 0x20 && *text != '\t') || *text == 0x7F;
    if (skip)
      text_add(to, for_break);
    else
      text_add_bytes(to, control ? " " : text, 1);
    text += skip ? skip : 1;
  }
}

/* Gives a text to the function that makes a property of it. */
static void add_text(icalcomponent *component, icalproperty *(*make)(const char *),
                     const char *text, bool in_lines) {
  struct text clean = {0};
  text_add(&clean, "");
  add_clean(&clean, text, in_lines ? "\n" : " ");
  icalcomponent_add_property(component, must(make(clean.data)));
  text_free(&clean);
}

/* Bytes of the UTF-8 character at `at`. */
static size_t character(const char *at) {
  size_t n = 1;
  while (((unsigned char)at[n] & 0xC0) == 0x80) n++;
  return n;
}

/* X-WR-CALNAME, the name that most readers look at; newer ones know NAME. By our own hand: libical
 * does not escape properties that begin with X. */
static void add_wr_calname(struct text *to, const char *name) {
  struct text line = {0};
  text_add(&line, "X-WR-CALNAME:");
  for (const char *c = name; *c; c++) {
    if (strchr("\\;,", *c)) text_add(&line, "\\");
    text_add_bytes(&line, c, 1);
  }
  size_t column = 0, n;
  for (const char *c = line.data; *c; c += n, column += n) {
    n = character(c);
    if (column + n > 75) {
      text_add(to, "\r\n ");
      column = 1;
    }
    text_add_bytes(to, c, n);
  }
  text_add(to, "\r\n");
  text_free(&line);
}

static void add_time(icalcomponent *event, icalproperty *(*make)(struct icaltimetype),
                     const struct ics_zone *zone, int monday, int minute_of_week) {
  int seconds = minute_of_week % DAY_MIN * 60;
  icalproperty *property = must(make(time_at(monday + day_of(minute_of_week), seconds, zone->utc)));
  if (zone->tzid) icalproperty_add_parameter(property, must(icalparameter_new_tzid(zone->tzid)));
  icalcomponent_add_property(event, property);
}

/* No clock: a week's stamps begin a week before it, and each revision has a later one. */
static struct icaltimetype stamp_of(const struct ics_calendar *calendar) {
  enum { DAY_SECONDS = DAY_MIN * 60 };
  int revision = calendar->revision;
  return time_at(calendar->monday - N_DAYS + revision / DAY_SECONDS, revision % DAY_SECONDS, true);
}

static void add_event(icalcomponent *to, const struct ics_calendar *calendar,
                      const struct ics_event *event, const struct ics_zone *zone) {
  icalcomponent *at = must(icalcomponent_new_vevent());
  icalcomponent_add_component(to, at);
  icalcomponent_add_property(at, must(icalproperty_new_uid(event->uid)));
  icalcomponent_add_property(at, must(icalproperty_new_dtstamp(stamp_of(calendar))));
  add_time(at, icalproperty_new_dtstart, zone, calendar->monday, event->start_min);
  add_time(at, icalproperty_new_dtend, zone, calendar->monday, event->end_min);
  icalcomponent_add_property(at, must(icalproperty_new_sequence(calendar->revision)));
  icalcomponent_add_property(
      at, must(icalproperty_new_status(event->cancelled ? ICAL_STATUS_CANCELLED
                                                        : ICAL_STATUS_CONFIRMED)));
  icalcomponent_add_property(at, must(icalproperty_new_class(ICAL_CLASS_PRIVATE)));
  add_text(at, icalproperty_new_summary, event->summary, false);
  if (event->location) add_text(at, icalproperty_new_location, event->location, false);
  if (event->description) add_text(at, icalproperty_new_description, event->description, true);
}

/* A calendar must have a component: one without events or zone gets the zone of UTC. */
static const char utc_rules[] =
    "BEGIN:VTIMEZONE\r\nTZID:UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
    "TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nTZNAME:UTC\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

static void add_whole(struct text *to, icalcomponent *whole, const char *name) {
  static const char first[] = "BEGIN:VCALENDAR\r\n";
  struct text clean = {0};
  char *text = must(icalcomponent_as_ical_string_r(whole));
  text_add(&clean, "");
  add_clean(&clean, name, " ");
  text_add(to, first);
  add_wr_calname(to, clean.data);
  text_add(to, text + sizeof first - 1);
  icalmemory_free_buffer(text);
  text_free(&clean);
}

void ics_write(const struct ics_calendar *calendar, const struct ics_zone *zone, struct text *to) {
  icalcomponent *whole = must(icalcomponent_new_vcalendar());
  icalcomponent_add_property(whole, must(icalproperty_new_version("2.0")));
  icalcomponent_add_property(whole, must(icalproperty_new_prodid("-//iopsched//NONSGML 1//EN")));
  icalcomponent_add_property(whole, must(icalproperty_new_calscale("GREGORIAN")));
  icalcomponent_add_property(whole, must(icalproperty_new_method(ICAL_METHOD_PUBLISH)));
  add_text(whole, icalproperty_new_name, calendar->name, false);
  if (zone->vtimezone)
    icalcomponent_add_component(whole, component_from(zone->vtimezone));
  else if (calendar->n == 0)
    icalcomponent_add_component(whole, component_from(utc_rules));
  for (int i = 0; i < calendar->n; i++) add_event(whole, calendar, &calendar->events[i], zone);
  add_whole(to, whole, calendar->name);
  icalcomponent_free(whole);
}

static int minute_of(struct icaltimetype at, int monday) {
  return (date_from_civil(at.year, at.month, at.day) - monday) * DAY_MIN + at.hour * 60 + at.minute;
}

static bool is_uid(const char *uid) {
  return uid && strlen(uid) == UID_TEXT - 1 && strspn(uid, "0123456789abcdef-") == UID_TEXT - 1;
}

/* False for what ics_write() would not have written for that week. */
static bool read_event(icalcomponent *from, int monday, struct arena *arena,
                       struct ics_event *event) {
  struct icaltimetype start = icalcomponent_get_dtstart(from);
  struct icaltimetype end = icalcomponent_get_dtend(from);
  const char *uid = icalcomponent_get_uid(from), *summary = icalcomponent_get_summary(from);
  if (!is_uid(uid) || !icaltime_is_valid_time(start) || !icaltime_is_valid_time(end)) return false;
  if (icaltime_is_null_time(start) || icaltime_is_null_time(end)) return false;
  if (start.year < 1900 || start.year > 2999 || end.year < 1900 || end.year > 2999) return false;
  *event = (struct ics_event){.start_min = minute_of(start, monday),
                              .end_min = minute_of(end, monday),
                              .summary = arena_strdup(arena, summary ? summary : "")};
  snprintf(event->uid, sizeof event->uid, "%s", uid);
  return event->start_min >= 0 && event->start_min < event->end_min && event->end_min <= WEEK_MIN &&
         icalcomponent_get_status(from) != ICAL_STATUS_CANCELLED;
}

struct ics_event *ics_read(const char *data, int monday, struct arena *arena, int *n) {
  icalcomponent *whole = icalparser_parse_string(data);
  *n = 0;
  if (!whole) return NULL;
  int count = icalcomponent_count_components(whole, ICAL_VEVENT_COMPONENT);
  struct ics_event *events = arena_alloc(arena, (size_t)count, sizeof *events);
  icalcomponent *at = icalcomponent_get_first_component(whole, ICAL_VEVENT_COMPONENT);
  for (; at && *n < count; at = icalcomponent_get_next_component(whole, ICAL_VEVENT_COMPONENT))
    if (read_event(at, monday, arena, &events[*n])) ++*n;
  icalcomponent_free(whole);
  return events;
}
