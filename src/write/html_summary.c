/* The plan in figures: what is met, what is not and why, and what it costs. */
#include "html_page.h"
#include "iopsched/rules.h"

static void add_tile(struct page *page, const char *label) {
  html_add(&page->text, "</dd></div>\n<div><dt>%s</dt><dd>", label);
}

static void add_cost_number(struct text *to, int64_t cost) {
  text_add_ratio(to, cost, COST_ONE, 1);
}

static void add_tiles(struct page *page) {
  struct text *to = &page->text;
  const struct outcome *outcome = page->report->outcome;
  int taking_part = 0, met = 0, fragile = 0, attendances = 0;
  for (int i = 0; i < page->clinic->n_patients; i++) {
    taking_part += page->clinic->patients[i].takes_part;
    met += page->clinic->patients[i].takes_part && outcome->patients[i].met;
    fragile += outcome->patients[i].fragile;
  }
  for (int i = 0; i < page->schedule->n_sessions; i++)
    attendances += page->schedule->sessions[i].patients.n;
  bool asked = outcome->required_minutes > 0;
  html_add(to, "<dl class=\"tiles\">\n<div><dt>Care met</dt><dd>");
  html_percent(to, asked ? outcome->cared_minutes : 1, asked ? outcome->required_minutes : 1, 1);
  add_tile(page, "Patients with their hours and days");
  html_add(to, "%d <small>of %d</small>", met, taking_part);
  if (page->clinic->cushion_sessions > 0) {
    add_tile(page, "Fragile patients");
    html_add(to, "%d <small>of %d</small>", fragile, taking_part);
  }
  add_tile(page, "Needs unmet");
  html_add(to, "%d", outcome->n_unmet);
  add_tile(page, "Sessions");
  html_add(to, "%d", page->schedule->n_sessions);
  add_tile(page, "Attendances");
  html_add(to, "%d", attendances);
  add_tile(page, "Therapist hours");
  text_add_ratio(to, page->report->cost->amount[TERM_STAFF_HOUR], AMOUNT_ONE, 2);
  html_add(to, "</dd></div>\n</dl>\n");
}

static const char *unit_of(const struct unmet *unmet) {
  bool one = unmet->required == 1;
  if (unmet->kind == NEED_HOURS) return unmet->required == 60 ? "hour" : "hours";
  if (unmet->kind == NEED_DAYS) return one ? "day" : "days";
  return one ? "session" : "sessions";
}

static void add_need(struct page *page, const struct unmet *unmet) {
  const struct clinic *clinic = page->clinic;
  struct text *to = &page->text;
  if (unmet->kind == NEED_HOURS || unmet->kind == NEED_DAYS) {
    html_add(to, unmet->kind == NEED_HOURS ? "Hours in the week" : "Days in the week");
  } else if (unmet->kind == NEED_CATEGORY) {
    html_add(to, "Any of %s", clinic->categories[unmet->category]);
  } else {
    const struct service *service = &clinic->services[unmet->service];
    html_add(to, "%s <small>%s</small>", service->name, service->id);
  }
}

static void add_unmet_row(struct page *page, const struct unmet *unmet) {
  struct text *to = &page->text;
  html_add(to, "<tr><th scope=\"row\">");
  if (unmet->patient == NONE)
    html_add(to, "Program");
  else
    html_patient(page, unmet->patient);
  html_add(to, "</th><td data-l=\"Need\">");
  add_need(page, unmet);
  html_add(to, "</td><td data-l=\"Planned\">");
  int scale = unmet->kind == NEED_HOURS ? 60 : 1;
  text_add_ratio(to, unmet->planned, scale, 2);
  html_add(to, " of ");
  text_add_ratio(to, unmet->required, scale, 2);
  html_add(to, " %s</td><td data-l=\"Why\">%s</td></tr>\n", unit_of(unmet), unmet->reason);
}

static void add_unmet(struct page *page) {
  struct text *to = &page->text;
  const struct outcome *outcome = page->report->outcome;
  html_add(to, "<h3>Unmet needs</h3>\n");
  if (outcome->n_unmet == 0) {
    html_add(to, "<p class=\"good\">Every need is met.</p>\n");
    return;
  }
  html_add(to,
           "<table class=\"cards\"><caption>What the plan leaves short, and why</caption>"
           "<thead><tr><th scope=\"col\">For</th><th scope=\"col\">Need</th>"
           "<th scope=\"col\">Planned</th><th scope=\"col\">Why</th></tr></thead><tbody>\n");
  for (int i = 0; i < outcome->n_unmet; i++) add_unmet_row(page, &outcome->unmet[i]);
  html_add(to, "</tbody></table>\n");
}

static void add_term(struct page *page, int t) {
  struct text *to = &page->text;
  const struct cost *cost = page->report->cost;
  html_add(to, "<tr><th scope=\"row\">%s", cost_terms[t]->title);
  if (term_infos[t].is_care) html_add(to, " <em>care</em>");
  html_add(to, "</th><td>");
  text_add_ratio(to, cost->amount[t], AMOUNT_ONE, 2);
  html_add(to, "</td><td>");
  text_add_ratio(to, page->clinic->weight_milli[t], 1000, 3);
  html_add(to, "</td><td>");
  add_cost_number(to, cost->cost[t]);
  html_add(to, "</td><td class=\"bar\"><i style=\"width:");
  html_percent(to, cost->cost[t], cost->total, 1);
  html_add(to, "\"></i></td></tr>\n");
}

static void add_proof(struct page *page) {
  struct text *to = &page->text;
  const struct report *report = page->report;
  if (!report->has_bound) return;
  html_add(to, "<p>No valid week costs less than ");
  add_cost_number(to, report->bound);
  html_add(to, ", and that is proven: this one ");
  if (report->bound == report->cost->total) {
    html_add(to, "is the best there is.</p>\n");
    return;
  }
  html_add(to, "could be improved by at most ");
  html_percent(to, report->cost->total - report->bound, report->cost->total, 2);
  html_add(to, " of its cost.</p>\n");
}

static void add_cost(struct page *page) {
  struct text *to = &page->text;
  const struct cost *cost = page->report->cost;
  html_add(to,
           "<h3>Cost</h3>\n<table class=\"figures cost\"><caption>What the plan weighs, by "
           "term</caption>"
           "<thead><tr><th scope=\"col\">Term</th><th scope=\"col\">Amount</th>"
           "<th scope=\"col\">Weight</th><th scope=\"col\">Cost</th>"
           "<th scope=\"col\" class=\"bar\">Share</th></tr></thead><tbody>\n");
  for (int t = 0; t < N_TERMS; t++)
    if (cost->amount[t] != 0 || page->clinic->weight_milli[t] != 0) add_term(page, t);
  html_add(to, "</tbody><tfoot><tr><th scope=\"row\">Total</th><td></td><td></td><td>");
  add_cost_number(to, cost->total);
  html_add(to, "</td><td class=\"bar\"></td></tr></tfoot></table>\n");
  add_proof(page);
}

void html_summary(struct page *page) {
  html_add(&page->text,
           "<section id=\"summary\" aria-labelledby=\"summary-h\">"
           "<h2 id=\"summary-h\">Summary</h2>\n");
  add_tiles(page);
  add_unmet(page);
  add_cost(page);
  html_add(&page->text, "</section>\n");
}

static void add_start(struct page *page, int minute) {
  char clock[CLOCK_TEXT];
  if (minute == NONE) return;
  clock_format(minute, false, clock);
  html_add(&page->text, "%s %s", day_names[day_of(minute)], clock);
}

void html_changes(struct page *page) {
  struct text *to = &page->text;
  const struct changes *changes = page->report->changes;
  html_add(to,
           "<section id=\"changes\" aria-labelledby=\"changes-h\"><h2 id=\"changes-h\">Changes</h2>"
           "\n<p>%d against the previous plan.</p>\n",
           changes->n);
  if (changes->n > 0)
    html_add(to,
             "<table class=\"cards\"><caption>Who gains, loses or moves what</caption><thead><tr>"
             "<th scope=\"col\">Patient</th><th scope=\"col\">Change</th><th scope=\"col\">Service"
             "</th><th scope=\"col\">Was</th><th scope=\"col\">Is</th></tr></thead><tbody>\n");
  for (int i = 0; i < changes->n; i++) {
    const struct change *change = &changes->list[i];
    html_add(to, "<tr><th scope=\"row\">");
    html_patient(page, change->person);
    html_add(to,
             "</th><td data-l=\"Change\">%s</td><td data-l=\"Service\">%s</td><td data-l=\"Was\">",
             change_names[change->kind], page->clinic->services[change->service].id);
    add_start(page, change->was_min);
    html_add(to, "</td><td data-l=\"Is\">");
    add_start(page,
              change->session == NONE ? NONE : page->schedule->sessions[change->session].start_min);
    html_add(to, "</td></tr>\n");
  }
  html_add(to, changes->n > 0 ? "</tbody></table>\n</section>\n" : "</section>\n");
}
