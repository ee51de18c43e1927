/* hours.csv: a row a patient who takes part, hours and days against what is due. */
#include "csv_out.h"
#include "exporters.h"

static void write_hours(const struct report *report, struct folder *folder) {
  struct csv_out out = {0};
  csv_header(&out, "patient_id,min_hours,max_hours,hours,min_days,max_days,days,idle_hours,status",
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
    csv_end_row(&out);
  }
  csv_out_put(&out, report, folder, hours_csv.name);
}

const struct exporter hours_csv = {
    .format = "csv", .name = "hours.csv", .always = true, .write = write_hours};
