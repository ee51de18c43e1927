/* summary.json: the plan in figures. src/load/summary.c reads back what a later plan needs of it.
 */
#include <errno.h>
#include <fcntl.h>

#include "exporters.h"
#include "iopsched/file.h"
#include "iopsched/json.h"
#include "iopsched/version.h"

static void set_cost(struct json_doc *doc, const char *key, int64_t cost) {
  json_set_ratio(doc, key, cost, COST_ONE);
}

static void add_proof(struct json_doc *doc, const struct report *report) {
  int64_t total = report->cost->total, quality = cost_quality(report->cost);
  if (!report->has_bound) {
    json_set_null(doc, "bound");
    json_set_null(doc, "gap");
    json_set_null(doc, "quality_gap");
    return;
  }
  int64_t open = total - report->bound;
  set_cost(doc, "bound", report->bound);
  json_set_ratio(doc, "gap", total > 0 ? open : 0, total > 0 ? total : 1);
  if (quality > 0 || open == 0)
    json_set_ratio(doc, "quality_gap", open, quality > 0 ? quality : 1);
  else
    json_set_null(doc, "quality_gap");
}

static void add_terms(struct json_doc *doc, const struct report *report) {
  struct json_doc *terms = json_set_object(doc, "terms");
  for (int t = 0; t < N_TERMS; t++) {
    struct json_doc *term = json_set_object(terms, term_infos[t].setting);
    json_set_ratio(term, "weight", report->clinic->weight_milli[t], 1000);
    json_set_ratio(term, "amount", report->cost->amount[t], AMOUNT_ONE);
    set_cost(term, "cost", report->cost->cost[t]);
  }
}

static void add_counts(struct json_doc *doc, const struct report *report) {
  const struct clinic *clinic = report->clinic;
  int taking_part = 0, met = 0, fragile = 0, attendances = 0, fixed = 0;
  for (int i = 0; i < clinic->n_patients; i++) {
    if (!clinic->patients[i].takes_part) continue;
    taking_part++;
    met += report->outcome->patients[i].met;
    fragile += report->outcome->patients[i].fragile;
  }
  for (int i = 0; i < report->schedule->n_sessions; i++) {
    attendances += report->schedule->sessions[i].patients.n;
    fixed += report->schedule->sessions[i].fixed;
  }
  struct json_doc *counts = json_set_object(doc, "counts");
  json_set_whole(counts, "patients", taking_part);
  json_set_whole(counts, "patients_met", met);
  if (clinic->cushion_sessions > 0) json_set_whole(counts, "patients_fragile", fragile);
  json_set_whole(counts, "therapists", clinic->n_therapists);
  json_set_whole(counts, "rooms", clinic->n_rooms);
  json_set_whole(counts, "services", clinic->n_services);
  json_set_whole(counts, "sessions", report->schedule->n_sessions);
  json_set_whole(counts, "fixed_sessions", fixed);
  json_set_whole(counts, "attendances", attendances);
  json_set_whole(counts, "unmet", report->outcome->n_unmet);
}

static void add_absence(struct json_doc *list, const struct clinic *clinic,
                        const struct absence *absence, int day) {
  int from = absence->when.start_min - day * DAY_MIN, to = absence->when.end_min - day * DAY_MIN;
  char start[CLOCK_TEXT], end[CLOCK_TEXT];
  if (from >= DAY_MIN || to <= 0) return;
  clock_format(from < 0 ? 0 : from, false, start);
  clock_format(to > DAY_MIN ? DAY_MIN : to, true, end);
  struct json_doc *item = json_append_object(list);
  json_set_text(item, "id", absence_id(clinic, absence));
  json_set_text(item, "day", day_names[day]);
  json_set_text(item, "start", start);
  json_set_text(item, "end", end);
}

/* For those who ask about the plan later; src/load/plan_absences.c reads it back. */
static void add_absences(struct json_doc *doc, const struct report *report) {
  const struct absences *absences = report->absences;
  if (!absences || !absences_say_anything(absences)) return;
  struct json_doc *list = json_set_list(doc, "absences");
  for (int i = 0; i < absences->n; i++)
    for (int day = 0; day < N_DAYS; day++)
      add_absence(list, report->clinic, &absences->list[i], day);
  json_set_text(doc, "from", day_names[day_of(absences->from_min)]);
}

static void put_doc(const struct json_doc *doc, struct folder *folder) {
  struct text text = {0};
  json_doc_write(doc, &text);
  folder_put(folder, summary_json.name, text.data, text.length);
  text_free(&text);
}

static void write_summary(const struct report *report, struct folder *folder) {
  const struct outcome *outcome = report->outcome;
  char week[WEEK_TEXT];
  week_format(report->clinic->monday, week);
  bool optimal = report->has_bound && report->cost->total == report->bound;
  bool any_care = outcome->required_minutes > 0;
  struct json_doc *doc = json_doc_new();
  json_set_text(doc, "program", report->clinic->program_name);
  json_set_text(doc, "week", week);
  json_set_text(doc, "status", optimal ? "optimal" : "feasible");
  set_cost(doc, "cost", report->cost->total);
  add_proof(doc, report);
  json_set_ratio(doc, "care_met", any_care ? outcome->cared_minutes : 1,
                 any_care ? outcome->required_minutes : 1);
  add_terms(doc, report);
  add_counts(doc, report);
  json_set_ratio(doc, "seconds", report->milliseconds, 1000);
  json_set_whole(doc, "seed", report->seed);
  json_set_text(doc, "version", IOPSCHED_VERSION);
  json_set_whole(doc, "revision", report->revision);
  add_absences(doc, report);
  put_doc(doc, folder);
  json_doc_free(doc);
}

void summary_revise(const struct report *report, const char *path, struct folder *folder) {
  enum { LARGEST_SUMMARY = 1 << 20 };
  struct arena arena = {0};
  struct text text = {0};
  struct json_doc *doc = NULL;
  const char *file = arena_printf(&arena, "%s/%s", path, summary_json.name);
  errno = ENOENT;
  if (file_read(AT_FDCWD, file, LARGEST_SUMMARY, &text) && text.length > 0)
    doc = json_doc_parse(text.data, text.length);
  else if (file_was_refused(errno))
    folder_give_up(folder, "the earlier plan", errno);
  char week[WEEK_TEXT];
  week_format(report->clinic->monday, week);
  if (!doc) doc = json_doc_new();
  json_set_text(doc, "week", week);
  json_set_whole(doc, "revision", report->revision);
  put_doc(doc, folder);
  json_doc_free(doc);
  text_free(&text);
  arena_free(&arena);
}

const struct exporter summary_json = {
    .format = "json", .name = "summary.json", .always = true, .write = write_summary};
