#include "iopsched/summary.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>

#include "iopsched/calendar.h"
#include "iopsched/file.h"
#include "iopsched/json.h"
#include "iopsched/text.h"

/* Ours have some kilobytes; what is larger is not read to its end. */
enum { LARGEST_SUMMARY = 1 << 20 };

/* *reason: errno, where it could not be read. NULL if there is none, or none that can be read;
 * json_doc_free() ends it. */
static struct json_doc *read_doc(const char *folder, int *reason) {
  struct text path = {0}, text = {0};
  struct json_doc *doc = NULL;
  text_printf(&path, "%s/summary.json", folder);
  bool read = file_read(AT_FDCWD, path.data, LARGEST_SUMMARY, &text);
  *reason = read ? 0 : errno;
  if (read && text.length > 0) doc = json_doc_parse(text.data, text.length);
  text_free(&path);
  text_free(&text);
  return doc;
}

struct json_doc *summary_doc(const char *folder) {
  int reason;
  return read_doc(folder, &reason);
}

enum summary_status summary_read(const char *folder, struct summary *summary) {
  int reason;
  struct json_doc *doc = read_doc(folder, &reason);
  const char *week;
  int64_t revision = 0;
  bool ours = doc && json_get_text(doc, "week", &week) && week_parse(week, &summary->monday) &&
              json_get_whole(doc, "revision", &revision) && revision >= 0 && revision < INT_MAX;
  summary->revision = (int)revision;
  json_doc_free(doc);
  errno = reason;
  if (reason != 0 && file_was_refused(reason)) return SUMMARY_REFUSED;
  return ours ? SUMMARY_READ : SUMMARY_NONE;
}

struct summary_costs summary_read_costs(const char *folder) {
  enum { MILLION = 1000000 };
  int reason;
  struct json_doc *doc = read_doc(folder, &reason);
  struct summary_costs costs = {0};
  const struct json_doc *terms = doc ? json_get_object(doc, "terms") : NULL;
  costs.known = terms && json_get_units(doc, "cost", MILLION, &costs.total);
  for (int t = 0; t < N_TERMS && costs.known; t++) {
    const struct json_doc *term = json_get_object(terms, term_infos[t].setting);
    if (term) json_get_units(term, "cost", MILLION, &costs.term[t]);
  }
  json_doc_free(doc);
  return costs;
}
