#include "stop.h"

#include <stddef.h>

static volatile sig_atomic_t stop;

static void set_stop(int number) {
  (void)number;
  stop = 1;
}

static void watch(int number, int flags) {
  struct sigaction action = {.sa_handler = set_stop, .sa_flags = flags}, old;
  sigemptyset(&action.sa_mask);
  /* What the caller had ignored (nohup) stays so. */
  if (sigaction(number, NULL, &old) == 0 && old.sa_handler != SIG_IGN)
    sigaction(number, &action, NULL);
}

const volatile sig_atomic_t *stop_on_signals(void) {
  const int once = SA_RESTART | (int)SA_RESETHAND;
  watch(SIGINT, once);
  watch(SIGTERM, once);
  watch(SIGHUP, once);
  watch(SIGPIPE, SA_RESTART);
  return &stop;
}
