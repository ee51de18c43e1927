/* A file of a plan opened, its columns found, its cells and ids read. */
#include <string.h>

#include "iopsched/text.h"
#include "plan_rows.h"
#include "table.h"

const char *plan_shown(struct plan_reader *reader, const char *value) {
  return text_shown(&reader->arena, value);
}

static const struct plan_column *find_column(const struct plan_column *columns, int n,
                                             const char *name) {
  for (int i = 0; i < n; i++)
    if (text_equal_nocase(columns[i].name, name)) return &columns[i];
  return NULL;
}

/* A column missing under its name is most often there under a misspelt one. */
static void report_missing(struct plan_reader *reader, const struct csv_file *csv,
                           const struct plan_column *column) {
  const char *near = text_suggest(column->name, csv->columns, (size_t)csv->n_columns);
  if (near)
    diagnose(reader->diagnostics, SEVERITY_ERROR, csv->name, csv->header_line, NULL,
             "column '%s' is missing: is it '%s'?", column->name, plan_shown(reader, near));
  else
    diagnose(reader->diagnostics, SEVERITY_ERROR, csv->name, csv->header_line, NULL,
             "column '%s' is missing", column->name);
}

/* People add columns of their own to a plan; what they say there is not lost, but not read. */
static void report_unknown(struct plan_reader *reader, const struct csv_file *csv,
                           const char *name) {
  if (!*name || text_equal_nocase(name, "patient_name") || is_own_name(name)) return;
  diagnose(reader->diagnostics, SEVERITY_WARNING, csv->name, csv->header_line, NULL,
           "column '%s' is not one of a plan's and is not read", plan_shown(reader, name));
}

static bool find_columns(struct plan_reader *reader, const struct csv_file *csv,
                         struct plan_column *columns, int n) {
  bool complete = true;
  for (int i = 0; i < n; i++) {
    columns[i].place = csv_file_column(csv, columns[i].name);
    if (columns[i].place >= 0 || !columns[i].is_required) continue;
    report_missing(reader, csv, &columns[i]);
    complete = false;
  }
  for (int i = 0; i < csv->n_columns && complete; i++)
    if (!find_column(columns, n, csv->columns[i])) report_unknown(reader, csv, csv->columns[i]);
  return complete;
}

enum load_status plan_open(struct plan_reader *reader, const char *name, struct csv_file *csv,
                           struct plan_column *columns, int n) {
  int n_errors = reader->diagnostics->n_errors;
  switch (csv_file_read(reader->folder, name, reader->diagnostics, csv)) {
    case CSV_FILE_READ:
      break;
    case CSV_FILE_ABSENT:
      diagnose(reader->diagnostics, SEVERITY_ERROR, name, 0, NULL, "there is no such file in '%s'",
               reader->folder);
      return LOAD_NO_INPUT;
    case CSV_FILE_UNREADABLE:
      return LOAD_READ_FAILED;
  }
  bool sound = reader->diagnostics->n_errors == n_errors;
  if (sound && csv->header_line == 0) {
    diagnose(reader->diagnostics, SEVERITY_ERROR, name, 0, NULL, "the file is empty");
    return LOAD_FAULTY;
  }
  if (csv->header_line > 0 && !find_columns(reader, csv, columns, n)) return LOAD_FAULTY;
  return csv->header_line > 0 ? LOAD_OK : LOAD_FAULTY;
}

const char *plan_cell(const struct csv_record *record, const struct plan_column *column) {
  return column->place < 0 ? "" : csv_cell_undefused(record->cells[column->place]);
}

int plan_find(const struct plan_reader *reader, enum id_kind kind, const char *id) {
  const struct id *found = ids_find(&reader->ids, kind, id);
  return found && found->kind == kind ? found->index : NONE;
}

void plan_report_unknown(struct plan_reader *reader, const struct csv_file *csv, int line,
                         const char *column, enum id_kind kind, const char *id) {
  const char *near = ids_suggest(&reader->ids, kind, id);
  const char *noun = id_kind_infos[kind].noun, *value = plan_shown(reader, id);
  if (near)
    diagnose(reader->diagnostics, SEVERITY_ERROR, csv->name, line, column,
             "'%s' is no %s of this clinic: did you mean '%s'?", value, noun, near);
  else
    diagnose(reader->diagnostics, SEVERITY_ERROR, csv->name, line, column,
             "'%s' is no %s of this clinic", value, noun);
}

bool plan_read_leaders(struct plan_reader *reader, const char *list, struct ints *leaders,
                       const char **unknown) {
  size_t most = strlen(list) / 2 + 1;
  *leaders = (struct ints){arena_alloc(&reader->arena, most, sizeof(int)), 0};
  while (*list) {
    list += strspn(list, ";| ");
    size_t length = strcspn(list, ";|");
    const char *next = list + length;
    while (length > 0 && list[length - 1] == ' ') length--;
    if (length > 0) {
      const char *id = arena_printf(&reader->arena, "%.*s", (int)length, list);
      int therapist = plan_find(reader, ID_THERAPIST, id);
      *unknown = id;
      if (therapist == NONE) return false;
      leaders->list[leaders->n++] = therapist;
    }
    list = next;
  }
  return true;
}
