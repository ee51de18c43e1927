#include "search_week.h"

#include "iopsched/diagnostics.h"
#include "iopsched/surprise.h"
#include "messages.h"
#include "progress.h"
#include "stop.h"

/* The fixed rows that could not be completed together, as faults of the input. */
static enum exit_status tell_stuck(const struct options *options, const struct clinic *clinic,
                                   const struct ints *stuck, bool is_stopped) {
  struct diagnostics diagnostics = {0};
  const char *found = is_stopped ? "the search was stopped before a plan was found that completes"
                                 : "no plan was found that completes";
  for (int i = 0; i < stuck->n; i++) {
    const struct ints *lines = &clinic->fixed[stuck->list[i]].lines;
    for (int j = 0; j < lines->n; j++)
      diagnose(&diagnostics, SEVERITY_ERROR, "fixed.csv", lines->list[j], NULL, "%s this row%s",
               found, stuck->n > 1 ? " together with the others named" : "");
  }
  if (diagnostics.n == 0)
    diagnose(&diagnostics, SEVERITY_ERROR, "fixed.csv", 0, NULL, "%s the fixed rows", found);
  print_diagnostics(&diagnostics, telling_of(options));
  diagnostics_free(&diagnostics);
  return EXIT_FAULTY_INPUT;
}

enum exit_status search_week(const struct options *options, const struct clinic *clinic,
                             const struct previous *previous, struct plan_result *result) {
  struct progress progress;
  progress_begin(&progress, options->quiet     ? PROGRESS_NONE
                            : options->verbose ? PROGRESS_LINES
                                               : PROGRESS_LIVE);
  struct plan_options wanted = {
      .time_limit = (double)options->time_limit_ms / 1000,
      .gap = (double)options->gap_millionths / 1e6,
      .seed = (uint64_t)options->seed,
      .threads = options->threads,
      .work = options->work,
      .previous = previous,
      .stop = stop_on_signals(),
      .progress = progress_draw,
      .progress_data = &progress,
      .verbose = options->verbose,
  };
  plan_search(clinic, &wanted, result);
  progress_end(&progress);
  if (result->status == PLAN_FIXED_IMPOSSIBLE)
    return tell_stuck(options, clinic, &result->fixed_stuck, *wanted.stop);
  surprise_draw(clinic, result->schedule, previous, (uint64_t)options->seed);
  return EXIT_DONE;
}
