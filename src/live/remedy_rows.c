/* A remedy as rows of the clinic's files. */
#include "iopsched/remedy.h"
#include "limits.h"

static void add_cell(struct edit_row *row, const char *column, const char *value) {
  row->cells[row->n++] = (struct edit_cell){column, value};
}

static const char *amount(struct arena *arena, int value, int unit) {
  struct text text = {0};
  text_add_ratio(&text, value, unit, 4);
  const char *copy = arena_strdup(arena, text.data);
  text_free(&text);
  return copy;
}

/* Words as one cell: "LCSW;DBT". */
static const char *list_cell(struct arena *arena, const struct ints *words,
                             const char *const *names) {
  struct text text = {0};
  text_add(&text, "");
  for (int i = 0; i < words->n; i++)
    text_printf(&text, "%s%s", i > 0 ? ";" : "", names[words->list[i]]);
  const char *copy = arena_strdup(arena, text.data);
  text_free(&text);
  return copy;
}

static void add_clock(struct edit_row *row, const char *column, int minute, bool end_of_day,
                      struct arena *arena) {
  char clock[CLOCK_TEXT];
  clock_format(minute, end_of_day, clock);
  add_cell(row, column, arena_strdup(arena, clock));
}

static struct edit_row exception_row(const struct clinic *clinic, const struct edit *edit,
                                     struct arena *arena) {
  static const char *const kinds[] = {[EDIT_PATIENT_HOURS] = "patient",
                                      [EDIT_ROOM_HOURS] = "room",
                                      [EDIT_THERAPIST_HOURS] = "therapist"};
  const char *id = edit->kind == EDIT_PATIENT_HOURS ? clinic->patients[edit->who].id
                   : edit->kind == EDIT_ROOM_HOURS  ? clinic->rooms[edit->who].id
                                                    : clinic->therapists[edit->who].id;
  struct edit_row row = {.file = "exceptions.csv"};
  char date[DATE_TEXT];
  date_format(clinic->monday + day_of(edit->window.start_min), date);
  add_cell(&row, "kind", kinds[edit->kind]);
  add_cell(&row, "id", id);
  add_cell(&row, "date", arena_strdup(arena, date));
  add_clock(&row, "start", edit->window.start_min, false, arena);
  add_clock(&row, "end", edit->window.end_min, true, arena);
  add_cell(&row, "effect", "on");
  return row;
}

/* The row of someone or something that is there already. */
static struct edit_row row_of(const char *file, const char *id_column, const char *id,
                              const char *column, const char *value) {
  struct edit_row row = {.file = file, .n_keys = 1};
  add_cell(&row, id_column, id);
  add_cell(&row, column, value);
  return row;
}

static struct edit_row requirement_row(const struct clinic *clinic, const struct edit *edit,
                                       struct arena *arena) {
  struct edit_row row = {.file = "requirements.csv", .n_keys = 2};
  const struct need *need = edited_need(clinic, edit);
  add_cell(&row, "applies_to", clinic->patients[edit->who].id);
  add_cell(&row, "service",
           edit->service != NONE
               ? clinic->services[edit->service].id
               : arena_printf(arena, "category:%s", clinic->categories[edit->category]));
  add_cell(&row, "min_sessions", amount(arena, minimum_in_files(clinic, edit), 1));
  add_cell(&row, "max_sessions",
           need->max_sessions == UNLIMITED ? "" : amount(arena, need->max_sessions, 1));
  add_cell(&row, "every_weeks", "");
  add_cell(&row, "first_week", "");
  return row;
}

static struct edit_row room_row(const struct clinic *clinic, const struct edit *edit,
                                struct arena *arena) {
  const struct room *like = &clinic->rooms[edit->who];
  struct edit_row row = {.file = "rooms.csv"};
  add_cell(&row, "room_id", new_room_id(clinic, arena));
  add_cell(&row, "capacity", amount(arena, like->capacity, 1));
  add_cell(&row, "features", list_cell(arena, &like->features, clinic->features));
  return row;
}

static struct edit_row words_row(const struct clinic *clinic, const struct edit *edit,
                                 struct arena *arena) {
  struct remedy alone = {.edits = {*edit}, .n = 1};
  struct clinic *after = remedy_apply(clinic, &alone);
  struct edit_row row;
  if (edit->kind == EDIT_FEATURES)
    row = row_of("rooms.csv", "room_id", clinic->rooms[edit->who].id, "features",
                 list_cell(arena, &after->rooms[edit->who].features, clinic->features));
  else
    row = row_of("therapists.csv", "therapist_id", clinic->therapists[edit->who].id, "credentials",
                 list_cell(arena, &after->therapists[edit->who].credentials, clinic->credentials));
  clinic_free(after);
  return row;
}

static struct edit_row limit_row(const struct clinic *clinic, const struct edit *edit,
                                 struct arena *arena) {
  const struct limit *limit = &limits[edit->kind];
  bool of_patient = edit->kind == EDIT_MIN_HOURS || edit->kind == EDIT_MIN_DAYS;
  const char *value =
      amount(arena, of_patient ? minimum_in_files(clinic, edit) : edit->value, limit->unit);
  int who = edit->who;
  switch (limit->owner) {
    case OWNER_PATIENT:
      return row_of("patients.csv", "patient_id", clinic->patients[who].id, limit->column, value);
    case OWNER_THERAPIST:
      return row_of("therapists.csv", "therapist_id", clinic->therapists[who].id, limit->column,
                    value);
    case OWNER_ROOM:
      return row_of("rooms.csv", "room_id", clinic->rooms[who].id, limit->column, value);
    case OWNER_SERVICE:
      break;
  }
  return row_of("services.csv", "service_id", clinic->services[who].id, limit->column, value);
}

struct edit_row edit_as_row(const struct clinic *clinic, const struct edit *edit,
                            struct arena *arena) {
  if (edit->kind <= EDIT_THERAPIST_HOURS) return exception_row(clinic, edit, arena);
  if (edit->kind == EDIT_FEATURES || edit->kind == EDIT_CREDENTIAL)
    return words_row(clinic, edit, arena);
  if (edit->kind == EDIT_ROOM) return room_row(clinic, edit, arena);
  if (edit->kind == EDIT_MIN_SESSIONS) return requirement_row(clinic, edit, arena);
  return limit_row(clinic, edit, arena);
}
