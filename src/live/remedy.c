#include "iopsched/remedy.h"

#include <stdlib.h>

#include "limits.h"

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

static bool has_window(const struct edit *edit) {
  return edit->kind <= EDIT_THERAPIST_HOURS;
}

/* True if both are about the same cell of the same row, or the same person's time. */
static bool same_place(const struct edit *a, const struct edit *b) {
  return a->kind == b->kind && a->who == b->who && a->service == b->service &&
         a->category == b->category && a->credential == b->credential;
}

static int compare_edits(const struct edit *a, const struct edit *b) {
  int order = COMPARE(a->kind, b->kind);
  if (order == 0) order = COMPARE(a->who, b->who);
  if (order == 0) order = COMPARE(a->window.start_min, b->window.start_min);
  if (order == 0) order = COMPARE(a->window.end_min, b->window.end_min);
  if (order == 0) order = COMPARE(a->service, b->service);
  if (order == 0) order = COMPARE(a->category, b->category);
  if (order == 0) order = COMPARE(a->credential, b->credential);
  return order ? order : COMPARE(a->value, b->value);
}

/* Least sizes and requirements fall, all else rises: of two, the one that goes further holds. */
static bool falls(enum edit_kind kind) {
  return kind == EDIT_MIN_SIZE || kind >= EDIT_MIN_HOURS;
}

/* Joins it into an edit of the same place; false if that is at another time. */
static bool join(struct edit *edit, const struct edit *more) {
  if (!same_place(edit, more)) return false;
  if (has_window(edit)) {
    struct window *to = &edit->window;
    const struct window *from = &more->window;
    if (from->start_min > to->end_min || from->end_min < to->start_min) return false;
    if (from->start_min < to->start_min) to->start_min = from->start_min;
    if (from->end_min > to->end_min) to->end_min = from->end_min;
  } else if (falls(edit->kind) ? more->value < edit->value : more->value > edit->value) {
    edit->value = more->value;
  }
  return true;
}

bool remedy_add(struct remedy *remedy, const struct edit *edit) {
  for (int i = 0; i < remedy->n; i++)
    if (join(&remedy->edits[i], edit)) return true;
  if (remedy->n == MOST_EDITS) return false;
  int place = remedy->n++;
  for (; place > 0 && compare_edits(edit, &remedy->edits[place - 1]) < 0; place--)
    remedy->edits[place] = remedy->edits[place - 1];
  remedy->edits[place] = *edit;
  return true;
}

bool remedy_add_all(struct remedy *remedy, const struct remedy *more) {
  for (int i = 0; i < more->n; i++)
    if (!remedy_add(remedy, &more->edits[i])) return false;
  return true;
}

int remedy_compare(const struct remedy *a, const struct remedy *b) {
  int order = COMPARE(a->n, b->n);
  for (int i = 0; order == 0 && i < a->n; i++) order = compare_edits(&a->edits[i], &b->edits[i]);
  return order;
}

/* True if joining the edit in changes nothing. */
static bool includes(const struct remedy *remedy, const struct edit *part) {
  for (int i = 0; i < remedy->n; i++) {
    struct edit joined = remedy->edits[i];
    if (join(&joined, part) && compare_edits(&joined, &remedy->edits[i]) == 0) return true;
  }
  return false;
}

bool remedy_includes(const struct remedy *remedy, const struct remedy *part) {
  for (int i = 0; i < part->n; i++)
    if (!includes(remedy, &part->edits[i])) return false;
  return true;
}

static int half_day(int minute) {
  int of_day = minute % DAY_MIN;
  return 3 * day_of(minute) + (of_day >= 12 * 60) + (of_day >= 17 * 60);
}

bool remedy_alike(const struct remedy *a, const struct remedy *b) {
  if (a->n != b->n) return false;
  for (int i = 0; i < a->n; i++) {
    const struct edit *x = &a->edits[i], *y = &b->edits[i];
    if (!same_place(x, y)) return false;
    if (has_window(x) && half_day(x->window.start_min) != half_day(y->window.start_min))
      return false;
  }
  return true;
}

/* ---- what it asks of people ---- */

enum {
  COMING_AGAIN = 10,   /* at hours that do not join those that one is there for anyway */
  ONE_MORE_TO_ASK = 10 /* of every edit beyond the first */
};

static int hours_effort(const struct windows *available, const struct window *window, int an_hour) {
  bool joins = false;
  for (int i = 0; i < available->n; i++)
    joins |= available->list[i].start_min <= window->end_min &&
             window->start_min <= available->list[i].end_min;
  return (window->end_min - window->start_min) * an_hour / 60 + (joins ? 0 : COMING_AGAIN);
}

static int edit_effort(const struct clinic *clinic, const struct edit *edit) {
  enum { FEATURES_EFFORT = 40, CREDENTIAL_EFFORT = 80, ROOM_EFFORT = 100, SESSION_EFFORT = 120 };
  const struct limit *limit = &limits[edit->kind];
  if (limit->column)
    return abs(edit->value - limit_value(clinic, edit)) * limit->effort / limit->unit;
  switch (edit->kind) {
    case EDIT_PATIENT_HOURS:
      return hours_effort(&clinic->patients[edit->who].available, &edit->window, 10);
    case EDIT_ROOM_HOURS:
      return hours_effort(&clinic->rooms[edit->who].available, &edit->window, 10);
    case EDIT_THERAPIST_HOURS:
      return hours_effort(&clinic->therapists[edit->who].available, &edit->window, 15);
    case EDIT_FEATURES:
      return FEATURES_EFFORT;
    case EDIT_CREDENTIAL:
      return CREDENTIAL_EFFORT;
    case EDIT_ROOM:
      return ROOM_EFFORT;
    case EDIT_MIN_SESSIONS:
      return (edited_need(clinic, edit)->min_sessions - edit->value) * SESSION_EFFORT;
    default:
      die_internal("edit of unknown kind %d", (int)edit->kind);
  }
}

int remedy_effort(const struct clinic *clinic, const struct remedy *remedy) {
  int effort = remedy->n > 1 ? (remedy->n - 1) * ONE_MORE_TO_ASK : 0;
  for (int i = 0; i < remedy->n; i++) effort += edit_effort(clinic, &remedy->edits[i]);
  return effort;
}
