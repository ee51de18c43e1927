/* The results of a measure of capacity: capacity.csv, worth.csv and capacity.html. */
#include "capacity_page.h"
#include "csv_out.h"
#include "iopsched/capacity.h"

static const char capacity_csv[] = "capacity.csv", worth_csv[] = "worth.csv",
                  capacity_html[] = "capacity.html";
static const char *const resource_kinds[] = {[RESOURCE_THERAPIST] = "therapist",
                                             [RESOURCE_CREDENTIAL] = "credential",
                                             [RESOURCE_ROOM] = "room"};

const struct folder_contents *capacity_contents(void) {
  static const char *const names[] = {capacity_csv, worth_csv, capacity_html, FOLDER_SCRATCH};
  static const struct folder_contents contents = {
      .mark = capacity_csv, .names = names, .n = sizeof names / sizeof *names};
  return &contents;
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
    csv_cell(&out, fit_end_names[kind->end]);
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

void write_capacity(const struct capacity *capacity, const struct clinic *clinic, bool with_bom,
                    struct folder *folder) {
  struct report report = {.with_bom = with_bom};
  put_kinds(capacity, clinic, &report, folder);
  put_worth(capacity, clinic, &report, folder);
  struct text page = {0};
  capacity_page(capacity, clinic, &page);
  folder_put(folder, capacity_html, page.data, page.length);
  text_free(&page);
}
