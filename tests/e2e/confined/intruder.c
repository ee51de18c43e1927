/* What somebody would do who had taken over the process, tried by a library that is loaded into it:
 * when a child is forked (a solver), and at the end of main(). INTRUDER_WORK names a file outside
 * every output folder that exists, INTRUDER_LOG an existing file for the report, opened at the
 * start. One line for each attempt that was not refused, one at the end of each round.
 *
 * With OLD_KERNEL in the environment the kernel seems to know neither Landlock nor seccomp. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int report = -1;
static pid_t first;

static void tell(const char *what) {
  char line[256];
  int n = snprintf(line, sizeof line, "%s\n", what);
  if (write(report, line, (size_t)n) != n) abort();
}

__attribute__((constructor)) static void come_in(void) {
  const char *path = getenv("INTRUDER_LOG");
  if (path) report = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
  first = getpid();
}

static void try_files(const char *work) {
  char path[4096];
  if (open(work, O_WRONLY) >= 0) tell("wrote to a file");
  if (open(work, O_RDONLY | O_TRUNC) >= 0) tell("emptied a file");
  snprintf(path, sizeof path, "%s.new", work);
  if (open(path, O_WRONLY | O_CREAT, 0600) >= 0) tell("made a file");
  if (symlink("/etc", path) == 0) tell("made a link");
  if (open("/tmp/iopsched-intruder", O_WRONLY | O_CREAT, 0600) >= 0) tell("made a file in /tmp");
}

static void try_network(void) {
  int both[2];
  if (socket(AF_INET, SOCK_STREAM, 0) >= 0) tell("has a socket");
  if (socket(AF_INET6, SOCK_DGRAM, 0) >= 0) tell("has a datagram socket");
  if (socket(AF_UNIX, SOCK_STREAM, 0) >= 0) tell("has a local socket");
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, both) == 0) tell("has a pair of sockets");
}

static void try_program(void) {
  pid_t pid = (pid_t)syscall(SYS_fork);
  if (pid == 0) {
    dup2(report, STDOUT_FILENO);
    execle("/bin/echo", "echo", "ran a program", (char *)NULL, (char *[]){NULL});
    _exit(1);
  }
  waitpid(pid, NULL, 0);
}

static void try_all(const char *where) {
  if (report < 0) return;
  try_files(getenv("INTRUDER_WORK"));
  try_network();
  try_program();
  tell(where);
}

__attribute__((destructor)) static void go(void) {
  if (getpid() == first) try_all("end");
}

pid_t fork(void) {
  pid_t (*real)(void) = (pid_t(*)(void))dlsym(RTLD_NEXT, "fork");
  pid_t pid = real();
  if (pid == 0) try_all("child");
  return pid;
}

long syscall(long number, ...) {
  static long (*real)(long, ...);
  long a[6];
  va_list list;
  va_start(list, number);
  for (int i = 0; i < 6; i++) a[i] = va_arg(list, long);
  va_end(list);
  if (getenv("OLD_KERNEL") && (number == SYS_landlock_create_ruleset || number == SYS_seccomp)) {
    errno = ENOSYS;
    return -1;
  }
  if (!real) real = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
  return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

int prctl(int option, ...) {
  static int (*real)(int, ...);
  unsigned long a[4];
  va_list list;
  va_start(list, option);
  for (int i = 0; i < 4; i++) a[i] = va_arg(list, unsigned long);
  va_end(list);
  if (getenv("OLD_KERNEL") && (option == PR_SET_SECCOMP || option == PR_SET_NO_NEW_PRIVS)) {
    errno = EINVAL;
    return -1;
  }
  if (!real) real = (int (*)(int, ...))dlsym(RTLD_NEXT, "prctl");
  return real(option, a[0], a[1], a[2], a[3]);
}
