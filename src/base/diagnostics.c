#include "iopsched/diagnostics.h"

#include <stdlib.h>
#include <string.h>

#include "iopsched/text.h"

static const char *const severity_names[] = {
    [SEVERITY_ERROR] = "error", [SEVERITY_WARNING] = "warning"};

static const char *copy_or_null(struct arena *arena, const char *text) {
  return text ? arena_strdup(arena, text) : NULL;
}

void diagnose(struct diagnostics *diagnostics, enum severity severity, const char *file, int line,
              const char *column, const char *format, ...) {
  struct arena *arena = &diagnostics->arena;
  va_list arguments;
  va_start(arguments, format);
  char *text = arena_vprintf(arena, format, arguments);
  va_end(arguments);
  diagnostics->list = mem_room_for_one(diagnostics->list, (size_t)diagnostics->n,
                                       &diagnostics->capacity, sizeof *diagnostics->list);
  diagnostics->list[diagnostics->n++] = (struct diagnostic){
      severity, copy_or_null(arena, file), line, copy_or_null(arena, column), text};
  diagnostics->n_errors += severity == SEVERITY_ERROR;
}

/* Those of the clinic as a whole first; equal places stay in the order in which they were found,
 * which for one line is that of its columns. */
static int compare_places(const void *a, const void *b) {
  const struct diagnostic *x = *(const struct diagnostic *const *)a;
  const struct diagnostic *y = *(const struct diagnostic *const *)b;
  int order = strcmp(x->file ? x->file : "", y->file ? y->file : "");
  if (order == 0) order = (x->line > y->line) - (x->line < y->line);
  return order ? order : (x > y) - (x < y);
}

static void add_line(struct text *text, const struct diagnostic *diagnostic) {
  if (diagnostic->file) text_printf(text, "%s:", diagnostic->file);
  if (diagnostic->line > 0) text_printf(text, "%d:", diagnostic->line);
  if (diagnostic->file) text_add(text, " ");
  if (diagnostic->column) text_printf(text, "%s: ", diagnostic->column);
  text_printf(text, "%s: %s\n", severity_names[diagnostic->severity], diagnostic->text);
}

void diagnostics_print(const struct diagnostics *diagnostics, FILE *to) {
  const size_t much = (size_t)64 * 1024; /* standard error has no buffer of its own */
  size_t n = (size_t)diagnostics->n;
  const struct diagnostic **ordered = mem_new(n, sizeof *ordered);
  for (size_t i = 0; i < n; i++) ordered[i] = &diagnostics->list[i];
  if (n > 1) qsort(ordered, n, sizeof *ordered, compare_places);
  struct text text = {0};
  for (size_t i = 0; i < n; i++) {
    add_line(&text, ordered[i]);
    if (text.length < much && i + 1 < n) continue;
    fwrite(text.data, 1, text.length, to);
    text_clear(&text);
  }
  text_free(&text);
  free(ordered);
}

void diagnostics_free(struct diagnostics *diagnostics) {
  arena_free(&diagnostics->arena);
  free(diagnostics->list);
  *diagnostics = (struct diagnostics){0};
}
