#include "clinic_files.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "iopsched/text.h"
#include "unit.h"

static const file_text small_clinic[] = {
    {"services.csv", "service_id,format\nGrp,group\nInd,individual\n"},
    {"patients.csv",
     "patient_id,min_hours,max_hours,min_days,max_days\n"
     "P1,9,20,3,5\nP2,9,20,3,5\nP3,9,20,3,5\n"},
    {"therapists.csv", "therapist_id\nT1\nT2\n"},
    {"rooms.csv", "room_id,capacity\nR1,12\n"},
};

int test_monday(void) {
  return date_from_civil(2026, 11, 30);
}

void folder_write(const char *folder, const char *name, const void *bytes, size_t length) {
  struct text path = {0};
  text_printf(&path, "%s/%s", folder, name);
  FILE *file = fopen(path.data, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, length, file), length);
  assert_int_equal(fclose(file), 0);
  text_free(&path);
}

char *folder_from_texts(const file_text *files) {
  const char *parent = getenv("TMPDIR");
  struct text path = {0};
  text_printf(&path, "%s/iopsched-unit-XXXXXX", parent && *parent ? parent : "/tmp");
  assert_non_null(mkdtemp(path.data));
  for (; (*files)[0]; files++)
    folder_write(path.data, (*files)[0], (*files)[1], strlen((*files)[1]));
  return path.data;
}

static bool has_file(const file_text *files, const char *name) {
  for (; (*files)[0]; files++)
    if (strcmp((*files)[0], name) == 0) return true;
  return false;
}

char *clinic_folder_from_texts(const file_text *files) {
  char *folder = folder_from_texts(files);
  for (size_t i = 0; i < COUNT(small_clinic); i++)
    if (!has_file(files, small_clinic[i][0]))
      folder_write(folder, small_clinic[i][0], small_clinic[i][1], strlen(small_clinic[i][1]));
  return folder;
}

void folder_remove(char *folder) {
  DIR *listing = opendir(folder);
  assert_non_null(listing);
  for (struct dirent *entry; (entry = readdir(listing));) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    struct text path = {0};
    text_printf(&path, "%s/%s", folder, entry->d_name);
    assert_int_equal(remove(path.data), 0);
    text_free(&path);
  }
  closedir(listing);
  assert_int_equal(rmdir(folder), 0);
  free(folder);
}

char *diagnostics_text(const struct diagnostics *diagnostics) {
  char *text = NULL;
  size_t size = 0;
  FILE *memory = open_memstream(&text, &size);
  diagnostics_print(diagnostics, memory);
  fclose(memory);
  return text;
}

/* Loads the texts; *faults is what is printed. */
static struct clinic *load(const file_text *files, enum load_status *status, char **faults) {
  char *folder = clinic_folder_from_texts(files);
  struct diagnostics diagnostics = {0};
  struct clinic *clinic;
  *status = clinic_load(folder, test_monday(), &diagnostics, &clinic);
  *faults = diagnostics_text(&diagnostics);
  diagnostics_free(&diagnostics);
  folder_remove(folder);
  return clinic;
}

struct clinic *clinic_from_texts(const file_text *files) {
  enum load_status status;
  char *faults;
  struct clinic *clinic = load(files, &status, &faults);
  if (status != LOAD_OK) fail_msg("the clinic does not load (%d):\n%s", status, faults);
  free(faults);
  return clinic;
}

char *faults_of_texts(const file_text *files, enum load_status *status) {
  char *faults;
  clinic_free(load(files, status, &faults));
  return faults;
}

/* Takes "FILE:" from the start of every line. */
static void drop_name(char *text, const char *file) {
  size_t length = strlen(file);
  char *to = text;
  for (char *line = text; *line;) {
    if (strncmp(line, file, length) == 0 && line[length] == ':') line += length + 1;
    char *end = strchr(line, '\n') + 1;
    memmove(to, line, (size_t)(end - line));
    to += end - line;
    line = end;
  }
  *to = '\0';
}

void check_faults(const char *file, const struct fault_case *cases, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const file_text files[] = {{file, cases[i].text}, {NULL, NULL}};
    enum load_status status;
    char *faults = faults_of_texts(files, &status);
    drop_name(faults, file);
    if (strcmp(faults, cases[i].printed) != 0)
      fail_msg("case %zu:\n%s\nprints\n%s\ninstead of\n%s", i, cases[i].text, faults,
               cases[i].printed);
    bool has_error = strstr(faults, ": error: ") != NULL;
    if (status != (has_error ? LOAD_FAULTY : LOAD_OK))
      fail_msg("case %zu: status %d with\n%s", i, status, faults);
    free(faults);
  }
}
