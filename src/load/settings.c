/* program.csv: settings, one a row. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cells.h"
#include "iopsched/text.h"
#include "tables.h"

enum { HOUR = 60, DAY = 24 * HOUR, WEEK = 7 * DAY };

static bool read_slot(const struct cell *cell, void *field);
static bool read_timezone(const struct cell *cell, void *field);

static const struct fixed_word details[] = {{"neutral", 0}, {"full", 1}, {NULL, 0}};

#define IN_CLINIC(member) .field = offsetof(struct clinic, member)
#define IN_PROGRAM(member) .field = offsetof(struct program, member)
#define WEIGHT(symbol, term, weight, care) \
  {"weight_" #term,                        \
   "",                                     \
   read_weight,                            \
   IN_CLINIC(weight_milli[TERM_##symbol]), \
   .high = INT64_C(100000) * 1000,         \
   .absent = (weight)},

/* Settings that the clinic keeps as they are. */
static const struct column clinic_settings[] = {
    {"slot_minutes", "30", read_slot, IN_CLINIC(slot_minutes)},
    {"visit_min_hours", "2", read_hours, IN_CLINIC(visit_min_minutes), .high = DAY},
    {"day_max_hours", "5", read_hours, IN_CLINIC(day_max_minutes), .high = DAY},
    {"break_after_minutes", "0", read_count, IN_CLINIC(break_after_minutes), .high = DAY},
    {"break_minutes", "0", read_count, IN_CLINIC(break_minutes), .high = DAY},
    {"travel_minutes", "60", read_count, IN_CLINIC(travel_minutes), .high = DAY},
    {"cushion_sessions", "0", read_count, IN_CLINIC(cushion_sessions), .high = 1000},
    {"calendar_detail", "neutral", read_flag, IN_CLINIC(calendar_detail_full), .words = details},
    TERMS(WEIGHT)};

/* Settings that others are worked out from. */
static const struct column program_settings[] = {
    {"program_name", "", read_text, IN_PROGRAM(name)},
    {"timezone", "", read_timezone, IN_PROGRAM(timezone)},
    {"days", "Mon;Tue;Wed;Thu;Fri", read_days, IN_PROGRAM(days)},
    {"open", "08:00", read_clock, IN_PROGRAM(open)},
    {"close", "21:00", read_clock, IN_PROGRAM(close)},
    {"hours_floor", "9", read_hours, IN_PROGRAM(hours_floor), .high = WEEK},
    {"hours_ceiling", "20", read_hours, IN_PROGRAM(hours_ceiling), .high = WEEK},
    {"days_floor", "3", read_count, IN_PROGRAM(days_floor), .high = N_DAYS},
    {"days_ceiling", "5", read_count, IN_PROGRAM(days_ceiling), .high = N_DAYS},
};

enum {
  N_CLINIC_SETTINGS = (int)(sizeof clinic_settings / sizeof *clinic_settings),
  N_PROGRAM_SETTINGS = (int)(sizeof program_settings / sizeof *program_settings),
  N_SETTINGS = N_CLINIC_SETTINGS + N_PROGRAM_SETTINGS
};

/* Where each setting stands, while the file is read. */
struct settings {
  struct loading *loading;
  struct cell cells[N_SETTINGS]; /* line 0: not in the file */
  bool is_sound[N_SETTINGS];
};

static const struct column *setting_column(int setting) {
  return setting < N_CLINIC_SETTINGS ? &clinic_settings[setting]
                                     : &program_settings[setting - N_CLINIC_SETTINGS];
}

static int find_setting(const char *name) {
  for (int i = 0; i < N_SETTINGS; i++)
    if (text_equal_nocase(setting_column(i)->name, name)) return i;
  return -1;
}

static bool read_slot(const struct cell *cell, void *field) {
  static const int slots[] = {5, 10, 15, 20, 30, 60};
  int64_t minutes = 0;
  decimal_parse(cell->text, 1, cell->decimal_comma, &minutes);
  for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
    if (minutes != slots[i]) continue;
    *(int *)field = slots[i];
    return true;
  }
  return cell_fault(cell, cell->text, "is not 5, 10, 15, 20, 30 or 60");
}

/* Zone names are paths: letters, digits, '_', '+' and '-', in parts joined by '/'. */
static bool is_zone_name(const char *name) {
  static const char letters[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
  return strspn(name, letters) == strlen(name) && name[0] != '/' && strlen(name) < 64;
}

static bool is_zone_file(const char *folder, const char *name) {
  char magic[4] = "";
  struct text path = {0};
  text_printf(&path, "%s/%s", folder, name);
  FILE *file = fopen(path.data, "rb");
  text_free(&path);
  if (!file) return false;
  size_t n = fread(magic, 1, sizeof magic, file);
  (void)fclose(file);
  return n == sizeof magic && memcmp(magic, "TZif", n) == 0;
}

/* A zone is known if the system's database has it; where there is no database, by its looks. */
static bool read_timezone(const struct cell *cell, void *field) {
  static const char database[] = "/usr/share/zoneinfo";
  const char *zone = *cell->text ? cell->text : NULL;
  if (zone &&
      (!is_zone_name(zone) || (is_zone_file(database, "UTC") && !is_zone_file(database, zone))))
    return cell_fault(cell, zone, "is not an IANA time zone such as 'America/New_York'");
  return read_text(cell, field);
}

static void *setting_field(struct loading *loading, int setting) {
  char *home = setting < N_CLINIC_SETTINGS ? (char *)loading->clinic : (char *)&loading->program;
  return home + setting_column(setting)->field;
}

static bool read_setting(struct settings *settings, int setting) {
  return setting_column(setting)->read(&settings->cells[setting],
                                       setting_field(settings->loading, setting));
}

static void set_defaults(struct settings *settings) {
  for (int i = 0; i < N_SETTINGS; i++) {
    settings->cells[i] = (struct cell){.loading = settings->loading,
                                       .column = setting_column(i),
                                       .text = setting_column(i)->fallback,
                                       .file = "program.csv",
                                       .place = "value",
                                       .subject = setting_column(i)->name};
    settings->is_sound[i] = read_setting(settings, i);
  }
}

struct setting_row {
  const char *name, *value;
};

static const struct column setting_columns[] = {
    {"setting", REQUIRED, read_raw, .field = offsetof(struct setting_row, name)},
    {"value", "", read_raw, .field = offsetof(struct setting_row, value)},
};
static const struct table settings_table = {
    .file = "program.csv", TABLE_COLUMNS(setting_columns), .row_size = sizeof(struct setting_row)};

static void report_no_setting(const struct table_reader *reader, const char *name) {
  const char *names[N_SETTINGS];
  for (int i = 0; i < N_SETTINGS; i++) names[i] = setting_column(i)->name;
  const char *suggestion = text_suggest(name, names, N_SETTINGS);
  const struct cell *cell = row_cell(reader, "setting");
  if (suggestion)
    cell_report(cell, "no such setting '%s': did you mean '%s'?", row_value(reader, "setting"),
                suggestion);
  else
    cell_report(cell, "no such setting '%s' (one of your own starts with 'x_')",
                row_value(reader, "setting"));
}

static void take_setting(struct settings *settings, const struct table_reader *reader,
                         const struct setting_row *row) {
  int setting = find_setting(row->name);
  if (setting < 0) {
    if (!is_own_name(row->name)) report_no_setting(reader, row->name);
    return;
  }
  struct cell *cell = &settings->cells[setting];
  if (cell->line > 0) {
    row_fault(reader, "setting", "is already on line %d", cell->line);
    return;
  }
  const struct cell *value = row_cell(reader, "value");
  cell->line = value->line;
  cell->decimal_comma = value->decimal_comma;
  if (*row->value) {
    cell->text = row->value;
    settings->is_sound[setting] = read_setting(settings, setting);
  }
}

/* Checks across settings. */

static bool is_sound(const struct settings *settings, const char *name) {
  return settings->is_sound[find_setting(name)];
}

static const char *setting_value(const struct settings *settings, const char *name) {
  return shown(settings->loading, settings->cells[find_setting(name)].text);
}

/* Reports two settings in the wrong order: at the higher ("is WORDS[0] LOW"), or at the lower ("is
 * WORDS[1] HIGH") where only that is in the file. */
static void report_order(struct settings *settings, const char *low, const char *high,
                         const char *const words[2]) {
  const struct cell *lower = &settings->cells[find_setting(low)];
  const struct cell *higher = &settings->cells[find_setting(high)];
  if (higher->line > 0)
    cell_fault(higher, higher->text, "is %s %s '%s'", words[0], low, setting_value(settings, low));
  else
    cell_fault(lower, lower->text, "is %s %s '%s'", words[1], high, setting_value(settings, high));
}

/* Limits that contradict each other, or are faulty, are widened to `widest`, so that no patient is
 * blamed for them. */
static void settle_limits(struct settings *settings, const char *low, const char *high,
                          int *low_value, int *high_value, int widest) {
  bool both = is_sound(settings, low) && is_sound(settings, high);
  if (both && *low_value <= *high_value) return;
  if (both) report_order(settings, low, high, (const char *const[]){"below", "above"});
  *low_value = 0;
  *high_value = widest;
}

static void settle_opening(struct settings *settings) {
  struct program *program = &settings->loading->program;
  bool both = is_sound(settings, "open") && is_sound(settings, "close");
  if (both && program->open < program->close) return;
  if (both)
    report_order(settings, "open", "close", (const char *const[]){"not after", "not before"});
  program->open = 0;
  program->close = DAY;
}

static void check_on_grid(struct settings *settings, const char *name, int minutes) {
  int slot = settings->loading->clinic->slot_minutes;
  if (!is_sound(settings, name) || minutes % slot == 0) return;
  const struct cell *cell = &settings->cells[find_setting(name)];
  if (cell->line > 0)
    cell_fault(cell, cell->text, "does not lie on the grid of slot_minutes (%d)", slot);
}

static void settle_grid(struct settings *settings) {
  const struct clinic *clinic = settings->loading->clinic;
  struct program *program = &settings->loading->program;
  program->grid_known = is_sound(settings, "slot_minutes");
  if (!program->grid_known) return;
  check_on_grid(settings, "open", program->open);
  check_on_grid(settings, "close", program->close);
  check_on_grid(settings, "break_after_minutes", clinic->break_after_minutes);
  check_on_grid(settings, "break_minutes", clinic->break_minutes);
}

/* The last part of the folder's path, as the user gave it where that has one. */
static const char *folder_name(struct loading *loading) {
  char *path = arena_strdup(&loading->scratch, loading->folder);
  size_t length = strlen(path);
  while (length > 1 && path[length - 1] == '/') path[--length] = '\0';
  const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
  if (*name && strcmp(name, ".") != 0 && strcmp(name, "..") != 0) return name;
  char *real = realpath(path, NULL);
  slash = real ? strrchr(real, '/') : NULL;
  name = arena_strdup(&loading->scratch, slash && slash[1] ? slash + 1 : path);
  free(real);
  return name;
}

static void apply(struct loading *loading) {
  struct clinic *clinic = loading->clinic;
  const struct program *program = &loading->program;
  clinic->program_name =
      program->name ? program->name : arena_strdup(&clinic->arena, folder_name(loading));
  clinic->timezone = program->timezone;
  clinic->hours_floor = program->hours_floor;
  clinic->hours_ceiling = program->hours_ceiling;
  clinic->days_floor = program->days_floor;
  clinic->days_ceiling = program->days_ceiling;
  for (int day = 0; day < N_DAYS; day++) {
    clinic->operates[day] = program->days >> day & 1;
    loading->n_days += clinic->operates[day];
  }
}

void load_settings(struct loading *loading) {
  struct settings settings = {.loading = loading};
  set_defaults(&settings);
  struct table_reader reader;
  table_open(&reader, loading, &settings_table);
  struct setting_row row;
  while (table_next(&reader, &row))
    if (row_sound(&reader, "setting")) take_setting(&settings, &reader, &row);
  struct program *program = &loading->program;
  settle_grid(&settings);
  settle_opening(&settings);
  settle_limits(&settings, "hours_floor", "hours_ceiling", &program->hours_floor,
                &program->hours_ceiling, WEEK);
  settle_limits(&settings, "days_floor", "days_ceiling", &program->days_floor,
                &program->days_ceiling, N_DAYS);
  apply(loading);
  table_close(&reader);
}
