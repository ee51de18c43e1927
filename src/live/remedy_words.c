/* A remedy in words. */
#include "iopsched/remedy.h"
#include "limits.h"
#include "words.h"

static void add_patient(struct text *text, const struct clinic *clinic, int patient) {
  text_add(text, clinic->patients[patient].id);
}

static void say_window(struct text *text, const struct edit *edit) {
  text_add(text, " on ");
  add_half_day(text, edit->window.start_min);
  char start[CLOCK_TEXT], end[CLOCK_TEXT];
  clock_format(edit->window.start_min, false, start);
  clock_format(edit->window.end_min, true, end);
  text_printf(text, ", %s-%s", start, end);
}

static void say_hours(struct text *text, const struct clinic *clinic, const struct edit *edit) {
  if (edit->kind == EDIT_PATIENT_HOURS) {
    add_patient(text, clinic, edit->who);
    text_add(text, " available ");
  }
  text_add_hours(text, edit->window.end_min - edit->window.start_min);
  text_add(text, edit->kind == EDIT_PATIENT_HOURS ? " more" : " more of ");
  if (edit->kind == EDIT_THERAPIST_HOURS) add_therapist(text, clinic, edit->who);
  if (edit->kind == EDIT_ROOM_HOURS) add_room(text, clinic, edit->who);
  say_window(text, edit);
}

static int less_required(const struct clinic *clinic, const struct edit *edit) {
  int was = edit->kind == EDIT_MIN_SESSIONS ? edited_need(clinic, edit)->min_sessions
                                            : limit_value(clinic, edit);
  return was - edit->value;
}

static void say_less(struct text *text, const struct clinic *clinic, const struct edit *edit) {
  int less = less_required(clinic, edit), here, all;
  if (edit->kind == EDIT_MIN_HOURS)
    text_add_hours(text, less);
  else if (edit->kind == EDIT_MIN_DAYS)
    add_number(text, less, "day", "days");
  else
    add_number(text, less, "session", "sessions");
  if (edit->kind == EDIT_MIN_SESSIONS) {
    text_add(text, " of ");
    if (edit->service != NONE)
      add_service(text, clinic, edit->service);
    else
      text_printf(text, "category '%s'", clinic->categories[edit->category]);
  }
  text_add(text, " less required of ");
  add_patient(text, clinic, edit->who);
  text_printf(text, ": %s ",
              edit->kind == EDIT_MIN_SESSIONS ? "min_sessions" : limits[edit->kind].column);
  text_add_ratio(text, minimum_in_files(clinic, edit), edit->kind == EDIT_MIN_HOURS ? 60 : 1, 4);
  count_days_here(clinic, edit->who, &here, &all);
  if (here < all)
    text_printf(text, " in a whole week, of which they are here %d of %d days", here, all);
}

static void say_limit(struct text *text, const struct clinic *clinic, const struct edit *edit) {
  static void (*const names[])(struct text *, const struct clinic *, int) = {
      [OWNER_PATIENT] = add_patient,
      [OWNER_THERAPIST] = add_therapist,
      [OWNER_ROOM] = add_room,
      [OWNER_SERVICE] = add_service};
  const struct limit *limit = &limits[edit->kind];
  text_printf(text, "%s of ", limit->column);
  names[limit->owner](text, clinic, edit->who);
  text_add(text, " from ");
  text_add_ratio(text, limit_value(clinic, edit), limit->unit, 4);
  text_add(text, " to ");
  text_add_ratio(text, edit->value, limit->unit, 4);
}

static void say_features(struct text *text, const struct clinic *clinic, const struct edit *edit) {
  const struct ints *wanted = &clinic->services[edit->service].room_features;
  int n = 0;
  for (int i = 0; i < wanted->n; i++)
    if (!ints_contain(&clinic->rooms[edit->who].features, wanted->list[i]))
      text_printf(text, "%s'%s'", n++ > 0 ? ", " : "", clinic->features[wanted->list[i]]);
  text_add(text, " for ");
  add_room(text, clinic, edit->who);
}

static void say_edit(struct text *text, const struct clinic *clinic, const struct edit *edit) {
  if (edit->kind <= EDIT_THERAPIST_HOURS) {
    say_hours(text, clinic, edit);
  } else if (edit->kind == EDIT_FEATURES) {
    say_features(text, clinic, edit);
  } else if (edit->kind == EDIT_CREDENTIAL) {
    text_printf(text, "the credential '%s' for ", clinic->credentials[edit->credential]);
    add_therapist(text, clinic, edit->who);
  } else if (edit->kind == EDIT_ROOM) {
    text_add(text, "one more room like ");
    add_room(text, clinic, edit->who);
  } else if (edit->kind >= EDIT_MIN_HOURS && edit->kind <= EDIT_MIN_SESSIONS) {
    say_less(text, clinic, edit);
  } else {
    say_limit(text, clinic, edit);
  }
}

void remedy_add_words(struct text *text, const struct clinic *clinic, const struct remedy *remedy) {
  for (int i = 0; i < remedy->n; i++) {
    if (i > 0) text_add(text, "; ");
    say_edit(text, clinic, &remedy->edits[i]);
  }
}
