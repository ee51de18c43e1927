/* What the process gives up, tried in a child each: the kernel must refuse it, not only the code
 * ask for it. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clinic_files.h"
#include "iopsched/confine.h"
#include "unit.h"

enum { RIGHT = 0, NOT_IN_FORCE = 100 };

static const file_text two_files[] = {{"old", "text"}, {"other", "text"}, {NULL, NULL}};

/* Runs the child in a folder of its own with the files "old" and "other", and, beside it in the
 * same folder above, its twin; the child returns the number of the first wrong answer. */
static int in_child(int (*child)(int own, int twin)) {
  char *own = folder_from_texts(two_files), *twin = folder_from_texts(two_files);
  pid_t pid = fork();
  assert_true(pid >= 0);
  if (pid == 0) _exit(child(open(own, O_RDONLY | O_DIRECTORY), open(twin, O_RDONLY | O_DIRECTORY)));
  int status = -1;
  assert_int_equal(waitpid(pid, &status, 0), pid);
  folder_remove(own);
  folder_remove(twin);
  assert_true(WIFEXITED(status));
  return WEXITSTATUS(status);
}

static void expect(int (*child)(int own, int twin)) {
  int answer = in_child(child);
  if (answer == NOT_IN_FORCE) skip();
  assert_int_equal(answer, RIGHT);
}

static bool refused(long answer) {
  return answer == -1 && errno == EACCES;
}

static bool makes(int folder, const char *name) {
  int fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL, 0600);
  return fd >= 0 && write(fd, "x", 1) == 1 && close(fd) == 0;
}

/* ---- files ---- */

static int write_in_own_alone(int own, int twin) {
  int before = openat(twin, "other", O_WRONLY);
  if (!confine_writing(&(struct confine_grant){own, false}, 1)) return NOT_IN_FORCE;
  if (!makes(own, "new") || mkdirat(own, "folder", 0700) != 0) return 1;
  if (renameat(own, "new", own, "folder/moved") != 0) return 2;
  if (unlinkat(own, "folder/moved", 0) != 0 || unlinkat(own, "folder", AT_REMOVEDIR) != 0) return 3;
  if (!refused(openat(twin, "new", O_WRONLY | O_CREAT, 0600))) return 4;
  if (!refused(openat(twin, "old", O_WRONLY))) return 5;
  if (!refused(openat(twin, "old", O_RDONLY | O_TRUNC))) return 6;
  if (!refused(unlinkat(twin, "old", 0)) || !refused(mkdirat(twin, "folder", 0700))) return 7;
  if (!refused(symlinkat("/etc", twin, "link")) || !refused(mkfifoat(twin, "pipe", 0600))) return 8;
  if (renameat(own, "old", twin, "moved") == 0) return 9;
  if (!refused(openat(AT_FDCWD, "/tmp/iopsched-confined", O_WRONLY | O_CREAT, 0600))) return 10;
  if (openat(twin, "old", O_RDONLY) < 0 || open("/etc/passwd", O_RDONLY) < 0) return 11;
  return write(before, "y", 1) == 1 ? RIGHT : 12;
}

static int change_entries_alone(int own, int twin) {
  const struct confine_grant grants[] = {{own, false}, {twin, true}};
  if (!confine_writing(grants, 2)) return NOT_IN_FORCE;
  if (mkdirat(twin, "folder", 0700) != 0 || renameat(twin, "folder", twin, "renamed") != 0)
    return 1;
  if (unlinkat(twin, "renamed", AT_REMOVEDIR) != 0 || unlinkat(twin, "old", 0) != 0) return 2;
  if (!refused(openat(twin, "new", O_WRONLY | O_CREAT, 0600))) return 3;
  if (!refused(openat(twin, "other", O_WRONLY))) return 4;
  if (!refused(openat(twin, "other", O_RDONLY | O_TRUNC))) return 5;
  return makes(own, "new") ? RIGHT : 6;
}

static int write_nowhere(int own, int twin) {
  if (!confine_writing(NULL, 0)) return NOT_IN_FORCE;
  if (!refused(openat(own, "new", O_WRONLY | O_CREAT, 0600))) return 1;
  if (!refused(openat(twin, "old", O_WRONLY))) return 2;
  return refused(execl("/bin/true", "true", (char *)NULL)) ? RIGHT : 3;
}

static void test_only_the_granted_folder_can_be_written(void **state) {
  (void)state;
  expect(write_in_own_alone);
}

static void test_entries_can_be_changed_where_files_cannot(void **state) {
  (void)state;
  expect(change_entries_alone);
}

static void test_nothing_granted_is_nothing_written_or_run(void **state) {
  (void)state;
  expect(write_nowhere);
}

/* A child, such as one that solves, and a child's child have no more rights than their parent. */
static int inherit(int own, int twin) {
  if (!confine_writing(NULL, 0)) return NOT_IN_FORCE;
  pid_t pid = fork();
  if (pid == 0) _exit(refused(openat(own, "old", O_WRONLY)) && !makes(twin, "new") ? RIGHT : 1);
  int status = -1;
  return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0 ? RIGHT : 2;
}

static void test_children_are_confined_too(void **state) {
  (void)state;
  expect(inherit);
}

static int grant_nonsense(int own, int twin) {
  close(twin);
  if (confine_writing(&(struct confine_grant){twin, false}, 1)) return 1;
  return makes(own, "new") ? RIGHT : 2;
}

static void test_what_cannot_be_granted_confines_nothing(void **state) {
  (void)state;
  expect(grant_nonsense);
}

/* ---- the rest ---- */

static int leave_no_traces(int own, int twin) {
  (void)own;
  (void)twin;
  struct rlimit core = {1, 1};
  confine_process();
  if (getrlimit(RLIMIT_CORE, &core) != 0 || core.rlim_cur != 0 || core.rlim_max != 0) return 1;
  return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 ? RIGHT : 2;
}

static int reach_nobody(int own, int twin) {
  int both[2], before = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in loopback = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  (void)own;
  (void)twin;
  if (!confine_process()) return NOT_IN_FORCE;
  if (!refused(socket(AF_INET, SOCK_STREAM, 0)) || !refused(socket(AF_INET6, SOCK_DGRAM, 0)))
    return 1;
  if (!refused(socket(AF_UNIX, SOCK_STREAM, 0))) return 2;
  if (!refused(socketpair(AF_UNIX, SOCK_STREAM, 0, both))) return 3;
  if (!refused(bind(before, (const struct sockaddr *)&loopback, sizeof loopback))) return 4;
  if (!refused(connect(before, (const struct sockaddr *)&loopback, sizeof loopback))) return 5;
  if (!refused(listen(before, 1))) return 6;
  return refused(execl("/bin/true", "true", (char *)NULL)) ? RIGHT : 7;
}

static void test_no_core_file_and_no_look_from_outside(void **state) {
  (void)state;
  expect(leave_no_traces);
}

static void test_no_network_and_no_other_program(void **state) {
  (void)state;
  expect(reach_nobody);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_only_the_granted_folder_can_be_written),
      cmocka_unit_test(test_entries_can_be_changed_where_files_cannot),
      cmocka_unit_test(test_nothing_granted_is_nothing_written_or_run),
      cmocka_unit_test(test_children_are_confined_too),
      cmocka_unit_test(test_what_cannot_be_granted_confines_nothing),
      cmocka_unit_test(test_no_core_file_and_no_look_from_outside),
      cmocka_unit_test(test_no_network_and_no_other_program),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
