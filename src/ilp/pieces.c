/* A person's day cut into pieces at every possible start and end, and a column for being in session
 * in each piece.
 *
 * in[i], the sum of the attendances that cover piece i, can be stated in two ways, of which the one
 * with fewer terms is taken:
 *
 *   in[i]  =  sum of x over what covers piece i
 *   in[i]  =  in[i - 1]  +  sum of x over what starts with piece i  -  sum over what ends before it
 *
 * The second is shorter where sessions last many pieces. */
#include <stdlib.h>

#include "build.h"

static int compare_ends(const void *a, const void *b) {
  const struct ilp_span *x = a, *y = b;
  return x->end_min != y->end_min ? x->end_min - y->end_min : x->column - y->column;
}

int ilp_cut(const struct ilp_span *spans, int n, int *cuts) {
  for (int i = 0; i < n; i++) {
    cuts[(size_t)2 * (size_t)i] = spans[i].start_min;
    cuts[2 * i + 1] = spans[i].end_min;
  }
  return ints_sort_unique(cuts, 2 * n);
}

bool ilp_starts_at(const struct ilp_span *spans, int n, int minute) {
  int low = 0, high = n;
  while (low < high) {
    int middle = low + (high - low) / 2;
    if (spans[middle].start_min < minute)
      low = middle + 1;
    else
      high = middle;
  }
  return low < n && spans[low].start_min == minute;
}

bool ilp_may_idle(const struct ilp_span *spans, int n) {
  int first_end = INT_MAX;
  for (int i = 0; i < n; i++)
    if (spans[i].end_min < first_end) first_end = spans[i].end_min;
  return n > 0 && spans[n - 1].start_min > first_end;
}

bool ilp_may_lack_break(const struct clinic *clinic, const struct ilp_span *spans, int n) {
  int after = clinic->break_after_minutes, pause = clinic->break_minutes;
  if (after == 0 || pause == 0) return false;
  for (int i = 0, from = 0; i < n; i++) {
    int start = spans[i].start_min;
    if (i > 0 && spans[i - 1].start_min == start) continue;
    while (spans[from].end_min <= start) from++;
    if (ilp_covered(spans + from, n - from, start, start + after + pause) > after) return true;
  }
  return false;
}

/* What is in session in one piece of the day. */
struct walk {
  const struct ilp_span *spans;  /* [n], by start */
  const struct ilp_span *by_end; /* [n] */
  int n, from, ended;
};

/* Terms of the first way, over all pieces. */
static int count_covers(const struct ilp_span *spans, int n, const int *cuts, int n_cuts) {
  int covers = 0;
  for (int i = 0, from = 0; i + 1 < n_cuts; i++) {
    while (from < n && spans[from].end_min <= cuts[i]) from++;
    for (int k = from; k < n && spans[k].start_min <= cuts[i]; k++)
      covers += spans[k].end_min > cuts[i];
  }
  return covers;
}

/* True if something covers the piece that begins at `minute`; adds it to the open row if asked. */
static bool add_covers(struct ilp *ilp, struct walk *walk, int minute, bool add) {
  bool any = false;
  while (walk->from < walk->n && walk->spans[walk->from].end_min <= minute) walk->from++;
  for (int i = walk->from; i < walk->n && walk->spans[i].start_min <= minute; i++) {
    if (walk->spans[i].end_min <= minute) continue;
    any = true;
    if (!add) break;
    ilp_add(ilp, walk->spans[i].column, 1);
  }
  return any;
}

/* in[i - 1] + what starts - what ends. */
static void add_flow(struct ilp *ilp, struct walk *walk, int minute, int before) {
  if (before != NONE) ilp_add(ilp, before, 1);
  for (int i = walk->from; i < walk->n && walk->spans[i].start_min <= minute; i++)
    if (walk->spans[i].start_min == minute) ilp_add(ilp, walk->spans[i].column, 1);
  for (; walk->ended < walk->n && walk->by_end[walk->ended].end_min <= minute; walk->ended++)
    if (before != NONE) ilp_add(ilp, walk->by_end[walk->ended].column, -1);
}

void ilp_in_session(struct ilp *ilp, const struct ilp_span *spans, int n, const int *cuts,
                    int n_cuts, const char *kind, const char *label, int *in) {
  struct ilp_span *by_end = mem_new((size_t)n, sizeof *by_end);
  for (int i = 0; i < n; i++) by_end[i] = spans[i];
  qsort(by_end, (size_t)n, sizeof *by_end, compare_ends);
  bool flows = 2 * n + n_cuts < count_covers(spans, n, cuts, n_cuts);
  struct walk walk = {spans, by_end, n, 0, 0};
  for (int i = 0; i + 1 < n_cuts; i++) {
    in[i] = NONE;
    if (!add_covers(ilp, &walk, cuts[i], false)) continue;
    const char *time = ilp_time(ilp, cuts[i]);
    in[i] = ilp_column(ilp, 0, 1, false, "%s(%s,%s)", kind, label, time);
    ilp_row(ilp, "is.%s(%s,%s)", kind, label, time);
    if (flows)
      add_flow(ilp, &walk, cuts[i], i > 0 ? in[i - 1] : NONE);
    else
      add_covers(ilp, &walk, cuts[i], true);
    ilp_add(ilp, in[i], -1);
    ilp_equal(ilp, 0);
  }
  free(by_end);
}

/* What of the day is by telehealth, or not; by start. Returns how many. */
static int of_mode(const struct ilp *ilp, const struct ilp_day *day, const struct ilp_span *spans,
                   bool telehealth, struct ilp_span *out) {
  int n = 0;
  for (int i = 0; i < day->visits.n; i++)
    if (ilp_service(ilp, &ilp->model->offerings[day->visits.list[i].offering])->telehealth ==
        telehealth)
      out[n++] = spans[i];
  return n;
}

/* Columns of being in session, on site or by telehealth. */
static void add_mode(struct ilp *ilp, struct ilp_day *day, const struct ilp_span *spans,
                     const int *cuts, bool telehealth) {
  struct ilp_span *own = mem_new((size_t)day->visits.n, sizeof *own);
  int *in = mem_new((size_t)day->n_pieces, sizeof *in);
  ilp_in_session(ilp, own, of_mode(ilp, day, spans, telehealth, own), cuts, day->n_pieces + 1,
                 telehealth ? "calls" : "sits", ilp->model->labels.patients[day->patient], in);
  for (int i = 0; i < day->n_pieces; i++)
    *(telehealth ? &day->pieces[i].calls : &day->pieces[i].sits) = in[i];
  free(own);
  free(in);
}

static bool has_both_modes(const struct ilp *ilp, const struct ilp_day *day) {
  int n_telehealth = 0;
  for (int i = 0; i < day->visits.n; i++)
    n_telehealth +=
        ilp_service(ilp, &ilp->model->offerings[day->visits.list[i].offering])->telehealth;
  return n_telehealth > 0 && n_telehealth < day->visits.n;
}

void build_pieces(struct ilp *ilp, struct ilp_day *day) {
  const struct clinic *clinic = ilp->clinic;
  const char *label = ilp->model->labels.patients[day->patient];
  struct ilp_span *spans = ilp_spans(ilp, &day->visits, false);
  int n = day->visits.n, *cuts = mem_new(2 * (size_t)n, sizeof *cuts);
  bool idles = clinic->weight_milli[TERM_IDLE_HOUR] > 0 && ilp_may_idle(spans, n);
  int n_cuts = ilp_cut(spans, n, cuts);
  /* Being in session needs a column where more than one row asks for it, or flows are shorter. */
  day->in_session = has_both_modes(ilp, day) || ilp_may_lack_break(clinic, spans, n) ||
                    (idles && 2 * n + 2 * n_cuts < count_covers(spans, n, cuts, n_cuts));
  if (idles || day->in_session) {
    day->pieces = arena_alloc(&ilp->arena, (size_t)n_cuts, sizeof *day->pieces);
    for (; day->n_pieces + 1 < n_cuts; day->n_pieces++) {
      int start = cuts[day->n_pieces], end = cuts[day->n_pieces + 1];
      int here =
          idles ? ilp_column(ilp, 0, 1, false, "here(%s,%s)", label, ilp_time(ilp, start)) : NONE;
      day->pieces[day->n_pieces] = (struct ilp_piece){start, end, here, NONE, NONE};
    }
    day->idles = idles;
  }
  if (day->in_session) {
    add_mode(ilp, day, spans, cuts, false);
    add_mode(ilp, day, spans, cuts, true);
  }
  free(spans);
  free(cuts);
}
