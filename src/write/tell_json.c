/* Explanations as JSON. */
#include "iopsched/json.h"
#include "iopsched/tell.h"

static void set_amount(struct json_doc *object, const char *key, enum need_kind kind, int amount) {
  if (kind == NEED_HOURS)
    json_set_ratio(object, key, amount, 60);
  else
    json_set_whole(object, key, amount);
}

static void set_obstacles(struct json_doc *object, const struct obstacle *obstacles, int n) {
  struct json_doc *list = json_set_list(object, "obstacles");
  for (int i = 0; i < n; i++) {
    struct json_doc *obstacle = json_append_object(list);
    if (*obstacles[i].rule)
      json_set_text(obstacle, "rule", obstacles[i].rule);
    else
      json_set_null(obstacle, "rule");
    json_set_text(obstacle, "text", obstacles[i].text);
  }
}

static void set_texts(struct json_doc *object, const char *key, const char *const *texts, int n) {
  struct json_doc *list = json_set_list(object, key);
  for (int i = 0; i < n; i++) json_append_text(list, texts[i]);
}

/* The cells that say which row it is are `key`; all of them are `row`. */
static void append_edit(struct json_doc *list, const struct edit_row *row) {
  struct json_doc *edit = json_append_object(list);
  json_set_text(edit, "file", row->file);
  struct json_doc *key = json_set_list(edit, "key"), *cells = json_set_object(edit, "row");
  for (int i = 0; i < row->n_keys; i++) json_append_text(key, row->cells[i].column);
  for (int i = 0; i < row->n; i++) json_set_text(cells, row->cells[i].column, row->cells[i].value);
}

static void append_remedy(struct json_doc *list, const struct clinic *clinic,
                          const struct proven_remedy *proven) {
  struct arena arena = {0};
  struct json_doc *remedy = json_append_object(list);
  json_set_text(remedy, "text", proven->text);
  json_set_ratio(remedy, "effort", proven->effort, 10);
  json_set_ratio(remedy, "cost", proven->cost.total, COST_ONE);
  set_texts(remedy, "also", proven->also, proven->n_also);
  json_set_truth(remedy, "contested", proven->contested);
  set_texts(remedy, "gainers", proven->gainers, proven->n_gainers);
  struct json_doc *edits = json_set_list(remedy, "edits");
  for (int i = 0; i < proven->remedy.n; i++) {
    struct edit_row row = edit_as_row(clinic, &proven->remedy.edits[i], &arena);
    append_edit(edits, &row);
  }
  for (int i = 0; i < proven->claims.n; i++) {
    struct edit_row row = claim_as_row(clinic, &proven->claims.list[i], &arena);
    append_edit(edits, &row);
  }
  arena_free(&arena);
}

static void append_need(struct json_doc *list, const struct clinic *clinic,
                        const struct explained_need *need) {
  struct arena arena = {0};
  const struct unmet *unmet = &need->unmet;
  struct json_doc *object = json_append_object(list);
  if (unmet->patient == NONE)
    json_set_null(object, "patient_id");
  else
    json_set_text(object, "patient_id", clinic->patients[unmet->patient].id);
  json_set_text(object, "need", need_name(clinic, unmet, &arena));
  set_amount(object, "required", unmet->kind, unmet->required);
  set_amount(object, "planned", unmet->kind, unmet->planned);
  set_amount(object, "short", unmet->kind, unmet->required - unmet->planned);
  json_set_text(object, "reason", unmet->reason);
  set_obstacles(object, need->obstacles, need->n_obstacles);
  struct json_doc *remedies = json_set_list(object, "remedies");
  for (int i = 0; i < need->n_remedies; i++) append_remedy(remedies, clinic, &need->remedies[i]);
  json_set_whole(object, "tried", need->n_tried);
  if (need->note)
    json_set_text(object, "note", need->note);
  else
    json_set_null(object, "note");
  arena_free(&arena);
}

static void finish(struct json_doc *doc, struct text *to) {
  json_doc_write(doc, to);
  json_doc_free(doc);
}

void tell_explanation_json(const struct explanation *explanation, const struct clinic *clinic,
                           struct text *to) {
  char week[WEEK_TEXT];
  struct json_doc *doc = json_doc_new();
  week_format(clinic->monday, week);
  json_set_text(doc, "program", clinic->program_name);
  json_set_text(doc, "week", week);
  json_set_ratio(doc, "cost", explanation->cost.total, COST_ONE);
  json_set_ratio(doc, "cost_planned_again", explanation->again.total, COST_ONE);
  json_set_whole(doc, "unmet", explanation->n_unmet);
  json_set_truth(doc, "cut_short", explanation->cut_short);
  struct json_doc *needs = json_set_list(doc, "needs");
  for (int i = 0; i < explanation->n_needs; i++) append_need(needs, clinic, &explanation->needs[i]);
  finish(doc, to);
}

void tell_why_json(const struct why *why, const struct clinic *clinic,
                   const struct attendance_question *question, struct text *to) {
  char start[CLOCK_TEXT];
  struct json_doc *doc = json_doc_new();
  clock_format(question->start_min, false, start);
  json_set_text(doc, "patient_id", clinic->patients[question->patient].id);
  json_set_text(doc, "service_id", clinic->services[question->service].id);
  json_set_text(doc, "day", day_names[day_of(question->start_min)]);
  json_set_text(doc, "start", start);
  json_set_text(doc, "verdict", why_verdict_names[why->verdict]);
  json_set_text(doc, "text", why->text);
  set_obstacles(doc, why->obstacles, why->n_obstacles);
  if (why->verdict == WHY_COSTS) {
    json_set_ratio(doc, "cost", why->before.total, COST_ONE);
    json_set_ratio(doc, "cost_with_it", why->after.total, COST_ONE);
  }
  set_texts(doc, "effects", why->effects, why->n_effects);
  finish(doc, to);
}
