/* Explanations as CSV: a row for each reason, obstacle and remedy. */
#include "csv_out.h"
#include "iopsched/tell.h"

static void amount_cell(struct csv_out *out, enum need_kind kind, int amount) {
  if (kind == NEED_HOURS)
    csv_hours(out, amount);
  else
    csv_whole(out, amount);
}

struct telling {
  const struct explanation *explanation;
  const struct clinic *clinic;
  struct arena arena;
  struct csv_out out;
};

static void begin_row(struct telling *telling, const struct unmet *unmet, const char *kind) {
  struct csv_out *out = &telling->out;
  csv_cell(out, unmet->patient == NONE ? NULL : telling->clinic->patients[unmet->patient].id);
  csv_cell(out, need_name(telling->clinic, unmet, &telling->arena));
  amount_cell(out, unmet->kind, unmet->required);
  amount_cell(out, unmet->kind, unmet->planned);
  amount_cell(out, unmet->kind, unmet->required - unmet->planned);
  csv_cell(out, kind);
}

/* A row that is words alone. */
static void words_row(struct telling *telling, const struct unmet *unmet, const char *kind,
                      const char *rule, const char *words) {
  begin_row(telling, unmet, kind);
  csv_cell(&telling->out, rule);
  csv_cell(&telling->out, words);
  csv_empty(&telling->out, 7);
  csv_end_row(&telling->out);
}

static void add_row(struct text *text, const struct edit_row *row) {
  text_printf(text, "%s%s:", text->length > 0 ? "; " : "", row->file);
  for (int c = 0; c < row->n; c++)
    text_printf(text, "%s %s=%s", c > 0 ? "," : "", row->cells[c].column, row->cells[c].value);
}

/* "rooms.csv: room_id=G1, capacity=13; ..." */
static const char *edits_text(struct telling *telling, const struct proven_remedy *proven) {
  struct text text = {0};
  for (int i = 0; i < proven->remedy.n; i++) {
    struct edit_row row = edit_as_row(telling->clinic, &proven->remedy.edits[i], &telling->arena);
    add_row(&text, &row);
  }
  for (int i = 0; i < proven->claims.n; i++) {
    struct edit_row row = claim_as_row(telling->clinic, &proven->claims.list[i], &telling->arena);
    add_row(&text, &row);
  }
  const char *copy = arena_strdup(&telling->arena, text.data ? text.data : "");
  text_free(&text);
  return copy;
}

/* "P007;P011" */
static void gainers_cell(struct csv_out *out, const struct proven_remedy *proven) {
  struct text ids = {0};
  text_add(&ids, "");
  for (int i = 0; i < proven->n_gainers; i++)
    text_printf(&ids, "%s%s", i > 0 ? ";" : "", proven->gainers[i]);
  csv_cell(out, ids.data);
  text_free(&ids);
}

static void remedy_row(struct telling *telling, const struct unmet *unmet,
                       const struct proven_remedy *proven) {
  struct csv_out *out = &telling->out;
  struct text also = {0};
  text_add(&also, "");
  for (int i = 0; i < proven->n_also; i++)
    text_printf(&also, "%s%s", i > 0 ? "; " : "", proven->also[i]);
  begin_row(telling, unmet, "remedy");
  csv_cell(out, NULL);
  csv_cell(out, proven->text);
  csv_ratio(out, proven->effort, 10, 4);
  csv_ratio(out, telling->explanation->cost.total, COST_ONE, 4);
  csv_ratio(out, proven->cost.total, COST_ONE, 4);
  csv_cell(out, also.data);
  csv_cell(out, proven->contested ? "yes" : "no");
  gainers_cell(out, proven);
  csv_cell(out, edits_text(telling, proven));
  csv_end_row(out);
  text_free(&also);
}

void tell_explanation_csv(const struct explanation *explanation, const struct clinic *clinic,
                          struct text *to) {
  struct telling telling = {.explanation = explanation, .clinic = clinic};
  csv_header(&telling.out,
             "patient_id,need,required,planned,short,kind,rule,text,effort,cost_before,cost_after,"
             "also,contested,gainers,edits",
             false);
  for (int i = 0; i < explanation->n_needs; i++) {
    const struct explained_need *need = &explanation->needs[i];
    words_row(&telling, &need->unmet, "reason", NULL, need->unmet.reason);
    for (int k = 0; k < need->n_obstacles; k++)
      words_row(&telling, &need->unmet, "obstacle", need->obstacles[k].rule,
                need->obstacles[k].text);
    if (need->note) words_row(&telling, &need->unmet, "note", NULL, need->note);
    for (int k = 0; k < need->n_remedies; k++)
      remedy_row(&telling, &need->unmet, &need->remedies[k]);
  }
  text_add_bytes(to, telling.out.text.data, telling.out.text.length);
  text_free(&telling.out.text);
  arena_free(&telling.arena);
}

static void why_row(struct csv_out *out, const char *kind, const char *rule, const char *words) {
  csv_cell(out, kind);
  csv_cell(out, rule);
  csv_cell(out, words);
  csv_end_row(out);
}

void tell_why_csv(const struct why *why, struct text *to) {
  struct csv_out out = {0};
  csv_header(&out, "kind,rule,text", false);
  why_row(&out, why_verdict_names[why->verdict], NULL, why->text);
  for (int i = 0; i < why->n_obstacles; i++)
    why_row(&out, "obstacle", why->obstacles[i].rule, why->obstacles[i].text);
  for (int i = 0; i < why->n_effects; i++) why_row(&out, "effect", NULL, why->effects[i]);
  text_add_bytes(to, out.text.data, out.text.length);
  text_free(&out.text);
}
