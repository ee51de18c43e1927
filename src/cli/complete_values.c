#include "complete_values.h"

#include <string.h>

#include "iopsched/calendar.h"
#include "iopsched/csv.h"
#include "iopsched/profile.h"
#include "iopsched/text.h"
#include "iopsched/write.h"
#include "options.h"
#include "week.h"

/* One candidate; `value` takes the place of asked->value, whose first letters it has. */
static void offer(const struct asked *asked, const char *value, const char *meaning, FILE *to) {
  int ahead = (int)(asked->value - asked->word);
  if (text_starts(value, asked->value))
    fprintf(to, "%.*s%s\t%s\n", ahead, asked->word, value, meaning);
}

static void offer_folders(const struct asked *asked, FILE *to) {
  (void)asked;
  fputs(":folder\n", to);
}

static void offer_files(const struct asked *asked, FILE *to) {
  (void)asked;
  fputs(":file\n", to);
}

static void offer_nothing(const struct asked *asked, FILE *to) {
  (void)asked;
  (void)to;
}

/* The coming weeks, from the one that is planned by default. */
static void offer_weeks(const struct asked *asked, FILE *to) {
  int monday = week_after(asked->now, NULL);
  for (int i = 0; i < 4; i++) {
    char week[WEEK_TEXT], date[DATE_TEXT];
    week_format(monday + 7 * i, week);
    date_format(monday + 7 * i, date);
    offer(asked, week, date, to);
  }
}

static void offer_profiles(const struct asked *asked, FILE *to) {
  for (int i = 0; i < N_PROFILES; i++) offer(asked, profile_names[i], "", to);
}

/* Is the word among those of a list with commas? */
static bool lists(const char *list, size_t length, const char *word) {
  struct text quoted = {0}, wanted = {0};
  text_add(&quoted, ",");
  text_add_bytes(&quoted, list, length);
  text_printf(&wanted, ",%s,", word);
  bool found = strstr(quoted.data, wanted.data) != NULL;
  text_free(&quoted);
  text_free(&wanted);
  return found;
}

static bool is_first_of_format(int exporter) {
  for (int i = 0; i < exporter; i++)
    if (strcmp(exporters[i]->format, exporters[exporter]->format) == 0) return false;
  return true;
}

/* A list with commas: the formats that it does not have yet, behind its last comma. */
static void offer_formats(const struct asked *asked, FILE *to) {
  const char *comma = strrchr(asked->value, ',');
  struct asked last = *asked;
  if (comma) last.value = comma + 1;
  for (int i = 0; i < n_exporters; i++) {
    const char *format = exporters[i]->format;
    if (!exporters[i]->lacks && is_first_of_format(i) &&
        !lists(asked->value, (size_t)(last.value - asked->value), format))
      offer(&last, format, "", to);
  }
}

static const struct id_table {
  const char *file, *column, *of;
} patient_ids = {"patients.csv", "patient_id", "patient"},
  therapist_ids = {"therapists.csv", "therapist_id", "therapist"},
  room_ids = {"rooms.csv", "room_id", "room"},
  service_ids = {"services.csv", "service_id", "service"};

/* The ids of a table, read past whatever else is wrong with the clinic. `after` follows each. */
static void offer_ids(const struct asked *asked, const struct id_table *table, const char *after,
                      FILE *to) {
  struct diagnostics untold = {0};
  struct csv_file file = {0};
  if (!asked->clinic) return;
  csv_file_read(asked->clinic, table->file, &untold, &file);
  int column = csv_file_column(&file, table->column);
  for (int i = 0; i < file.n_records && column >= 0; i++) {
    struct text id = {0};
    if (file.records[i].broken) continue;
    text_printf(&id, "%s%s", file.records[i].cells[column], after);
    if (id.length > strlen(after)) offer(asked, id.data, table->of, to);
    text_free(&id);
  }
  csv_file_free(&file);
  diagnostics_free(&untold);
}

static void offer_patients(const struct asked *asked, FILE *to) {
  offer_ids(asked, &patient_ids, "", to);
}

static void offer_services(const struct asked *asked, FILE *to) {
  offer_ids(asked, &service_ids, "", to);
}

static void offer_days(const struct asked *asked, FILE *to) {
  for (int day = 0; day < N_DAYS; day++) offer(asked, day_names[day], "", to);
}

/* Who or what is away, then the day: "T03:Tue". */
static void offer_absences(const struct asked *asked, FILE *to) {
  struct asked day = *asked;
  const char *colon = strchr(asked->value, ':');
  if (colon) {
    day.value = colon + 1;
    offer_days(&day, to);
    offer(&day, "all", "the whole week", to);
    return;
  }
  offer_ids(asked, &therapist_ids, ":", to);
  offer_ids(asked, &room_ids, ":", to);
  offer_ids(asked, &patient_ids, ":", to);
}

static void offer_output_formats(const struct asked *asked, FILE *to) {
  for (int i = 0; i < N_OUTPUT_FORMATS; i++) offer(asked, output_format_names[i], "", to);
}

static const struct value_kind {
  const char *name;
  void (*offer)(const struct asked *asked, FILE *to);
} value_kinds[] = {
    {"CLINIC", offer_folders},      {"OUT", offer_folders},
    {"OUT0", offer_folders},        {"OUT1", offer_folders},
    {"OUT2", offer_folders},        {"DIR", offer_folders},
    {"FILE", offer_files},          {"WEEK", offer_weeks},
    {"WHO", offer_profiles},        {"LIST", offer_formats},
    {"N", offer_nothing},           {"SHARE", offer_nothing},
    {"SECONDS", offer_nothing},     {"PATIENT", offer_patients},
    {"SERVICE", offer_services},    {"DAY", offer_days},
    {"ID:DAY", offer_absences},     {"HH:MM", offer_nothing},
    {"FORM", offer_output_formats},
};

static const struct value_kind *find_kind(const char *name) {
  for (size_t i = 0; i < sizeof value_kinds / sizeof *value_kinds; i++)
    if (strcmp(value_kinds[i].name, name) == 0) return &value_kinds[i];
  return NULL;
}

void offer_values(const char *name, const struct asked *asked, FILE *to) {
  const struct value_kind *kind = find_kind(name);
  if (kind) kind->offer(asked, to);
}
