/* Preloaded into the program: its clocks jump.
 *
 * CLOCK_JUMPS=SECONDS  the time of day is off by so much, to and fro, every other time it is asked
 * STEADY_JUMPS=SECONDS the steady clock is that much further from the STEADY_AFTERth asking on */
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static atomic_long asked, asked_steady;

static long setting(const char *name) {
  const char *value = getenv(name);
  return value ? strtol(value, NULL, 10) : 0;
}

static long jump(void) {
  return atomic_fetch_add(&asked, 1) % 2 ? setting("CLOCK_JUMPS") : 0;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  int (*real)(clockid_t, struct timespec *);
  *(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
  int status = real(clock, now);
  if (status == 0 && clock == CLOCK_REALTIME) now->tv_sec += jump();
  if (status == 0 && clock == CLOCK_MONOTONIC && setting("STEADY_JUMPS") != 0 &&
      atomic_fetch_add(&asked_steady, 1) >= setting("STEADY_AFTER"))
    now->tv_sec += setting("STEADY_JUMPS");
  return status;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  int (*real)(struct timeval *, void *);
  *(void **)&real = dlsym(RTLD_NEXT, "gettimeofday");
  int status = real(now, zone);
  if (status == 0) now->tv_sec += jump();
  return status;
}

time_t time(time_t *now) {
  struct timespec at;
  if (clock_gettime(CLOCK_REALTIME, &at) != 0) return -1;
  if (now) *now = at.tv_sec;
  return at.tv_sec;
}
