/* Preloaded into the program: GLPK misbehaves in one of the processes that solve.
 *
 * SOLVER_DOES=kill, abort, segv, exit, hang, spin, lie, garble or half
 * SOLVER_AT=N     at the Nth solve of the run (0: at each)
 * SOLVER_LOG=FILE holds the number of solves, an int */
#include <dlfcn.h>
#include <fcntl.h>
#include <glpk.h>
#include <math.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static bool lies, garbles;

/* Shared with all processes of the run; they may open no file later. */
static atomic_int *n_solves;

__attribute__((constructor)) static void begin(void) {
  int fd = open(getenv("SOLVER_LOG"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0 || ftruncate(fd, sizeof *n_solves) != 0) abort();
  n_solves = mmap(NULL, sizeof *n_solves, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (n_solves == MAP_FAILED) abort();
  close(fd);
}

static void misbehave(const char *how) {
  if (strcmp(how, "kill") == 0) raise(SIGKILL);
  if (strcmp(how, "abort") == 0) abort();
  if (strcmp(how, "segv") == 0) raise(SIGSEGV);
  if (strcmp(how, "exit") == 0) _exit(0);
  if (strcmp(how, "hang") == 0) raise(SIGSTOP);
  for (volatile bool on = strcmp(how, "spin") == 0; on;) continue;
  if (strcmp(how, "half") == 0) { /* of an answer, as if killed while it was written */
    ssize_t written = write(0, "\0\0", 2);
    _exit(written == 2 ? 0 : 1);
  }
  lies = strcmp(how, "lie") == 0;
  garbles = strcmp(how, "garble") == 0;
}

int glp_intopt(glp_prob *problem, const glp_iocp *how) {
  int (*real)(glp_prob *, const glp_iocp *);
  *(void **)&real = dlsym(RTLD_NEXT, "glp_intopt");
  long at = strtol(getenv("SOLVER_AT"), NULL, 10), now = atomic_fetch_add(n_solves, 1) + 1;
  if (at == 0 || at == now) misbehave(getenv("SOLVER_DOES"));
  return lies || garbles ? 0 : real(problem, how);
}

int glp_mip_status(glp_prob *problem) {
  int (*real)(glp_prob *);
  *(void **)&real = dlsym(RTLD_NEXT, "glp_mip_status");
  return lies || garbles ? GLP_OPT : real(problem);
}

double glp_mip_col_val(glp_prob *problem, int column) {
  static const double rubbish[] = {0.0,   1.0,    -1.0,        0.5,
                                   1e300, -1e300, (double)NAN, (double)INFINITY};
  double (*real)(glp_prob *, int);
  *(void **)&real = dlsym(RTLD_NEXT, "glp_mip_col_val");
  if (lies) return column % 2; /* whole numbers, but no solution */
  if (garbles) return rubbish[(unsigned)column % (sizeof rubbish / sizeof *rubbish)];
  return real(problem, column);
}
