/* unmet.csv: a row a need that the plan leaves short, and why. */
#include "csv_out.h"
#include "exporters.h"

static void add_amount(struct csv_out *out, const struct unmet *unmet, int amount) {
  if (unmet->kind == NEED_HOURS)
    csv_hours(out, amount);
  else
    csv_whole(out, amount);
}

static void write_unmet(const struct report *report, struct folder *folder) {
  struct csv_out out = {0};
  struct arena arena = {0};
  csv_header(&out, "patient_id,need,required,planned,short,reason", report->with_names);
  for (int i = 0; i < report->outcome->n_unmet; i++) {
    const struct unmet *unmet = &report->outcome->unmet[i];
    csv_patient(&out, report, unmet->patient);
    csv_cell(&out, need_name(report->clinic, unmet, &arena));
    add_amount(&out, unmet, unmet->required);
    add_amount(&out, unmet, unmet->planned);
    add_amount(&out, unmet, unmet->required - unmet->planned);
    csv_cell(&out, unmet->reason);
    csv_end_row(&out);
  }
  csv_out_put(&out, report, folder, unmet_csv.name);
  arena_free(&arena);
}

const struct exporter unmet_csv = {
    .format = "csv", .name = "unmet.csv", .always = true, .write = write_unmet};
