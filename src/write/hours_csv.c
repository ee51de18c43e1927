/* hours.csv: a row a patient who takes part, hours and days against what is due. */
#include "csv_out.h"
#include "exporters.h"

/* Empty where no cushion is asked for. */
static void add_cushion(struct csv_out *out, const struct report *report,
                        const struct patient_outcome *has) {
  bool asked = report->clinic->cushion_sessions > 0;
  if (asked)
    csv_hours(out, has->cushioned_minutes);
  else
    csv_cell(out, NULL);
  csv_cell(out, !asked ? NULL : has->fragile ? "yes" : "no");
}

static void write_hours(const struct report *report, struct folder *folder) {
  struct csv_out out = {0};
  csv_header(&out,
             "patient_id,min_hours,max_hours,hours,min_days,max_days,days,idle_hours,status,"
             "hours_if_missed,fragile",
             report->with_names);
  for (int i = 0; i < report->clinic->n_patients; i++) {
    const struct patient *patient = &report->clinic->patients[i];
    const struct patient_outcome *has = &report->outcome->patients[i];
    if (!patient->takes_part) continue;
    csv_patient(&out, report, i);
    csv_hours(&out, patient->min_minutes);
    csv_hours(&out, patient->max_minutes);
    csv_hours(&out, has->minutes);
    csv_whole(&out, patient->min_days);
    csv_whole(&out, patient->max_days);
    csv_whole(&out, has->days);
    csv_hours(&out, has->idle_minutes);
    csv_cell(&out, has->met ? "met" : "short");
    add_cushion(&out, report, has);
    csv_end_row(&out);
  }
  csv_out_put(&out, report, folder, hours_csv.name);
}

const struct exporter hours_csv = {
    .format = "csv", .name = "hours.csv", .always = true, .write = write_hours};
