/* The prices that prove a bound, for `verify --bound`: kind `bound` is what the planner proves with
 * them, the others are those of dual_kind_names. Amounts are whole, in units of 1/COST_ONE. */
#include <stdio.h>

#include "csv_out.h"
#include "iopsched/write.h"

static void add_bound(struct csv_out *out, int64_t bound) {
  csv_cell(out, "bound");
  csv_empty(out, 6);
  csv_whole(out, bound);
  csv_end_row(out);
}

static void add_start(struct csv_out *out, const struct dual *dual) {
  bool has_day = dual->start_min != NONE;
  csv_cell(out, has_day ? day_names[day_of(dual->start_min)] : NULL);
  if (has_day && dual->kind != DUAL_DAY)
    csv_clock(out, dual->start_min, false);
  else
    csv_cell(out, NULL);
}

static void add_dual(struct csv_out *out, const struct clinic *clinic, const struct dual *dual) {
  csv_cell(out, dual_kind_names[dual->kind]);
  csv_cell(out, dual->patient == NONE ? NULL : clinic->patients[dual->patient].id);
  csv_cell(out, dual->service == NONE ? NULL : clinic->services[dual->service].id);
  csv_cell(out, dual->therapist == NONE ? NULL : clinic->therapists[dual->therapist].id);
  csv_cell(out, dual->room == NONE ? NULL : clinic->rooms[dual->room].id);
  add_start(out, dual);
  csv_whole(out, dual->price);
  csv_end_row(out);
}

bool write_duals(const struct clinic *clinic, struct duals *duals, FILE *to) {
  struct csv_out out = {0};
  duals_sort_by_patient(duals);
  csv_header(&out, "kind,patient_id,service_id,therapist_id,room_id,day,start,amount", false);
  add_bound(&out, duals->bound);
  for (int i = 0; i < duals->n; i++) add_dual(&out, clinic, &duals->list[i]);
  bool written = fwrite(out.text.data, 1, out.text.length, to) == out.text.length;
  text_free(&out.text);
  return written && fflush(to) == 0;
}
