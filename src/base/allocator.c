/* Memory that runs out ends the process here, for every library too: some of them go on with half
 * of what they were to write, or crash. The output folder is whole all the same (see folder.h).
 *
 * The C library's own allocator stays in use; only the calls go through these. With another C
 * library, or under a sanitizer that brings its own, libraries are left to themselves. */
#include <stddef.h>
#include <stdlib.h>

#include "iopsched/memory.h"

#ifdef __has_feature
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || \
    __has_feature(thread_sanitizer)
#define HAS_SANITIZER
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_SANITIZER
#endif

#if defined(__GLIBC__) && !defined(HAS_SANITIZER)

extern void *libc_malloc(size_t size) __asm__("__libc_malloc");
extern void *libc_calloc(size_t n, size_t size) __asm__("__libc_calloc");
extern void *libc_realloc(void *old, size_t size) __asm__("__libc_realloc");

void *malloc(size_t size) {
  void *memory = libc_malloc(size);
  if (!memory) die_out_of_memory();
  return memory;
}

void *calloc(size_t n, size_t size) {
  void *memory = libc_calloc(n, size);
  if (!memory) die_out_of_memory();
  return memory;
}

void *realloc(void *old, size_t size) {
  void *memory = libc_realloc(old, size);
  if (!memory && size > 0) die_out_of_memory(); /* of size 0 it frees */
  return memory;
}

#else

typedef int nothing_here; /* ISO C forbids an empty file */

#endif
