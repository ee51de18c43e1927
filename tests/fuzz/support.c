/* What fuzz targets share: folders to write inputs to, a clinic, silence. */
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"
#include "iopsched/check.h"
#include "iopsched/file.h"
#include "iopsched/load.h"

enum { LONGEST_SAMPLE = 1 << 20 };

static const char *const tables[] = {"program.csv",    "services.csv",     "patients.csv",
                                     "phases.csv",     "payers.csv",       "therapists.csv",
                                     "rooms.csv",      "requirements.csv", "availability.csv",
                                     "exceptions.csv", "apart.csv",        "fixed.csv"};
enum { N_TABLES = sizeof tables / sizeof *tables };

_Noreturn void fuzz_fail(const char *condition, const char *file, int line) {
  fprintf(stdout, "%s:%d: this cannot be: not %s\n", file, line, condition);
  (void)fflush(stdout);
  abort();
}

static int remove_one(const char *path, const struct stat *at, int kind, struct FTW *where) {
  (void)at;
  (void)kind;
  (void)where;
  return remove(path);
}

/* What the folders hold at first: an input finds nothing of the one before it. */
struct original {
  const char *folder, *name;
  struct text text;
  bool changed;
};
static struct original originals[16];
static size_t n_originals;

static char made[2][64];

static void remove_made(void) {
  for (size_t i = 0; i < n_originals; i++) text_free(&originals[i].text);
  for (int i = 0; i < 2; i++)
    if (*made[i]) nftw(made[i], remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static const char *make_folder(char path[64]) {
  static bool is_set;
  const char *top = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
  snprintf(path, 64, "%s/iopsched-fuzz-XXXXXX", top);
  REQUIRE(mkdtemp(path));
  if (!is_set) atexit(remove_made);
  is_set = true;
  return path;
}

static void write_file(const char *folder, const char *name, const char *data, size_t size) {
  char path[256];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  REQUIRE(fd >= 0);
  REQUIRE(write(fd, data, size) == (ssize_t)size);
  close(fd);
}

static struct original *add_original(const char *folder, const char *name) {
  REQUIRE(n_originals < sizeof originals / sizeof *originals);
  struct original *one = &originals[n_originals++];
  *one = (struct original){.folder = folder, .name = name};
  return one;
}

static void restore(const char *folder) {
  for (size_t i = 0; i < n_originals; i++) {
    struct original *one = &originals[i];
    if (one->changed && one->folder == folder)
      write_file(folder, one->name, one->text.data, one->text.length);
    if (one->folder == folder) one->changed = false;
  }
}

void fuzz_write(const char *folder, const char *name, const uint8_t *data, size_t size) {
  for (size_t i = 0; i < n_originals; i++)
    if (originals[i].folder == folder && strcmp(originals[i].name, name) == 0)
      originals[i].changed = true;
  write_file(folder, name, (const char *)data, size);
}

const char *fuzz_clinic_folder(void) {
  if (*made[0]) return made[0];
  const char *sample = getenv("FUZZ_SAMPLE") ? getenv("FUZZ_SAMPLE") : "samples/tiny";
  int from = open(sample, O_RDONLY | O_DIRECTORY);
  REQUIRE(from >= 0);
  make_folder(made[0]);
  for (int i = 0; i < N_TABLES; i++) {
    struct original *one = add_original(made[0], tables[i]);
    REQUIRE(file_read(from, tables[i], LONGEST_SAMPLE, &one->text));
    write_file(made[0], tables[i], one->text.data, one->text.length);
  }
  close(from);
  return made[0];
}

const char *fuzz_plan_folder(void) {
  static const char *const files[][2] = {
      {"sessions.csv", "session_id,date,day,start,end,service_id,therapist_ids,room_id,status\n"},
      {"attendance.csv", "patient_id,session_id\n"},
      {"summary.json", "{\"week\": \"2026-W49\", \"revision\": 0}\n"}};
  if (*made[1]) return made[1];
  make_folder(made[1]);
  for (int i = 0; i < 3; i++) {
    struct original *one = add_original(made[1], files[i][0]);
    text_add(&one->text, files[i][1]);
    write_file(made[1], files[i][0], files[i][1], strlen(files[i][1]));
  }
  return made[1];
}

static bool is_head(const uint8_t *line, size_t length) {
  return length >= 4 && memcmp(line, "%%% ", 4) == 0;
}

/* The name on a line "%%% NAME", if it is among names[n]; else NULL. */
static const char *name_of(const uint8_t *line, size_t length, const char *const *names, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (strlen(names[i]) == length - 4 && memcmp(line + 4, names[i], length - 4) == 0)
      return names[i];
  return NULL;
}

void fuzz_write_sections(const char *folder, const char *const *names, size_t n,
                         const uint8_t *data, size_t size) {
  const char *name = NULL;
  size_t begun = 0;
  restore(folder);
  for (size_t at = 0; at < size;) {
    const uint8_t *line = data + at, *end = memchr(line, '\n', size - at);
    size_t length = end ? (size_t)(end - line) : size - at;
    bool head = is_head(line, length);
    if (head && name) fuzz_write(folder, name, data + begun, at - begun);
    at += length + (end ? 1 : 0);
    if (!head) continue;
    name = name_of(line, length, names, n);
    begun = at;
  }
  if (name) fuzz_write(folder, name, data + begun, size - begun);
}

struct clinic *fuzz_load(const char *folder) {
  struct diagnostics diagnostics = {0};
  struct clinic *clinic = NULL;
  int monday;
  REQUIRE(week_parse("2026-W49", &monday));
  enum load_status status = clinic_load(folder, monday, &diagnostics, &clinic);
  REQUIRE((status == LOAD_OK) == (clinic != NULL));
  REQUIRE((status == LOAD_OK) == (diagnostics.n_errors == 0));
  if (clinic) check_clinic(clinic, &diagnostics);
  static FILE *nowhere;
  if (!nowhere) nowhere = fopen("/dev/null", "w");
  REQUIRE(nowhere);
  diagnostics_print(&diagnostics, nowhere);
  if (diagnostics.n_errors > 0) {
    clinic_free(clinic);
    clinic = NULL;
  }
  diagnostics_free(&diagnostics);
  return clinic;
}

void fuzz_silence(void) {
  FILE *nowhere = fopen("/dev/null", "w");
  REQUIRE(nowhere);
  stderr = nowhere;
}
