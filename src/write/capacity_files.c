/* The results of a measure of capacity: capacity.csv, worth.csv and capacity.html. */
#include "csv_out.h"
#include "html_out.h"
#include "iopsched/capacity.h"

static const char capacity_csv[] = "capacity.csv", worth_csv[] = "worth.csv",
                  capacity_html[] = "capacity.html";
static const char *const resource_kinds[] = {[RESOURCE_THERAPIST] = "therapist",
                                             [RESOURCE_CREDENTIAL] = "credential",
                                             [RESOURCE_ROOM] = "room"};
extern const char week_css[];

const struct folder_contents *capacity_contents(void) {
  static const char *const names[] = {capacity_csv, worth_csv, capacity_html, FOLDER_SCRATCH};
  static const struct folder_contents contents = {
      .mark = capacity_csv, .names = names, .n = sizeof names / sizeof *names};
  return &contents;
}

static const char *verdict(const struct patient_kind *kind) {
  return kind->at_least ? "not looked for" : kind->is_proven ? "proven not to fit" : "not found";
}

/* ---- CSV ---- */

static void add_tags(struct csv_out *out, const struct clinic *clinic, const struct ints *tags) {
  struct text list = {0};
  for (int i = 0; i < tags->n; i++)
    text_printf(&list, "%s%s", i > 0 ? ";" : "", clinic->tags[tags->list[i]]);
  csv_cell(out, list.data);
  text_free(&list);
}

static void put_kinds(const struct capacity *capacity, const struct clinic *clinic,
                      const struct report *report, struct folder *folder) {
  struct csv_out out = {0};
  csv_header(
      &out,
      "track,min_hours,max_hours,min_days,max_days,tags,patients,like,more,one_more_than_that,"
      "together",
      false);
  for (int i = 0; i < capacity->n_kinds; i++) {
    const struct patient_kind *kind = &capacity->kinds[i];
    csv_cell(&out, track_names[kind->track]);
    csv_hours(&out, kind->min_minutes);
    csv_hours(&out, kind->max_minutes);
    csv_whole(&out, kind->min_days);
    csv_whole(&out, kind->max_days);
    add_tags(&out, clinic, kind->tags);
    csv_whole(&out, kind->n_members);
    csv_cell(&out, clinic->patients[kind->like].id);
    csv_whole(&out, kind->n_more);
    csv_cell(&out, verdict(kind));
    csv_whole(&out, kind->n_together);
    csv_end_row(&out);
  }
  csv_out_put(&out, report, folder, capacity_csv);
}

static void put_worth(const struct capacity *capacity, const struct clinic *clinic,
                      const struct report *report, struct folder *folder) {
  struct csv_out out = {0};
  csv_header(&out, "kind,id,day,half,worth,patients_seated,hours_of_care", false);
  for (int i = 0; i < capacity->n_resources; i++)
    for (int half = 0; half < N_HALF_DAYS; half++) {
      const struct resource *resource = &capacity->resources[i];
      if (resource->worth[half] < 0) continue;
      csv_cell(&out, resource_kinds[resource->kind]);
      csv_cell(&out, resource_id(clinic, resource));
      csv_cell(&out, day_names[half / 2]);
      csv_cell(&out, half % 2 ? "afternoon" : "morning");
      csv_ratio(&out, resource->worth[half], COST_ONE, 4);
      csv_whole(&out, resource->n_seated[half]);
      csv_hours(&out, resource->minutes_cared[half]);
      csv_end_row(&out);
    }
  csv_out_put(&out, report, folder, worth_csv);
}

/* ---- the page ---- */

static void add_kind_row(struct text *to, const struct clinic *clinic,
                         const struct patient_kind *kind, int most) {
  struct text words = {0};
  kind_add_words(&words, clinic, kind);
  html_add(to, "<tr><th scope=\"row\">%s</th><td>%d</td><td>%s%d</td><td class=\"bar\">",
           words.data, kind->n_members, kind->at_least ? "at least " : "", kind->n_more);
  html_add(to, "<i style=\"width:");
  html_percent(to, kind->n_more, most > 0 ? most : 1, 1);
  html_add(to, "\"></i></td><td>%s</td><td>%d</td></tr>\n", verdict(kind), kind->n_together);
  text_free(&words);
}

static void add_kinds(struct text *to, const struct capacity *capacity,
                      const struct clinic *clinic) {
  int most = 0;
  for (int i = 0; i < capacity->n_kinds; i++)
    if (capacity->kinds[i].n_more > most) most = capacity->kinds[i].n_more;
  html_add(to,
           "<section id=\"kinds\"><h2>How many more fit</h2>\n<table class=\"figures\"><caption>"
           "Each kind by itself, and all together in the clinic's mix: %d</caption><thead><tr>"
           "<th scope=\"col\">Kind</th><th scope=\"col\">Here</th><th scope=\"col\">More</th>"
           "<th scope=\"col\" class=\"bar\">Alone</th><th scope=\"col\">One more than that</th>"
           "<th scope=\"col\">Together</th></tr></thead><tbody>\n",
           capacity->n_together);
  for (int i = 0; i < capacity->n_kinds; i++) add_kind_row(to, clinic, &capacity->kinds[i], most);
  html_add(to, "</tbody></table></section>\n");
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

static void add_heat_map(struct text *to, const struct capacity *capacity,
                         const struct clinic *clinic, enum resource_kind kind, int64_t most,
                         const char *caption) {
  html_add(to, "<table class=\"heat\"><caption>%s</caption><thead><tr><th scope=\"col\"></th>",
           caption);
  for (int half = 0; half < N_HALF_DAYS; half++)
    if (clinic->operates[half / 2])
      html_add(to, "<th scope=\"col\">%s %s</th>", day_names[half / 2], half % 2 ? "pm" : "am");
  html_add(to, "</tr></thead><tbody>\n");
  for (int i = 0; i < capacity->n_resources; i++)
    if (capacity->resources[i].kind == kind)
      add_heat_row(to, clinic, &capacity->resources[i], most);
  html_add(to, "</tbody></table>\n");
}

static void add_worth(struct text *to, const struct capacity *capacity,
                      const struct clinic *clinic) {
  int64_t most = 0;
  for (int i = 0; i < capacity->n_resources; i++)
    for (int half = 0; half < N_HALF_DAYS; half++)
      if (capacity->resources[i].worth[half] > most) most = capacity->resources[i].worth[half];
  html_add(to,
           "<section id=\"worth\"><h2>What an hour more is worth</h2>\n<p>By how much the cost of "
           "the full clinic with %d waiting was found to fall; am is before 13:00.</p>\n",
           capacity->n_waiting);
  add_heat_map(to, capacity, clinic, RESOURCE_CREDENTIAL, most, "An hour of a credential");
  add_heat_map(to, capacity, clinic, RESOURCE_THERAPIST, most,
               "An hour of somebody like a therapist");
  add_heat_map(to, capacity, clinic, RESOURCE_ROOM, most, "An hour of a room more like this one");
  html_add(to, "</section>\n");
}

static void put_page(const struct capacity *capacity, const struct clinic *clinic,
                     struct folder *folder) {
  struct text text = {0};
  char week[WEEK_TEXT];
  week_format(clinic->monday, week);
  html_add(&text,
           "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<title>%s, week %s: capacity</title>\n<style>\n",
           clinic->program_name, week);
  text_add(&text, week_css);
  html_add(&text,
           "</style>\n</head>\n<body>\n<header><h1>%s</h1><p>Capacity in week %s</p></header>\n"
           "<main id=\"main\">\n<p><strong>In one sentence:</strong> %s.</p>\n",
           clinic->program_name, week, capacity->bottleneck);
  add_kinds(&text, capacity, clinic);
  add_worth(&text, capacity, clinic);
  html_add(&text, "</main>\n</body>\n</html>\n");
  folder_put(folder, capacity_html, text.data, text.length);
  text_free(&text);
}

void write_capacity(const struct capacity *capacity, const struct clinic *clinic, bool with_bom,
                    struct folder *folder) {
  struct report report = {.with_bom = with_bom};
  put_kinds(capacity, clinic, &report, folder);
  put_worth(capacity, clinic, &report, folder);
  put_page(capacity, clinic, folder);
}
