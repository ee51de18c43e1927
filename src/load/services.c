/* services.csv: the curriculum. */
#include <string.h>

#include "cells.h"
#include "tables.h"

enum { MAX_LEADERS = 20, MAX_SIZE = 100000, MAX_SESSIONS = 10000 };

struct service_row {
  struct service service;
  struct service_terms terms;
};

/* struct roles: credentials of one leader each, joined by '+'. */
static bool read_roles(const struct cell *cell, void *field);
/* struct service (starts and n_starts): times, each with a day or without. */
static bool read_starts(const struct cell *cell, void *field);

static const struct fixed_word formats[] = {{"group", FORMAT_GROUP},
                                            {"individual", FORMAT_INDIVIDUAL},
                                            {"family", FORMAT_FAMILY},
                                            {NULL, 0}};
static const struct fixed_word modes[] = {{"onsite", 0}, {"telehealth", 1}, {NULL, 0}};
static const struct fixed_word memberships[] = {{"open", 0}, {"closed", 1}, {NULL, 0}};

#define OF_SERVICE(member) .field = offsetof(struct service_row, service.member)
#define OF_TERMS(member) .field = offsetof(struct service_row, terms.member)

static const struct column columns[] = {
    {"service_id", REQUIRED, read_new_id, OF_SERVICE(id), .kind = ID_SERVICE},
    {"name", "", read_text, OF_SERVICE(name)},
    {"format", "group", read_word, OF_SERVICE(format), .words = formats},
    {"category", "", read_category, OF_SERVICE(category)},
    {"minutes", "60", read_grid_minutes, OF_SERVICE(minutes), .low = 1, .high = DAY_MIN},
    {"min_size", "", read_count, OF_SERVICE(min_size), .low = 1, .high = MAX_SIZE,
     .absent = NOT_GIVEN},
    {"max_size", "", read_count, OF_SERVICE(max_size), .low = 1, .high = MAX_SIZE,
     .absent = NOT_GIVEN},
    {"leaders", "", read_count, OF_SERVICE(leaders), .low = 1, .high = MAX_LEADERS,
     .absent = NOT_GIVEN},
    {"notes_minutes", "0", read_grid_minutes, OF_SERVICE(notes_minutes), .high = DAY_MIN},
    {"credentials", "", read_roles, OF_TERMS(roles)},
    {"room_features", "", read_features, OF_TERMS(room_features)},
    {"mode", "onsite", read_flag, OF_SERVICE(telehealth), .words = modes},
    {"tags", "", read_tags, OF_TERMS(tags)},
    {"membership", "open", read_flag, OF_SERVICE(closed), .words = memberships},
    {"counts_hours", "yes", read_flag, OF_SERVICE(counts_hours), .words = yes_no},
    {"surprise", "no", read_flag, OF_SERVICE(surprise), .words = yes_no},
    {"weekly_max", "", read_count, OF_TERMS(weekly_max), .high = MAX_SESSIONS, .absent = NOT_GIVEN},
    {"sessions_min", "0", read_count, OF_SERVICE(sessions_min), .high = MAX_SESSIONS},
    {"sessions_max", "", read_count, OF_SERVICE(sessions_max), .high = MAX_SESSIONS,
     .absent = UNLIMITED},
    {"starts", "", read_starts, .field = offsetof(struct service_row, service)},
};
static const struct table table = {.file = "services.csv",
                                   .is_required = true,
                                   TABLE_COLUMNS(columns),
                                   .row_size = sizeof(struct service_row)};

static bool read_roles(const struct cell *cell, void *field) {
  struct loading *loading = cell->loading;
  struct roles *roles = field;
  char *rest = arena_strdup(&loading->scratch, cell->text);
  bool is_sound = true, is_joined = strchr(rest, '+') != NULL;
  roles->n = 0;
  roles->list = arena_alloc(&loading->clinic->arena, strlen(rest) + 1, sizeof *roles->list);
  for (char *role; (role = strsep(&rest, "+"));) {
    struct ints *credentials = &roles->list[roles->n++];
    is_sound &= read_words(cell, role, &loading->credentials, credentials);
    if (is_sound && is_joined && credentials->n == 0)
      is_sound = cell_fault(cell, cell->text, "has a role without a credential beside its '+'");
  }
  if (is_sound && roles->n > MAX_LEADERS)
    is_sound = cell_fault(cell, cell->text, "has more than %d roles", MAX_LEADERS);
  return is_sound;
}

/* Reads "09:00" or "Thu 9:00 AM"; cuts the text up. */
static bool parse_start(char *text, struct start_rule *start) {
  start->day = NONE;
  if (clock_parse(text, &start->minute_of_day)) return true;
  char *time = strchr(text, ' ');
  if (!time) return false;
  *time++ = '\0';
  time += strspn(time, " ");
  return day_parse(text, &start->day) && clock_parse(time, &start->minute_of_day);
}

static bool check_start(const struct cell *cell, const char *text, const struct start_rule *start) {
  int slot = cell->loading->clinic->slot_minutes;
  if (start->minute_of_day == DAY_MIN)
    return cell_fault(cell, text, "is the end of a day: nothing can start there");
  if (!cell->loading->program.grid_known || start->minute_of_day % slot == 0) return true;
  return cell_fault(cell, text, "does not lie on the grid of slot_minutes (%d)", slot);
}

static bool read_starts(const struct cell *cell, void *field) {
  struct service *service = field;
  struct parts parts = split_list(cell, cell->text);
  service->starts =
      arena_alloc(&cell->loading->clinic->arena, (size_t)parts.n, sizeof *service->starts);
  service->n_starts = 0;
  bool is_sound = true;
  for (int i = 0; i < parts.n; i++) {
    struct start_rule start;
    char *text = arena_strdup(&cell->loading->scratch, parts.list[i]);
    if (!parse_start(text, &start))
      is_sound =
          cell_fault(cell, parts.list[i], "is not a time, or a day and a time ('Thu 18:00')");
    else if (!check_start(cell, parts.list[i], &start))
      is_sound = false;
    else
      service->starts[service->n_starts++] = start;
  }
  return is_sound;
}

/* Checks across columns, and defaults that follow from other columns. */

static void settle_sizes(const struct table_reader *reader, struct service *service) {
  int usual_min = service->format == FORMAT_GROUP ? 3 : 1;
  int usual_max = service->format == FORMAT_GROUP ? 12 : 1;
  if (service->min_size == NOT_GIVEN) service->min_size = usual_min;
  if (service->max_size == NOT_GIVEN) service->max_size = usual_max;
  if (!row_sound(reader, "format")) return;
  bool is_min_sound = row_sound(reader, "min_size"), is_max_sound = row_sound(reader, "max_size");
  if (service->format != FORMAT_GROUP) {
    const char *format = format_names[service->format];
    if (service->min_size != 1)
      row_fault(reader, "min_size", "is not 1: a session of format '%s' has one patient", format);
    if (service->max_size != 1)
      row_fault(reader, "max_size", "is not 1: a session of format '%s' has one patient", format);
  } else if (is_min_sound && is_max_sound && service->max_size < service->min_size) {
    if (row_given(reader, "max_size"))
      row_fault(reader, "max_size", "is below min_size '%d'", service->min_size);
    else
      row_fault(reader, "min_size", "is above max_size '%d'", service->max_size);
  }
}

static void settle_leaders(const struct table_reader *reader, struct service *service,
                           const struct roles *roles) {
  if (service->leaders == NOT_GIVEN) {
    service->leaders = roles->n;
  } else if (roles->n > 1 && service->leaders != roles->n) {
    row_fault(reader, "leaders", "is not %d, the number of roles in credentials", roles->n);
    service->leaders = roles->n;
  }
}

static void settle_service(const struct table_reader *reader, struct service_row *row) {
  const struct loading *loading = reader->loading;
  struct service *service = &row->service;
  service->line = reader->line;
  if (!service->name) service->name = service->id;
  settle_sizes(reader, service);
  settle_leaders(reader, service, &row->terms.roles);
  service->roles = row->terms.roles.list;
  service->n_roles = row->terms.roles.n;
  service->room_features = row->terms.room_features;
  if (row_sound(reader, "sessions_max") && service->sessions_max < service->sessions_min)
    row_fault(reader, "sessions_max", "is below sessions_min '%d'", service->sessions_min);
  if (row->terms.weekly_max == NOT_GIVEN)
    row->terms.weekly_max = service->format == FORMAT_GROUP ? loading->n_days : 0;
  row->terms.is_doubtful = !row_is_sound(reader);
}

void load_services(struct loading *loading) {
  struct clinic *clinic = loading->clinic;
  struct table_reader reader;
  size_t n = table_open(&reader, loading, &table);
  clinic->services = arena_alloc(&clinic->arena, n, sizeof *clinic->services);
  loading->service_terms = arena_alloc(&loading->scratch, n, sizeof *loading->service_terms);
  struct service_row row;
  while (table_next(&reader, &row)) {
    settle_service(&reader, &row);
    loading->service_terms[clinic->n_services] = row.terms;
    clinic->services[clinic->n_services++] = row.service;
  }
  loading->are_services_hidden = reader.hides_rows;
  table_close(&reader);
}
