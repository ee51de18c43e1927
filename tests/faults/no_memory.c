/* Preloaded into the program: allocations fail, whoever asks for them, the libraries too. They are
 * counted from 1, apart in the program and in each process that it forks.
 *
 * NO_MEMORY_EACH=FILE  every allocation of the program fails in turn, in a copy of the process made
 *                      there: FILE gets a line "N STATUS" for each copy that did not exit with 71,
 *                      and in the end "tried N"
 * NO_MEMORY_IN_CHILD=N the Nth allocation fails of the processes that the program forks
 * NO_MEMORY_HITS=FILE  holds how often that came to be, an int */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_OUT_OF_MEMORY = 71, PATIENCE_SECONDS = 20, EARLY_BYTES = 4096 };

static struct {
  void *(*malloc)(size_t size);
  void *(*calloc)(size_t n, size_t size);
  void *(*realloc)(void *old, size_t size);
  bool is_looking;
} real;
static struct {
  bool ready, in_copy;
  int each; /* a descriptor, -1: not asked for */
  long in_child;
  pid_t program;
} how;
static long count;
static atomic_int *hits;

static void look_up(void) {
  real.is_looking = true;
  *(void **)&real.malloc = dlsym(RTLD_NEXT, "__libc_malloc");
  *(void **)&real.calloc = dlsym(RTLD_NEXT, "__libc_calloc");
  *(void **)&real.realloc = dlsym(RTLD_NEXT, "__libc_realloc");
  real.is_looking = false;
}

/* For the look-up itself. Zeroed, and never given back. */
static void *early(size_t size) {
  static _Alignas(max_align_t) char memory[EARLY_BYTES];
  static size_t used;
  size_t at = used;
  used += (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
  if (used > sizeof memory) abort();
  return memory + at;
}

static int open_log(const char *path) {
  return path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
}

/* Shared with all processes of the run; they may open no file later. */
static void open_hits(const char *path) {
  int fd = path ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
  if (fd < 0) return;
  if (ftruncate(fd, sizeof *hits) != 0) abort();
  hits = mmap(NULL, sizeof *hits, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (hits == MAP_FAILED) abort();
  close(fd);
}

__attribute__((constructor)) static void begin(void) {
  const char *in_child = getenv("NO_MEMORY_IN_CHILD");
  if (!real.malloc) look_up();
  how.each = open_log(getenv("NO_MEMORY_EACH"));
  open_hits(getenv("NO_MEMORY_HITS"));
  how.in_child = in_child ? strtol(in_child, NULL, 10) : 0;
  how.program = getpid();
  how.ready = true;
}

__attribute__((format(printf, 2, 3))) static void tell(int to, const char *format, ...) {
  char line[64];
  __builtin_va_list arguments;
  __builtin_va_start(arguments, format);
  int length = vsnprintf(line, sizeof line, format, arguments);
  __builtin_va_end(arguments);
  ssize_t written = write(to, line, (size_t)length);
  (void)written;
}

/* True in the copy, where the allocation is to fail. */
static bool fails_in_a_copy(void) {
  int status = 0;
  pid_t copy = fork();
  if (copy == 0) {
    how.in_copy = true;
    alarm(PATIENCE_SECONDS);
    return true;
  }
  if (copy < 0 || waitpid(copy, &status, 0) != copy) abort();
  if (!WIFEXITED(status) || WEXITSTATUS(status) != EXIT_OUT_OF_MEMORY)
    tell(how.each, "%ld %d\n", count, WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status));
  return false;
}

static bool fails(void) {
  if (!how.ready || how.in_copy) return false;
  int kept = errno;
  bool in_program = getpid() == how.program, failing = false;
  if (in_program && how.each >= 0) {
    count++;
    failing = fails_in_a_copy();
  } else if (!in_program && how.in_child > 0) {
    failing = ++count == how.in_child;
    if (failing && hits) atomic_fetch_add(hits, 1);
  }
  errno = failing ? ENOMEM : kept;
  return failing;
}

void *__libc_malloc(size_t size) {
  if (real.is_looking) return early(size);
  if (!real.malloc) look_up();
  return fails() ? NULL : real.malloc(size);
}

void *__libc_calloc(size_t n, size_t size) {
  if (real.is_looking) return early(n * size);
  if (!real.malloc) look_up();
  return fails() ? NULL : real.calloc(n, size);
}

void *__libc_realloc(void *old, size_t size) {
  if (!real.malloc) look_up();
  return fails() ? NULL : real.realloc(old, size);
}

__attribute__((destructor)) static void end(void) {
  if (how.each >= 0 && !how.in_copy && getpid() == how.program)
    tell(how.each, "tried %ld\n", count);
}
