/* An output folder when the system refuses: each of its calls fails in turn, with every reason that
 * changes what is done next. The folder holds the old plan or the new one, whole, and the next run
 * finds its way. (The Makefile sends the calls of this program through the functions below.) */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "iopsched/folder.h"
#include "iopsched/memory.h"
#include "unit.h"

static struct {
  int at, count, reason; /* the call number `at` fails, counted from 1; 0: none */
  bool no_exchange;      /* a file system that knows no flags of renameat2() */
  bool few_bytes;        /* at most one is written at once */
} fault;

static bool fails(void) {
  if (fault.at == 0 || ++fault.count != fault.at) return false;
  errno = fault.reason;
  return true;
}

#define WRAP(type, name, failed, parameters, arguments)  \
  type __real_##name parameters;                         \
  type __wrap_##name parameters;                         \
  type __wrap_##name parameters {                        \
    return fails() ? (failed) : __real_##name arguments; \
  }

WRAP(int, mkdirat, -1, (int folder, const char *name, mode_t mode), (folder, name, mode))
WRAP(int, fchmod, -1, (int fd, mode_t mode), (fd, mode))
WRAP(int, fchmodat, -1, (int folder, const char *name, mode_t mode, int flags),
     (folder, name, mode, flags))
WRAP(int, flock, -1, (int fd, int how), (fd, how))
WRAP(int, fstat, -1, (int fd, struct stat *at), (fd, at))
WRAP(int, lstat, -1, (const char *path, struct stat *at), (path, at))
WRAP(int, fstatat, -1, (int folder, const char *name, struct stat *at, int flags),
     (folder, name, at, flags))
WRAP(int, renameat, -1, (int from, const char *old, int to, const char *name),
     (from, old, to, name))
WRAP(int, unlinkat, -1, (int folder, const char *name, int flags), (folder, name, flags))
WRAP(DIR *, fdopendir, NULL, (int fd), (fd))
WRAP(struct dirent *, readdir, NULL, (DIR * dir), (dir))
WRAP(char *, realpath, NULL, (const char *path, char *whole), (path, whole))
WRAP(ssize_t, read, -1, (int fd, void *to, size_t n), (fd, to, n))

int __real_openat(int folder, const char *name, int flags, ...);
int __wrap_openat(int folder, const char *name, int flags, ...);
int __wrap_openat(int folder, const char *name, int flags, ...) {
  va_list more;
  va_start(more, flags);
  mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
  va_end(more);
  return fails() ? -1 : __real_openat(folder, name, flags, mode);
}

int __real_open(const char *name, int flags, ...);
int __wrap_open(const char *name, int flags, ...);
int __wrap_open(const char *name, int flags, ...) {
  va_list more;
  va_start(more, flags);
  mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
  va_end(more);
  return fails() ? -1 : __real_open(name, flags, mode);
}

/* Nobody waits for the disk. */
int __wrap_fsync(int fd);
int __wrap_fsync(int fd) {
  (void)fd;
  return fails() ? -1 : 0;
}

/* It is closed all the same. */
int __real_close(int fd);
int __wrap_close(int fd);
int __wrap_close(int fd) {
  int closed = __real_close(fd);
  return fails() ? -1 : closed;
}

ssize_t __real_write(int fd, const void *from, size_t n);
ssize_t __wrap_write(int fd, const void *from, size_t n);
ssize_t __wrap_write(int fd, const void *from, size_t n) {
  return fails() ? -1 : __real_write(fd, from, fault.few_bytes && n > 1 ? 1 : n);
}

int __real_renameat2(int from, const char *old, int to, const char *name, unsigned flags);
int __wrap_renameat2(int from, const char *old, int to, const char *name, unsigned flags);
int __wrap_renameat2(int from, const char *old, int to, const char *name, unsigned flags) {
  if (fails()) return -1;
  if (!fault.no_exchange) return __real_renameat2(from, old, to, name, flags);
  errno = EINVAL;
  return -1;
}

/* ---- a run ---- */

static const char *const names[] = {"a.csv", "log.csv", "summary.json", "calendars",
                                    FOLDER_SCRATCH};
static const struct folder_contents contents = {
    .mark = "summary.json", .names = names, .n = COUNT(names)};

static bool write_by_path(const char *path, const char *scratch, void *data) {
  (void)scratch;
  FILE *file = fopen(path, "w");
  if (!file) return false;
  fputs(data, file);
  return fclose(file) == 0;
}

/* Every kind of call; each file holds `text`, but what is kept. */
static enum folder_status run(const char *path, const char *text, bool keep) {
  struct folder *folder;
  enum folder_status status = folder_open(path, &contents, &folder);
  if (status == FOLDER_OK && keep) status = folder_keep_previous(folder);
  if (status == FOLDER_OK) status = folder_put(folder, "a.csv", text, strlen(text));
  if (status == FOLDER_OK)
    status = folder_put(folder, "calendars/rooms/G1.ics", text, strlen(text));
  char copy[16];
  snprintf(copy, sizeof copy, "%s", text);
  if (status == FOLDER_OK) status = folder_put_by(folder, "summary.json", write_by_path, copy);
  if (status == FOLDER_OK) status = folder_keep(folder, "log.csv");
  if (status == FOLDER_OK) status = folder_commit(folder);
  if ((status == FOLDER_OK) != (*folder_error(folder) == '\0')) fail_msg("no word about it");
  folder_close(folder);
  return status;
}

struct place {
  char top[48], out[64], previous[80];
};

static void read_file(const struct place *place, const char *folder, const char *name, char *text,
                      size_t size) {
  char path[160];
  (void)place;
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "r");
  size_t n = file ? fread(text, 1, size - 1, file) : 0;
  text[n] = '\0';
  if (file) fclose(file);
}

/* What the plan in that folder says in all its files; "none" or, if they differ, "mixed". */
static const char *plan_in(const struct place *place, const char *folder) {
  static const char *const files[] = {"a.csv", "calendars/rooms/G1.ics", "summary.json"};
  static const char *const texts[] = {"older", "old", "new", "newer"};
  char text[16], other[16];
  if (access(folder, F_OK) != 0) return "none";
  read_file(place, folder, files[0], text, sizeof text);
  for (size_t i = 1; i < COUNT(files); i++) {
    read_file(place, folder, files[i], other, sizeof other);
    if (strcmp(text, other) != 0) return "mixed";
  }
  for (size_t i = 0; i < COUNT(texts); i++)
    if (strcmp(text, texts[i]) == 0) return texts[i];
  return "mixed";
}

static int count_entries(const char *path) {
  DIR *dir = opendir(path);
  int n = -2; /* . and .. */
  while (readdir(dir)) n++;
  closedir(dir);
  return n;
}

static int remove_one(const char *path, const struct stat *at, int kind, struct FTW *ftw) {
  (void)at, (void)kind, (void)ftw;
  return remove(path);
}

static void remove_all(const struct place *place) {
  assert_int_equal(nftw(place->top, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

/* What stands before the run that a call of fails. */
enum scene { NOTHING, PLAN, PLAN_AND_PREVIOUS, HALF_A_RUN, SET_ASIDE, ON_ITS_WAY, N_SCENES };

static void write_log(const struct place *place) {
  char path[96];
  snprintf(path, sizeof path, "%s/log.csv", place->out);
  FILE *file = fopen(path, "w");
  fputs("kept", file);
  fclose(file);
}

/* As left by a run that was killed between two calls. */
static void rename_out(const struct place *place, const char *to) {
  char path[160];
  snprintf(path, sizeof path, "%s/%s", place->top, to);
  assert_int_equal(rename(place->out, path), 0);
}

static void set(struct place *place, enum scene scene) {
  /* In memory, where there is a folder for that: thousands of folders are made. */
  bool in_memory = access("/dev/shm", W_OK) == 0;
  char template[48], name[80];
  snprintf(template, sizeof template, "%s/iopsched-test-XXXXXX", in_memory ? "/dev/shm" : "/tmp");
  struct stat at;
  snprintf(place->top, sizeof place->top, "%s", mkdtemp(template));
  snprintf(place->out, sizeof place->out, "%s/out", place->top);
  snprintf(place->previous, sizeof place->previous, "%s.previous", place->out);
  if (scene == NOTHING) return;
  if (scene == PLAN_AND_PREVIOUS) assert_int_equal(run(place->out, "older", false), FOLDER_OK);
  assert_int_equal(run(place->out, "old", scene == PLAN_AND_PREVIOUS), FOLDER_OK);
  write_log(place);
  if (scene == HALF_A_RUN) {
    rename_out(place, ".out.iopsched-new.0");
    assert_int_equal(run(place->out, "old", false), FOLDER_OK);
    rename_out(place, ".out.iopsched-new.3");
    assert_int_equal(run(place->out, "old", false), FOLDER_OK);
    write_log(place);
    rename_out(place, "kept");
    assert_int_equal(run(place->out, "new", false), FOLDER_OK);
    rename_out(place, ".out.iopsched-new.5");
    snprintf(name, sizeof name, "%s/kept", place->top);
    assert_int_equal(rename(name, place->out), 0);
  }
  if (scene == SET_ASIDE) rename_out(place, ".out.iopsched-old");
  if (scene == ON_ITS_WAY) {
    assert_int_equal(stat(place->out, &at), 0);
    snprintf(name, sizeof name, ".out.iopsched-keep.%ju", (uintmax_t)at.st_ino);
    rename_out(place, name);
  }
}

struct trial {
  enum scene scene;
  bool keep, no_exchange;
  int reason;
  int at;
};

static void complain(const struct place *place, const struct trial *trial, const char *what) {
  fail_msg("scene %d, %s%s%s at call %d: %s (out: %s, previous: %s)", trial->scene,
           trial->keep ? "kept, " : "", trial->no_exchange ? "no exchange, " : "",
           strerror(trial->reason), trial->at, what, plan_in(place, place->out),
           plan_in(place, place->previous));
}

/* After the failure, and after the next run, which nothing befalls. */
static void judge(struct place *place, const struct trial *trial, enum folder_status status) {
  const char *now = plan_in(place, place->out);
  bool was_there = trial->scene != NOTHING;
  bool away = trial->no_exchange || trial->scene >= SET_ASIDE; /* the next run puts it back */
  bool stands = strcmp(now, "new") == 0 ||
                (status != FOLDER_OK && was_there && strcmp(now, "old") == 0) ||
                (status != FOLDER_OK && (!was_there || away) && strcmp(now, "none") == 0);
  if (!stands) complain(place, trial, "not the right plan");
  fault.at = 0;
  bool was_new = strcmp(now, "new") == 0;
  if (run(place->out, "newer", trial->keep) != FOLDER_OK) complain(place, trial, "no next run");
  if (strcmp(plan_in(place, place->out), "newer") != 0) complain(place, trial, "not the next");
  const char *before = was_new ? "new" : was_there ? "old" : "none";
  if (trial->keep && strcmp(plan_in(place, place->previous), before) != 0)
    complain(place, trial, "the one before is not kept");
  bool has_previous = access(place->previous, F_OK) == 0;
  if (count_entries(place->top) != 1 + has_previous) complain(place, trial, "something is left");
  char log[16];
  read_file(place, place->out, "log.csv", log, sizeof log);
  if (was_there && strcmp(log, "kept") != 0) complain(place, trial, "the log is lost");
}

/* Every call of a run fails, one a run; the number of calls. */
static int fail_each(struct trial *trial) {
  for (int at = 1;; at++) {
    trial->at = at;
    struct place place;
    set(&place, trial->scene);
    fault.at = at;
    fault.count = 0;
    fault.reason = trial->reason;
    fault.no_exchange = trial->no_exchange;
    enum folder_status status = run(place.out, "new", trial->keep);
    bool reached = fault.count >= at;
    judge(&place, trial, status);
    fault.no_exchange = false;
    remove_all(&place);
    if (!reached) {
      assert_int_equal(status, FOLDER_OK);
      return at - 1;
    }
  }
}

static void every_call_fails(void **state) {
  (void)state;
  static const int reasons[] = {EIO, EINTR, EINVAL, EACCES};
  int n = 0;
  for (size_t r = 0; r < COUNT(reasons); r++)
    for (int scene = 0; scene < (reasons[r] == EIO ? (int)N_SCENES : PLAN_AND_PREVIOUS); scene++)
      for (int how = 0; how < 4; how++) {
        struct trial trial = {(enum scene)scene, how & 1, how & 2, reasons[r], 0};
        n += fail_each(&trial);
      }
  print_message("calls that failed: %d\n", n);
  assert_true(n > 2000);
}

static void bytes_are_written_few_at_a_time(void **state) {
  (void)state;
  struct place place;
  set(&place, PLAN);
  fault.few_bytes = true;
  assert_int_equal(run(place.out, "new", false), FOLDER_OK);
  fault.few_bytes = false;
  assert_string_equal(plan_in(&place, place.out), "new");
  remove_all(&place);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_call_fails),
      cmocka_unit_test(bytes_are_written_few_at_a_time),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
