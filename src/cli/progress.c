#include "progress.h"

#include <stdio.h>
#include <unistd.h>

#include "figures.h"

/* The eye follows no faster. */
#define SECONDS_BETWEEN 0.2

void progress_begin(struct progress *progress, bool wanted) {
  *progress = (struct progress){.shown = wanted && isatty(STDERR_FILENO) == 1};
}

void progress_draw(void *data, const struct plan_progress *now) {
  struct progress *progress = data;
  if (!progress->shown || now->seconds < progress->next) return;
  progress->next = now->seconds + SECONDS_BETWEEN;
  struct text line = {0};
  text_printf(&line, "%4d s  ", (int)now->seconds);
  if (now->has_plan) {
    text_add(&line, "cost ");
    add_cost(&line, now->cost);
    if (now->bound > 0) {
      text_add(&line, "  bound ");
      add_cost(&line, now->bound);
      text_add(&line, "  gap ");
      add_percent(&line, now->cost - now->bound, now->cost);
    }
  } else {
    text_add(&line, "looking for a plan");
  }
  /* Back to the line's start, and what the last line had beyond this one taken away. */
  fprintf(stderr, "\r%s\033[K", line.data);
  fflush(stderr);
  progress->drawn = true;
  text_free(&line);
}

void progress_end(struct progress *progress) {
  if (!progress->drawn) return;
  fputs("\r\033[K", stderr);
  fflush(stderr);
  progress->drawn = false;
}
