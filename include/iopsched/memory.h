/* Memory that cannot run out unnoticed: every call here returns memory or ends the process with
 * exit status 71. An arena owns what is
 * allocated from it; one arena_free() gives all of it back. */
#ifndef IOPSCHED_MEMORY_H
#define IOPSCHED_MEMORY_H

#include <stdarg.h>
#include <stddef.h>

struct arena {
  struct arena_block *blocks; /* newest first */
};

/* Zeroed memory for n objects of `size` bytes, owned by the arena. n may be 0. */
void *arena_alloc(struct arena *arena, size_t n, size_t size);
/* A copy of n objects of `size` bytes, owned by the arena. */
void *arena_copy(struct arena *arena, const void *from, size_t n, size_t size);
/* A copy of a string, owned by the arena. */
char *arena_strdup(struct arena *arena, const char *text);
/* A string made as by printf, owned by the arena. */
__attribute__((format(printf, 2, 3))) char *arena_printf(struct arena *arena, const char *format,
                                                         ...);
__attribute__((format(printf, 2, 0))) char *arena_vprintf(struct arena *arena, const char *format,
                                                          va_list arguments);
void arena_free(struct arena *arena);

/* Zeroed heap memory for n objects of `size` bytes; free() releases it. */
void *mem_new(size_t n, size_t size);
/* realloc() for n objects of `size` bytes; new bytes are not cleared. */
void *mem_resize(void *old, size_t n, size_t size);

/* Makes room for one more element in a heap array of *capacity elements holding n. */
void *mem_room_for_one(void *old, size_t n, size_t *capacity, size_t size);

/* Ends the process: a bug (70) or no memory (71). Nothing half-written is left in an output
 * folder, because plans are written beside it and exchanged whole. */
_Noreturn void die_out_of_memory(void);
_Noreturn __attribute__((format(printf, 1, 2))) void die_internal(const char *format, ...);

#endif
