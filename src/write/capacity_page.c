#include "capacity_page.h"

#include "html_out.h"

extern const char week_css[], capacity_css[];

/* ---- how many more fit ---- */

/* "2", "≥ 2", or "–" where nothing is known; of none the last column says enough. */
static void add_more(struct text *to, const struct patient_kind *kind) {
  if (kind->n_more == 0 && kind->end == FIT_NOT_LOOKED_FOR)
    html_add(to, "–");
  else
    html_add(to, "%s%d", kind_fits_at_least(kind) && kind->n_more > 0 ? "≥ " : "", kind->n_more);
}

/* A bar as long as what fits by itself, dark as far as it fits together with all others. */
static void add_bar(struct text *to, const struct patient_kind *kind, int most) {
  if (kind->n_more == 0) return;
  html_add(to, "<i class=\"%s\" style=\"width:", kind_fits_at_least(kind) ? "open" : "closed");
  html_percent(to, kind->n_more, most, 1);
  html_add(to, "\"><b style=\"width:");
  html_percent(to, kind->n_together < kind->n_more ? kind->n_together : kind->n_more, kind->n_more,
               1);
  html_add(to, "\"></b></i>");
}

static void add_kind_row(struct text *to, const struct clinic *clinic,
                         const struct patient_kind *kind, int most) {
  struct text words = {0};
  kind_add_words(&words, clinic, kind);
  html_add(to, "<tr><th scope=\"row\">%s</th><td data-is=\"here\">%d</td><td data-is=\"more\">",
           words.data, kind->n_members);
  add_more(to, kind);
  html_add(to, "</td><td class=\"bar\">");
  add_bar(to, kind, most);
  html_add(to, "</td><td data-is=\"together\">%d</td><td class=\"end\">%s</td></tr>\n",
           kind->n_together, fit_end_names[kind->end]);
  text_free(&words);
}

static void add_kinds(struct text *to, const struct capacity *capacity,
                      const struct clinic *clinic) {
  int most = 1;
  for (int i = 0; i < capacity->n_kinds; i++)
    if (capacity->kinds[i].n_more > most) most = capacity->kinds[i].n_more;
  html_add(
      to,
      "<section id=\"kinds\"><h2>How many more fit</h2>\n<p>Together, in the clinic's mix: "
      "<strong>%d</strong>. Each kind by itself: see the bars, dark as far as it fits together "
      "with all others; ≥ means that not everything was tried, and a bar that fades may be "
      "longer.</p>\n",
      capacity->n_together);
  html_add(to,
           "<table class=\"figures kinds\"><thead><tr><th scope=\"col\">Kind</th>"
           "<th scope=\"col\">Here</th><th scope=\"col\">More</th>"
           "<th scope=\"col\" class=\"bar\">By itself, and together</th>"
           "<th scope=\"col\">Together</th><th scope=\"col\">One more than that</th></tr></thead>"
           "<tbody>\n");
  for (int i = 0; i < capacity->n_kinds; i++) add_kind_row(to, clinic, &capacity->kinds[i], most);
  html_add(to, "</tbody></table></section>\n");
}

/* ---- what an hour more is worth ---- */

enum found { FOUND_UNKNOWN, FOUND_NOTHING, FOUND_SOMETHING };

static enum found what_was_found(const struct resource *resource) {
  enum found found = FOUND_UNKNOWN;
  for (int half = 0; half < N_HALF_DAYS; half++) {
    if (resource->worth[half] > 0) return FOUND_SOMETHING;
    if (resource->worth[half] == 0) found = FOUND_NOTHING;
  }
  return found;
}

static int shade_of(int64_t worth, int64_t most) {
  if (worth <= 0) return 0;
  return 1 + (int)(worth >= most ? 4 : 4 * (worth / 1000) / (most / 1000 + 1));
}

static void add_heat_row(struct text *to, const struct clinic *clinic,
                         const struct resource *resource, int64_t most) {
  html_add(to, "<tr><th scope=\"row\">%s</th>", resource_id(clinic, resource));
  for (int half = 0; half < N_HALF_DAYS; half++) {
    if (!clinic->operates[half / 2]) continue;
    int64_t worth = resource->worth[half];
    if (worth < 0) {
      html_add(to, "<td class=\"h\">–</td>");
      continue;
    }
    html_add(to, "<td class=\"h h%d\">", shade_of(worth, most));
    text_add_ratio(to, worth, COST_ONE, 0);
    html_add(to, "</td>");
  }
  html_add(to, "</tr>\n");
}

static void add_heat_table(struct text *to, const struct capacity *capacity,
                           const struct clinic *clinic, enum resource_kind kind, int64_t most) {
  html_add(to, "<table class=\"heat\"><thead><tr><th scope=\"col\"></th>");
  for (int half = 0; half < N_HALF_DAYS; half++)
    if (clinic->operates[half / 2])
      html_add(to, "<th scope=\"col\">%s %s</th>", day_names[half / 2], half % 2 ? "pm" : "am");
  html_add(to, "</tr></thead><tbody>\n");
  for (int i = 0; i < capacity->n_resources; i++)
    if (capacity->resources[i].kind == kind &&
        what_was_found(&capacity->resources[i]) == FOUND_SOMETHING)
      add_heat_row(to, clinic, &capacity->resources[i], most);
  html_add(to, "</tbody></table>\n");
}

/* "Nothing was found for LCSW, LMHC." */
static int add_others(struct text *to, const struct capacity *capacity, const struct clinic *clinic,
                      enum resource_kind kind, enum found found, const char *words) {
  int n = 0;
  for (int i = 0; i < capacity->n_resources; i++) {
    const struct resource *resource = &capacity->resources[i];
    if (resource->kind != kind || what_was_found(resource) != found) continue;
    if (words && n == 0) html_add(to, "<p class=\"others\">%s ", words);
    if (words) html_add(to, "%s%s", n > 0 ? ", " : "", resource_id(clinic, resource));
    n++;
  }
  if (words && n > 0) html_add(to, ".</p>\n");
  return n;
}

static void add_resources(struct text *to, const struct capacity *capacity,
                          const struct clinic *clinic, enum resource_kind kind, int64_t most,
                          const char *title) {
  html_add(to, "<h3>%s</h3>\n", title);
  if (add_others(to, capacity, clinic, kind, FOUND_SOMETHING, NULL) > 0)
    add_heat_table(to, capacity, clinic, kind, most);
  add_others(to, capacity, clinic, kind, FOUND_NOTHING, "Found to be worth nothing:");
  add_others(to, capacity, clinic, kind, FOUND_UNKNOWN, "Not measured, for lack of time:");
}

static void add_worth(struct text *to, const struct capacity *capacity,
                      const struct clinic *clinic) {
  int64_t most = 0;
  for (int i = 0; i < capacity->n_resources; i++)
    for (int half = 0; half < N_HALF_DAYS; half++)
      if (capacity->resources[i].worth[half] > most) most = capacity->resources[i].worth[half];
  html_add(to,
           "<section id=\"worth\"><h2>What an hour more is worth</h2>\n<p>By how much the cost of "
           "the full clinic with %d waiting was found to fall; am is before 13:00, – was not "
           "measured or cannot be had.</p>\n",
           capacity->n_waiting);
  add_resources(to, capacity, clinic, RESOURCE_CREDENTIAL, most, "An hour of a credential");
  add_resources(to, capacity, clinic, RESOURCE_THERAPIST, most,
                "An hour of somebody like a therapist");
  add_resources(to, capacity, clinic, RESOURCE_ROOM, most, "An hour of a room more like this one");
  html_add(to, "</section>\n");
}

/* ---- the page ---- */

void capacity_page(const struct capacity *capacity, const struct clinic *clinic, struct text *to) {
  char week[WEEK_TEXT];
  week_format(clinic->monday, week);
  html_add(to,
           "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<title>%s, week %s: capacity</title>\n<style>\n",
           clinic->program_name, week);
  text_add(to, week_css);
  text_add(to, capacity_css);
  html_add(to,
           "</style>\n</head>\n<body>\n<header><h1>%s</h1><p>Capacity in week %s</p></header>\n"
           "<main id=\"main\">\n<p class=\"sum\"><strong>In one sentence:</strong> %s.</p>\n",
           clinic->program_name, week, capacity->bottleneck);
  add_kinds(to, capacity, clinic);
  add_worth(to, capacity, clinic);
  html_add(to, "</main>\n</body>\n</html>\n");
}
