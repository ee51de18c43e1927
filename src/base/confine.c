#include "iopsched/confine.h"

#include <errno.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef IOPSCHED_LIBSECCOMP
#include <seccomp.h>

/* No way to the network, nor to another program's memory; io_uring would go around the filter. */
static const int refused[] = {
    SCMP_SYS(socket),   SCMP_SYS(socketpair),       SCMP_SYS(connect),
    SCMP_SYS(bind),     SCMP_SYS(listen),           SCMP_SYS(accept),
    SCMP_SYS(accept4),  SCMP_SYS(io_uring_setup),   SCMP_SYS(execve),
    SCMP_SYS(execveat), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
    SCMP_SYS(add_key),  SCMP_SYS(request_key),      SCMP_SYS(keyctl),
    SCMP_SYS(bpf),      SCMP_SYS(perf_event_open),  SCMP_SYS(userfaultfd),
    SCMP_SYS(mount),    SCMP_SYS(unshare),          SCMP_SYS(setns)};

static bool refuse_calls(void) {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  bool right = filter;
  for (size_t i = 0; right && i < sizeof refused / sizeof *refused; i++) {
    int told = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), refused[i], 0);
    right = told == 0 || told == -EDOM || told == -EFAULT; /* no such call on this machine */
  }
  right = right && seccomp_load(filter) == 0;
  seccomp_release(filter);
  return right;
}
#else
static bool refuse_calls(void) {
  return false;
}
#endif

bool confine_process(void) {
  setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && refuse_calls();
}

/* From linux/landlock.h, which may be older than the kernel that the program runs on. */
enum {
  EXECUTE = 1 << 0,
  WRITE_FILE = 1 << 1,
  REMOVE_FOLDER = 1 << 4,
  REMOVE_FILE = 1 << 5,
  MAKE_ANY = 0x7f << 6, /* devices, folders, files, sockets, pipes, links */
  MAKE_FOLDER = 1 << 7,
  MOVE = 1 << 13,     /* from folder to folder; version 2 */
  TRUNCATE = 1 << 14, /* version 3 */
  ALL_CHANGES = WRITE_FILE | REMOVE_FOLDER | REMOVE_FILE | MAKE_ANY | MOVE | TRUNCATE,
  CHANGES_OF_ENTRIES = REMOVE_FOLDER | REMOVE_FILE | MAKE_FOLDER,
  BIND_AND_CONNECT = 3,  /* of TCP; version 4 */
  SIGNALS_AND_NAMES = 3, /* to processes outside, and to their sockets without a file; version 6 */
  RULE_PATH_BENEATH = 1,
  ASK_VERSION = 1
};

struct ruleset {
  uint64_t files, network, scope;
};

struct __attribute__((packed)) path_rule {
  uint64_t allowed;
  int32_t folder;
};

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

/* A descriptor; -1 where the kernel has no Landlock, or the first one, which forbids all moves. */
static int make_ruleset(uint64_t *changes) {
  long version = syscall(SYS_landlock_create_ruleset, NULL, 0, ASK_VERSION);
  if (version < 2) return -1;
  *changes = version < 3 ? ALL_CHANGES & ~(uint64_t)TRUNCATE : ALL_CHANGES;
  struct ruleset rules = {.files = *changes | EXECUTE,
                          .network = version < 4 ? 0 : BIND_AND_CONNECT,
                          .scope = version < 6 ? 0 : SIGNALS_AND_NAMES};
  size_t size = version < 4   ? sizeof rules.files
                : version < 6 ? offsetof(struct ruleset, scope)
                              : sizeof rules;
  return (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
}

static bool grant_all(int rules, uint64_t changes, const struct confine_grant *grants, size_t n) {
  for (size_t i = 0; i < n; i++) {
    struct path_rule rule = {.allowed = grants[i].only_entries ? CHANGES_OF_ENTRIES : changes,
                             .folder = grants[i].folder};
    if (syscall(SYS_landlock_add_rule, rules, RULE_PATH_BENEATH, &rule, 0) != 0) return false;
  }
  return true;
}

bool confine_writing(const struct confine_grant *grants, size_t n) {
  uint64_t changes;
  int rules = make_ruleset(&changes);
  if (rules < 0) return false;
  bool confined = grant_all(rules, changes, grants, n) &&
                  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                  syscall(SYS_landlock_restrict_self, rules, 0) == 0;
  close(rules);
  return confined;
}
