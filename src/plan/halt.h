/* What ends a search early: the clock, or a signal. Long steps ask between their parts, so that
 * neither waits for a whole one. */
#ifndef IOPSCHED_PLAN_HALT_H
#define IOPSCHED_PLAN_HALT_H

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

struct halt {
  const volatile sig_atomic_t *stop; /* set from outside; or NULL */
  double deadline;                   /* seconds of the steady clock; INFINITY: none */
  atomic_bool reached;               /* once true, it stays so */
};

/* Seconds of a clock that never jumps. */
double halt_clock(void);
/* seconds: from now on; <= 0: no limit. */
void halt_init(struct halt *halt, const volatile sig_atomic_t *stop, double seconds);
/* From any thread. NULL: never. */
bool halt_reached(struct halt *halt);

#endif
