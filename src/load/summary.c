#include "iopsched/summary.h"

#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <unistd.h>

#include "iopsched/calendar.h"
#include "iopsched/json.h"
#include "iopsched/memory.h"
#include "iopsched/text.h"

/* Ours have some kilobytes; what is larger is not read to its end. */
enum { LARGEST_SUMMARY = 1 << 20 };

/* False if the file cannot be read or is too large to be ours. */
static bool read_whole(const char *path, struct text *text) {
  int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return false;
  char piece[4096];
  ssize_t n;
  while ((n = read(fd, piece, sizeof piece)) > 0 && text->length < LARGEST_SUMMARY)
    text_add_bytes(text, piece, (size_t)n);
  close(fd);
  return n == 0 && text->length > 0;
}

bool summary_read(const char *folder, struct summary *summary) {
  struct arena arena = {0};
  struct text text = {0};
  struct json_doc *doc = NULL;
  if (read_whole(arena_printf(&arena, "%s/summary.json", folder), &text))
    doc = json_doc_parse(text.data, text.length);
  const char *week;
  int64_t revision = 0;
  bool ours = doc && json_get_text(doc, "week", &week) && week_parse(week, &summary->monday) &&
              json_get_whole(doc, "revision", &revision) && revision >= 0 && revision < INT_MAX;
  summary->revision = (int)revision;
  json_doc_free(doc);
  text_free(&text);
  arena_free(&arena);
  return ours;
}
