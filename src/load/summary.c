#include "iopsched/summary.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>

#include "iopsched/calendar.h"
#include "iopsched/file.h"
#include "iopsched/json.h"
#include "iopsched/memory.h"
#include "iopsched/text.h"

/* Ours have some kilobytes; what is larger is not read to its end. */
enum { LARGEST_SUMMARY = 1 << 20 };

enum summary_status summary_read(const char *folder, struct summary *summary) {
  struct arena arena = {0};
  struct text text = {0};
  struct json_doc *doc = NULL;
  const char *path = arena_printf(&arena, "%s/summary.json", folder);
  bool read = file_read(AT_FDCWD, path, LARGEST_SUMMARY, &text);
  int reason = errno;
  if (read && text.length > 0) doc = json_doc_parse(text.data, text.length);
  const char *week;
  int64_t revision = 0;
  bool ours = doc && json_get_text(doc, "week", &week) && week_parse(week, &summary->monday) &&
              json_get_whole(doc, "revision", &revision) && revision >= 0 && revision < INT_MAX;
  summary->revision = (int)revision;
  json_doc_free(doc);
  text_free(&text);
  arena_free(&arena);
  errno = reason;
  if (!read && file_was_refused(reason)) return SUMMARY_REFUSED;
  return ours ? SUMMARY_READ : SUMMARY_NONE;
}
