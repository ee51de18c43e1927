/* Who was absent when a plan was repaired: its summary.json says. */
#include "iopsched/json.h"
#include "iopsched/load.h"
#include "iopsched/summary.h"

static bool read_when(const struct json_doc *item, struct window *when) {
  const char *day_word, *start_word, *end_word;
  int day, start, end;
  if (!json_get_text(item, "day", &day_word) || !day_parse(day_word, &day) ||
      !json_get_text(item, "start", &start_word) || !clock_parse(start_word, &start) ||
      !json_get_text(item, "end", &end_word) || !clock_parse(end_word, &end) || end <= start)
    return false;
  *when = (struct window){day * DAY_MIN + start, day * DAY_MIN + end};
  return true;
}

static void read_item(const struct clinic *clinic, const struct json_doc *item,
                      struct diagnostics *diagnostics, struct absences *absences,
                      struct arena *arena) {
  const char *id;
  struct absence absence;
  if (!json_get_text(item, "id", &id) || !read_when(item, &absence.when)) {
    diagnose(diagnostics, SEVERITY_WARNING, "summary.json", 0, NULL,
             "an absence that cannot be read is left out");
  } else if (!absence_find(clinic, id, &absence)) {
    diagnose(diagnostics, SEVERITY_WARNING, "summary.json", 0, NULL,
             "somebody or something absent whom this clinic does not have is left out");
  } else {
    struct absences one = {&absence, 1, 0};
    struct absence *last = absences->n > 0 ? &absences->list[absences->n - 1] : NULL;
    if (last && last->kind == absence.kind && last->who == absence.who &&
        last->when.end_min == absence.when.start_min)
      last->when.end_min = absence.when.end_min; /* of several days, each is a row */
    else
      absences_add(absences, &one, arena);
  }
}

void absences_load(const struct clinic *clinic, const char *folder, struct diagnostics *diagnostics,
                   struct absences *absences, struct arena *arena) {
  struct json_doc *doc = summary_doc(folder);
  const struct json_doc *item;
  const char *word;
  int day;
  *absences = (struct absences){0};
  if (doc && json_get_text(doc, "week", &word) && week_parse(word, &day) && day == clinic->monday) {
    for (size_t i = 0; (item = json_get_item(doc, "absences", i)); i++)
      read_item(clinic, item, diagnostics, absences, arena);
    if (json_get_text(doc, "from", &word) && day_parse(word, &day))
      absences->from_min = day * DAY_MIN;
  }
  json_doc_free(doc);
}
