#include "words.h"

#include <string.h>

void add_clock(struct text *text, int minute) {
  int of_day = minute % DAY_MIN;
  text_printf(text, "%02d:%02d", of_day / 60, of_day % 60);
}

void add_time(struct text *text, int minute) {
  text_printf(text, "%s ", day_names[day_of(minute)]);
  add_clock(text, minute);
}

void add_span(struct text *text, int start_min, int end_min) {
  char end[CLOCK_TEXT];
  clock_format(end_min, true, end);
  add_time(text, start_min);
  text_printf(text, "-%s", end);
}

void add_number(struct text *text, int n, const char *one, const char *many) {
  text_printf(text, "%d %s", n, n == 1 ? one : many);
}

void add_windows(struct text *text, const struct windows *windows) {
  if (windows->n == 0) text_add(text, "never");
  for (int i = 0; i < windows->n && i < MOST_LISTED; i++) {
    if (i > 0) text_add(text, ", ");
    add_span(text, windows->list[i].start_min, windows->list[i].end_min);
  }
  if (windows->n > MOST_LISTED) text_printf(text, " and %d more", windows->n - MOST_LISTED);
}

bool add_ids(struct text *text, const char *const *ids, int n) {
  for (int i = 0; i < n && i < MOST_LISTED; i++)
    text_printf(text, "%s'%s'", i > 0 ? ", " : "", ids[i]);
  if (n > MOST_LISTED) text_printf(text, " and %d more", n - MOST_LISTED);
  return n > 0;
}

static void add_named(struct text *text, const char *name, const char *id, const char *quote) {
  if (!name || strcmp(name, id) == 0)
    text_add(text, id);
  else
    text_printf(text, "%s%s%s (%s)", quote, name, quote, id);
}

void add_therapist(struct text *text, const struct clinic *clinic, int therapist) {
  add_named(text, clinic->therapists[therapist].name, clinic->therapists[therapist].id, "");
}

void add_room(struct text *text, const struct clinic *clinic, int room) {
  add_named(text, clinic->rooms[room].name, clinic->rooms[room].id, "");
}

void add_service(struct text *text, const struct clinic *clinic, int service) {
  add_named(text, clinic->services[service].name, clinic->services[service].id, "'");
}

void add_half_day(struct text *text, int minute) {
  static const char *const days[N_DAYS] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                           "Friday", "Saturday", "Sunday"};
  int of_day = minute % DAY_MIN;
  const char *half = of_day < 12 * 60 ? "morning" : of_day < 17 * 60 ? "afternoon" : "evening";
  text_printf(text, "%s %s", days[day_of(minute)], half);
}
