/* Memory by the piece, and the ends that a program without memory, or with a fault, comes to. */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "iopsched/memory.h"
#include "iopsched/text.h"
#include "unit.h"

static void pieces_do_not_overlap(void **state) {
  (void)state;
  struct arena arena = {0};
  static const size_t sizes[] = {1, 0, 7, 16, 20000, 3, 70000, 1, 16384, 16385, 5};
  unsigned char *pieces[COUNT(sizes)];
  for (size_t i = 0; i < COUNT(sizes); i++) {
    pieces[i] = arena_alloc(&arena, sizes[i], 1);
    assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
    for (size_t k = 0; k < sizes[i]; k++) assert_int_equal(pieces[i][k], 0);
    memset(pieces[i], (int)i + 1, sizes[i]);
  }
  for (size_t i = 0; i < COUNT(sizes); i++)
    for (size_t k = 0; k < sizes[i]; k++) assert_int_equal(pieces[i][k], i + 1);
  assert_string_equal(arena_printf(&arena, "%s-%d", arena_strdup(&arena, "a"), 7), "a-7");
  assert_non_null(arena_copy(&arena, NULL, 0, 8));
  arena_free(&arena);
  arena_free(&arena);
}

static void lists_grow_by_one(void **state) {
  (void)state;
  size_t capacity = 0;
  int *list = NULL;
  for (size_t n = 0; n < 1000; n++) {
    list = mem_room_for_one(list, n, &capacity, sizeof *list);
    assert_true(capacity > n);
    list[n] = (int)n;
  }
  for (size_t n = 0; n < 1000; n++) assert_int_equal(list[n], n);
  list = mem_resize(list, 0, sizeof *list);
  assert_non_null(list);
  free(list);
  free(mem_new(0, 0));
}

/* ---- ends ---- */

/* The sanitizer would end it first. It still says a word of its own. */
const char *__asan_default_options(void);
const char *__asan_default_options(void) {
  return "allocator_may_return_null=1";
}

static bool ends_with(const char *text, const char *end) {
  size_t length = strlen(text), n = strlen(end);
  return length >= n && strcmp(text + length - n, end) == 0;
}

static void new_overflows(void) {
  mem_new(SIZE_MAX / 2, 4);
}

static void new_is_too_large(void) {
  mem_new((size_t)PTRDIFF_MAX + 1, 1);
}

static void resize_overflows(void) {
  mem_resize(NULL, SIZE_MAX, 2);
}

static void arena_is_too_large(void) {
  struct arena arena = {0};
  arena_alloc(&arena, PTRDIFF_MAX, 1);
}

static void text_is_too_long(void) {
  struct text text = {0};
  text_add_bytes(&text, "", SIZE_MAX);
}

static void heap_is_too_small(void) {
  mem_new((size_t)1 << 55, 1);
}

static void arena_finds_no_memory(void) {
  struct arena arena = {0};
  arena_alloc(&arena, (size_t)1 << 55, 1);
}

static void resize_finds_no_memory(void) {
  mem_resize(NULL, (size_t)1 << 55, 1);
}

static void library_finds_no_memory(void) {
  free(malloc((size_t)1 << 55));
  die_out_of_memory(); /* with a C library of which malloc is not ours */
}

static void there_is_a_bug(void) {
  die_internal("%d of %s", 2, "3");
}

/* The process's exit status; what it says goes into `said`. */
static int ends(void (*how)(void), char *said, size_t size) {
  int ears[2], status;
  assert_int_equal(pipe(ears), 0);
  pid_t pid = fork();
  if (pid == 0) {
    dup2(ears[1], STDERR_FILENO);
    how();
    _exit(0);
  }
  close(ears[1]);
  size_t length = 0;
  for (ssize_t n = 1; n > 0 && length<size - 1; length += n> 0 ? (size_t)n : 0)
    n = read(ears[0], said + length, size - 1 - length);
  said[length] = '\0';
  close(ears[0]);
  assert_int_equal(waitpid(pid, &status, 0), pid);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void it_ends_with_a_word(void **state) {
  (void)state;
  static const struct {
    void (*how)(void);
    int status;
    const char *said;
  } cases[] = {
      {new_overflows, 71, "iopsched: out of memory\n"},
      {new_is_too_large, 71, "iopsched: out of memory\n"},
      {resize_overflows, 71, "iopsched: out of memory\n"},
      {arena_is_too_large, 71, "iopsched: out of memory\n"},
      {text_is_too_long, 71, "iopsched: out of memory\n"},
      {heap_is_too_small, 71, "iopsched: out of memory\n"},
      {arena_finds_no_memory, 71, "iopsched: out of memory\n"},
      {resize_finds_no_memory, 71, "iopsched: out of memory\n"},
      {library_finds_no_memory, 71, "iopsched: out of memory\n"},
      {there_is_a_bug, 70, "iopsched: internal error: 2 of 3\n"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    char said[4096];
    int status = ends(cases[i].how, said, sizeof said);
    if (status != cases[i].status || !ends_with(said, cases[i].said))
      fail_msg("case %zu: %d, %s", i, status, said);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(pieces_do_not_overlap),
      cmocka_unit_test(lists_grow_by_one),
      cmocka_unit_test(it_ends_with_a_word),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
