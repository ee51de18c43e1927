#include "iopsched/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK_BYTES = 64 * 1024, EXIT_INTERNAL = 70, EXIT_OUT_OF_MEMORY = 71 };

struct arena_block {
  struct arena_block *next;
  size_t used, size; /* bytes after this header */
  max_align_t memory[];
};

void die_out_of_memory(void) {
  /* Not stdio: it may allocate. */
  static const char message[] = "iopsched: out of memory\n";
  ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
  (void)written;
  _exit(EXIT_OUT_OF_MEMORY);
}

void die_internal(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("iopsched: internal error: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  exit(EXIT_INTERNAL);
}

static size_t checked_bytes(size_t n, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(n, size, &bytes) || bytes > PTRDIFF_MAX) die_out_of_memory();
  return bytes;
}

static struct arena_block *block_new(size_t bytes) {
  struct arena_block *block = calloc(1, sizeof *block + bytes);
  if (!block) die_out_of_memory();
  block->size = bytes;
  return block;
}

void *arena_alloc(struct arena *arena, size_t n, size_t size) {
  const size_t align = sizeof(max_align_t);
  size_t bytes = checked_bytes(n, size);
  if (bytes > PTRDIFF_MAX - 2 * align - BLOCK_BYTES) die_out_of_memory();
  bytes = (bytes + align - 1) / align * align;
  struct arena_block *block = arena->blocks;
  if (!block || block->size - block->used < bytes) {
    struct arena_block *fresh = block_new(bytes > BLOCK_BYTES / 4 ? bytes : BLOCK_BYTES);
    if (block && bytes > BLOCK_BYTES / 4) { /* keep filling the block at the head */
      fresh->next = block->next;
      block->next = fresh;
    } else {
      fresh->next = block;
      arena->blocks = fresh;
    }
    block = fresh;
  }
  void *memory = (char *)block->memory + block->used;
  block->used += bytes;
  return memory;
}

void *arena_copy(struct arena *arena, const void *from, size_t n, size_t size) {
  void *copy = arena_alloc(arena, n, size);
  if (n > 0) memcpy(copy, from, n * size);
  return copy;
}

char *arena_strdup(struct arena *arena, const char *text) {
  return arena_copy(arena, text, strlen(text) + 1, 1);
}

char *arena_vprintf(struct arena *arena, const char *format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  int length = vsnprintf(NULL, 0, format, arguments);
  if (length < 0) die_internal("text cannot be formatted: %s", format);
  char *text = arena_alloc(arena, (size_t)length + 1, 1);
  vsnprintf(text, (size_t)length + 1, format, again);
  va_end(again);
  return text;
}

char *arena_printf(struct arena *arena, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  char *text = arena_vprintf(arena, format, arguments);
  va_end(arguments);
  return text;
}

void arena_free(struct arena *arena) {
  for (struct arena_block *block = arena->blocks, *next; block; block = next) {
    next = block->next;
    free(block);
  }
  arena->blocks = NULL;
}

void *mem_new(size_t n, size_t size) {
  checked_bytes(n, size);
  void *memory = calloc(n ? n : 1, size ? size : 1);
  if (!memory) die_out_of_memory();
  return memory;
}

void *mem_resize(void *old, size_t n, size_t size) {
  size_t bytes = checked_bytes(n, size);
  void *memory = realloc(old, bytes ? bytes : 1);
  if (!memory) die_out_of_memory();
  return memory;
}

void *mem_room_for_one(void *old, size_t n, size_t *capacity, size_t size) {
  if (n < *capacity) return old;
  size_t larger = *capacity < 8 ? 8 : *capacity + *capacity / 2;
  void *memory = mem_resize(old, larger, size);
  *capacity = larger;
  return memory;
}
