/* Breaches, as they are found. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "iopsched/rules.h"

struct breach *breach_add(struct breaches *breaches, const char *rule, const char *format, ...) {
  breaches->list = mem_room_for_one(breaches->list, (size_t)breaches->n, &breaches->capacity,
                                    sizeof *breaches->list);
  va_list arguments;
  va_start(arguments, format);
  char *text = arena_vprintf(&breaches->arena, format, arguments);
  va_end(arguments);
  struct breach *breach = &breaches->list[breaches->n++];
  *breach = (struct breach){.rule = rule,
                            .text = text,
                            .patient = NONE,
                            .therapist = NONE,
                            .room = NONE,
                            .service = NONE,
                            .session = NONE};
  return breach;
}

void breach_involve(struct breaches *breaches, struct breach *breach, int session) {
  struct ints *sessions = &breach->sessions;
  bool full = (sessions->n & (sessions->n - 1)) == 0; /* room for a power of two */
  if (full) {
    size_t larger = sessions->n == 0 ? 1 : 2 * (size_t)sessions->n;
    int *list = arena_alloc(&breaches->arena, larger, sizeof *list);
    if (sessions->n > 0) memcpy(list, sessions->list, (size_t)sessions->n * sizeof *list);
    sessions->list = list;
  }
  sessions->list[sessions->n++] = session;
}

void breaches_free(struct breaches *breaches) {
  arena_free(&breaches->arena);
  free(breaches->list);
  *breaches = (struct breaches){0};
}
