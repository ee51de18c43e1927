/* The prices that prove a bound, for `verify --bound`: kind `bound` is what the planner proves with
 * them, `place` what a patient pays for a place. Amounts are whole, in units of 1/COST_ONE. */
#include <stdio.h>

#include "csv_out.h"
#include "iopsched/write.h"

static void add_bound(struct csv_out *out, int64_t bound) {
  csv_cell(out, "bound");
  csv_empty(out, 4);
  csv_whole(out, bound);
  csv_end_row(out);
}

static void add_dual(struct csv_out *out, const struct clinic *clinic, const struct dual *dual) {
  csv_cell(out, "place");
  csv_cell(out, clinic->patients[dual->patient].id);
  csv_cell(out, clinic->services[dual->service].id);
  csv_cell(out, day_names[day_of(dual->start_min)]);
  csv_clock(out, dual->start_min, false);
  csv_whole(out, dual->price);
  csv_end_row(out);
}

bool write_duals(const struct clinic *clinic, struct duals *duals, FILE *to) {
  struct csv_out out = {0};
  duals_sort_by_patient(duals);
  csv_header(&out, "kind,patient_id,service_id,day,start,amount", false);
  add_bound(&out, duals->bound);
  for (int i = 0; i < duals->n; i++) add_dual(&out, clinic, &duals->list[i]);
  bool written = fwrite(out.text.data, 1, out.text.length, to) == out.text.length;
  text_free(&out.text);
  return written && fflush(to) == 0;
}
