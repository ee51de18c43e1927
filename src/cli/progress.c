#include "progress.h"

#include <stdio.h>
#include <unistd.h>

#include "figures.h"

/* The eye follows no faster. */
#define SECONDS_BETWEEN_DRAWINGS 0.2
#define SECONDS_BETWEEN_BOUNDS 1.0

void progress_begin(struct progress *progress, enum progress_style style) {
  if (style == PROGRESS_LIVE && isatty(STDERR_FILENO) != 1) style = PROGRESS_NONE;
  *progress = (struct progress){.style = style, .cost = INT64_MAX};
}

static void add_figures(struct text *line, const struct plan_progress *now) {
  text_add(line, "cost ");
  add_cost(line, now->cost);
  if (now->bound <= 0) return;
  text_add(line, "  bound ");
  add_cost(line, now->bound);
  text_add(line, "  gap ");
  add_percent(line, now->cost - now->bound, now->cost);
}

static void draw(struct progress *progress, const struct plan_progress *now) {
  if (now->seconds < progress->next) return;
  progress->next = now->seconds + SECONDS_BETWEEN_DRAWINGS;
  struct text line = {0};
  text_printf(&line, "%4d s  ", (int)now->seconds);
  if (now->has_plan)
    add_figures(&line, now);
  else
    text_add(&line, "looking for a plan");
  /* Back to the line's start, and what the last line had beyond this one taken away. */
  fprintf(stderr, "\r%s\033[K", line.data);
  (void)fflush(stderr);
  progress->drawn = true;
  text_free(&line);
}

static void list(struct progress *progress, const struct plan_progress *now) {
  bool cheaper = now->cost < progress->cost;
  bool proves_more = now->bound > progress->bound && now->seconds >= progress->next;
  if (!now->has_plan || (!cheaper && !proves_more)) return;
  progress->next = now->seconds + SECONDS_BETWEEN_BOUNDS;
  progress->cost = now->cost;
  progress->bound = now->bound;
  struct text line = {0};
  text_printf(&line, "%9.3f s  ", now->seconds);
  add_figures(&line, now);
  fprintf(stderr, "%s\n", line.data);
  text_free(&line);
}

void progress_draw(void *data, const struct plan_progress *now) {
  struct progress *progress = data;
  if (progress->style == PROGRESS_LIVE) draw(progress, now);
  if (progress->style == PROGRESS_LINES) list(progress, now);
}

void progress_end(struct progress *progress) {
  if (!progress->drawn) return;
  fputs("\r\033[K", stderr);
  (void)fflush(stderr);
  progress->drawn = false;
}
