#include "halt.h"

#include <math.h>
#include <time.h>

double halt_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void halt_init(struct halt *halt, const volatile sig_atomic_t *stop, double seconds) {
  halt->stop = stop;
  halt->deadline = seconds > 0 ? halt_clock() + seconds : INFINITY;
  atomic_init(&halt->reached, false);
}

bool halt_reached(struct halt *halt) {
  if (!halt) return false;
  if (atomic_load_explicit(&halt->reached, memory_order_relaxed)) return true;
  bool stopped = halt->stop && *halt->stop;
  bool late = isfinite(halt->deadline) && halt_clock() >= halt->deadline;
  if (stopped || late) atomic_store_explicit(&halt->reached, true, memory_order_relaxed);
  return stopped || late;
}
