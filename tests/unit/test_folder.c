/* Output folders: whole or not there, private, and nobody else's. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "iopsched/folder.h"
#include "iopsched/memory.h"
#include "iopsched/text.h"
#include "unit.h"

static const char *const names[] = {"a.csv", "summary.json", "calendars"};
static const struct folder_contents contents = {
    .mark = "summary.json", .names = names, .n = COUNT(names)};

/* A folder to work in, and paths in it. */
struct place {
  struct arena arena;
  char *top;
};

static int enter(void **state) {
  struct place *place = mem_new(1, sizeof *place);
  char template[] = "/tmp/iopsched-test-XXXXXX";
  place->top = arena_strdup(&place->arena, mkdtemp(template));
  *state = place;
  return 0;
}

static const char *in(struct place *place, const char *name) {
  return arena_printf(&place->arena, "%s/%s", place->top, name);
}

static int leave(void **state) {
  struct place *place = *state;
  char *command = arena_printf(&place->arena, "rm -rf '%s'", place->top);
  int failed = system(command);
  arena_free(&place->arena);
  free(place);
  return failed;
}

static void write_file(const char *path, const char *text) {
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fputs(text, file);
  fclose(file);
}

/* "" if there is no such file. */
static const char *content(struct place *place, const char *name) {
  char buffer[256];
  FILE *file = fopen(in(place, name), "r");
  if (!file) return "";
  size_t n = fread(buffer, 1, sizeof buffer - 1, file);
  buffer[n] = '\0';
  fclose(file);
  return arena_strdup(&place->arena, buffer);
}

static int count_entries(const char *path) {
  DIR *dir = opendir(path);
  assert_non_null(dir);
  int n = -2; /* . and .. */
  while (readdir(dir)) n++;
  closedir(dir);
  return n;
}

static enum folder_status put(struct folder *folder, const char *name, const char *text) {
  return folder_put(folder, name, text, strlen(text));
}

/* A whole run that writes `text` into a.csv. */
static enum folder_status write_any(const char *path, const char *text, bool keep) {
  struct folder *folder;
  enum folder_status status = folder_open(path, &contents, &folder);
  if (status == FOLDER_OK && keep) status = folder_keep_previous(folder);
  if (status == FOLDER_OK) status = put(folder, "a.csv", text);
  if (status == FOLDER_OK) status = put(folder, "summary.json", "{}");
  if (status == FOLDER_OK) status = folder_commit(folder);
  folder_close(folder);
  return status;
}

static enum folder_status write_plan(const char *path, const char *text) {
  return write_any(path, text, false);
}

static enum folder_status write_keeping(const char *path, const char *text) {
  return write_any(path, text, true);
}

static void a_new_folder_appears_whole(void **state) {
  struct place *place = *state;
  struct folder *folder;
  assert_int_equal(folder_open(in(place, "out"), &contents, &folder), FOLDER_OK);
  assert_int_equal(put(folder, "a.csv", "one"), FOLDER_OK);
  assert_int_equal(put(folder, "calendars/rooms/G1.ics", "two"), FOLDER_OK);
  assert_int_equal(put(folder, "calendars/rooms/G2.ics", "three"), FOLDER_OK);
  assert_int_not_equal(access(in(place, "out"), F_OK), 0);
  assert_int_equal(folder_commit(folder), FOLDER_OK);
  folder_close(folder);
  assert_string_equal(content(place, "out/a.csv"), "one");
  assert_string_equal(content(place, "out/calendars/rooms/G1.ics"), "two");
  assert_string_equal(content(place, "out/calendars/rooms/G2.ics"), "three");
  assert_int_equal(count_entries(place->top), 1);
}

static void what_is_not_committed_leaves_nothing(void **state) {
  struct place *place = *state;
  struct folder *folder;
  assert_int_equal(folder_open(in(place, "out"), &contents, &folder), FOLDER_OK);
  assert_int_equal(put(folder, "calendars/a.ics", "one"), FOLDER_OK);
  folder_close(folder);
  assert_int_equal(count_entries(place->top), 0);
}

static void a_plan_takes_the_place_of_a_plan(void **state) {
  struct place *place = *state;
  assert_int_equal(write_plan(in(place, "out"), "old"), FOLDER_OK);
  assert_int_equal(mkdir(in(place, "out/calendars"), 0700), 0);
  write_file(in(place, "out/calendars/x.ics"), "old");
  write_file(in(place, "out/.~lock.a.csv#"), "a spreadsheet has it open");
  assert_int_equal(write_plan(in(place, "out"), "new"), FOLDER_OK);
  assert_string_equal(content(place, "out/a.csv"), "new");
  assert_int_equal(count_entries(in(place, "out")), 2);
  assert_int_equal(count_entries(place->top), 1);
}

static void an_empty_folder_is_taken(void **state) {
  struct place *place = *state;
  assert_int_equal(mkdir(in(place, "out"), 0700), 0);
  assert_int_equal(write_plan(in(place, "out/"), "new"), FOLDER_OK);
  assert_string_equal(content(place, "out/a.csv"), "new");
}

static void what_is_no_plan_stays(void **state) {
  struct place *place = *state;
  assert_int_equal(mkdir(in(place, "out"), 0700), 0);
  write_file(in(place, "out/a.csv"), "theirs");
  assert_int_equal(write_plan(in(place, "out"), "new"), FOLDER_CANNOT);
  assert_string_equal(content(place, "out/a.csv"), "theirs");
  write_file(in(place, "out/summary.json"), "{}");
  write_file(in(place, "out/notes.txt"), "to be kept");
  assert_int_equal(write_plan(in(place, "out"), "new"), FOLDER_CANNOT);
  assert_string_equal(content(place, "out/notes.txt"), "to be kept");
  assert_int_equal(unlink(in(place, "out/notes.txt")), 0);
  assert_int_equal(write_plan(in(place, "out"), "new"), FOLDER_OK);
  assert_int_equal(count_entries(place->top), 1);
}

/* A search takes a minute, in which somebody saves a file into the folder. */
static void what_comes_meanwhile_stays(void **state) {
  struct place *place = *state;
  struct folder *folder;
  assert_int_equal(folder_open(in(place, "out"), &contents, &folder), FOLDER_OK);
  assert_int_equal(put(folder, "a.csv", "new"), FOLDER_OK);
  assert_int_equal(mkdir(in(place, "out"), 0700), 0);
  write_file(in(place, "out/notes.txt"), "to be kept");
  assert_int_equal(folder_commit(folder), FOLDER_CANNOT);
  folder_close(folder);
  assert_string_equal(content(place, "out/notes.txt"), "to be kept");
  assert_int_equal(count_entries(place->top), 1);
}

static void what_was_there_is_kept(void **state) {
  struct place *place = *state;
  static const char *const texts[] = {"one", "two", "three"};
  for (size_t i = 0; i < COUNT(texts); i++) {
    assert_int_equal(write_keeping(in(place, "out/"), texts[i]), FOLDER_OK);
    assert_string_equal(content(place, "out/a.csv"), texts[i]);
    assert_string_equal(content(place, "out.previous/a.csv"), i > 0 ? texts[i - 1] : "");
    assert_int_equal(count_entries(place->top), i > 0 ? 2 : 1);
  }
  assert_int_equal(write_plan(in(place, "out"), "four"), FOLDER_OK); /* without: untouched */
  assert_string_equal(content(place, "out.previous/a.csv"), "two");
}

static void an_empty_folder_is_not_worth_keeping(void **state) {
  struct place *place = *state;
  assert_int_equal(write_plan(in(place, "out.previous"), "old"), FOLDER_OK);
  assert_int_equal(mkdir(in(place, "out"), 0700), 0);
  assert_int_equal(write_keeping(in(place, "out"), "new"), FOLDER_OK);
  assert_string_equal(content(place, "out.previous/a.csv"), "old");
}

static void what_is_no_previous_plan_stays(void **state) {
  struct place *place = *state;
  assert_int_equal(write_plan(in(place, "out"), "old"), FOLDER_OK);
  assert_int_equal(mkdir(in(place, "out.previous"), 0700), 0);
  write_file(in(place, "out.previous/notes.txt"), "theirs");
  assert_int_equal(write_keeping(in(place, "out"), "new"), FOLDER_CANNOT);
  assert_string_equal(content(place, "out/a.csv"), "old");
  assert_string_equal(content(place, "out.previous/notes.txt"), "theirs");
  assert_int_equal(unlink(in(place, "out.previous/notes.txt")), 0);
  assert_int_equal(rmdir(in(place, "out.previous")), 0);
  assert_int_equal(symlink("elsewhere", in(place, "out.previous")), 0);
  assert_int_equal(write_keeping(in(place, "out"), "new"), FOLDER_CANNOT);
  assert_string_equal(content(place, "out/a.csv"), "old");
}

static const char *on_the_way(struct place *place, const char *inode_of) {
  struct stat at;
  assert_int_equal(stat(in(place, inode_of), &at), 0);
  return in(place, arena_printf(&place->arena, ".out.iopsched-keep.%ju", (uintmax_t)at.st_ino));
}

static void open_and_close(struct place *place) {
  struct folder *folder;
  assert_int_equal(folder_open(in(place, "out"), &contents, &folder), FOLDER_OK);
  folder_close(folder);
}

/* Killed after the exchange: the old plan is on its way to be the previous one. */
static void an_old_plan_on_its_way_arrives(void **state) {
  struct place *place = *state;
  assert_int_equal(write_plan(in(place, "out"), "new"), FOLDER_OK);
  assert_int_equal(write_plan(in(place, "old"), "old"), FOLDER_OK);
  assert_int_equal(write_plan(in(place, "out.previous"), "older"), FOLDER_OK);
  assert_int_equal(rename(in(place, "old"), on_the_way(place, "old")), 0);
  open_and_close(place);
  assert_string_equal(content(place, "out/a.csv"), "new");
  assert_string_equal(content(place, "out.previous/a.csv"), "old");
  assert_int_equal(count_entries(place->top), 2);
}

/* Killed before it: what bears that name is the new plan, which was never published. */
static void a_new_plan_on_its_way_is_swept(void **state) {
  struct place *place = *state;
  assert_int_equal(write_plan(in(place, "out"), "old"), FOLDER_OK);
  assert_int_equal(write_plan(in(place, "new"), "new"), FOLDER_OK);
  assert_int_equal(rename(in(place, "new"), on_the_way(place, "out")), 0);
  open_and_close(place);
  assert_string_equal(content(place, "out/a.csv"), "old");
  assert_int_equal(count_entries(place->top), 1);
}

/* Killed between two renames, where the file system cannot exchange. */
static void a_plan_on_its_way_comes_back(void **state) {
  struct place *place = *state;
  assert_int_equal(write_plan(in(place, "out"), "good"), FOLDER_OK);
  assert_int_equal(rename(in(place, "out"), on_the_way(place, "out")), 0);
  open_and_close(place);
  assert_string_equal(content(place, "out/a.csv"), "good");
  assert_int_equal(count_entries(place->top), 1);
}

static void one_run_at_a_time(void **state) {
  struct place *place = *state;
  struct folder *first, *second;
  assert_int_equal(folder_open(in(place, "out"), &contents, &first), FOLDER_OK);
  assert_int_equal(folder_open(in(place, "out"), &contents, &second), FOLDER_BUSY);
  assert_non_null(strstr(folder_error(second), "another run"));
  folder_close(second);
  assert_int_equal(put(first, "summary.json", "{}"), FOLDER_OK);
  assert_int_equal(folder_commit(first), FOLDER_OK);
  folder_close(first);
  assert_int_equal(write_plan(in(place, "out"), "third"), FOLDER_OK);
  assert_int_equal(count_entries(place->top), 1);
}

static void what_a_killed_run_left_is_swept(void **state) {
  struct place *place = *state;
  write_file(in(place, ".out.iopsched-lock"), "");
  assert_int_equal(mkdir(in(place, ".out.iopsched-new.0"), 0700), 0);
  assert_int_equal(mkdir(in(place, ".out.iopsched-new.0/calendars"), 0700), 0);
  write_file(in(place, ".out.iopsched-new.0/calendars/a.ics"), "half");
  assert_int_equal(write_plan(in(place, "out"), "new"), FOLDER_OK);
  assert_int_equal(count_entries(place->top), 1);
}

/* Killed between two renames, where the file system cannot exchange. */
static void a_plan_set_aside_comes_back(void **state) {
  struct place *place = *state;
  struct folder *folder;
  assert_int_equal(write_plan(in(place, "out"), "good"), FOLDER_OK);
  assert_int_equal(rename(in(place, "out"), in(place, ".out.iopsched-old")), 0);
  assert_int_equal(folder_open(in(place, "out"), &contents, &folder), FOLDER_OK);
  folder_close(folder);
  assert_string_equal(content(place, "out/a.csv"), "good");
  assert_int_equal(count_entries(place->top), 1);
}

static int mode_of(const char *path) {
  struct stat at;
  assert_int_equal(stat(path, &at), 0);
  return (int)(at.st_mode & 0777);
}

static void all_is_private_whatever_the_umask(void **state) {
  struct place *place = *state;
  static const mode_t masks[] = {0, 022, 0777};
  for (size_t i = 0; i < COUNT(masks); i++) {
    mode_t before = umask(masks[i]);
    struct folder *folder;
    assert_int_equal(folder_open(in(place, "out"), &contents, &folder), FOLDER_OK);
    assert_int_equal(put(folder, "summary.json", "{}"), FOLDER_OK);
    assert_int_equal(put(folder, "calendars/rooms/a.ics", "one"), FOLDER_OK);
    assert_int_equal(folder_commit(folder), FOLDER_OK);
    folder_close(folder);
    umask(before);
    assert_int_equal(mode_of(in(place, "out")), 0700);
    assert_int_equal(mode_of(in(place, "out/calendars/rooms")), 0700);
    assert_int_equal(mode_of(in(place, "out/summary.json")), 0600);
    assert_int_equal(mode_of(in(place, "out/calendars/rooms/a.ics")), 0600);
  }
}

static void links_are_not_followed(void **state) {
  struct place *place = *state;
  assert_int_equal(mkdir(in(place, "elsewhere"), 0700), 0);
  write_file(in(place, "elsewhere/kept"), "kept");
  assert_int_equal(write_plan(in(place, "out"), "old"), FOLDER_OK);
  assert_int_equal(symlink(in(place, "elsewhere"), in(place, "out/calendars")), 0);
  assert_int_equal(symlink(in(place, "elsewhere"), in(place, ".out.iopsched-new.7")), 0);
  assert_int_equal(write_plan(in(place, "out"), "new"), FOLDER_OK);
  assert_string_equal(content(place, "elsewhere/kept"), "kept");
  assert_string_equal(content(place, "out/a.csv"), "new");
  assert_int_equal(symlink("nowhere", in(place, "dangling")), 0);
  assert_int_equal(write_plan(in(place, "dangling"), "new"), FOLDER_CANNOT);
}

/* The folder that a link names is the output folder: the link stays one. */
static void a_link_to_a_plan_is_kept(void **state) {
  struct place *place = *state;
  assert_int_equal(write_plan(in(place, "w48"), "old"), FOLDER_OK);
  assert_int_equal(symlink("w48", in(place, "current")), 0);
  assert_int_equal(write_plan(in(place, "current"), "new"), FOLDER_OK);
  assert_string_equal(content(place, "w48/a.csv"), "new");
  struct stat at;
  assert_int_equal(lstat(in(place, "current"), &at), 0);
  assert_true(S_ISLNK(at.st_mode));
}

static void impossible_places(void **state) {
  struct place *place = *state;
  write_file(in(place, "file"), "theirs");
  const struct {
    const char *path, *said;
  } cases[] = {{in(place, "file"), "is not a folder"},
               {in(place, "file/out"), "Not a directory"},
               {in(place, "none/out"), "No such file"},
               {"", "empty"},
               {"/", "cannot be"}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct folder *folder;
    assert_int_equal(folder_open(cases[i].path, &contents, &folder), FOLDER_CANNOT);
    if (!strstr(folder_error(folder), cases[i].said))
      fail_msg("'%s' said '%s'", cases[i].path, folder_error(folder));
    folder_close(folder);
  }
  assert_string_equal(content(place, "file"), "theirs");
  assert_int_equal(count_entries(place->top), 1);
}

static void a_failed_write_stays_failed(void **state) {
  struct place *place = *state;
  struct folder *folder;
  assert_int_equal(folder_open(in(place, "out"), &contents, &folder), FOLDER_OK);
  assert_int_equal(put(folder, "a.csv", "one"), FOLDER_OK);
  assert_int_equal(put(folder, "a.csv", "again"), FOLDER_CANNOT);
  assert_int_equal(put(folder, "summary.json", "{}"), FOLDER_CANNOT);
  assert_int_equal(folder_commit(folder), FOLDER_CANNOT);
  folder_close(folder);
  assert_int_equal(count_entries(place->top), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)

/* What a library does: writes by path, and leaves its litter in the scratch folder. */
static bool write_by_path(const char *path, const char *scratch, void *data) {
  char litter[512];
  snprintf(litter, sizeof litter, "%s/litter", scratch);
  write_file(litter, "left behind");
  if (!data) {
    errno = ENOSPC;
    return false;
  }
  write_file(path, data);
  return true;
}

static void a_library_writes_by_path(void **state) {
  struct place *place = *state;
  struct folder *folder;
  struct stat at;
  assert_int_equal(folder_open(in(place, "out"), &contents, &folder), FOLDER_OK);
  mode_t before = umask(0);
  assert_int_equal(folder_put_by(folder, "a.csv", write_by_path, (char[]){"one"}), FOLDER_OK);
  umask(before);
  assert_int_equal(put(folder, "summary.json", "{}"), FOLDER_OK);
  assert_int_equal(folder_commit(folder), FOLDER_OK);
  folder_close(folder);
  assert_string_equal(content(place, "out/a.csv"), "one");
  assert_int_equal(stat(in(place, "out/a.csv"), &at), 0);
  assert_int_equal(at.st_mode & 0777, 0600);
  assert_int_equal(count_entries(in(place, "out")), 2);
  assert_int_equal(count_entries(place->top), 1);
}

static void a_library_that_fails_leaves_nothing(void **state) {
  struct place *place = *state;
  struct folder *folder;
  assert_int_equal(folder_open(in(place, "out"), &contents, &folder), FOLDER_OK);
  assert_int_equal(folder_put_by(folder, "a.csv", write_by_path, NULL), FOLDER_WRITE_FAILED);
  assert_non_null(strstr(folder_error(folder), "No space left"));
  assert_int_equal(folder_commit(folder), FOLDER_WRITE_FAILED);
  folder_close(folder);
  assert_int_equal(count_entries(place->top), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(a_new_folder_appears_whole),
      TEST(what_is_not_committed_leaves_nothing),
      TEST(a_plan_takes_the_place_of_a_plan),
      TEST(an_empty_folder_is_taken),
      TEST(what_is_no_plan_stays),
      TEST(what_comes_meanwhile_stays),
      TEST(what_was_there_is_kept),
      TEST(an_empty_folder_is_not_worth_keeping),
      TEST(what_is_no_previous_plan_stays),
      TEST(an_old_plan_on_its_way_arrives),
      TEST(a_new_plan_on_its_way_is_swept),
      TEST(a_plan_on_its_way_comes_back),
      TEST(one_run_at_a_time),
      TEST(what_a_killed_run_left_is_swept),
      TEST(a_plan_set_aside_comes_back),
      TEST(all_is_private_whatever_the_umask),
      TEST(links_are_not_followed),
      TEST(a_link_to_a_plan_is_kept),
      TEST(impossible_places),
      TEST(a_failed_write_stays_failed),
      TEST(a_library_writes_by_path),
      TEST(a_library_that_fails_leaves_nothing),
  };
  return cmocka_run_group_tests_name("folder", tests, NULL, NULL);
}
